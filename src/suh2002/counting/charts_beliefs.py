"""How the silence, the pools, the multiplier and the invented lists are drawn."""

from __future__ import annotations

from suh2002.counting import curves, models
from suh2002.counting import quantities as q
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Line
from tumen.charts.parts import dots, line, mark_at, names, span, start_line, text
from tumen.charts.picture import Picture, following
from tumen.charts.style import BASIS, INK, START
from tumen.core.words import amount, number

# --- the silence ---------------------------------------------------------------------------


TIMES = ["before the silence", "after the silence"]


def _draw_quiet():
    import altair as alt

    x = alt.X(
        "x:N",
        title=None,
        sort=TIMES,
        scale=alt.Scale(padding=1.1, domain=TIMES),
        axis=alt.Axis(labelAngle=0),
    )
    y = alt.Y("y:Q", title="belief", scale=alt.Scale(domain=[0, 1]))
    return (
        start_line("start claimed", x, y)
        + line("claimed", x, y, width=3, order="order:Q")
        + line("nearer", x, y, color=BASIS["report"], order="order:Q")
        + dots("claimed", x, y)
        + dots("nearer", x, y, filled=False, color=BASIS["report"])
        + text("claimed label", x, y, dx=12, size=13)
        + text("nearer label", x, y, dx=12, color=BASIS["report"])
    )


def _quiet_rows(now, start):
    def both(part, result, keep):
        values = (result["prior"], result["posterior"]) if keep else (1 - result["prior"], 1 - result["posterior"])
        return [[part, time, v, "", i] for i, (time, v) in enumerate(zip(TIMES, values, strict=True))]

    rows = both("claimed", now, True) + both("nearer", now, False)
    if now.inputs != start.inputs:
        rows += both("start claimed", start, True)
    after = now["posterior"]
    rows.append(["claimed label", "after the silence", after, f"{amount(q.CLAIMED.value)}: {number(after, 2)}", 1])
    rows.append(
        ["nearer label", "after the silence", 1 - after, f"{amount(q.NEARER.value)}: {number(1 - after, 2)}", 1]
    )
    return rows


QUIET = Picture(
    title="Belief before and after hearing of no serious problem",
    columns=("part", "x", "y", "label", "order"),
    draw=_draw_quiet,
    rows=_quiet_rows,
    words=lambda now, start: (
        "Belief before and after hearing of no serious problem. "
        f"Belief in {amount(q.CLAIMED.value)} goes from {number(now['prior'], 2)} to {number(now['posterior'], 2)}, in "
        f"{amount(q.NEARER.value)} from {number(1 - now['prior'], 2)} to {number(1 - now['posterior'], 2)} "
        f"(starting case: {number(start['prior'], 2)} to {number(start['posterior'], 2)})."
    ),
    known=lambda start: [["claimed", TIMES[0], start["prior"], "", 0], ["nearer", TIMES[0], 1 - start["prior"], "", 0]],
    axes={"posterior": "y"},
    caption=(
        "Belief in the two figures of the report, if they were the only two. All four numbers are assumptions of ours: how likely "
        "so many people would make a serious problem, and how likely it would be seen and told, are two questions."
    ),
)

# --- pooling ---------------------------------------------------------------------------------


def _stated(model):
    """The least and the most that the ranges and the figures in use name."""
    named = [end for range_ in model.quantity("experts").value for end in range_]
    named += model.quantity("points").value
    return min(named), max(named)


PEOPLE = Axis(
    "people (each step to the right multiplies)",
    3_000,
    400_000,
    follows=(_stated,),
    log=True,
    ticks=(3_000, 10_000, 30_000, 100_000, 300_000),
    form=",.0f",
)


def _draw_pool(axis):
    import altair as alt

    x = axis.encoding(alt.X, "x")
    y = alt.Y("y:N", title=None, sort=None, axis=alt.Axis(labelLimit=280))
    return (
        names("name", x, y)
        + mark_at("report", x, color=BASIS["report"])
        + span("data", x, "x2:Q", y, color=BASIS["data"], width=8)
        + span("assumption", x, "x2:Q", y, color=BASIS["assumption"], width=4)
        + span("pool", x, "x2:Q", y, color=INK, width=10)
        + dots("middle", x, y, filled=False, size=90)
        + text("middle", x, y, dx=0, dy=-14, align="center", size=13)
        + dots("point", x, y, shape="diamond", filled=False, size=70)
    )


def _pool_rows(axis, now, start):
    entries = {e.value: e for e in (now.model.origin or now.model).quantity("experts").entries}
    held = axis.held

    def told(words, *values):
        return words if all(map(axis.holds, values)) else f"{words}, beyond the picture"

    rows = [["report", figure.value, None, "", None] for figure in (q.NEARER, q.CLAIMED)]
    for i, (low, high) in enumerate(now["experts"], start=1):
        known = entries.get((low, high))
        name = f"{known.speaker} ({known.basis})" if known else f"range {i} of yours (assumption)"
        name = told(name, low, high)
        rows.append(["name", held(low), name, "", None])
        rows.append([known.basis if known else "assumption", held(low), name, "", held(high)])
    rows += [["point", held(v), told("four single figures", *now["points"]), "", None] for v in now["points"]]
    for name, key in (("linear pool: mixed", "linear"), ("log pool: multiplied", "log")):
        low, middle, high = (now[f"{key}_{which}"] for which in ("low", "median", "high"))
        rows.append(["pool", held(low), name, "", held(high)])
        rows.append(["middle", held(middle), name, told(number(middle, 2), low, middle, high), None])
    return rows


def _pool(model):
    axis = PEOPLE.on(model)
    return Picture(
        title="Five ranges and two ways to pool them",
        columns=("part", "x", "y", "label", "x2"),
        draw=lambda: _draw_pool(axis),
        rows=lambda now, start: _pool_rows(axis, now, start),
        words=_pool_words,
        caption=(
            "Bars: each speaker's range; the word behind the name says whether it is a row of the table or partly ours. "
            "Diamonds: four single figures. Blue rules: 100,000 and 300,000."
        ),
    )


def _pool_words(now, start):
    return (
        "Ranges by speaker, and two pools of them. Mixed: middle "
        f"{number(now['linear_median'], 2)}, from {number(now['linear_low'], 2)} to {number(now['linear_high'], 2)}. "
        f"Multiplied: middle {number(now['log_median'], 2)}, from {number(now['log_low'], 2)} to {number(now['log_high'], 2)}. "
        f"Four single figures have mean {number(now['mean'], 2)}, geometric mean {number(now['geometric_mean'], 2)}, "
        f"median {number(now['median'], 2)}."
    )


POOL = following(models.POOL, _pool)

# --- arrivals as a gauge ----------------------------------------------------------------------


MULTIPLIER = declared(
    models.MULTIPLIER,
    "One number of arrivals, any number of people",
    Axis.of(q.SHARE, "share of people in China who reach the South in a year", form="~%"),
    Axis("people in China", 1_000, 1_000_000, log=True, form=",.0f"),
    Line("people", curves.people_by_share, "what so many arrivals mean, by share"),
    Dot("here", "share", "people", "about {people}", "your setting"),
    guess={"people": "y"},
    also={
        "least": lambda r: curves.people_by_share(r)[1].min(),
        "most": lambda r: curves.people_by_share(r)[1].max(),
    },
    words="{arrivals} arrivals in a year mean {people} people in China if {share:%} in 100 arrive (starting case {start.people}); "
    "over the whole range of the share they mean {least} to {most}.",
    note="The arrivals are those of 2001, released in January 2002.",
)

# --- two invented lists -------------------------------------------------------------------------

NAMES = Axis(
    "names, and estimated people (each step to the right multiplies)",
    1,
    200_000,
    follows=("first", "second", "both"),
    log=True,
    ticks=(1, 10, 100, 1_000, 10_000, 100_000),
    form=",.0f",
)


def _draw_recapture(axis):
    import altair as alt

    x = axis.encoding(alt.X, "x")
    y = alt.Y("y:N", title=None, sort=None)
    return (
        dots("list", x, y, color=BASIS["assumption"], shape="square")
        + dots("both", x, y, color=BASIS["assumption"], shape="square", filled=False)
        + span("range", x, "x2:Q", y, color=INK, width=4)
        + dots("start", x, y, filled=False, color=START)
        + dots("estimate", x, y, size=120)
        + text("label", x, y, dx=10)
        + text("estimate", x, y, dx=0, dy=-16, align="center", size=13)
    )


def _recapture_rows(axis, now, start):
    def told(value, words):
        return words if axis.holds(value) else f"{words}, beyond the picture"

    rows = []
    for key, name in (
        ("first", "first invented list"),
        ("second", "second invented list"),
        ("both", "on both"),
    ):
        at = axis.held(now[key])
        rows.append(["both" if key == "both" else "list", at, name, "", None])
        rows.append(["label", at, name, told(now[key], f"{number(now[key])} invented names"), None])
    name = "estimated people"
    rows.append(["range", axis.held(now["low"]), name, "", axis.held(now["high"])])
    if now.inputs != start.inputs:
        rows.append(["start", axis.held(start["estimate"]), name, "", None])
    said = told(now["estimate"], number(now["estimate"], 2))
    return [*rows, ["estimate", axis.held(now["estimate"]), name, said, None]]


def _recapture(model):
    axis = NAMES.on(model)
    return Picture(
        title="Two invented lists and what they would imply",
        columns=("part", "x", "y", "label", "x2"),
        draw=lambda: _draw_recapture(axis),
        rows=lambda now, start: _recapture_rows(axis, now, start),
        words=lambda now, start: (
            f"Invented lists of {number(now['first'])} and {number(now['second'])} names with {number(now['both'])} on both give about "
            f"{number(now['estimate'], 2)} people, 95 % interval {number(now['low'], 2)} to {number(now['high'], 2)} "
            f"(starting case {number(start['estimate'], 2)})."
        ),
        caption="Invented lists: the names do not exist. Dot: Chapman's estimate; bar: its 95 % interval. Real lists can get people returned.",
    )


RECAPTURE = following(models.RECAPTURE, _recapture)

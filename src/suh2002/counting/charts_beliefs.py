"""How the silence, the pools, the multiplier and the invented lists are drawn."""

from __future__ import annotations

from suh2002.counting import curves
from suh2002.counting import quantities as q
from tumen.charts.parts import dots, line, mark_at, names, span, start_line, text
from tumen.charts.picture import Picture
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


def _draw_pool():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="people (each step to the right multiplies)",
        scale=alt.Scale(type="log", domain=[3_000, 400_000]),
        axis=alt.Axis(values=[3_000, 10_000, 30_000, 100_000, 300_000], format=",.0f"),
    )
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


def _pool_rows(now, start):
    entries = {e.value: e for e in (now.model.origin or now.model).quantity("experts").entries}
    rows = [["report", figure.value, None, "", None] for figure in (q.NEARER, q.CLAIMED)]
    for i, (low, high) in enumerate(now["experts"], start=1):
        known = entries.get((low, high))
        name = f"{known.speaker} ({known.basis})" if known else f"range {i} of yours (assumption)"
        rows.append(["name", low, name, "", None])
        rows.append([known.basis if known else "assumption", low, name, "", high])
    rows += [["point", v, "four single figures", "", None] for v in now["points"]]
    for name, key in (("linear pool: mixed", "linear"), ("log pool: multiplied", "log")):
        rows.append(["pool", now[f"{key}_low"], name, "", now[f"{key}_high"]])
        rows.append(["middle", now[f"{key}_median"], name, number(now[f"{key}_median"], 2), None])
    return rows


POOL = Picture(
    title="Five ranges and two ways to pool them",
    columns=("part", "x", "y", "label", "x2"),
    draw=_draw_pool,
    rows=_pool_rows,
    words=lambda now, start: (
        "Ranges by speaker, and two pools of them. Mixed: middle "
        f"{number(now['linear_median'], 2)}, from {number(now['linear_low'], 2)} to {number(now['linear_high'], 2)}. "
        f"Multiplied: middle {number(now['log_median'], 2)}, from {number(now['log_low'], 2)} to {number(now['log_high'], 2)}. "
        f"Four single figures have mean {number(now['mean'], 2)}, geometric mean {number(now['geometric_mean'], 2)}, "
        f"median {number(now['median'], 2)}."
    ),
    caption=(
        "Bars: each speaker's range; the word behind the name says whether it is a row of the table or partly ours. "
        "Diamonds: four single figures. Blue rules: 100,000 and 300,000."
    ),
)

# --- arrivals as a gauge ----------------------------------------------------------------------


MULTIPLIER_ENDS = (1_000, 1_000_000)


def _draw_multiplier():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="share of people in China who reach the South in a year",
        scale=alt.Scale(type="log", domain=[0.0009, 0.3]),
        axis=alt.Axis(values=[0.001, 0.003, 0.01, 0.03, 0.1, 0.3], format="~%"),
    )
    y = alt.Y(
        "y:Q",
        title="people in China",
        scale=alt.Scale(type="log", domain=list(MULTIPLIER_ENDS)),
        axis=alt.Axis(values=[1_000, 10_000, 100_000, 1_000_000], format=",.0f"),
    )
    return (
        start_line("start line", x, y)
        + line("line", x, y)
        + dots("start", x, y, filled=False, color=START)
        + dots("here", x, y, size=130)
        + text("here", x, y, dx=10, dy=-10, size=13)
    )


def _multiplier_rows(now, start):
    rows = [["line", x, y, ""] for x, y in zip(*curves.people_by_share(now), strict=True)]
    if now.inputs != start.inputs:
        rows += [["start line", x, y, ""] for x, y in zip(*curves.people_by_share(start), strict=True)]
        rows.append(["start", start["share"], start["people"], ""])
    low, high = MULTIPLIER_ENDS
    place = min(max(now["people"], low), high)
    beyond = "" if place == now["people"] else ", beyond the picture"
    return [*rows, ["here", now["share"], place, f"about {number(now['people'])}{beyond}"]]


MULTIPLIER = Picture(
    title="One number of arrivals, any number of people",
    columns=("part", "x", "y", "label"),
    draw=_draw_multiplier,
    rows=_multiplier_rows,
    words=lambda now, start: (
        f"{number(now['arrivals'])} arrivals in a year mean {number(now['people'])} people in China if "
        f"{number(100 * now['share'])} in 100 arrive (starting case {number(start['people'])}); "
        f"over the whole range of the share they mean {number(curves.people_by_share(now)[1].min())} to "
        f"{number(curves.people_by_share(now)[1].max())}."
    ),
    caption=(
        "Both axes multiply at each step. Arrivals: row A45 of the arrivals table (2001, released January 2002). "
        "The share is an assumption of ours."
    ),
)

# --- two invented lists -------------------------------------------------------------------------

RECAPTURE_TOP = 200_000


def _draw_recapture():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="names, and estimated people (each step to the right multiplies)",
        scale=alt.Scale(type="log", domain=[1, RECAPTURE_TOP]),
        axis=alt.Axis(values=[1, 10, 100, 1_000, 10_000, 100_000], format=",.0f"),
    )
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


def _recapture_rows(now, start):
    rows = []
    for key, name in (
        ("first", "first invented list"),
        ("second", "second invented list"),
        ("both", "on both"),
    ):
        rows.append(["both" if key == "both" else "list", now[key], name, "", None])
        rows.append(["label", now[key], name, f"{number(now[key])} invented names", None])
    name = "estimated people"
    rows.append(["range", max(now["low"], 1), name, "", now["high"]])
    if now.inputs != start.inputs:
        rows.append(["start", start["estimate"], name, "", None])
    beyond = ", beyond the picture" if now["estimate"] > RECAPTURE_TOP else ""
    rows.append(["estimate", min(now["estimate"], RECAPTURE_TOP), name, f"{number(now['estimate'], 2)}{beyond}", None])
    return rows


RECAPTURE = Picture(
    title="Two invented lists and what they would imply",
    columns=("part", "x", "y", "label", "x2"),
    draw=_draw_recapture,
    rows=_recapture_rows,
    words=lambda now, start: (
        f"Invented lists of {number(now['first'])} and {number(now['second'])} names with {number(now['both'])} on both give about "
        f"{number(now['estimate'], 2)} people, 95 % interval {number(now['low'], 2)} to {number(now['high'], 2)} "
        f"(starting case {number(start['estimate'], 2)})."
    ),
    caption="Invented lists: the names do not exist. Dot: Chapman's estimate; bar: its 95 % interval. Real lists can get people returned.",
)

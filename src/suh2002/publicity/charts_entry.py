"""How one entry is drawn: people in bars, and the months of frozen talks apart from them."""

from __future__ import annotations

from suh2002.publicity import curves
from tumen.charts.lanes import outlined
from tumen.charts.parts import _base, dots, level, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, QUIET, START
from tumen.core.words import number

PEOPLE_TOP, PEOPLE_EDGE = 600, 850  # where the axis ends, and where the words beside the bars may end
ENTERED, QUIETLY, RETURNED, MONTHS = "out by entering", "out by quiet ways", "returned", "months of frozen talks"
LANES = (ENTERED, QUIETLY, RETURNED, " ", MONTHS)
SQUARES, STEP, NEAR = 12, 30, 60


def _draw_entry():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="people, for each entry",
        scale=alt.Scale(domain=[0, PEOPLE_EDGE], nice=False),
        axis=alt.Axis(orient="top", grid=False, format=",.0f", values=list(range(0, 601, 100)), titleAnchor="start"),
    )
    y = alt.Y("y:N", title=None, scale=alt.Scale(domain=list(LANES)), axis=alt.Axis(ticks=False, domain=False))
    even = _base("even").mark_tick(color=INK, thickness=3, size=40, orient="vertical", opacity=1).encode(x=x, y=y)
    return (
        level("apart", y, color=QUIET, dash=[1, 5])
        + span("out", x, "x2:Q", y, color=QUIET, width=17)
        + outlined("back", x, y, width=17, color=INK)
        + even
        + dots("start", x, y, filled=False, color=START, shape="diamond", size=70)
        + dots("month", x, y, shape="square", size=130, color=QUIET)
        + dots("no month", x, y, shape="square", size=130, filled=False, color=QUIET)
        + text("here", x, y, dx=9, size=13)
        + text("even label", x, y, align="center", dx=0, dy=-28)
    )


def _held(value: float, words: str) -> tuple[float, str]:
    """A place on the axis and its words, which say so where the value lies beyond it."""
    return min(value, PEOPLE_TOP), words if value <= PEOPLE_TOP else f"{words}, beyond the picture"


def _each(result) -> dict[str, float]:
    """People and months for one entry, and the returns at which the count is even."""
    each = curves.people_out({**result.inputs, "events": 1})
    return {
        **each,
        "out": each["entered"] + each["quiet"],
        "even": result["break_even_return"] * result["at_risk"],
        "months": result["months_frozen"],
    }


def _entry_rows(now, start):
    v, rows = _each(now), [["apart", None, " ", "", None]]
    bars = (
        ("out", ENTERED, 0, v["entered"]),
        ("out", QUIETLY, v["entered"], v["out"]),
        ("back", RETURNED, 0, v["returned"]),
    )
    for part, lane, low, high in bars:
        place, words = _held(high, _count_words(lane, v))
        rows.append([part, min(low, PEOPLE_TOP), lane, "", place])
        if part == "back" and place <= v["even"] < place + NEAR:  # the words go past the stroke
            place = min(v["even"], PEOPLE_TOP)
        rows.append(["here", place, lane, words, None])
    place, words = _held(v["even"], f"even at {number(v['even'])}")
    if v["even"] <= PEOPLE_TOP:
        rows.append(["even", v["even"], RETURNED, "", None])
    rows.append(["even label", max(place, 40), RETURNED, words, None])
    return [*rows, *_month_rows(v), *_start_rows(now, start)]


def _count_words(lane, v) -> str:
    if lane == ENTERED:
        return number(v["entered"])
    if lane == QUIETLY:
        return f"{number(v['quiet'])}; out in all {number(v['out'])}"
    return number(v["returned"])


def _month_rows(v):
    """A square a month, beside the axis of people and not on it."""
    rows = [
        ["month" if i < round(v["months"]) else "no month", (i + 0.5) * STEP, MONTHS, "", None] for i in range(SQUARES)
    ]
    beyond = ", beyond the picture" if round(v["months"]) > SQUARES else ""
    said = f"{number(v['months'])} month{'' if v['months'] == 1 else 's'}{beyond}"
    return [*rows, ["here", SQUARES * STEP, MONTHS, said, None]]


def _start_rows(now, start):
    if now.inputs == start.inputs:
        return []
    v = _each(start)
    ends = ((ENTERED, v["entered"]), (QUIETLY, v["out"]), (RETURNED, v["returned"]))
    return [["start", min(at, PEOPLE_TOP), lane, "", None] for lane, at in ends]


def _entry_words(now, start):
    v, s = _each(now), _each(start)
    return (
        f"For each entry {number(v['entered'])} get out by entering and {number(v['quiet'])} by quiet ways; {number(v['returned'])} more "
        f"are returned; the count would be even at {number(v['even'])} returned. Apart from that: {number(v['months'])} months of "
        f"frozen talks. In all, weighted: {number(now['net'])} (starting case: {number(s['out'])} out, {number(s['returned'])} returned, "
        f"{number(start['net'])} in all)."
    )


ENTRY = Picture(
    title="One entry: people out, people returned, and months of frozen talks apart",
    columns=("part", "x", "y", "label", "x2"),
    draw=_draw_entry,
    rows=_entry_rows,
    words=_entry_words,
    caption=(
        "Filled: people who get out, the second bar going on where the first ends. Outlined: people returned. Thick stroke: as many "
        "returned as would make the count even, by the weight you gave. Squares: months of frozen talks after each entry; they are not on "
        "the axis of people, as the two have no common measure. Grey diamonds: starting case. People and number at risk are the "
        "report's; the rest are assumptions of ours, and so is the mechanism: S3P3 speaks of reconciliation. What a return weighs "
        "against a rescue is the moral question."
    ),
    size=(600, 270),
)

"""How all weightings are drawn: whole bars parted by what is cheapest, and below them what one would have to care about."""

from __future__ import annotations

import math

from suh2002.choice import curves
from suh2002.choice import quantities as q
from suh2002.choice.charts_table import COLUMN, IN_ORDER, TWO_LINES, ordered
from suh2002.choice.costs import counted
from suh2002.choice.models import NAMES
from tumen.charts.parts import _base, names, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, PAPER, QUIET, START
from tumen.core.words import number

BARS = {  # by whether China's name abroad and what happens to the people are let in
    ("left out", "no"): "S1P3|alone",
    ("counted", "no"): "+ China's|name*",
    ("left out", "yes"): "+ the|people*",
    ("counted", "yes"): "+ both*",
}
SPOKEN = {
    ("left out", "no"): "over the four costs of S1P3",
    ("counted", "no"): "with China's name abroad, which we add,",
    ("left out", "yes"): "with what happens to the people, which we add,",
    ("counted", "yes"): "with both",
}
CARE = "cheapest if one|weighs on average"
SHORT = {"recognise": "recognition", "exit": "exit", "tolerate": "looking away", "repatriate": "return"}
DARK = {"recognise": 0.04, "exit": 0.16, "tolerate": 0.28, "repatriate": 0.42}  # always with the name in or beside it
NARROW = 0.13  # a part too narrow for its name
AREA = 900  # of a mark whose weight is 1, in square pixels


def _draw():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="share of all weightings",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(orient="top", format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=False),
    )
    scale = alt.Scale(paddingInner=0.16, paddingOuter=0.05)
    axis = alt.Axis(labelExpr=TWO_LINES, ticks=False, domain=False)
    y = alt.Y("y:N", title=None, sort=IN_ORDER, scale=scale, axis=axis)
    shade = alt.Opacity("size:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None)
    size = alt.Size("size:Q", scale=alt.Scale(domain=[0, 1], range=[0, AREA]), legend=None)
    parts = _base("part").mark_rect(color=INK).encode(x=x, x2="x2:Q", y=y, opacity=shade)
    frames = _base("part").mark_rect(filled=False, color=QUIET, strokeWidth=1.2).encode(x=x, x2="x2:Q", y=y)
    weights = _base("mean").mark_point(filled=True, color=INK, opacity=1).encode(x=x, y=y, size=size)
    begun = _base("start").mark_point(
        filled=False, fill=PAPER, color=START, shape="diamond", size=70, opacity=1, yOffset=11
    )
    return alt.layer(
        names("name", x, y),
        parts,
        frames,
        begun.encode(x=x, y=y),
        text("share", x, y, align="center", dx=0, dy=-8, size=13),
        text("column", x, y, align="center", dx=0, size=11),
        weights,
        text("mean", x, y, dx=18, size=11),
        text("never", x, y, dx=0, color=QUIET),
    )


def _hundred(share: float) -> str:
    """A share as so many of 100 weightings, told apart from none."""
    return "under 1" if 0 < share < 0.005 else f"{round(100 * share)}"


def _rows(now, start):
    typical = curves.typical_weights(now)
    care = {o: f"{SHORT[o]}|first in {_hundred(now[o])} of 100" for o in typical}
    lines = (*BARS.values(), CARE, *care.values())
    rows = [["name", 0, name, ""] for name in lines]
    for which, result in curves.readings(now).items():
        rows += _bar(BARS[which], curves.stacked(result))
    if now.inputs != start.inputs:
        ends = [end for _, end in curves.stacked(start).values()][:-1]
        rows += [["start", end, BARS[curves.reading(start)], ""] for end in ends]
    columns = counted(*curves.reading(now))
    rows += [["column", _middle(i), CARE, COLUMN[q.CRITERIA[i]]] for i in columns]
    for o, weights in typical.items():
        rows += _average(care[o], columns, weights)
    return ordered(rows, lines)


def _bar(name, stacked):
    rows = []
    for o, (left, right) in stacked.items():
        rows.append(["part", left, name, "", right, DARK[o]])
        if right - left >= NARROW:
            rows.append(["share", (left + right) / 2, name, f"{SHORT[o]} {_hundred(right - left)}"])
    return rows


def _middle(i: int) -> float:
    """Where a criterion's column stands, as a part of the width."""
    return (i + 0.5) / len(q.CRITERIA)


def _average(name, columns, weights):
    if any(map(math.isnan, weights)):
        return [["never", _middle(0), name, "no weighting makes it cheapest"]]
    found = zip(columns, weights, strict=True)
    return [["mean", _middle(i), name, number(round(w, 2), 2), None, w] for i, w in found]


def _words(now, start):
    said = []
    for which, result in curves.readings(now).items():
        shares = ", ".join(f"{SHORT[o]} {number(result[o], 2)}" for o in q.FEASIBLE[now["setting"]])
        said.append(f"{SPOKEN[which]} {shares}")
    columns, care = [q.CRITERIA[i] for i in counted(*curves.reading(now))], []
    for o, weights in curves.typical_weights(now).items():
        if not any(map(math.isnan, weights)):
            parts = ", ".join(f"{COLUMN[c]} {number(round(w, 2), 2)}" for c, w in zip(columns, weights, strict=True))
            care.append(f"{NAMES[o]}: {parts}")
    first = ", ".join(f"{SHORT[o]} {number(start[o], 2)}" for o in q.FEASIBLE[start["setting"]])
    return (
        f"Share of all weightings in which each choice is cheapest: {'; '.join(said)} (starting case: {first}). "
        f"Mean weights, of {len(columns)} costs, that make it cheapest: {'; '.join(care)}."
    )


WEIGHTS = Picture(
    title="All ways to weigh the costs, parted by what is cheapest",
    columns=("part", "x", "y", "label", "x2", "size", "order"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Each bar is every weighting there is, counted in hundredths; a part too narrow for its name is told below. The first bar "
        "holds the costs the report gives Beijing; a star marks what we add: China's name abroad, and what happens to the people. "
        "Grey diamonds: where the parts met in the starting case. Dots: the mean weight of each cost let in, among the weightings "
        "that make a choice cheapest; the larger the dot, the heavier. Points are assumptions of ours."
    ),
    size=(500, 420),
)

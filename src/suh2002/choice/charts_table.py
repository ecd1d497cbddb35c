"""How the table of costs is drawn, and all weightings: whole bars parted by what is cheapest."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

from suh2002.choice import curves
from suh2002.choice import quantities as q
from suh2002.choice.models import NAMES, counted
from tumen.charts.axis import Axis
from tumen.charts.lanes import named
from tumen.charts.parts import _base, dots, names, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, PAPER, QUIET, START
from tumen.core.words import number

# What stands above a column, and at the left of a row under its rank: two lines, parted by the bar.
COLUMN = {
    "dprk": "Pyongyang",
    "precedent": "precedent",
    "washington": "Washington",
    "reputation": "its name*",
    "pull": "pull",
    "humanitarian": "people*",
}
ROW = {
    "recognise": "recognise|as refugees",
    "exit": "exit via a|third country",
    "tolerate": "look away",
    "repatriate": "return",
}
WEIGHTS_ROW = "criterion|and its weight"
TWO_LINES = "split(datum.label, '|')"
IN_ORDER = {"field": "order", "op": "min"}  # so that the lines change places while the picture stands

WIDE, TOP = 4.6, 10  # a column in the points of the axis, and the axis's right end
LEFT = -WIDE * len(q.CRITERIA) - 0.6
CELL = 57**2  # square pixels
PHONE = (225, 250)  # pixels of the plot where a phone's screen leaves it no more
DARKEST = 4  # added points from which a cell is as dark as it gets


def _draw(narrow: bool = False):
    import altair as alt

    x = Axis("cost, points", LEFT, TOP + 1, ticks=(0, 5, TOP), grid=False).encoding(
        "x", domain=False, titleAnchor="end"
    )
    y = named(sort=IN_ORDER, scale={"paddingInner": 0.08, "paddingOuter": 0}, labelExpr=TWO_LINES)
    dark = alt.Scale(domain=[0, DARKEST], range=[0.03, 0.55], clamp=True)
    shade, sides = alt.Opacity("amount:Q", scale=dark, legend=None), {}
    if narrow:
        cell = _base("cell").transform_calculate(left=f"datum.x - {WIDE / 2}", right=f"datum.x + {WIDE / 2}")
        cells = cell.mark_rect(color=BASIS["assumption"])
        frames = cell.mark_rect(filled=False, stroke=QUIET, strokeWidth=0.6, opacity=1)
        sides = {"x": x.copy(), "x2": "right:Q"}
        sides["x"].shorthand = "left:Q"
    else:
        square = {"shape": "square", "size": CELL}
        cells = _base("cell").mark_point(filled=True, color=BASIS["assumption"], **square)
        frames = _base("cell").mark_point(filled=False, color=QUIET, strokeWidth=0.6, opacity=1, **square)
    return alt.layer(
        names("name", x, y),
        cells.encode(**{"x": x, "y": y, **sides}, opacity=shade),
        frames.encode(**{"x": x, "y": y, **sides}),
        # by turns above and below, for two names beside each other are wider than their columns
        text("head", x, y, align="center", dx=0, dy=-20, size=11),
        text("head between", x, y, align="center", dx=0, dy=-6, size=11),
        *(
            text(part, x, y, align="center", dx=0, dy=12, size=13, label="second:N")
            for part in ("head", "head between")
        ),
        text("cell", x, y, align="center", dx=0, dy=-6, size=14),
        text("cell", x, y, align="center", dx=0, dy=11, size=11, label="second:N"),
        span("least", x, "amount:Q", y, color=INK, width=16),
        span("more", x, "amount:Q", y, color=QUIET, width=7),
        dots("start", x, y, filled=False, color=START, shape="diamond", size=90),
        text("least", x, y, dx=9, dy=-16, size=13),
        text("more", x, y, dx=9, dy=-16, size=13),
        text("closed", x, y, dx=3, color=QUIET),
    )


def _middle(i: int) -> float:
    """The middle of a column, on the axis."""
    return LEFT + WIDE * (i + 0.5)


def _label(option: str, rank: int | None) -> str:
    return f"{rank}. {ROW[option]}" if rank else ROW[option]


def _rows(now, start):
    ranked = curves.ranked(now)
    closed = [o for o in q.OPTIONS if o not in ranked]
    labels = {o: _label(o, i) for i, o in enumerate(ranked, 1)} | {o: _label(o, None) for o in closed}
    lines = (WEIGHTS_ROW, *labels.values())
    rows = [["name", 0, name, ""] for name in lines]
    for i, (c, weight) in enumerate(zip(q.CRITERIA, curves.weights(now), strict=True)):
        rows.append(["head between" if i % 2 else "head", _middle(i), WEIGHTS_ROW, COLUMN[c], number(weight, 2)])
    for o, label in labels.items():
        rows += _cells(now, o, label)
    for o in ranked:
        best = now[o] == now[ranked[0]]
        said = f"{number(now[o])}{', least' if best else ''}"
        rows.append(["least" if best else "more", 0, labels[o], said, "", now[o]])
        if now.inputs != start.inputs:
            rows.append(["start", start[o], labels[o], ""])
    rows += [["closed", 0, labels[o], "not open here"] for o in closed]
    return ordered(rows, lines)


def ordered(rows, lines, columns: int = 6):
    """Rows filled up to so many columns, with the place of their line among the lines at the end."""
    place = {name: i for i, name in enumerate(lines)}
    return [[*row, *[None] * (columns - len(row)), place[row[2]]] for row in rows]


def _cells(now, option, label):
    i = q.OPTIONS.index(option)
    return [
        ["cell", _middle(j), label, number(points, 2), f"adds {number(round(adds, 2), 2)}", adds]
        for j, (points, adds) in enumerate(zip(curves.points(now)[i], curves.parts(now)[i], strict=True))
    ]


def _words(now, start):
    ranked = curves.ranked(now)
    said = []
    for i, o in enumerate(ranked, 1):
        adds = curves.parts(now)[q.OPTIONS.index(o)]
        most = [f"{COLUMN[c]} {number(a, 2)}" for c, a in zip(q.CRITERIA, adds, strict=True) if a > 0]
        said.append(
            f"{i}. {NAMES[o]}: {number(now[o])} points ({', '.join(most) or 'nothing'}; "
            f"starting case {number(start[o])})"
        )
    closed = [NAMES[o] for o in q.OPTIONS if o not in ranked]
    shut = f" Not open in this setting: {closed[0]}." if closed else ""
    weights = ", ".join(f"{COLUMN[c]} {number(w, 2)}" for c, w in zip(q.CRITERIA, curves.weights(now), strict=True))
    return (
        f"Choices by what they cost Beijing, the cheapest first. {'; '.join(said)}.{shut} Weights: {weights}. "
        "Columns with a star are ours, not the report's."
    )


def _small(rows):
    """For a phone: narrow cells, in which the second number stands without its word."""
    moved = [[*r[:4], r[4].removeprefix("adds "), *r[5:]] if r[0] == "cell" else r for r in rows]
    return replace(TABLE, size=PHONE, draw=partial(_draw, narrow=True)), moved


TABLE = Picture(
    title="Four choices by six costs, the cheapest first",
    columns=("part", "x", "y", "label", "second", "amount", "order"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Each cell: cost points from 0 to 10 and, below them, what they add to the cost, points times the weight above; the "
        "darker, the more. Bars: the sum; the thick one is least. Grey diamond: the starting case. All points and weights are "
        "assumptions of ours: four costs are read from S1P3, and the report gives no numbers. Two columns, with a star, are not the report's: "
        "China's name abroad, which decides much, and what happens to the people, which starts at 0. Pull is our reading of S1P3-d."
    ),
    size=(500, 310),
    small=_small,
)


BARS = {  # by whether China's name abroad and what happens to the people are let in
    ("left out", "no"): "S1P3|alone",
    ("counted", "no"): "+ China's|name*",
    ("left out", "yes"): "+ the|people*",
    ("counted", "yes"): "+ both*",
}
SPOKEN = {
    ("left out", "no"): "over the four costs read from S1P3",
    ("counted", "no"): "with China's name abroad, which we add,",
    ("left out", "yes"): "with what happens to the people, which we add,",
    ("counted", "yes"): "with both",
}
CARE = "cheapest if one|weighs on average"
SHORT = {"recognise": "recognition", "exit": "exit", "tolerate": "looking away", "repatriate": "return"}
DARK = {"recognise": 0.04, "exit": 0.16, "tolerate": 0.28, "repatriate": 0.42}  # always with the name in or beside it
NARROW = 0.13  # a part too narrow for its name
AREA = 900  # of a mark whose weight is 1, in square pixels


def _weights_draw():
    import altair as alt

    quarters = (0, 0.25, 0.5, 0.75, 1)
    x = Axis("share of all weightings", 0, 1, form="%", ticks=quarters, grid=False).encoding("x", orient="top")
    y = named(sort=IN_ORDER, scale={"paddingInner": 0.16, "paddingOuter": 0.05}, labelExpr=TWO_LINES)
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


def _weights_rows(now, start):
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
    rows += [["column", _weights_middle(i), CARE, COLUMN[q.CRITERIA[i]]] for i in columns]
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


def _weights_middle(i: int) -> float:
    """Where a criterion's column stands, as a part of the width."""
    return (i + 0.5) / len(q.CRITERIA)


def _average(name, columns, weights):
    if any(map(math.isnan, weights)):
        return [["never", _weights_middle(0), name, "no weighting makes it cheapest"]]
    found = zip(columns, weights, strict=True)
    return [["mean", _weights_middle(i), name, number(round(w, 2), 2), None, w] for i, w in found]


def _weights_words(now, start):
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
    draw=_weights_draw,
    rows=_weights_rows,
    words=_weights_words,
    caption=(
        "Each bar is every weighting there is, counted in hundredths; a part too narrow for its name is told below. The first bar "
        "holds the four costs we read in S1P3, pull for S1P3-d among them; a star marks what we add: China's name abroad, and what happens to the people. "
        "Grey diamonds: where the parts met in the starting case. Dots: the mean weight of each cost let in, among the weightings "
        "that make a choice cheapest; the larger the dot, the heavier. Points are assumptions of ours."
    ),
    size=(500, 420),
)

"""How the value of knowing is drawn: everything at once, then each unknown alone, in points on one axis."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from suh2002.alternatives import quantities as q
from suh2002.alternatives.charts_unknowns import SHORT
from suh2002.alternatives.models import worth_learning
from tumen.charts.lanes import COLUMNS, Ruler, axes, layered, size, upright
from tumen.charts.parts import dots, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import QUIET, RULE, START
from tumen.core.words import number

LANE = 27
LANES = len(q.UNCERTAIN) + 2.9
WORTH = Ruler(0, 0.1, left=0.3, right=0.92, first=0.3, last=0.96)
BELOW = 0.36  # how far under its bar the starting case stands, in lanes
TICKS = (0, 0.02, 0.04, 0.06, 0.08, 0.1)


def _draw(begun: bool = False):
    x, y = axes(LANES)
    return layered(
        upright("grid", x, y, color=RULE),
        text("tick", x, y, align="center", dx=0, color=QUIET, size=11),
        text("title", x, y, dx=0, color=QUIET),
        text("name", x, y, align="right", dx=-8),
        span("all", x, "x2:Q", y, width=16, color=QUIET),
        span("one", x, "x2:Q", y, width=10),
        *([dots("start", x, y, filled=False, color=START, shape="diamond", size=60)] if begun else []),
        text("said", x, y, dx=6),
        text("nothing", x, y, dx=4, size=11, color=QUIET),
    )


def _rows(now, start=None):
    rows = [["title", WORTH.left, 0.35, "worth of knowing before choosing, points"]]
    for v in TICKS:
        rows += [["grid", WORTH.at(v), 0.8, "", LANES - 0.75], ["tick", WORTH.at(v), LANES - 0.4, number(v)]]
    rows += _bar("all", "everything", now["evpi"], 1.3)
    for i, x in enumerate(q.UNCERTAIN):
        rows += _bar("one", SHORT[x.key], now["evppi"][x.key], 2.3 + i)
    if start is not None:
        rows.append(["start", WORTH.at(start["evpi"]), 1.3 + BELOW, ""])
        rows += [["start", WORTH.at(start["evppi"][x.key]), 2.3 + BELOW + i, ""] for i, x in enumerate(q.UNCERTAIN)]
    return rows


def _bar(part, name, worth, y) -> list[list]:
    rows = [["name", WORTH.left, y, name]]
    if worth == 0:
        return [*rows, ["nothing", WORTH.left, y, "would not change the choice"]]
    beyond = "" if WORTH.inside(worth) else ", beyond the picture"
    rows.append([part, WORTH.left, y, "", WORTH.at(worth)])
    return [*rows, ["said", min(WORTH.at(worth), 0.7 if beyond else 0.92), y, f"{number(worth, 2)}{beyond}"]]


def _words(now, start=None) -> str:
    each = "; ".join(f"{SHORT[x.key]} {number(now['evppi'][x.key], 2)}" for x in q.UNCERTAIN)
    return f"Knowing everything before choosing is worth {number(now['evpi'], 2)} points. One unknown alone: {each}. {worth_learning(now)}"


LEARNING = Picture(
    title="What it would be worth to know",
    columns=COLUMNS,
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Grey bar: what it would add, on average, to know all eleven before choosing. Below: one alone. A bar of no length means that no "
        "news about it would change the choice, not that it has no effect. The points are those of the utility, an assumption of ours."
    ),
    size=size(LANES, LANE),
)
LEARNING_BESIDE = replace(
    LEARNING, draw=partial(_draw, begun=True), caption=f"{LEARNING.caption} Grey diamonds: the starting case."
)


def reading(now) -> str:
    """What knowing is worth, in a sentence or two."""
    return f"Knowing everything before choosing would add {number(now['evpi'], 2)} points on average. {worth_learning(now)}"

"""Where does it flip? Each quantity's break-even, inside its declared range or beyond it."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise

from tumen.analysis import Flips
from tumen.analysis.breakevens import Turn
from tumen.charts.lanes import COLUMNS, Ruler, axes, layered, marker, middle, outlined, size
from tumen.charts.matters import shortened
from tumen.charts.parts import dots, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import QUIET
from tumen.core import Model
from tumen.core.words import amount, figure

LANE = 66
MOST = 8  # lanes drawn; the table has them all
NAME, ABOVE, TICK, BAR = 0.17, 0.43, 0.6, 0.77  # heights within a lane
LEFT, RIGHT = 0.2, 0.8


def where_it_flips(model: Model, claim: str) -> Picture:
    """The picture of `Flips` for one finding: a lane a quantity, each range on its own scale."""
    every = sum(q.sampled for q in model.quantities)
    lanes = min(every, MOST) + 0.05
    part = "" if every <= MOST else f" The {MOST} that flip it soonest from the starting case are drawn, of {every}."
    return Picture(
        title=f"Where does {claim} flip? {model.question}",
        columns=COLUMNS,
        draw=partial(_draw, lanes),
        rows=_rows,
        words=_words,
        caption=(
            "Bars: declared ranges, each on its own scale; filled where the claim holds in this model, outlined where it does not, "
            "the other quantities as you set them. Diamond: your setting. Triangle: the value at which the claim turns; "
            f"at an edge of the picture it lies further out, beyond what our sources support.{part}"
        ),
        size=size(lanes, LANE),
    )


def _draw(lanes: float):
    x, y = axes(lanes)
    return layered(
        text("name", x, y, dx=0),
        text("value", x, y, dx=0, align="center"),
        outlined("fails", x, y, width=10),
        span("holds", x, "x2:Q", y, width=11),
        text("low", x, y, align="right", dx=-6, color=QUIET, size=11),
        text("high", x, y, dx=6, color=QUIET, size=11),
        dots("inside", x, y, shape="triangle-down", size=90),
        dots("below", x, y, shape="triangle-left", size=90),
        dots("above", x, y, shape="triangle-right", size=90),
        marker("here", x, y),
    )


def _rows(now: Flips, start: Flips) -> list[list]:
    """A lane for each quantity that flips it soonest from the starting case, in the order of the controls."""
    chosen = {t.quantity for t in start.turns[:MOST]}
    order = [q.key for q in now.model.quantities if q.key in chosen]
    turns = {t.quantity: t for t in now.turns}
    return [row for i, name in enumerate(order) for row in _lane(i, turns[name], now)]


def _lane(i: int, turn: Turn, now: Flips) -> list[list]:
    q = now.model.quantity(turn.quantity)
    log = q.shape == "log-uniform"
    ruler = Ruler(turn.low, turn.high, LEFT, RIGHT, first=0.04, last=0.96, log=log)
    rows = [["name", 0, i + NAME, shortened(turn.label, 70), None]]
    for part, low, high in pieces(turn, now.holds_here):
        rows.append([part, ruler.at(low), i + BAR, "", ruler.at(high)])
    rows += [
        ["low", LEFT, i + BAR, figure(turn.low, turn.unit), None],
        ["high", RIGHT, i + BAR, figure(turn.high, turn.unit), None],
    ]
    rows.append(["here", ruler.at(turn.here), i + BAR, "", None])
    if turn.value is None:
        return [*rows, ["value", 0.5, i + ABOVE, "alone it cannot flip it", None]]
    place = ruler.at(turn.value)
    words = f"flips at {amount(turn.value, turn.unit)}{'' if turn.inside else ', beyond the range'}"
    mark = "inside" if ruler.inside(turn.value) else "above" if turn.value > turn.high else "below"
    height = TICK if mark == "inside" else BAR
    return [*rows, [mark, place, i + height, "", None], ["value", middle(place, words), i + ABOVE, words, None]]


def pieces(turn: Turn, holds_here: bool | None) -> list[tuple[str, float, float]]:
    """The declared range cut at its turning points: holds or fails, from and to; empty where nothing is known."""
    if turn.value is None:
        return [] if holds_here is None else [("holds" if holds_here else "fails", turn.low, turn.high)]
    points = sorted([turn.value, *turn.others])
    above = points.index(turn.value) + 1  # how many points lie below the piece just above the break-even
    cuts = [turn.low, *(p for p in points if turn.low < p < turn.high), turn.high]
    out = []
    for low, high in pairwise(cuts):
        below = sum(p <= low or math.isclose(p, low) for p in points)
        holds = turn.holds_above == ((below - above) % 2 == 0)
        out.append(("holds" if holds else "fails", low, high))
    return out


def _words(now: Flips, start: Flips) -> str:
    parts = []
    for t in now.turns:
        where = "" if t.inside else ", beyond the declared range"
        at = "alone it cannot flip it" if t.value is None else f"flips at {amount(t.value, t.unit)}{where}"
        parts.append(
            f"{t.label}, {figure(t.low, t.unit)} to {figure(t.high, t.unit)}, now {figure(t.here, t.unit)}: {at}"
        )
    return f"Break-evens of {now.claim}, the shortest way first. " + "; ".join(parts) + "."

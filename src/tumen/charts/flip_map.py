"""Where does it flip? A finding over any two quantities, with the starting point, the reader's and saved cases."""

from __future__ import annotations

import math
from functools import partial

from tumen.analysis import FlipMap
from tumen.analysis.breakevens import Spot
from tumen.charts.lanes import layered
from tumen.charts.parts import HALO, chart_of, own_looks, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, PAPER, START
from tumen.core import Model, Quantity
from tumen.core.words import amount, figure

COLUMNS = ("part", "x", "y", "label", "x2", "shape", "color", "fill")
SIZE = (470, 300)
LOOKS = {"start": ("diamond", START), "saved": ("square", START), "now": ("circle", INK)}
PLACES = [  # where a label may stand by its mark: a name, the alignment, the way right and down
    ("up right", "left", 8, -11),
    ("down right", "left", 8, 15),
    ("up left", "right", -8, -11),
    ("down left", "right", -8, 15),
]
EDGE = (SIZE[0] + 4, math.inf, -math.inf, math.inf)  # what lies right of the map takes no label
STARTING = "starting case"
YOURS = "your setting"


def flip_map_picture(model: Model, claim: str, x: str, y: str) -> Picture:
    """The picture of a `FlipMap` of one finding over the declared ranges of two quantities."""
    qx, qy = model.quantity(x), model.quantity(y)
    return Picture(
        title=f"Where {claim} holds: {qx.label} and {qy.label}",
        columns=COLUMNS,
        draw=partial(_draw, _axis(qx), _axis(qy)),
        rows=lambda now, start: _rows(now, qx, qy),
        words=lambda now, start: _words(now, qx, qy),
        caption=(
            f"Lined: {claim} holds in this model; plain: it does not; all other quantities as you set them. Marks are filled "
            "where the claim holds and hollow where it does not. A case marked * also differs in other numbers, so the lines "
            "round it are not its own."
        ),
        size=SIZE,
    )


def _axis(q: Quantity) -> tuple[str, float, float, bool]:
    """What an axis follows from: its title, its ends, and whether it goes by ratios."""
    log = q.shape == "log-uniform"
    title = f"{q.label}, {q.unit}" if q.unit else q.label
    return title + (" (each step multiplies)" if log else ""), q.low, q.high, log


def _along(channel, field: str, axis: tuple[str, float, float, bool]):
    import altair as alt

    title, low, high, log = axis
    kind = {"type": "log"} if log else {"zero": False}
    scale = alt.Scale(domain=[low, high], nice=False, clamp=True, **kind)
    return channel(field, title=title, scale=scale, axis=alt.Axis(grid=False, format=",~r", labelOverlap=True))


def _draw(across: tuple, up: tuple):
    import altair as alt

    x, y = _along(alt.X, "x:Q", across), _along(alt.Y, "y:Q", up)
    return layered(
        chart_of("holds").mark_rule(color=INK, strokeWidth=1, opacity=0.45, clip=True).encode(x=x, x2="x2:Q", y=y),
        *(_label(*place, x, y, halo) for place in [*PLACES, ("region", "center", 0, 0)] for halo in (True, False)),
        own_looks("mark", x, y),
    )


def _label(part, align, dx, dy, x, y, halo):
    """Words, or the paper's ground round them, so that the lines do not run through."""
    look = HALO | {"strokeWidth": 5} if halo else {}
    return text(part, x, y, align=align, dx=dx, dy=dy, **look)


def _rows(now: FlipMap, qx: Quantity, qy: Quantity) -> list[list]:
    strips = now.strips()
    rows = [["holds", x, y, "", x2] for y, x, x2 in strips]
    present, *others = now.spots
    marked = [("now", YOURS, present)]
    for spot in others:
        if (spot.label, spot.x, spot.y) != (STARTING, present.x, present.y):
            marked.append(("start" if spot.label == STARTING else "saved", spot.label, spot))
    taken = [_mark_box(_part(s.x, qx), _part(s.y, qy)) for _, _, s in marked]
    named = [row for kind, label, spot in marked for row in _spot(kind, label, spot, qx, qy, taken)]
    for part, words in ((strips, f"{now.claim} holds"), (_gaps(now, strips), "does not hold")):
        rows += _region(part, words, qx, qy, taken)
    return rows + sorted(named, key=lambda row: row[0] == "mark" and row[5] == "circle")  # the reader's mark on top


def _spot(kind: str, label: str, spot: Spot, qx: Quantity, qy: Quantity, taken: list) -> list[list]:
    """A mark and its label, at the first place by the mark where it covers no other label."""
    words = f"{label}{'' if spot.on_map else ' *'}{'' if spot.inside else ', beyond the map'}"
    x, y = (min(max(v, q.low), q.high) for v, q in ((spot.x, qx), (spot.y, qy)))
    boxes = {place[0]: _box(place, words, _part(x, qx), _part(y, qy)) for place in PLACES}
    free = [name for name, box in boxes.items() if not any(_touch(box, other) for other in [*taken, EDGE])]
    place = (free or ["up left" if _part(x, qx) > 0.5 else "up right"])[0]
    taken.append(boxes[place])
    shape, color = LOOKS[kind]
    return [["mark", x, y, "", None, shape, color, color if spot.holds else PAPER], [place, x, y, words]]


def _box(place, words: str, x: float, y: float) -> tuple:
    """The pixels a label covers: left, right, top, bottom."""
    _, align, dx, dy = place
    left = x * SIZE[0] + dx - (0 if align == "left" else 6.4 * len(words))
    top = (1 - y) * SIZE[1] + dy - 8
    return left, left + 6.4 * len(words), top, top + 15


def _mark_box(x: float, y: float) -> tuple:
    """The pixels a mark covers."""
    return x * SIZE[0] - 7, x * SIZE[0] + 7, (1 - y) * SIZE[1] - 7, (1 - y) * SIZE[1] + 7


def _touch(one: tuple, other: tuple) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _part(value: float, q: Quantity) -> float:
    """How far along its axis a number lies, from 0 to 1."""
    if q.shape == "log-uniform":
        return math.log(value / q.low) / math.log(q.high / q.low)
    return (value - q.low) / (q.high - q.low)


def _gaps(now: FlipMap, strips) -> list[tuple[float, float, float]]:
    """What the strips leave free in each row of the grid."""
    out = []
    for y in now.ys.tolist():
        edges = [float(now.xs[0]), *(x for row, *ends in strips if row == y for x in ends), float(now.xs[-1])]
        out += [(y, low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if low < high]
    return out


def _region(strips, words: str, qx: Quantity, qy: Quantity, taken: list) -> list[list]:
    """A name for the lined or the plain part: in a wide strip of it, as near to mid-height as there is room."""
    wide = [(_part(x2, qx) - _part(x, qx), y, x, x2) for y, x, x2 in strips]
    widest = max((width for width, *_ in wide), default=0)
    if widest < 0.25:
        return []
    for _, y, x, x2 in sorted((s for s in wide if s[0] >= 0.6 * widest), key=lambda s: abs(_part(s[1], qy) - 0.5)):
        centre = (x * x2) ** 0.5 if qx.shape == "log-uniform" else (x + x2) / 2
        left, top = _part(centre, qx) * SIZE[0] - 3.2 * len(words), (1 - _part(y, qy)) * SIZE[1] - 8
        box = (left, left + 6.4 * len(words), top, top + 15)
        if not any(_touch(box, other) for other in taken):
            return [["region", centre, y, words]]
    return []


def _words(now: FlipMap, qx: Quantity, qy: Quantity) -> str:
    spots = []
    for i, s in enumerate(now.spots):
        held = {True: "holds", False: "does not hold", None: "has no answer"}[s.holds]
        more = "" if s.on_map else ", with other numbers different too"
        spots.append(f"{s.label if i else YOURS}: {figure(s.x, qx.unit)} and {figure(s.y, qy.unit)}, {held}{more}")
    return (
        f"{now.claim} over {qx.label} ({figure(qx.low, qx.unit)} to {amount(qx.high, qx.unit)}) and {qy.label} ({figure(qy.low, qy.unit)} to "
        f"{amount(qy.high, qy.unit)}): it holds in {round(100 * now.share)} in 100 parts of the map. "
        + "; ".join(spots)
        + "."
    )

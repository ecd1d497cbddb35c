"""Straight lines and boxes in pixels: what crosses what, and about how wide words are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

Point = tuple[float, float]
Piece = tuple[Point, Point]
Box = tuple[float, float, float, float]  # left, right, top, bottom, in pixels

NARROW = frozenset("iljtfr.,:;'()| 1")


@lru_cache(maxsize=512)
def wide(words: str, size: int = 12) -> float:
    """About how many pixels words take in the house's type; rather too many than too few."""
    narrow = sum(map(NARROW.__contains__, words))
    return size * (0.36 * narrow + 0.58 * (len(words) - narrow))


def crosses(a: Point, b: Point, box: Box) -> bool:
    """Whether the straight line from a to b meets a box."""
    (x, y), (x2, y2), (left, right, top, bottom) = a, b, box
    if (x < left and x2 < left) or (x > right and x2 > right):
        return False
    if (y < top and y2 < top) or (y > bottom and y2 > bottom):
        return False
    # with corners of the box on either side of it, the line goes through
    run, rise, up, low = x2 - x, y2 - y, top - y, bottom - y
    start, end = rise * (left - x), rise * (right - x)
    sides = run * up - start, run * low - start, run * up - end, run * low - end
    return min(sides) <= 0 <= max(sides)


def clipped(a: Point, b: Point, size: Point) -> tuple[Point, Point] | None:
    """The part of the straight line from a to b that lies inside a frame of this size, None where none does."""
    first, last = 0.0, 1.0
    for at, to, most in zip(a, b, size, strict=True):
        step = to - at
        if step == 0:
            if not 0 <= at <= most:
                return None
            continue
        ends = sorted(((0 - at) / step, (most - at) / step))
        first, last = max(first, ends[0]), min(last, ends[1])
    if first > last:
        return None
    return tuple(tuple(p + part * (q - p) for p, q in zip(a, b, strict=True)) for part in (first, last))


def laid(seen: Sequence[Piece], weight: float = 10) -> list[tuple]:
    """Straight lines, each with the box around it, as words are kept off them."""
    return [
        (a if a < c else c, c if a < c else a, b if b < d else d, d if b < d else b, (a, b), (c, d), weight)
        for (a, b), (c, d) in seen
    ]


def along(seen: Sequence[Piece]) -> list[Point]:
    """Places along a line from its first piece on."""
    if len(seen) > 4:
        return [a for a, _ in seen]
    return [(a + p * (c - a), b + p * (d - b)) for (a, b), (c, d) in seen for p in (0, 0.06, 0.15, 0.3, 0.5, 0.7)]

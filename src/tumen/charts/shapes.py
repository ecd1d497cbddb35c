"""The lines and marks of a drawn picture: where words would cross one."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise
from math import cos, hypot, radians, sin

from tumen.charts.crossing import clipped, crosses
from tumen.charts.style import RULE
from tumen.core.frozen import frozen

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = r"(-?[\d.]+(?:e-?\d+)?)"
MOVE = re.compile(rf"translate\({NUMBER},\s*{NUMBER}\)|rotate\({NUMBER}\)|scale\({NUMBER}(?:,{NUMBER})?\)")
STEP = re.compile(r"([MLHVCAZ])([^A-Z]*)", re.IGNORECASE)
PLACE = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
QUIET = ("axis-grid", "axis-tick", "legend-gradient")  # what words may stand on: it is the ground itself
FAINT = 0.35  # a filling no stronger than this is ground too, and so is its edge
THICK = 2.0  # half the width from which a straight stroke is a bar

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
Turn = tuple[float, float, float, float, float, float]  # a, b, c, d, e, f of an SVG matrix


@frozen
class Shape:
    """A line or a mark: its points in the whole drawing, half the width of its stroke, whether it is filled, and what covers it.

    `solid` says that it is a block: words may lie wholly in it, as in the cell of a table.
    """

    points: tuple[Point, ...]
    half: float
    solid: bool
    box: Box

    def met_by(self, words: Box) -> bool:
        """Whether words that cover this box stand on it, other than wholly inside a block."""
        left, top, right, bottom = words
        l, t, r, b = self.box  # noqa: E741
        if l > right or r < left or t > bottom or b < top:
            return False
        if self.solid:
            return not (l <= left and right <= r and t <= top and bottom <= b)
        wider = left - self.half, right + self.half, top - self.half, bottom + self.half
        return any(crosses(p, q, wider) for p, q in pairwise(self.points))


def shapes_of(root: ET.Element) -> list[Shape]:
    """All lines and marks that are seen in a drawing, without its grid and its ticks."""
    clips = {}
    for clip in root.iter(f"{SVG}clipPath"):
        for inner in clip:
            numbers = [float(inner.get(k, 0)) for k in ("x", "y", "width", "height")]
            clips[clip.get("id")] = _box(next(_path(inner.get("d", "")))) if inner.get("d") else (
                numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3],
            )  # fmt: skip
    return [shape for tag in root for shape in _collect(tag, (1, 0, 0, 1, 0, 0), "", None, clips)]


def _collect(tag: ET.Element, turn: Turn, role: str, clip: Box | None, clips: dict) -> Iterator[Shape]:
    role = (re.search(r"role-([\w-]+)", tag.get("class", "")) or [None, role])[1]
    if tag.tag in (f"{SVG}text", f"{SVG}defs") or role in QUIET or tag.get("display") == "none":
        return
    turn = _turned(turn, tag.get("transform", ""))
    if (found := re.match(r"url\(#(.+)\)", tag.get("clip-path", ""))) and found[1] in clips:
        box = clips[found[1]]
        mine = _box([_at(turn, (x, y)) for x in box[::2] for y in box[1::2]])
        clip = mine if clip is None else (*map(max, clip[:2], mine[:2]), *map(min, clip[2:], mine[2:]))
    if tag.tag in (f"{SVG}line", f"{SVG}path"):
        yield from _shape(tag, turn, clip)
    for inner in tag:
        yield from _collect(inner, turn, role, clip, clips)


def _shape(tag: ET.Element, turn: Turn, clip: Box | None) -> Iterator[Shape]:
    seen = float(tag.get("opacity", 1))
    stroke = tag.get("stroke", "none") not in ("none", "transparent") and seen * float(tag.get("stroke-opacity", 1))
    fill = tag.get("fill", "none") not in ("none", "transparent") and seen * float(tag.get("fill-opacity", 1))
    quiet = stroke and not fill and tag.get("stroke", "").upper() == RULE
    if quiet or max(stroke, fill) <= FAINT or tag.get("class") == "background":
        return
    half = float(tag.get("stroke-width", 1)) / 2 if stroke else 0.0
    if tag.tag == f"{SVG}line":
        pieces = [[(0.0, 0.0), (float(tag.get("x2", 0)), float(tag.get("y2", 0)))]]
    else:
        pieces = [p for p in _path(tag.get("d", "")) if len(p) > 1]
    for piece in pieces:
        points = [_at(turn, p) for p in piece]
        closed = fill > FAINT and tag.tag != f"{SVG}line"
        if half > THICK and len(points) == 2:
            points, half, closed = _bar(*points, half), 0.0, True
        if clip:
            if closed:
                points = [(min(max(x, clip[0]), clip[2]), min(max(y, clip[1]), clip[3])) for x, y in points]
            else:
                yield from (_made(list(part), half, False) for part in _inside(points, clip))
                continue
        yield _made(points, half, closed)


def _made(points: list[Point], half: float, solid: bool) -> Shape:
    left, top, right, bottom = _box(points)
    box = left - half, top - half, right + half, bottom + half
    return Shape(tuple(points), half, solid, box)


def _bar(a: Point, b: Point, half: float) -> list[Point]:
    """The corners of a thick straight stroke, which ends where it ends."""
    (x, y), (x2, y2) = a, b
    long = hypot(x2 - x, y2 - y) or 1.0
    dx, dy = half * (y2 - y) / long, half * (x2 - x) / long
    return [(x - dx, y + dy), (x2 - dx, y2 + dy), (x2 + dx, y2 - dy), (x + dx, y - dy)]


def _inside(points: list[Point], clip: Box) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of a line inside a box."""
    left, top, right, bottom = clip
    for (a, b), (c, d) in pairwise(points):
        if ends := clipped((a - left, b - top), (c - left, d - top), (right - left, bottom - top)):
            yield tuple((x + left, y + top) for x, y in ends)


def _box(points: list[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _turned(turn: Turn, told: str) -> Turn:
    for step in MOVE.finditer(told):
        if step[3]:
            c, s = cos(radians(float(step[3]))), sin(radians(float(step[3])))
            by = (c, s, -s, c, 0.0, 0.0)
        elif step[4]:
            by = (float(step[4]), 0.0, 0.0, float(step[5] or step[4]), 0.0, 0.0)
        else:
            by = (1.0, 0.0, 0.0, 1.0, float(step[1]), float(step[2]))
        a, b, c, d, e, f = turn
        p, q, r, s, x, y = by
        turn = (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * x + c * y + e, b * x + d * y + f)
    return turn


def _at(turn: Turn, point: Point) -> Point:
    a, b, c, d, e, f = turn
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _path(told: str) -> Iterator[list[Point]]:
    """The points of each piece of an SVG path; a bow is given by the ends and the middle of each of its parts."""
    piece: list[Point] = []
    x = y = 0.0
    for kind, rest in STEP.findall(told):
        numbers = [float(n) for n in PLACE.findall(rest)]
        back = kind.islower()
        kind = kind.upper()
        if kind == "Z":
            if piece:
                piece.append(piece[0])
                x, y = piece[0]
            continue
        for part in _parts(kind, numbers):
            fx, fy = (x, y) if back else (0.0, 0.0)
            if kind == "H":
                x = part[0] + fx
            elif kind == "V":
                y = part[0] + fy
            else:
                was, (x, y) = (x, y), (part[-2] + fx, part[-1] + fy)
                if kind == "A":
                    piece += _bow(was, (x, y), part[0], part[4])
                elif kind == "C":
                    piece += _curve(was, [(part[i] + fx, part[i + 1] + fy) for i in (0, 2, 4)])
            if kind == "M" and piece:
                yield piece
                piece = []
            piece.append((x, y))
            if kind == "M":  # what follows a move without a letter of its own is a line
                kind = "L"
    if piece:
        yield piece


def _parts(kind: str, numbers: list[float]) -> Iterator[list[float]]:
    many = {"H": 1, "V": 1, "C": 6, "A": 7}.get(kind, 2)
    for i in range(0, len(numbers) - many + 1, many):
        yield numbers[i : i + many]


def _bow(a: Point, b: Point, radius: float, sweep: float) -> list[Point]:
    """The middle of a bow: of half a circle the point farthest from its ends."""
    (x, y), (x2, y2) = a, b
    long = hypot(x2 - x, y2 - y) or 1.0
    far = radius - max(radius**2 - long**2 / 4, 0) ** 0.5
    side = far if sweep else -far
    return [((x + x2) / 2 + side * (y2 - y) / long, (y + y2) / 2 - side * (x2 - x) / long)]


def _curve(a: Point, rest: list[Point]) -> list[Point]:
    (x0, y0), ((x1, y1), (x2, y2), (x3, y3)) = a, rest
    return [
        (
            (1 - t) ** 3 * x0 + 3 * (1 - t) ** 2 * t * x1 + 3 * (1 - t) * t * t * x2 + t**3 * x3,
            (1 - t) ** 3 * y0 + 3 * (1 - t) ** 2 * t * y1 + 3 * (1 - t) * t * t * y2 + t**3 * y3,
        )
        for t in (0.25, 0.5, 0.75)
    ]

"""The words of a drawn picture: how wide they are, that they stay in its frame, that they do not stand on each other.

A picture is measured where it is drawn, with one typeface, and read where there may be another. So each line of words is
given the width it was measured with, whatever the typeface, and is set anew where it would leave the frame.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from math import cos, radians, sin

from tumen.charts.style import PAPER

SVG = "http://www.w3.org/2000/svg"
# advance widths of Arial and its metric equals, in thousandths of the size, from the space to the tilde
ADVANCE = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 "
    "584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 "
    "611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 "
    "722 500 500 500 334 260 334 584"
)
ADVANCES = {chr(32 + i): int(w) for i, w in enumerate(ADVANCE.split())} | {
    "–": 556, "—": 1000, "‘": 222, "’": 222, "“": 333, "”": 333, "…": 1000, "·": 333, "−": 584, "×": 584,
    "→": 1000, "←": 1000, "↑": 500, "↓": 500, "é": 556, "ü": 556, "ö": 556, "ä": 556, "≤": 549, "≥": 549,
}  # fmt: skip
UNKNOWN = 1000  # of a letter that is none of these, such as a Korean one: an em
NUMBER = r"(-?[\d.]+(?:e-?\d+)?)"
MOVE = re.compile(rf"translate\({NUMBER},{NUMBER}\)|rotate\({NUMBER}\)")
EDGE = 2.0  # units left free at every side of the frame
ROOM = 1.0  # units between two lines of words
FAR = 24.0  # units sideways beyond which words no longer stand at what they name
OFF = 12.0  # units up or down beyond which words may seem to belong to the next row
# where words that would stand on others are tried instead, the nearest first
TRIES = sorted(
    ((x, y) for x in (0, 16, -16, 32, -32) for y in range(-44, 45, 4)), key=lambda t: (abs(t[0]) + abs(t[1]), t)
)

# of words that stand on a line all the same: the line stops before them
HALO = {"stroke": PAPER, "stroke-width": "4", "stroke-linejoin": "round", "paint-order": "stroke"}

Box = tuple[float, float, float, float]  # left, top, right, bottom


def width(words: str, size: float) -> float:
    """How wide words stand in that size of the house's typeface, in the same unit."""
    return sum(ADVANCES.get(c, UNKNOWN) for c in words) * size / 1000


@dataclass
class Words:
    """Words in a drawing: their tag, where they are anchored in the whole, how they are turned, what they belong to."""

    tag: ET.Element
    x: float
    y: float
    angle: float
    role: str

    @property
    def size(self) -> float:
        """The size of the type."""
        return float(self.tag.get("font-size", "12").removesuffix("px"))

    @property
    def lines(self) -> list[str]:
        """The lines."""
        return [t.text or "" for t in self.tag] or [self.tag.text or ""]

    def box(self, dx: float = 0, dy: float = 0) -> Box:
        """What they cover, moved by so much."""
        wide = max(width(line, self.size) for line in self.lines)
        left = {"end": -wide, "middle": -wide / 2}.get(self.tag.get("text-anchor", "start"), 0.0)
        leading = [float(t.get("dy", 0)) for t in self.tag]
        top, bottom = -0.74 * self.size, 0.22 * self.size + sum(leading)
        c, s = cos(radians(self.angle)), sin(radians(self.angle))
        corners = [(x * c - y * s, x * s + y * c) for x in (left, left + wide) for y in (top, bottom)]
        xs, ys = zip(*corners, strict=True)
        x, y = self.x + dx, self.y + dy
        return x + min(xs), y + min(ys), x + max(xs), y + max(ys)

    def move(self, dx: float, dy: float) -> None:
        """Set them elsewhere by so much."""
        first = MOVE.match(self.tag.get("transform", "")) or MOVE.match("translate(0,0)")
        rest = self.tag.get("transform", "")[first.end() :] if "transform" in self.tag.attrib else ""
        self.tag.set("transform", f"translate({float(first[1]) + dx:.2f},{float(first[2]) + dy:.2f}){rest}")
        self.x, self.y = self.x + dx, self.y + dy


def words_of(root: ET.Element) -> list[Words]:
    """All words that are seen in a drawing, in the order in which they are drawn."""
    found: list[Words] = []
    _collect(root, 0.0, 0.0, "", found)
    return found


def frame(root: ET.Element) -> Box:
    """The drawing's frame."""
    left, top, wide, high = map(float, root.get("viewBox", "").split())
    return left, top, left + wide, top + high


def _collect(tag: ET.Element, x: float, y: float, role: str, found: list[Words]) -> None:
    angle = 0.0
    for step in MOVE.finditer(tag.get("transform", "")):
        if step[3]:
            angle += float(step[3])
        else:
            c, s = cos(radians(angle)), sin(radians(angle))
            x, y = x + float(step[1]) * c - float(step[2]) * s, y + float(step[1]) * s + float(step[2]) * c
    role = (re.search(r"role-([\w-]+)", tag.get("class", "")) or [None, role])[1]
    if tag.tag == f"{{{SVG}}}text":
        if "".join(tag.itertext()).strip() and tag.get("opacity") != "0":
            found.append(Words(tag, x, y, angle, role))
        return
    for inner in tag:
        _collect(inner, x, y, role, found)


def lettered(svg: str) -> str:
    """The drawing with its words in its frame, apart from each other and from its lines and marks, each line as wide as it was measured."""
    return settled(svg)[0]


def settled(svg: str) -> tuple[str, int, int]:
    """The drawing `lettered`; how many of its words still touch others or had to go far; and how many went up or down or stand on a mark."""
    from tumen.charts.shapes import shapes_of

    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ET.fromstring(svg)
    ends, placed, bad, over = frame(root), [], 0, 0
    shapes = shapes_of(root)
    once = {}
    for words in words_of(root):
        key = (*words.lines, words.angle, round(words.x), round(words.y))
        if key in once:  # two layers wrote the same, the first of them as the ground of the second
            once[key].tag.set("opacity", "0")
        once[key] = words
    # axes and titles keep their place, labels give way, and short ones to long ones
    for words in sorted(once.values(), key=lambda w: (w.role == "mark", -max(width(one, w.size) for one in w.lines))):
        _wrap(words, ends)
        if words.role == "mark":
            free = _free(words, ends, placed, shapes)
            bad += any(touch(words.box(*free), b) for b in placed) or abs(_into(words.box(), ends)[0]) > FAR
            over += abs(free[1]) > OFF and not words.angle
        else:
            free = _into(words.box(), ends)
            bad += max(map(abs, free)) > FAR
        if free != (0.0, 0.0):
            words.move(*free)
        placed.append(words.box())
        if met := met_by(words, shapes):
            over += 2 if any(shape.solid for shape in met) else 1
            words.tag.attrib |= HALO
        _measured(words)
    return ET.tostring(root, encoding="unicode"), bad, over


def met_by(words: Words, shapes: list) -> list:
    """The lines and marks that words stand on; words that lean are not asked."""
    left, top, right, bottom = words.box()
    if words.angle % 90:
        return []
    inner = left + 1, top + 1, right - 1, bottom - 1
    return [shape for shape in shapes if shape.met_by(inner)]


def _free(words: Words, ends: Box, placed: list[Box], shapes: list) -> tuple[float, float]:
    """How far words go to stand in the frame and on nothing, or on as little as may be."""
    left, _, right, _ = words.box()
    near = [
        s for s in shapes if s.box[0] < right + 2 * (right - left) + 40 and s.box[2] > left - 2 * (right - left) - 40
    ]
    best, least = (0.0, 0.0), float("inf")
    for x, y in sorted({*TRIES, *_sides(words)}, key=lambda t: (abs(t[0]) + abs(t[1]), t)):
        dx, dy = _into(words.box(x, y), ends)
        box = words.box(x + dx, y + dy)
        cost = 100.0 * sum(touch(box, b) for b in placed)
        if cost < least:
            inner = box[0] - 1, box[1], box[2] + 1, box[3]
            cost += sum(30 if s.solid else 10 for s in near if s.met_by(inner))
        if cost == 0:
            return x + dx, y + dy
        if cost < least:
            best, least = (x + dx, y + dy), cost
    return best


def _sides(words: Words) -> list[tuple[float, float]]:
    """The other sides of what words stand beside."""
    left, _, right, _ = words.box()
    if words.angle:  # they go along their line
        return [(x, y) for y in range(-120, 121, 20) for x in (0, 8, -8)]
    wide, anchor = right - left, words.tag.get("text-anchor", "start")
    if anchor == "middle":
        return [(side * (wide / 2 + 9), y) for side in (1, -1) for y in (14, -14)]
    way = -1 if anchor == "start" else 1
    return [(way * (wide + 15), 0), (way * (wide / 2 + 7), 15), (way * (wide / 2 + 7), -15)]


def touch(a: Box, b: Box) -> bool:
    """Whether two boxes have something in common."""
    return a[0] < b[2] + ROOM and b[0] < a[2] + ROOM and a[1] < b[3] and b[1] < a[3]


def _into(box: Box, ends: Box) -> tuple[float, float]:
    """How far a box must move to lie in the frame."""
    out = []
    for i in (0, 1):
        low, high = ends[i] + EDGE - box[i], ends[i + 2] - EDGE - box[i + 2]
        out.append(low if low > 0 else high if high < 0 else 0.0)
    return out[0], out[1]


def _wrap(words: Words, ends: Box) -> None:
    """Break a line that is wider than the whole frame."""
    most = ends[2] - ends[0] - 2 * EDGE
    if len(words.tag) or words.angle or width(words.tag.text or "", words.size) <= most:
        return
    lines = broken(words.tag.text, most, words.size)
    words.tag.text = None
    for i, line in enumerate(lines):
        tag = ET.SubElement(words.tag, f"{{{SVG}}}tspan", {"x": "0", "dy": f"{1.2 * words.size:g}"} if i else {})
        tag.text = line
    words.move(0, -1.2 * words.size * (len(lines) - 1))


def broken(words: str, most: float, size: float) -> list[str]:
    """Words in lines no wider than `most`, as far as single words allow."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, size) > most:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _measured(words: Words) -> None:
    for tag, line in zip(list(words.tag) or [words.tag], words.lines, strict=True):
        if line.strip() and all(c in ADVANCES for c in line):
            tag.set("textLength", f"{width(line, words.size):.1f}")
            tag.set("lengthAdjust", "spacingAndGlyphs")

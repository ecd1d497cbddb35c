"""The pictures of a lesson, drawn once in a process of their own, so that the server stays small.

`python -m tumen.lesson.pictures` reads what to draw as JSON and prints what it drew.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tumen.core.frozen import frozen
from tumen.core.templates import rendered
from tumen.core.words import exact, number
from tumen.tasks import Task

PAPER, INK, QUIET = "#FBFAF7", "#1F2328", "#5A6068"
ROOM = 120  # pixels for the dots
DOT = 5.0  # the radius of a dot, less where many stand on one place
SIZE = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>')
SAID = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


@frozen
class Axis:
    """An axis: `way` x or y, its `title`, its ends, whether it multiplies, and the frame's place and size in pixels."""

    way: str
    title: str
    low: float
    high: float
    log: bool = False
    at: Sequence[float] = (40, 10)
    size: Sequence[float] = (560, 0)

    def place(self, value: float) -> float:
        """Where a value stands, from 0 at the low end to 1 at the high one; what lies beyond stands at the end."""
        low, high = (math.log(v) if self.log else v for v in (self.low, self.high))
        if self.log and value <= 0:
            return 0.0
        share = ((math.log(value) if self.log else value) - low) / (high - low)
        return min(1.0, max(0.0, share))

    def beyond(self, value: float) -> int:
        """-1 for a value below the axis, 1 for one above it, else 0."""
        low, high = sorted((self.low, self.high))
        return -1 if value < low else 1 if value > high else 0


def plain_axis(values: Sequence[float], title: str) -> Axis:
    """An axis for some values, from 0 where none is below it to a round number; a few far-off values stand at its end."""
    ordered = sorted(values) or [1.0]
    most = len(ordered) - 1
    low, high = min(0.0, ordered[round(0.1 * most)]), 1.2 * max(0.0, ordered[round(0.9 * most)])
    high = high if high - low > 1e-9 * (1 + abs(low)) else low + 1 + abs(low)
    step = _step(high - low)
    return Axis("x", title, math.floor(low / step) * step, math.ceil(high / step) * step)


def bare(axis: Axis) -> Axis:
    """The same axis lying by itself, without its picture."""
    return Axis("x", axis.title, axis.low, axis.high, axis.log)


def _step(span: float) -> float:
    """A round step of which a span holds four to eight."""
    power = 10 ** math.floor(math.log10(span / 5))
    return next(m * power for m in (1, 2, 2.5, 5, 10) if span / (m * power) <= 8)


def _marks(axis: Axis) -> list[float]:
    low, high = sorted((axis.low, axis.high))
    if axis.log:
        return [10.0**n for n in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]
    step = _step(high - low)
    return [i * step for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def drawing(axis: Axis, values: Sequence[float], model: float | None = None, svg: str = "") -> str:
    """The dots over an axis as one SVG: with a picture's own SVG under them (or beside, on its y axis), else a bare axis.

    `values` are the class's numbers, `model` what the model gives, drawn through the picture where it is told.
    """
    found = SIZE.match(svg)
    width, height = (float(found[1]), float(found[2])) if found else (axis.at[0] + axis.size[0] + 40, 46.0)
    upright = axis.way == "y" and bool(found)
    top, end = axis.at[1], axis.at[1] + axis.size[1]
    dots, radius = _dots(axis, values, width, upright)
    return rendered(
        "lesson/html/dots.svg",
        paper=PAPER,
        ink=INK,
        quiet=QUIET,
        room=ROOM,
        axis=axis,
        upright=upright,
        whole=(width + ROOM, height) if upright else (width, height + ROOM),
        inside=SAID.sub("", svg[found.end() : svg.rindex("</svg>")]) if found else "",
        marks=[] if found else [(_at(axis, value), value) for value in _marks(axis)],
        line=f"M{width:g} {top:g}V{end:g}" if upright else f"M{axis.at[0]:g} {ROOM:g}h{axis.size[0]:g}",
        dots=dots,
        radius=radius,
        beyond=_beyond(axis, values, width, upright),
        model=None if model is None else _model(axis, model, width, upright),
    )


def _at(axis: Axis, value: float) -> float:
    """The pixel of a value along its axis, in the SVG's own numbers."""
    if axis.way == "x":
        return axis.at[0] + axis.place(value) * axis.size[0]
    return axis.at[1] + (1 - axis.place(value)) * axis.size[1]


def _dots(axis: Axis, values: Sequence[float], width: float, upright: bool) -> tuple[list[tuple[float, float]], float]:
    """Where the dots stand, stacked in columns, and their radius."""
    stacks = Counter(int(_at(axis, value) / (2 * DOT + 1)) for value in values)
    step = min(2 * DOT + 1, (ROOM - 26) / max([*stacks.values(), 1]))
    radius = max(1.5, min(DOT, step / 2))
    out = []
    for column, count in stacks.items():
        along = (column + 0.5) * (2 * DOT + 1)
        for i in range(count):
            up = radius + 3 + i * step
            out.append((width + up, along) if upright else (along, ROOM - up))
    return out, radius


def _beyond(
    axis: Axis, values: Sequence[float], width: float, upright: bool
) -> Iterator[tuple[float, float, str, str]]:
    """How many stand at an end because they lie beyond it: where it is said, in which words, from which side."""
    for end, words in ((-1, "below"), (1, "above")):
        if not (count := sum(axis.beyond(v) == end for v in values)):
            continue
        edge = axis.low if (end < 0) == (axis.low < axis.high) else axis.high
        along, says = _at(axis, edge), f"{count} {words} {exact(edge)}"
        if upright:
            yield width + ROOM - 4, along + (12 if end > 0 else -4), says, "end"
        else:
            yield along, 11, says, "start" if end < 0 else "end"


def _model(axis: Axis, model: float, width: float, upright: bool) -> dict:
    """The line of what the model gives, and where and from which side it is said."""
    along, says = _at(axis, model), f"model: {number(model)}"
    if upright:
        line = f"M{axis.at[0]:g} {along:.1f}H{width + ROOM - 6:g}"
        return {"line": line, "at": (width + ROOM - 4, along - 6), "anchor": "end", "says": says}
    foot = ROOM + axis.at[1] + axis.size[1] if axis.size[1] else ROOM + 8
    right = axis.place(model) > 0.75
    at = (along + (-7 if right else 7), 27)
    return {"line": f"M{along:.1f} 16V{foot:g}", "at": at, "anchor": "end" if right else "start", "says": says}


# --- drawn in a process of their own --------------------------------------------------------------

FRAME = re.compile(r'translate\((-?[\d.]+),(-?[\d.]+)\)"><g class="mark-group role-frame root"')
SHARE = (0, 1)


async def drawn(tasks: Iterable[Task]) -> dict[str, dict]:
    """For each task's key whose model has a picture its `svg`, its `axes` and its `words`; none where drawing fails."""
    wanted = [[t.key, t.model, _given(t)] for t in tasks if t.model]
    if not wanted:
        return {}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tumen.lesson.pictures", stdin=-1, stdout=-1, stderr=asyncio.subprocess.DEVNULL
    )
    out, _ = await process.communicate(json.dumps(wanted).encode())
    try:
        return json.loads(out)
    except ValueError:
        return {}


def _given(task: Task) -> dict:
    """The values a task puts into its model, so that its picture shows the number its words tell."""
    return dict(task.answer.set) if task.answer and task.answer.model == task.model else {}


def axis_of(axes: Iterable[Mapping], unit: str) -> Axis | None:
    """The axis on which a number of that unit is read off; None where none is, or more than one."""
    found = [a for a in axes if _reads(a, unit)]
    return Axis(**found[0]) if len(found) == 1 else None


def _reads(axis: Mapping, unit: str) -> bool:
    title, unit = axis["title"].lower(), unit.lower()
    if "0 to 1" in unit or unit in ("", "share", "probability"):
        return (axis["low"], axis["high"]) == SHARE
    return bool(unit) and (title == unit or title.startswith((f"{unit},", f"{unit} ", f"{unit}(")))


def _axes(spec: dict, svg: str) -> list[dict]:
    """The axes of a picture that carry numbers, with the place of its frame within the SVG."""
    place = FRAME.search(svg)
    if not place or not spec.get("width"):
        return []
    found = {}
    for layer in spec.get("layer", [spec]):
        for way in "xy":
            channel = layer.get("encoding", {}).get(way, {})
            scale = channel.get("scale") or {}
            domain, title = scale.get("domain"), channel.get("title")
            if channel.get("type") != "quantitative" or not isinstance(domain, list) or not isinstance(title, str):
                continue
            found[way] = {
                "way": way,
                "title": title,
                "low": domain[0],
                "high": domain[-1],
                "log": scale.get("type") == "log",
                "at": [float(place[1]), float(place[2])],
                "size": [spec["width"], spec["height"]],
            }
    return list(found.values())


def draw(key: str, values: Mapping) -> dict:
    """One model's picture with some values in place, its axes and its words."""
    from tumen.brief import model, picture_of

    made = model(key)
    found = picture_of(made)
    now = made(**{n: made.quantity(n).parse(v) if isinstance(v, str) else v for n, v in values.items()})
    rows = found.rows(now, now)
    svg = found.svg(rows)
    return {"svg": svg, "axes": _axes(found.spec(rows), svg), "words": found.words(now, now)}


def main(wanted: Iterable[tuple[str, str, dict]]) -> None:
    """Print pictures as JSON, by name; `wanted` are names, models and values. One that cannot be drawn is left out."""
    out = {}
    for name, key, values in wanted:
        try:
            out[name] = draw(key, values)
        except Exception as fault:  # the lesson goes on in words
            print(f"{name}: {type(fault).__name__}", file=sys.stderr)
    print(json.dumps(out))


if __name__ == "__main__":
    main(json.load(sys.stdin))

"""The pictures of a lesson, drawn once in a process of their own, so that the server stays small.

`python -m tumen.lesson.pictures` reads what to draw as JSON and prints what it drew.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Iterable, Mapping

from tumen.lesson.strip import Axis
from tumen.tasks import Task

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

"""The picture of a model that has none of its own: a line for each number it gives, the starting case beside it."""

from __future__ import annotations

from tumen.charts.lanes import COLUMNS, Ruler, axes, layered, size
from tumen.charts.parts import dots, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, QUIET, START
from tumen.core import Model, Result
from tumen.core.words import amount

LANE = 56  # pixels of a line


def plain_picture(model: Model) -> Picture:
    """A line for each number that a model gives, on a scale of its own around its starting value."""
    outputs = [out for out in model.outputs if out.kind == "number"]
    lanes = max(len(outputs), 1)

    def draw():
        x, y = axes(lanes)
        return layered(
            dots("start", x, y, color=START, filled=False, size=90),
            dots("now", x, y, color=INK, size=70),
            text("name", x, y, dx=0, align="left", size=12, color=QUIET),
            text("value", x, y, dx=10, align="left", size=12, color=INK),
        )

    def rows(now: Result, start: Result) -> list[list]:
        found = []
        for i, out in enumerate(outputs):
            at, here = float(start[out.key]), float(now[out.key])
            ruler = Ruler.over((0.0, 2 * at or 1.0))
            said = amount(here, out.unit) + ("" if ruler.inside(here) else ", beyond this line")
            found += [
                ["name", 0.0, i + 0.3, out.label, None],
                ["start", ruler.at(at), i + 0.7, "", None],
                ["now", ruler.at(here), i + 0.7, "", None],
                ["value", min(ruler.at(here), 0.7), i + 0.7, said, None],
            ]
        return found

    def words(now: Result, start: Result) -> str:
        parts = [
            f"{out.label}: {amount(now[out.key], out.unit)} (starting case: {amount(start[out.key], out.unit)})"
            for out in outputs
        ]
        return "; ".join(parts) + "." if parts else "This model gives no single numbers to draw."

    return Picture(
        title=model.question,
        columns=COLUMNS,
        draw=draw,
        rows=rows,
        words=words,
        caption="A line for each result; an empty circle marks the starting case. Each line has a scale of its own.",
        size=size(lanes, LANE),
    )

"""Shaded parts of lanes: cells of a table, or the parts that a whole falls into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY

from tumen.charts.parts import chart_of
from tumen.charts.placing import LINE, Page
from tumen.charts.style import INK, QUIET
from tumen.core import Result
from tumen.core.frozen import frozen


@frozen
class Cells:
    """A framed part of a lane for every (x, x2, y, strength, words) that `places(result)` gives, the darker the stronger.

    From a `strength` of 1 on it is as dark as it gets, of the opacity `darkest`; the words stand in the middle, a line below the other at
    each line break; `high` is in pixels.
    """

    name: str
    places: Callable[[Result], list[tuple]]
    means: str = ""
    _: KW_ONLY
    color: str = INK
    darkest: float = 1
    high: float = 40
    letters: int = 12

    def draw(self, x, y):
        """The layers of the cells: each filled, and its frame."""
        import altair as alt

        at = {"x": x, "x2": "x2:Q", "y": y}
        shade = alt.Opacity(
            "strength:Q", scale=alt.Scale(domain=[0, 1], range=[0, self.darkest], clamp=True), legend=None
        )
        frame = {"filled": False, "color": QUIET, "strokeWidth": 0.8}
        yield 1, chart_of(self.name).mark_rect(height=self.high, color=self.color).encode(**at, opacity=shade)
        yield 1, chart_of(self.name).mark_rect(height=self.high, **frame).encode(**at)
        words, middle = chart_of(self.name).transform_calculate(middle="(datum.x + datum.x2) / 2"), x.copy()
        middle.shorthand = "middle:Q"
        # so that the lines stand about the middle
        above = alt.expr(f"-{LINE // 2} * (length(split(datum.label, '\\n')) - 1)")
        look = {"color": INK, "fontSize": self.letters, "lineBreak": "\n", "lineHeight": LINE, "dy": above}
        yield 5, words.mark_text(baseline="middle", **look).encode(x=middle, y=y, text="label:N")

    def rows(self, page: Page, now: Result, start: Result | None) -> None:
        """Put the cells on a page, each with its words in its own row."""
        page.rows += [
            [self.name, x, y, words, x2, None, None, None, strength] for x, x2, y, strength, words in self.places(now)
        ]

    def texts(self):
        """No part of its own: the words stand in a cell's row."""
        return ()

    def legend(self):
        """What a cell means, with how it looks said in it."""
        yield from [("", self.means)] if self.means else []

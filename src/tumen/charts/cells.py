"""Shaded parts of lanes: cells of a table, or the parts that a whole falls into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

from tumen.charts.parts import _base
from tumen.charts.placing import LINE, Page
from tumen.charts.style import INK, QUIET
from tumen.core import Result


@dataclass(frozen=True)
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
        shade = alt.Opacity("tip:Q", scale=alt.Scale(domain=[0, 1], range=[0, self.darkest], clamp=True), legend=None)
        frame = {"filled": False, "color": QUIET, "strokeWidth": 0.8}
        yield 1, _base(self.name).mark_rect(height=self.high, color=self.color).encode(**at, opacity=shade)
        yield 1, _base(self.name).mark_rect(height=self.high, **frame).encode(**at)

    def rows(self, page: Page, now: Result, start: Result | None) -> None:
        """Put the cells on a page."""
        for x, x2, y, strength, words in self.places(now):
            page.rows.append([self.name, x, y, "", x2, None, None, None, strength])
            middle, above = (x + x2) / 2, -LINE // 2 * words.count("\n")
            if words:
                page.write(self.name, (middle, y), words, now, align="center", off=(0, above), size=self.letters)

    def texts(self):
        """The part that holds the words, with its color and size in pixels."""
        yield self.name, INK, self.letters

    def legend(self):
        """What a cell means, with how it looks said in it."""
        yield from [("", self.means)] if self.means else []

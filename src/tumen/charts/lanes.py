"""Lanes: a line for each thing, every lane on its own scale, read by its labels and not by an axis."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tumen.charts.parts import chart_of
from tumen.charts.style import INK, PAPER, QUIET
from tumen.core.frozen import frozen

COLUMNS = ("part", "x", "y", "label", "x2")
WIDTH = 560
RATIO = 30  # from this ratio of its ends on, a scale runs by ratios


@frozen
class Ruler:
    """Where numbers of one kind lie across a picture: `low` at `left` and `high` at `right`, as parts of its width.

    It stays where it is while a control moves; what lies beyond is placed at `first` or `last`, and `inside` says so.
    """

    low: float
    high: float
    left: float = 0.2
    right: float = 0.8
    first: float = 0.03
    last: float = 0.97
    log: bool = False

    @classmethod
    def over(cls, values, **places) -> Ruler:
        """A ruler that holds these numbers; by ratios where they are above 0 and far apart."""
        known = [v for v in values if v is not None and math.isfinite(v)] or [0.0]
        low, high = min(known), max(known)
        if low == high:
            half = abs(low) / 2 if abs(low) > 1e-300 else 0.5
            low, high = low - half, high + half
        return cls(low, high, log=low > 1e-300 and high / low > RATIO, **places)

    def at(self, value: float) -> float:
        """The place of a number, held inside the picture."""
        return min(max(self._place(value), self.first), self.last)

    def inside(self, value: float) -> bool:
        """Whether the picture reaches that far."""
        return self.first <= self._place(value) <= self.last

    def _place(self, value: float) -> float:
        if self.log:
            if value <= 0:
                return -math.inf
            part = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            part = (value - self.low) / (self.high - self.low)
        return self.left + part * (self.right - self.left)


def axes(lanes: float):
    """The two encodings of a picture of lanes: parts of its width, and lanes counted from the top."""
    return plane((0, 1), (lanes, 0))


def plane(across: tuple[float, float], up: tuple[float, float]):
    """The two encodings of a picture without axes: what stands at its left and right end, at its foot and its top."""
    import altair as alt

    x = alt.X("x:Q", scale=alt.Scale(domain=list(across)), axis=None)
    return x, alt.Y("y:Q", scale=alt.Scale(domain=list(up)), axis=None)


def named(*, bare: bool = True, scale: Mapping[str, float] = {}, **look):
    """The upright encoding of lanes that have names, in the order of the rows.

    `scale` holds options of its scale and `look` of its axis, which has no line and no ticks where it is `bare`.
    """
    import altair as alt

    axis = alt.Axis(**({"ticks": False, "domain": False} if bare else {}) | look)
    return alt.Y("y:N", title=None, sort=None, axis=axis, **({"scale": alt.Scale(**scale)} if scale else {}))


def layered(*layers):
    """Layers as one chart, the first at the back; put together once, since each `+` copies what went before."""
    import altair as alt

    return alt.layer(*layers)


def size(lanes: float, pixels: int) -> tuple[int, int]:
    """The size of a picture of lanes."""
    return WIDTH, round(lanes * pixels)


def outlined(part, x, y, *, width=12, color=INK):
    """A range as an outlined bar: what a filled one is not."""
    mark = chart_of(part).mark_bar(
        orient="horizontal", size=width, filled=False, color=color, strokeWidth=1.4, clip=True
    )
    return mark.encode(x=x, x2="x2:Q", y=y)


def standing(part, x, y, *, filled=True, width=12, color=INK, **more):
    """A bar that stands from y to the column x2, filled or outlined."""
    fill = {} if filled else {"fill": PAPER, "stroke": color, "strokeWidth": 1.5}
    mark = chart_of(part).mark_bar(orient="vertical", size=width, clip=True, color=color, **fill)
    return mark.encode(x=x, y=y, y2="x2:Q", **more)


def marker(part, x, y, *, shape="diamond", size=120):
    """A filled mark with the paper's ground round it, so that it stands out on a bar."""
    mark = chart_of(part).mark_point(
        filled=False, fill=INK, stroke=PAPER, strokeWidth=1.5, shape=shape, size=size, opacity=1
    )
    return mark.encode(x=x, y=y)


def upright(part, x, y, *, color=QUIET, dash=(1, 0)):
    """A rule at a place, from lane y to the lane given in the column x2."""
    mark = chart_of(part).mark_rule(color=color, strokeWidth=1.2, strokeDash=list(dash))
    return mark.encode(x=x, y=y, y2="x2:Q")


def middle(x: float, words: str) -> float:
    """Where to centre words so that they stay in the picture."""
    half = min(0.5, letters(words) / 2 / WIDTH)
    return min(max(x, half), 1 - half)


def letters(words: str) -> float:
    """How many pixels words take at most, in the size that pictures are lettered in."""
    return 6.6 * len(words)

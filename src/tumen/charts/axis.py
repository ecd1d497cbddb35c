"""An axis of a picture: where it ends in the model in use, and how far along it a value lies."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, field, replace

import numpy as np

from tumen.core import Model, Problem, Quantity, Result
from tumen.core.frozen import frozen

Follows = str | Callable[[Model], tuple[float, float]]


@frozen
class Axis:
    """A numbered axis from `low` to `high`, further where a quantity it `follows` has a wider range in use.

    `follows` names quantities of the model, or makes two ends of the model in use, in the axis's own unit. An axis that
    multiplies is `log`; one `stretched` near 0 runs evenly up to about that size and multiplies beyond it; `look` are more
    options of a Vega axis.
    """

    title: str
    low: float
    high: float
    _: KW_ONLY
    follows: Sequence[Follows] = ()
    log: bool = False
    stretched: float = 0
    ticks: Sequence[float] | None = None
    form: str | None = None
    grid: bool | None = None
    nice: bool | None = None
    labels: str | None = None
    bare: bool = False  # places in the picture alone: neither line nor numbers
    look: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self):
        if not self.low < self.high:
            raise Problem(
                f"axis {self.title!r} goes from {self.low} to {self.high}; its low end lies below its high one."
            )
        if self.log and self.low <= 0:
            raise Problem(
                f"axis {self.title!r} multiplies and begins at {self.low}; such an axis begins above 0, at the least that is worth seeing."
            )

    @classmethod
    def of(cls, q: Quantity, title: str = "", **more) -> Axis:
        """The axis of a quantity over its range, by ratios where it is drawn so; `more` are fields of the axis.

        Raises `Problem` for a quantity without a range, and for ends that make no axis.
        """
        if q.low is None or q.high is None:
            raise Problem(f"{q.key} has no range for an axis to span; give the axis ends of its own.")
        title = title or ", ".join(filter(None, (q.label, q.unit)))
        own = {"low": q.low, "high": q.high, "log": q.shape == "log-uniform", "follows": (q.key,)}
        return cls(title, **{**own, **more})

    def on(self, model: Model) -> Axis:
        """The axis as the quantities in use ask for it, never narrower than declared."""
        ends = [_ends(model, one) for one in self.follows]
        low, high = min([self.low, *(a for a, _ in ends)]), max([self.high, *(b for _, b in ends)])
        if self.log and low <= 0:
            low = self.low
        if (low, high) == (self.low, self.high):
            return self
        return replace(self, low=low, high=high, ticks=None)

    def encoding(self, channel: str, **look):
        """The Altair encoding of this axis in the channel "x" or "y"; `look` are more options of a Vega axis."""
        import altair as alt

        ticks = self.ticks or (_steps(self.low, self.high) if self.log else None)
        kind = {"type": "log"} if self.log else {"type": "symlog", "constant": self.stretched} if self.stretched else {}
        scale = {"domain": [self.low, self.high], "nice": self.nice, **kind}
        axis = {"values": ticks and list(ticks), "format": self.form, "grid": self.grid, "labelExpr": self.labels}
        scale, axis = (
            {k: v for k, v in given.items() if v is not None} for given in (scale, axis | {**self.look, **look})
        )
        drawn = {"title": self.title, "scale": alt.Scale(**scale), "axis": None if self.bare else alt.Axis(**axis)}
        return {"x": alt.X, "y": alt.Y}[channel](f"{channel}:Q", **drawn)

    def holds(self, value: float) -> bool:
        """Whether a value lies between the ends."""
        return self.low <= value <= self.high

    def held(self, value: float) -> float:
        """The value, or the end it lies beyond."""
        return min(max(value, self.low), self.high)

    def part(self, value: float) -> float:
        """How far along the axis a value lies, below 0 or above 1 beyond its ends."""
        if self.log:
            return math.log((value if value > 1e-300 else 1e-300) / self.low) / math.log(self.high / self.low)
        if self.stretched:
            value, low, high = map(self._stretch, (value, self.low, self.high))
            return (value - low) / (high - low)
        return (value - self.low) / (self.high - self.low)

    def parts(self, values: Iterable[float]) -> list[float]:
        """How far along the axis each of some values lies."""
        low, high, log = self.low, self.high, math.log
        if self.log:
            long = log(high / low)
            return [log((value if value > 1e-300 else 1e-300) / low) / long for value in values]
        if self.stretched:
            return [self.part(value) for value in values]
        long = high - low
        return [(value - low) / long for value in values]

    def at(self, part):
        """The value so far along the axis, or an array of them."""
        if self.stretched:
            low, high = self._stretch(self.low), self._stretch(self.high)
            far = low + part * (high - low)
            return self.stretched * np.copysign(np.expm1(np.abs(far)), far)
        return self.low * (self.high / self.low) ** part if self.log else self.low + part * (self.high - self.low)

    def _stretch(self, value: float) -> float:
        return math.copysign(math.log1p(abs(value) / self.stretched), value)

    def points(self, count: int = 41) -> np.ndarray:
        """So many values from end to end, evenly spaced as they are drawn."""
        return self.at(np.linspace(0, 1, count))


def swept(quantity: str, output: str, points: int = 41) -> Callable[[Result, Axis], tuple]:
    """What a `Line` runs through: an output against a quantity of the model along the axis, all else as it is set."""

    def along(result, axis):
        key, values = result.model.output(output).key, axis.points(points)
        return values, np.broadcast_to(result.where(**{quantity: values})[key], values.shape)

    return along


BARE = {"ticks": False, "domain": False, "labelPadding": 8}  # clear of a mark that stands at the left end


@frozen
class Names:
    """An axis of names, one lane each, in the order that `of(result)` gives; `padding` is in lanes.

    Where lanes have other names or another order in another setting it `moves`: they then change places while the picture stands.
    """

    of: Callable[[Result], list[str]]
    _: KW_ONLY
    padding: float = 0.5
    lines: bool = False  # whether a name goes on in a second line after a |
    moves: bool = False
    bare: bool = False  # without its line and ticks

    def on(self, _model: Model) -> Names:
        """The axis itself: names have no range."""
        return self

    def encoding(self, channel: str):
        """The Altair encoding of this axis in the channel "x" or "y"."""
        import altair as alt

        look = {"labelExpr": "split(datum.label, '|')"} if self.lines else {}
        axis = alt.Axis(labelLimit=280, **look, **(BARE if self.bare else {}))
        scale = alt.Scale(type="point", padding=self.padding)
        sort = {"field": "lane", "op": "min"} if self.moves else None
        return {"x": alt.X, "y": alt.Y}[channel](f"{channel}:N", title=None, sort=sort, scale=scale, axis=axis)

    def holds(self, _name: str) -> bool:
        """Every name has its lane."""
        return True

    def held(self, name: str) -> str:
        """The name itself."""
        return name

    def lanes(self, result: Result) -> dict[str, float]:
        """How far from the foot the middle of each lane stands, as a part of the height."""
        found = list(dict.fromkeys(self.of(result)))
        return {name: 1 - (self.padding + i) / (len(found) - 1 + 2 * self.padding) for i, name in enumerate(found)}


def _ends(model: Model, what: Follows) -> tuple[float, float]:
    if callable(what):
        return what(model)
    q = model.quantity(what)
    return (q.low, q.high) if q.kind == "number" else (q.value, q.value)


def _steps(low: float, high: float) -> list[float]:
    """1, 3, 10, 30 and so on between two ends; every hundredfold where there would be too many."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = [m * 10.0**p for p in powers for m in ((1, 3) if high / low < 4e3 else (1,))]
    return [x for x in found if low <= x <= high]

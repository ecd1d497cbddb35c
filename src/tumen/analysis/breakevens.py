"""Where does it flip? The break-even of every quantity for a finding, and a map of any two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np

from tumen.analysis.sampling import ranged, setting, whole_number
from tumen.analysis.table import Table, case_of, named
from tumen.analysis.targets import evaluate, finding_of, target
from tumen.core import Model, Problem, find_flips
from tumen.core.breakeven import narrowed
from tumen.core.frozen import frozen
from tumen.core.result import plain
from tumen.core.words import amount, listed

COARSE = 9  # points along each of two ranges, where two quantities that turn a finding together are looked for
SAID = 3  # break-evens named in a sentence


@frozen
class Turn:
    """The break-even of one quantity: the `value`, in its unit, at which the finding turns, others held.

    `move` is the way there from `here` in widths of the declared range; `inside` whether the value lies in
    that range; `holds_above` whether the finding holds above it; `others` are further turning points. A
    quantity that cannot turn the finding within ten times its range has None.
    """

    quantity: str
    label: str
    unit: str
    here: float
    low: float
    high: float
    value: float | None
    move: float | None
    inside: bool
    holds_above: bool | None
    others: tuple[float, ...]


@frozen
class Flips(Table):
    """Every quantity's break-even for one finding, the shortest move first, those inside their range before all."""

    model: Model
    claim: str
    inputs: dict
    holds_here: bool | None
    turns: tuple[Turn, ...]

    def rows(self) -> list[dict]:
        """One row a quantity."""
        return [asdict(t) | {"others": list(t.others)} for t in self.turns]

    def reading(self) -> str:
        """One sentence: which numbers alone turn the finding within their ranges, or which two together, or how far beyond."""
        held = {True: "It holds", False: "It does not hold", None: "It has no answer"}[self.holds_here]
        now = f"{held} in {case_of(self.model, self.inputs)}"
        able = [(t, t.value) for t in self.turns if t.value is not None]
        inside = [(t, value) for t, value in able if t.inside]
        if inside:
            more = len(inside) - SAID
            others = f"; {more} more could turn it within {'its' if more == 1 else 'their'} range" if more > 0 else ""
            each = ", each alone and" if len(inside) > 1 else ","
            ways = listed((_way(*end) for end in inside[:SAID]), "or")
            return f"{now} and turns if {ways}{each} within the declared range{others}."
        none = f"{now}, and no single number turns it within its declared range"
        if self.pair:
            return f"{none}; two together do, if {' and '.join(_way(*end) for end in self.pair)}."
        every = len(self.turns) == sum(q.sampled for q in self.model.quantities) <= 2
        both = (
            f"{now}, and nothing within the declared ranges turns it" if every else f"{none}, nor do any two together"
        )
        return f"{both}; beyond it, it turns if {_way(*able[0])}." if able else f"{both}."

    @cached_property
    def pair(self) -> tuple[tuple[Turn, float], tuple[Turn, float]] | None:
        """Two quantities that together turn the finding within their declared ranges, each with its value there.

        Looked for on a coarse grid over every two, and then along the straight way to the nearest place found; the
        shorter the longer of the two moves, in widths of the ranges, the nearer. None where no two do.
        """
        margin, found = [target(self.model, self.claim)], []
        for a, b in combinations(self.turns, 2) if self.holds_here is not None else ():
            ends = [(t.here, _axis(self.model.quantity(t.quantity), COARSE)) for t in (a, b)]
            x, y = (grid.ravel() for grid in np.meshgrid(*(axis for _, axis in ends)))

            def measure(x, y, a=a, b=b):
                cases = {**self.inputs, a.quantity: x, b.quantity: y}
                return evaluate(self.model, cases, x.size, margin)[self.claim]

            try:
                margins = measure(x, y)
            except Problem:  # of these two some combinations cannot be
                continue
            moves = np.maximum(abs(x - a.here) / (a.high - a.low), abs(y - b.here) / (b.high - b.low))
            turned = np.flatnonzero(~np.isnan(margins) & ((margins >= 0) != self.holds_here))
            if turned.size:
                i = turned[np.argmin(moves[turned])]
                found.append((moves[i], a, b, float(x[i]), float(y[i]), measure))
        if not found:
            return None
        _, a, b, x, y, measure = min(found, key=lambda f: f[0])
        part = narrowed(lambda t: measure(a.here + t * (x - a.here), b.here + t * (y - b.here)), 0.0, 1.0)
        return (a, a.here + part * (x - a.here)), (b, b.here + part * (y - b.here))


def _way(turn: Turn, value: float) -> str:
    """Which way to a value: a quantity that rises or falls to it."""
    return f"{named(turn.label)} {'rises' if value > turn.here else 'falls'} to {amount(value, turn.unit)}"


def flips(model: Model, claim: str | None = None, at: Mapping | None = None, names=None) -> Flips:
    """Find, for each quantity with a range, the value at which a finding turns, others held at `at`.

    `claim` is the model's first finding with a margin by default; `names` are the quantities looked at.
    Raises `Problem` for a model without such a finding, unknown names and quantities without a range.
    """
    finding = finding_of(model, claim)
    inputs = setting(model, at)
    names = [ranged(model.quantity(name)).key for name in names] if names is not None else None
    found = find_flips(model, finding.claim, inputs, names)
    turns = [_turn(model.quantity(name), flip, inputs[name]) for name, flip in found.items()]
    turns.sort(key=lambda t: (not t.inside, t.value is None, t.move or 0, t.quantity))
    margin = evaluate(model, inputs, 1, [target(model, finding.claim)])[finding.claim][0]
    return Flips(model, finding.claim, inputs, None if np.isnan(margin) else bool(margin >= 0), tuple(turns))


def _turn(q, flip, here) -> Turn:
    move = None if flip.value is None else abs(flip.value - here) / (q.high - q.low)
    found = flip.value, move, flip.inside, flip.holds_above, flip.others
    return Turn(q.key, q.label, q.unit, here, q.low, q.high, *found)


@frozen
class Spot:
    """A setting shown on a map: where it lies, and whether the finding holds in it.

    `on_map` is False where its other quantities differ from those the map holds, so that the map around
    it is not its own; `inside` is False where it lies beyond the map.
    """

    label: str
    x: float
    y: float
    holds: bool | None
    on_map: bool
    inside: bool


@dataclass(frozen=True, eq=False)
class FlipMap(Table):
    """Where a finding holds over the declared ranges of two quantities, others held.

    `xs` and `ys` have shape (size,), in their units; `margins` and `holds` have shape (size, size), the
    first axis y; `share` is the share of the grid in which the finding holds; `spots` are settings to mark.
    """

    model: Model
    claim: str
    x: str
    y: str
    xs: np.ndarray
    ys: np.ndarray
    margins: np.ndarray = field(repr=False)
    holds: np.ndarray = field(repr=False)
    share: float
    spots: tuple[Spot, ...]

    def rows(self) -> list[dict]:
        """One row a grid point: x, y, the margin and whether the finding holds."""
        ys, xs = np.meshgrid(self.ys, self.xs, indexing="ij")
        cells = zip(*(c.ravel().tolist() for c in (xs, ys, self.margins)), strict=True)
        return [{self.x: x, self.y: y, "margin": plain(m), "holds": None if m != m else m >= 0} for x, y, m in cells]

    def strips(self) -> list[tuple[float, float, float]]:
        """Where the finding holds, row by row of the grid: y, and x from and to, the ends linear between grid points."""
        out = []
        for y, margins, holds in zip(self.ys.tolist(), self.margins, self.holds, strict=True):
            turns = np.flatnonzero(np.diff(holds, prepend=False, append=False))
            for start, stop in turns.reshape(-1, 2):
                out.append((y, self._edge(margins, start, start - 1), self._edge(margins, stop - 1, stop)))
        return out

    def _edge(self, margins, inner: int, outer: int) -> float:
        """The x between a grid point that holds and its neighbour that does not, where the margin is 0."""
        if not 0 <= outer < self.xs.size or not np.isfinite(margins[[inner, outer]]).all():
            return float(self.xs[inner])
        part = margins[inner] / (margins[inner] - margins[outer])
        return float(self.xs[inner] + part * (self.xs[outer] - self.xs[inner]))

    def reading(self) -> str:
        """One sentence: over how much of the map the finding holds, and whether it does at the reader's point."""
        x, y = (named(self.model.quantity(k).label) for k in (self.x, self.y))
        part = max(1, min(99, round(100 * self.share)))
        where = {0.0: "nowhere on", 1.0: "everywhere on"}.get(self.share, f"in {part} in 100 parts of")
        here = {True: "holds", False: "does not hold", None: "has no answer"}[self.spots[0].holds]
        return f"Over the ranges of {x} and {y} it holds {where} the map; at the present setting it {here}."


def flip_map(
    model: Model,
    x: str,
    y: str,
    claim: str | None = None,
    at: Mapping | None = None,
    *,
    size: int = 41,
    spots: Mapping[str, Mapping] | None = None,
) -> FlipMap:
    """Map where a finding holds over the declared ranges of two quantities, others held at `at`.

    The grid has size x size points (2 to 401), even in logs where a shape is log-uniform. `spots` maps
    labels to settings to mark beside the present one, which comes first. Raises `Problem` for a model
    without a finding, unknown names, quantities without a range, and one quantity taken twice.
    """
    finding = finding_of(model, claim)
    qx, qy = (ranged(model.quantity(name)) for name in (x, y))
    if x == y:
        raise Problem(f"a map needs two different quantities; you gave {x} twice.")
    size = whole_number("the map", size, 2, 401)
    inputs = setting(model, at)
    xs, ys = _axis(qx, size), _axis(qy, size)
    grid = {x: np.tile(xs, size), y: np.repeat(ys, size)}
    margin = [target(model, finding.claim)]
    margins = evaluate(model, {**inputs, **grid}, size * size, margin)[finding.claim].reshape(size, size)
    marked = {"the present setting": inputs} | {k: setting(model, v) for k, v in (spots or {}).items()}
    found = tuple(_spot(model, margin, label, s, inputs, qx, qy) for label, s in marked.items())
    holds = margins >= 0
    return FlipMap(model, finding.claim, x, y, xs, ys, margins, holds, float(holds.mean()), found)


def _axis(q, size: int) -> np.ndarray:
    return np.geomspace(q.low, q.high, size) if q.shape == "log-uniform" else np.linspace(q.low, q.high, size)


def _spot(model, margin, label, given, held, qx, qy) -> Spot:
    value = evaluate(model, given, 1, margin)[margin[0].key][0]
    x, y = given[qx.key], given[qy.key]
    same = all(given[k] == v for k, v in held.items() if k not in (qx.key, qy.key))
    inside = qx.low <= x <= qx.high and qy.low <= y <= qy.high
    return Spot(label, x, y, None if np.isnan(value) else bool(value >= 0), same, inside)

"""Where a finding turns: the value of one quantity, others held, at which its margin is zero."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from tumen.core.errors import Problem
from tumen.core.frozen import frozen
from tumen.core.model import Model
from tumen.core.quantity import DOMAINS

POINTS = 65  # of the first scan over the declared range; each later pass narrows a bracket 64-fold
REACH = 10.0  # how far beyond the declared range is looked, in multiples of its ends


@frozen
class Flip:
    """The break-even of one quantity for one finding, others held.

    `value` is in the quantity's unit, or None where the finding does not turn within reach; `inside`
    says whether it lies in the declared range; `holds_above` whether the finding holds above it.
    `others` are further turning points, nearest first.
    """

    quantity: str
    claim: str
    value: float | None
    inside: bool = False
    holds_above: bool | None = None
    others: tuple[float, ...] = ()


def find_flips(model: Model, claim: str, inputs: Mapping | None = None, names=None) -> dict[str, Flip]:
    """Find, for each number of a model, the value at which a finding turns, others held at `inputs`.

    The margin is scanned over the declared range and then beyond it, and each change of sign is narrowed
    by bracketing until it is exact to ten digits. The turning point nearest to the value in `inputs` is
    given, one inside the range before one outside. `inputs` may name some quantities only; the others start.
    Raises `Problem` for a finding without a margin, for an unusable input and for an ensemble of inputs.
    """
    finding = model.finding(claim)
    if finding.margin is None:
        raise Problem(f"{model.key} only illustrates {claim}; there is no margin that could turn.")
    inputs = model.inputs(inputs or {})
    if any(isinstance(v, np.ndarray) for v in inputs.values()):
        raise Problem(f"{model.key}: a break-even needs one setting, not arrays of them.")
    if names is None:
        names = [q.key for q in model.quantities if q.sampled]
    names = [names] if isinstance(names, str) else names
    with np.errstate(all="ignore"):
        return {name: _flip(model, finding, inputs, name) for name in names}


def _flip(model, finding, inputs, name) -> Flip:
    q = model.quantity(name)
    if not q.sampled:
        kind = "fixed" if q.kind == "fixed" else f"a {q.kind}"
        raise Problem(f"{model.key}: {name} is {kind}, so it has no value at which a finding turns.")

    def margin(values):
        trial = {**inputs, name: values}
        found = np.asarray(finding.margin(model.run(**trial), trial), float)
        return found if found.shape == values.shape else np.broadcast_to(found, values.shape)

    edge = 1e-9 * (q.high - q.low)  # a margin that only comes to 0 where the formula ends does not turn there

    def turns(grid):
        return [x for x in _roots(margin, grid) if min(abs(x[0] - end) for end in q.limits) > edge]

    within, *beyond = _grids(q)
    inside = turns(within)
    found = inside or [x for grid in beyond for x in turns(grid)]
    if not found:
        return Flip(name, finding.claim, None)
    here = inputs[name]
    found.sort(key=lambda root: abs(root[0] - here))
    (near, above), *others = found
    return Flip(name, finding.claim, near, bool(inside), above, tuple(x for x, _ in others))


@lru_cache(maxsize=256)
def _grids(q) -> list[np.ndarray]:
    """A grid over the declared range, then those below and above it; kept, as each move of a control asks for them anew."""
    grids = [spaced(q.low, q.high), *_beyond(q)]
    for grid in grids:
        grid.flags.writeable = False
    return grids


@lru_cache(maxsize=1)
def _steps() -> np.ndarray:
    steps = np.arange(POINTS, dtype=float)
    steps.flags.writeable = False
    return steps


def spaced(low: float, high: float) -> np.ndarray:
    """`POINTS` even places from end to end: those of np.linspace, which asks more about its ends than the places take."""
    grid = _steps() * ((high - low) / (POINTS - 1)) + low
    grid[-1] = high
    return grid


def _beyond(q) -> list[np.ndarray]:
    """Grids below and above the declared range, as far as the formula allows and `REACH` goes."""
    least, most, open_least, _ = DOMAINS[q.domain]
    width = q.high - q.low
    bottom = max(least, min(q.low - REACH * width, q.low / REACH if q.low > 0 else math.inf))
    top = min(most, max(q.high + REACH * width, q.high * REACH if q.high > 0 else -math.inf))
    if open_least and bottom == least:
        bottom += 1e-9 * max(width, 1.0)
    grids = []
    if bottom < q.low:
        down = np.geomspace(bottom, q.low, 2 * POINTS) if bottom > 0 else np.linspace(bottom, q.low, 2 * POINTS)
        grids.append(down)
    if top > q.high:
        grids.append(np.geomspace(q.high, top, 2 * POINTS) if q.high > 0 else np.linspace(q.high, top, 2 * POINTS))
    return grids


def _roots(margin, grid) -> list[tuple[float, bool]]:
    """Every place on a grid where the margin crosses 0, and whether the finding holds just above it."""
    values = margin(grid)
    holds = values >= 0
    turns = (holds[1:] != holds[:-1]).nonzero()[0].tolist()
    known = [i for i in turns if not (math.isnan(values[i]) or math.isnan(values[i + 1]))]
    return [(narrowed(margin, float(grid[i]), float(grid[i + 1])), bool(holds[i + 1])) for i in known]


def narrowed(margin, low: float, high: float) -> float:
    """Where `margin`, a function of an array, changes its sign between two places, to twelve digits.

    SciPy's solvers give the same for one number at a time, and take a third of a second and 50 MB to import.
    """
    for _ in range(8):
        grid = spaced(low, high)
        holds = margin(grid) >= 0
        i = int((holds != holds[0]).argmax())
        if i == 0:  # the margin is 0 to the last digit all over the bracket
            break
        low, high = float(grid[i - 1]), float(grid[i])
        if high - low <= 1e-12 * max(abs(low), abs(high)):
            break
    return float((low + high) / 2)

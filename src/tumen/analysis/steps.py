"""Steps: a model run at a row of values of one quantity, the others at the starting case, and nothing in between."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from tumen.analysis.sampling import ranged
from tumen.analysis.targets import Target, targets
from tumen.core import Flip, Model, Problem, Quantity, Result, find_flips
from tumen.core.frozen import frozen
from tumen.core.result import plain

MOST = 4  # outputs of one unit followed at once
FLAT = 0.02  # an output that reaches less of the first one's size would only lie along the axis


@frozen
class Steps:
    """The computed steps of one quantity.

    `values` rise and hold the starting value at place `start`; `results` are the model's, one a value;
    `followed` are the outputs to look at, all of one unit. `missing` counts the values that gave no answer.
    """

    model: Model
    quantity: Quantity
    values: tuple[float, ...]
    results: tuple[Result, ...]
    start: int
    followed: tuple[Target, ...]
    missing: int = 0

    def of(self, target: Target) -> list[float | None]:
        """What one output gives at every step; None where there is no finite number."""
        return [plain(float(target.read(r.outputs, r.inputs))) for r in self.results]

    def reach(self, target: Target) -> float:
        """The largest size of one output over the steps."""
        return max((abs(y) for y in self.of(target) if y is not None), default=0.0)

    @property
    def swing(self) -> float:
        """How far the first output followed moves over the range."""
        found = [y for y in self.of(self.followed[0]) if y is not None]
        return max(found) - min(found) if found else 0.0

    @cached_property
    def flip(self) -> Flip | None:
        """Where the model's first finding with a margin turns, the others at the starting case; None without one."""
        gauged = next((f for f in self.model.findings if f.margin is not None), None)
        name = self.quantity.key
        return find_flips(self.model, gauged.claim, names=[name])[name] if gauged else None

    def holds(self) -> list[bool | None]:
        """Whether the model's first finding with a margin holds at every step; None where it has none."""
        judged = [next((v.holds for v in r.findings if v.holds is not None), None) for r in self.results]
        return [None if h is None else bool(h) for h in judged]


def steps(model: Model, name: str, n: int = 21) -> Steps:
    """Run a model at `n` values (at least 2) over the declared range of one quantity, and at its starting value.

    The values are rounded so that each, as it is written, is the one that was run; a whole number's are whole.
    Raises `Problem` for an unknown quantity, one without a range, a model that gives no number and too few steps.
    """
    q = ranged(model.quantity(name))
    followed = _followed(model)
    if not followed:
        raise Problem(f"{model.key} answers in words or tables, not in one number, so there are no steps to follow.")
    if n < 2:
        raise Problem(f"a row of steps needs 2 values or more; you gave {n}.")
    kept, results, missing = [], [], 0
    for value in _values(q, float(model.start[name]), n):
        try:
            result = model(**{name: value})
        except Problem:  # a combination that cannot be: told by its number, not drawn
            missing += 1
            continue
        kept.append(value)
        results.append(result)
    start = kept.index(float(model.start[name]))
    made = Steps(model, q, tuple(kept), tuple(results), start, followed, missing)
    return replace(made, followed=tuple(t for t in followed if made.reach(t) >= FLAT * made.reach(followed[0])))


def _followed(model: Model) -> tuple[Target, ...]:
    found = [t for t in targets(model) if t.kind == "output"]
    series = any(o.kind == "series" for o in model.outputs)
    return tuple(t for t in found if t.unit == found[0].unit)[: 1 if series else MOST] if found else ()


def _values(q: Quantity, start: float, n: int) -> list[float]:
    """The range in `n` even steps (even in ratios on a log scale); the starting value takes the place of its nearest."""
    low, high = q.ends
    if q.whole:
        grid = {float(round(x)) for x in np.linspace(low, high, min(n, round(high - low) + 1))}
    elif q.shape == "log-uniform":
        grid = {float(f"{x:.3g}") for x in np.geomspace(low, high, n)}
    else:
        grid = {float(f"{x:.4g}") for x in np.linspace(low, high, n)}
    if start not in grid and low < start < high and len(grid) > 2:
        inner = sorted(grid)[1:-1]
        grid.discard(min(inner, key=lambda x: abs(x - start)))
    return sorted(grid | {start})


def chosen(model: Model, names=None, most: int = 6, n: int = 21) -> list[Steps]:
    """The steps of those quantities that move the first output most, at most `most`, the one that moves it furthest first.

    `names` are the quantities to choose from, all by default; those without a range are left out. Empty
    where the model gives no number or has no range; raises `Problem` for an unknown name.
    """
    for name in names or ():
        if name not in model.start:
            raise Problem(f"{model.key} has no quantity {name!r}; {model.nearest(name, model.start)}.")
    able = [q.key for q in model.quantities if q.sampled and (not names or q.key in names)]
    if not _followed(model):
        return []
    found = [steps(model, name, n) for name in able]
    return sorted((s for s in found if len(s.values) > 1), key=lambda s: -s.swing)[:most]

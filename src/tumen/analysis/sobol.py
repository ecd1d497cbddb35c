"""What matters? Sobol indices of every output and finding, which three quantities to learn more about, and which to offer first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

import numpy as np

from tumen.analysis.sampling import MOST, SEED, Columns, sampled_names, sobol_points, whole_number
from tumen.analysis.table import Table, named
from tumen.analysis.targets import evaluate, target, targets
from tumen.core import Model, Problem
from tumen.core.frozen import frozen
from tumen.core.words import listed

BASE = 8_192  # base points at rest; each costs (quantities + 2) runs
BASE_MOVING = 1_024
SCRAMBLES = 16  # independent ones, whose scatter gives the intervals
SLIGHT = 0.05  # a smaller part of the variance is no reason to learn more about a quantity
T95 = 2.131449545559323  # Student's t, 97.5 % point, 15 degrees of freedom


@frozen
class Index:
    """The Sobol indices of one quantity for one target, each with its 95 % interval.

    `first` is the part of the target's variance that the quantity accounts for alone, `total` the part
    that would remain if all others were known; None where some case has no finite answer.
    """

    target: str
    quantity: str
    label: str
    first: float | None
    first_low: float | None
    first_high: float | None
    total: float | None
    total_low: float | None
    total_high: float | None


@frozen
class Sensitivity(Table):
    """Sobol indices: one row for each target and quantity, within a target the largest total first."""

    model: Model
    n: int
    runs: int
    seed: int
    indices: tuple[Index, ...]

    def rows(self) -> list[dict]:
        """One row for each target and quantity: first, total, and the ends of their 95 % intervals."""
        return [asdict(i) for i in self.indices]

    def of(self, name: str | None = None) -> tuple[Index, ...]:
        """The rows of one target (an output's key or a claim), by default a finding or else the first output."""
        name = default_target(self.model) if name is None else target(self.model, name).key
        return tuple(i for i in self.indices if i.target == name)

    def learn_more(self, name: str | None = None, count: int = 3) -> tuple[str, ...]:
        """The quantities with the largest total index: knowing them better would narrow the answer most."""
        return tuple(i.quantity for i in self.of(name) if i.total)[:count]

    def reading(self, name: str | None = None) -> str:
        """One sentence: the quantity that matters most, its part of the variance, and what comes next."""
        rows = self.of(name)
        if any(i.total is None or i.first is None for i in rows):
            return "Some cases in these ranges have no answer, so what matters cannot be ranked."
        more = [i for i in rows if i.quantity in self.learn_more(name)]
        if not more:
            return "Nothing varied here moves it."
        first, *rest = [i for i in more if i is more[0] or (i.total or 0) >= SLIGHT]
        assert first.first is not None and first.total is not None  # looked at above
        joined = f", {_part(first.total)} together with the others" if first.total - first.first >= SLIGHT else ""
        then = f"; learn more about it first, then about {listed(named(i.label) for i in rest)}" if rest else ""
        alone = f"alone it makes up {_part(first.first)} of how far the cases differ (their variance){joined}"
        return f"{named(first.label)} weighs most: {alone}{then}."


def default_target(model: Model) -> str:
    """The margin of the model's first finding that has one, or its first output."""
    every = targets(model)
    return next((t.key for t in every if t.kind == "finding"), every[0].key)


def _part(share: float) -> str:
    return f"{round(100 * min(share, 1))} in 100" if share >= 0.005 else "less than 1 in 100"


class Pairs:
    """The frozen points of a sensitivity analysis, to be kept while controls move.

    Holds 16 independently scrambled Sobol sequences of two points a case (A and B), `n` cases in all, raised
    to the next power of two, at least 1,024. Raises `Problem` for a model without ranges or `n` outside
    1 to 1,000,000.
    """

    def __init__(self, model: Model, n: int = BASE, seed: int = SEED):
        self.model = model
        self.names = sampled_names(model)
        whole_number("the sample", n, 1, MOST)
        self.seed = whole_number("the seed", seed, 0, None)
        self.n = max(1024, 1 << (n - 1).bit_length())
        seeds = np.random.SeedSequence(self.seed).spawn(SCRAMBLES)
        size, each = len(self.names), self.n // SCRAMBLES
        points = np.concatenate([sobol_points(2 * size, each, s) for s in seeds], axis=1)
        self.columns = Columns({name: points[[i, size + i]] for i, name in enumerate(self.names)})

    def inputs(self, at: Mapping | None, hold: Iterable[str]) -> tuple[tuple[str, ...], dict]:
        """The varied names, and the cases A, B and then A with one column of B for each name, end to end."""
        inputs = self.columns.inputs(self.model, at, hold, self.n)
        names = tuple(name for name in self.names if isinstance(inputs[name], np.ndarray))
        for place, name in enumerate(names):
            a, b = inputs[name]
            mixed = np.broadcast_to(a, (len(names) + 2, self.n)).copy()
            mixed[1] = mixed[2 + place] = b
            inputs[name] = mixed.ravel()
        return names, inputs


def sensitivity(
    source: Model | Pairs,
    at: Mapping | None = None,
    *,
    hold: Iterable[str] = (),
    n: int = BASE,
    seed: int = SEED,
) -> Sensitivity:
    """First-order and total Sobol indices of every scalar output and every finding's margin.

    Quantities vary over their declared ranges in their shapes; `at` and `hold` are as for `estimate`. Pass
    `Pairs` and keep it to call this at every move of a control; `n` and `seed` are then its own. The
    estimator is SciPy's (Saltelli et al. 2010); 95 % intervals are Student's t over 16 independent
    scrambles, since resampling the points of a balanced sequence overstates their error several times and
    is slow. The order of declaration changes nothing. Raises `Problem` as `estimate` does.
    """
    pairs = source if isinstance(source, Pairs) else Pairs(source, n, seed)
    model = pairs.model
    names, inputs = pairs.inputs(at, hold)
    every = targets(model)
    runs = (len(names) + 2) * pairs.n
    values = evaluate(model, inputs, runs, every)
    found = indices_of({t.key: values[t.key].reshape(len(names) + 2, SCRAMBLES, -1) for t in every})
    rows = []
    for t in every:
        mine = [Index(t.key, name, model.quantity(name).label, *found[t.key][i]) for i, name in enumerate(names)]
        rows += sorted(mine, key=lambda r: (-(r.total or 0), r.quantity))
    return Sensitivity(model, pairs.n, runs, pairs.seed, tuple(rows))


def indices_of(values: Mapping[str, np.ndarray]) -> dict[str, list[tuple]]:
    """Sobol indices and their intervals from evaluated cases.

    Each array has shape (d + 2, r, m): the cases A, B and A with column i of B, by r = 16 independent
    scrambles of m points, m a power of two. Returns, for each key, d rows of first, low, high, total, low,
    high. The order of the points within a scramble changes nothing.
    """
    good = {k: v for k, v in values.items() if np.isfinite(v).all()}
    none = {k: [(None,) * 6] * (len(v) - 2) for k, v in values.items() if k not in good}
    if not good:
        return none
    stacked = np.stack(list(good.values()), axis=1)  # (d + 2, s, r, m)
    whole = _scipy_indices(stacked.reshape(*stacked.shape[:2], -1))
    parts = np.stack([_scipy_indices(stacked[:, :, r]) for r in range(SCRAMBLES)])
    half = T95 * parts.std(axis=0, ddof=1) / SCRAMBLES**0.5
    out = np.stack([whole, whole - half, whole + half])  # (estimate and ends, first and total, s, d)
    rows = np.moveaxis(out, 0, 1).reshape(6, len(good), -1)
    return none | {k: [tuple(rows[:, s, d].tolist()) for d in range(rows.shape[2])] for s, k in enumerate(good)}


def _scipy_indices(values: np.ndarray) -> np.ndarray:
    """First and total indices, shape (2, s, d), of values of shape (d + 2, s, n)."""
    from scipy.stats import sobol_indices

    twice = values if values.shape[1] > 1 else np.repeat(values, 2, axis=1)  # SciPy drops axes of length one
    found = sobol_indices(func={"f_A": twice[0], "f_B": twice[1], "f_AB": twice[2:]}, n=values.shape[2])
    both = np.stack([found.first_order, found.total_order])
    return both.reshape(2, twice.shape[1], -1)[:, : values.shape[1]]


FIRST = 3


def weightiest(model: Model, names: Sequence[str], n: int = FIRST) -> tuple[str, ...]:
    """The `n` of these quantities that move the model's finding, or else its first result, most when moved alone.

    A number is taken to both ends of its range, a choice to each of its options, all else held at the starting case. They
    come in the order given; where nothing can be measured, the first ones do.
    """
    if len(names) <= n:
        return tuple(names)
    swings = {name: _swing(model, name) for name in names}
    top = sorted(names, key=lambda name: -swings[name])[:n]
    return tuple(name for name in names if name in top)


def _swing(model: Model, name: str) -> float:
    """How far apart the answer lies at the ends of a quantity; -1 where that has no number."""
    q = model.quantity(name)
    ends = (q.low, q.high) if q.sampled else q.choices if q.kind == "choice" else ()
    try:
        of = target(model, default_target(model))
        found = []
        for end in ends:
            result = model(**{**model.moving, name: end})
            found.append(float(of.read(result.outputs, result.inputs)))
    except (Problem, TypeError, ValueError, IndexError):
        return -1.0
    found = [x for x in found if math.isfinite(x)]
    return max(found) - min(found) if found else -1.0

"""Draws from the declared ranges: frozen scrambled Sobol points, given each quantity's shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral

import numpy as np

from tumen.core import Case, Model, Override, Problem, Quantity
from tumen.core.store import kept, version

AT_REST = 65_536  # cases while no control moves: as exact as a million random draws
MOVING = 4_096  # cases while one does
MOST = 1_000_000  # cases held in memory; a sweep takes more, in chunks
SEED = 2002
BINS = 16  # equal slices of a quantity's distribution


def whole_number(name: str, value, least: int, most: int | None) -> int:
    """Return a whole number between two limits, or raise `Problem` naming the limits."""
    words = f"a whole number from {least:,} to {most:,}" if most is not None else f"a whole number, {least:,} or more"
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise Problem(f"{name} needs {words}; {value!r} is none.")
    value = int(value)
    if value < least or (most is not None and value > most):
        raise Problem(f"{name} needs {words}; you gave {value:,}.")
    return value


def sobol_points(dimensions: int, n: int, seed, skip: int = 0) -> np.ndarray:
    """The points `skip` to `skip + n` of one scrambled Sobol sequence, shape (dimensions, n), in [0, 1).

    `seed` is a whole number or a `numpy.random.SeedSequence`; any `n` is taken, not only powers of two.
    Points and scrambling are SciPy's (Joe and Kuo 2008; Matousek 1998). Those every page begins with are kept in the
    store, since SciPy's statistics take a second and 70 MB to import.
    """
    if skip or n > AT_REST or not isinstance(seed, Integral) or seed != SEED:
        return _points(dimensions, n, seed, skip)
    told = [int(dimensions), int(n), version("scipy"), version("numpy")]
    body = kept("points", told, lambda: np.ldexp(_points(dimensions, n, seed), 32).astype("<u4").tobytes())
    return np.ldexp(np.frombuffer(body, "<u4").reshape(dimensions, n), -32)  # of 30 bits each, so nothing is rounded


def _points(dimensions: int, n: int, seed, skip: int = 0) -> np.ndarray:
    from scipy.stats import qmc

    engine = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    if skip:
        points = engine.fast_forward(skip).random(n)
    else:  # a first draw that is no power of two warns; two draws give the same points without
        power = n.bit_length() - 1
        points = engine.random_base2(power)
        if rest := n - (1 << power):
            points = np.concatenate([points, engine.random(rest)])
    return np.ascontiguousarray(points.T)


def inverse_cdf(quantity: Quantity, u: np.ndarray) -> np.ndarray:
    """The values of a quantity below which the shares `u` of its declared distribution lie.

    `u` is an array in [0, 1] of any shape; the result has that shape and the quantity's unit. A whole
    quantity gives whole numbers, equally likely where it is uniform. Raises `Problem` without a range.
    """
    low, high = ranged(quantity).ends
    if quantity.whole and quantity.shape == "uniform":
        return np.minimum(np.floor(low + u * (high - low + 1)), high)
    if quantity.shape == "uniform":
        values = low + u * (high - low)
    elif quantity.shape == "log-uniform":
        values = np.clip(low * np.exp(u * np.log(high / low)), low, high)
    else:
        values = _triangular(u, low, quantity.peak, high)
    return np.rint(values) if quantity.whole else values


def _triangular(u, low, peak, high):
    """Inverse of the triangular distribution function; one square root serves both sides of the peak."""
    width = high - low
    left = u < (peak - low) / width
    root = np.sqrt(np.where(left, u * (width * (peak - low)), (1 - u) * (width * (high - peak))))
    return np.where(left, low + root, high - root)


def ranged(quantity: Quantity) -> Quantity:
    """Return the quantity if it has a range, or raise `Problem`."""
    if not quantity.sampled:
        kind = "fixed" if quantity.kind == "fixed" else f"a {quantity.kind}"
        raise Problem(f"{quantity.key} is {kind} and has no range, so it cannot be varied.")
    return quantity


def with_ranges(model: Model, ranges: Mapping[str, tuple[float, float]]) -> Model:
    """A copy of a model whose named quantities have other ranges (low, high), as a case would give them.

    Raises `Problem` for an unknown or fixed quantity, an empty range or an end the formula cannot take.
    """
    changes = {}
    for name, ends in ranges.items():
        quantity = ranged(model.quantity(name))
        if not isinstance(ends, (tuple, list)) or len(ends) != 2:
            raise Problem(f"{name} needs a range (low, high); {ends!r} is none.")
        changes[name] = Override(None, *(quantity.check(end) for end in ends))
    return Case(overrides={model.key: changes}).apply(model)


class Columns:
    """Unit points given the shapes of quantities; only what changed since the last call is worked out anew."""

    def __init__(self, points: Mapping[str, np.ndarray]):
        self.points = dict(points)
        self._kept: dict[str, tuple] = {}

    def of(self, quantity: Quantity, value, n: int) -> np.ndarray:
        """The first `n` draws of a quantity; a triangular shape without a mode peaks at `value`."""
        if quantity.shape == "triangular" and quantity.mode is None and value != quantity.value:
            quantity = quantity.with_value(value)
        peak = quantity.peak if quantity.shape == "triangular" else None
        signature = (quantity.low, quantity.high, quantity.shape, quantity.whole, peak)
        kept, column = self._kept.get(quantity.key, (None, np.empty(0)))
        if kept != signature or column.shape[-1] < n:
            column = inverse_cdf(quantity, self.points[quantity.key][..., :n])
            self._kept[quantity.key] = (signature, column)
        return column[..., :n]

    def inputs(self, model: Model, at: Mapping | None, hold: Iterable[str], n: int) -> dict:
        """What `model.run` takes: a column for each quantity that varies, the value in `at` for each other.

        Raises `Problem` for unknown names, values the formula cannot take, and where nothing would vary.
        """
        inputs = setting(model, at)
        held = held_names(model, hold)
        varied = [name for name in self.points if name not in held]
        if not varied:
            raise Problem(f"{model.key}: every quantity with a range is held, so nothing is left to vary.")
        for name in varied:
            inputs[name] = self.of(model.quantity(name), inputs[name], n)
        return inputs


def setting(model: Model, at: Mapping | None = None) -> dict:
    """The starting case with the values in `at` in place, one for each quantity; raises `Problem`."""
    inputs = model.inputs(at or {})
    for name, value in inputs.items():
        if isinstance(value, np.ndarray):
            raise Problem(f"{model.key}: {name} needs one value here, not {value.size}.")
    return inputs


def held_names(model: Model, hold: Iterable[str]) -> tuple[str, ...]:
    """The names of quantities to hold at their values, each checked to have a range."""
    if isinstance(hold, str):
        hold = (hold,)
    return tuple(sorted({ranged(model.quantity(name)).key for name in hold}))


def sampled_names(model: Model) -> tuple[str, ...]:
    """The quantities of a model that have a range, by name; raises `Problem` where none has.

    A quantity's Sobol dimension follows from its name, so that the order of a declaration changes nothing.
    """
    names = tuple(sorted(q.key for q in model.quantities if q.sampled))
    if not names:
        raise Problem(f"{model.key} has no quantity with a range, so there is nothing to sample.")
    return names


class Ensemble:
    """One frozen sample of a model's declared ranges, to be kept while controls move.

    Every quantity with a range is drawn from that range in its shape. Moving a control moves the peak of a
    triangular shape without a mode of its own and changes what is held; only the columns this touches are
    worked out again, and the points stay, so that an answer moves only as its inputs do. The first 4,096
    cases are a sample in their own right, for use while a control moves. The same `seed` gives the same
    points everywhere. Raises `Problem` for a model without ranges or `n` outside 1 to 1,000,000.
    """

    def __init__(self, model: Model, n: int = AT_REST, seed: int = SEED):
        self.model = model
        self.n = whole_number("the sample", n, 1, MOST)
        self.seed = whole_number("the seed", seed, 0, None)
        self.names = sampled_names(model)
        points = sobol_points(len(self.names), self.n, self.seed)
        self._columns = Columns(dict(zip(self.names, points, strict=True)))
        self._bins: dict[str, np.ndarray] = {}

    def size(self, n: int | None) -> int:
        """How many of the cases are meant: all, or the first `n`; raises `Problem` beyond them."""
        return self.n if n is None else whole_number("the sample", n, 1, self.n)

    def inputs(self, at: Mapping | None = None, hold: Iterable[str] = (), n: int | None = None) -> dict:
        """What `model.run` takes: an array of shape (n,) for each quantity that varies, one value for each other.

        `at` maps names to values, the starting case where a name is missing; `hold` names quantities to
        keep at their values. Raises `Problem` for unknown names and values the formula cannot take.
        """
        return self._columns.inputs(self.model, at, hold, self.size(n))

    def bins(self, name: str, n: int | None = None) -> np.ndarray:
        """In which of 16 equal slices of its distribution each case has that quantity, shape (n,)."""
        if name not in self._columns.points:
            ranged(self.model.quantity(name))
        if name not in self._bins:
            self._bins[name] = (self._columns.points[name] * BINS).astype(np.intp)
        return self._bins[name][: self.size(n)]

    def fresh(self) -> Ensemble:
        """A new sample of the same size: the same ranges, the next seed."""
        return Ensemble(self.model, self.n, self.seed + 1)

    def on(self, model: Model) -> Ensemble:
        """The same points for a variant of the model whose ranges or values a case has changed."""
        if sampled_names(model) != self.names:
            return Ensemble(model, self.n, self.seed)
        other = object.__new__(Ensemble)
        other.__dict__.update(self.__dict__, model=model)
        return other


def sample(
    model: Model, n: int = AT_REST, seed: int = SEED, at: Mapping | None = None, hold: Iterable[str] = ()
) -> dict:
    """Draw `n` cases from the declared ranges of a model: what `model.run` takes, columns of shape (n,).

    Values, `at`, `hold` and the errors raised are those of `Ensemble`, which is the thing to keep where
    the same model is sampled again and again.
    """
    return Ensemble(model, n, seed).inputs(at, hold)


def ensemble_of(source: Model | Ensemble, n: int | None, seed: int | None) -> Ensemble:
    """An ensemble as given, or one drawn for a model; raises `Problem` for anything else, or another seed than its own."""
    if isinstance(source, Ensemble):
        if seed is not None and seed != source.seed:
            raise Problem(f"this ensemble has the seed {source.seed}; draw another one for the seed {seed}.")
        return source
    if not isinstance(source, Model):
        raise Problem(f"a model is needed here; {source!r} is none.")
    return Ensemble(source, AT_REST if n is None else n, SEED if seed is None else seed)

"""How sure? The spread of every output and the share of the declared ranges in which findings hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace

import numpy as np

from tumen.analysis.sampling import BINS, Ensemble, ensemble_of, held_names, setting
from tumen.analysis.table import A_SHARE, Table, in_hundred, named
from tumen.analysis.targets import Target, evaluate, finding_of, targets
from tumen.core import Model, Problem
from tumen.core.frozen import frozen
from tumen.core.result import plain
from tumen.core.words import figure, listed, number

LEVELS = (0.05, 0.5, 0.95)
BLOCKS = 16  # of the sample, whose scatter gives the sampling error
A_SPREAD = "That says how far these ranges leave the answer open, not how likely any answer is."
NO_ANSWER = "No case drawn from these ranges has an answer"


@frozen
class Spread:
    """The 5, 50 and 95 % points of one output over the sampled cases, in its unit.

    Each `_error` is the standard error of the point above it, None for a sample under 32 cases; `here` is
    the output at the setting itself; `answered` counts the cases with a finite answer.
    """

    output: str
    label: str
    unit: str
    low: float | None
    middle: float | None
    high: float | None
    low_error: float | None
    middle_error: float | None
    high_error: float | None
    here: float | None
    answered: int


@frozen
class Share:
    """The share of the sampled cases in which one finding holds, and what decides it.

    `error` is its standard error, None for a sample under 32 cases; `decides` maps each varied quantity to
    the part of the variance of holding-or-not that it alone accounts for (first-order, by 16 slices),
    largest first; `holds_here` is the finding at the setting itself.
    """

    claim: str
    says: str
    relation: str
    differs: str
    share: float | None
    error: float | None
    holds_here: bool | None
    decides: dict[str, float]
    answered: int


@frozen
class Estimate(Table):
    """How far a result can be trusted, as far as the declared ranges go: one row an output, one a finding."""

    model: Model
    n: int
    seed: int
    held: tuple[str, ...]
    beyond_range: tuple[str, ...]
    spreads: tuple[Spread, ...]
    shares: tuple[Share, ...]

    def rows(self) -> list[dict]:
        """One row an output (low, middle, high, their errors, here), then one a finding (share, error)."""
        out = [{"part": "output", **asdict(s)} for s in self.spreads]
        return out + [{"part": "finding", **asdict(s)} for s in self.shares]

    def spread(self, output: str) -> Spread:
        """The row of one output; raises `Problem` with the nearest valid name."""
        known = {s.output: s for s in self.spreads}
        if output not in known:
            raise Problem(f"there is no output {output!r}; {self.model.nearest(output, known)}.")
        return known[output]

    def share(self, claim: str | None = None) -> Share:
        """The row of one finding, the first by default; raises `Problem` where there is none."""
        claim = finding_of(self.model, claim).claim
        return next(s for s in self.shares if s.claim == claim)

    def reading(self, claim: str | None = None) -> str:
        """One sentence: in how many of the cases the finding holds and what decides, or the range of the first output."""
        if claim is None and not self.shares:
            return self._range_reading()
        share = self.share(claim)
        return f"{self._often(share)}." if share.share is None else f"{self._often(share)}; {self._decides(share)}."

    def often(self) -> str:
        """In how many of the cases each finding holds, or how far the first output goes, and what that number is not."""
        each = [f"{self._often(s)}." for s in self.shares]
        return " ".join([*(each or [self._range_reading()]), self.caveat])

    @property
    def caveat(self) -> str:
        """What a share of these cases is, and what it is not."""
        return A_SHARE if self.shares else A_SPREAD

    def _often(self, share: Share) -> str:
        if share.share is None:
            return NO_ANSWER
        held = f"With {listed(map(self._label, self.held))} held, " if self.held else ""
        return f"{held}{named(share.says)} holds in {in_hundred(share.share)} drawn from the declared ranges"

    def beside(self, at: Mapping) -> Estimate:
        """The same draws with another setting marked in them: what it gives, and where it lies beyond a range."""
        inputs = setting(self.model, at)
        here = {key: values[0] for key, values in evaluate(self.model, inputs, 1).items()}
        return replace(
            self,
            beyond_range=tuple(q.key for q in self.model.quantities if q.beyond(inputs[q.key])),
            spreads=tuple(replace(s, here=plain(here[s.output])) for s in self.spreads),
            shares=tuple(replace(s, holds_here=_held(here[s.claim])) for s in self.shares),
        )

    def caution(self, claim: str | None = None) -> str:
        """One sentence on the sampling error: how far another sample would move the answer."""
        share = self.share(claim)
        if not share.error:
            return f"All {self.n:,} cases agree or are too few, so the sample shows no error of its own."
        return f"Another sample of {self.n:,} cases would move this by about {number(100 * share.error, 2)} in 100."

    def _range_reading(self) -> str:
        s = next((s for s in self.spreads if s.middle is not None), None)
        if s is None or s.low is None or s.middle is None or s.high is None:
            return f"{NO_ANSWER}."
        return (
            f"In 90 of 100 cases drawn from the declared ranges {named(s.label)} lies between {figure(s.low, s.unit)} and "
            f"{figure(s.high, s.unit)}; the middle is {figure(s.middle, s.unit)}."
        )

    def _decides(self, share: Share) -> str:
        if not share.decides:
            return "no quantity varied here turns it" if share.share in (0.0, 1.0) else "what decides was not looked at"
        ranked = list(share.decides.items())
        if ranked[0][1] < 0.05:
            return "no quantity decides alone"
        top = [name for name, part in ranked[:2] if part > ranked[0][1] / 2]
        return f"{listed(map(self._label, top))} {'decides' if len(top) == 1 else 'decide'}"

    def _label(self, name: str) -> str:
        return named(self.model.quantity(name).label)


def estimate(
    source: Model | Ensemble,
    at: Mapping | None = None,
    *,
    hold: Iterable[str] = (),
    n: int | None = None,
    seed: int | None = None,
) -> Estimate:
    """Estimate the 5, 50 and 95 % points of every output and the share of cases in which each finding holds.

    Every quantity with a range varies over it in its shape, but for those in `hold`; `at` maps names to
    values as for `Ensemble.inputs`. Pass an `Ensemble` and keep it to call this at every move of a
    control, with n=4096 while it moves. Sampling errors are the scatter of 16 consecutive blocks of the
    one scrambled sequence, each a balanced sample itself; they err on the high side. Raises `Problem` for
    unknown names, values the formula cannot take, and a model without ranges.
    """
    ensemble = ensemble_of(source, n, seed)
    model, n = ensemble.model, ensemble.size(n)
    hold = held_names(model, hold)
    values = evaluate(model, ensemble.inputs(at, hold, n), n)
    bins = {name: ensemble.bins(name, n) for name in ensemble.names if name not in hold}
    return summarise(model, values, at=at, hold=hold, seed=ensemble.seed, bins=bins)


def summarise(model: Model, values: Mapping[str, np.ndarray], *, at=None, hold=(), seed=0, bins=None) -> Estimate:
    """The estimate that an evaluated ensemble gives: arrays of shape (n,) by target, as `evaluate` returns.

    `bins` maps each varied quantity to the slice every case has it in; without it nothing is said on what
    decides. The order of the cases matters to nothing but the sampling errors.
    """
    bins = bins or {}

    def row(t: Target, here: float) -> Spread | Share:
        return _spread(t, values[t.key], here) if t.kind == "output" else _share(model, t, values[t.key], here, bins)

    n = len(next(iter(values.values()))) if values else 0
    return summarised(model, row, n, at=at, hold=hold, seed=seed)


def summarised(
    model: Model, row: Callable[[Target, float], Spread | Share], n: int, *, at=None, hold=(), seed=0, each=map
) -> Estimate:
    """The estimate made of a row for each target: `row(target, here)`, with its value at the setting itself.

    `each` applies a function to every target in turn, as `map` does or a pool's.
    """
    inputs = setting(model, at)
    here = evaluate(model, inputs, 1)
    rows = list(each(lambda t: row(t, here[t.key][0]), targets(model)))
    return Estimate(
        model=model,
        n=n,
        seed=seed,
        held=tuple(hold),
        beyond_range=tuple(q.key for q in model.quantities if q.beyond(inputs[q.key])),
        spreads=tuple(r for r in rows if isinstance(r, Spread)),
        shares=tuple(r for r in rows if isinstance(r, Share)),
    )


def _spread(target: Target, values: np.ndarray, here: float) -> Spread:
    finite = values[np.isfinite(values)]
    return spread(target, np.sort(finite), here, lambda points: [block_error(finite <= point) for point in points])


def spread(target: Target, ordered, here: float, errors_of: Callable[[list], list]) -> Spread:
    """The row of one output from its finite values in rising order, which need a `size` and an item by place.

    `here` is the output at the setting itself, `errors_of(points)` the standard errors of the shares of values
    up to each point.
    """
    points: list[float] = []
    errors: list[float | None] = []
    if ordered.size:
        points = [_point(ordered, level) for level in LEVELS]
        errors = [_point_error(ordered, e, level) for e, level in zip(errors_of(points), LEVELS, strict=True)]
    low, middle, high = points or (None, None, None)
    of_low, of_middle, of_high = errors or (None, None, None)
    words, answered = (target.key, target.label, target.unit), int(ordered.size)
    return Spread(*words, low, middle, high, of_low, of_middle, of_high, plain(here), answered)


def _point(ordered, level: float) -> float:
    """A quantile of sorted values, linear between neighbours (the default of `numpy.quantile`)."""
    place = min(max(level, 0.0), 1.0) * (ordered.size - 1)
    i = min(int(place), ordered.size - 2) if ordered.size > 1 else 0
    below, above = ordered[i], ordered[min(i + 1, ordered.size - 1)]
    return float(below + (place - i) * (above - below))


def _point_error(ordered, error: float | None, level: float) -> float | None:
    """Half the width of the quantiles one standard error of the share below the point either way."""
    return None if error is None else (_point(ordered, level + error) - _point(ordered, level - error)) / 2


def block_error(holds: np.ndarray) -> float | None:
    """The standard error of the mean of a sample, from the scatter of its 16 consecutive blocks.

    Blocks of a scrambled Sobol sequence balance one another, so this errs on the high side. None for
    fewer than 32 cases.
    """
    size = holds.size // BLOCKS
    return scatter(np.count_nonzero(holds[: size * BLOCKS].reshape(BLOCKS, size), axis=1), size)


def scatter(counts: np.ndarray, size: int) -> float | None:
    """The standard error of `block_error`, from the counts of 16 blocks of that size."""
    return float((counts / size).std(ddof=1) / BLOCKS**0.5) if size >= 2 else None


def _share(model: Model, target: Target, margins: np.ndarray, here: float, bins: Mapping) -> Share:
    known = ~np.isnan(margins)
    holds = margins >= 0 if known.all() else margins[known] >= 0
    share = float(holds.mean()) if holds.size else None
    parts = {}
    if share not in (None, 0.0, 1.0):
        parts = {name: _first_order(holds, b if known.all() else b[known]) for name, b in bins.items()}
    return share_row(model, target, share, block_error(holds), here, int(holds.size), parts)


def share_row(
    model: Model, target: Target, share: float | None, error: float | None, here: float, answered: int, parts: Mapping
) -> Share:
    """The row of one finding from the share of the `answered` cases in which it holds; `here` is its margin at the setting."""
    finding = finding_of(model, target.key)
    ranked = dict(sorted(parts.items(), key=lambda kv: (-kv[1], kv[0])))
    words = finding.claim, finding.says, finding.relation, finding.differs
    return Share(*words, share, error, _held(here), ranked, answered)


def _held(margin: float) -> bool | None:
    return None if np.isnan(margin) else bool(margin >= 0)


def _first_order(holds: np.ndarray, bins: np.ndarray) -> float:
    """The part of a yes-or-no's variance that lies between the slices of one quantity (Sobol's first order)."""
    fails, sums = np.bincount(2 * bins + holds, minlength=2 * BINS).reshape(BINS, 2).T
    sizes, share = fails + sums, sums.sum() / holds.size
    means = np.divide(sums, sizes, out=np.full(BINS, share), where=sizes > 0)
    return float((sizes * (means - share) ** 2).sum() / holds.size / (share * (1 - share)))

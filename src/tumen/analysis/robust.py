"""Is it robust? How often a finding holds, what decides it and what would turn it: of the starting case alone."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from tumen.analysis.breakevens import flips
from tumen.analysis.one_way import tornado
from tumen.analysis.sampling import AT_REST, MOVING, Ensemble
from tumen.analysis.sobol import BASE, BASE_MOVING, Pairs, Sensitivity, sensitivity
from tumen.analysis.targets import targets
from tumen.analysis.uncertainty import Estimate, estimate
from tumen.core import Model, Problem
from tumen.core.frozen import frozen

PATIENCE = 1.0  # seconds an analysis may take before fewer cases are drawn
QUICK = 0.2  # seconds a small one takes of a model that can follow a moving control


@frozen
class Robustness:
    """What the declared ranges of a model's starting case give: `cases` drawn from `ensemble`, and the `shared` indices.

    `quick` says whether the model is quick enough to be run at every move of a control.
    """

    model: Model
    ensemble: Ensemble
    cases: Estimate
    shared: Sensitivity
    quick: bool

    @property
    def sentences(self) -> tuple[str, str, str]:
        """How often its findings hold (or how far its first output goes), what decides it, and what would turn it."""
        return self.cases.often(), self.shared.reading(), turning(self.model)


def robustness(model: Model) -> Robustness:
    """Draw 65,536 cases and 8,192 pairs, or fewer of a model that is slow; raises `Problem` where there is nothing to draw or measure."""
    if not any(q.sampled for q in model.quantities):
        raise Problem(
            "none of this model's inputs is a number with a range, so there are no cases to draw and nothing to turn; "
            "change them beside, save what you find, and compare."
        )
    if not targets(model):
        raise Problem("this model answers in words or tables, not in one number, so there is no spread to show.")
    ensemble = Ensemble(model)
    Pairs(model, BASE_MOVING)  # what takes long only the first time is not timed
    quick, cases = affordable(lambda n: estimate(ensemble, n=n), MOVING, AT_REST)
    _, shared = affordable(lambda n: sensitivity(model, n=n), BASE_MOVING, BASE)
    return Robustness(model, ensemble, cases, shared, quick)


def affordable(run: Callable[[int], object], small: int, large: int) -> tuple:
    """Whether `small` cases are quick, and what `run` gives for as many up to `large` as take no longer than is bearable."""
    begun = perf_counter()
    found = run(small)
    taken = perf_counter() - begun
    n = large
    while n > small and taken * n / small > PATIENCE:
        n //= 2
    return taken <= QUICK, found if n == small else run(n)


def turning(model: Model) -> str:
    """What would turn each finding of the starting case; of a model that judges nothing, what moves its answer."""
    able = [f for f in model.findings if f.margin is not None]
    if able:
        return " ".join((f"“{f.says}”: " if len(able) > 1 else "") + flips(model, f.claim).reading() for f in able)
    judged = "only illustrates its claims" if model.findings else "judges no claim of the report"
    return f"This model {judged}, so there is no verdict to turn. {tornado(model).reading()}"

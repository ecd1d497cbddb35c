"""How far does each result go? The span of every target over the declared ranges, for an axis that need not move."""

from __future__ import annotations

import numpy as np

from tumen.analysis.sampling import MOVING, Ensemble
from tumen.analysis.targets import evaluate
from tumen.core import Model

EDGE = 0.01  # of the cases left out at either end, so that one odd case does not squeeze all others


def reach(source: Model | Ensemble, n: int = MOVING) -> dict[str, tuple[float, float]]:
    """The 1 and 99 % points of every target over `n` cases drawn from the declared ranges, in its unit.

    A target without a finite answer in any case is left out. Raises `Problem` for a model without ranges.
    """
    ensemble = source if isinstance(source, Ensemble) else Ensemble(source, n)
    n = min(n, ensemble.n)
    found = {}
    for key, values in evaluate(ensemble.model, ensemble.inputs(n=n), n).items():
        finite = values[np.isfinite(values)]
        if finite.size:
            found[key] = tuple(np.quantile(finite, [EDGE, 1 - EDGE]).tolist())
    return found

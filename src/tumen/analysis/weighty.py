"""Which quantities matter most to a model's answer, so that these are offered first."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tumen.analysis.sensitivity import default_target
from tumen.analysis.targets import target
from tumen.core import Model, Problem

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

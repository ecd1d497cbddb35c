"""A table of payoffs as lines: what each policy gives in the two states, and what to expect at a chance between."""

from __future__ import annotations

import numpy as np

from suh2002.alternatives.models import row_names
from tumen.core import Result


def ends(result: Result) -> dict[str, tuple[float, float]]:
    """What each policy of a table gives if the first state is certain, and if the second is, in points."""
    return dict(zip(row_names(result["payoffs"]), result["payoffs"], strict=True))


def at_chance(result: Result) -> dict[str, float]:
    """What to expect at the chance of the first state, choosing before it is known (best) and after (known), in points.

    `known at 0` and `known at 1` are the best payoffs of the second and of the first state; `known` lies on the
    straight line between them.
    """
    table, p = np.asarray(result["payoffs"], float), result["p"]
    first, second = table.max(axis=0)
    return {
        "best": float((table @ [p, 1 - p]).max()),
        "known": float(p * first + (1 - p) * second),
        "known at 0": float(second),
        "known at 1": float(first),
    }

"""What the dialogue models give along one axis: demands by trust, and trust over the years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tumen.core import Result
from tumen.themes.dialogue.models import HOLDUP, trust_after


def demands_along(result: Result, name: str = "trust", points: int = 101) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The values of one number over its declared range, and the demand that engagement and linkage carry at each."""
    moved = HOLDUP.quantity(name)
    values = np.linspace(moved.low, moved.high, points)
    with np.errstate(all="ignore"):
        out = HOLDUP.run(**{**result.inputs, name: values})
    return values, *(np.broadcast_to(out[k], values.shape) for k in ("engage", "linkage"))


def trust_over_time(result: Result, voted: Sequence[bool]) -> np.ndarray:
    """Trust at the start and after each year, a year with a public vote taking trust and any other restoring some.

    `voted` says for each year whether there was a vote; the path starts from the result's trust, with its gain
    and loss, and has one entry more than there are years.
    """
    path = [float(result["trust"])]
    for vote in voted:
        path.append(trust_after(path[-1], 0 if vote else 1, 1 if vote else 0, result["gain"], result["loss"]))
    return np.array(path)


def lead_over_time(result: Result, voted: Sequence[bool]) -> np.ndarray:
    """By how much the demand of recognition first exceeds that of rights first, along the same years (steps)."""
    out = HOLDUP.run(**{**result.inputs, "trust": trust_over_time(result, voted), "kept": "none", "votes": "none"})
    return out["engage"] - out["linkage"]

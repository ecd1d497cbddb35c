"""What the dialogue models give along one axis: demands by trust, and trust over the years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from suh2002.dialogue.models import HOLDUP, TRIGGER, trust_after
from suh2002.dialogue.quantities import COUNTS
from tumen.core import Result


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


def demands_by_trust(result: Result, points: int = 25) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Trust as it stands after any history, and the demand that engagement and linkage carry at each value of it."""
    values = np.linspace(0.0, 1.0, points) ** 2  # close together where the curve is steep
    out = HOLDUP.run(**{**result.inputs, "trust": values, "kept": "none", "votes": "none"})
    return values, np.broadcast_to(out["engage"], values.shape), out["linkage"]


def steps_of_trust(result: Result) -> tuple[np.ndarray, np.ndarray]:
    """Trust as it is said to be, after each year kept and after each vote, and the demand rights first carries at each."""
    trust = trust_over_time(result, [False] * COUNTS[result["kept"]] + [True] * COUNTS[result["votes"]])
    out = HOLDUP.run(**{**result.inputs, "trust": trust, "kept": "none", "votes": "none"})
    return trust, out["linkage"]


def gain_and_losses(result: Result, rounds: int = 8) -> tuple[float, np.ndarray, float]:
    """What breaking a bargain gains at once, what it costs in each later round, and in all rounds after those (points).

    Later rounds are weighed as the least patient side that keeps the bargain weighs them, so the losses add up to the gain.
    """
    patience = TRIGGER.run(**result.inputs)["patience_needed"]
    loss = result["reward"] - result["punishment"]
    each = loss * patience ** np.arange(1, rounds + 1)
    return result["temptation"] - result["reward"], each, loss * patience ** (rounds + 1) / (1 - patience)

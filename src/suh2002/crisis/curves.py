"""What the crisis models give along one axis: the cascade against the diagonal, exit as drain and as signal."""

from __future__ import annotations

import numpy as np

from suh2002.crisis import quantities as q
from suh2002.crisis.models import CASCADE, DRAIN
from suh2002.crisis.thresholds import crowd_size
from tumen.core import Model, Result, once
from tumen.core.breakeven import narrowed

LEAP = 0.3  # two neighbouring shares further apart than this lie on two sides of a tipping point
REFERENCE = 0.01  # the yearly hazard every other is held against in the survival model


def willing(result: Result, points: int = 101) -> tuple[np.ndarray, np.ndarray]:
    """The share acting, from 0 to 1, and the share that would act on seeing it: where it meets the diagonal, all rest."""
    acting = np.linspace(0, 1, points)
    return acting, _next(result, acting)


def rounds(result: Result, most: int = 60) -> np.ndarray:
    """The share acting round by round from nobody, until it moves by less than a thousandth or `most` rounds are up."""
    path = [0.0]
    while len(path) <= most:
        path.append(float(_next(result, path[-1])))
        if abs(path[-1] - path[-2]) < 1e-3:
            break
    return np.array(path)


def _next(result, acting):
    from scipy.special import ndtr

    return ndtr((acting + result["signal"] * result["exit_share"] - result["fear"]) / result["spread"])


@once
def no_return(result: Result) -> float | None:
    """The share acting beyond which the rest follow by themselves; None where there is no such point.

    It lies where the curve crosses the diagonal from below, between the places where both rise equally fast.
    """
    spread = result["spread"]
    bend = np.sqrt(max(0.0, -2 * np.log(spread * np.sqrt(2 * np.pi))))
    middle = result["fear"] - result["signal"] * result["exit_share"]
    low, high = max(0.0, middle - spread * bend), min(1.0, middle + spread * bend)
    ends = [float(_next(result, x)) - x for x in (low, high)]
    if not ends[0] < 0 < ends[1]:
        return None
    return narrowed(lambda x: _next(result, x) - x, low, high)


def acting_by_exits(result: Result, points: int = 49) -> list[tuple[float, float]]:
    """The share that acts against exits over their declared range, of the drain: few points, and both sides of each leap.

    Points that repeat the share of both their neighbours to three digits are left out.
    """
    exits = result.model.quantity("exit_share")
    rates = np.linspace(exits.low, exits.high, points)
    acting = _run(result.model, result, {"exit_share": rates})["acting"]
    for at in np.flatnonzero(np.abs(np.diff(acting)) > LEAP)[::-1]:  # from the right, so that places stay
        fine = np.linspace(rates[at], rates[at + 1], 1001)
        along = _run(result.model, result, {"exit_share": fine})["acting"]
        leap = int(np.abs(np.diff(along)).argmax())
        rates = np.insert(rates, at + 1, fine[leap : leap + 2])
        acting = np.insert(acting, at + 1, along[leap : leap + 2])
    flat = np.round(acting, 3)
    same = np.r_[
        False, (flat[1:-1] == flat[:-2]) & (flat[1:-1] == flat[2:]) & ((flat[1:-1] == 0) | (flat[1:-1] == 1)), False
    ]
    return list(zip(rates[~same].tolist(), acting[~same].tolist(), strict=True))


def signals_needed(result: Result) -> list[float]:
    """For each of the exits set beside each other, how many people one leaver must count for to tip this crowd."""
    shares = np.array([e.value for e in q.EXITS])
    return _run(CASCADE, result, {"exit_share": shares})["signal_needed"].tolist()


def calmest_exit(result: Result) -> tuple[float, float]:
    """The exit rate at which fewest of those who stay act, and that share; the least such rate of the drain's range."""
    exits = result.model.quantity("exit_share")
    low, high = exits.low, exits.high
    for _ in range(4):  # each pass narrows the place two-hundredfold
        rates = np.linspace(low, high, 401)
        acting = _run(DRAIN, result, {"exit_share": rates})["acting"]
        at = int(acting.argmin())
        low, high = rates[max(at - 1, 0)], rates[min(at + 1, rates.size - 1)]
    return float(rates[at]), float(acting[at])


@once
def one_changed(result: Result) -> tuple[int, int, int]:
    """What one person can change: their place in the order of thresholds, another threshold, and how many act then.

    Where the chain stops it is the one it stops at, who now waits for no more than they see; where all act it
    is the second to join, who now waits for one more.
    """
    ordered = np.sort(result["thresholds"])
    place = int(result["acting"])
    threshold = place
    if place == ordered.size:
        place = min(1, place - 1)
        threshold = place + 1
    ordered[place] = threshold
    return place, threshold, int(crowd_size(ordered))


@once
def lasting(result: Result, hazard: float) -> float:
    """The chance of lasting as many years as the result has under another yearly hazard."""
    return float(result.where(hazard=hazard)["probability"])


def survival_by_hazard(result: Result, _axis=None, points: int = 41) -> tuple[np.ndarray, np.ndarray]:
    """Yearly hazards over their range in use, and the chance of lasting so many years under each."""
    hazard = result.model.quantity("hazard")
    hazards = np.linspace(hazard.low, hazard.high, points)
    return hazards, result.where(hazard=hazards)["probability"]


def shares_of_weight(result: Result) -> list[tuple[str, float, float]]:
    """For each dimension of the comparison its label, its share of the weight, and what it adds to the similarity."""
    total = sum(result[w.key] for w in q.WEIGHTS)
    return [
        (m.label.removeprefix("alike: "), result[w.key] / total, result[w.key] / total * result[m.key])
        for m, w in zip(q.MATCHES, q.WEIGHTS, strict=True)
    ]


def _run(model: Model, result: Result, changes) -> dict:
    with np.errstate(all="ignore"):
        return model.run(**{**{k: result[k] for k in model.start}, **changes})

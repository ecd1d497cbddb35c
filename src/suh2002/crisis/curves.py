"""What the crisis models give along one axis: the cascade against the diagonal, exit as drain and as signal."""

from __future__ import annotations

import numpy as np

from suh2002.crisis import quantities as q
from suh2002.crisis.thresholds import bend_at, crowd_size
from tumen.core import Result, once
from tumen.core.breakeven import narrowed
from tumen.core.words import number

LEAP = 0.3  # two neighbouring shares further apart than this lie on two sides of a tipping point
SCORES = {0.0: "unlike", 0.5: "partly", 1.0: "alike"}
CLOSE = 1e-9  # how far from a leap its two sides are drawn


def willing(result: Result, _axis=None) -> tuple[np.ndarray, np.ndarray]:
    """The share acting, from 0 to 1, and the share that would act on seeing it: where it meets the diagonal, all rest."""
    acting = np.linspace(0, 1, 41)
    return acting, _next(result, acting)


def rounds(result: Result, most: int = 60) -> np.ndarray:
    """The share acting round by round from nobody, until it moves by less than a thousandth or `most` rounds are up."""
    path = [0.0, float(_next(result, 0.0))]
    while len(path) <= most and path[-1] - path[-2] >= 1e-3:
        path.append(float(_next(result, path[-1])))
    return np.array(path)


def _next(result, acting):
    from scipy.special import ndtr

    return ndtr((acting + result["signal"] * result["exit_share"] - result["fear"]) / result["spread"])


@once
def no_return(result: Result) -> float | None:
    """The share acting beyond which the rest follow by themselves; None where there is no such point.

    It lies where the curve crosses the diagonal from below, between the places where both rise equally fast.
    """
    reach = result["spread"] * bend_at(result["spread"])
    middle = result["fear"] - result["signal"] * result["exit_share"]
    low, high = max(0.0, middle - reach), min(1.0, middle + reach)

    def more(acting):
        return _next(result, acting) - acting

    return narrowed(more, low, high) if more(low) < 0 < more(high) else None


def acting_by_exits(result: Result, axis) -> tuple[np.ndarray, np.ndarray]:
    """Exits from nobody to the axis's end, and the share of those who stay that acts: few points, and both sides of each leap."""
    exits = np.unique([*np.linspace(0, axis.high, 49), calmest_exit(result)[0]])
    acting = _staying(result, exits)
    for at in np.flatnonzero(np.abs(np.diff(acting)) > LEAP):
        middle = acting[at : at + 2].mean()
        leap = narrowed(lambda x, middle=middle: _staying(result, x) - middle, *exits[at : at + 2])
        exits = np.append(exits, [leap - CLOSE, leap + CLOSE])
    exits.sort()
    return exits, _staying(result, exits)


@once
def signals_needed(result: Result) -> list[float]:
    """For each of the exits set beside each other, how many people one leaver must count for to tip this crowd."""
    return result.where(exit_share=np.array([e.value for e in q.EXITS]))["signal_needed"].tolist()


@once
def calmest_exit(result: Result) -> tuple[float, float]:
    """The exit rate at which fewest of those who stay act, and that share; the least such rate of the drain's range."""
    low, high = result.model.quantity("exit_share").ends
    for _ in range(4):  # each pass narrows the place a hundredfold
        rates = np.linspace(low, high, 201)
        acting = _staying(result, rates)
        at = int(acting.argmin())
        low, high = rates[max(at - 1, 0)], rates[min(at + 1, rates.size - 1)]
    return float(rates[at]), float(acting[at])


def _staying(result, exits):
    return result.where(exit_share=exits)["acting"]


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
def shares_of_weight(result: Result) -> list[tuple[str, str, float, float, float]]:
    """For each dimension its name, its score in words, its share of the weight, what it adds to the similarity, and what all above it add."""
    total, above, found = sum(result[w.key] for w in q.WEIGHTS), 0.0, []
    for match, weight in zip(q.MATCHES, q.WEIGHTS, strict=True):
        alike, share = result[match.key], result[weight.key] / total
        score = SCORES.get(alike, f"{number(alike)} alike")
        found.append((match.label.removeprefix("alike: "), score, share, share * alike, above))
        above = min(1.0, above + share * alike)
    return found

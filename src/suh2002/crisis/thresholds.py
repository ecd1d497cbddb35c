"""Threshold cascades: where a crowd of people who wait for each other comes to rest.

Each person acts once the share already acting, and whatever stands in for it, reaches a threshold of their
own (Granovetter 1978; Kuran 1991). Starting from nobody, the crowd stops at the least fixed point. It is
found directly here, not by playing the rounds.
"""

from __future__ import annotations

import math

import numpy as np

ROUNDS = 40  # of Newton's method at most; about seven are needed but within 1e-12 of the tipping point
SETTLED = 1e-10  # in standard deviations; the error left after such a step is its square


def acting_share(fear, spread, shift, gone=0.0):
    """The share that acts in the end where thresholds are Normal(fear, spread), starting from nobody.

    This is the least r of 0 or more with r = max(0, (F - gone) / (1 - gone)), F = Phi((r + shift - fear) / spread):
    `shift` stands in for people already acting, `gone` is the share of the least afraid who have left. All are
    shares and broadcast, `spread` above 0 and `gone` below 1; returns a float or an array. Exact to about 1e-12,
    except within 1e-12 of the tipping point, where the answer jumps.
    """
    from scipy.special import ndtr

    fear, spread, shift, gone = np.broadcast_arrays(*(np.asarray(x, float) for x in (fear, spread, shift, gone)))
    start = (shift - fear) / spread  # in standard deviations from the mean threshold, nobody acting
    slope = (1 - gone) * spread
    bend = bend_at(slope)
    # Fixed points are where the line slope (z - start) + gone meets the curve Phi(z). Up to -bend the line
    # gains on the curve, then it falls behind: a low resting point exists if it has caught up by then.
    spare = slope * (-bend - start) + gone - ndtr(-bend)
    low = (start <= -bend) & (spare >= 0)
    # Near the tipping point their distance is a parabola, whose root is a start that converges at once.
    near = -bend - np.sqrt(2 * np.maximum(spare, 0) / np.maximum(bend * slope, 1e-300))
    z = np.where(low, np.maximum(start, near), start + 1 / spread)  # or else from where all act
    with np.errstate(over="ignore"):
        z = _meeting(z, slope, start, gone, np.where(low, -bend, np.inf))
    share = np.clip((ndtr(z) - gone) / (1 - gone), 0.0, 1.0)
    return np.where(ndtr(start) <= gone, 0.0, share)[()]


def tipping_shift(fear, spread):
    """The shift at which the low resting point vanishes (or, spread wide, half come to act), at least 0.

    Arguments and result are shares and broadcast. Line and curve touch where the normal density equals the
    spread, b standard deviations below the mean: the shift is fear - spread b - Phi(-b).
    """
    from scipy.special import ndtr

    bend = bend_at(np.asarray(spread, float))
    return np.maximum(0.0, fear - spread * bend - ndtr(-bend))[()]


def bend_at(slope):
    """How far from the mean, in standard deviations, the normal density equals the slope; 0 where it nowhere does."""
    return np.sqrt(np.maximum(0.0, -2 * np.log(slope * math.sqrt(2 * math.pi))))


def _meeting(z, slope, start, gone, most):
    """Where line and curve meet, by Newton's method.

    Left of -bend their distance is concave and right of bend convex, so that the steps after the first go one
    way and cannot miss; `most` keeps the first from leaving the branch.
    """
    from scipy.special import ndtr

    for _ in range(ROUNDS):
        distance = slope * (z - start) + gone - ndtr(z)
        rate = slope - np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
        step = np.divide(distance, rate, out=np.zeros_like(z), where=rate > 0)
        z = np.minimum(z - step, most)
        if np.abs(step).max(initial=0.0) <= SETTLED:
            break
    return z


def crowd_size(thresholds, outside=0.0):
    """How many of a crowd act in the end, each once as many act as their threshold says.

    `thresholds` are people, in any order; `outside` is how many act beyond the crowd itself, a number or an
    array, and the result has its shape. The crowd stops at the first k for whom k others are too few; sorted
    once, with the largest gap so far kept, one search answers for every value of `outside` (Granovetter 1978).
    """
    ordered = np.sort(np.asarray(thresholds, float))
    gaps = np.maximum.accumulate(ordered - np.arange(ordered.size))
    return np.searchsorted(gaps, outside, side="right")[()]

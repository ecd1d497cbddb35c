"""The cost table itself: points by option and criterion, final weights, and what they add up to."""

from __future__ import annotations

import numpy as np

from suh2002.choice import quantities as q

RECOGNISE = q.OPTIONS.index("recognise")
MINORITIES, ABROAD = q.CRITERIA.index("precedent"), q.CRITERIA.index("washington")


def cost_points(visibility, precedent, washington_follows, scores, seen):
    """Cost points of each option on each criterion, shape (options, criteria) or (options, criteria, n).

    `scores` counts at once and `seen` as far as the case is visible. What recognition costs as a precedent
    counts as far as the precedent is likely; so does what it costs with Washington where the one hangs on the
    other, measured against the starting chance of a precedent and at most 10.
    """
    v, p = np.broadcast_arrays(np.asarray(visibility, float), np.asarray(precedent, float))
    grow = (...,) + (None,) * v.ndim  # one axis more where the inputs are an ensemble
    points = np.asarray(scores, float)[grow] + np.asarray(seen, float)[grow] * v
    points[RECOGNISE, MINORITIES] *= p
    if washington_follows == "yes":
        linked = points[RECOGNISE, ABROAD] * p / q.PRECEDENT.value
        points[RECOGNISE, ABROAD] = np.minimum(q.MOST_POINTS, linked)
    return points


def counted(reputation, humanitarian="yes") -> list[int]:
    """Which columns of the table count: China's name abroad (ours) and the humanitarian term only where let in."""
    out = {"reputation": reputation == "left out", "humanitarian": humanitarian == "no"}
    return [i for i, c in enumerate(q.CRITERIA) if not out.get(c)]


def final_weights(w_dprk, w_precedent, w_washington, w_reputation, w_pull, w_humanitarian, reputation="counted"):
    """The six weights as they count: the humanitarian one as it stands, the others scaled to share the rest.

    Shape (criteria,) or (criteria, n); with `reputation` left out its weight is 0; five weights of 0 stay 0.
    """
    w_reputation = np.multiply(w_reputation, reputation != "left out")
    five = np.stack(np.broadcast_arrays(w_dprk, w_precedent, w_washington, w_reputation, w_pull, w_humanitarian))
    five, sixth = five[:-1], five[-1]
    total = five.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = np.where(total > 0, five * ((1 - sixth) / total), 0.0)
    return np.concatenate([shared, sixth[None]])


def weighted(points, weights):
    """The cost of each option: points times weights summed over the criteria, shape (options,) or (options, n)."""
    ensemble = max(points.ndim - 2, weights.ndim - 1)
    points = points.reshape(*points.shape, *(1,) * (2 + ensemble - points.ndim))
    weights = weights.reshape(*weights.shape, *(1,) * (1 + ensemble - weights.ndim))
    return (points * weights).sum(axis=1)


def table_trouble(v) -> str | None:
    """One sentence where the tables have another shape than options by criteria."""
    for name in ("scores", "seen"):
        if np.shape(v[name]) != (len(q.OPTIONS), len(q.CRITERIA)):
            return f"{name} needs {len(q.OPTIONS)} rows of {len(q.CRITERIA)} numbers."
    return None


def start_of(values) -> dict:
    """The starting values that follow from the setting: a case at the border is hardly seen."""
    return {"visibility": q.VISIBILITY_AT_BORDER} if values["setting"] == "border" else {}

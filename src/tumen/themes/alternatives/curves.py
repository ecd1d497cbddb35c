"""Which policy is best where: shares along an unknown or in a corner of the ranges, the peeling, and the regrets."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tumen.analysis import decisions
from tumen.core import Problem, Result, nearest
from tumen.themes.alternatives.policies import utilities
from tumen.themes.alternatives.quantities import POLICIES

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def share_where(result: Result, limits: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """In what share of the cases within these limits each policy is best.

    `limits` maps uncertain quantities to (low, high), both ends included. Raises `Problem` for an unknown name and
    where fewer than a hundred cases lie inside.
    """
    draws, utility = utilities(result.inputs)
    inside = np.ones(utility.shape[1], bool)
    for name, (low, high) in limits.items():
        column = draws[_known(name, draws)]
        inside &= (column >= low) & (column <= high)
    if inside.sum() < 100:
        raise Problem(f"only {int(inside.sum())} of the cases drawn lie within these limits; widen them or draw more.")
    return dict(zip(POLICIES, map(float, decisions.best_share(utility[:, inside])), strict=True))


def share_along(result: Result, name: str, bins: int = decisions.BINS) -> dict[str, np.ndarray]:
    """The middle of each equal slice of an unknown, and the share of the cases in it in which each policy is best.

    Every array has shape (bins,); the key `value` holds the middles, the others are policies.
    """
    draws, utility = utilities(result.inputs)
    column = draws[_known(name, draws)]
    slices = np.array_split(np.argsort(column, kind="stable"), bins)
    shares = np.stack([decisions.best_share(utility[:, part]) for part in slices], axis=-1)
    return {"value": np.array([column[part].mean() for part in slices]), **dict(zip(POLICIES, shares, strict=True))}


def peeling(result: Result) -> list[dict]:
    """Every box of the peeling for engagement: density, coverage, mass and the limits set so far, the largest first."""
    draws, utility = utilities(result.inputs)
    engaged = utility.argmax(axis=0) == 0
    if not engaged.any():
        return []
    names = list(draws)
    return [
        {
            "density": box.density,
            "coverage": box.coverage,
            "mass": box.mass,
            "limits": {
                name: (float(low), float(high))
                for name, low, high in zip(names, box.low, box.high, strict=True)
                if np.isfinite(low) or np.isfinite(high)
            },
        }
        for box in decisions.prim_boxes(np.stack(list(draws.values())), engaged)
    ]


def regret_points(result: Result) -> dict[str, dict[str, float]]:
    """For each policy the points below which 5, 25, 50, 75 and 95 % of its regrets lie, and the largest, in points."""
    _, utility = utilities(result.inputs)
    regret = decisions.regrets(utility)
    keys = [f"{round(100 * level)} %" for level in LEVELS]
    return {
        policy: {**dict(zip(keys, np.quantile(row, LEVELS).tolist(), strict=True)), "largest": float(row.max())}
        for policy, row in zip(POLICIES, regret, strict=True)
    }


def _known(name: str, draws: Mapping) -> str:
    if name not in draws:
        raise Problem(f"alternatives.robust draws no {name!r}; {nearest(name, draws)}.")
    return name

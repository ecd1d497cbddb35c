"""Least squares from several starts, the same on every machine: SciPy's solver, and a Jacobian in one call."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tumen.analysis.sampling import SEED, sobol_points, whole_number
from tumen.core import Problem
from tumen.core.frozen import frozen

SMALL = 1e-6  # step of the central differences, relative to 1 or to the parameter where that is larger
SAME = 1e-6  # two costs closer than this, relative to the smaller, are one minimum


@frozen
class Fit:
    """The best of several least-squares fits.

    `values` has shape (p,); `residuals` shape (r,); `cost` is half their sum of squares; `costs` are the costs
    reached from every start, least first; `agreed` says how many of them are the best one.
    """

    values: np.ndarray
    residuals: np.ndarray
    cost: float
    costs: tuple[float, ...]

    @property
    def agreed(self) -> int:
        """How many starts ended in the best minimum."""
        return sum(c - self.cost <= SAME * max(self.cost, SAME) for c in self.costs)


def fit(
    residuals: Callable[[np.ndarray], np.ndarray],
    start,
    spread,
    *,
    low=None,
    high=None,
    starts: int = 8,
    seed: int = SEED,
) -> Fit:
    """Find the parameters with the least sum of squared residuals, from `start` and from points scattered round it.

    `residuals` takes parameter sets of shape (p, n) and returns residuals of shape (r, n), all columns at once.
    `start` and `spread` have shape (p,): further starts are normal round `start` with that standard deviation, by
    a Sobol sequence, so that the same call gives the same answer. `low` and `high` (default: none) are bounds.
    The solver is SciPy's trust region reflective (Branch, Coleman and Li 1999). Raises `Problem` where shapes
    differ or no start gives finite residuals.
    """
    start, spread = np.asarray(start, float), np.asarray(spread, float)
    if start.ndim != 1 or spread.shape != start.shape:
        raise Problem(
            f"a fit needs a start and a spread of one length; they have shapes {start.shape}, {spread.shape}."
        )
    bounds = tuple(
        np.broadcast_to(np.asarray(end if end is not None else other, float), start.shape)
        for end, other in ((low, -np.inf), (high, np.inf))
    )
    if np.any(bounds[0] >= bounds[1]):
        raise Problem("a fit needs every low bound below its high one.")
    found = [
        ended
        for point in _starts(start, spread, bounds, whole_number("the number of starts", starts, 1, None), seed)
        if (ended := _solve(residuals, point, bounds)) is not None
    ]
    if not found:
        raise Problem("a fit needs finite residuals, and no start gives them.")
    best = min(found, key=lambda ended: ended.cost)
    return Fit(best.x, best.fun, float(best.cost), tuple(sorted(float(ended.cost) for ended in found)))


def _starts(start, spread, bounds, count: int, seed: int) -> list[np.ndarray]:
    """The start itself and further points, each held just inside the bounds."""
    from scipy.special import ndtri

    points = [start]
    if count > 1:
        cube = sobol_points(start.size, count - 1, seed).clip(1e-9, 1 - 1e-9)
        points += list((start[:, None] + spread[:, None] * ndtri(cube)).T)
    with np.errstate(invalid="ignore"):
        inside = np.where(np.isfinite(bounds[1] - bounds[0]), 1e-6 * (bounds[1] - bounds[0]), 1e-6)
    return [np.clip(point, bounds[0] + inside, bounds[1] - inside) for point in points]


def _solve(residuals, point, bounds):
    """One run of the solver, or None where its start has no finite residuals."""
    from scipy.optimize import least_squares

    def one(x):
        with np.errstate(all="ignore"):
            out = np.asarray(residuals(x[:, None]), float)[:, 0]
        return np.where(np.isfinite(out), out, np.sign(out) * WORST + (np.isnan(out)) * WORST)

    def slopes(x):
        step = SMALL * np.maximum(np.abs(x), 1.0)
        shifts = np.diag(step)
        with np.errstate(all="ignore"):
            out = np.asarray(residuals(np.hstack([x[:, None] + shifts, x[:, None] - shifts])), float)
        return np.nan_to_num((out[:, : x.size] - out[:, x.size :]) / (2 * step), nan=0.0, posinf=0.0, neginf=0.0)

    with np.errstate(all="ignore"):
        if not np.isfinite(residuals(point[:, None])).all():
            return None
    return least_squares(
        one, point, slopes, bounds=bounds, x_scale="jac", ftol=1e-13, xtol=1e-13, gtol=1e-13, max_nfev=2_000
    )


WORST = 1e6  # what a residual that is no number counts as, so that the solver turns back

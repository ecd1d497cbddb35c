"""An interrupted series: a straight line in logs that may jump and bend at one year, by ordinary least squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LAGS = 2  # years over which errors may hang together (Newey and West 1987)
LEVEL, SLOPE, TREND = 2, 3, 1  # the columns of the design


@dataclass(frozen=True)
class Break:
    """The fit of ln y = a + trend t + level D + slope D t, with t counted from the break and D = 1 from it on.

    Each field has shape (n,), one for each window; `coefficients` has shape (n, 4) in the order a, trend, level,
    slope; `residuals` has shape (n, years), 0 outside the window.
    """

    coefficients: np.ndarray
    standard_error: np.ndarray
    durbin_watson: np.ndarray
    squares: np.ndarray
    residuals: np.ndarray


def interrupted(logs: np.ndarray, years: np.ndarray, first, last, break_year) -> Break:
    """Fit a break in each of n windows of one series.

    `logs` and `years` have shape (years,); `first`, `last` and `break_year` have shape (n,). The standard error is
    the level's, Newey-West with a Bartlett kernel of two lags and no small-sample factor.
    """
    first, last, break_year = (np.asarray(x, float)[:, None] for x in (first, last, break_year))
    inside = ((years >= first) & (years <= last)).astype(float)
    since = years - break_year
    after = (since >= 0).astype(float)
    design = np.stack([np.ones_like(since), since, after, after * since], axis=-1) * inside[..., None]
    inverse = np.linalg.inv(np.swapaxes(design, 1, 2) @ design)
    coefficients = np.einsum("nij,ntj,t->ni", inverse, design, logs)
    residuals = inside * logs - np.einsum("nti,ni->nt", design, coefficients)
    spread = inverse @ _long_run(design * residuals[..., None]) @ inverse
    squares = np.einsum("nt,nt->n", residuals, residuals)
    return Break(
        coefficients,
        np.sqrt(np.maximum(spread[:, LEVEL, LEVEL], 0.0)),
        _durbin_watson(residuals, inside, squares),
        squares,
        residuals,
    )


def distinct(*years) -> tuple[list[np.ndarray], np.ndarray]:
    """Every distinct combination of whole years once, and where each given one stands among them.

    The arguments broadcast to one length n; each returned column has shape (m,), the places shape (n,). A
    sample of thousands of windows holds a few hundred different ones: only these are worth fitting.
    """
    columns = np.broadcast_arrays(*map(np.atleast_1d, years))
    code = np.zeros(columns[0].shape, np.int64)
    for column in columns:
        code = code * 10_000 + column.astype(np.int64)
    _, at, where = np.unique(code, return_index=True, return_inverse=True)
    return [column[at].astype(float) for column in columns], where


def _long_run(moments: np.ndarray) -> np.ndarray:
    """The sum of moments over lags with falling weights, shape (n, 4, 4); moments outside a window are 0."""
    total = np.swapaxes(moments, 1, 2) @ moments
    for lag in range(1, LAGS + 1):
        crossed = np.swapaxes(moments[:, lag:], 1, 2) @ moments[:, :-lag]
        total += (1 - lag / (LAGS + 1)) * (crossed + np.swapaxes(crossed, 1, 2))
    return total


def _durbin_watson(residuals, inside, squares):
    """About 2 where neighbouring errors have nothing in common, near 0 where they are alike (Durbin and Watson 1950)."""
    both = inside[:, 1:] * inside[:, :-1]
    with np.errstate(all="ignore"):
        return np.einsum("nt,nt->n", np.diff(residuals) ** 2, both) / squares

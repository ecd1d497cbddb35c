"""Over all ways to weigh the criteria, how often is each option the best? (SMAA)"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from tumen.analysis.sampling import AT_REST, MOST, SEED, sobol_points, whole_number
from tumen.core import Problem

LEAST_DRAWS = 1_024  # of weightings for each setting of a large ensemble
MOST_WEIGHED = 1 << 26  # weightings times settings for a whole ensemble, unless that leaves fewer than the least
# Multiply-adds in one product of matrices: BLAS starts threads above 262,144, and threads that wait for each
# other on a busy machine cost ten times what they save.
PRODUCT = 1 << 18
DRAWS_AT_ONCE = 4_096


def weightings(criteria: int, draws: int = AT_REST, seed: int = SEED) -> np.ndarray:
    """Weights of the criteria spread evenly over all weights of 0 or more that sum to 1.

    Returns shape (criteria, draws): frozen scrambled Sobol points turned into exponential draws and divided
    by their sum, which makes them uniform on the simplex; not to be written into. Raises `Problem` for fewer than one criterion, and
    for draws that are no whole number from 1 to 1,000,000.
    """
    criteria = whole_number("the number of criteria", criteria, 1, None)
    draws = whole_number("the number of weightings", draws, 1, MOST)
    return (_kept if draws <= AT_REST else _weightings)(criteria, draws, seed)


@lru_cache(maxsize=6)  # one picture asks for four of them at every move
def _kept(criteria: int, draws: int, seed: int) -> np.ndarray:
    made = _weightings(criteria, draws, seed)
    made.flags.writeable = False
    return made


def _weightings(criteria: int, draws: int, seed: int) -> np.ndarray:
    parts = -np.log1p(-sobol_points(criteria, draws, seed))
    total = parts.sum(axis=0)
    origin = total == 0  # a point a seed might hold; equal weights are as good as any there
    return np.where(origin, 1 / criteria, parts / np.where(origin, 1, total))


def acceptability(costs, draws: int = AT_REST) -> np.ndarray:
    """The share of all weightings of the criteria in which each option has the lowest weighted cost.

    `costs` has shape (options, criteria), or (options, criteria, n) for an ensemble of n settings; the shares
    have shape (options,) or (options, n) and sum to 1 over the options, options of equal cost sharing evenly.
    Every setting meets the same weightings. A large ensemble (with the usual draws, more than 1,024 settings)
    meets the first of them only, so that about 67 million are weighed in all, but never fewer than 1,024 a
    setting. Raises `Problem` for costs of another shape or that are not finite. Rank acceptability for the
    first rank: Lahdelma, Hokkanen and Salminen 1998.
    """
    costs = _checked(costs)
    settings = costs.reshape(*costs.shape[:2], -1)
    weights = weightings(costs.shape[1], draws)[:, : _affordable(draws, settings.shape[2])]
    wins = _wins(settings, weights)
    return (wins / weights.shape[1]).reshape(costs.shape[0], *costs.shape[2:])


def central_weights(costs, draws: int = AT_REST) -> np.ndarray:
    """The mean of the weightings in which each option is best: what one would have to care about to choose it.

    `costs` has shape (options, criteria), and so has the result; an option never best has NaN throughout.
    Errors are those of `acceptability`, and `Problem` for costs of more than one setting. Central weight vector: Lahdelma, Hokkanen and Salminen 1998.
    """
    costs = _checked(costs)
    if costs.ndim != 2:
        raise Problem("central weights need the costs of one setting, a row an option and a column a criterion.")
    weights = weightings(costs.shape[1], draws)
    best = (costs @ weights).argmin(axis=0)
    counts = np.bincount(best, minlength=len(costs))
    sums = np.stack([np.bincount(best, row, minlength=len(costs)) for row in weights], axis=1)
    with np.errstate(invalid="ignore"):
        return sums / counts[:, None]


def _checked(costs) -> np.ndarray:
    costs = np.asarray(costs, float)
    if costs.ndim not in (2, 3) or 0 in costs.shape:
        raise Problem("costs need a row for each option and a column for each criterion.")
    if not np.isfinite(costs).all():
        raise Problem("every cost needs a finite number.")
    return costs


def _affordable(draws: int, n: int) -> int:
    """How many weightings each of n settings meets: all of them, or else a power of two."""
    share = MOST_WEIGHED // n
    return min(draws, max(LEAST_DRAWS, 1 << (share.bit_length() - 1) if share else 0))


def _wins(settings: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """In how many weightings each option is best, in each setting: shape (options, n)."""
    options, criteria, n = settings.shape
    wins = np.zeros((options, n))
    at_once = min(weights.shape[1], DRAWS_AT_ONCE)
    block = max(1, PRODUCT // (criteria * at_once))
    chunks = [np.ascontiguousarray(weights[:, j : j + at_once]) for j in range(0, weights.shape[1], at_once)]
    for i in range(0, n, block):
        rows = [np.ascontiguousarray(option[:, i : i + block].T) for option in settings]
        for chunk in chunks:
            wins[:, i : i + block] += _best_in(np.stack([row @ chunk for row in rows]))
    return wins


def _best_in(costs: np.ndarray) -> np.ndarray:
    """How often each option has the lowest of costs of shape (options, settings, weightings)."""
    lowest = costs == costs.min(axis=0)
    wins = np.count_nonzero(lowest, axis=2)
    if wins.sum() == lowest[0].size:
        return wins
    return (lowest / lowest.sum(axis=0)).sum(axis=2)

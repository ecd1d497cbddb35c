"""Choosing under uncertainty: how often best, what is regretted, what knowing would be worth, and in which box.

Every function takes utilities as an array of shape (options, cases): any unit, larger is better, cases equally
likely unless weights are given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tumen.core import Problem

BINS = 20  # equal slices of a quantity, within which it counts as known


def wins(utility: np.ndarray) -> np.ndarray:
    """What part of each case goes to each option: 1 where it alone is best, an equal part of a tie, same shape."""
    utility = _checked(utility)
    best = utility == utility.max(axis=0)
    return best / best.sum(axis=0)


def best_share(utility: np.ndarray) -> np.ndarray:
    """In what share of the cases each option is best, shape (options,); a tie is shared equally."""
    return wins(utility).mean(axis=1)


def regrets(utility: np.ndarray) -> np.ndarray:
    """What each option leaves on the table in each case: the best utility of the case less its own, same shape."""
    utility = _checked(utility)
    return utility.max(axis=0) - utility


def minimax_regret(utility: np.ndarray) -> np.ndarray:
    """The options whose largest regret is smallest, as booleans of shape (options,) (Savage 1951)."""
    worst = regrets(utility).max(axis=1)
    return np.isclose(worst, worst.min(), rtol=1e-9, atol=1e-12)


def evpi(utility: np.ndarray, weights=None) -> float:
    """The expected value of perfect information: choosing after the case is known, over choosing before.

    `weights` are the probabilities of the cases, shape (cases,), equal by default. Raises `Problem` where they are
    negative or sum to 0. Raiffa and Schlaifer 1961.

    >>> import numpy as np
    >>> evpi(np.array([[1.0, 0.0], [0.0, 1.0]]))  # a row a policy, a column a state: half a unit lost for not knowing
    0.5
    """
    utility = _checked(utility)
    weights = np.ones(utility.shape[1]) if weights is None else np.asarray(weights, float)
    if weights.shape != utility.shape[1:] or np.any(weights < 0) or not weights.sum() > 0:
        raise Problem("the cases need a weight each, none below 0 and not all 0.")
    weights = weights / weights.sum()
    return float(max(utility.max(axis=0) @ weights - (utility @ weights).max(), 0.0))


def evppi(utility: np.ndarray, column: np.ndarray, bins: int = BINS) -> float:
    """The expected value of knowing one quantity alone: the best option within each slice of it, over the best at all.

    `column` holds the quantity's value in each case, shape (cases,). It is cut into `bins` slices of equal number,
    which overstates the value a little where slices hold few cases. Raises `Problem` where there are too few.
    """
    utility = _checked(utility)
    cases = utility.shape[1]
    if np.shape(column) != (cases,) or not 2 <= bins <= cases:
        raise Problem(
            f"a quantity needs one value for each of the {cases:,} cases, and at least as many cases as slices."
        )
    order = np.argsort(column, kind="stable")
    edges = np.linspace(0, cases, bins + 1).astype(int)
    sums = np.add.reduceat(utility[:, order], edges[:-1], axis=1)
    best = int(sums.sum(axis=1).argmax())
    return float((sums.max(axis=0) - sums[best]).sum() / cases)  # exactly 0 where no slice would choose otherwise


@dataclass(frozen=True, eq=False)
class Box:
    """A box in the space of quantities: cases with low <= value <= high in every one of them.

    `low` and `high` have shape (quantities,), infinite where a side was never cut. `density` is the share of the
    cases inside that are of interest, `coverage` the share of those of interest that lie inside, `mass` the share
    of all cases that lie inside.
    """

    low: np.ndarray
    high: np.ndarray
    density: float
    coverage: float
    mass: float

    def holds(self, values: np.ndarray) -> np.ndarray:
        """Which cases lie in the box, for values of shape (quantities, cases)."""
        return np.asarray(((values >= self.low[:, None]) & (values <= self.high[:, None])).all(axis=0))


def prim_boxes(values: np.ndarray, interesting: np.ndarray, peel: float = 0.05, least: float = 0.05) -> list[Box]:
    """Ever smaller boxes that hold ever more of the cases of interest: PRIM's peeling, the whole space first.

    `values` has shape (quantities, cases), `interesting` is boolean of shape (cases,). Each step cuts the share
    `peel` of the remaining cases off the one side that leaves the highest density, until fewer than the share
    `least` of all would remain or no cut helps. Friedman and Fisher 1999; Bryant and Lempert 2010, who read the
    trade of density for coverage off this list. Quantities should be continuous: of equal
    values some may be cut and others not. Raises `Problem` where no case is of interest.
    """
    values, wanted = np.asarray(values, float), np.asarray(interesting, bool)
    if values.ndim != 2 or wanted.shape != values.shape[1:]:
        raise Problem(f"a box needs values of shape (quantities, cases); they have {values.shape} and {wanted.shape}.")
    if not wanted.any():
        raise Problem("a box needs at least one case of interest, and there is none.")
    cases, total = wanted.size, int(wanted.sum())
    low, high = np.full(len(values), -np.inf), np.full(len(values), np.inf)
    orders = [np.argsort(column, kind="stable") for column in values]
    inside = np.ones(cases, bool)
    boxes = [Box(low.copy(), high.copy(), total / cases, 1.0, 1.0)]
    while True:
        left = len(orders[0])
        cut = max(1, int(peel * left))
        if left - cut < least * cases or boxes[-1].density == 1.0:
            return boxes
        side = _best_side(orders, wanted, cut)
        order = orders[side[0]]
        gone = order[:cut] if side[1] == 0 else order[-cut:]
        hits = int(wanted[order].sum()) - int(wanted[gone].sum())
        if hits / (left - cut) <= boxes[-1].density:
            return boxes
        inside[gone] = False
        orders = [o[inside[o]] for o in orders]
        end = values[side[0], orders[side[0]][0 if side[1] == 0 else -1]]
        (low if side[1] == 0 else high)[side[0]] = end
        boxes.append(Box(low.copy(), high.copy(), hits / (left - cut), hits / total, (left - cut) / cases))


def _best_side(orders, wanted, cut: int) -> tuple[int, int]:
    """The quantity and side (0 low, 1 high) whose cut loses the fewest cases of interest; the first of equals."""
    lost = [(int(wanted[o[:cut]].sum()), int(wanted[o[-cut:]].sum())) for o in orders]
    return min(((i, s) for i in range(len(orders)) for s in (0, 1)), key=lambda place: lost[place[0]][place[1]])


def first_dense(boxes: list[Box], density: float) -> Box:
    """The largest box of a peeling that is at least so dense, or the densest where none is."""
    return next((box for box in boxes if box.density >= density), max(boxes, key=lambda box: box.density))


def _checked(utility) -> np.ndarray:
    utility = np.asarray(utility, float)
    if utility.ndim != 2 or not utility.size or not np.isfinite(utility).all():
        raise Problem("utilities need an array of finite numbers, a row an option and a column a case.")
    return utility

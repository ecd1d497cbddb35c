"""What the models of the alternatives give for pictures: which policy is best where, and what each gives in two states."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suh2002.alternatives.policies import utilities
from suh2002.alternatives.quantities import NAMES, POLICIES, UNCERTAIN
from tumen.analysis import decisions
from tumen.analysis.targets import quantiles
from tumen.core import Problem, Result, nearest

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
CELLS = 10  # slices of each unknown on the map of two


def share_along(result: Result, name: str, bins: int = decisions.BINS) -> dict[str, np.ndarray]:
    """The middle of each equally wide slice of an unknown, and the share of its cases in which each policy is best.

    Every array has shape (bins,); the key `value` holds the middles, the others are policies. Raises `Problem`
    for an unknown name.
    """
    draws, utility = utilities(result.inputs)
    slices, middles = _slices(result, _known(name, draws), draws[name], bins)
    return {"value": middles, **dict(zip(POLICIES, _shares(utility, slices, bins), strict=True))}


def share_map(result: Result, across: str, up: str, bins: int = CELLS) -> dict[str, np.ndarray]:
    """Shares as `share_along` gives them, over two unknowns at once: each policy's array has shape (bins, bins).

    The first axis is `across`, the second `up`; the keys `across` and `up` hold the middles of the slices.
    """
    draws, utility = utilities(result.inputs)
    first, columns = _slices(result, _known(across, draws), draws[across], bins)
    second, rows = _slices(result, _known(up, draws), draws[up], bins)
    shares = _shares(utility, first * bins + second, bins * bins).reshape(len(POLICIES), bins, bins)
    return {"across": columns, "up": rows, **dict(zip(POLICIES, shares, strict=True))}


def _slices(result: Result, name: str, column: np.ndarray, bins: int) -> tuple[np.ndarray, np.ndarray]:
    """In which slice of its range each case has an unknown, and the middle of every slice."""
    (low, high), *_ = result[name]
    place = ((column - low) * (bins / (high - low))).astype(np.intp)
    return np.clip(place, 0, bins - 1), low + (np.arange(bins) + 0.5) * ((high - low) / bins)


def _shares(utility: np.ndarray, slices: np.ndarray, count: int) -> np.ndarray:
    """The share of the cases of each slice in which each policy is best, shape (policies, count); NaN where it is empty."""
    sizes = np.bincount(slices, minlength=count)
    won = np.stack([np.bincount(slices, weights=row, minlength=count) for row in decisions.wins(utility)])
    return np.divide(won, sizes, out=np.full(won.shape, np.nan), where=sizes > 0)


def turns(result: Result, name: str) -> list[tuple[float, float, str, str]]:
    """Where the lead changes along an unknown: the value, the share both have there, who leads below it, and who above.

    Two neighbouring slices with other leaders are joined by straight lines, and the value is where these cross.
    """
    along = share_along(result, name)
    values, shares = along["value"], np.stack([along[p] for p in POLICIES])
    first = shares.argmax(axis=0)
    found = []
    for i in np.flatnonzero(first[1:] != first[:-1]):
        below, above = first[i], first[i + 1]
        gap = shares[below] - shares[above]
        part = gap[i] / (gap[i] - gap[i + 1]) if gap[i] != gap[i + 1] else 0.5
        at = float(values[i] + part * (values[i + 1] - values[i]))
        share = float(shares[below, i] + part * (shares[below, i + 1] - shares[below, i]))
        found.append((at, share, POLICIES[below], POLICIES[above]))
    return found


def ranked_unknowns(result: Result) -> list[str]:
    """The unknowns, first the one along which the share of engagement moves most."""
    swing = {}
    for x in UNCERTAIN:
        along = share_along(result, x.key)["engage"]
        swing[x.key] = float(along.max() - along.min())
    return sorted(swing, key=swing.get, reverse=True)


def limits(result: Result) -> dict[str, tuple[float | None, float | None]]:
    """What the box of a result asks of each unknown it limits: at least and at most, None where that side is free."""
    out = {}
    for x in UNCERTAIN:
        if x.key not in result["box"]:
            continue
        (low, high), (least, most) = result[x.key][0], result["box"][x.key]
        slack = 0.005 * (high - low)  # a side that only ends where the cases do is none
        out[x.key] = (least if least > low + slack else None, most if most < high - slack else None)
    return {name: ends for name, ends in out.items() if ends != (None, None)}


def regret_points(result: Result) -> dict[str, dict[str, float]]:
    """For each policy the points below which 5, 25, 50, 75 and 95 % of its regrets lie, and the largest, in points."""
    _, utility = utilities(result.inputs)
    regret = decisions.regrets(utility)
    keys = [f"{round(100 * level)} %" for level in LEVELS]
    return {
        policy: {
            **dict(zip(keys, quantiles(np.sort(row), LEVELS).tolist(), strict=True)),
            "largest": float(row.max()),
        }
        for policy, row in zip(POLICIES, regret, strict=True)
    }


def _known(name: str, draws: Mapping) -> str:
    if name not in draws:
        raise Problem(f"alternatives.robust draws no {name!r}; {nearest(name, draws)}.")
    return name


def row_names(payoffs) -> tuple[str, ...]:
    """What the rows of a table of payoffs are called: Engage and Quiet exits, or numbers where there are others."""
    return NAMES if len(payoffs) == len(NAMES) else tuple(f"row {i + 1}" for i in range(len(payoffs)))


def by_chance(result: Result) -> dict[str, tuple[float, float]]:
    """What each policy of a table gives where the chance of the first state is 0 and where it is 1, in points."""
    rows = result["payoffs"]
    return {name: (second, first) for name, (first, second) in zip(row_names(rows), rows, strict=True)}


def policy_lines(chosen: bool):
    """The lines of the policies that keep the largest regret smallest, or of the others, over the chance of the first state."""

    def along(result, _axis):
        best = result["minimax_choice"].split(" or ")
        drawn = {name: pair for name, pair in by_chance(result).items() if (name in best) is chosen}
        return (
            [0, 1] * len(drawn),
            [v for pair in drawn.values() for v in pair],
            [name for name in drawn for _ in (0, 1)],
        )

    return along


def known(result: Result, _axis=None):
    """What to expect over the chance of the first state if one knew before choosing: in either state its best payoff."""
    return (0, 1), tuple(map(max, zip(*by_chance(result).values(), strict=True)))

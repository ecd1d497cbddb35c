"""Aid beside arrivals, three ways: in levels, in changes from year to year, and with a trend that may break."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suh2002.flows.series import FIRST, aid_kt, arrival_rows, arrivals
from tumen.core import Problem

LEVELS = (2000, 2011)  # from the first large shipment to the year before the border tightened
BREAK = 2008  # the first year without food from Seoul
WAYS = {
    "levels": "year by year",
    "differences": "from one year to the next",
    "with_break": "around a trend that breaks",
}


@dataclass(frozen=True)
class Association:
    """How aid and arrivals go together under one way of looking.

    `per_100_kt` is the change in log arrivals that goes with 100 kt more food in a year; `correlation` is that of
    the two series compared (with a trend and a break: of what is left of each); `years` is how many were compared.
    """

    way: str
    per_100_kt: float
    correlation: float
    years: int


def levels(first: int = LEVELS[0], last: int = LEVELS[1]) -> Association:
    """Aid in kt and log arrivals, year by year as they stand."""
    aid, logs = _series(first, last)
    return _association("levels", aid, logs)


def differences(first: int = LEVELS[0], last: int = LEVELS[1]) -> Association:
    """Changes of aid and of log arrivals from one year to the next."""
    aid, logs = _series(first, last)
    return _association("differences", np.diff(aid), np.diff(logs))


def with_break(first: int = LEVELS[0], last: int = LEVELS[1], break_year: int = BREAK) -> Association:
    """Aid and log arrivals, each with its own straight line and a break in level and slope taken out first.

    The slope is that of aid in a regression on aid, trend and break together (Frisch and Waugh 1933). Raises
    `Problem` for a break too near an end.
    """
    if not first + 2 <= break_year <= last - 1:
        raise Problem(f"a break in {break_year} needs two years before it and two from it on, in {first} to {last}.")
    aid, logs = _series(first, last)
    since = np.arange(first, last + 1) - break_year
    after = (since >= 0).astype(float)
    design = np.stack([np.ones(len(since)), since, after, after * since], axis=-1)
    left = [x - design @ np.linalg.lstsq(design, x, rcond=None)[0] for x in (aid, logs)]
    return _association("trend with a break", *left)


def three_ways(first: int = LEVELS[0], last: int = LEVELS[1], break_year: int = BREAK) -> tuple[Association, ...]:
    """The same two series in levels, in differences, and with a break: the sign of the answer turns."""
    return levels(first, last), differences(first, last), with_break(first, last, break_year)


def associations(first, last, break_year) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Slope per 100 kt and correlation under each of the three ways, in n windows at once; each of shape (n,).

    The arguments are scalars or have shape (n,). Raises `Problem` where aid does not change in a window.
    """
    found = {}
    for way, (aid, logs, seen) in compared(first, last, break_year).items():
        count = seen.sum(axis=1, keepdims=True)
        aid, logs = (seen * (x - (seen * x).sum(axis=1, keepdims=True) / count) for x in (aid, logs))
        spread = (aid * aid).sum(axis=1)
        if np.any(spread < 1e-6):
            raise Problem("aid does not change in these years, so nothing can go with it.")
        both = (aid * logs).sum(axis=1)
        found[way] = 100 * both / spread, both / np.sqrt(spread * (logs * logs).sum(axis=1))
    return found


def compared(first, last, break_year) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """What each way sets side by side in n windows: aid, log arrivals, and which years are used, each (n, years).

    The years run from 1998 on; a change stands at the later of its two years; nothing stands outside a window.
    """
    windows = np.stack(np.broadcast_arrays(*map(np.atleast_1d, (first, last, break_year))), axis=-1).astype(float)
    first, last, at = (windows[:, [i]] for i in range(3))
    years = np.arange(FIRST, max(arrival_rows()) + 1, dtype=float)
    aid, logs = _series(int(years[0]), int(years[-1]))
    inside = (years >= first) & (years <= last)
    steps = inside & (years > first)
    return {
        "levels": (inside * aid, inside * logs, inside),
        "differences": (steps * np.diff(aid, prepend=0), steps * np.diff(logs, prepend=0), steps),
        "with_break": (*_around(np.stack([aid, logs]), years - at, inside), inside),
    }


def _around(series: np.ndarray, since: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """What is left of each series (2, years) after a line with a break, in each window: shape (2, n, years)."""
    after = (since >= 0).astype(float)
    design = np.stack([np.ones_like(since), since, after, after * since], axis=-1) * inside[..., None]
    inverse = np.linalg.pinv(design)
    values = series[:, None, :] * inside
    return values - np.einsum("ntc,ncs,kns->knt", design, inverse, values)


def _series(first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
    if last - first < 3:
        raise Problem(f"two series need at least four years to be compared; {first} to {last} are fewer.")
    return aid_kt(first, last), np.log(arrivals(first, last))


def _association(way: str, aid: np.ndarray, logs: np.ndarray) -> Association:
    aid, logs = aid - aid.mean(), logs - logs.mean()
    if not np.any(np.abs(aid) > 1e-9):
        raise Problem("aid does not change in these years, so nothing can go with it.")
    slope = (aid @ logs) / (aid @ aid)
    return Association(way, float(100 * slope), float(slope * np.sqrt((aid @ aid) / (logs @ logs))), len(aid))

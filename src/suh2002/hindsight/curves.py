"""What the models give along one axis: fitted lines, the lines that never were, other breaks, three looks at aid."""

from __future__ import annotations

import numpy as np

from suh2002.flows.series import FIRST
from suh2002.hindsight import quantities as q
from suh2002.hindsight.models import counted, fit_break
from suh2002.hindsight.models_windows import compared, misfits
from tumen.core import Result, once


@once
def lines(result: Result) -> dict[str, np.ndarray]:
    """Years of the window, counted arrivals, the fitted line, and the trend before carried on past the break.

    Each has shape (years,); `carried_on` is NaN before the break.
    """
    v = result.inputs
    years = np.arange(v["first_year"], v["last_year"] + 1)
    every, people = counted(result.model.tables)
    base, trend, level, slope = fit_break(result.model.tables, **v).coefficients[0]
    since = years - v["break_year"]
    after = since >= 0
    before = np.exp(base + trend * since)
    return {
        "years": years.astype(int),
        "counted": people[np.isin(every, years)],
        "fitted": np.exp(base + trend * since + after * (level + slope * since)),
        "carried_on": np.where(after, before, np.nan),
    }


@once
def fan(result: Result) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """The trend before, carried on past the break, for every first year the break allows: years and people.

    It begins in the last year before the break, where the fitted line ends.
    """
    v = result.inputs
    first = np.arange(q.FIRST_YEAR.low, q.FIRST_YEAR.high + 1)
    first = np.union1d(first[v["break_year"] - first >= 2], [v["first_year"]])
    years = np.arange(v["break_year"] - 1, v["last_year"] + 1)
    base, trend = fit_break(result.model.tables, v["break_year"], first, v["last_year"]).coefficients[:, :2].T
    people = np.exp(base[:, None] + trend[:, None] * (years - v["break_year"]))
    return {int(year): (years, line) for year, line in zip(first, people, strict=True)}


@once
def every_break(result: Result) -> dict[str, np.ndarray]:
    """For every break year the window of a scan allows: what it leaves unexplained against the best, and the level ratio."""
    found = misfits(result.model.tables, result["first_year"], result["last_year"])
    at, squares, ratio = (np.atleast_2d(x)[0] for x in found)
    able = np.isfinite(squares)
    return {
        "break_year": at[able].astype(int),
        "misfit": squares[able] / squares.min(),
        "level_ratio": ratio[able],
    }


def three_clouds(result: Result) -> dict[str, dict[str, np.ndarray]]:
    """What each way of looking sets side by side, each series in standard deviations: years, aid and arrivals by way."""
    v = result.inputs
    found = {}
    for way, parts in compared(result.model.tables, v["first_year"], v["last_year"], v["break_year"]).items():
        aid, logs, seen = (x[0] for x in parts)
        years = FIRST + np.flatnonzero(seen)
        aid, logs = (_standard(x[seen]) for x in (aid, logs))
        found[way] = {"years": years, "aid": aid, "arrivals": logs}
    return found


def _standard(x: np.ndarray) -> np.ndarray:
    return (x - x.mean()) / x.std()

"""What the models give along one axis: fitted lines, the lines that never were, other breaks, three looks at aid."""

from __future__ import annotations

import numpy as np

from suh2002.flows.series import FIRST
from suh2002.hindsight import quantities as q
from suh2002.hindsight.models import fit_break
from suh2002.hindsight.models_windows import compared, misfits
from tumen.core import Result, once


@once
def fitted(result: Result) -> tuple[np.ndarray, np.ndarray]:
    """The years of the window and the people that the fitted line gives in each, both of shape (years,)."""
    v = result.inputs
    base, trend, level, slope = fit_break(result.model.tables, **v).coefficients[0]
    years = np.arange(v["first_year"], v["last_year"] + 1)
    since = years - v["break_year"]
    return years, np.exp(base + trend * since + (since >= 0) * (level + slope * since))


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
def every_break(result: Result) -> list[tuple]:
    """For every break year the window of a scan allows: the year, what it leaves unexplained against the best, and the level ratio."""
    at, (squares,), (ratio,) = misfits(result.model.tables, **result.inputs)
    able = np.isfinite(squares)
    return list(zip(at[able].astype(int), squares[able] / squares.min(), ratio[able], strict=True))


@once
def three_clouds(result: Result) -> dict[str, dict[str, np.ndarray]]:
    """What each way of looking sets side by side, each series in standard deviations: years, aid and arrivals by way."""
    found = {}
    for way, parts in compared(result.model.tables, **result.inputs).items():
        aid, logs, seen = (x[0] for x in parts)
        aid, logs = ((x[seen] - x[seen].mean()) / x[seen].std() for x in (aid, logs))
        found[way] = {"years": FIRST + np.flatnonzero(seen), "aid": aid, "arrivals": logs}
    return found

"""What the break looks like: fitted lines, the line that never was, other first years, other breaks."""

from __future__ import annotations

import numpy as np

from tumen.core import Result
from tumen.themes.hindsight import quantities as q
from tumen.themes.hindsight.models import BREAK, counted, fit_break

SCANNED = (2004, 2017)


def lines(result: Result) -> dict[str, np.ndarray]:
    """Years of the window, counted arrivals, the fitted line, and the trend before carried on past the break.

    Each has shape (years,); `carried_on` is NaN before the break.
    """
    v = result.inputs
    years = np.arange(v["first_year"], v["last_year"] + 1)
    every, people = counted()
    base, trend, level, slope = fit_break(**v).coefficients[0]
    since = years - v["break_year"]
    after = since >= 0
    before = np.exp(base + trend * since)
    return {
        "years": years.astype(int),
        "counted": people[np.isin(every, years)],
        "fitted": np.exp(base + trend * since + after * (level + slope * since)),
        "carried_on": np.where(after, before, np.nan),
    }


def never_came(result: Result) -> float:
    """People the trend before the break would have brought by the last year, less those counted: absurd, and a warning."""
    drawn = lines(result)
    after = np.isfinite(drawn["carried_on"])
    return float((drawn["carried_on"] - drawn["counted"])[after].sum())


def by_first_year(result: Result) -> dict[str, np.ndarray]:
    """Level ratio, standard error and Durbin-Watson against the first year of the window, each of shape (years,)."""
    first = np.arange(q.FIRST_YEAR.low, q.FIRST_YEAR.high + 1)
    v = {**result.inputs, "first_year": first}
    found, out = fit_break(**v), BREAK.run(**v)
    return {
        "first_year": first.astype(int),
        "level_ratio": out["level_ratio"],
        "standard_error": out["standard_error"],
        "durbin_watson": found.durbin_watson,
    }


def scan(result: Result, first: int = SCANNED[0], last: int = SCANNED[1]) -> dict[str, np.ndarray]:
    """Sum of squared residuals and level ratio for every break year from `first` to `last`, window as in `result`."""
    at = np.arange(first, last + 1, dtype=float)
    v = result.inputs
    at = at[(at - v["first_year"] >= 2) & (v["last_year"] - at >= 1)]
    found = fit_break(at, v["first_year"], v["last_year"])
    return {
        "break_year": at.astype(int),
        "squares": found.squares,
        "level_ratio": np.exp(found.coefficients[:, 2]),
    }

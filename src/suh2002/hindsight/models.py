"""Hindsight: what one break in the yearly arrivals seems to show, and how far that hangs on the window."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suh2002.flows.series import FIRST, arrival_rows, arrivals
from suh2002.hindsight import quantities as q
from suh2002.hindsight.interrupted import LEVEL, SLOPE, TREND, Break, distinct, interrupted
from tumen.core import Finding, Model, Output
from tumen.core.words import number


def counted() -> tuple[np.ndarray, np.ndarray]:
    """The years with a count of arrivals, from 1998 on, and the counts."""
    last = max(arrival_rows())
    return np.arange(FIRST, last + 1, dtype=float), arrivals(FIRST, last)


def fit_break(break_year, first_year, last_year) -> Break:
    """The break in the logs of arrivals, for one window or many; each distinct window is fitted once."""
    windows, where = distinct(first_year, last_year, break_year)
    years, people = counted()
    found = interrupted(np.log(people), years, *windows)
    return Break(*(getattr(found, name)[where] for name in Break.__dataclass_fields__))


def _break(break_year, first_year, last_year):
    """The level after the break over the level before, the bend, the trend before, and the level's error."""
    found = fit_break(break_year, first_year, last_year)
    out = {
        "level_ratio": np.exp(found.coefficients[:, LEVEL]),
        "slope_change": found.coefficients[:, SLOPE],
        "trend_before": found.coefficients[:, TREND],
        "standard_error": found.standard_error,
        "level_change": 100 * np.expm1(found.coefficients[:, LEVEL]),
    }
    single = not any(isinstance(x, np.ndarray) and x.ndim for x in (break_year, first_year, last_year))
    return {k: float(x[0]) for k, x in out.items()} if single else out


def window_trouble(v: Mapping) -> str | None:
    """One sentence where a window or its break cannot be; the inputs may be arrays of shape (n,)."""
    first, last, at = (np.asarray(v[k]) for k in ("first_year", "last_year", "break_year"))
    years, _ = counted()
    if np.any(first < years[0]) or np.any(last > years[-1]):
        return f"arrivals are counted by the year from {years[0]:.0f} to {years[-1]:.0f} only."
    if np.any(at - first < 2) or np.any(last - at < 1):
        return "a line on each side of the break needs two years before it and two from it on."
    return None


def _trouble(v: Mapping) -> str | None:
    if trouble := window_trouble(v):
        return trouble
    if np.any(np.asarray(v["last_year"]) - np.asarray(v["first_year"]) < 4):
        return "four numbers are fitted, so the window needs at least five years."
    return None


def _verdict(r):
    v = r.inputs
    other = FIRST if v["first_year"] != FIRST else q.FIRST_YEAR.value
    moved = {**v, "first_year": float(other)}
    said = (
        f"With the years {v['first_year']:.0f} to {v['last_year']:.0f}, arrivals from {v['break_year']:.0f} on start at "
        f"{number(r['level_ratio'], 2)} times what the trend before would give "
        f"({number(100 * np.expm1(r['trend_before']), 2)} per cent a year before, "
        f"{number(100 * np.expm1(r['trend_before'] + r['slope_change']), 2)} after)."
    )
    if _trouble(moved):
        return f"{said} The break says when arrivals changed, not why."
    return (
        f"{said} Begin in {other:.0f} and it is {number(BREAK.run(**moved)['level_ratio'], 2)}: same break, same counts. The "
        "break says when arrivals changed, not why."
    )


BREAK = Model(
    key="hindsight.break",
    reads=("arrivals",),
    question="How deep was the break in arrivals, and who decides?",
    claims=("S3P1-a", "S3P1-d", "S3P5-g"),
    quantities=(q.BREAK_YEAR, q.FIRST_YEAR, q.LAST_YEAR),
    run=_break,
    outputs=(
        Output("level_ratio", "arrivals at the break, against the trend before", "times"),
        Output("slope_change", "change of the yearly trend at the break", "log points a year"),
        Output("trend_before", "yearly trend before the break", "log points a year"),
        Output("standard_error", "standard error of the log level change", "log points"),
        Output("level_change", "change of the level at the break", "per cent"),
    ),
    findings=(
        Finding(
            "S3P5-g",
            "thaw, networks and fences move arrivals at the same dates",
            "illustrates",
            differs="the claim is about what resolves the issue; the model asks only when arrivals changed, and how much",
        ),
    ),
    formula=(
        "ln arrivals = a + trend × t + level × D + slope × D × t, t counted from the break, D = 1 from it on; least squares; "
        "errors after Newey and West 1987, two lags, no small-sample factor"
    ),
    leaves_out=(
        "All that is not yearly and not arrivals. A new leader, new fences, brokers' prices and settlement policy changed "
        "together; two or three shocks cannot part them."
    ),
    check=_trouble,
    verdict=_verdict,
)

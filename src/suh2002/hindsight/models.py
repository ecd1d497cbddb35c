"""Series with a break, the model that fits one, and the causal graph as a model: what must be held fixed to compare aid and arrivals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps

import numpy as np

from suh2002.flows.series import FIRST, arrival_rows, arrivals
from suh2002.hindsight import quantities as q
from suh2002.hindsight.causes import BY_KEY, open_ways
from tumen.core import Finding, Model, Output
from tumen.core.own import Tables
from tumen.core.words import number

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


def around_a_break(series: np.ndarray, years: np.ndarray, first, last, break_year) -> tuple[np.ndarray, ...]:
    """Least squares of a line with a break, in each of n windows of some series.

    `series` has shape (series, years), `years` (years,), the rest (n,). Returns the design (n, years, 4), the inverse of
    its square, the coefficients (series, n, 4) and the residuals (series, n, years), 0 outside a window.
    """
    first, last, break_year = (np.asarray(x, float)[:, None] for x in (first, last, break_year))
    inside = ((years >= first) & (years <= last)).astype(float)
    since = years - break_year
    after = (since >= 0).astype(float)
    design = np.stack([np.ones_like(since), since, after, after * since], axis=-1) * inside[..., None]
    inverse = np.linalg.inv(np.swapaxes(design, 1, 2) @ design)
    coefficients = np.einsum("nij,ntj,st->sni", inverse, design, series)
    return design, inverse, coefficients, inside * series[:, None] - np.einsum("nti,sni->snt", design, coefficients)


def interrupted(logs: np.ndarray, years: np.ndarray, first, last, break_year) -> Break:
    """Fit a break in each of n windows of one series.

    `logs` and `years` have shape (years,); `first`, `last` and `break_year` have shape (n,). The standard error is
    the level's, Newey-West with a Bartlett kernel of two lags and no small-sample factor.
    """
    design, inverse, (coefficients,), (residuals,) = around_a_break(logs[None], years, first, last, break_year)
    inside = design[..., 0]
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


def counted(tables: Tables) -> tuple[np.ndarray, np.ndarray]:
    """The years with a count of arrivals, from 1998 on, and the counts."""
    last = max(arrival_rows(tables))
    return np.arange(FIRST, last + 1, dtype=float), arrivals(tables, FIRST, last)


def fit_break(tables: Tables, break_year, first_year, last_year) -> Break:
    """The break in the logs of arrivals, for one window or many."""
    years, people = counted(tables)
    return interrupted(np.log(people), years, *map(np.atleast_1d, (first_year, last_year, break_year)))


def of_windows(run: Callable[..., dict]) -> Callable[..., dict]:
    """A model's function of windows, asked of each distinct window once; its numbers are floats where one window is given."""

    @wraps(run)
    def each(tables, **years):
        windows, where = distinct(*years.values())
        found = run(tables, **dict(zip(years, windows, strict=True)))
        single = not any(map(np.ndim, years.values()))
        return {k: float(x[0]) if single else x[where] for k, x in found.items()}

    return each


@of_windows
def _break(tables, break_year, first_year, last_year):
    """The level after the break over the level before, the bend, the trend before, and the level's error."""
    found = fit_break(tables, break_year, first_year, last_year)
    return {
        "level_ratio": np.exp(found.coefficients[:, LEVEL]),
        "slope_change": found.coefficients[:, SLOPE],
        "trend_before": found.coefficients[:, TREND],
        "standard_error": found.standard_error,
        "level_change": 100 * np.expm1(found.coefficients[:, LEVEL]),
    }


def uncounted(v: Mapping, tables: Tables) -> str | None:
    """One sentence where a window goes beyond the counts; the inputs may be arrays of shape (n,)."""
    years, _ = counted(tables)
    if np.any(v["first_year"] < years[0]) or np.any(v["last_year"] > years[-1]):
        return f"arrivals are counted by the year from {years[0]:.0f} to {years[-1]:.0f} only."
    return None


def window_trouble(v: Mapping, tables: Tables) -> str | None:
    """One sentence where a window or its break cannot be; the inputs may be arrays of shape (n,)."""
    trouble = uncounted(v, tables)
    if not trouble and (np.any(v["break_year"] - v["first_year"] < 2) or np.any(v["last_year"] - v["break_year"] < 1)):
        return "a line on each side of the break needs two years before it and two from it on."
    return trouble


def _trouble(v: Mapping, tables: Tables) -> str | None:
    trouble = window_trouble(v, tables)
    if not trouble and np.any(v["last_year"] - v["first_year"] < 4):
        return "four numbers are fitted, so the window needs at least five years."
    return trouble


def _verdict(r):
    v, after = r.inputs, r["trend_before"] + r["slope_change"]
    said = (
        f"With the years {v['first_year']:.0f} to {v['last_year']:.0f}, arrivals from {v['break_year']:.0f} on start at "
        f"{number(r['level_ratio'], 2)} times what the trend before would give ({number(100 * np.expm1(r['trend_before']), 2)} "
        f"per cent a year before, {number(100 * np.expm1(after), 2)} after). "
    )
    other = float(FIRST if v["first_year"] != FIRST else q.FIRST_YEAR.value)
    if not r.model.check({**v, "first_year": other}):
        level = number(r.where(first_year=other)["level_ratio"], 2)
        said += f"Begin in {other:.0f} and it is {level}: same break, same counts. "
    return f"{said}The break says when arrivals changed, not why."


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


def held(inputs: Mapping) -> tuple[str, ...]:
    """The things that are held fixed, in the order of the controls."""
    return tuple(h.key for h in q.HOLDS if inputs[h.key] == q.HELD)


def spoken(keys: Iterable[str]) -> str:
    """Things of the graph by their names."""
    return ", ".join(BY_KEY[key].name for key in keys) or "nothing"


def _graph(**given):
    """How many ways stay open along the arrows and beside them, and whether a comparison would show aid's effect."""
    along, beside = open_ways(held(given))
    return {
        "open_ways": float(len(beside)),
        "own_ways": float(len(along)),
        "shows_effect": "yes" if along and not beside else "no",
    }


def _graph_verdict(r):
    fixed = held(r.inputs)
    along, beside = open_ways(fixed)
    said = f"Held fixed: {spoken(fixed)}. "
    if not along:
        said += "Aid’s own way to arrivals is closed by what is held, so no effect of it could show. "
    if beside:
        ways = "other way is" if len(beside) == 1 else "other ways are"
        said += f"{len(beside)} {ways} open, the shortest through {spoken(beside[0][1:-1])}. "
    else:
        said += "No other way from aid to arrivals is open. "
    if r["shows_effect"] == "no":
        return f"{said}A comparison would not show what aid does."
    return f"{said}If the graph were true and complete, comparing such years would show what aid does. It is ours, and neither is known."


GRAPH = Model(
    key="hindsight.graph",
    question="What must be held fixed to see what aid does?",
    claims=("S3P1-d", "S3P1-i", "S3P2-a", "S3P5-g"),
    quantities=q.HOLDS,
    run=_graph,
    outputs=(
        Output("open_ways", "open beside aid’s own", "ways"),
        Output("own_ways", "open from aid along the arrows", "ways"),
        Output("shows_effect", "would a comparison show what aid does?", kind="label"),
    ),
    formula=(
        "d-separation: a way is closed where a held thing stands in it as cause or go-between, or where two arrows meet in "
        "a thing that is not held and moves nothing held (Pearl 1988)"
    ),
    leaves_out=(
        "How strong an arrow is, how long it takes, and every arrow we did not think of. A missing arrow is the strongest "
        "assumption in the picture."
    ),
    verdict=_graph_verdict,
)

"""Every break year on trial, and aid beside arrivals in three ways: in levels, in differences, round a trend that breaks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suh2002.flows.series import aid_kt
from suh2002.hindsight import quantities as q
from suh2002.hindsight.models import LEVEL, around_a_break, counted, fit_break, of_windows, uncounted, window_trouble
from tumen.core import Model, Output, Problem
from tumen.core.own import Tables
from tumen.core.words import number

WAYS = {
    "levels": "year by year",
    "differences": "from one year to the next",
    "with_break": "around a trend that breaks",
}


def compared(tables: Tables, first_year, last_year, break_year) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """What each way sets side by side in n windows: aid, log arrivals, and which years are used, each (n, years).

    The arguments are numbers or have shape (n,). The years run from 1998 on; a change stands at the later of its two
    years; nothing stands outside a window.
    """
    years, people = counted(tables)
    aid, logs = aid_kt(tables, int(years[0]), int(years[-1])), np.log(people)
    first, last, at = map(np.atleast_1d, (first_year, last_year, break_year))
    inside = (years >= first[:, None]) & (years <= last[:, None])
    steps = inside & (years > first[:, None])
    *_, around = around_a_break(np.stack([aid, logs]), years, first, last, at)
    return {
        "levels": (inside * aid, inside * logs, inside),
        "differences": (steps * np.diff(aid, prepend=0), steps * np.diff(logs, prepend=0), steps),
        "with_break": (*around, inside),
    }


@of_windows
def _three_ways(tables, first_year, last_year, break_year):
    """Slope of log arrivals per 100 kt of aid, and their correlation, under each way of looking.

    Raises `Problem` where aid does not change in a window.
    """
    slopes, correlations = {}, {}
    for way, (aid, logs, seen) in compared(tables, first_year, last_year, break_year).items():
        count = seen.sum(axis=1, keepdims=True)
        aid, logs = (seen * (x - (seen * x).sum(axis=1, keepdims=True) / count) for x in (aid, logs))
        spread, both = (aid * aid).sum(axis=1), (aid * logs).sum(axis=1)
        if np.any(spread < 1e-6):
            raise Problem("hindsight.three_ways: aid does not change in these years, so nothing can go with it.")
        slopes[way] = 100 * both / spread
        correlations[f"{way}_r"] = both / np.sqrt(spread * (logs * logs).sum(axis=1))
    return slopes | correlations


PLACEHOLDER = 2010  # a break every window can hold, fitted in place of one it cannot


def misfits(tables: Tables, first_year, last_year) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every break year scanned, its sum of squares and its level ratio, in n windows.

    `first_year` and `last_year` are scalars or have shape (n,); the years have shape (breaks,), the others (n,
    breaks). A break a window cannot hold has an infinite sum and the ratio NaN.
    """
    at = np.arange(2004.0, 2018.0)
    first, last = (x[:, None] for x in np.broadcast_arrays(np.atleast_1d(first_year), np.atleast_1d(last_year)))
    fits = (at - first >= 2) & (last - at >= 1)
    where = np.broadcast_arrays(np.where(fits, at, PLACEHOLDER), first, last)
    found = fit_break(tables, *(x.ravel() for x in where))
    squares = np.where(fits, found.squares.reshape(fits.shape), np.inf)
    ratio = np.where(fits, np.exp(found.coefficients[:, LEVEL]).reshape(fits.shape), np.nan)
    return at, squares, ratio


@of_windows
def _scan(tables, first_year, last_year):
    """The break year with the least squares left over, and the next best."""
    at, squares, ratio = misfits(tables, first_year, last_year)
    rows, (best, second, *_) = np.arange(len(squares)), np.argsort(squares, axis=1).T
    return {
        "level_ratio": ratio[rows, best],
        "best_year": at[best],
        "second_year": at[second],
        "runner_up": squares[rows, second] / squares[rows, best],
    }


def _scan_trouble(v: Mapping, tables: Tables) -> str | None:
    trouble = uncounted(v, tables)
    if not trouble and (np.any(v["first_year"] > 2007) or np.any(v["last_year"] < 2012)):
        return "a scan needs room on both sides: a first year up to 2007 and a last year from 2012 on."
    return trouble


def _scan_verdict(r):
    closer = number(100 * (r["runner_up"] - 1), 2)
    return (
        f"With the years {r['first_year']:.0f} to {r['last_year']:.0f} the counts fit a break in {r['best_year']:.0f} best, with a "
        f"level {number(r['level_ratio'], 2)} times the trend before; {r['second_year']:.0f} leaves {closer} per cent more "
        "unexplained. Which year fits best says when, in this window; it names no cause."
    )


SCAN = Model(
    key="hindsight.scan",
    reads=("arrivals",),
    question="Which year would the counts choose for the break?",
    claims=("S3P1-d", "S3P5-g"),
    quantities=(q.FIRST_YEAR, q.LAST_YEAR),
    run=_scan,
    outputs=(
        Output("level_ratio", "arrivals at the best break, against the trend before", "times"),
        Output("best_year", "break year that fits best", "year"),
        Output("second_year", "next best break year", "year"),
        Output("runner_up", "what the next best leaves unexplained, against the best", "times"),
    ),
    formula=(
        "the fit of hindsight.break for every break year from 2004 to 2017; the best leaves the smallest sum of squares. "
        "A year searched for fits better than one given in advance (Andrews 1993, recalled), so no error is shown"
    ),
    leaves_out="More than one break, and slow change. Every window is made to have exactly one break, at the turn of a year.",
    check=_scan_trouble,
    verdict=_scan_verdict,
)


def _sign(r: float) -> str:
    if abs(r) < 0.1:
        return "next to nothing"
    return "more arrivals" if r > 0 else "fewer arrivals"


def _three_verdict(r):
    said = [f"{_sign(r[f'{way}_r'])} {words} ({signed(r[f'{way}_r'])})" for way, words in WAYS.items()]
    return (
        f"In the years {r['first_year']:.0f} to {r['last_year']:.0f}, more aid goes with {', with '.join(said)}. "
        "The numbers are correlations; none of the three says what aid did."
    )


def signed(r: float) -> str:
    """A correlation with its sign, in two digits."""
    return f"{r:+.2f}".replace("-", "−").replace("+0.00", "0.00").replace("−0.00", "0.00")


THREE_WAYS = Model(
    key="hindsight.three_ways",
    reads=("arrivals", "rok_aid"),
    question="Did years with more aid bring fewer arrivals?",
    claims=("S3P1-f", "S3P1-i"),
    quantities=(q.AID_FIRST, q.AID_LAST, q.AID_BREAK),
    run=_three_ways,
    outputs=(
        Output("levels", "log arrivals with 100 kt more aid, in levels", "log points"),
        Output("differences", "the same, from year to year", "log points"),
        Output("with_break", "the same, around a trend that breaks", "log points"),
        Output("levels_r", "correlation in levels"),
        Output("differences_r", "correlation from year to year"),
        Output("with_break_r", "correlation around a trend that breaks"),
    ),
    formula=(
        "slope and correlation of ln arrivals on food aid in kt: as they stand; of changes from one year to the next; and "
        "of what is left of each after a line with a break (Frisch and Waugh 1933)"
    ),
    leaves_out=(
        "Delay: those who arrived in 2005 had been abroad for four years on average. Fertiliser, private aid, China's aid. And all that "
        "moves aid and arrivals together: harvests, the leadership in the North, the government in the South."
    ),
    check=window_trouble,
    verdict=_three_verdict,
)

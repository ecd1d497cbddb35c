"""One coding of the report's rule: enough aid, and a number that still increases (section 3, paragraph 2)."""

from __future__ import annotations

import numpy as np

from suh2002.flows.fits import parameters
from suh2002.flows.scenario import AS_IT_WAS, drivers
from suh2002.flows.series import AID_FROM, FIRST, LAST, aid_kt, arrivals
from suh2002.flows.stockflow import simulate


def indicator_series(indicator: str, aid_effect: float, variant: str, stocks: str) -> np.ndarray:
    """The yearly number the rule watches, shape (ensemble, years): arrivals as counted, or stock or crossings as modelled."""
    if indicator == "arrivals":
        return arrivals()[None, :]
    effect = np.atleast_1d(np.asarray(aid_effect, float))
    flows = simulate(parameters(variant, stocks, effect), effect, drivers(AS_IT_WAS))
    return flows.present if indicator == "present" else flows.crossings


def aid_in_window(window, counted: str = "food") -> np.ndarray:
    """Aid in kt added up over each year and those before it, `window` in all, shape (ensemble, years).

    A window that reaches back before 1995, when food aid began, adds up what there is.
    """
    added = np.concatenate([[0.0], np.cumsum(aid_kt(AID_FROM, LAST, counted))])
    end = np.arange(FIRST, LAST + 1) - AID_FROM + 1
    start = np.maximum(end - np.atleast_1d(np.floor(window)).astype(int)[:, None], 0)
    return added[end] - added[start]


def rises_in_a_row(series: np.ndarray) -> np.ndarray:
    """How many times running a series has risen by each year, same shape as the series; 0 in its first year."""
    out = np.zeros(series.shape, int)
    for year in range(1, series.shape[-1]):
        out[:, year] = (out[:, year - 1] + 1) * (series[:, year] > series[:, year - 1])
    return out


def fires(indicator, threshold, window, rises, aid_effect, variant, stocks, counted="food") -> np.ndarray:
    """In which years this coding of the rule fires, booleans of shape (ensemble, years) from 1998 on."""
    # counted arrivals are one row whatever the aid effect: every case of an ensemble still gets its own
    cases = np.broadcast_shapes(*(np.atleast_1d(x).shape for x in (threshold, window, rises, aid_effect)))
    risen = rises_in_a_row(indicator_series(indicator, aid_effect, variant, stocks))
    enough = aid_in_window(window, counted) >= np.atleast_1d(threshold)[:, None]
    found = enough & (risen >= np.floor(np.atleast_1d(rises))[:, None])
    return np.broadcast_to(found, (*cases, found.shape[-1]))


def years_of(found: np.ndarray) -> list[list[int]]:
    """The years in which something is so, a list for each row of booleans of shape (ensemble, years)."""
    known: dict[bytes, list[int]] = {}  # of many rows in a sweep few differ
    for row in found:
        if row.tobytes() not in known:
            known[row.tobytes()] = (np.flatnonzero(row) + FIRST).tolist()
    return [list(known[row.tobytes()]) for row in found]


def run(indicator, threshold, window, rises, aid_effect, variant, stocks, counted) -> dict:
    """The years in which the rule fires, and how many they are."""
    found = fires(indicator, threshold, window, rises, aid_effect, variant, stocks, counted)
    years = years_of(found)
    if not any(isinstance(x, np.ndarray) and x.ndim for x in (threshold, window, rises, aid_effect)):
        return {"years": years[0], "fired": float(len(years[0]))}
    out = np.empty(len(years), object)
    out[:] = years
    return {"years": out, "fired": found.sum(axis=-1).astype(float)}

"""What-ifs turned into drivers, and one coding of the report's rule: enough aid, and a number that still increases."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suh2002.flows import quantities as q
from suh2002.flows.series import AID_FROM, FIRST, LAST, YEARS, aid_kt, arrivals
from suh2002.flows.stockflow import STEPS, Drivers, parameters, simulate
from tumen.core.own import Tables

# History as it was: what the sets are fitted to and the rule is held against, whatever a reader sets.
AS_IT_WAS = {
    x.key: x.value
    for x in (
        *(q.AID, q.CRACKDOWN, q.YEARS_EARLIER, q.TRANSIT, q.TRANSIT_CHANGE, q.TRANSIT_YEAR, q.GRANT, q.GRANT_SHARE),
        *(q.STEP, q.NETWORK_LIMIT, q.NETWORK_1998, q.FULL_PROGRAMME, q.HARDSHIP),
    )
}

TIMES = {"actual": 1.0, "none": 0.0, "double": 2.0}


def drivers(tables: Tables, v: Mapping, aid: str | None = None) -> Drivers:
    """The drivers of `flows.history` for its inputs `v`; `aid` takes the place of the aid chosen there."""
    usual = STEPS["step_2012"]
    earlier = max(usual - int(v["years_earlier"]), FIRST)  # in force from the beginning, where it comes before
    crackdown = {"actual": usual, "earlier": earlier, "never": None}[v["crackdown"]]
    return Drivers(
        first=FIRST,
        hardship=np.asarray(v["hardship"], float),
        aid=aid_kt(tables) * TIMES[aid or v["aid"]] / v["full_programme"],
        passage=_passage(v),
        steps={**STEPS, "step_2012": crackdown},
        lifted=v["grant_share"] if v["grant"] == "kept" else 0.0,
        network=v["network_1998"],
        limit=v["network_limit"],
        parts=12 if v["step"] == "month" else 1,
    )


def trouble(v: Mapping) -> str | None:
    """One sentence where a setting cannot be run."""
    if len(v["hardship"]) != len(YEARS):
        return f"hardship needs {len(YEARS)} numbers, one a year from {YEARS[0]} to {YEARS[-1]}; it has {len(v['hardship'])}."
    for name in ONE_VALUE:
        if isinstance(v[name], np.ndarray):
            return f"{name} takes one value at a time; aid_effect and pull_factor can be swept."
    return None


ONE_VALUE = (
    "years_earlier",
    "transit_change",
    "transit_year",
    "grant_share",
    "network_limit",
    "network_1998",
    "full_programme",
)


def _passage(v: Mapping) -> np.ndarray:
    change = {"actual": 1.0, "shut": 1 / v["transit_change"], "open": v["transit_change"]}[v["transit"]]
    return np.where(np.array(YEARS) >= v["transit_year"], change, 1.0)


def indicator_series(tables: Tables, indicator: str, aid_effect: float, variant: str, stocks: str) -> np.ndarray:
    """The yearly number the rule watches, shape (ensemble, years): arrivals as counted, or stock or crossings as modelled."""
    if indicator == "arrivals":
        return arrivals(tables)[None, :]
    effect = np.atleast_1d(np.asarray(aid_effect, float))
    flows = simulate(parameters(variant, stocks, effect), effect, drivers(tables, AS_IT_WAS))
    return flows.present if indicator == "present" else flows.crossings


def aid_in_window(tables: Tables, window, counted: str = "food") -> np.ndarray:
    """Aid in kt added up over each year and those before it, `window` in all, shape (ensemble, years).

    A window that reaches back before 1995, when food aid began, adds up what there is.
    """
    added = np.concatenate([[0.0], np.cumsum(aid_kt(tables, AID_FROM, LAST, counted))])
    end = np.arange(FIRST, LAST + 1) - AID_FROM + 1
    start = np.maximum(end - np.atleast_1d(np.floor(window)).astype(int)[:, None], 0)
    return added[end] - added[start]


def rises_in_a_row(series: np.ndarray) -> np.ndarray:
    """How many times running a series has risen by each year, same shape as the series; 0 in its first year."""
    year = np.arange(series.shape[-1])
    still = np.ones(series.shape, bool)
    still[:, 1:] = ~(series[:, 1:] > series[:, :-1])
    return year - np.maximum.accumulate(np.where(still, year, 0), axis=-1)


def fires(tables, indicator, threshold, window, rises, aid_effect, variant, stocks, counted="food") -> np.ndarray:
    """In which years this coding of the rule fires, booleans of shape (ensemble, years) from 1998 on."""
    # counted arrivals are one row whatever the aid effect: every case of an ensemble still gets its own
    cases = np.broadcast_shapes(*(np.atleast_1d(x).shape for x in (threshold, window, rises, aid_effect)))
    risen = rises_in_a_row(indicator_series(tables, indicator, aid_effect, variant, stocks))
    enough = aid_in_window(tables, window, counted) >= np.atleast_1d(threshold)[:, None]
    found = enough & (risen >= np.floor(np.atleast_1d(rises))[:, None])
    return np.broadcast_to(found, (*cases, found.shape[-1]))


def years_of(found: np.ndarray) -> list[list[int]]:
    """The years in which something is so, a list for each row of booleans of shape (ensemble, years)."""
    known: dict[bytes, list[int]] = {}  # of many rows in a sweep few differ
    for row in found:
        if row.tobytes() not in known:
            known[row.tobytes()] = (np.flatnonzero(row) + FIRST).tolist()
    return [list(known[row.tobytes()]) for row in found]


def run(tables, indicator, threshold, window, rises, aid_effect, variant, stocks, counted) -> dict:
    """The years in which the rule fires, and how many they are."""
    found = fires(tables, indicator, threshold, window, rises, aid_effect, variant, stocks, counted)
    years = years_of(found)
    if not any(isinstance(x, np.ndarray) and x.ndim for x in (threshold, window, rises, aid_effect)):
        return {"years": years[0], "fired": float(len(years[0]))}
    out = np.empty(len(years), object)
    out[:] = years
    return {"years": out, "fired": found.sum(axis=-1).astype(float)}

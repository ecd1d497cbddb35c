"""What the flows models give year by year and side by side: the series a chart draws, computed by the models."""

from __future__ import annotations

import numpy as np

from suh2002.flows import coding
from suh2002.flows import quantities as q
from suh2002.flows import quantities_rule as qr
from suh2002.flows.fits import fitted
from suh2002.flows.models import HISTORY, REPRODUCTION, aid_ratio, flows_of
from suh2002.flows.models_settling import queue
from suh2002.flows.models_year import of_year
from suh2002.flows.scenario import drivers
from suh2002.flows.series import YEARS, aid_kt, arrival_rows
from suh2002.flows.stockflow import STEPS
from tumen.core import Problem, Result
from tumen.in_use import current

COMPARED = (0.0, 0.3, 0.6)  # the aid effects whose fits no arrivals can tell apart


def observed() -> list[dict]:
    """The counted arrivals, one row of the table for each year from 1998 to 2024, with series, source and date."""
    return [row for year, row in arrival_rows().items() if year in YEARS]


def compared_fits(result: Result) -> dict[float, dict]:
    """Arrivals, people in China and log error for an aid effect of 0, 0.3 and 0.6, all else as in `result`."""
    runs = {effect: HISTORY.run(**{**result.inputs, "aid_effect": effect}) for effect in COMPARED}
    return {effect: {k: out[k] for k in ("arrivals", "present_in_china", "log_rmse")} for effect, out in runs.items()}


def diagram(result: Result, year: int) -> dict[str, float]:
    """The stocks and flows of one year, in people: what enters, what is there, and the three ways it goes on.

    As `models_year.of_year` gives them. Raises `Problem` for a year outside the history.
    """
    if year not in YEARS:
        raise Problem(f"the history runs from {YEARS[0]} to {YEARS[-1]}; you gave {year}.")
    return {k: float(x[0]) for k, x in of_year({**result.inputs, "year": year}).items()}


def steps_compared(result: Result) -> dict[str, np.ndarray]:
    """Arrivals by year with a yearly and with a monthly step, all else as in `result`."""
    return {step: HISTORY.run(**{**result.inputs, "step": step})["arrivals"] for step in q.STEP.choices}


def aid_ratio_by_pull(result: Result, points: int = 41):
    """How much more would arrive without aid, against the reproduction number of 1998, both of shape (points,).

    The pull of the network is varied from nothing to the fitted one; all else is as in `result`.
    """
    factor = np.linspace(0, 1, points)
    ratio = aid_ratio({**result.inputs, "pull_factor": factor})
    return HISTORY.run(**{**result.inputs, "pull_factor": factor})["reproduction"][:, 0], ratio


def waiting(result: Result, capacity: float = qr.CAPACITY.value) -> np.ndarray:
    """People who have arrived and wait to be settled at the end of each year: max(0, backlog + arrivals - capacity)."""
    return queue(flows_of(result.inputs).arrivals[0], capacity)[0]


def grants() -> list[dict]:
    """The basic settlement grant of a single household, the rows of the table resettlement in order of years (won)."""
    kept = ("single household, basic grant", "single household, basic grant only")
    rows = [
        r for r in current("resettlement", package="suh2002").rows if r["country"] == "ROK" and r["indicator"] in kept
    ]
    return sorted(rows, key=lambda r: r["year"])


def rule_timeline(result: Result) -> dict[str, np.ndarray]:
    """One coding of the rule on a time line, each of shape (years,) from 1998 to 2024.

    `aid` and `aid_in_window` in kt, the `indicator` watched in people, `rises` in a row, and `fires`.
    """
    v = result.inputs
    watched = coding.indicator_series(v["indicator"], v["aid_effect"], v["variant"], v["stocks"])
    return {
        "years": np.array(YEARS),
        "aid": aid_kt(counted=v["counted"]),
        "aid_in_window": coding.aid_in_window(v["window"], v["counted"])[0],
        "indicator": watched[0],
        "rises": coding.rises_in_a_row(watched)[0],
        "fires": coding.fires(**v)[0],
    }


def reproduction_by_enforcement(result: Result, points: int = 41):
    """Enforcement from nothing to the top of its range, and the reproduction number there, both of shape (points,)."""
    grid = np.linspace(qr.ENFORCEMENT.low, qr.ENFORCEMENT.high, points)
    return grid, REPRODUCTION.run(**{**result.inputs, "enforcement": grid})["reproduction"]


def steps(result: Result) -> dict[str, int]:
    """The year in which each step of enforcement comes into force, by its name; a step left out is not there."""
    return {name: year for name, year in drivers(result.inputs).steps.items() if year is not None}


def fitted_chain() -> list[tuple[int, float, float]]:
    """By the fit the chain starts from: each year in which enforcement changed, its enforcement, and the reproduction."""
    row = fitted(q.VARIANT.value, q.STOCKS.value, q.AID_EFFECT.value)
    brings, enforcement = row["pull"] / row["decay"], 0.0
    out = [(YEARS[0], enforcement, brings)]
    for name, year in sorted(STEPS.items(), key=lambda step: step[1]):
        enforcement += -row[name] if name == "relief_2023" else row[name]
        out.append((year, enforcement, brings * float(np.exp(-enforcement))))
    return out


def same_by_the_other_count(result: Result) -> np.ndarray | None:
    """The number the rule watches by the other count of people in China, shape (years,); None for one that is counted."""
    v = result.inputs
    if v["indicator"] == "arrivals":
        return None
    other = next(c for c in q.STOCKS.choices if c != v["stocks"])
    return coding.indicator_series(v["indicator"], v["aid_effect"], v["variant"], other)[0]

"""One year of the flows: what enters, what is there, and the three ways it goes on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suh2002.flows import quantities as q
from suh2002.flows import quantities_rule as qr
from suh2002.flows.fits import parameters
from suh2002.flows.models import HISTORY, PULL
from suh2002.flows.scenario import drivers
from suh2002.flows.series import FIRST, YEARS
from suh2002.flows.stockflow import Flows, simulate
from tumen.core import Finding, Model, Output
from tumen.core.words import number


def of_year(v: Mapping) -> dict[str, np.ndarray]:
    """The stocks and flows of one year in people, each of shape (ensemble,); `year` and `aid_effect` may be arrays.

    `present` is the stock at the beginning of the year and `next_year` the one at its end: present + crossings -
    to_the_south_alone - lost. Arrivals are to_the_south_alone and through_the_network; the latter never stood
    among those counted as present. `hardship` is what aid leaves of it, as a share of 1998.
    """
    year, effect = np.broadcast_arrays(np.asarray(v["year"], float), np.asarray(v["aid_effect"], float))
    at, effect = np.rint(year.reshape(-1)).astype(int) - FIRST, effect.reshape(-1)
    sets, outside = parameters(v["variant"], v["stocks"], effect), drivers(v)
    sets[PULL] *= v["pull_factor"]
    whole = simulate(sets, effect, outside)
    without = sets.copy()
    without[PULL] = 0.0  # those in China leave as they would without a network, which draws on others
    alone = _at(simulate(without, effect, outside).arrivals, at)
    present, crossed, arrived = (_at(x, at) for x in (whole.present, whole.crossings, whole.arrivals))
    after = _at(_ends(whole), at)
    return {
        "crossings": crossed,
        "present": present,
        "to_the_south_alone": alone,
        "through_the_network": arrived - alone,
        "arrivals": arrived,
        "lost": present + crossed - alone - after,
        "next_year": after,
        "hardship": np.maximum(0.0, outside.hardship[at] * (1 - effect * outside.aid[at])),
    }


def _at(series: np.ndarray, at: np.ndarray) -> np.ndarray:
    return series[np.arange(len(at)), at]


def _ends(flows: Flows) -> np.ndarray:
    """The stock at the end of each year, shape (ensemble, years)."""
    return np.column_stack([flows.present[:, 1:], flows.after])


def _year(**v):
    """The year's stocks and flows, and how many would be present by the other count the model is fitted to."""
    given = {**HISTORY.start, **v}
    out = of_year(given)
    other = next(c for c in q.STOCKS.choices if c != v["stocks"])
    out["present_by_the_other_count"] = of_year({**given, "stocks": other})["present"]
    single = not any(isinstance(v[k], np.ndarray) and v[k].ndim for k in ("year", "aid_effect"))
    return {k: float(x[0]) for k, x in out.items()} if single else out


def _trouble(v: Mapping) -> str | None:
    year = np.asarray(v["year"])
    if np.any((year < YEARS[0]) | (year > YEARS[-1])):
        return f"the history runs from {YEARS[0]} to {YEARS[-1]}."
    return None


def _verdict(r):
    return (
        f"In {r['year']:.0f}, by this fit, {number(r['crossings'])} people cross, about {number(r['present'])} are in China "
        f"when the year begins, and {number(r['arrivals'])} arrive in the South. Only the last of the three is ever counted; "
        f"the other count of people in China would give about {number(r['present_by_the_other_count'])}."
    )


YEAR = Model(
    key="flows.year",
    question="Where are people in a given year, and where do they go on?",
    reads=("rok_aid",),
    claims=("S3P1-b", "S3P1-i"),
    quantities=(qr.YEAR, q.AID_EFFECT, q.AID, q.CRACKDOWN, q.TRANSIT, q.GRANT, q.VARIANT, q.STOCKS),
    run=_year,
    outputs=(
        Output("crossings", "people who cross outside the network in the year", "people"),
        Output("present", "people in China when the year begins", "people"),
        Output("to_the_south_alone", "go on to the South without the network", "people"),
        Output("through_the_network", "reach the South through the network", "people"),
        Output("arrivals", "arrive in the South in the year", "people"),
        Output("lost", "return, are sent back, go elsewhere or are no longer hidden", "people"),
        Output("next_year", "people in China when the next year begins", "people"),
        Output("hardship", "hardship left after aid", "share of 1998"),
        Output("present_by_the_other_count", "people in China by the other count the model is fitted to", "people"),
    ),
    findings=(
        Finding(
            "S3P1-b",
            "“the number” may be any of three, and they need not move together",
            "illustrates",
            differs="the sentence asks whether more are wanted; the model asks more of which, and what to want has no gauge",
        ),
    ),
    formula=(
        "the year's part of the history: present next year = present + crossings − to the South alone − lost; arrivals = "
        "to the South alone + through the network. Ours"
    ),
    leaves_out=(
        "Where the lost go: those sent back, those who return of their own will and those who settle are one number here. "
        "Women and men apart, children, deaths."
    ),
    check=_trouble,
    verdict=_verdict,
)

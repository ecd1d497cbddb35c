"""One year of the history, two codings of one rule, and settling: the smaller models of the flows theme."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suh2002.flows import quantities as q
from suh2002.flows import quantities_rule as qr
from suh2002.flows import scenario
from suh2002.flows.models import HISTORY, PULL
from suh2002.flows.scenario import drivers
from suh2002.flows.series import FIRST, YEARS, arrivals
from suh2002.flows.stockflow import Flows, parameters, simulate
from tumen.core import Finding, Model, Output, refused_where
from tumen.core.own import Tables
from tumen.core.words import number


def of_year(tables: Tables, v: Mapping) -> dict[str, np.ndarray]:
    """The stocks and flows of one year in people, each of shape (ensemble,); `year` and `aid_effect` may be arrays.

    `present` is the stock at the beginning of the year and `next_year` the one at its end: present + crossings -
    to_the_south_alone - lost. Arrivals are to_the_south_alone and through_the_network; the latter never stood
    among those counted as present. `hardship` is what aid leaves of it, as a share of 1998.
    """
    year, effect = np.broadcast_arrays(np.asarray(v["year"], float), np.asarray(v["aid_effect"], float))
    at, effect = np.rint(year.reshape(-1)).astype(int) - FIRST, effect.reshape(-1)
    sets, outside = parameters(v["variant"], v["stocks"], effect), drivers(tables, v)
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


def _year(tables, **v):
    """The year's stocks and flows, and how many would be present by the other count the model is fitted to."""
    given = {**HISTORY.start, **v}
    out = of_year(tables, given)
    other = next(c for c in q.STOCKS.choices if c != v["stocks"])
    out["present_by_the_other_count"] = of_year(tables, {**given, "stocks": other})["present"]
    single = not any(isinstance(v[k], np.ndarray) and v[k].ndim for k in ("year", "aid_effect"))
    return {k: float(x[0]) for k, x in out.items()} if single else out


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
    check=refused_where(
        lambda v: (v["year"] < YEARS[0]) | (v["year"] > YEARS[-1]),
        f"the history runs from {YEARS[0]} to {YEARS[-1]}.",
    ),
    verdict=_verdict,
)


PARTS = ("indicator", "counted", "threshold", "window", "rises")  # what a rule has to name before two can agree


def fires_of(tables: Tables, coder: str, v) -> np.ndarray:
    """In which years the coding of `coder` ("first" or "second") fires, booleans of shape (ensemble, years)."""
    own = {part: v[f"{coder}_{part}"] for part in PARTS}
    return scenario.fires(tables, **own, aid_effect=v["aid_effect"], variant=v["variant"], stocks=v["stocks"])


def _codings(tables, **v):
    """When each coding fires, and the years on which they differ."""
    first, second = np.broadcast_arrays(*(fires_of(tables, coder, v) for coder in ("first", "second")))
    found = {"first": first, "second": second, "both": first & second, "apart": first != second}
    counts = {name: x.sum(axis=-1).astype(float) for name, x in found.items()}
    years = {f"years_{name}": scenario.years_of(x) for name, x in found.items() if name != "both"}
    if not any(isinstance(x, np.ndarray) and x.ndim for x in v.values()):
        return {k: x[0] for k, x in years.items()} | {k: float(x[0]) for k, x in counts.items()}
    return {k: _listed(x) for k, x in years.items()} | counts


def _listed(years: list[list[int]]) -> np.ndarray:
    out = np.empty(len(years), object)
    out[:] = years
    return out


def years_said(years) -> str:
    """Years in words: in 2002 and 2004, or in no year."""
    said = [str(y) for y in years]
    return f"in {' and '.join([', '.join(said[:-1]), said[-1]] if len(said) > 1 else said)}" if said else "in no year"


def _codings_verdict(r):
    apart = r["years_apart"]
    said = (
        f"They disagree on {r['apart']:.0f} of {len(YEARS)} years, {years_said(apart)}"
        if apart
        else "They never disagree"
    )
    return (
        f"The first coding fires {years_said(r['years_first'])}, the second {years_said(r['years_second'])}. {said}. Both can "
        "call themselves S3P2-e, which names neither number nor unit, neither amount nor clock."
    )


CODINGS = Model(
    key="flows.codings",
    question="Would two people who follow the report's rule act in the same years?",
    reads=("arrivals", "rok_aid"),
    claims=("S3P2-e",),
    quantities=(*qr.FIRST_CODING, *qr.SECOND_CODING, q.AID_EFFECT, q.VARIANT, q.STOCKS),
    run=_codings,
    outputs=(
        Output("years_first", "years in which the first coding fires", "year", "label"),
        Output("years_second", "years in which the second coding fires", "year", "label"),
        Output("years_apart", "years on which the two disagree", "year", "label"),
        Output("first", "years the first coding fires", "years"),
        Output("second", "years the second coding fires", "years"),
        Output("both", "years in which both fire", "years"),
        Output("apart", "years on which they disagree", "years"),
    ),
    findings=(
        Finding(
            "S3P2-e",
            "two fair readers of the rule can act in different years",
            "illustrates",
            differs="the sentence says when Seoul should urge Pyongyang directly; the model asks whether two readers would hear the same year in it",
        ),
    ),
    formula="each coding fires as in the rule: aid in the window reaches its threshold, and its number has risen so often running",
    leaves_out="What recognition abroad would be, lags, and what else either coder would look at before acting.",
    verdict=_codings_verdict,
)


def queue(arrived: np.ndarray, capacity) -> np.ndarray:
    """People who have arrived and wait at the end of each year: max(0, backlog + arrivals - capacity).

    `arrived` has shape (years,), `capacity` is one number or an array of shape (ensemble,); returns (ensemble, years).
    """
    capacity = np.atleast_1d(np.asarray(capacity, float))
    out, backlog = np.empty((capacity.size, len(arrived))), np.zeros(capacity.size)
    for year, people in enumerate(arrived):
        backlog = np.maximum(0.0, backlog + people - capacity)
        out[:, year] = backlog
    return out


def _settling(tables, capacity):
    """Who waits at the end of each year, at most, and in how many years more come than can be taken in."""
    arrived = arrivals(tables)
    waiting = queue(arrived, capacity)
    over = (arrived > np.atleast_1d(capacity)[:, None]).sum(axis=-1).astype(float)
    out = {"waiting": waiting, "most": waiting.max(axis=-1), "years_over": over}
    if isinstance(capacity, np.ndarray) and capacity.ndim:
        return out
    return {k: float(x[0]) if x.ndim == 1 else x[0] for k, x in out.items()}


def _settling_verdict(r):
    if not r["most"]:
        most = arrivals(r.model.tables).max()
        return (
            f"With room for {number(r['capacity'], 4)} a year nobody waits: at most {number(most, 4)} came in a year. If settling "
            "was hard all the same (S3P1-h), it was not for want of places."
        )
    year = YEARS[int(np.argmax(r["waiting"]))]
    return (
        f"With room for {number(r['capacity'], 4)} a year, more come than can be taken in in {r['years_over']:.0f} years, and "
        f"{number(r['most'])} people wait at the end of {year}. Whether that is what makes settling hard (S3P1-h), a queue cannot say."
    )


SETTLING = Model(
    key="flows.settling",
    question="Could the South settle those who came?",
    reads=("arrivals", "resettlement"),
    claims=("S3P1-h",),
    quantities=(qr.CAPACITY,),
    run=_settling,
    outputs=(
        Output("waiting", "arrived and waiting at the end of the year", "people", "series"),
        Output("most", "most people waiting at the end of a year", "people"),
        Output("years_over", "years in which more came than could be settled", "years"),
    ),
    findings=(
        Finding(
            "S3P1-h",
            "a queue is one way in which settling can be hard",
            "illustrates",
            differs="the sentence says that helping people adapt is hard already; the model asks when places run out, and a place is not a life",
        ),
    ),
    formula="waiting = max(0, waiting the year before + arrivals − capacity), on the arrivals as counted; ours",
    leaves_out=(
        "Everything that makes settling hard apart from places: work, schooling, illness, debts to brokers, loneliness, "
        "prejudice. The room there was grew over the years; here it is one number."
    ),
    verdict=_settling_verdict,
)

"""One year of the history, and settling: the smaller models of the flows theme."""

from __future__ import annotations

import numpy as np

from suh2002.flows import quantities as q
from suh2002.flows import quantities_rule as qr
from suh2002.flows.models import HISTORY
from suh2002.flows.scenario import OTHER_COUNT, drivers, flows_of
from suh2002.flows.series import FIRST, LAST, YEARS, arrivals
from tumen.core import Finding, Model, Output, one_or_many, refused_where
from tumen.core.words import number


@one_or_many
def of_year(tables, **v):
    """The stocks and flows of one year in people, each of shape (ensemble,); `year` and `aid_effect` may be arrays.

    `present` is the stock at the beginning of the year and `next_year` the one at its end: present + crossings -
    to_the_south_alone - lost. Arrivals are to_the_south_alone and through_the_network; the latter never stood
    among those counted as present. `hardship` is what aid leaves of it, as a share of 1998.
    """
    year, effect = (np.reshape(x, -1) for x in np.broadcast_arrays(v.pop("year"), v["aid_effect"]))
    at = np.rint(year).astype(int) - FIRST
    here, v = (np.arange(len(at)), at), {**HISTORY.start, **v, "aid_effect": effect}
    flows, outside = flows_of(tables, v), drivers(tables, v)
    # those in China leave as they would without a network, which draws on others
    alone = flows_of(tables, {**v, "pull_factor": 0.0}).arrivals[here]
    return {
        "crossings": flows.crossings[here],
        "present": flows.present[here],
        "to_the_south_alone": alone,
        "through_the_network": flows.arrivals[here] - alone,
        "arrivals": flows.arrivals[here],
        "lost": (flows.present + flows.crossings - flows.after)[here] - alone,
        "next_year": flows.after[here],
        "hardship": np.maximum(0.0, outside.hardship[at] * (1 - effect * outside.aid[at])),
        "present_by_the_other_count": flows_of(tables, {**v, "stocks": OTHER_COUNT[v["stocks"]]}).present[here],
    }


def _verdict(r):
    return (
        f"In {r['year']:.0f}, by this fit, {number(r['crossings'])} people cross, about {number(r['present'])} are in China "
        f"when the year begins, and {number(r['arrivals'])} arrive in the South. Only the last of the three is ever counted; "
        f"the other estimate of people in China would give about {number(r['present_by_the_other_count'])}."
    )


YEAR = Model(
    key="flows.year",
    question="Where are people in a given year, and where do they go on?",
    reads=("rok_aid",),
    claims=("S3P1-b", "S3P1-i"),
    quantities=(qr.YEAR, q.AID_EFFECT, q.AID, q.CRACKDOWN, q.TRANSIT, q.GRANT, q.VARIANT, q.STOCKS),
    run=of_year,
    outputs=(
        Output("crossings", "people who cross outside the network in the year", "people"),
        Output("present", "people in China when the year begins", "people"),
        Output("to_the_south_alone", "go on to the South without the network", "people"),
        Output("through_the_network", "reach the South through the network", "people"),
        Output("arrivals", "arrive in the South in the year", "people"),
        Output("lost", "return, are sent back, go elsewhere or are no longer hidden", "people"),
        Output("next_year", "people in China when the next year begins", "people"),
        Output("hardship", "hardship left after aid", "share of 1998"),
        Output("present_by_the_other_count", "people in China by the other estimate the model is fitted to", "people"),
    ),
    findings=(
        Finding(
            "S3P1-b",
            "“the number” may be any of three, and they need not move together",
            differs="the sentence asks whether more are wanted; the model asks more of which, and what to want has no gauge",
        ),
    ),
    formula="the year's part of the history: present next year = present + crossings − to the South alone − lost; arrivals = "
    "to the South alone + through the network. Ours",
    leaves_out="Where the lost go: those sent back, those who return of their own will and those who settle are one number here. "
    "Women and men apart, children, deaths.",
    check=refused_where(
        lambda v: (v["year"] < FIRST) | (v["year"] > LAST), f"the history runs from {FIRST} to {LAST}."
    ),
    verdict=_verdict,
)


def queue(arrived: np.ndarray, capacity) -> np.ndarray:
    """People who have arrived and wait at the end of each year: max(0, backlog + arrivals - capacity).

    `arrived` has shape (years,), `capacity` is one number or an array of shape (ensemble,); returns (ensemble, years).
    """
    ahead = np.cumsum(arrived - np.reshape(capacity, (-1, 1)), axis=-1)
    return ahead - np.minimum.accumulate(np.minimum(ahead, 0.0), axis=-1)  # room left over is no room later


@one_or_many
def _settling(tables, capacity):
    """Who waits at the end of each year, at most, and in how many years more come than can be taken in."""
    arrived = arrivals(tables)
    waiting, over = queue(arrived, capacity), arrived > np.reshape(capacity, (-1, 1))
    return {"waiting": waiting, "most": waiting.max(axis=-1), "years_over": over.sum(axis=-1).astype(float)}


def _settling_verdict(r):
    room, most = f"With room for {number(r['capacity'], 4)} a year", arrivals(r.model.tables).max()
    if not r["most"]:
        return (
            f"{room} nobody waits: at most {number(most, 4)} came in a year. If settling was hard all the same (S3P1-h), it "
            "was not for want of places."
        )
    return (
        f"{room}, more come than can be taken in in {r['years_over']:.0f} years, and {number(r['most'])} people wait at the "
        f"end of {YEARS[int(np.argmax(r['waiting']))]}. Whether that is what makes settling hard (S3P1-h), a queue cannot say."
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
            differs="the sentence says that helping people adapt is hard already; the model asks when places run out, and a place is not a life",
        ),
    ),
    formula="waiting = max(0, waiting the year before + arrivals − capacity), on the arrivals as counted; ours",
    leaves_out="Everything that makes settling hard apart from places: work, schooling, illness, debts to brokers, loneliness, "
    "prejudice. The room there was grew over the years; here it is one number.",
    verdict=_settling_verdict,
)

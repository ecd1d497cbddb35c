"""Settling those who came: a queue that forms where more arrive than can be taken in."""

from __future__ import annotations

import numpy as np

from suh2002.flows import quantities_rule as qr
from suh2002.flows.series import YEARS, arrivals
from tumen.core import Finding, Model, Output
from tumen.core.words import number


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


def _settling(capacity):
    """Who waits at the end of each year, at most, and in how many years more come than can be taken in."""
    waiting = queue(arrivals(), capacity)
    over = (arrivals() > np.atleast_1d(capacity)[:, None]).sum(axis=-1).astype(float)
    out = {"waiting": waiting, "most": waiting.max(axis=-1), "years_over": over}
    if isinstance(capacity, np.ndarray) and capacity.ndim:
        return out
    return {k: float(x[0]) if x.ndim == 1 else x[0] for k, x in out.items()}


def _verdict(r):
    if not r["most"]:
        most = arrivals().max()
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
    verdict=_verdict,
)

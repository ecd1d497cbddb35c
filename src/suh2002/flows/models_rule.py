"""The report's rule, coded once and twice over: enough aid, and a number that still increases."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suh2002.flows import quantities as q
from suh2002.flows import quantities_rule as qr
from suh2002.flows.models import HISTORY
from suh2002.flows.scenario import flows_of
from suh2002.flows.series import AID_FROM, FIRST, LAST, YEARS, aid_kt, arrivals
from tumen.core import Finding, Model, Output, one_or_many
from tumen.core.own import Tables
from tumen.core.words import counted, listed, number

CODERS = ("first", "second")
WATCHED = {
    "arrivals": "arrivals, as counted",
    "present": "people in China, modelled",
    "crossings": "crossings, modelled",
}


def indicator_series(tables: Tables, indicator: str, aid_effect: float, variant: str, stocks: str) -> np.ndarray:
    """The yearly number the rule watches, shape (ensemble, years): arrivals as counted, or stock or crossings as modelled."""
    if indicator == "arrivals":
        return arrivals(tables)[None, :]
    # history as it was, whatever a reader sets: it is what the rule is held against
    flows = flows_of(tables, HISTORY.start | {"aid_effect": aid_effect, "variant": variant, "stocks": stocks})
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


def time_line(tables: Tables, v: Mapping, coder: str = "") -> dict[str, np.ndarray]:
    """The rule year by year as it is set, or as one of two coders sets it ("first_" or "second_"): each (ensemble, years) from 1998 on.

    The `aid` of the window in kt and whether it is `enough`, the number `watched` in people, whether it is `rising`
    often enough, and whether the rule `fires`.
    """
    aid = aid_in_window(tables, v[f"{coder}window"], v[f"{coder}counted"])
    watched = indicator_series(tables, v[f"{coder}indicator"], v["aid_effect"], v["variant"], v["stocks"])
    threshold, rises = (np.reshape(v[f"{coder}{part}"], (-1, 1)) for part in ("threshold", "rises"))
    # counted arrivals are one row whatever the aid effect: every case of an ensemble still gets its own
    each = np.zeros((np.size(v["aid_effect"]), 1), bool)
    enough, rising = aid >= threshold, rises_in_a_row(watched) >= np.floor(rises)
    return {"aid": aid, "watched": watched, "enough": enough, "rising": rising, "fires": enough & rising | each}


def years_of(found: np.ndarray) -> np.ndarray:
    """The years in which something is so, a list for each row of booleans of shape (ensemble, years); shape (ensemble,)."""
    known: dict[bytes, list[int]] = {}  # of many rows in a sweep few differ
    out = np.empty(len(found), object)
    for i, row in enumerate(found):
        if row.tobytes() not in known:
            known[row.tobytes()] = (np.flatnonzero(row) + FIRST).tolist()
        out[i] = list(known[row.tobytes()])
    return out


def years_said(years) -> str:
    """Years in words: in 2002 and 2004, or in no year."""
    return f"in {listed(years or ['no year'])}"


@one_or_many
def _rule(tables, **v):
    """The years in which the rule fires, and how many they are."""
    fires = time_line(tables, v)["fires"]
    return {"years": years_of(fires), "fired": fires.sum(axis=-1).astype(float)}


def _rule_verdict(r):
    return (
        f"Watching {WATCHED[r['indicator']]}, with {number(r['threshold'], 4)} kt in {counted(r['window'], 'year')} as enough "
        f"and {counted(r['rises'], 'rise')} in a row, the rule fires {years_said(r['years'])} (S3P2-e, coded so). Tonnage, "
        "clock and number are ours; recognition abroad, which the report names, is left out."
    )


RULE = Model(
    key="flows.rule",
    reads=("arrivals", "rok_aid"),
    question="When would the report's rule have told Seoul to urge Pyongyang?",
    claims=("S3P2-d", "S3P2-e"),
    quantities=(qr.INDICATOR, qr.THRESHOLD, qr.WINDOW, qr.RISES, q.AID_EFFECT, q.VARIANT, q.STOCKS, qr.COUNTED),
    run=_rule,
    outputs=(
        Output("years", "years in which this coding of the rule fires", "year", "label"),
        Output("fired", "how many years those are", "years"),
    ),
    findings=(
        Finding(
            "S3P2-e",
            "this coding's condition was met at least once",
            margin=lambda out, v: out["fired"] - 1,
            differs="the sentence says when Seoul should urge Pyongyang directly; the model asks when one coding of that would have fired, "
            "and its gauges are ours",
        ),
    ),
    formula="fires in a year if the aid of that year and those before it in the window reaches the threshold and the "
    "number has risen so many times running; one coding of S3P2-e, ours",
    leaves_out="What recognition abroad would be and who gives it; lags; other donors; what Seoul would have said. In December "
    "2004 it announced a lower settlement grant instead.",
    verdict=_rule_verdict,
)


@one_or_many
def _codings(tables, **v):
    """When each coding fires, and the years on which they differ."""
    first, second = np.broadcast_arrays(*(time_line(tables, v, f"{coder}_")["fires"] for coder in CODERS))
    found = {"first": first, "second": second, "both": first & second, "apart": first != second}
    years = {f"years_{name}": years_of(x) for name, x in found.items() if name != "both"}
    return years | {name: x.sum(axis=-1).astype(float) for name, x in found.items()}


def _codings_verdict(r):
    where = f"on {r['apart']:.0f} of {len(YEARS)} years, {years_said(r['years_apart'])}"
    return (
        f"The first coding fires {years_said(r['years_first'])}, the second {years_said(r['years_second'])}. They "
        f"{f'disagree {where}' if r['apart'] else 'never disagree'}. Both can call themselves S3P2-e, which names neither "
        "number nor unit, neither amount nor clock."
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
            differs="the sentence says when Seoul should urge Pyongyang directly; the model asks whether two readers would hear the same year in it",
        ),
    ),
    formula="each coding fires as in the rule: aid in the window reaches its threshold, and its number has risen so often running",
    leaves_out="What recognition abroad would be, lags, and what else either coder would look at before acting.",
    verdict=_codings_verdict,
)

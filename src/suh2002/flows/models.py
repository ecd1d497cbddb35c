"""Aid, enforcement and flows: the history, and whether each arrival brings another (section 3, paragraphs 1 and 2)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suh2002.flows import quantities as q
from suh2002.flows import quantities_rule as qr
from suh2002.flows.scenario import DECAY, PULL, SWEPT, flows_of, sets_of, trouble
from suh2002.flows.series import FIRST, YEARS, arrivals
from tumen.core import Finding, Model, Output, one_or_many
from tumen.core.own import Tables
from tumen.core.words import number

ENOUGH = 1.05  # S3P1-i is read as at least so many times the arrivals without aid: our line


def aid_ratio(tables: Tables, v: Mapping, series: str = "arrivals", years=(YEARS[0], YEARS[-1]), here: Mapping = {}):
    """Arrivals (or crossings) with no aid over those with the aid as sent, added up over years; all else as set.

    `here` are the setting's own outputs, which then serve as one of the two compared.
    """

    def total(aid):
        found = here[series] if here and v["aid"] == aid else getattr(flows_of(tables, {**v, "aid": aid}), series)
        return np.atleast_2d(found)[:, years[0] - FIRST : years[1] - FIRST + 1].sum(axis=-1)

    with np.errstate(all="ignore"):
        ratio = total("none") / total("actual")
    return ratio if any(np.ndim(v[name]) for name in SWEPT) else float(ratio[0])


@one_or_many
def _history(tables, **v):
    """Arrivals, people in China and crossings by year, and how far arrivals lie from the counts."""
    flows, (sets, _) = flows_of(tables, v), sets_of(v)
    brought = np.where(sets[DECAY] > 0, sets[PULL] / sets[DECAY], np.nan)  # undefined without a network
    missed = np.log1p(flows.arrivals) - np.log1p(arrivals(tables))
    return {
        "arrivals": flows.arrivals,
        "present_in_china": flows.present,
        "crossings": flows.crossings,
        "reproduction": brought[:, None] * flows.passage,
        "log_rmse": np.sqrt(np.mean(missed**2, axis=-1)),
    }


def _history_verdict(r):
    finding = r.findings[-1]
    more, crossed = finding.margin + ENOUGH, aid_ratio(r.model.tables, r.inputs, "crossings", (2000, 2007))
    found = "true" if finding.holds else "false"
    return (
        f"{number(r['arrivals'].sum())} people arrive from {YEARS[0]} to {YEARS[-1]}; a typical year is out by a factor "
        f"of {number(np.exp(r['log_rmse']), 2)}. Without aid {_change(crossed)} people would have crossed from 2000 to "
        f"2007, which nobody counts, and {_change(more)} would have arrived (beside S3P1-i, a norm without a verdict: "
        f"that at least 5 per cent more arrive is {found} in this setting)."
    )


def _change(ratio: float) -> str:
    """A ratio as a change in words."""
    per_cent = abs(100 * (ratio - 1))
    if not np.isfinite(ratio):
        return "there is no saying how many"
    if per_cent < 0.05:
        return "as many"
    return f"{number(per_cent, 2)} per cent {'more' if ratio > 1 else 'fewer'}"


HISTORY = Model(
    key="flows.history",
    reads=("arrivals", "rok_aid"),
    question="Can the arrivals tell whether aid reduced exit?",
    claims=("S3P1-d", "S3P1-i", "S3P2-c"),
    quantities=(
        *(q.AID_EFFECT, q.VARIANT, q.STOCKS, q.AID, q.CRACKDOWN, q.TRANSIT, q.GRANT, q.STEP, q.PULL_FACTOR),
        *(q.YEARS_EARLIER, q.TRANSIT_CHANGE, q.TRANSIT_YEAR, q.GRANT_SHARE, q.NETWORK_LIMIT, q.NETWORK_1998),
        *(q.FULL_PROGRAMME, q.HARDSHIP),
    ),
    run=_history,
    outputs=(
        Output("arrivals", "arrivals in the South, a year", "people a year", "series", flow=True),
        Output("present_in_china", "people in China at the beginning of the year", "people", "series"),
        Output("crossings", "crossings outside the network, a year", "people a year", "series", flow=True),
        Output("reproduction", "further arrivals each arrival brings in the end", "people", "series"),
        Output("log_rmse", "typical distance of a year's arrivals from the count", "log points"),
    ),
    findings=(
        Finding(
            "S3P1-d",
            "a fall in arrivals by fences and one by welfare look alike",
            differs="the sentence says that there should be fewer; the model asks what a fall can come from, and what ought to be has no gauge",
        ),
        Finding(
            "S3P1-i",
            "without the South's food aid at least 5 per cent more would have arrived",
            "neighbours",
            lambda out, v, tables: aid_ratio(tables, v, here=out) - ENOUGH,
            differs="the sentence calls for rights and enough food, so that nobody more chooses the South; the model asks what food alone "
            "does to arrivals, and knows no rights and no wishes",
        ),
    ),
    formula="hardship H = H0 × (1 − aid effect × aid); crossings C = c H exp(−fence × E); arrivals A = exp(−E) × (rate × S + "
    "pull × N); next year S + C − rate exp(−E) S − loss × S and N × (1 − decay) + A; E is the enforcement in force. "
    "Ours; fitted to the ministry's arrivals and one estimate of people in China",
    leaves_out="Women and men apart; trafficking and marriage; markets inside; deaths; people who reach no list; any answer of "
    "Seoul's aid to arrivals. Two stories fit the arrivals, and a third might.",
    check=trouble,
    verdict=_history_verdict,
)


def _chain(pull, decay, enforcement):
    """The chain reproduction number: pull exp(-E) / decay."""
    return {"reproduction": pull * np.exp(-enforcement) / decay, "enforcement_at_one": np.log(pull / decay)}


REPRODUCTION = Model(
    key="flows.reproduction",
    question="Does each arrival bring more than one other?",
    claims=("S3P1-d", "S3P1-i"),
    quantities=(qr.PULL, qr.DECAY, qr.ENFORCEMENT),
    run=_chain,
    outputs=(
        Output("reproduction", "further arrivals each arrival brings in the end", "people"),
        Output("enforcement_at_one", "enforcement at which each brings one", "log points"),
    ),
    formula="reproduction = pull × exp(−E) ÷ decay, as for an infection; it is 1 at E = ln(pull ÷ decay)",
    leaves_out="Arrivals who come without a network, limits to its growth, and whether there was a network at all.",
    verdict=lambda r: (
        f"Each arrival brings about {number(r['reproduction'], 2)} others in the end: without other arrivals the number "
        f"{'grows' if r['reproduction'] > 1 else 'falls'}. It turns at an enforcement of "
        f"{number(r['enforcement_at_one'])}."
    ),
)

"""Publicity and crackdown: the break-even of one entry and the arithmetic of many (S3P3 of the report)."""

from __future__ import annotations

import numpy as np

from suh2002.publicity import quantities as q
from tumen.core import Finding, Model, Output, refused_where
from tumen.core.words import number

MORAL = "What a return weighs is the moral question, and no count answers it."
# What the sentence claims, and what the models ask: in full beside the finding, in one line in the verdict.
ANOTHER_QUESTION = "The report fears for reconciliation (S3P3.5); the count is of people, by a mechanism of ours that S3P3 does not name."


def people(count: float) -> str:
    """So many people, in words."""
    return f"{number(count)} {'person' if round(count, 2) == 1 else 'people'}"


def balance(net: float, said=number) -> str:
    """Which way a weighted count comes out, in words, its size `said` by a function."""
    return "even" if abs(net) < 0.5 else f"{said(abs(net))} {'ahead' if net > 0 else 'behind'}"


def entries(r) -> str:
    """How many entries a result is of, in words."""
    return f"{number(r['events'])} {'entry' if r['events'] == 1 else 'entries'}"


def _entry(people, success, at_risk, extra_return, weight, quiet_exits, events, months_frozen):
    """People got out less people returned, weighted, and the extra return at which the two are equal."""
    gained = people * success + quiet_exits * at_risk
    return {
        "net": events * (gained - weight * extra_return * at_risk),
        "break_even_return": gained / (weight * at_risk),
        "months_frozen_total": events * months_frozen,
    }


def _entry_verdict(r):
    out = people_out(r)
    quiet = f", {number(out['quiet'])} of them by quiet ways," if out["quiet"] else ""
    weighed = "one rescue" if r["weight"] == 1 else f"{number(r['weight'])} rescues"
    talks = (
        f" Talks stand still for {number(r['months_frozen_total'])} months: a cost of another kind, not in that count."
    )
    return (
        f"{people(out['entered'] + out['quiet'])} get out{quiet} and {number(out['returned'])} more are returned. If one "
        f"return weighs as much as {weighed}, the count comes out {balance(r['net'], people)}; it is even at "
        f"{number(r['break_even_return'] * r['at_risk'])} returned for each entry."
        f"{talks if r['months_frozen_total'] else ''} {MORAL} {ANOTHER_QUESTION}"
    )


def people_out(r) -> dict[str, float]:
    """How many get out by entering, how many by quiet ways, and how many are returned, for one result."""
    return {
        "entered": r["events"] * r["people"] * r["success"],
        "quiet": r["events"] * r["quiet_exits"] * r["at_risk"],
        "returned": r["events"] * r["extra_return"] * r["at_risk"],
    }


ENTRY = Model(
    key="publicity.entry",
    question="How many extra returns would cancel what one public entry does?",
    claims=("S3P3-c", "S3P3-e"),
    quantities=(q.PEOPLE, q.SUCCESS, q.AT_RISK, q.EXTRA_RETURN, q.WEIGHT, q.QUIET_EXITS, q.EVENTS, q.MONTHS_FROZEN),
    run=_entry,
    outputs=(
        Output("net", "people out less people returned, weighted", "people"),
        Output("break_even_return", "extra chance of return at which the two are equal", "probability"),
        Output("months_frozen_total", "months of talks frozen", "months"),
    ),
    findings=(
        Finding(
            "S3P3-e",
            "by this count the entries do no more good than harm",
            "neighbours",
            lambda out, v: -out["net"],
            differs="the report asks NGOs not to be set on “scoring points” (S3P3.5) at reconciliation's expense; the count here is "
            "of people out and people returned, by a mechanism of ours: S3P3 names neither crackdowns nor returns; the months of "
            "frozen talks stand apart, as the two have no common measure",
        ),
    ),
    formula="net = entries × (people × success + quiet exits × at risk − weight × extra return × at risk); "
    "even where extra return = (people × success ÷ at risk + quiet exits) ÷ weight",
    leaves_out="Consent: those in hiding bear a risk they were not asked about, and the returns are done by states, not by those "
    "who help. Laws, money and attention that entries bring; abuse they deter; crackdowns that had begun before. "
    "That nobody is returned twice: what each of many entries brings on is added up.",
    verdict=_entry_verdict,
)


def _campaign(people, success, at_risk, most_returns, speed, quiet_exits, weight, events):
    """Gains that keep adding against losses that come with the first entries and level off."""
    from scipy.special import lambertw

    gain = people * success  # an entry
    loss = (weight * most_returns - quiet_exits) * at_risk  # in all, however many entries
    dips = loss * speed > gain  # else the first entry already brings more than it costs
    steep = np.where(dips, loss * speed / gain, 1.0)
    worst_at = np.log(steep) / speed
    # k = (loss / gain)(1 - exp(-speed k)) has one root above 0, by Lambert's W on its main branch.
    even = (steep + np.real(lambertw(-steep * np.exp(-steep)))) / speed
    return {
        "net": gain * events + loss * np.expm1(-speed * events),
        "worst": (gain * worst_at + loss * np.expm1(-speed * worst_at))[()],
        "worst_at": worst_at[()],
        "break_even_events": np.where(dips, np.maximum(even, worst_at), 0.0)[()],
    }


def _campaign_verdict(r):
    turns = "; with these numbers it never falls behind."
    if r["break_even_events"]:
        turns = (
            f". It falls until about entry {number(r['worst_at'], 2)} (by {people(-r['worst'])}) and is even again at about entry "
            f"{number(r['break_even_events'], 2)}: none or very many."
        )
    return f"After {entries(r)} the count comes out {balance(r['net'], people)}{turns} {MORAL} {ANOTHER_QUESTION}"


CAMPAIGN = Model(
    key="publicity.campaign",
    question="Why can the same count speak for no entries and for very many?",
    claims=("S3P3-c", "S3P3-e"),
    quantities=(q.PEOPLE, q.ALL_OUT, q.AT_RISK, q.MOST_RETURNS, q.SPEED, q.QUIET_AT_MOST, q.WEIGHT, q.EVENTS),
    run=_campaign,
    outputs=(
        Output("net", "people out less people returned, weighted", "people"),
        Output("worst", "the lowest that count gets", "people"),
        Output("worst_at", "after so many entries", "entries"),
        Output("break_even_events", "entries until it is even again", "entries"),
    ),
    formula="net(k) = people × success × k + (quiet exits − weight × most returns) × at risk × (1 − exp(−speed × k)); "
    "a crackdown that can only get so bad",
    leaves_out="That a crackdown may grow without a ceiling, or end; that entries get harder once the walls are wired, as they were "
    "from 2002; time; consent of those in hiding; what states, who do the returning, owe them.",
    check=refused_where(
        lambda v: v["success"] == 0,
        "entries by which nobody gets out are never even with the returns they bring; success needs a share above 0.",
    ),
    verdict=_campaign_verdict,
)

MODELS = (ENTRY, CAMPAIGN)

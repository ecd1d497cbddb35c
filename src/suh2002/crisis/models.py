"""Regime crisis or hardship: five small models of section 2, paragraphs 1 and 4 to 6 of the report."""

from __future__ import annotations

import numpy as np

from suh2002.crisis import quantities as q
from suh2002.crisis.thresholds import acting_share, crowd_size, tipping_shift
from tumen.core import Finding, Model, Output, refused_where
from tumen.core.words import counted, number

REFERENCE = 0.01  # the yearly hazard that every other is held against
CLEAR = 10  # from this likelihood ratio on, evidence is no longer called weak
HALF = 0.5  # the crowd has tipped once more than half act


def _in_100(share) -> str:
    """A share as people in a hundred."""
    return f"{number(100 * share)} in 100"


def _cascade(fear, spread, signal, exit_share):
    """Where the crowd comes to rest, and the signal at which it would tip."""
    acting = acting_share(fear, spread, signal * exit_share)
    return {
        "acting": acting,
        "tipped": acting > HALF if np.ndim(acting) else bool(acting > HALF),
        "signal_needed": tipping_shift(fear, spread) / exit_share,
    }


def _cascade_verdict(r):
    first = f"Starting from nobody, {_in_100(r['acting'])} come to act in this crowd"
    if r["signal_needed"] == 0:
        return f"{first}: it tips with no exit at all."
    needed = f"where one leaver counts for more than {number(r['signal_needed'])} people acting"
    if r["tipped"]:
        return f"{first}: it has tipped, as it does {needed} with this share leaving."
    return (
        f"{first}; it has not tipped. With this share leaving it would, {needed}. "
        "How few act does not show how near that point is."
    )


CASCADE = Model(
    key="crisis.cascade",
    question="How much visible exit would tip a crowd that waits?",
    claims=("S2P1-c", "S2P4-d", "S2P5-b"),
    quantities=(q.FEAR, q.SPREAD, q.SIGNAL, q.EXIT_SHARE),
    run=_cascade,
    outputs=(
        Output("acting", "share that acts in the end", "share"),
        Output("tipped", "more than half act (1) or not (0)", kind="label"),
        Output("signal_needed", "people one leaver must count for to tip it", "people"),
    ),
    findings=(
        Finding(
            "S2P1-c",
            "fewer than half come to act",
            "neighbours",
            lambda out, v: HALF - out["acting"],
            differs="the report warns against reading the exit as an indication of crisis; the model asks only whether a crowd that waits would act",
        ),
        Finding("S2P5-b", "no movement is visible, and a tipping point may still be a hair away", "illustrates"),
    ),
    formula="acting = least r with r = Φ((r + signal × exits − fear) ÷ spread), from nobody acting; "
    "thresholds after Granovetter 1978 and Kuran 1991",
    leaves_out="Repression that grows as more act, elites and coups, who sees whom, beliefs that change. Those who left were "
    "mostly women of the border region, no sample of those who might protest.",
    check=refused_where(
        lambda v: v["exit_share"] == 0,
        "with nobody leaving no signal can be named that would tip the crowd; exit_share needs a share above 0.",
    ),
    verdict=_cascade_verdict,
)


def _drain(fear, spread, signal, exit_share):
    """The same crowd when those who leave are its least afraid, with and without their leaving."""
    return {
        "acting": acting_share(fear, spread, signal * exit_share, exit_share),
        "acting_without_exit": acting_share(fear, spread, 0.0),
    }


def _drain_verdict(r):
    with_exit, without = r["acting"], r["acting_without_exit"]
    many, does = ("more", "stirs") if with_exit > without else ("fewer", "calms")
    same = np.isclose(with_exit, without, rtol=1e-6)
    said = "as many act as without it" if same else f"{many} act than without it: here exit {does}"
    return (
        f"If {_in_100(r['exit_share'])} leave, {said} ({_in_100(with_exit)} of those who stay, against {_in_100(without)}). "
        "Small exit can drain protest and large visible exit feed it; which it does turns on what people at home see."
    )


DRAIN = Model(
    key="crisis.drain",
    question="Does exit calm those who stay, or stir them?",
    claims=("S3P1-c", "S2P1-c"),
    quantities=(q.FEAR, q.SPREAD, q.SIGNAL_OF_DRAIN, q.EXIT_OF_DRAIN),
    run=_drain,
    outputs=(
        Output("acting", "share of those who stay that acts", "share"),
        Output("acting_without_exit", "share that acts if nobody leaves", "share"),
    ),
    findings=(
        Finding(
            "S3P1-c",
            "exit on this scale makes no fewer people act",
            "neighbours",
            lambda out, v: out["acting"] - out["acting_without_exit"],
            differs="the report says what one might want in wanting more exits; the model asks what exits do to protest, "
            "and a crowd that acts is not yet a collapse",
        ),
    ),
    formula="acting = max(0, (F − exits) ÷ (1 − exits)), F = Φ((acting + signal × exits − fear) ÷ spread): the least afraid "
    "leave first; after Hirschman 1970 and 1993, Pfaff and Kim 2003",
    leaves_out="That fear may not be what sorts those who leave: hunger, kin and the river did. What exits do to food, money and "
    "news at home.",
    check=refused_where(lambda v: v["exit_share"] == 1, "where everybody has left nobody stays to act."),
    verdict=_drain_verdict,
)


CROWD = Model(
    key="crisis.crowd",
    question="What can one person change in a crowd of a hundred?",
    claims=("S2P5-b",),
    quantities=(q.THRESHOLDS,),
    run=lambda thresholds: {"acting": int(crowd_size(thresholds))},
    outputs=(Output("acting", "people who act in the end", "people"),),
    formula="each person acts once as many act as their threshold says, from nobody acting; Granovetter 1978",
    leaves_out="Who sees whom, how long it takes, what is done to the first. The crowd is invented.",
    verdict=lambda r: (
        f"Of {len(r['thresholds']):,} people, {r['acting']:,} act in the end. Two crowds that differ in one person can end at opposite "
        "ends, and until it starts they look alike."
    ),
)


def chance(share: float) -> str:
    """A chance in two digits, in three where two would make it certain."""
    return number(share, 2 if share < 0.99 else 3)


def _survival_verdict(r):
    weighed = (
        "Survival is evidence, and weaker than it feels."
        if r["likelihood_ratio_to_1pct"] < CLEAR
        else "So many years speak clearly against so high a risk; for the reasons given they say nothing."
    )
    return (
        f"A regime with a yearly risk of {_in_100(r['hazard'])} lasts {counted(r['years'], 'year')} with a chance of "
        f"{chance(r['probability'])}; a risk of 1 in 100 explains that {number(r['likelihood_ratio_to_1pct'])} times as "
        f"well. {weighed}"
    )


SURVIVAL = Model(
    key="crisis.survival",
    question="What does the regime's survival say about how fragile it was?",
    claims=("S2P1-c",),
    quantities=(q.HAZARD, q.YEARS),
    run=lambda hazard, years: {
        "probability": (1 - hazard) ** years,
        "likelihood_ratio_to_1pct": ((1 - REFERENCE) / (1 - hazard)) ** years,
    },
    outputs=(
        Output("probability", "chance of lasting so long", "probability"),
        Output("likelihood_ratio_to_1pct", "how much better a risk of 1 in 100 explains it", "times"),
    ),
    formula="probability = (1 − hazard) ^ years; ratio = (0.99 ÷ (1 − hazard)) ^ years",
    leaves_out="A hazard that changes with age, famine or succession; what kept the regime; whether the reasons given were right.",
    check=refused_where(
        lambda v: v["hazard"] == 1,
        "a regime that ends within the year for certain has lasted no year; hazard needs a share below 1.",
    ),
    verdict=_survival_verdict,
)


COMPARISON = Model(
    key="crisis.comparison",
    question="How like East Germany in 1989 was North Korea in 2002?",
    claims=("S2P4-a", "S2P4-c", "S2P4-d", "S2P4-e", "S2P4-f", "S2P4-g", "S2P6-c"),
    quantities=tuple(x for pair in zip(q.MATCHES, q.WEIGHTS, strict=True) for x in pair),
    run=lambda **given: {
        "similarity": sum(given[w.key] * given[m.key] for w, m in zip(q.WEIGHTS, q.MATCHES, strict=True))
        / sum(given[w.key] for w in q.WEIGHTS)
    },
    outputs=(Output("similarity", "share of the weight on which the two are alike", "share"),),
    findings=(
        Finding(
            "S2P4-d",
            "the two are unlike on at least half of the weight",
            "neighbours",
            lambda out, v: 0.5 - out["similarity"],
            differs="the report calls them “basically different” (S2P4.3); a table has no line for basically, and the half is ours",
        ),
    ),
    formula="similarity = Σ weight × match ÷ Σ weight over nine dimensions; structured comparison, dimensions and scores ours",
    leaves_out="Dimensions nobody thought of, and dimensions that matter only together. Two cases can be unlike in most things and "
    "alike in the one that decides.",
    check=refused_where(
        lambda v: sum(v[w.key] for w in q.WEIGHTS) == 0, "the nine weights are all 0, so there is nothing to compare."
    ),
    verdict=lambda r: (
        f"With these scores the two are alike on {number(100 * r['similarity'], 2)} in 100 parts of the weight. The scores are ours and yours "
        "to change; unlike is not the same as safe from the same end."
    ),
)

MODELS = (CASCADE, DRAIN, CROWD, SURVIVAL, COMPARISON)

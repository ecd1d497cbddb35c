"""Recognition first or rights first: a hold-up between states, and the patience that keeps a bargain."""

from __future__ import annotations

import numpy as np

from suh2002.dialogue import quantities as q
from tumen.core import Finding, Model, Output
from tumen.core.words import number


def trust_after(trust, kept, votes, gain, loss):
    """Trust after years of promises kept and then votes taken; shares and counts, which broadcast.

    Each year restores a part of what is missing, each vote takes a part of what is there.
    """
    return (trust + (1 - trust) * (1 - (1 - gain) ** kept)) * (1 - loss) ** votes


def _holdup(prize, flow, patience, trust, cost, kept, votes, gain, loss):
    """The largest demand each way can carry, where a demand m costs cost × m²."""
    future = flow / (1 - patience)  # all years of relations, this one counted in full
    ahead = patience * future  # what is lost from next year on if relations end
    whole = prize + future
    believed = trust_after(trust, q.COUNTS[kept], q.COUNTS[votes], gain, loss)
    return {
        "engage": np.sqrt(ahead / cost),
        "linkage": np.sqrt(believed * whole / cost),
        "trust_needed": ahead / whole,
    }


def believed(r) -> float:
    """Trust in a result of the hold-up as it stands after what was kept and voted."""
    return trust_after(r["trust"], q.COUNTS[r["kept"]], q.COUNTS[r["votes"]], r["gain"], r["loss"])


def _holdup_trouble(v):
    if np.any(v["patience"] == 1):
        return "if next year counts as much as this one all future is worth too much to add up; patience needs a share below 1."
    if np.any((v["prize"] == 0) & (v["flow"] == 0)):
        return "with neither a prize nor a flow there is nothing to offer either way."
    return None


def _holdup_verdict(r):
    first, linked = r["engage"], r["linkage"]
    more = "recognition first" if first > linked else "rights first"
    said = "both ways carry the same demand" if np.isclose(first, linked) else f"{more} carries the larger demand"
    return (
        f"Recognition first can carry a demand of {number(first)}, rights first one of {number(linked)}: {said}. "
        f"The two are equal at a trust of {number(r['trust_needed'], 2)}; here it is {number(believed(r), 2)}. "
        "So in this model the question is whether the promise is believed."
    )


HOLDUP = Model(
    key="dialogue.holdup",
    question="Does recognition first or rights first carry the larger demand?",
    claims=("S3P3-f", "S3P4-e", "S3P4-f", "S3P4-g", "S3P4-h"),
    quantities=(q.PRIZE, q.FLOW, q.PATIENCE, q.TRUST, q.COST, q.KEPT, q.VOTES, q.GAIN, q.LOSS),
    run=_holdup,
    outputs=(
        Output("engage", "largest demand that recognition first can carry", "steps"),
        Output("linkage", "largest demand that rights first can carry", "steps"),
        Output("trust_needed", "trust at which the two are equal", "probability"),
    ),
    findings=(
        Finding(
            "S3P3-f",
            "recognition first carries at least as large a demand as rights first",
            "neighbours",
            lambda out, v: out["engage"] - out["linkage"],
            differs="the sentence says that only inter-Korean reconciliation can resolve the rights question; the model asks which of two ways "
            "to ask carries the larger demand, and a demand met is no resolution",
        ),
        Finding(
            "S3P4-g",
            "ties and aid give the European Union a hearing",
            "illustrates",
            differs="the sentence says why people pay attention when the Union speaks; the model asks how large a demand ties could carry, and "
            "to be heard is not to be heeded",
        ),
    ),
    formula="recognition first: √(patience × flow ÷ ((1 − patience) × cost)), only the future flow can still be held back; "
    "rights first: √(trust × (prize + flow ÷ (1 − patience)) ÷ cost); a demand m costs cost × m²; a hold-up in a repeated "
    "game, set up by us",
    leaves_out="Steps a regime refuses at any price; what public pressure gains by itself, as after the UN inquiry of 2014; the "
    "nuclear question; politics at home on every side; who is held to have broken a promise. Asking for more than rights "
    "first can carry yields nothing.",
    check=_holdup_trouble,
    verdict=_holdup_verdict,
)


def _trigger_trouble(v):
    if np.any(v["temptation"] < v["reward"]):
        return "temptation needs to be at least the reward, or there is no reason to break the bargain."
    if np.any(v["reward"] <= v["punishment"]):
        return "the reward needs to be above the punishment, or there is no reason to keep the bargain."
    return None


TRIGGER = Model(
    key="dialogue.trigger",
    question="How patient must both sides be for a bargain to hold itself?",
    claims=("S3P4-g", "S3P4-h"),
    quantities=(q.TEMPTATION, q.REWARD, q.PUNISHMENT),
    run=lambda temptation, reward, punishment: {"patience_needed": (temptation - reward) / (temptation - punishment)},
    outputs=(Output("patience_needed", "least weight of the next round that keeps the bargain", "share"),),
    formula="patience = (temptation − reward) ÷ (temptation − punishment); grim trigger in the repeated prisoner's dilemma",
    leaves_out="Errors and misread signals, bargains mended after a breach, more than two sides, rounds that differ.",
    check=_trigger_trouble,
    verdict=lambda r: (
        f"The bargain holds if the next round counts for at least {number(r['patience_needed'], 2)} of this one to both sides: "
        "what can be lost later keeps it, not goodwill."
    ),
)

MODELS = (HOLDUP, TRIGGER)

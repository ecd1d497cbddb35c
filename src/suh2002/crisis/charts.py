"""The pictures of the crisis theme by the key of what they draw; survival, and the comparison of two cases."""

from __future__ import annotations

import numpy as np

from suh2002.crisis import charts_crowds as crowds
from suh2002.crisis import charts_evidence as evidence
from suh2002.crisis import curves, models
from tumen.charts.axis import Axis, Names, swept
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.note import Note
from tumen.charts.style import ASIDE, BASIS, QUIET
from tumen.core import once
from tumen.core.words import counted, number

# --- survival ----------------------------------------------------------------------------------------


@once
def _lasting(result) -> float:
    """The chance of lasting so long under the hazard that every other is held against."""
    return result.where(hazard=models.REFERENCE)["probability"]


def _stems(result, _axis):
    """An upright to the chance of lasting under that hazard, and one under yours."""
    at, tops = (models.REFERENCE, result["hazard"]), (_lasting(result), result["probability"])
    return np.repeat(at, 2), (0, tops[0], 0, tops[1]), ("theirs", "theirs", "yours", "yours")


SURVIVAL = declared(
    models.SURVIVAL,
    "How likely so many years are under each yearly hazard",
    Axis("chance that the regime ends in a year", 0, 0.2, follows=("hazard",), form=".0%", grid=False),
    Axis("chance of lasting all the years", 0, 1, form=".0%"),
    Line(
        "line",
        swept("hazard", "probability"),
        "the chance of lasting all the years if every year carries the same risk",
        width=3,
    ),
    Line("stems", _stems, width=3, color=BASIS["assumption"], begins=False, pieces=True),
    Dot("here", "hazard", "probability", "{hazard:%} in 100 a year: {chance}", "your risk, with its stem"),
    Dot(
        "reference",
        models.REFERENCE,
        _lasting,
        lambda r: f"1 in 100 a year: {models.chance(_lasting(r))}",
        "a risk of 1 in 100, with its stem",
        size=90,
        **ASIDE,
    ),
    Note("ratio", "1 in 100 explains {span} {likelihood_ratio_to_1pct} times as well"),
    Note("why", "the ratio of the two stems", color=QUIET, letters=12),
    guess={"probability": "y"},
    also={
        "lasting": _lasting,
        "span": lambda r: counted(r["years"], "year"),
        "chance": lambda r: models.chance(r["probability"]),
    },
    words="The chance of lasting {span}, against the chance of ending in any one of them. At {hazard:%} in 100 a year it is "
    "{probability} (starting case {start.probability}); at 1 in 100 it is {lasting}, {likelihood_ratio_to_1pct} times as much.",
    note="How much taller one stem is than the other is what survival says between them. All numbers are ours but the years.",
    numbers="",
    size=(560, 360),
)

# --- East Germany beside North Korea ---------------------------------------------------------------------

TOTAL = "all nine together"


def _weights(result):
    """The weight of each dimension as a bar that begins where what is alike above it ended, with its score."""
    return [
        (begin, min(1.0, begin + share), name, score if share > 0 else f"{score}, no weight")
        for name, score, share, _, begin in curves.shares_of_weight(result)
    ]


def _alike(result):
    """The part of each weight that counts as alike."""
    return [(begin, begin + part, name, "") for name, *_, part, begin in curves.shares_of_weight(result) if part > 0]


BAR = {"bar": True, "size": 16}
COMPARISON = declared(
    models.COMPARISON,
    "East Germany in 1989 and North Korea in 2002, dimension by dimension",
    Axis(
        "share of the weight on which the two are alike, added up from the top",
        0,
        1,
        form=".0%",
        ticks=(0, 0.25, 0.5, 0.75, 1),
    ),
    Names(lambda r: [*(name for name, *_ in curves.shares_of_weight(r)), TOTAL]),
    Rule("half", "half: the finding on S2P4-d turns", x=0.5, dash=(4, 3)),
    Each("weight", _weights, filled=False, **BAR),
    Each("alike", _alike, label=False, **BAR),
    Each("total", lambda r: [(0, r["similarity"], TOTAL, "{similarity:2%} in 100")], begins=True, letters=13, **BAR),
    guess={"similarity": "x"},
    known=("name", "half"),
    also={
        "each": lambda r: "; ".join(
            f"{name}: {score}, weight {number(100 * share, 2)} in 100"
            for name, score, share, *_ in curves.shares_of_weight(r)
        )
    },
    words="East Germany in 1989 beside North Korea in 2002 on nine dimensions. {each}. Together they are alike on a share of {similarity} "
    "of the weight (starting case {start.similarity}).",
    note="Each frame is the weight of a dimension, the filled part how much of it counts as alike; every bar starts where the one above "
    "ended, and the last is their sum. Dimensions, scores and weights are ours; the reason for each score stands in the table.",
    numbers="",
    size=(430, 340),
)


PICTURES = {
    "crisis.cascade": crowds.CASCADE,
    "crisis.drain": crowds.DRAIN,
    "crisis.crowd": crowds.CROWD,
    "crisis.survival": SURVIVAL,
    "crisis.comparison": COMPARISON,
    "crisis.hardship": evidence.HARDSHIP,
    "crisis.motives": evidence.MOTIVES,
    "crisis.autumn": evidence.AUTUMN,
    "crisis.two_cases": evidence.TWO_CASES,
}

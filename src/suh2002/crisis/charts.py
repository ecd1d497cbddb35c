"""The pictures of the crisis theme, by the key of what they draw."""

from suh2002.crisis import charts_cases as cases
from suh2002.crisis import charts_crowds as crowds
from suh2002.crisis import charts_evidence as evidence
from suh2002.crisis import charts_hundred as hundred
from suh2002.crisis import charts_scores as scores

PICTURES = {
    "crisis.cascade": crowds.CASCADE,
    "crisis.drain": crowds.DRAIN,
    "crisis.crowd": hundred.CROWD,
    "crisis.survival": scores.SURVIVAL,
    "crisis.comparison": scores.COMPARISON,
    "crisis.hardship": evidence.HARDSHIP,
    "crisis.motives": evidence.MOTIVES,
    "crisis.autumn": cases.AUTUMN,
    "crisis.two_cases": cases.TWO_CASES,
}

"""Counting a hidden population (section 2, paragraphs 2 and 3 of the report)."""

from suh2002.counting.curves import SHAPES
from suh2002.counting.exhibits import ESTIMATES, ESTIMATES_SINCE, WOMEN_AND_CHILDREN
from suh2002.counting.models import CEILING, MODELS, MULTIPLIER, POOL, QUIET, RATIO, RECAPTURE, STOCK

ratio, ceiling, stock, quiet = RATIO, CEILING, STOCK, QUIET
pool, multiplier, recapture = POOL, MULTIPLIER, RECAPTURE
estimates, estimates_since, women_and_children, shapes = ESTIMATES, ESTIMATES_SINCE, WOMEN_AND_CHILDREN, SHAPES
EXHIBITS = (ESTIMATES, ESTIMATES_SINCE, WOMEN_AND_CHILDREN, SHAPES)

__all__ = [
    "EXHIBITS",
    "MODELS",
    "ceiling",
    "estimates",
    "estimates_since",
    "multiplier",
    "pool",
    "quiet",
    "ratio",
    "recapture",
    "shapes",
    "stock",
    "women_and_children",
]

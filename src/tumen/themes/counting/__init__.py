"""Counting a hidden population (section 2, paragraphs 2 and 3 of the report)."""

from tumen.themes.counting.exhibits import ESTIMATES, ESTIMATES_SINCE
from tumen.themes.counting.models import CEILING, MODELS, MULTIPLIER, POOL, QUIET, RATIO, RECAPTURE, STOCK
from tumen.themes.counting.study import SHAPES

ratio, ceiling, stock, quiet = RATIO, CEILING, STOCK, QUIET
pool, multiplier, recapture = POOL, MULTIPLIER, RECAPTURE
estimates, estimates_since, shapes = ESTIMATES, ESTIMATES_SINCE, SHAPES
EXHIBITS = (ESTIMATES, ESTIMATES_SINCE, SHAPES)

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
]

"""Counting a hidden population (section 2, paragraphs 2 and 3 of the report)."""

from tumen.themes.counting.exhibits import ESTIMATES, ESTIMATES_SINCE, EXHIBITS
from tumen.themes.counting.models import CEILING, MODELS, MULTIPLIER, POOL, QUIET, RATIO, RECAPTURE, STOCK

ratio, ceiling, stock, quiet = RATIO, CEILING, STOCK, QUIET
pool, multiplier, recapture = POOL, MULTIPLIER, RECAPTURE
estimates, estimates_since = ESTIMATES, ESTIMATES_SINCE

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
    "stock",
]

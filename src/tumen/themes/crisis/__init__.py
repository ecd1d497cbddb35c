"""Regime crisis or hardship (section 2, paragraphs 1 and 4 to 6 of the report)."""

from tumen.themes.crisis.models import CASCADE, COMPARISON, CROWD, DRAIN, MODELS, SURVIVAL
from tumen.themes.crisis.quantities import EXITS

cascade, drain, crowd, survival, comparison = CASCADE, DRAIN, CROWD, SURVIVAL, COMPARISON
exits = EXITS
EXHIBITS = ()

__all__ = ["EXHIBITS", "MODELS", "cascade", "comparison", "crowd", "drain", "exits", "survival"]

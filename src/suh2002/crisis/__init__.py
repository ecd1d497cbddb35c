"""Regime crisis or hardship (section 2, paragraphs 1 and 4 to 6 of the report)."""

from suh2002.crisis.exhibits import AUTUMN, EXHIBITS, HARDSHIP, MOTIVES, TWO_CASES
from suh2002.crisis.models import CASCADE, COMPARISON, CROWD, DRAIN, MODELS, SURVIVAL
from suh2002.crisis.quantities import EXITS, MATCHES

cascade, drain, crowd, survival, comparison = CASCADE, DRAIN, CROWD, SURVIVAL, COMPARISON
hardship, motives, autumn, two_cases = HARDSHIP, MOTIVES, AUTUMN, TWO_CASES
exits = EXITS
# the controls that fit beside the picture: every score, and the weights that readers differ over most
to_score = (*(m.key for m in MATCHES), "weight_army_control", "weight_exit_visibility", "weight_rival_state")

__all__ = [
    "EXHIBITS",
    "MODELS",
    "autumn",
    "cascade",
    "comparison",
    "crowd",
    "drain",
    "exits",
    "hardship",
    "motives",
    "survival",
    "to_score",
    "two_cases",
]

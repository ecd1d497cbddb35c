"""Refugee status and China's four choices (section 1 of the report)."""

from suh2002.choice.exhibits import EXHIBITS, LEGAL_PATH, PRACTICE, PRACTICE_SINCE, PRECEDENTS
from suh2002.choice.models import MODELS, SWITCH, TABLE, WEIGHTS

table, weights, switch = TABLE, WEIGHTS, SWITCH
legal_path, precedents = LEGAL_PATH, PRECEDENTS
practice, practice_since = PRACTICE, PRACTICE_SINCE

__all__ = [
    "EXHIBITS",
    "MODELS",
    "legal_path",
    "practice",
    "practice_since",
    "precedents",
    "switch",
    "table",
    "weights",
]

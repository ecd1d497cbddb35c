"""Refugee status and China's four choices (section 1 of the report)."""

from tumen.themes.choice.models import MODELS, SWITCH, TABLE, WEIGHTS

table, weights, switch = TABLE, WEIGHTS, SWITCH
EXHIBITS = ()

__all__ = ["EXHIBITS", "MODELS", "switch", "table", "weights"]

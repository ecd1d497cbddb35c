"""Aid, enforcement and flows (section 3, paragraphs 1 and 2 of the report)."""

from tumen.themes.flows.models import HISTORY, MODELS, REPRODUCTION, RULE

EXHIBITS = ()
history, reproduction, rule = HISTORY, REPRODUCTION, RULE

__all__ = ["EXHIBITS", "MODELS", "history", "reproduction", "rule"]

"""Recognition and the human-rights dialogue (section 3, paragraphs 3 to 5 of the report)."""

from tumen.themes.dialogue.models import HOLDUP, MODELS, TRIGGER
from tumen.themes.dialogue.quantities import PARTIES

holdup, trigger, parties = HOLDUP, TRIGGER, PARTIES
EXHIBITS = ()

__all__ = ["EXHIBITS", "MODELS", "holdup", "parties", "trigger"]

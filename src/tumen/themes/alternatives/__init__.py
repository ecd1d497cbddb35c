"""Is there an alternative? (section 3, paragraphs 1 and 5 of the report)."""

from tumen.themes.alternatives.models import MODELS, REGRET, ROBUST
from tumen.themes.alternatives.studies import ALONG, BOX, LEAD, LEARNING, STUDIES

EXHIBITS = STUDIES
robust, regret = ROBUST, REGRET
along, box, lead, learning = ALONG, BOX, LEAD, LEARNING

__all__ = ["EXHIBITS", "MODELS", "along", "box", "lead", "learning", "regret", "robust"]

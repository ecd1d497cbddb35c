"""Is there an alternative? (section 3, paragraphs 1 and 5 of the report)."""

from suh2002.alternatives.models import MODELS, REGRET, ROBUST
from suh2002.alternatives.studies import ALONG, BOX, BY_REGRET, LEAD, LEARNING, STUDIES

EXHIBITS = STUDIES
robust, regret = ROBUST, REGRET
by_regret, along, box, lead, learning = BY_REGRET, ALONG, BOX, LEAD, LEARNING

__all__ = ["EXHIBITS", "MODELS", "along", "box", "by_regret", "lead", "learning", "regret", "robust"]

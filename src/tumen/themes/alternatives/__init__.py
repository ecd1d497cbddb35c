"""Is there an alternative? (section 3, paragraph 1 of the report)."""

from tumen.themes.alternatives.models import MODELS, REGRET, ROBUST

EXHIBITS = ()
robust, regret = ROBUST, REGRET

__all__ = ["EXHIBITS", "MODELS", "regret", "robust"]

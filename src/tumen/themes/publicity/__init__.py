"""Rescue in public: entries, crackdowns and campaigns (section 3, paragraph 3 of the report)."""

from tumen.themes.publicity.models import CAMPAIGN, ENTRY, MODELS

entry, campaign = ENTRY, CAMPAIGN
EXHIBITS = ()

__all__ = ["EXHIBITS", "MODELS", "campaign", "entry"]

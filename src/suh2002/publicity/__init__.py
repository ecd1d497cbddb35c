"""Rescue in public: entries, crackdowns and campaigns (section 3, paragraph 3 of the report)."""

from suh2002.publicity.exhibits import CHRONICLE, ENTRIES, ENTRIES_SINCE, EXHIBITS, YEARLY
from suh2002.publicity.models import CAMPAIGN, ENTRY, MODELS

entry, campaign = ENTRY, CAMPAIGN
entries, entries_since, chronicle, returns = ENTRIES, ENTRIES_SINCE, CHRONICLE, YEARLY

__all__ = ["EXHIBITS", "MODELS", "campaign", "chronicle", "entries", "entries_since", "entry", "returns"]

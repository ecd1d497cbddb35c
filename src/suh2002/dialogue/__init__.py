"""Recognition and the human-rights dialogue (section 3, paragraphs 3 to 5 of the report)."""

from suh2002.dialogue.curves import PARTNERS, TRUST_PATH
from suh2002.dialogue.exhibits import CALENDAR, CLIMATE, RECOGNITION, SPRING
from suh2002.dialogue.models import HOLDUP, MODELS, TRIGGER
from suh2002.dialogue.quantities import PARTIES

holdup, trigger, parties = HOLDUP, TRIGGER, PARTIES
recognition, calendar, spring, climate = RECOGNITION, CALENDAR, SPRING, CLIMATE
partners, trust = PARTNERS, TRUST_PATH
EXHIBITS = (RECOGNITION, PARTNERS, CALENDAR, TRUST_PATH, SPRING, CLIMATE)

__all__ = [
    "EXHIBITS",
    "MODELS",
    "calendar",
    "climate",
    "holdup",
    "parties",
    "partners",
    "recognition",
    "spring",
    "trigger",
    "trust",
]

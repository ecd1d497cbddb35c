"""The pictures of the dialogue theme, by the key of what they draw."""

from suh2002.dialogue import charts_calendar as calendar
from suh2002.dialogue import charts_events as events
from suh2002.dialogue import charts_game as game
from suh2002.dialogue import charts_ties as ties
from suh2002.dialogue import charts_trust as trust

PICTURES = {
    "dialogue.holdup": game.HOLDUP,
    "dialogue.trigger": game.TRIGGER,
    "dialogue.recognition": ties.RECOGNITION,
    "dialogue.calendar": calendar.CALENDAR,
    "dialogue.partners": trust.PARTNERS,
    "dialogue.trust": trust.TRUST,
    "dialogue.spring": events.SPRING,
    "dialogue.climate": events.CLIMATE,
}

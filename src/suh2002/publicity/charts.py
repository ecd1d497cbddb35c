"""The pictures of the publicity theme, by the key of what they draw."""

from suh2002.publicity import charts_campaign as campaign
from suh2002.publicity import charts_cases as cases
from suh2002.publicity import charts_chronicle as chronicle
from suh2002.publicity import charts_entry as entry

PICTURES = {
    "publicity.entry": entry.ENTRY,
    "publicity.campaign": campaign.CAMPAIGN,
    "publicity.entries": cases.ENTRIES,
    "publicity.entries_since": cases.ENTRIES_SINCE,
    "publicity.returns": cases.RETURNS,
    "publicity.chronicle": chronicle.CHRONICLE,
}

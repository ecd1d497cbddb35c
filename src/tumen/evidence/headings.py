"""The plain words that head a column wherever a table is shown to a reader; the files keep their short names."""

from __future__ import annotations

from tumen.core.home import home
from tumen.core.words import exact

HEADINGS = {
    "central": "single figure",
    "chain": "part of the argument",
    "covers": "area covered",
    "definition": "what is counted",
    "design": "who was asked, and where",
    "fieldwork": "when asked",
    "high": "at most",
    "id": "row",
    "indicator": "answer",
    "known": "how we know",
    "label": "event",
    "lane": "kind of event",
    "low": "at least",
    "n": "people asked",
    "place": "where",
    "public": "in print since",
    "published": "printed in",
    "reference_year": "for the year",
    "rows": "rows of our tables",
    "source_org": "source",
    "source_year": "printed in",
    "trust": "our trust in it",
    "verified": "how we know",
    "who_type": "kind of speaker",
}
HOW_WE_KNOW = {"seen": "read", "recalled": "from memory"}
YEARS = ("year", "reference_year", "published", "source_year", "public", "date", "when", "start of")  # written bare


def heading(column: str) -> str:
    """The words over a column: the brief's own, else ours; a name that is plain already stands as it is.

    >>> heading("source_org"), heading("so far")
    ('source', 'so far')
    """
    return home().meta.headings.get(column) or HEADINGS.get(column, column)


def cell(column: str, value) -> str:
    """A value as a reader meets it: counts with their thousands separated and never rounded, years bare.

    >>> cell("total", 5439), cell("year", 1998), cell("verified", "recalled"), cell("low", None)
    ('5,439', '1998', 'from memory', '')
    """
    if value is None:
        return ""
    if column == "verified":
        return HOW_WE_KNOW.get(value, str(value))
    if isinstance(value, bool) or not isinstance(value, (int, float)) or column in YEARS:
        return str(value)
    return exact(value)

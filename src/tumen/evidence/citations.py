"""What a sentence of the ledger draws on, and whether that was in print by a date."""

from __future__ import annotations

import datetime as dt
import json
import re

from tumen.core import Problem
from tumen.core.files import shipped
from tumen.evidence.dates import span_of

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATED = re.compile(
    r"(?:\b(?P<day>\d{1,2}) )?(?:\b(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* )?\b(?P<year>(?:19|20)\d\d)\b"
)


def known_by(text: str | None, date: dt.date, works: list[tuple[str, str]]) -> bool:
    """Whether all a text cites, and every date it names, lies on or before a day.

    `works` are the cited works (see `cited_works`). A work counts from the last day its date of issue can
    mean, so one dated 2015 is not known in May 2015; so does a date in the text.
    """
    text = text or ""
    for phrase, issued in works:
        if phrase in text:
            if _last_day(issued) > date:
                return False
            text = text.replace(phrase, "")
    return all(_last_day(_iso(found)) <= date for found in DATED.finditer(text))


def parts_known_by(text: str, date: dt.date, works: list[tuple[str, str]]) -> str:
    """A list parted by semicolons without the items that were not there by a day."""
    return "; ".join(part for part in (p.strip() for p in text.split(";")) if known_by(part, date, works))


def _iso(found: re.Match) -> str:
    month = found["month"]
    if not month:
        return found["year"]
    number = MONTHS.index(month.lower()) + 1
    return f"{found['year']}-{number:02d}" + (f"-{int(found['day']):02d}" if found["day"] else "")


def _last_day(iso: str) -> dt.date:
    try:
        return span_of(iso)[1]
    except ValueError:  # such as 31 June: the year alone is sure
        return span_of(iso[:4])[1]


def cited_works() -> list[tuple[str, str]]:
    """Each phrase by which the ledger cites a work with the work's date of issue (ISO), longest phrase first.

    Raises `Problem` where the file of references cannot be read.
    """
    try:
        references = json.loads((shipped("data") / "references.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Problem("Tumen's data/references.json cannot be read; install Tumen again.") from None
    found = []
    for work in references:
        parts = work.get("issued", {}).get("date-parts", [[]])[0]
        if parts:
            issued = "-".join(f"{int(part):02d}" for part in parts)
            found += [(phrase, issued) for phrase in work.get("custom", {}).get("cited_as", ())]
    return sorted(found, key=lambda pair: -len(pair[0]))

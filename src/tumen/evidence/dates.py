"""Dates of evidence: what an incomplete date can mean, and how a date is read and said."""

from __future__ import annotations

import calendar
import datetime as dt

from tumen.core.case import as_day
from tumen.core.home import home

MONTHS, MONTHS_IN_FULL = tuple(calendar.month_abbr)[1:], tuple(calendar.month_name)[1:]
WRITTEN = "written"  # an `as_of` that stands for the day the report was written


def as_date(value: dt.date | str | None) -> dt.date | None:
    """An `as_of` given as a date, as ISO text or as `written`; raises `Problem` where it is none of these."""
    return home().meta.date if value == WRITTEN else as_day(value)


def public_span(text: str | None) -> tuple[dt.date, dt.date] | None:
    """First and last day an incomplete date can mean; None for an empty one, `ValueError` for no date."""
    return span_of(text) if text else None


def span_of(text: str) -> tuple[dt.date, dt.date]:
    """First and last day an incomplete date can mean; raises `ValueError` for no date.

    2015-02 means 1 to 28 February 2015, and 2015 any day of that year.
    """
    year, *rest = (int(part) for part in text.split("-")[:3])
    if 0 in rest:
        raise ValueError("a month and a day are counted from 1")
    month, day = (*rest, 0, 0)[:2]
    first = dt.date(year, month or 1, day or 1)
    end = month or 12
    return first, dt.date(year, end, day or calendar.monthrange(year, end)[1])


def said_of() -> dict[str, str]:
    """What a page says of the report at its foot: author, title, publisher, date and subject."""
    meta = home().meta
    return {
        "author": meta.author,
        "title": meta.title,
        "publisher": meta.publisher,
        "date": say(meta.date),
        "subject": meta.subject,
    }


def say(date: dt.date) -> str:
    """A date as it is written in a note.

    >>> say(dt.date(2024, 5, 31))
    '31 May 2024'
    """
    return f"{date.day} {date:%B %Y}"


def short(date: str, year: bool = True) -> str:
    """A date of a row as closely as the row has it, with or without its year.

    >>> short("2024-05-31"), short("2024-05"), short("2024-05-31", year=False)
    ('31 May 2024', 'May 2024', '31 May')
    """
    of, month, day = [*date.split("-"), "", ""][:3]
    return " ".join(p for p in (day.lstrip("0"), month and MONTHS[int(month) - 1], of if year else "") if p)

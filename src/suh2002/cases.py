"""How long a dated case took, in words, with how many of the people the days hold for."""

from __future__ import annotations

from tumen.core.words import number


def days(row: dict) -> str:
    """The days from entry to leaving China of a row of `incidents`: “up to” where not all had entered on the first day.

    >>> days({"days_entry_to_leaving_china": 31, "people": 24, "people_in_by_then": 1})
    'up to 31 days'
    """
    n = row["days_entry_to_leaving_china"]
    longest = "up to " if row.get("people_in_by_then") else ""
    return f"{longest}{number(n)} day{'' if n == 1 else 's'}"


def out_of(row: dict) -> str:
    """How many of those who entered the days are of, where not all had left by then: “5 of 29”; else all who entered.

    >>> out_of({"people": 29, "people_out_by_then": 5}), out_of({"people": 2, "people_out_by_then": None})
    ('5 of 29', '2')
    """
    left = row.get("people_out_by_then")
    return f"{number(left)} of {number(row['people'])}" if left else number(row["people"])

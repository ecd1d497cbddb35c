"""Dates and counts of one event agree wherever it is told, in tables and in prose, with the rows it is keyed to."""

import re
import tomllib
from pathlib import Path

import pytest
from words import files, passages

from tumen.evidence.tables import table

EVENTS = tomllib.loads((Path(__file__).parent / "events.toml").read_text(encoding="utf-8"))["event"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DATE = re.compile(rf"\b(\d{{1,2}})(?:(?: to |[–-])(\d{{1,2}}))? ({'|'.join(m[:3] for m in MONTHS)})[a-z]* (\d{{4}})\b")
ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
NUMBERS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
]
PEOPLE = "people|persons|men|women|adults|children|girls|North Koreans|asylum seekers"
COUNT = re.compile(rf"\b(?!(?:19|20)\d\d\b)(\d[\d,]*|{'|'.join(NUMBERS)}) (?:\w+ )?(?:{PEOPLE})\b", re.IGNORECASE)
TOLD = [
    f
    for f in files()
    if f.parts[0] in ("data", "workbooks", "src") and f.suffix in (".csv", ".ipynb", ".toml", ".md", ".py")
]


def rows_of(event):
    return [table(name).row(id) for name, _, id in (ref.partition(":") for ref in event["rows"])]


def number(text):
    text = text.lower().replace(",", "")
    return NUMBERS.index(text) + 2 if text in NUMBERS else int(text)


def dates(text):
    """Every full date of a text as (year, month, day); a span of days gives both ends."""
    out = [tuple(map(int, found)) for found in ISO.findall(text)]
    for first, last, month, year in DATE.findall(text):
        out += [(int(year), 1 + [m[:3] for m in MONTHS].index(month), int(day)) for day in (first, last) if day]
    return out


def counts(text):
    return {number(found) for found in COUNT.findall(text)}


def known(event):
    """The dates and the counts that the event's rows give, in their cells or in the words of their cells."""
    cells = [str(v) for r in rows_of(event) for v in r.values() if v is not None]
    told = {d for cell in cells for d in dates(cell)}
    people = {int(r["people"]) for r in rows_of(event) if r.get("people")}
    words = " ".join(cells)
    people |= {number(n) for n in re.findall(rf"\b(\d{{1,3}}|{'|'.join(NUMBERS)})\b", words, re.IGNORECASE)}
    return told, people


def of_one_event(text, event):
    """The sentences that tell of this event and of no other."""
    for sentence in re.split(r"(?<=[.;?!])\s+|\n|, (?=the |and then )", text):
        if re.search(event["mention"], sentence) and not any(
            re.search(other["mention"], sentence) for other in EVENTS if other is not event
        ):
            yield sentence


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e["name"])
def test_each_date_and_count_told_of_an_event_stands_in_its_rows(event):
    told, people = known(event)
    ids = {ref.partition(":")[2] for ref in event["rows"]}
    wrong = []
    for path in TOLD:
        for text in passages(path):
            for sentence in of_one_event(text, event):
                wrong += [(str(path), d, sentence[:120]) for d in dates(sentence) if d not in told]
                wrong += [(str(path), n, sentence[:120]) for n in counts(sentence) if n not in people]
    assert wrong == [], ids


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e["name"])
def test_the_rows_of_one_event_give_one_beginning(event):
    starts = {str(r.get("date") or r.get("date_entry") or "") for r in rows_of(event)}
    assert all(re.match(r"\d{4}", s) for s in starts)
    assert sum(bool(re.search(event["mention"], t)) for f in TOLD for t in passages(f)) >= 1


def test_dates_and_counts_are_read():
    assert dates("on 14 March 2002, 2002-03-18 and 26–28 Jul 2004") == [
        (2002, 3, 18),
        (2002, 3, 14),
        (2004, 7, 26),
        (2004, 7, 28),
    ]
    assert counts("Twelve women and 13 men, 25 asylum seekers") == {12, 13, 25}

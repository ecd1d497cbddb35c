"""Dates and counts of one event agree wherever it is told, in tables and in prose, with the rows it is keyed to."""

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest
from words import files, passages

from suh2002 import choice, publicity
from tumen.brief import picture
from tumen.evidence.tables import table
from tumen.site.parts import MONTHS as NAMED

REPORT = (2002, 5, 7)  # its date may stand beside any event
KEYED = tomllib.loads((Path(__file__).parent / "events.toml").read_text(encoding="utf-8"))
EVENTS, FACTS = KEYED["event"], KEYED["fact"]
MONTHS = NAMED[1:]  # the first stands for no month
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
DAYS = re.compile(rf"\b(\d+|one|{'|'.join(NUMBERS)}) days?\b(?! (?:after|later|before|earlier))", re.IGNORECASE)
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


def lasting(row):
    """The days of a row, each with the words that a sentence giving them must have."""
    for column in ("days_entry_to_leaving_china", "days_entry_to_seoul"):
        if row.get(column):
            needs = r"up to|longest|first" if row.get("people_in_by_then") else ""
            left = row.get("people_out_by_then")
            yield row[column], rf"\b({left}|{NUMBERS[left - 2]})\b" if left else needs


def disagrees(sentence, event):
    """What a sentence of an event says otherwise than its rows: dates, people, days, and the numbers of its own words."""
    told, people = known(event)
    wrong = [d for d in dates(sentence) if d not in {*told, REPORT}] + [n for n in counts(sentence) if n not in people]
    lasts = [pair for row in rows_of(event) for pair in lasting(row)]
    for found in DAYS.findall(sentence):
        days = 1 if found.lower() == "one" else number(found)
        if lasts and not any(days == d and re.search(needs, sentence) for d, needs in lasts):
            wrong.append(f"{days} days")
    for line in event.get("says", ()):
        name, id, column = line["cell"].split(":")
        for found in re.findall(line["words"], sentence):
            if (found.isdigit() or found.lower() in NUMBERS) and number(found) != table(name).row(id)[column]:
                wrong.append(found)
    return wrong


def of_pictures():
    """The words beside the pictures of entries and returns, as made from the tables now."""
    for theme in (choice, publicity):
        for e in theme.EXHIBITS:
            shown = picture(e.key).words(e.rows(lambda name, e=e: table(name, as_of=e.as_of)))
            yield f"the words of {e.key}", shown


def of_one_event(text, event):
    """The sentences that tell of this event and of no other."""
    for sentence in re.split(r"(?<=[.;?!])\s+|\n|, (?=the |and then )", text):
        if re.search(event["mention"], sentence) and not any(
            re.search(other["mention"], sentence) for other in EVENTS if other is not event
        ):
            yield sentence


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e["name"])
def test_each_date_and_number_told_of_an_event_stands_in_its_rows(event):
    told = [(str(path), text) for path in TOLD for text in passages(path)]
    wrong = [
        (where, found, sentence[:120])
        for where, text in [*told, *of_pictures()]
        for sentence in of_one_event(text, event)
        for found in disagrees(sentence, event)
    ]
    assert wrong == [], event["rows"]


@pytest.mark.parametrize(
    "sentence",
    [
        "1 September 2004, Japanese school, Beijing: 29 let leave, after 23 days",
        "Thirty entered the Japanese school on 2 September 2004",
        "23 May 2002, ROK embassy: 24 let leave, after 31 days",
        "The wait of 31 days was in Seoul's own missions",
        "Five entered Japan’s consulate in Shenyang, and Chinese police took two of them from inside",
        "On 8 May 2002 three people were seized at a consulate in Shenyang",
    ],
)
def test_a_version_of_its_own_is_found(sentence):
    assert any(disagrees(s, e) for e in EVENTS for s in of_one_event(sentence, e))


@pytest.mark.parametrize(
    "sentence",
    [
        "1 September 2004, Japanese school, Beijing: 5 of 29 let leave, after 23 days",
        "The longest wait, 31 days for the first of 24, was in Seoul's own missions",
        "In Shenyang Chinese police took all five away",
    ],
)
def test_what_the_rows_say_is_let_be(sentence):
    assert [disagrees(s, e) for e in EVENTS for s in of_one_event(sentence, e)] == [[]]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e["name"])
def test_the_rows_of_one_event_give_one_beginning(event):
    starts = {str(r.get("date") or r.get("date_entry") or "") for r in rows_of(event)}
    assert all(re.match(r"\d{4}", s) for s in starts)
    assert sum(bool(re.search(event["mention"], t)) for f in TOLD for t in passages(f)) >= 1


def cell(ref):
    name, id, column = ref.split(":")
    return table(name).row(id)[column]


def expected(fact):
    """The number that a fact's cells give: a count, a year, or the days between two dates."""
    if "since" in fact:
        first, last = (dt.date.fromisoformat(str(cell(fact[key]))) for key in ("since", "is"))
        return (last - first).days
    return int(str(cell(fact["is"]))[:4])


def told_of(fact, text):
    """Every number by which the sentences of a text tell the fact."""
    tells = fact["tells"].replace("{n}", rf"(\d{{1,3}}|{'|'.join(NUMBERS)})").replace("{y}", r"((?:19|20)\d\d)")
    for sentence in re.split(r"(?<=[.;?!])\s+|\n", text):
        if re.search(fact["mention"], sentence):
            for found in re.finditer(rf"\b(?:{tells})", sentence, re.IGNORECASE):
                yield number([g for g in found.groups() if g][-1])


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f["name"])
def test_each_telling_of_a_fact_gives_the_number_of_its_row(fact):
    is_so = expected(fact)
    told = [(str(path), n, text[:160]) for path in TOLD for text in passages(path) for n in told_of(fact, text)]
    assert told, "nobody tells it: the fact is not recognised any more"
    assert [t for t in told if t[1] != is_so] == []
    assert [n for n in told_of(fact, fact["wrong"]) if n != is_so], "a disagreement would not be found"


@pytest.mark.parametrize("name", ["timeline", "incidents"])
def test_a_row_that_counts_its_days_from_the_entry_counts_them_right(name):
    counted = rf"\b(\d+|{'|'.join(NUMBERS)}) days after the (?:entry|embassy|Spanish embassy)"
    start = dt.date.fromisoformat(str(cell("incidents:I06:date_entry")))
    wrong, seen = [], 0
    for r in table(name).rows:
        for found in re.findall(counted, " ".join(str(v) for v in r.values()), re.IGNORECASE):
            day, seen = dt.date.fromisoformat(str(r.get("date") or r.get("date_entry"))), seen + 1
            wrong += [(r["id"], found)] if (day - start).days != number(found) else []
    assert seen
    assert wrong == []


VOICE = re.compile(r"^- \*\*([^*]+)\*\*|^ {2}\"([^\"]+)\" = ", re.MULTILINE)


def test_no_camp_speaks_in_the_name_of_the_author_who_cannot_reply():
    told = [f for f in TOLD if f.parts[0] == "workbooks" and f.suffix in (".ipynb", ".toml")]
    voices = ["".join(m) for f in told for text in passages(f) for m in VOICE.findall(text)]
    assert voices
    assert [v for v in voices if re.search(r"\b(with|and) (the author|Suh)", v)] == []
    assert VOICE.findall("- **A camp, with the author:** so be it.") == [("A camp, with the author:", "")]


def test_dates_and_counts_are_read():
    assert dates("on 14 March 2002, 2002-03-18 and 26–28 Jul 2004") == [
        (2002, 3, 18),
        (2002, 3, 14),
        (2004, 7, 26),
        (2004, 7, 28),
    ]
    assert counts("Twelve women and 13 men, 25 asylum seekers") == {12, 13, 25}

"""What a sentence of the ledger draws on: nothing later leaks under an early date."""

import datetime as dt
import re

import pytest

from tumen.evidence.citations import cited_works, known_by, parts_known_by
from tumen.evidence.ledger import claim, claims

WORKS = cited_works()
REPORT = dt.date(2002, 5, 7)


@pytest.mark.parametrize(
    ("text", "date", "known"),
    [
        ("A counter with no date at all", REPORT, True),
        ("Trouble was reported in May 2000", REPORT, True),
        ("said on 7 May 2002", REPORT, True),
        ("said on 8 May 2002", REPORT, False),
        ("said in May 2002", REPORT, False),  # the month may mean its last day
        ("said in April 2002", REPORT, True),
        ("said in 2002", REPORT, False),
        ("from 1997-2003", REPORT, False),
        ("from 1998-99 on", REPORT, True),
        ("said in Sept 2001 and in 1989", REPORT, True),
        ("by 2025", dt.date(2024, 12, 31), False),
        ("by 2025", dt.date(2025, 12, 31), True),
        ("on 31 June 2002", dt.date(2002, 7, 1), False),  # no such day: the year alone is sure
        ("300,000 people and 2000 others", REPORT, True),
    ],
)
def test_dates_in_a_sentence(text, date, known):
    assert known_by(text, date, []) is known


def test_a_work_counts_from_the_last_day_its_date_of_issue_can_mean():
    works = [("HRW 2002", "2002-11"), ("HRW 2002; more", "2010"), ("Salon", "2002-03")]
    assert not known_by("as told (HRW 2002)", dt.date(2002, 11, 29), works[:1])
    assert known_by("as told (HRW 2002)", dt.date(2002, 11, 30), works[:1])
    assert known_by("cameras (Salon, no year)", REPORT, works)


def test_every_phrase_has_a_date_and_longer_phrases_come_first():
    assert len(WORKS) > 20
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", issued) for _, issued in WORKS)
    lengths = [len(phrase) for phrase, _ in WORKS]
    assert lengths == sorted(lengths, reverse=True)


def test_items_of_a_list_are_left_out_one_by_one():
    assert parts_known_by("treaty texts; COI 2014; protests of 1989", REPORT, []) == "treaty texts; protests of 1989"
    assert parts_known_by("arrivals 1998-2025", REPORT, []) == ""


@pytest.mark.parametrize("day", [REPORT, dt.date(2007, 6, 1), dt.date(2012, 1, 1), dt.date(2024, 1, 1)])
def test_no_later_year_stands_in_the_ledger_under_a_date(day):
    for c in claims(as_of=day):
        for text in (c.strongest_counter or "", c.linked_data, c.hidden_assumptions, c.what_to_vary, c.paraphrase):
            assert all(int(year) <= day.year for year in re.findall(r"\b(?:19|20)\d\d\b", text)), (c.id, text)


@pytest.mark.parametrize("id", ["S1P3-i", "S2P2-b", "S2P6-c", "S3P1-a", "S3P1-i", "S3P5-b", "S3P5-f", "S3P5-g"])
def test_objections_that_draw_on_what_came_later_are_withheld_in_may_2002(id):
    assert claim(id, as_of=REPORT).strongest_counter is None
    assert claim(id).strongest_counter


def test_objections_that_were_in_print_are_not_withheld():
    kept = [c for c in claims(as_of=REPORT) if c.strongest_counter]
    assert {"S1P1-b", "S2P2-e", "S2P3-d", "S2P3-g"} <= {c.id for c in kept}
    assert 30 < len(kept) < 60
    later = [c for c in claims(as_of="2012-01-01") if c.strongest_counter]
    assert {c.id for c in kept} < {c.id for c in later}
    assert all(c.strongest_counter for c in claims(as_of="2025-12-31"))

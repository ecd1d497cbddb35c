"""A number as people type it: read for its unit, said back where it is not plain, asked where it has two readings."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.core import Problem
from tumen.tasks import check, find_task
from tumen.tasks.numerals import read_numeral

PEOPLE, SHARE, RATE = "people", "a share from 0 to 1", "guests for every 1,000 hosts"


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1.94%", "per cent a year", 1.94), ("1.94 per cent", "per cent a year", 1.94), ("1.94 % a year", "per cent a year", 1.94),
        ("\N{MINUS SIGN}55 %", "per cent", -55), ("1/5", "per cent", 20), ("84 %", "of 100 cases", 84), ("84", "of 100 cases", 84),
        ("200 guests", RATE, 200), ("200 per 1,000", RATE, 200), ("200 for every 1000", RATE, 200),
        ("1/5", SHARE, 0.2), ("1 in 5", SHARE, 0.2), ("1 out of 5", SHARE, 0.2), ("20 %", SHARE, 0.2), ("0,2", SHARE, 0.2), (".2", SHARE, 0.2),
        ("9/22", "share", 9 / 22), ("0.200", SHARE, 0.2), ("1.368", "log points", 1.368), ("1.875", "points", 1.875),
        ("100k", PEOPLE, 100_000), ("1.5m", PEOPLE, 1_500_000), ("2 million", PEOPLE, 2_000_000), ("10만", PEOPLE, 100_000),
        ("18만 5천", PEOPLE, 185_000), ("18만5천명", PEOPLE, 185_000), ("1억", PEOPLE, 100_000_000), ("3천", PEOPLE, 3_000),
        ("185명", PEOPLE, 185), ("99,900 people", PEOPLE, 99_900), ("99 900", PEOPLE, 99_900), ("99\u202f900", PEOPLE, 99_900),
        ("99'900", PEOPLE, 99_900), ("99’900", PEOPLE, 99_900), ("about 100 000", PEOPLE, 100_000), ("~100,000", PEOPLE, 100_000),
        ("1.500.000", PEOPLE, 1_500_000), ("１８５", PEOPLE, 185), ("１，０４３", PEOPLE, 1_043), ("1e5", PEOPLE, 100_000), ("1.5", PEOPLE, 1.5),
        ("1억 2천만", PEOPLE, 120_000_000), ("3백만", PEOPLE, 3_000_000), ("1만 8천 500명", PEOPLE, 18_500), ("십팔만 오천", PEOPLE, 185_000),
        ("18萬", PEOPLE, 180_000), ("１８．５万人", PEOPLE, 185_000), ("1.8億", PEOPLE, 180_000_000), ("三千五百", PEOPLE, 3_500), ("12亿", PEOPLE, 1.2e9),
        ("18만 5천여 명", PEOPLE, 185_000), ("18만 명 정도", PEOPLE, 180_000), ("약 18만명", PEOPLE, 180_000), ("5분의 1", SHARE, 0.2),
        ("1.5 Mio.", PEOPLE, 1_500_000), ("150 Tsd.", PEOPLE, 150_000), ("2bn", PEOPLE, 2e9), ("1.85 lakh", PEOPLE, 185_000), ("1,85,000", PEOPLE, 185_000),
        ("100.000,00", PEOPLE, 100_000), ("1 000,5", PEOPLE, 1000.5), ("185´000", PEOPLE, 185_000), ("185 000 человек", PEOPLE, 185_000),
        ("10⁵", PEOPLE, 100_000), ("1.5×10^5", PEOPLE, 150_000), ("2·10⁻¹", SHARE, 0.2), ("½", SHARE, 0.5), ("1½", "years", 1.5), ("1 1/2", "years", 1.5),
        ("5‰", SHARE, 0.005), ("200 ‰", RATE, 200), ("20 Prozent", SHARE, 0.2), ("%20", SHARE, 0.2), ("1.94% p.a.", "per cent a year", 1.94),
        ("minus 55", "per cent", -55), ("—55", "per cent", -55), ("c. 100,000", PEOPLE, 100_000), ("100,000 or so", PEOPLE, 100_000), ("etwa 100", PEOPLE, 100),
        ("200 guests per 1000 hosts", RATE, 200), ("84 out of 100 cases", "of 100 cases", 84), ("5/27", "of 27 years", 5), ("3×", "times", 3),
        ("1 entry", "entries", 1), ("1\u200b00", PEOPLE, 100), ("\ufeff100", PEOPLE, 100), ("−40 %", "between −1 and 1", -0.4),
        ("21 months", "months", 21), ("1.8 years", "years", 1.8), ("3.3 people per household", "people per household", 3.3),
    ],
)  # fmt: skip
def test_a_number_is_read_for_the_unit_it_is_asked_in(text, unit, value):
    assert read_numeral(text, unit).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("1.94%", "per cent a year", "read as 1.94 per cent a year"),
        ("18만", PEOPLE, "read as 180,000 people"),
        ("200 guests", RATE, "read as 200 guests for every 1,000 hosts"),
        ("20%", SHARE, "read as 0.2"),
        ("10⁵", PEOPLE, "read as 100,000 people"),
        ("10^5", PEOPLE, "read as 100,000 people"),
        ("99,900", PEOPLE, ""),
        ("1500", PEOPLE, ""),
        ("-55", "per cent", ""),
    ],
)
def test_what_is_not_plain_is_said_back(text, unit, said):
    assert read_numeral(text, unit).said == said


@pytest.mark.parametrize(
    ("text", "unit", "asked"),
    [
        ("1,94", "per cent a year", "did you mean 1.94 or 194?"),
        ("99.900", PEOPLE, "did you mean 99.9 or 99,900?"),
        ("185.000", PEOPLE, "did you mean 185 or 185,000?"),
        ("1.043", "people per household", "did you mean 1.043 or 1,043?"),
        ("1,5", PEOPLE, "did you mean 1.5 or 15?"),
        ("99,90", PEOPLE, "did you mean 99.9 or 9,990?"),
        ("1 in 5", RATE, "did you mean 200 for every 1,000?"),
        ("20%", RATE, "did you mean 200 for every 1,000?"),
        ("20", SHARE, "did you mean 20 per cent, 0.2?"),
        ("20%", PEOPLE, "type a number of people"),
        ("1/0", SHARE, "divides by 0"),
        ("99000-101000", PEOPLE, "type one"),
        ("100 to 200", PEOPLE, "type one"),
        ("100k–120k", PEOPLE, "type one"),
        ("30만~40만", PEOPLE, "type one"),
        ("100000 - 120000 people", PEOPLE, "type one"),
        ("between 0.2 and 0.3", SHARE, "type one"),
        ("0.2±0.1", SHARE, "type one"),
        ("0.2, 0.3", SHARE, "type one"),
        ("0.2 / 0.3", SHARE, "type one"),
        ("100\n200", PEOPLE, "type one"),
        ("2002-11-27", PEOPLE, "type one"),
        (">100000", PEOPLE, "not which it is"),
        ("10만 이상", PEOPLE, "not which it is"),
        ("100,000+", PEOPLE, "not which it is"),
        ("12,345", "per cent", "did you mean 12.345 or 12345?"),
        ("1,000", SHARE, "did you mean 1 or 1000?"),
        ("1,5만", PEOPLE, "did you mean 15,000 or 150,000?"),
        ("40", "between −1 and 1", "did you mean 40 per cent, 0.4?"),
        ("150%", SHARE, "outside what is asked for: a share from 0 to 1"),
        ("-0.2", SHARE, "outside what is asked for"),
        ("20%", "of 27 years", "type a number of years, of 27"),
    ],
)
def test_what_has_two_readings_is_asked_about_and_never_guessed(refusal, text, unit, asked):
    assert asked in refusal(read_numeral, text, unit)


@pytest.mark.parametrize(
    "text",
    [
        "two hundred",
        "1e400",
        "nan",
        "=200",
        "한 명",
        "18만 만",
        "--3",
        "0x10",
        "1_000",
        "100²",
        "천만억",
        "9" * 9000,
        "$100,000",
        "2*3",
    ],
)
def test_what_is_no_number_is_refused(refusal, text):
    assert "is no number" in refusal(read_numeral, text, PEOPLE)


@given(st.text(max_size=30), st.sampled_from([PEOPLE, SHARE, RATE, "per cent", "years", ""]))
def test_whatever_is_typed_is_a_finite_number_or_one_sentence(text, unit):
    try:
        assert math.isfinite(read_numeral(text, unit).value)
    except Problem as fault:
        assert str(fault)


@pytest.mark.parametrize(
    ("key", "typed", "state"),
    [
        ("counting.gauge", "1.9", "right"),
        ("counting.gauge", "2", "close"),
        ("dialogue.half", "2.4", "right"),
        ("choice.humanitarian", "1.9", "right"),
        ("flows.without", "19000", "right"),
        ("flows.turn", "1.4", "right"),
        ("crisis.score", "41%", "right"),
        ("hindsight.percent", "−55 %", "right"),
    ],
)
def test_a_correct_rounding_to_two_digits_is_right(key, typed, state):
    task = find_task(key)
    assert check(task, read_numeral(typed, task.unit).value).state == state

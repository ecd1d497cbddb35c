import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.core.words import amount, exact, listed, number


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (124_401.9139, 3, "124,000"),
        (0.20900001, 3, "0.209"),
        (0, 3, "0"),
        (-0.0, 3, "0"),
        (1, 3, "1"),
        (10, 3, "10"),
        (999.4, 3, "999"),
        (999.6, 3, "1,000"),
        (9.996, 3, "10"),
        (0.9996, 3, "1"),
        (0.09996, 3, "0.1"),
        (0.0995, 2, "0.1"),
        (-1234.5, 3, "-1,230"),
        (0.0000256, 3, "0.0000256"),
        (1.5, 1, "2"),
        (3_617_307.69, 3, "3,620,000"),
        (1e6, 3, "1,000,000"),
        (np.float32(0.209), 3, "0.209"),
        (np.int64(123_456), 3, "123,000"),
        (None, 3, "no number"),
        (math.nan, 3, "no number"),
        (math.inf, 3, "no number"),
        (-math.inf, 3, "no number"),
    ],
)
def test_number_is_rounded_to_its_digits_and_parted_by_thousands(value, digits, words):
    assert number(value, digits) == words


LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: x != 0), st.integers(1, 6))
def test_number_reads_back_within_half_of_its_last_digit(value, digits):
    written = number(value, digits)
    digits_, _, power = written.replace(",", "").partition(" × 10")
    read = float(digits_) * 10.0 ** int(power.translate(LOWERED) or 0)
    scale = 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)
    if math.isfinite(read):  # the greatest floats round to one that does not exist
        assert abs(read - value) <= scale * 0.5000001 or abs(read - value) <= 5e-324
    assert len(written) < 40


@given(st.floats(1e-6, 1e14))
def test_number_has_no_more_than_its_digits_and_no_idle_zeros(value):
    written = number(value, 3)
    digits = written.replace(",", "").replace(".", "").lstrip("0").rstrip("0")
    assert len(digits) <= 3
    assert not ("." in written and written.endswith(("0", ".")))
    assert "e" not in written


@given(st.floats(1e-6, 1e14), st.floats(1e-6, 1e14))
def test_number_keeps_order(a, b):
    low, high = sorted((a, b))
    assert float(number(low).replace(",", "")) <= float(number(high).replace(",", ""))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1_500_000, "1,500,000"),
        (1_500_000.0, "1,500,000"),
        (3.3, "3.3"),
        (0.0058, "0.0058"),
        (0.1 + 0.2, "0.3"),
        (0, "0"),
        (-1.5, "-1.5"),
        (100, "100"),
        (0.0000256, "0.0000256"),
        (1e-7, "1 × 10⁻⁷"),
        (2.5e300, "2.5 × 10³⁰⁰"),
        (12_345.678, "12,345.678"),
    ],
)
def test_exact_keeps_every_digit_given(value, words):
    assert exact(value) == words


@given(st.floats(1e-4, 1e12))
def test_exact_reads_back_to_ten_decimals(value):
    assert float(exact(value).replace(",", "")) == pytest.approx(value, abs=1e-10, rel=1e-15)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (124_401.9, "124,000 people"),
        ("repatriate", "repatriate"),
        (np.str_("exit"), "exit"),
        (np.float64(5.0), "5 people"),
        (np.array(5.0), "5 people"),
        (np.array([1.0, 2_000.0, 3.0]), "1 to 2,000 people"),
        (np.array([7]), "7 to 7 people"),
        (np.array([]), "none"),
        (np.array(["exit", "return", "exit"]), "exit, return"),
        (np.array([True, False]), "0 to 1 people"),
        ({"exit": 0.77, "repatriate": np.array([0.2, 0.23])}, "exit 0.77; repatriate 0.2 to 0.23"),
        ({"best": "exit"}, "best exit"),
        ((2001, "exit", (1.0, 2.0)), "2,000, exit, 1, 2"),
        (None, "no number people"),
        (math.nan, "no number people"),
    ],
)
def test_amount_of_every_kind_of_output(value, words):
    assert amount(value, "people") == words


def test_amount_without_unit_has_no_trailing_space():
    assert amount(3.0) == "3"
    assert amount(np.array([1.0, 2.0])) == "1 to 2"


def test_a_year_is_written_as_a_year():
    assert amount(2010.0, "year") == "2010"
    assert exact(2010.0, "year") == "2010"
    assert amount(2010.0, "years") == "2,010 years"


def test_what_stands_in_a_row_is_written_as_one_says_it():
    assert [listed(words) for words in (["a"], ("a", 2), map(str, (1, 2, 3)))] == ["a", "a and 2", "1, 2 and 3"]
    assert listed("abc", "or") == "a, b or c"

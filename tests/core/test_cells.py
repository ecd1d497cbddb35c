"""Other people's text in a cell: never a formula, in whatever spreadsheet it is opened."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tumen.core.cells import FORMULA, harmless, plain_text, safe, shown_name

WORDS = (
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "first line\n=1+1",
    "words;=1+1",
    'words,"=1+1',
    'x";"=1+1',
    "x|=1+1",
    "' =1+1",
    "＝1+1",
)


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_no_cell_becomes_a_formula_however_the_line_is_cut(words, mark):
    out = io.StringIO()
    csv.writer(out).writerow(["s001", harmless(words), 3])
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        for row in csv.reader(io.StringIO(out.getvalue()), delimiter=mark, quoting=quoting):
            assert not any(
                cell.lstrip("\"' ").startswith(FORMULA) and not cell.lstrip('" ').startswith("'") for cell in row
            )


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("=+-@,;|\t\r\n\"' aﾠ＝"), max_size=12))
def test_no_mixture_of_marks_becomes_a_formula(words):
    cell = harmless(words)
    assert not cell.startswith(FORMULA)
    for mark in ",;|":
        assert not any(part.lstrip('" ').startswith(FORMULA) for part in cell.split(mark))


@pytest.mark.parametrize("unseen", "\u00ad\u200b\u200e\u2060\ufeff")
def test_a_sign_without_width_before_a_formula_does_not_let_it_through(unseen):
    assert harmless(f"{unseen}=1+1").replace(unseen, "") == "'=1+1"
    assert harmless(f"x;{unseen}=1+1").replace(unseen, "") == "x;'=1+1"
    assert harmless(f"a{unseen}b") == f"a{unseen}b"


def test_numbers_and_plain_words_stay_as_they_are():
    assert [harmless(x) for x in (-3.5, None, "two words", "a - b", "3;4")] == [-3.5, "", "two words", "a - b", "3;4"]
    assert safe("-3") == "'-3"
    assert plain_text("a\r\nb\x00\ud800c") == "a\nbc"


def test_a_name_is_shown_on_one_line_and_reads_in_one_direction():
    assert shown_name("a\nb\u202egnp.json\x00") == "a bgnp.json"
    assert len(shown_name("x" * 900)) < 170

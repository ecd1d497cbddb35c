"""The roster: read as spreadsheets write it, and every unusable line told by its number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.course.roster import Student, is_id, read_roster


@pytest.fixture
def write(tmp_path):
    def call(content):
        path = tmp_path / "roster.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return call


def test_columns_are_found_by_name_in_any_order_and_others_are_passed_over(write):
    path = write('\ufeffName,Section,ID\n"Kim, Eun",2,kim.e-1\n\n조은,1,cho_2\n')
    assert read_roster(path) == (Student("kim.e-1", "Kim, Eun"), Student("cho_2", "조은"))


def test_semicolons_part_columns_as_well(write):
    assert read_roster(write("id;name;email\na1;Ann;a@example.org\n")) == (Student("a1", "Ann", "a@example.org"),)


def test_a_roster_with_a_head_alone_has_no_student(write):
    assert read_roster(write("id,name\n")) == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", ["line 1", "id and name"]),
        ("nr,name\n1,x\n", ["line 1", "id and name"]),
        ("id,id\n1,2\n", ["line 1", "twice"]),
        ("id,name\na,x\nb,y\nA,z\n", ["line 4", "'A'", "line 2"]),
        ("id,name\n,x\n", ["line 2", "empty"]),
        ("id,name\n../../etc,x\n", ["line 2", "'../../etc'"]),
        ("id,name\nCON,x\n", ["line 2", "'CON'"]),
        ("id,name\nnul.txt,x\n", ["line 2"]),
        ("id,name\na b,x\n", ["line 2", "'a b'"]),
        ("id,name\n.hidden,x\n", ["line 2"]),
        ("id,name\nend.,x\n", ["line 2"]),
        (f"id,name\n{'x' * 65},y\n", ["line 2", "64"]),
        ('id,name\na,"open\n', ["CSV"]),
        (b"id,name\n\xff,x\n", ["UTF-8"]),
    ],
)
def test_a_line_that_cannot_be_used_is_told(content, words, write, refusal):
    sentence = refusal(read_roster, write(content))
    for word in ["roster.csv", *words]:
        assert word in sentence


def test_a_missing_roster_is_told(tmp_path, refusal):
    assert "no such file" in refusal(read_roster, tmp_path / "roster.csv")


@given(st.text(max_size=70))
def test_an_id_is_one_plain_name_in_a_folder(text):
    if is_id(text):
        assert text.isascii()
        assert not set(text) & set('/\\:*?"<>| ')
        assert text.strip(". ") == text

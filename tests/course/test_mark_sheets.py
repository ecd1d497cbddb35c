"""The marking sheet: whatever a marker types is read back, however a spreadsheet saves it, and is never lost."""

import csv
import io

import pytest
from classroom import rows
from hostile import FORMULAS, SCRIPTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tumen.course import mark_sheets
from tumen.course.mark_sheets import PAGE, mark_texts
from tumen.course.sheet_file import BACKUPS
from tumen.course.sheet_page import FILE, Piece, read_typed
from tumen.tasks import Task

TASK = Task(
    key="law.reason", kind="text", prompt="Why?", points=8, marks=4, rubric="One (1); two (1); three (1); four (1)."
)
OTHER = Task(key="law.other", kind="text", prompt="What else?", points=2)
PIECES = [
    Piece("ann", TASK, "Because of this."),
    Piece("ben", TASK, "Because of that."),
    Piece("ann", OTHER, "Nothing."),
]


def made(folder, pieces=PIECES):
    return mark_texts(folder, pieces, "A course")


def typed(folder, changes: dict, codec="utf-8", delimiter=",", form=csv.QUOTE_MINIMAL) -> None:
    """Type into the sheet as a spreadsheet would save it: changes[student, task] = {column: words}."""
    lines = rows(folder / FILE)
    for line in lines:
        line.update(changes.get((line["student"], line["task"]), {}))
    out = io.StringIO()
    writer = csv.DictWriter(out, lines[0].keys(), delimiter=delimiter, quoting=form)
    writer.writeheader()
    writer.writerows(lines)
    (folder / FILE).write_bytes(out.getvalue().encode(codec))


def test_a_sheet_holds_every_text_once_with_its_rubric_and_two_anchors(tmp_path):
    done = made(tmp_path)
    assert (done.marks, done.troubles, done.waiting) == ({}, (), 3)
    assert {(r["student"], r["task"], r["answer"]) for r in rows(tmp_path / FILE)} == {
        (p.student, p.task.key, p.words) for p in PIECES
    }
    page = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert page.count("Would get") == 4
    assert "One (1); two (1)" in page
    assert "Names the claim by its id (1)" in page  # the task that names no rubric
    assert all(p.words in page for p in PIECES)


def test_marks_are_read_back_and_stand_there_the_next_time(tmp_path):
    made(tmp_path)
    typed(
        tmp_path,
        {("ann", "law.reason"): {"mark": "3", "comment": "Good; say why."}, ("ben", "law.reason"): {"mark": "2,5"}},
    )
    for _ in range(3):
        done = made(tmp_path)
        assert done.marks == {("ann", "law.reason"): (3.0, "Good; say why."), ("ben", "law.reason"): (2.5, "")}
        assert (done.waiting, done.troubles) == (1, ())


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_spreadsheets_way_of_saving_is_read(tmp_path, codec, delimiter):
    made(tmp_path)
    typed(tmp_path, {("ann", "law.reason"): {"mark": "4", "comment": "좋다, „gut“"}}, codec, delimiter)
    assert made(tmp_path).marks == {("ann", "law.reason"): (4.0, "좋다, „gut“")}


def test_a_sheet_in_another_encoding_is_refused_and_left_alone(tmp_path, refusal):
    made(tmp_path)
    typed(tmp_path, {("ann", "law.reason"): {"mark": "4", "comment": "좋다"}}, "cp949")
    before = (tmp_path / FILE).read_bytes()
    assert "CSV UTF-8" in refusal(made, tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("wrong", [b"\x00\x01\x02", b"PK\x03\x04 not a table", b"a,b,c\n1,2,3\n", b'"' + b"x" * 100])
def test_a_file_that_is_no_sheet_is_refused_and_left_alone(tmp_path, refusal, wrong):
    (tmp_path / FILE).write_bytes(wrong)
    assert "nothing was changed" in refusal(made, tmp_path)
    assert (tmp_path / FILE).read_bytes() == wrong


@pytest.mark.parametrize("mark", ["good", "5", "-1", "3 of 4", "3 | 4", "nan", "inf", "1e3", "=3"])
def test_a_mark_that_cannot_be_used_is_kept_and_told(tmp_path, mark):
    made(tmp_path)
    typed(tmp_path, {("ann", "law.reason"): {"mark": mark}})
    for _ in range(2):
        done = made(tmp_path)
        assert done.marks == {}
        assert "ann at law.reason" in done.troubles[0]
        line = next(r for r in rows(tmp_path / FILE) if (r["student"], r["task"]) == ("ann", "law.reason"))
        assert line["mark"].removeprefix("'") == mark


def test_a_mark_for_an_earlier_text_does_not_count_and_is_not_lost(tmp_path):
    made(tmp_path)
    typed(tmp_path, {("ann", "law.reason"): {"mark": "3", "comment": "Half way."}})
    made(tmp_path)
    changed = [Piece("ann", TASK, "Because of something else."), *PIECES[1:]]
    for _ in range(2):
        assert made(tmp_path, changed).marks == {}
        line = next(r for r in rows(tmp_path / FILE) if (r["student"], r["task"]) == ("ann", "law.reason"))
        assert (line["mark"], line["answer"]) == ("", "Because of something else.")
        assert "marked 3 for an earlier text: Half way." in line["note"]


def test_a_mark_for_a_text_that_has_gone_waits_for_it(tmp_path):
    made(tmp_path)
    typed(tmp_path, {("ben", "law.reason"): {"mark": "1", "comment": "Short."}})
    done = made(tmp_path, PIECES[:1])
    assert done.marks == {}
    assert "ben at law.reason belongs to no text that came" in done.troubles[0]
    gone = [r for r in rows(tmp_path / FILE) if r["student"] == "ben"]
    assert [(r["mark"], r["comment"], r["answer"]) for r in gone] == [("1", "Short.", "Because of that.")]
    made(tmp_path, PIECES[:1])
    assert made(tmp_path).marks == {("ben", "law.reason"): (1.0, "Short.")}


def test_ids_that_a_spreadsheet_takes_for_numbers_keep_their_marks(tmp_path):
    """Excel and LibreOffice save 007 as 7, 1e5 as 100000 and 2-3 as a day."""
    spoilt = {"007": "7", "7": "7", "1e5": "100000", "2-3": "02. Mrz", "0" * 20 + "1": "1"}
    pieces = [Piece(s, TASK, f"Because {s}.") for s in spoilt] + [Piece("0012", TASK, "Because 007.")]
    spoilt["0012"] = "12"
    made(tmp_path, pieces)
    marks = {s: float(n % 5) for n, s in enumerate(spoilt)}
    typed(tmp_path, {(s, "law.reason"): {"mark": f"{marks[s]:g}", "student": spoilt[s]} for s in spoilt})
    for _ in range(2):
        done = made(tmp_path, pieces)
        assert {s: mark for (s, _), (mark, _) in done.marks.items()} == marks
        assert (done.waiting, done.troubles) == (0, ())
        assert {r["student"] for r in rows(tmp_path / FILE)} == set(spoilt)


def test_no_answer_id_is_a_number_to_a_spreadsheet():
    ids = [Piece(f"s{i}", TASK, "").digest for i in range(300)]
    assert len(set(ids)) == 300
    assert all(d[0] == "t" and d.isalnum() for d in ids)


def test_two_rows_with_two_marks_are_both_kept(tmp_path):
    made(tmp_path)
    typed(tmp_path, {("ann", "law.reason"): {"mark": "3"}})
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    twice = next(line for line in text.splitlines() if "Because of this" in line).replace(",3,", ",4,")
    (tmp_path / FILE).write_text(text + twice + "\n", encoding="utf-8")
    done = made(tmp_path)
    assert done.marks == {}
    assert "stands twice" in done.troubles[0]
    assert "3 | 4" in (tmp_path / FILE).read_text(encoding="utf-8")


def test_the_sheet_as_it_was_typed_is_kept_whenever_it_changes(tmp_path):
    made(tmp_path)
    assert not (tmp_path / BACKUPS).exists()
    typed(tmp_path, {("ann", "law.reason"): {"mark": "3"}})
    found = (tmp_path / FILE).read_text(encoding="utf-8")
    made(tmp_path, PIECES[1:])
    made(tmp_path, PIECES[1:])
    assert [p.read_text(encoding="utf-8") for p in (tmp_path / BACKUPS).iterdir()] == [found]


def test_a_sheet_saved_while_it_is_worked_on_is_read_again(tmp_path, monkeypatch):
    made(tmp_path)
    turns = []
    read = mark_sheets._read

    def slow(*given):
        found = read(*given)
        if not turns:
            typed(tmp_path, {("ann", "law.reason"): {"mark": "2"}})
        turns.append(1)
        return found

    monkeypatch.setattr(mark_sheets, "_read", slow)
    assert made(tmp_path).marks == {("ann", "law.reason"): (2.0, "")}
    assert len(turns) == 2


@pytest.mark.parametrize("words", [*FORMULAS, *SCRIPTS])
def test_neither_answers_nor_comments_become_formulas_or_markup(tmp_path, words):
    pieces = [Piece("ann", TASK, words), *PIECES[1:]]
    made(tmp_path, pieces)
    typed(tmp_path, {("ann", "law.reason"): {"mark": "1", "comment": words}})
    made(tmp_path, pieces)
    made(tmp_path, pieces)
    for line in rows(tmp_path / FILE):
        assert not any(cell.startswith(tuple("=+-@\t\r＝＋－＠")) for cell in line.values())
    page = (tmp_path / PAGE).read_text(encoding="utf-8")
    for tag in ("<script", "<img", "<svg", "<iframe", "<base", "<plaintext", "<meta http-equiv=refresh", "<a "):
        assert tag not in page


COMMENT = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["", "0", "1.5", "4", "no"]), COMMENT), min_size=3, max_size=3))
def test_what_is_typed_comes_back(tmp_path, entries):
    for path in (tmp_path / FILE, tmp_path / PAGE):
        path.unlink(missing_ok=True)
    made(tmp_path)
    keys = [(p.student, p.task.key) for p in PIECES]
    typed(tmp_path, {k: {"mark": m, "comment": c} for k, (m, c) in zip(keys, entries, strict=True)})
    made(tmp_path)
    once = read_typed((tmp_path / FILE).read_bytes())[0]
    made(tmp_path)
    assert read_typed((tmp_path / FILE).read_bytes())[0] == once  # nothing grows or shrinks from run to run
    for k, (mark, comment) in zip(keys, entries, strict=True):
        assert once[k].mark == mark
        squeezed = "".join(comment.replace("'", "").split())
        assert "".join(once[k].comment.replace("'", "").split()) == squeezed

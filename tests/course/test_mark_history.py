"""Grading adds: what was read stays, a smaller set blanks nothing, and nobody loses a point unsaid."""

import csv
import io
import json

import pytest
from classroom import COURSE, book, notes, put, rows, work
from hostile import text, zipped
from plans import PLAN

from tumen.cli import main
from tumen.course.build import build
from tumen.course.grade import grade
from tumen.course.mark_history import Lowered


def cells(folder) -> dict[str, dict[str, str]]:
    """The grades in both upload forms, by student."""
    out = {}
    for name in ("canvas.csv", "moodle.csv"):
        for row in rows(folder / "marked" / name):
            who = row.get("SIS Login ID") or row.get("ID number")
            out.setdefault(who, {})[name] = row["Korea and the law of refuge"]
    return out


def typed(folder, student: str, mark: str) -> None:
    """Type a mark into the marking sheet."""
    sheet = folder / "marked/marking-sheet.csv"
    lines = rows(sheet)
    for line in lines:
        if line["student"] == student:
            line["mark"] = mark
    out = io.StringIO()
    writer = csv.DictWriter(out, lines[0].keys())
    writer.writeheader()
    writer.writerows(lines)
    sheet.write_text(out.getvalue(), encoding="utf-8")


def log(folder, student: str, task: str) -> list[tuple[str, ...]]:
    """What a mark was, oldest first: state, points, rule."""
    found = [r for r in rows(folder / "marked/history.csv") if (r["student"], r["task"]) == (student, task)]
    return [(r["state"], r["points"], r["rule"]) for r in found]


def download(folder, name: str, made: list[dict]):
    """A platform's zip, beside the course."""
    path = folder.parent / name
    path.write_bytes(
        zipped({f"{m['student']}x_10{i}_900_hand-in-{COURSE}-{m['student']}.json": text(m) for i, m in enumerate(made)})
    )
    return path


@pytest.fixture
def marked(make_course):
    folder = make_course()
    build(folder)
    grade(folder, download(folder, "first.zip", [work(folder, "ann"), work(folder, "ben")]))
    for student in ("ann", "ben"):
        typed(folder, student, "3")
    grade(folder, folder.parent / "first.zip")
    return folder


def test_a_late_zip_of_one_adds_one_and_leaves_all_marks(marked):
    before = cells(marked)
    assert before["ann"] == {"canvas.csv": "11", "moodle.csv": "11"}
    done = grade(marked, download(marked, "late.zip", [work(marked, "cho")]))
    assert done.came == 3
    assert {s: cells(marked)[s] for s in ("ann", "ben")} == {s: before[s] for s in ("ann", "ben")}
    assert book(marked)["cho"]["points"] == "8"
    assert (marked / "marked/feedback/ann.html").is_file()
    (marked / "handed-in").mkdir()
    assert grade(marked).came == 3  # not even an empty folder takes anything away


def test_the_same_download_again_brings_nothing_new(marked):
    before = book(marked)
    again = (marked.parent / "first.zip").rename(marked.parent / "first (1).zip")
    grade(marked, again)
    assert book(marked) == before
    assert not [n for n in notes(marked) if "counts once" in n]
    assert len(list((marked / "marked/received").glob("*.json"))) == 3  # two hand-ins and the index


def test_what_is_kept_is_byte_for_byte_what_came_and_originals_stay(marked):
    made = work(marked, "ann", made="2027-03-11T10:00:00+00:00")
    path = put(marked, made)
    odd = path.read_bytes().replace(b', "', b',\n "')
    path.write_bytes(odd)
    grade(marked)
    assert path.read_bytes() == odd
    assert odd in [p.read_bytes() for p in (marked / "marked/received").glob("*.json")]


def test_another_courses_hand_in_is_not_kept(marked):
    put(marked, work(marked, "cho", course="other-course"))
    grade(marked)
    assert len(list((marked / "marked/received").glob("*.json"))) == 3


def test_what_a_platform_said_of_lateness_is_remembered(make_course):
    folder = make_course()
    path = folder.parent / "canvas.zip"
    path.write_bytes(zipped({f"one_LATE_12_34_hand-in-{COURSE}-ann.json": text(work(folder, "ann"))}))
    grade(folder, path)
    late = book(folder)["ann"]["late"]
    assert late
    (folder / "handed-in").mkdir()
    grade(folder)
    assert book(folder)["ann"]["late"] == late


def test_a_kept_hand_in_that_was_changed_is_not_counted_and_is_told(marked):
    for path in (marked / "marked/received").glob("*.json"):
        if path.name != "index.json":
            path.write_bytes(path.read_bytes().replace(b"ann", b"cho"))
    (marked / "handed-in").mkdir()
    with pytest.raises(Lowered):
        grade(marked)
    grade(marked, yes=True)
    assert [n for n in notes(marked) if "cannot be read any more" in n]


def test_an_own_trial_can_be_said_to_count_for_nobody(make_course):
    folder = make_course()
    put(folder, work(folder, "ann"))
    grade(folder)
    (folder / "whose.csv").write_text(f"file,student\nhand-in-{COURSE}-ann.json,nobody\n", encoding="utf-8")
    assert grade(folder).came == 0  # the instructor has said so: nothing to ask about
    assert log(folder, "ann", "counting.bound")[-1] == ("gone", "", "no hand-in counts for the student any more")


def test_a_trial_that_counts_for_nobody_takes_no_student_s_hand_in_of_the_same_name_with_it(make_course):
    folder = make_course()
    trial = put(folder, work(folder, "ann", made="2027-03-09T10:00:00+00:00", **{"counting.bound": "a"}))
    grade(folder)
    trial.unlink()
    (folder / "whose.csv").write_text(f"file,student\n{trial.name},nobody\n", encoding="utf-8")
    assert grade(folder).came == 0
    put(folder, work(folder, "ann"))
    assert grade(folder).came == 1
    assert book(folder)["ann"]["counting.bound"] == "3"
    (said,) = [n for n in notes(folder) if "is not of this hand-in of 2027-03-" in n]
    assert len([n for n in notes(folder) if "counts for nobody" in n]) == 1
    kept = said.split("write ")[1].split(" into")[0]
    assert (folder / "marked" / kept).is_file()
    (folder / "whose.csv").write_text(f"file,student\n{trial.name},nobody\n{kept},nobody\n", encoding="utf-8")
    assert grade(folder).came == 0


def test_a_word_on_a_name_that_several_hand_ins_bear_is_asked_for_more_exactly(make_course):
    folder = make_course()
    for made, choice in (("2027-03-09T10:00:00+00:00", "a"), ("2027-03-10T10:00:00+00:00", "c")):
        sent = put(folder, work(folder, "ann", made=made, **{"counting.bound": choice}))
        grade(folder)
    (folder / "whose.csv").write_text(f"file,student\n{sent.name},nobody\n", encoding="utf-8")
    grade(folder)
    assert book(folder)["ann"]["counting.bound"] == "3"
    asked = [n for n in notes(folder) if "is not of this hand-in of 2027-03-" in n]
    assert len(asked) == 2
    assert len({n.split("write ")[1] for n in asked}) == 2


# --- the history ------------------------------------------------------------------------------------------


def test_every_mark_has_what_when_and_by_which_rule(marked):
    assert log(marked, "ann", "counting.bound") == [("right", "3", "(c) is right")]
    (only,) = log(marked, "ann", "law.ceiling")
    assert only[:2] == ("right", "4") and only[2].startswith("key ") and only[2].endswith("within 1.5 %")
    assert log(marked, "ann", "law.reason") == [("unread", "", ""), ("marked", "3", "a person's mark, 3 of 4")]
    assert all(r["when (UTC)"] == "2027-04-01 00:00:00" for r in rows(marked / "marked/history.csv"))


def test_grading_again_adds_no_line_where_no_mark_changed(marked):
    before = (marked / "marked/history.csv").read_bytes()
    grade(marked, marked.parent / "first.zip")
    assert (marked / "marked/history.csv").read_bytes() == before


def test_a_history_that_was_spoilt_stops_grading_in_a_sentence(marked, refusal):
    (marked / "marked/history.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "history.csv is not as grading wrote it" in refusal(grade, marked, marked.parent / "first.zip")


# --- nobody loses a point unsaid -----------------------------------------------------------------------------


def tree(folder):
    return {p.relative_to(folder): p.read_bytes() for p in (folder / "marked").rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            'task = "counting.bound"\npoints = 3',
            'task = "counting.bound"\npoints = 2',
            "it was worth 3 points, and is worth 2",
        ),
        ('[[graded]]\ntask = "counting.bound"\npoints = 3\n', "", "the task does not count in the plan any more"),
    ],
)
def test_a_plan_that_takes_points_is_told_whose_and_why_and_waits(marked, capsys, old, new, why):
    (marked / "course.toml").write_text(PLAN.replace(old, new), encoding="utf-8")
    before = tree(marked)
    assert main(["course", "grade", str(marked), str(marked.parent / "first.zip")]) == 2
    said = capsys.readouterr()
    assert "counting.bound: 3 to " in said.out and "for ann, ben: " + why in said.out
    assert "2 students would lose points; no mark was changed, and with --yes it is." in said.err
    assert tree(marked) == before
    assert main(["course", "grade", str(marked), str(marked.parent / "first.zip"), "--yes"]) == 0
    assert float(book(marked)["ann"]["points"]) < 11
    assert main(["course", "grade", str(marked), str(marked.parent / "first.zip")]) == 0  # it is said once


def test_a_narrower_tolerance_and_a_worse_hand_in_and_a_lower_mark_wait_too(marked):
    put(marked, work(marked, "ann", made="2027-03-12T10:00:00+00:00", **{"counting.bound": "a"}))
    with pytest.raises(Lowered) as stop:
        grade(marked)
    assert stop.value.lines == ["counting.bound: 3 to 0 points for ann: another hand-in counts now ((c) is right)"]
    grade(marked, yes=True)
    typed(marked, "ben", "1")
    with pytest.raises(Lowered) as stop:
        grade(marked)
    assert stop.value.lines == [
        "law.reason: 3 to 1 points for ben: the rule was “a person's mark, 3 of 4”, and is “a person's mark, 1 of 4”"
    ]
    assert [r["mark"] for r in rows(marked / "marked/marking-sheet.csv") if r["student"] == "ben"] == ["1"]


def test_more_points_need_no_yes(marked):
    put(marked, work(marked, "cho", **{"counting.bound": "a"}))
    grade(marked)
    put(marked, work(marked, "cho", made="2027-03-12T10:00:00+00:00"))
    grade(marked)
    assert [row[:2] for row in log(marked, "cho", "counting.bound")] == [("wrong", "0"), ("right", "3")]
    assert json.loads((marked / "marked/received/index.json").read_text("ascii"))

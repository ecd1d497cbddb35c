"""Several markers: a sheet each, marks side by side, an agreed one, codes for names, and rubrics that change meanwhile."""

import csv
import io
import json
import re

import pytest
from classroom import book, notes, put, rows, work
from plans import PLAN, TASKS

from tumen.course.build import build
from tumen.course.forget import forget
from tumen.course.grade import grade
from tumen.course.mark_history import Lowered
from tumen.tasks import read_tasks

IDS = ["ann", "ben", "cho", "dan", "eve", "fay"]
LIST = "id,name,email\n" + "".join(f"{i},{i.title()} Example,{i}@example.org\n" for i in IDS)
PARTED = TASKS.replace(
    'rubric = "RUBRIC-OF-LAW-REASON"',
    'rubric = "RUBRIC-OF-LAW-REASON"\ncriteria = { "Names the claim" = 1, "Says what it leaves open" = 3 }',
)
SECOND = """
[[task]]
key = "law.mind"
kind = "text"
points = 2
prompt = "What would change your mind?"
rubric = "Names it (2)."
"""


def plan(words: str, more: str = "") -> str:
    return PLAN + more + f"\n[marking]\n{words}\n"


def course(make_course, words: str, tasks: str = TASKS, more: str = "", ids=IDS, **answers):
    folder = make_course(plan=plan(words, more), tasks=tasks, roster=LIST)
    build(folder)
    for student in ids:
        put(folder, work(folder, student, **answers))
    grade(folder)
    return folder


def sheet(folder, marker: str = "") -> list[dict]:
    return rows(folder / "marked" / (f"sheets/{marker}.csv" if marker else "marking-sheet.csv"))


def students(folder, marker: str, task: str = "law.reason") -> set[str]:
    return {r["student"] for r in sheet(folder, marker) if r["task"] == task}


def type_in(folder, marker: str, **marks) -> None:
    """Type marks for students into a marker's sheet (the common one where none is named): a mark, or cells by column."""
    path = folder / "marked" / (f"sheets/{marker}.csv" if marker else "marking-sheet.csv")
    lines = rows(path)
    for line in lines:
        if (given := marks.get(line["student"])) is not None:
            line.update(given if isinstance(given, dict) else {"mark": given})
    out = io.StringIO()
    writer = csv.DictWriter(out, lines[0].keys())
    writer.writeheader()
    writer.writerows(lines)
    path.write_text(out.getvalue(), encoding="utf-8")


def mark(folder, student: str, task: str = "law.reason") -> str:
    return book(folder)[student][task]


def rule(folder, student: str) -> str:
    """By which rule a student's text has the mark it has."""
    found = [r for r in rows(folder / "marked/history.csv") if (r["student"], r["task"]) == (student, "law.reason")]
    return found[-1]["rule"]


def test_every_student_is_dealt_to_one_marker_and_stays_there(make_course):
    folder = course(make_course, 'markers = ["kim", "lee"]')
    kim, lee = students(folder, "kim"), students(folder, "lee")
    assert kim | lee == set(IDS) and not kim & lee and len(kim) == len(lee) == 3
    assert all((folder / f"marked/sheets/{m}.html").is_file() for m in ("kim", "lee"))
    (folder / "roster.csv").write_text(LIST + "gus,,\nana,,\n", encoding="utf-8")
    for student in ("gus", "ana"):
        put(folder, work(folder, student))
    grade(folder)
    assert kim < students(folder, "kim") and lee < students(folder, "lee")
    assert len(students(folder, "kim")) == len(students(folder, "lee")) == 4


def test_marks_of_each_reach_the_gradebook_and_the_sheet_of_all(make_course):
    folder = course(make_course, 'markers = ["kim", "lee"]')
    first, other = sorted(students(folder, "kim"))[0], sorted(students(folder, "lee"))[0]
    type_in(folder, "kim", **{first: {"mark": "3", "comment": "Says how."}})
    type_in(folder, "lee", **{other: "2"})
    done = grade(folder)
    assert (mark(folder, first), mark(folder, other), done.sheet.waiting) == ("3", "2", 4)
    line = next(r for r in sheet(folder) if r["student"] == first)
    assert (line["mark"], line["mark of kim"], line["mark of lee"]) == ("", "3", "")
    assert "Says how." in (folder / f"marked/feedback/{first}.html").read_text(encoding="utf-8")
    assert rule(folder, first) == "mark of kim, 3 of 4"


def test_by_task_each_marker_has_a_task_of_everybody(make_course):
    more = '\n[[graded]]\ntask = "law.mind"\n'
    folder = course(
        make_course, 'markers = ["kim", "lee"]\nby = "task"', TASKS + SECOND, more, **{"law.mind": "A survey of homes."}
    )
    assert {r["task"] for r in sheet(folder, "kim")} | {r["task"] for r in sheet(folder, "lee")} == {
        "law.reason",
        "law.mind",
    }
    assert len({r["task"] for r in sheet(folder, "kim")}) == 1
    assert len(sheet(folder, "kim")) == len(sheet(folder, "lee")) == len(IDS)


def test_by_criterion_marks_come_together(make_course):
    folder = course(make_course, 'markers = ["kim", "lee"]\nby = "criterion"', PARTED)
    columns = {m: [c for c in sheet(folder, m)[0] if " (of " in c] for m in ("kim", "lee")}
    assert sorted(columns["kim"] + columns["lee"]) == ["Names the claim (of 1)", "Says what it leaves open (of 3)"]
    assert all("mark" not in sheet(folder, m)[0] for m in ("kim", "lee"))
    type_in(folder, "kim", ann={columns["kim"][0]: "1"}, ben={columns["kim"][0]: "0,5"})
    assert grade(folder).sheet.waiting == len(IDS)  # one criterion of two
    type_in(folder, "lee", ann={columns["lee"][0]: "1"}, ben={columns["lee"][0]: "0"})
    grade(folder)
    assert (mark(folder, "ann"), mark(folder, "ben")) == ("2", "0.5")


def test_criteria_stand_in_the_instructors_copy_and_in_no_students(make_course):
    folder = make_course(tasks=PARTED)
    build(folder)
    whole = read_tasks(folder / "built/instructor/tasks/law.toml")["law.reason"]
    assert whole.criteria == {"Names the claim": 1, "Says what it leaves open": 3} and whole.full_marks == 4
    assert "Names the claim (1); Says what" in (folder / "built/instructor/assignment.ipynb").read_text(
        encoding="utf-8"
    )
    assert not any(
        b"Says what it leaves open" in p.read_bytes() for p in (folder / "built/students").rglob("*") if p.is_file()
    )


def test_criteria_of_one_marker_are_added_up(make_course):
    folder = course(make_course, "", PARTED)
    names = ["Names the claim (of 1)", "Says what it leaves open (of 3)"]
    assert all(name in sheet(folder)[0] for name in names)
    type_in(
        folder,
        "",
        ann=dict(zip(names, ("1", "2.5"), strict=True)),
        ben={names[0]: "1"},
        cho=dict(zip(names, ("1", "1"), strict=True), mark="4"),
        dan=dict(zip(names, ("2", "1"), strict=True)),
        eve="3",
    )
    done = grade(folder)
    assert (mark(folder, "ann"), mark(folder, "eve"), done.sheet.waiting) == ("3.5", "3", 4)
    said = " ".join(done.sheet.troubles)
    assert "cho at law.reason has the mark 4, and its criteria come to 2" in said
    assert "'2' of “Names the claim” of dan at law.reason is no number from 0 to 1" in said


def test_two_markers_of_one_text_small_differences_are_shared_and_wide_ones_wait_for_an_agreed_mark(make_course):
    folder = course(make_course, 'markers = ["kim", "lee", "mia"]\neach = 2\napart = 1')
    readers = {s: [m for m in ("kim", "lee", "mia") if s in students(folder, m)] for s in IDS}
    assert all(len(who) == 2 for who in readers.values())
    for student, marks in {"ann": ("3", "4"), "ben": ("1", "4"), "cho": ("2", "2"), "dan": ("2", None)}.items():
        for marker, value in zip(readers[student], marks, strict=True):
            if value:
                type_in(folder, marker, **{student: value})
    done = grade(folder)
    assert [mark(folder, s) for s in ("ann", "ben", "cho", "dan")] == ["3.5", "", "2", ""]
    wide, small = done.sheet.differences
    assert wide[0] == "ben" and wide[3:] == ("3", "waits for an agreed mark") and small[0] == "ann"
    assert f"{readers['ben'][0]} 1; {readers['ben'][1]} 4" == wide[2]
    report = (folder / "marked/report.html").read_text(encoding="utf-8")
    assert "Where markers differ" in report and "waits for an agreed mark" in report
    line = next(r for r in sheet(folder) if r["student"] == "ben")
    assert line["apart"] == "3"
    type_in(folder, "", ben={"mark": "2", "comment": "We agree on two."})
    grade(folder)
    assert mark(folder, "ben") == "2"
    assert rule(folder, "ben") == "agreed mark, 2 of 4"


def test_one_marker_less_leaves_what_was_marked_and_deals_the_rest(make_course):
    folder = course(make_course, 'markers = ["kim", "lee"]')
    first = sorted(students(folder, "lee"))[0]
    type_in(folder, "lee", **{first: "3"})
    grade(folder)
    (folder / "course.toml").write_text(plan('markers = ["kim"]'), encoding="utf-8")
    grade(folder)
    assert mark(folder, first) == "3"
    assert students(folder, "kim") == set(IDS) - {first}


def test_no_sheet_or_page_names_anybody_and_marks_come_back(make_course):
    words = {"law.reason": "It leaves open how many came."}
    folder = course(make_course, 'markers = ["kim", "lee"]\nanonymous = true', **words)
    open_to_markers = [*(folder / "marked/sheets").iterdir(), *(folder / "marked").glob("marking-sheet*")]
    open_to_markers += list((folder / "marked/feedback").iterdir())
    assert len(open_to_markers) == 2 + 2 + 2 + len(IDS)
    named = re.compile("|".join(rf"\b{i}\b" for i in IDS), re.IGNORECASE)
    for path in open_to_markers:
        assert not named.search(path.read_text(encoding="utf-8") + path.stem), path.name
    codes = json.loads((folder / "marked/markers.json").read_text(encoding="utf-8"))["codes"]
    (kims, lees) = ({r["student"] for r in sheet(folder, m)} for m in ("kim", "lee"))
    assert kims | lees == set(codes.values())
    type_in(folder, "kim", **dict.fromkeys(kims, "3"))
    type_in(folder, "lee", **dict.fromkeys(lees, "2"))
    grade(folder)
    assert {s: mark(folder, s) for s in IDS} == {s: "3" if codes[s] in kims else "2" for s in IDS}
    assert f"{codes['ann']}</bdi>: " in (folder / f"marked/feedback/{codes['ann']}.html").read_text(encoding="utf-8")


def test_an_answer_id_on_a_sheet_without_names_says_nothing_of_the_student(make_course):
    from tumen.course.sheet_page import Piece

    folder = course(make_course, "anonymous = true", **{"law.reason": "The same words of all."})
    shown = {r["answer id"] for r in sheet(folder)}
    task = grade(folder).records[0].tasks[-1]
    assert len(shown) == len(IDS)
    assert not shown & {Piece(s, task, "The same words of all.").digest for s in IDS}


def test_the_flag_may_come_and_go_and_no_mark_is_lost(make_course):
    folder = course(make_course, "", ids=IDS[:2])
    type_in(folder, "", ann="3")
    grade(folder, anonymous=True)
    assert [p.stem for p in (folder / "marked/feedback").iterdir() if p.stem in IDS] == []
    assert mark(folder, "ann") == "3" and not {r["student"] for r in sheet(folder)} & set(IDS)
    code = {r["student"]: r for r in sheet(folder)}
    type_in(folder, "", **{next(c for c, r in code.items() if not r["mark"]): "1"})
    grade(folder)
    assert (mark(folder, "ann"), mark(folder, "ben")) == ("3", "1")
    assert {r["student"] for r in sheet(folder)} == {"ann", "ben"}
    assert {p.stem for p in (folder / "marked/feedback").iterdir()} == {"ann", "ben"}


def test_a_text_that_names_its_writer_is_told_where_names_are_kept_out(make_course):
    folder = course(make_course, "anonymous = true", ids=["ann", "ben"], **{"law.reason": "So says Ann Example."})
    assert [n for n in notes(folder) if "names its writer" in n] == [
        "ann | hand-in-korea-301-ann.json | law.reason: the text names its writer, and stands so on the sheet without names."
    ]


@pytest.mark.parametrize("tasks", [TASKS.replace("RUBRIC-OF-LAW-REASON", "Another rubric."), PARTED])
def test_a_mark_by_an_earlier_rubric_counts_and_is_listed_until_somebody_has_looked(make_course, tasks):
    folder = course(make_course, "", ids=IDS[:2])
    type_in(folder, "", ann="3")
    grade(folder)
    (folder / "tasks/law.toml").write_text(tasks, encoding="utf-8")
    build(folder)
    for _ in range(2):
        done = grade(folder)
        assert mark(folder, "ann") == "3"
        assert [t for t in done.sheet.troubles if "by an earlier rubric (ann)" in t]
    assert "by an earlier rubric" in (folder / "marked/marking-sheet.html").read_text(encoding="utf-8")
    type_in(folder, "", ann={"rubric id": ""})
    assert grade(folder).sheet.troubles == ()
    assert mark(folder, "ann") == "3"


def test_other_full_marks_take_no_points_from_what_was_marked(make_course):
    folder = course(make_course, "", ids=IDS[:2])
    type_in(folder, "", ann="3")
    grade(folder)
    (folder / "tasks/law.toml").write_text(
        TASKS.replace('rubric = "RUBRIC-OF-LAW-REASON"', 'rubric = "Of eight now."\nmarks = 8'), encoding="utf-8"
    )
    grade(folder)
    assert mark(folder, "ann") == "3"
    line = next(r for r in sheet(folder) if r["student"] == "ann")
    assert (line["mark"], line["out of"]) == ("3", "4")
    type_in(folder, "", ann={"rubric id": ""})  # looked at, and 3 of 8 it is
    with pytest.raises(Lowered):
        grade(folder)
    assert grade(folder, yes=True).sheet.troubles == () and mark(folder, "ann") == "1.5"


def test_criteria_that_change_their_marks_leave_what_was_given(make_course):
    folder = course(make_course, "", PARTED, ids=IDS[:2])
    type_in(folder, "", ann={"Names the claim (of 1)": "1", "Says what it leaves open (of 3)": "2"})
    grade(folder)
    (folder / "tasks/law.toml").write_text(PARTED.replace('"Names the claim" = 1', '"Names it" = 3'), encoding="utf-8")
    for _ in range(2):
        grade(folder)
        assert mark(folder, "ann") == "3"
    line = next(r for r in sheet(folder) if r["student"] == "ann")
    assert (line["mark"], line["out of"]) == ("3", "4")
    assert "by criteria of an earlier rubric: names the claim 1, says what it leaves open 2" in line["note"]


def test_a_copy_of_a_sheet_under_another_name_is_not_read_and_said(make_course):
    folder = course(make_course, 'markers = ["kim"]')
    (folder / "marked/sheets/kim (1).csv").write_bytes((folder / "marked/sheets/kim.csv").read_bytes())
    assert "sheets/kim (1).csv is no marker's sheet" in " ".join(grade(folder).sheet.troubles)


def test_whose_a_code_is_is_never_guessed_where_its_file_is_spoilt(make_course, refusal):
    folder = course(make_course, "anonymous = true", ids=IDS[:2])
    (folder / "marked/markers.json").write_text("{", encoding="utf-8")
    assert "markers.json of the marks cannot be used" in refusal(grade, folder)


def test_a_student_is_forgotten_with_code_and_rows(make_course):
    folder = course(make_course, 'markers = ["kim", "lee"]\nanonymous = true', **{"law.reason": "It leaves open much."})
    code = json.loads((folder / "marked/markers.json").read_text(encoding="utf-8"))["codes"]["ann"]
    forget(folder, "ann")
    left = [
        p.name
        for p in (folder / "marked").rglob("*")
        if p.is_file() and code in p.read_bytes().decode("utf-8", "replace")
    ]
    assert left == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ('markers = ["Kim Lee"]', "marking: 'Kim Lee' names the file"),
        ('markers = ["kim", "kim"]', "names 'kim' twice"),
        ('markers = ["kim"]\neach = 2', "needs so many markers"),
        ('markers = ["kim"]\nby = "criterion"', "law.reason has none"),
        ('marker = ["kim"]', "'marker' is not known here in marking; the nearest is 'markers'"),
    ],
)
def test_a_plan_of_markers_that_cannot_be_is_told(make_course, refusal, words, told):
    assert told in refusal(build, make_course(plan=plan(words)))


@pytest.mark.parametrize(
    ("criteria", "told"),
    [
        ('{ "a (b)" = 1 }', "is no criterion"),
        ('{ "a" = 0 }', "needs its full marks"),
        ('{ "a" = 1, "A" = 2 }', "called alike"),
        ('{ "a" = 1 }\nmarks = 4', "marks = 4, and the criteria come to 1"),
    ],
)
def test_criteria_that_cannot_be_are_told(make_course, refusal, criteria, told):
    tasks = TASKS.replace('rubric = "RUBRIC-OF-LAW-REASON"', f"criteria = {criteria}")
    assert told in refusal(build, make_course(tasks=tasks))

"""A term with forty students, by the guide's commands alone: from the platform's class list to what goes back on it."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from classroom import book, rows
from hostile import zipped
from test_give_back import moodle_finds, pages
from test_guide import hand_in
from test_markers import type_in

from tumen.brief import models
from tumen.cli import main
from tumen.core import Case
from tumen.course.plan import read_course
from tumen.tasks.check import run_answer

IDS = [f"c{n:03}" for n in range(1, 41)]
EXPORT = '"First name","Last name","ID number","Email address"\n' + "".join(
    f"Student,No {s},{s},{s}@example.org\n" for s in IDS
)
TITLE = "my-course"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """The commands as the guide gives them, in a clean folder; each returns what was printed."""
    monkeypatch.chdir(tmp_path)

    def call(words: str, status: int = 0) -> str:
        capsys.readouterr()
        assert main(words.split()) == status, capsys.readouterr().err
        said = capsys.readouterr()
        return said.out + said.err

    return call


def plan(*changes: tuple[str, str]) -> None:
    path = Path("my-course/course.toml")
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def answers(course, student: str, right: bool = True) -> bytes:
    """What a student sends, made in the student's own copy."""
    copy = Path("my-course/built/students") / student
    case = Case.read(copy / "case.toml", models().values())
    given = {key: run_answer(course.task(key).answer, case)[0] for key in ("counting.guests", "own.ceiling")}
    given["own.ceiling"] *= 1 if right else 1.04
    path = hand_in(
        copy, **{k.replace(".", "__"): v for k, v in given.items()}, own__reason=f"S2P3-d, as I read run {student}."
    )
    data = path.read_bytes()
    for name in (path.name, "answers.json"):
        (copy / name).unlink()
    return data


def download(name: str, students: list[str], wrong: tuple[str, ...] = ()) -> dict[str, bytes]:
    course = read_course("my-course")
    places = {
        s: f"Student No {s}_{7000 + int(s[1:])}_assignsubmission_file_/hand-in-my-course-{s}.json" for s in students
    }
    members = {place: answers(course, s, s not in wrong) for s, place in places.items()}
    Path(name).write_bytes(zipped(members))
    return members


def numbers() -> dict[str, str]:
    found = {p.name: (p / "case.toml").read_text(encoding="utf-8") for p in Path("my-course/built/students").iterdir()}
    return {student: text.partition("\n")[2] for student, text in found.items()}


def form() -> dict[str, str]:
    """The grades that go up, by student."""
    text = Path("my-course/marked/moodle.csv").read_text(encoding="utf-8")
    return {r["ID number"]: r[TITLE] for r in csv.DictReader(io.StringIO(text))}


def test_forty_students_from_class_list_to_feedback(run):
    run("course new my-course")
    Path("export.csv").write_text(EXPORT, encoding="utf-8")
    assert "with 40 students" in run("course roster export.csv my-course")
    plan(('# markers = ["kim", "lee"]', 'markers = ["kim", "lee"]'), ("# anonymous = true", "anonymous = true"))
    assert run("course build my-course").startswith("40 students; ")
    assert len(list(Path("my-course/built/zips").glob("*.zip"))) == 40
    issued = numbers()
    assert len(set(issued.values())) == 40

    # hand-ins of 38, six of whom come near
    near = tuple(IDS[:6])
    download("submissions.zip", IDS[:38], near)
    said = run("course grade my-course submissions.zip")
    assert "38 of 40 students handed in" in said and "38 texts to read" in said
    first = {s: float(book(Path("my-course"))[s]["own.ceiling"]) for s in IDS[:38]}
    assert {s for s in first if first[s] == 1.5} == set(near) and set(first.values()) == {1.5, 3.0}

    # two markers, no names
    course = Path("my-course")
    for marker in ("kim", "lee"):
        codes = [r["student"] for r in rows(course / f"marked/sheets/{marker}.csv")]
        assert len(codes) == 19 and not set(codes) & set(IDS)
        type_in(course, marker, **dict.fromkeys(codes, "3"))
    said = run("course grade my-course submissions.zip")
    assert "feedback-moodle.zip: 38 students" in said
    before = form()
    assert sum(bool(g) for g in before.values()) == 38

    # week six: kinder, one more task, one student more and one less
    plan(('task = "own.ceiling"\nwithin = 0.02', 'task = "own.ceiling"\nwithin = 0.05'))
    plan(('[[graded]]\ntask = "own.reason"', '[[graded]]\ntask = "counting.bound"\n\n[[graded]]\ntask = "own.reason"'))
    roster = course / "roster.csv"
    lines = roster.read_text(encoding="utf-8-sig").splitlines()
    roster.write_text("\n".join([*lines[:-1], "c041,Student No c041,c041@example.org,c041"]) + "\n", encoding="utf-8")
    run("course build my-course")
    now = numbers()
    assert {s: c for s, c in now.items() if s in issued} == {s: c for s, c in issued.items() if s in now}
    assert set(now) == {*IDS[:39], "c041"}
    run("course grade my-course")
    marks = book(course)
    assert all(float(marks[s]["own.ceiling"]) == 3 for s in IDS[:38])
    assert not any("issued" in marks[s]["to look at"] or "numbers" in marks[s]["to look at"] for s in IDS[:38])

    # a late zip of one, an exception, and everybody else as before
    download("late.zip", ["c039"])
    (course / "adjust.csv").write_text(
        "student,task,what,value,reason\nc002,own.reason,override,4,read again\n", encoding="utf-8"
    )
    said = run("course grade my-course late.zip")
    assert "39 of 40 students handed in" in said
    after = form()
    assert after["c039"] == "" and all(after[s] and float(after[s]) >= float(before[s]) for s in IDS[:38])
    assert float(book(course)["c002"]["own.reason"]) == 4

    # what goes back finds everybody, names nobody on the page, and prints what each was asked
    back = pages(course / "marked/feedback-moodle.zip")
    assert len(moodle_finds(list(back), {7000 + n for n in range(1, 42)})) == 38
    for s in ("c001", "c020"):
        page = back[f"Student No {s}_{7000 + int(s[1:])}_assignsubmission_file_/feedback.html"]
        hosts = re.search(r"^hosts = (\d+)$", issued[s], re.MULTILINE)[1]
        assert f"Student No {s}" not in page
        assert f"{int(hosts):,} people live" in page

    # somebody leaves for good
    run("course forget c007 my-course")
    assert "c007" not in book(course) and len(book(course)) == 39
    with zipfile.ZipFile(course / "marked/feedback-moodle.zip") as archive:
        assert len(archive.namelist()) == 37 and not any("c007" in n for n in archive.namelist())

"""Honest hand-ins for the small course of these tests, one a student, right or wrong as asked."""

import csv
import datetime as dt
import io
import os
from pathlib import Path

from hostile import answers, hand_in, text

from tumen.course.plan import read_course
from tumen.course.variants import Variants, case_mark, case_text
from tumen.tasks.check import run_answer

COURSE = "korea-301"


def key(course, student: str, task: str) -> float:
    """What the model gives for a task in a student's own case."""
    return run_answer(course.task(task).answer, Variants(course).case(student))[0]


def work(folder: Path, student: str, /, numbers: str | None = None, **changes) -> dict:
    """A hand-in with every answer right, worked with the numbers of `numbers` (the student's own where none is named).

    `changes` replace answers by key (None leaves one out) or parts of the hand-in.
    """
    course = read_course(folder)
    case = Variants(course).case(numbers or student)
    given = {
        "counting.guests": run_answer(course.task("counting.guests").answer, case)[0],
        "counting.bound": "c",
        "law.ceiling": run_answer(course.task("law.ceiling").answer, case)[0],
        "law.reason": f"It leaves open how many came, as {student} sees it.",
        "counting.ratio": 150.0,
    }
    given |= {k: v for k, v in changes.items() if "." in k}
    given = {k: v for k, v in given.items() if v is not None}
    parts = {
        "course": COURSE,
        "made": "2027-03-10T10:00:00+00:00",
        "case_mark": case_mark(case),
        "case": case_text(case),
    }
    return hand_in(
        **({"student": student, "given": answers(**given)} | parts | {k: v for k, v in changes.items() if "." not in k})
    )


def put(folder: Path, made: dict, name: str = "", data: bytes | None = None) -> Path:
    """Put a hand-in where the instructor collects them."""
    path = folder / "handed-in" / (name or f"hand-in-{COURSE}-{made['student']}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text(made) if data is None else data)
    saved = dt.datetime(2027, 3, 10, 12, tzinfo=dt.UTC).timestamp()
    os.utime(path, (saved, saved))
    return path


def rows(path: Path) -> list[dict]:
    """A table that grading wrote."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def book(folder: Path) -> dict[str, dict]:
    """The gradebook by student."""
    return {r["id"]: r for r in rows(folder / "marked" / "gradebook.csv")}


def notes(folder: Path) -> list[str]:
    """What there is to look at, a line each."""
    return [f"{r['student']} | {r['file']} | {r['what']}" for r in rows(folder / "marked" / "to-look-at.csv")]

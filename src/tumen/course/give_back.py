"""Feedback: each student's own page, and giving all of them back in one zip under the platform's own names, with comments it imports.

Moodle finds a student by the number in the name of a folder (name_7301_assignsubmission_file_) or of a file that begins so;
Canvas by the two numbers in the name of a file (name_5101_88001_). Both stand in the download that was graded, and are given back
as they stood there. This follows what the two platforms document and publish; no live one was used.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from tumen.core.cells import csv_text
from tumen.core.templates import rendered
from tumen.core.words import number
from tumen.course.gradebook import Record, grade_of, shown_points
from tumen.course.handin import short_name
from tumen.course.lateness import told
from tumen.course.marking import Mark, rubric
from tumen.course.written import written_out, zipped
from tumen.tasks import Task

FOLDER = "feedback"
DRAFT = "This was a draft: it stood in its box when you handed in, and had not been recorded."
STATES = {
    "right": "Right.",
    "close": "Close: half the points.",
    "wrong": "Not right.",
    "missing": "No answer.",
    "unusable": "Could not be marked.",
    "unread": "Not marked yet.",
    "marked": "Read by your instructor.",
    "adjusted": "Set by your instructor.",
    "broken": "Your instructor will look at this one.",
}


def write_feedback(
    folder: Path,
    title: str,
    tasks: Iterable[Task],
    record: Record,
    words: Callable[[Task], str],
    solve: Callable[[Task], str],
    code: str = "",
) -> Path:
    """Write one student's page.

    `words` says a task's question with the student's own numbers; `solve` says a task's solution, or nothing where
    solutions are kept back. A `code` stands in the place of id and name, on the page and in its file's name.
    """
    asked = []
    for task in (t for t in tasks if t.key in record.marks):
        mark = record.marks[task.key]
        asked.append(
            {
                "name": short_name(task.key, record.marks),
                "prompt": words(task),
                "given": "" if mark.given is None else _given(task, mark),
                "mark": mark,
                "state": STATES[mark.state],
                "solution": solve(task),
                "rubric": rubric(task) if task.kind == "text" else "",
            }
        )
    page = rendered("course/html/feedback.html", title=title, record=record, code=code, tasks=asked, draft=DRAFT)
    return written_out(folder / FOLDER / f"{code or record.student.id}.html", page)


def _given(task: Task, mark: Mark) -> str:
    if isinstance(mark.given, float):
        return f"{number(mark.given, 6)} {task.unit}".strip()
    if task.kind == "choice" and mark.given in task.options:
        return f"({mark.given}) {task.options[mark.given]}"
    return str(mark.given)


# --- giving back ----------------------------------------------------------------------------------

MOODLE_ZIP, CANVAS_ZIP, WORKSHEET = "feedback-moodle.zip", "feedback-canvas.zip", "moodle-worksheet.csv"
OF_MOODLE = re.compile(r"[^_/]+_(\d+)_assignsubmission_file_?")
OF_CANVAS = re.compile(r"[^_/]+_(?:LATE_)?\d+_\d+_")
COLUMNS = (  # of Moodle's grading worksheet, as it has them in English
    "Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Last modified (submission)",
    "Last modified (grade)", "Feedback comments",
)  # fmt: skip
LONGEST = 4_000  # signs of a comment


def place_of(path: str) -> tuple[str, str, str]:
    """The zip in which a student's page goes back, the name it has there, and Moodle's number of the student; "" where none is known."""
    *folders, last = path.split("/")
    for part in (*folders, last):
        if (found := told(part)) is None:
            continue
        if found.platform == "Moodle" and (m := OF_MOODLE.match(part)):
            whole = f"{m[0]}/feedback.html" if part is not last else f"{m[0].rstrip('_')}_feedback.html"
            return MOODLE_ZIP, whole, m[1]
        if found.platform == "Canvas" and found.name and (m := OF_CANVAS.match(part)):
            return CANVAS_ZIP, f"{m[0]}feedback.html", ""
        return "", "", ""
    return "", "", ""


def give_back(folder: Path, records: Iterable[Record], whole: float) -> dict[str, int]:
    """Write a zip of pages for each platform hand-ins came from, and Moodle's worksheet; how many students each holds.

    `whole` are the points in all. A student of whom a text still waits for its mark is in none, as in the forms. What an earlier run wrote and now
    holds nobody is taken away. Raises `Problem` where a file cannot be written.
    """
    ready = [r for r in records if r.came and r.counts and not r.waiting]
    places = {r.student.id: place_of(r.path) for r in ready}
    done = {}
    for name in (MOODLE_ZIP, CANVAS_ZIP):
        there = {place[1]: r.page for r in ready if (place := places[r.student.id])[0] == name and r.page}
        done[name] = _zip(folder / name, there)
    rows = [_row(r, places[r.student.id][2], whole) for r in ready if places[r.student.id][2]]
    if rows:
        written_out(folder / WORKSHEET, "\ufeff" + csv_text([COLUMNS, *rows]))
    else:
        (folder / WORKSHEET).unlink(missing_ok=True)
    return {name: n for name, n in done.items() if n} | ({WORKSHEET: len(rows)} if rows else {})


def comment_of(record: Record) -> str:
    """A student's feedback on one line, as a platform's comment takes it: each task with its points and a sentence."""
    return _cut("; ".join(_said(record)))


def in_html(words: str) -> str:
    """Words as a platform shows them that takes a comment for HTML."""
    return escape(words, quote=False)


def _said(record: Record) -> Iterator[str]:
    if record.late:
        yield f"Late: {record.late}"
    for key, mark in record.marks.items():
        earned = "" if mark.points is None else f"{number(mark.points)} of {number(mark.of)}. "
        says = mark.says if mark.state not in ("missing", "unread") else ""
        state = STATES[mark.state]
        words = " ".join(filter(None, [state, "" if says.rstrip(".") in state else says]))
        yield f"{short_name(key, record.marks)}: {earned}{' '.join(words.split())}"
    yield from record.adjusted


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _row(record: Record, moodles: str, whole: float) -> Sequence:
    s = record.student
    grade = grade_of(record, "", whole)
    return (
        f"Participant {moodles}",
        s.name,
        s.email,
        "",
        grade,
        shown_points(whole),
        "",
        "",
        in_html(comment_of(record)),
    )


def _zip(path: Path, files: Mapping[str, Path]) -> int:
    """A zip of these files under these names, written whole or not at all; how many it holds."""
    if files:
        written_out(path, zipped({name: page.read_bytes() for name, page in files.items()}, how=zipfile.ZIP_DEFLATED))
    else:
        path.unlink(missing_ok=True)
    return len(files)

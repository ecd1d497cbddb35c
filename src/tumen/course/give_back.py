"""Feedback: each student's own page, and giving all of them back in one zip under the platform's own names, with comments it imports.

Moodle finds a student by the number in the name of a folder (name_7301_assignsubmission_file_) or of a file that begins so;
Canvas by the two numbers in the name of a file (name_5101_88001_). Both stand in the download that was graded, and are given back
as they stood there. This follows what the two platforms document and publish; no live one was used.
"""

from __future__ import annotations

import os
import re
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from tumen.core import Problem
from tumen.core.words import number
from tumen.course import pages
from tumen.course.gradebook import Record, csv_text, grade_of, shown_points
from tumen.course.handin import short_name
from tumen.course.lateness import told
from tumen.course.marking import Mark, rubric
from tumen.course.written import FILE_MODE, LONG_AGO
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
    words: Callable[[str, Task], str],
    solve: Callable[[Task], str],
    code: str = "",
) -> Path:
    """Write one student's page.

    `words` fills a task's prompt with the student's own numbers; `solve` says a task's solution, or nothing where
    solutions are kept back. A `code` stands in the place of id and name, on the page and in its file's name.
    """
    body = [f"<h1>{pages.said(title)}</h1>", f"<p>{_top(record, code)}</p>"]
    for words_of in ([f"Late: {record.late}"] if record.late else []) + record.told + record.adjusted:
        body.append(f'<p class="note">{pages.said(words_of)}</p>')
    for n, task in enumerate((t for t in tasks if t.key in record.marks), start=1):
        head = f"{n}. {short_name(task.key, record.marks)}"
        body.append(_one(head, task, record.marks[task.key], words(task.prompt, task), solve(task)))
    body.append(
        '<p class="note">What a model gives follows from its assumptions; it is no evidence about the world.</p>'
    )
    return pages.write(folder / FOLDER / f"{code or record.student.id}.html", pages.page(f"Feedback: {title}", body))


def _top(record: Record, code: str) -> str:
    """The first line, a name set apart so that one written from right to left turns nothing else."""
    one = record.student
    name = pages.set_apart(code or one.name or one.id)
    name += f" ({pages.said(one.id)})" if one.name and not code else ""
    of = sum(m.of for m in record.marks.values())
    waits = f"; {record.waiting} still to be read" if record.waiting else ""
    return f"{name}: {number(record.points, 4)} of {number(of, 4)} points{waits}."


def _one(head: str, task: Task, mark: Mark, prompt: str, solution: str) -> str:
    given = "" if mark.given is None else _given(task, mark)
    points = "point" if mark.of == 1 else "points"
    earned = "" if mark.points is None else f" {number(mark.points)} of {number(mark.of)} {points}."
    parts = [f"<article><h2>{pages.said(head)}</h2><p>{pages.said(prompt)}</p>"]
    if given:
        parts.append(pages.quoted(given))
    parts.append(
        f"<p><b>{STATES[mark.state]}</b>{earned} {pages.said(mark.says) if mark.state != 'missing' else ''}</p>"
    )
    if mark.draft:
        parts.append(f'<p class="note">{DRAFT}</p>')
    if solution:
        parts.append(f"<p><b>Solution.</b> {pages.said(solution)}</p>")
    if task.kind == "text":
        parts.append(f'<p class="note">Rubric: {pages.said(rubric(task))}</p>')
    return "".join([*parts, "</article>"])


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
        pages.write(folder / WORKSHEET, "\ufeff" + csv_text([COLUMNS, *rows]))
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
    if not files:
        path.unlink(missing_ok=True)
        return 0
    part = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), FILE_MODE)
        with os.fdopen(handle, "wb") as f, zipfile.ZipFile(f, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, page in sorted(files.items()):
                info = zipfile.ZipInfo(name, LONG_AGO)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, page.read_bytes())
        part.replace(path)
    except OSError as e:
        part.unlink(missing_ok=True)
        raise Problem(
            f"{path.name} cannot be written ({e.strerror}); close it where it is open, and run this again."
        ) from None
    return len(files)

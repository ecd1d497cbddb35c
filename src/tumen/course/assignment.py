"""What a course adds to the workbooks: its own page of what counts, its tasks and the hand-in; and worksheets to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from tumen.core import Case
from tumen.core.files import shipped
from tumen.core.home import home
from tumen.core.templates import rendered
from tumen.core.words import number
from tumen.course.checks import stems
from tumen.course.copies import ASSIGNMENT, asked, asking, copy_of, in_markdown, master, nbformat_cell, title_of
from tumen.course.handin import short_name
from tumen.course.plan import Course
from tumen.course.written import written_out
from tumen.evidence.dates import say
from tumen.tasks import Task, find_task
from tumen.tasks.check import asked_words

KINDS = {
    "number": "a number, checked with the numbers of your copy",
    "choice": "a choice",
    "text": "read by a person",
}


def own_page(course: Course, books: dict[str, list[dict]]) -> list[dict]:
    """The cells of the page; `books` are the copies of the workbooks, by stem."""
    there = {key: stem for stem, cells in books.items() for key in asked(cells, course)}
    here = [task for key, task in course.own_tasks.items() if key not in there and key not in course.tasks_off]
    cells = [
        nbformat_cell("markdown", "course-title", _title(course)),
        nbformat_cell("code", "course-import", "import tumen"),
        nbformat_cell("markdown", "course-counts", _counts(course, there)),
    ]
    if course.draws:
        cells.append(nbformat_cell("markdown", "course-numbers", OWN_NUMBERS))
    if here:
        cells.append(nbformat_cell("markdown", "course-tasks", "## Tasks of this course"))
        cells += [asking(task) for task in here]
    cells.append(nbformat_cell("markdown", "course-hand-in", HAND_IN))
    return [*cells, nbformat_cell("code", "course-do-hand-in", "tumen.hand_in()")]


OWN_NUMBERS = """## Your own numbers

Some numbers in your copy were drawn for you; others in your course have different ones. They stand in `case.toml`, and the
apps and the tasks use them. The text of a chapter and its pictures in print keep the workbook's. Please leave `case.toml`
as it is: your answers are checked against your numbers as your course knows them."""

HAND_IN = """## Hand in

What you type is kept in `answers.json` beside this page as you go, recorded or not; what is handed in is what stands in the boxes. Run the cell below when you are ready, and as often as
you like: it writes one small file and says what is in it, what is missing and what a person will read. Send that file, and
nothing else, the way your course asks for it."""


def _title(course: Course) -> str:
    dates = []
    if course.starts:
        dates.append(f"**Starts:** {said(course.starts)}.")
    if course.due:
        dates.append(f"**Due:** {said(course.due, course.zone)}.")
    chapters = "\n".join(f"- [{_name(stem)}]({stem}.ipynb)" for stem in course.workbooks)
    lead = "In each chapter choose **Run → Run All Cells** first. Answer the tasks there, then come back here."
    return "\n\n".join([f"# {in_markdown(course.title)}", *([" ".join(dates)] if dates else []), lead, chapters])


def _name(stem: str) -> str:
    number, _, words = stem.partition("-")
    return f"{number} · {words.replace('-', ' ')}" if words else number


def said(moment: dt.date, zone: str = "") -> str:
    """A day, or a day and an hour, in words, with the time zone where one is named or the hour has one."""
    day = say(moment.date() if isinstance(moment, dt.datetime) else moment)
    if not isinstance(moment, dt.datetime):
        return f"{day} ({zone})" if zone else day
    if moment.tzinfo is None:
        return f"{day}, {moment:%H:%M} {f'({zone})' if zone else ''}".strip()
    return f"{day}, {moment:%H:%M} {moment.tzname()}"


def _counts(course: Course, there: dict[str, str]) -> str:
    if not course.graded:
        return "## What counts\n\nNothing in this course is marked; every task tells you how you did."
    tasks = course.tasks()
    keys = [t.key for t in tasks]
    lines = ["## What counts", "", "| task | where | points | what it asks |", "|---|---|---|---|"]
    for task in tasks:
        stem = there.get(task.key)
        where = f"[{_name(stem)}]({stem}.ipynb)" if stem else "below"
        lines.append(f"| {short_name(task.key, keys)} | {where} | {number(task.points)} | {KINDS[task.kind]} |")
    whole = sum(t.points for t in tasks)
    lines += [
        "",
        f"{number(whole)} points in all. A task that counts records your answer and says no more; every other one tells you how you did.",
    ]
    return "\n".join(lines)


# --- printable worksheets -------------------------------------------------------------------------


def write_worksheets(folder: str | Path, course: Course | None = None) -> list[Path]:
    """Write a page for each chapter that asks something into a folder, in the course's numbers where one is given.

    Tasks of a course that stand in no chapter have a page of their own. Raises `Problem` where the folder cannot be written.
    """
    case, written, apart = (course.case if course else None), [], (ASSIGNMENT, *home().meta.pages)
    for name, (title, tasks) in _sheets(course).items():
        if tasks:
            written.append(written_out(Path(folder) / f"{name}.html", worksheet(title, tasks, case, name not in apart)))
    return written


def worksheet(title: str, tasks: Iterable[Task], case: Case | None = None, paragraph: bool = True) -> str:
    """One page: the paragraph where there is one, predictions, tasks, an exit ticket; no answers and no hints."""
    values = {"title": title, "tasks": list(tasks), "case": case, "paragraph": paragraph}
    return rendered("course/html/worksheet.html", asked_words=asked_words, **values)


def _sheets(course: Course | None) -> dict[str, tuple[str, list[Task]]]:
    """For each page its title and what it asks, in the order of the chapter."""
    if course is None:
        own = shipped("workbooks")
        return {s: (title_of(master(s)) or s, [find_task(key, own) for key in asked(master(s))]) for s in stems()}
    books = {s: copy_of(s, course) for s in course.workbooks}
    titles = {s: title_of(master(s, course.folder)) or s for s in books} | {ASSIGNMENT: course.title}
    books[ASSIGNMENT] = own_page(course, books)
    return {s: (titles[s], [course.task(key) for key in asked(cells, course)]) for s, cells in books.items()}

"""The page a course adds to the workbooks: what counts, when it is due, the course's own tasks, the hand-in."""

from __future__ import annotations

import datetime as dt

from tumen.core.words import number
from tumen.course.copies import asked, asking, in_markdown, nbformat_cell
from tumen.course.handin import short_name
from tumen.course.plan import Course
from tumen.evidence.dates import say

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

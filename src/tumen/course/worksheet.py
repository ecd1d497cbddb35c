"""Printable worksheets: what a chapter asks, on paper, for a room without computers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tumen.core import Case, Problem
from tumen.core.files import shipped
from tumen.course import pages
from tumen.course.checks import stems
from tumen.course.copies import asked, copy_of, master
from tumen.course.plan import Course
from tumen.tasks import Task, find_task
from tumen.tasks.check import filled

LINES = {"number": 1, "choice": 0, "text": 9}
STYLE = (
    "<style>.line { border-bottom: 1px solid #767676; height: 1.9em } li { margin: 0.4em 0; list-style: none } "
    "li::before { content: '\\2610\\00a0\\00a0' } ul { padding-left: 0.5em } article { margin: 1.4em 0 }</style>"
)


def write_worksheets(folder: str | Path, course: Course | None = None) -> list[Path]:
    """Write a page for each chapter that asks something into a folder, in the course's numbers where one is given.

    Raises `Problem` where the folder cannot be written.
    """
    written = []
    for stem in course.workbooks if course else stems():
        tasks = _tasks(stem, course)
        if tasks:
            case = course.case if course else None
            written.append(pages.write(Path(folder) / f"{stem}.html", worksheet(stem, tasks, case)))
    return written


def worksheet(stem: str, tasks: Iterable[Task], case: Case | None = None) -> str:
    """The page of one chapter: predictions first, then tasks, then an exit ticket; no answers and no hints."""
    tasks = list(tasks)
    title = _title(stem)
    body = [
        STYLE,
        f"<h1>{pages.said(title)}</h1>",
        "<p>Name or id: ______________________ Date: ______________</p>",
        "<p>The paragraph, in one sentence of your own:</p>" + _lines(2),
    ]
    predictions, rest = [t for t in tasks if t.prediction], [t for t in tasks if not t.prediction]
    if predictions:
        body += ["<h2>Predict, before anything is moved</h2>", *(_one(t, case) for t in predictions)]
    if rest:
        body += ["<h2>Work it out</h2>", *(_one(t, case) for t in rest)]
    body += ["<h2>Exit ticket</h2>", "<p>One number, and what it rests on:</p>", _lines(2)]
    body += ["<p>One thing that would change my mind:</p>", _lines(2)]
    body.append(
        '<p class="note">What a model gives follows from its assumptions; it is no evidence about the world.</p>'
    )
    return pages.page(title, body)


def _tasks(stem: str, course: Course | None) -> list[Task]:
    """The tasks a chapter asks, in its order."""
    if course:
        return [course.task(key) for key in asked(copy_of(stem, course))]
    return [find_task(key, shipped("workbooks")) for key in asked(master(stem))]


def _title(stem: str) -> str:
    """The chapter's own first heading."""
    heads = [c["source"].partition("\n")[0] for c in master(stem) if c["source"].startswith("# ")]
    return heads[0].removeprefix("# ") if heads else stem


def _one(task: Task, case: Case | None) -> str:
    try:
        words = filled(task.prompt, task, case)
    except Problem:
        words = task.prompt
    options = "".join(f"<li>({k}) {pages.said(v)}</li>" for k, v in task.options.items())
    unit = f' <span class="note">(in {pages.said(task.unit)})</span>' if task.unit and task.kind == "number" else ""
    return f"<article><p>{pages.said(words)}{unit}</p>{f'<ul>{options}</ul>' if options else ''}{_lines(LINES[task.kind])}</article>"


def _lines(count: int) -> str:
    return '<div class="line"></div>' * count

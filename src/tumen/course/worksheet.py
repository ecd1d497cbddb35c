"""Printable worksheets: what a chapter asks, on paper, for a room without computers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tumen.core import Case, Problem
from tumen.core.files import shipped
from tumen.core.home import home
from tumen.course import pages
from tumen.course.assignment import own_page
from tumen.course.checks import stems
from tumen.course.copies import ASSIGNMENT, asked, copy_of, master
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

    Tasks of a course that stand in no chapter have a page of their own. Raises `Problem` where the folder cannot be written.
    """
    case, written, apart = (course.case if course else None), [], (ASSIGNMENT, *home().meta.pages)
    for name, (title, tasks) in _sheets(course).items():
        if tasks:
            written.append(pages.write(Path(folder) / f"{name}.html", worksheet(title, tasks, case, name not in apart)))
    return written


def worksheet(title: str, tasks: Iterable[Task], case: Case | None = None, paragraph: bool = True) -> str:
    """One page: the paragraph where there is one, predictions, tasks, an exit ticket; no answers and no hints."""
    tasks = list(tasks)
    body = [
        STYLE,
        f"<h1>{pages.said(title)}</h1>",
        "<p>Name or id: ______________________ Date: ______________</p>",
    ]
    if paragraph:
        body.append("<p>The paragraph, in one sentence of your own:</p>" + _lines(2))
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


def _sheets(course: Course | None) -> dict[str, tuple[str, list[Task]]]:
    """For each page its title and what it asks, in the order of the chapter."""
    if course is None:
        own = shipped("workbooks")
        return {s: (_title(s), [find_task(key, own) for key in asked(master(s))]) for s in stems()}
    books = {s: copy_of(s, course) for s in course.workbooks}
    titles = {s: _title(s, course.folder) for s in books} | {ASSIGNMENT: course.title}
    books[ASSIGNMENT] = own_page(course, books)
    return {s: (titles[s], [course.task(key) for key in asked(cells, course)]) for s, cells in books.items()}


def _title(stem: str, folder: Path | None = None) -> str:
    """The chapter's own first heading."""
    heads = [c["source"].partition("\n")[0] for c in master(stem, folder) if c["source"].startswith("# ")]
    return heads[0].removeprefix("# ") if heads else stem


def _one(task: Task, case: Case | None) -> str:
    try:
        words = filled(task.prompt, task, case)
    except Problem:
        words = task.prompt
    options = "".join(f"<li>({pages.said(k)}) {pages.said(v)}</li>" for k, v in task.options.items())
    unit = f' <span class="note">(in {pages.said(task.unit)})</span>' if task.unit and task.kind == "number" else ""
    return f"<article><p>{pages.said(words)}{unit}</p>{f'<ul>{options}</ul>' if options else ''}{_lines(LINES[task.kind])}</article>"


def _lines(count: int) -> str:
    return '<div class="line"></div>' * count

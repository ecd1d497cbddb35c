"""What a student gets back: one page with every answer, what it earned, a sentence, and the solution."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from tumen.core.words import number
from tumen.course import pages
from tumen.course.gradebook import Record
from tumen.course.handin import short_name
from tumen.course.marking import Mark, rubric
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

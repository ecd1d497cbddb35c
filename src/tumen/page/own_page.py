"""A reader's own page: what they have recorded, in one HTML file beside the notebook that asks for nothing outside itself."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Sequence
from html import escape
from pathlib import Path

from tumen.core import Model, Problem
from tumen.core.files import write_atomic
from tumen.core.frozen import frozen
from tumen.core.words import number
from tumen.page.session import Session
from tumen.tasks import Task, check
from tumen.tasks.answers import DRAFT
from tumen.tasks.check import filled

STATES = {"right": "Agrees with the model.", "close": "Close.", "wrong": "Not yet.", "recorded": "Recorded."}


def kind(task: Task) -> str:
    """What an answer to a task is called."""
    return "prediction" if task.prediction else "piece of writing" if task.kind == "text" else "answer"


def answer(task: Task, entry: dict, session: Session) -> str:
    """One prompt, what was answered, and how it stands."""
    lines = [f'<article><p>{escape(prompt(task, session))}</p><p class="said">{escape(given(task, entry))}</p>']
    for words in _standing(task, entry, session):
        lines.append(f'<p class="state">{escape(words)}</p>')
    return "".join([*lines, "</article>"])


def prompt(task: Task, session: Session) -> str:
    """What was asked, with the numbers of the case in use."""
    return _filled(task.prompt, task, session)


def given(task: Task, entry: dict) -> str:
    """What was answered, in words."""
    value = entry.get("value")
    if isinstance(value, str) and value in task.options:
        return f"({value}) {task.options[value]}"
    return f"{plain(value)} {task.unit}" if task.unit and task.kind == "number" else plain(value)


def outcome(task: Task, session: Session) -> str:
    """What a prediction is set beside."""
    return _filled(task.right, task, session)


def _standing(task: Task, entry: dict, session: Session) -> list[str]:
    if entry.get("state") == DRAFT:
        return ["Kept as it was typed; not recorded."]
    if task.prediction:
        return [f"Predicted. {outcome(task, session)}".strip()]
    if task.kind == "text" or task.graded:
        return [f"Recorded on {str(entry.get('when', ''))[:10]}." if entry.get("when") else "Recorded."]
    try:
        feedback = check(task, entry.get("value"), session.case)
    except (Problem, TypeError, ValueError):  # an answer to an earlier form of the task
        return ["Recorded; it cannot be checked against the task as it now stands."]
    return [f"{STATES[feedback.state]} {feedback.says}"]


def _filled(words: str, task: Task, session: Session) -> str:
    try:
        return filled(words, task, session.case)
    except Problem:
        return words


def plain(value) -> str:
    """A recorded value in words."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value, 6)
    return "" if value is None else str(value)


STYLE = (
    "body { font: 16px/1.5 Arial, 'Liberation Sans', Helvetica, sans-serif; color: #1F2328; background: #FBFAF7; "
    "max-width: 44em; margin: 2em auto; padding: 0 1em } figure { margin: 1em 0 } img { max-width: 100%; height: auto } "
    "table { border-collapse: collapse; font-size: 14px } th, td { text-align: left; padding: 3px 12px 3px 0; "
    "border-bottom: 1px solid #E3E0D8; vertical-align: top } .said { white-space: pre-wrap; border-left: 3px solid #767676; "
    "padding-left: 12px; overflow-wrap: anywhere } .state { color: #5A6068; font-size: 14px } "
    "@media print { body { margin: 0; max-width: none } article { break-inside: avoid } }"
)


@frozen
class Written:
    """Where a page was written, and what is in it."""

    path: Path
    words: str

    def __repr__(self):
        return self.words

    def _repr_html_(self):
        name = escape(self.path.name)
        return f'<p>{escape(self.words)} <a href="{name}" target="_blank">open {name}</a></p>'


def write_page(folder: Path, stem: str, title: str, parts: Sequence[str]) -> Path:
    """Write a page of these parts (HTML) into a folder; returns the file.

    An earlier page of the same kind is replaced, whole or not at all; another file of that name is left alone, and
    the page gets a number. Raises `Problem` where the folder cannot be written.
    """
    path = _free(folder, stem)
    try:
        write_atomic(path, _head(stem, title) + "\n".join(parts) + "\n</main>\n</body>\n</html>\n")
    except (OSError, UnicodeEncodeError) as e:
        why = getattr(e, "strerror", None) or "an answer holds half of a character"
        raise Problem(f"{path.name} could not be written here ({why}).") from None
    return path


def today() -> str:
    """The date of writing, in words."""
    when = dt.datetime.now().astimezone()
    return f"{when.day} {when:%B %Y}"


def figure(model: Model, result) -> str:
    """The model's picture of a result beside its declared start: an image that carries everything it needs."""
    from tumen.brief import picture_of

    drawn, start = picture_of(model), model()
    svg = drawn.svg(drawn.rows(result, start))
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    words = escape(drawn.words(result, start))
    image = f'<img src="data:image/svg+xml;base64,{data}" alt="{words}">'
    return f"<figure>{image}<figcaption>{escape(drawn.caption)}</figcaption></figure>"


def _mark(stem: str) -> str:
    return f'<meta name="generator" content="Tumen {stem}">'


def _head(stem: str, title: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n{_mark(stem)}\n<title>{escape(title)}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )


def _free(folder: Path, stem: str) -> Path:
    """The file of an earlier page, or a name at which nothing else stands."""
    path, n = folder / f"{stem}.html", 2
    while path.exists() and not _ours(path, stem):
        path, n = folder / f"{stem}-{n}.html", n + 1
    return path


def _ours(path: Path, stem: str) -> bool:
    try:
        return _mark(stem) in path.read_text(encoding="utf-8", errors="replace")[:4_000]
    except OSError:
        return False

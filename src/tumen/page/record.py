"""What a reader has recorded, task by task, in words and as HTML."""

from __future__ import annotations

from html import escape

from tumen.core import Problem
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

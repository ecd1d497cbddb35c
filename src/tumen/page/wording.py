"""A task's words, as HTML and as text: its worked example, its question, its hint and its solution."""

from __future__ import annotations

from html import escape

from tumen.core.case import Case
from tumen.core.words import number
from tumen.tasks import Task, solved
from tumen.tasks.check import filled, worked
from tumen.tasks.definitions import STEP

LEFT_OUT = "Now with a step left out: what belongs in place of the question mark?"
CHECK = "check the step"


def worked_example(task: Task, case: Case, solved: bool = False) -> str:
    """A task's worked example, as HTML, folded once the task is solved; empty where it has none."""
    said = escape(worked(task, case))
    if said and solved:
        return f'<details class="tumen-fold"><summary>Worked example</summary><p>{said}</p></details>'
    return f'<p class="tumen-worked"><b>Worked example.</b> {said}</p>' if said else ""


def prompt(task: Task, case: Case) -> str:
    """What a task asks, as HTML."""
    points = f"counts: {number(task.points)} point{'' if task.points == 1 else 's'}"
    which = points if task.graded else f"{task.size} task"
    size = "" if task.prediction or task.key.startswith(STEP) else f' <span class="tumen-note">({which})</span>'
    return f'<p class="tumen-prompt">{escape(filled(task.prompt, task, case))}{size}</p>'


def in_html(task: Task, case: Case) -> str:
    """A task where no widget can live: its worked example and its question, with hints and solutions closed."""
    parts = [worked_example(task, case)]
    if task.step:
        parts += [f'<p class="tumen-note">{LEFT_OUT}</p>', in_html(task.step, case)]
    parts.append(prompt(task, case))
    if task.options:
        parts.append("<ul>" + "".join(f"<li>({k}) {escape(v)}</li>" for k, v in task.options.items()) + "</ul>")
    if task.hint:
        hint = escape(filled(task.hint, task, case))
        parts.append(f"<details><summary>hint</summary><p>{hint}</p></details>")
    if task.solution:
        parts.append(f"<details><summary>solution</summary><p>{escape(solved(task, case))}</p></details>")
    return "".join(parts)


def in_words(task: Task, case: Case) -> str:
    """A task as text, with its solution where it has one."""
    example = [f"Worked example. {worked(task, case)}"] if task.worked else []
    if task.step:
        example += [LEFT_OUT, in_words(task.step, case)]
    lines = [*example, filled(task.prompt, task, case), *(f"  ({k}) {v}" for k, v in task.options.items())]
    if task.solution:
        lines.append(f"  solution: {solved(task, case)}")
    return "\n".join(lines)

"""What has been done so far in this folder, and what is left."""

from __future__ import annotations

from html import escape

import ipywidgets as W

from tumen.apps.card import Card
from tumen.apps.desk import Desk
from tumen.tasks import Task, tasks_of

STATES = {
    "right": "done: agrees with the model",
    "close": "answered: close",
    "wrong": "answered: not yet what the model gives",
    "recorded": "recorded",
    "skipped": "skipped",
}


class Progress(Card):
    """The tasks of the themes given, each with its state; it follows the answers as they come."""

    def __init__(self, themes, desk: Desk):
        self.desk, self.themes = desk, themes
        self.tasks: list[Task] = [t for theme in themes for t in tasks_of(theme, desk.folder).values()]
        super().__init__()
        self.add_class("tumen-card")
        self._list = W.HTML()
        self.children = (self._list,)
        self._settle()
        desk.listen(lambda _key: self._settle())

    def state(self, task: Task) -> str:
        """Where one task stands, in words."""
        entry = self.desk.answers.get(task.key)
        return STATES.get(str(entry.get("state")), "recorded") if entry else "open"

    def _settle(self) -> None:
        trouble = " ".join(t for t in (self.desk.trouble, self.desk.answers.trouble) if t)
        done = sum(self.state(t) not in ("open", "skipped") for t in self.tasks)
        items = "".join(f"<li>{escape(called(t))}: {escape(self.state(t))}</li>" for t in self.tasks)
        self._list.value = (
            (f'<p class="tumen-message">{escape(trouble)}</p>' if trouble else "")
            + f"<p>{done} of {len(self.tasks)} answered. Answers stay in answers.json beside this notebook.</p><ul>{items}</ul>"
        )

    def plain(self) -> str:
        where = "this chapter" if len(self.themes) == 1 else f"{len(self.themes)} chapters"
        lines = [f"{len(self.tasks)} questions in {where}; answers are kept in answers.json beside the notebook."]
        return "\n".join([*lines, *(f"  {called(t)}" for t in self.tasks)])


def called(task: Task) -> str:
    """A task by its name and its kind, in words."""
    name = task.name or task.key.partition(".")[2].replace("_", " ")
    if task.graded:
        return f"{name} (counts in your course)"
    kind = (
        "prediction" if task.prediction else {"number": task.size, "choice": task.size, "text": "in words"}[task.kind]
    )
    return f"{name} ({kind})"

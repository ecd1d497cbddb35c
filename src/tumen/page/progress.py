"""What has been done so far in this folder, and what is left."""

from __future__ import annotations

from html import escape

from tumen.core.home import home
from tumen.page import widgets as W
from tumen.page.session import Session
from tumen.page.widgets import Card
from tumen.tasks import Task, tasks_of

STATES = {
    "right": "done: agrees with the model",
    "close": "answered: close",
    "wrong": "answered: not yet what the model gives",
    "recorded": "recorded",
    "skipped": "skipped",
}
OPEN = "open"


class Progress(Card):
    """The tasks of the themes given by where they stand; it follows the answers as they come.

    One theme's tasks stand open, a line a state; of several each has a line that opens to them.
    """

    def __init__(self, themes, session: Session):
        order = [*home().meta.chapters]
        self.session = session
        self.themes = sorted(themes, key=lambda t: order.index(t) if t in order else -1)
        self._tasks = {theme: [*tasks_of(theme, session.folder).values()] for theme in self.themes}
        self.tasks: list[Task] = [t for tasks in self._tasks.values() for t in tasks]
        super().__init__()
        self.add_class("tumen-card")
        self._head = W.HTML()
        self._lines = {theme: W.HTML() for theme in self.themes}  # each by itself: what is open stays open
        self.children = (self._head, *self._lines.values())
        self._settle()
        session.listen(lambda _key: self._settle())

    def state(self, task: Task) -> str:
        """Where one task stands, in words."""
        entry = self.session.answers.get(task.key)
        return STATES.get(str(entry.get("state")), "recorded") if entry else OPEN

    def _done(self, tasks: list[Task]) -> str:
        return f"{sum(self.state(t) not in (OPEN, STATES['skipped']) for t in tasks)} of {len(tasks)} answered"

    def _settle(self) -> None:
        trouble = " ".join(t for t in (self.session.trouble, self.session.answers.trouble) if t)
        wrong = f'<p class="tumen-message">{escape(trouble)}</p>' if trouble else ""
        self._head.value = f"{wrong}<p>{self._done(self.tasks)}. Answers stay in answers.json beside this notebook.</p>"
        for theme, line in self._lines.items():
            line.value = self._line(theme)

    def _line(self, theme: str) -> str:
        """A theme's tasks, those that stand alike in one line; under its name where there are several themes."""
        alike: dict[str, list[str]] = {state: [] for state in (*STATES.values(), OPEN)}
        for task in self._tasks[theme]:
            alike[self.state(task)].append(escape(called(task)))
        said = "".join(f"<p><b>{state}</b>: {'; '.join(tasks)}</p>" for state, tasks in alike.items() if tasks)
        if len(self.themes) == 1:
            return said
        name = f"<b>{escape(theme.capitalize())}</b>: {self._done(self._tasks[theme])}"
        return f'<details class="tumen-fold"><summary>{name}</summary>{said}</details>'

    def plain(self) -> str:
        where = "this chapter" if len(self.themes) == 1 else f"{len(self.themes)} chapters"
        lines = [f"{len(self.tasks)} questions in {where}; answers are kept in answers.json beside the notebook."]
        lines += [f"  {theme}: {'; '.join(map(called, tasks))}" for theme, tasks in self._tasks.items()]
        return "\n".join(lines)


def called(task: Task) -> str:
    """A task by its name and its kind, in words."""
    name = task.name or task.key.partition(".")[2].replace("_", " ")
    if task.graded:
        return f"{name} (counts in your course)"
    kind = (
        "prediction" if task.prediction else {"number": task.size, "choice": task.size, "text": "in words"}[task.kind]
    )
    return f"{name} ({kind})"

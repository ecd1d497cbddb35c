"""A guess before an answer: the prediction as it stands within a model's card, and its mark on the picture."""

from __future__ import annotations

from tumen.core import Problem
from tumen.core.words import number
from tumen.page import widgets as W
from tumen.page.questions import Prediction
from tumen.page.session import Session
from tumen.tasks import Task
from tumen.tasks.check import run_answer
from tumen.tasks.numerals import read_numeral


class Guess(Prediction):
    """A prediction within a card: what is asked, a field for the guess and, once it is made, the guess beside the answer.

    `typed()` is called with the number that stands in the field, or None, whenever that changes.
    """

    def __init__(self, task: Task, session: Session, typed=lambda value: None):
        self._tell = typed
        super().__init__(task, session)
        self.remove_class("tumen-card")
        self.add_class("tumen-ask")
        self._entry.observe(lambda _: self._tell(self.placed), "value")
        session.listen(lambda key: self.settle() if key == task.key else None)
        self.settle()

    def _button(self) -> str:
        return "record my guess"

    def _buttons(self):
        row = super()._buttons()
        row.children[1].description = "open without predicting"
        row.add_class("tumen-bar")
        return row

    @property
    def made(self) -> bool:
        """Whether the guess was recorded or skipped, now or before."""
        return self.session.answers.get(self.task.key) is not None

    def settle(self) -> None:
        """Show what there is to do while the guess is open, and what came of it afterwards."""
        if self.made:
            # only hidden, so that what is said after it stays where it stood and is announced
            self.children[1].layout = W.Layout(display="none")

    @property
    def placed(self) -> float | None:
        """The number recorded, or the one that stands in the field; None where there is none."""
        if self.session.answers.get(self.task.key):
            return recorded(self.task, self.session)
        try:
            return read_numeral(self._entry.value, self.task.unit).value
        except (Problem, TypeError, ValueError, AttributeError):
            return None

    def place(self, value: float) -> None:
        """Write a number into the field, as a hand on the picture does."""
        self._entry.value = f"{value:.3g}" if abs(value) < 1000 else f"{float(f'{value:.3g}'):,.0f}"

    def _opened(self, joint: str) -> str:
        return ""

    def _outcome(self, value) -> str:
        return f"{beside(self.task, value, self.session)} {self._filled(self.task.right)}".strip()

    def _answered(self, value) -> None:
        self.session.record(self.task, value, "recorded")
        self._say(self._outcome(value))
        self._said.take_focus()  # the button that had it is gone

    def _again(self, value) -> str:
        return self._outcome(value)

    def skip(self) -> None:
        """See the answer without a guess."""
        self.session.record(self.task, None, "skipped")
        self._say("Skipped.")
        self._said.take_focus()


def recorded(task: Task, session: Session) -> float | None:
    """The number recorded as a guess, here or in a cell of its own; None where there is none."""
    entry = session.answers.get(task.key) or {}
    try:
        return float(entry["value"]) if entry.get("state") == "recorded" else None
    except (KeyError, TypeError, ValueError):
        return None


def beside(task: Task, value, session: Session) -> str:
    """The guess beside the model's answer, such as "You: 0.5; the model: 0.63."."""
    if task.kind == "choice":
        return f"You: {task.options.get(value, value).rstrip('.')}."
    if task.answer is None:
        return f"You: {number(value)}."
    return f"You: {number(value)}; the model: {number(run_answer(task.answer, session.case)[0])}."


def axis_of(task: Task, picture) -> str:
    """The axis of a model's picture on which the answer to a task is read off; nothing where there is none."""
    if task.kind != "number" or task.answer is None or task.answer.model != task.model:
        return ""
    return picture.axes.get(task.answer.output, "")


def mark(task: Task, picture, placed: float | None, open_: bool) -> dict:
    """How a guess stands on the picture: its axis, its place in the axis' own unit, and whether it can still be put."""
    axis = axis_of(task, picture)
    if not axis or (placed is None and not open_):
        return {}
    times = task.answer.times
    what = f"your guess, {task.unit}" if task.unit else "your guess"
    return {
        "axis": axis,
        "open": open_,
        "at": None if placed is None else placed / times,
        "times": times,
        "name": what,
        "words": "" if placed is None else f"you: {number(placed)}",
    }

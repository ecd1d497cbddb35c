"""What stands in a model's card before the model does: the guesses that come first, and their marks on the picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import escape

from tumen.core import Model, Problem
from tumen.core.words import is_share, number
from tumen.page import widgets as W
from tumen.page.questions import Prediction
from tumen.page.session import Session
from tumen.page.tables import image
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
        if not getattr(self._entry, "value", None):
            return None
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

    def _again(self, value) -> tuple[str, str]:
        return self._outcome(value), ""

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
    """How a guess stands on the picture: its axis, its place and its ends in the axis' own unit, and whether it can still be put."""
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
        "ends": [(-1 if "−1" in task.unit else 0) / times, 1 / times]
        if is_share(task.unit)
        else None,  # an axis may go on
        "name": what,
        "words": "" if placed is None else f"you: {number(placed)}",
    }


ELSEWHERE = "The controls open when you have recorded your prediction above. You can also skip it: press “open without predicting”."
LATER = "The model’s picture and its controls come after the guess, when the chapter runs."
AXES = "The axes of the picture, with what is known beforehand. It is drawn when you have made your guess."


class Ahead:
    """The predictions that come before a model in its card, asked one after another.

    Those asked in a cell of their own, in another model's card or in an earlier card of this one (`here` tells the cards
    of a model apart) are not asked again. `chart` is the picture that stands on the page, the one
    of axes alone at first; a guess is marked on it.
    """

    def __init__(self, model: Model, session: Session, first: Sequence[Task] = (), here: object = ""):
        self.model, self.session, self.chart = model, session, None
        self.asked = tuple(first)
        for task in self.asked:
            session.owe(task)
        mine = [t for t in self.asked if t.model in ("", model.key) and session.asks(t.key, (model.key, here))]
        self.guesses = tuple(Guess(t, session, self._typed) for t in mine)

    @property
    def closed(self) -> bool:
        """Whether a prediction is still open, so that the model is not on the page yet."""
        return self.session.owed(self.model.key) or any(not g.made for g in self.guesses)

    @property
    def made(self) -> int:
        """How many of its own guesses are made."""
        return sum(g.made for g in self.guesses)

    @property
    def so_far(self) -> tuple[Guess, ...]:
        """The guesses made, and the one that is open now."""
        made = [g.made for g in self.guesses]
        return self.guesses[: made.index(False) + 1 if False in made else len(made)]

    def parts(self, skip) -> tuple[W.Widget, ...]:
        """What stands on the page while a guess is open; `skip()` is called by who will not make one that is asked elsewhere."""
        asked = self.so_far
        if asked and not asked[-1].made:
            self.chart = self._axes(asked[-1])
            return (*asked, *([self.chart] if self.chart else []))
        button = W.Button(description="open without predicting", layout=W.Layout(width="auto"))
        button.on_click(lambda _: skip())
        return (*asked, W.HTML(f'<p class="tumen-note">{ELSEWHERE}</p>'), button)

    def _axes(self, guess: Guess):
        """The picture before the guess: its axes, what was known, and a place for the guess; None where it has none."""
        from tumen.charts.picture import tidy
        from tumen.page.chart_widget import ChartWidget

        drawn = self._drawn
        if not axis_of(guess.task, drawn):
            return None
        rows = self._known(drawn)
        chart = ChartWidget(
            picture=drawn,
            engine=self.session.engine,
            spec=drawn.spec(rows),
            frame={
                "rows": tidy(rows),
                "alt": AXES,
                "verdict": "",
                "message": "",
                "beside": {},
                "values": {},
                "track": {},
            },
            controls=[],
            height=drawn.size[1] + 60,
            guess=mark(guess.task, drawn, guess.placed, open_=True),
        )
        chart.observe(lambda change: None if change["new"] is None else guess.place(change["new"]), "placed")
        return chart

    @cached_property
    def _drawn(self):
        """The model's picture over its ranges in use, made once and not at every key of a guess."""
        from tumen.brief import picture_of

        return picture_of(self.model)

    def _known(self, drawn) -> list:
        return drawn.known(self.model()) if drawn.known else []

    def _typed(self, _value) -> None:
        if self.chart is not None:
            self.chart.guess = self.marks()

    def marks(self) -> dict:
        """The guess that stands on the picture: the last that has a place there, of those made here, else elsewhere."""
        drawn = self._drawn
        found = [mark(t, drawn, recorded(t, self.session), open_=False) for t in self.session.before(self.model.key)]
        found += [mark(g.task, drawn, g.placed, open_=not g.made) for g in self.so_far]
        return next((m for m in reversed(found) if m), {})

    def html(self) -> str:
        """What is asked, and no answer."""
        drawn, parts = self._drawn, [g.html() for g in self.guesses]
        if any(axis_of(g.task, drawn) for g in self.guesses):
            parts.append(f"<figure>{image(drawn, self._known(drawn), AXES)}</figure>")
        return "".join(parts) + f"<p>{escape(LATER)}</p>"

    def plain(self) -> str:
        """What is asked as text, and no answer."""
        return "\n".join([*(g.plain() for g in self.guesses), LATER])

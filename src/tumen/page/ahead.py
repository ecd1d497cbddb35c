"""What stands in a model's card before the model does: the guesses that come first, and the axes they are put on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import escape

from tumen.core import Model
from tumen.page import widgets as W
from tumen.page.guess import Guess, axis_of, mark, recorded
from tumen.page.session import Session
from tumen.tasks import Task

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
        from tumen.page.still import image

        drawn, parts = self._drawn, [g.html() for g in self.guesses]
        if any(axis_of(g.task, drawn) for g in self.guesses):
            parts.append(f"<figure>{image(drawn, self._known(drawn), AXES)}</figure>")
        return "".join(parts) + f"<p>{escape(LATER)}</p>"

    def plain(self) -> str:
        """What is asked as text, and no answer."""
        return "\n".join([*(g.plain() for g in self.guesses), LATER])

"""A picture that waits for a prediction: in its place stands which one, and afterwards the picture."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tumen.core import Model
from tumen.evidence.exhibit import Exhibit
from tumen.page import widgets as W
from tumen.page.chart_widget import Spoken
from tumen.page.guard import guarded
from tumen.page.session import Session
from tumen.page.show import shown
from tumen.page.tables import SCALE, still
from tumen.page.widgets import Card
from tumen.tasks import Task
from tumen.tasks.check import filled

WAITS = "A picture stands here once you have made a guess:"


class Closed(Card):
    """What stands for a model or an exhibit that would answer predictions: they, until each is made, then the picture.

    What is stored of it is the same before and after: the questions.
    """

    def __init__(self, thing: Model | Exhibit, session: Session, asked: Sequence[Task]):
        self.thing, self.session, self.asked, self.is_open = thing, session, tuple(asked), False
        for task in self.asked:
            session.owe(task)
        super().__init__()
        self.add_class("tumen-card")
        self._said = Spoken()
        see = W.Button(description="open without predicting", layout=W.Layout(width="auto"))
        see.on_click(lambda _: self._guard(self._skip)())
        self._see = see
        session.listen(lambda _key: self._guard(self._settle)())
        self._settle()

    def _guard(self, callback):
        return guarded(self._say)(callback)

    def _say(self, sentence: str) -> None:
        self._said.text = sentence

    def _skip(self) -> None:
        self.session.skip(self.thing.key)
        if self.is_open:
            self._say("Skipped.")
            self._said.take_focus()  # the button that had it is gone

    def _settle(self) -> None:
        if self.is_open:
            return
        if self.session.owed(self.thing.key):
            self.children = (self._said, W.HTML(self.html()), self._see)
            return
        self.is_open = True
        # the line stays where it was, so that it can take the focus of the button that goes
        what = shown(self.thing, self.session)
        self.children = (self._said, W.HTML(still(what)))
        if what.picture is not None:
            self.session.alternatives.tell(what.picture.png(what.rows, SCALE), what.words, what.picture, what.rows)

    def _prompts(self) -> list[str]:
        return [filled(t.prompt, t, self.session.case) for t in self.asked]

    def plain(self) -> str:
        return "\n".join([WAITS, *self._prompts()])

    def html(self) -> str:
        asked = "".join(f"<p>{escape(prompt)}</p>" for prompt in self._prompts())
        return f'<p class="tumen-note">{WAITS}</p>{asked}'

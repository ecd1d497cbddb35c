"""What the reader's tools share: a line that is read out, callbacks that tell their faults, and what may be shown of later years."""

from __future__ import annotations

from collections.abc import Sequence

from tumen.core.home import home
from tumen.page import widgets as W
from tumen.page.chart_widget import Spoken
from tumen.page.guard import guarded
from tumen.page.session import Session
from tumen.page.widgets import Card


class Tool(Card):
    """A card with a spoken line: `say(sentence)` writes it, `guard(callback)` tells a fault there.

    `early` says whether the case's date keeps later evidence out altogether; `since_open` whether it may be
    shown, which takes a prediction recorded or skipped in this notebook.
    """

    def __init__(self, session: Session):
        self.session, self.sentence = session, ""
        super().__init__()
        self.add_class("tumen-card")
        self.said = Spoken()

    def say(self, sentence: str) -> None:
        """Write a sentence into the line that assistive technology reads out."""
        self.sentence = self.said.text = sentence

    def guard(self, callback):
        """Wrap a callback so that a fault in it is told to the reader, and raised again under test."""
        return guarded(self.say)(callback)

    @property
    def early(self) -> bool:
        """Whether the date in use lies before the end of the later evidence."""
        return self.session.case.as_of is not None and self.session.case.as_of < home().meta.evidence_to

    @property
    def since_open(self) -> bool:
        """Whether what has become known since may be shown."""
        return not self.early and self.session.predicted

    def button(self, words: str, do, tooltip: str = "") -> W.Button:
        """A button as wide as its words, which calls `do()`."""
        made = W.Button(description=words, tooltip=tooltip, layout=W.Layout(width="auto"))
        made.on_click(lambda _: self.guard(do)())
        return made

    def choice(self, label: str, options, value, do, width: str = "auto") -> W.Dropdown:
        """A labelled list to choose from, which calls `do()` after a change."""
        made = W.Dropdown(
            description=label,
            options=options,
            value=value,
            style={"description_width": "initial"},
            layout=W.Layout(width=width, max_width="100%"),
        )
        made.observe(lambda _: self.guard(do)(), "value")
        return made


class Folded(W.VBox):
    """What can wait: closed and not on the page until its button is pressed; `closed` and `opened` are the button's words."""

    def __init__(self, inside: Sequence[W.Widget], closed: str, opened: str):
        self._all, self.inside, self.words = tuple(inside), W.VBox(), (closed, opened)
        self.inside.add_class("tumen-rest")
        self.button = W.Button(layout=W.Layout(width="auto"))
        self.button.add_class("tumen-more")
        self.button.on_click(lambda _: self.turn(not self.inside.children))
        super().__init__([self.button, self.inside])
        self.turn(False)

    def turn(self, open_: bool) -> None:
        """Open or close it."""
        self.inside.children = self._all if open_ else ()
        self.button.description = self.words[open_]


def row(*widgets) -> W.HBox:
    """Widgets beside each other, on several lines where they do not fit."""
    box = W.HBox(list(widgets))
    box.add_class("tumen-bar")
    return box

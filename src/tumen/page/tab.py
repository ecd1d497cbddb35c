"""What every tab of an app is: filled when first opened, refreshed while open, and never silent."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tumen.core import Problem
from tumen.core.words import figure
from tumen.page import widgets as W
from tumen.page.guard import sentence
from tumen.page.tables import html_table


class Tab:
    """One tab: `title` on it, `page` under it.

    `build()` returns the widgets of the page, made when the tab is first opened; `refresh()` brings them up to the
    app's present setting. A `Problem` in either is shown in place of the page, and the page is built anew at the
    next occasion.
    """

    title = ""
    waiting = ""  # said while the first build takes its time
    quick = True  # whether it follows while a control moves, or only when the hand has come to rest

    def __init__(self, app):
        self.app = app
        self.page = W.VBox()
        self.page.add_class("tumen-page")
        self._parts: tuple[W.Widget, ...] = ()

    def build(self) -> tuple[W.Widget, ...]:
        """The widgets of the page."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Bring the page up to the present setting."""

    def update(self) -> None:
        """Build what is not built yet, and refresh it."""
        try:
            if not self._parts:
                if self.waiting and not self.page.children:
                    self._put((note(self.waiting),))
                self._parts = self.build()
            self.refresh()
        except Problem as fault:
            self._parts = ()
            self._put((note(sentence(fault)),))
        else:
            self._put(self._parts)

    def redo(self, *_) -> None:
        """Refresh after a choice within the page; a fault is told in the app."""
        self.app.guard(self.update)()

    def _put(self, parts) -> None:
        if self.page.children != parts:
            self.page.children = parts


class Board(W.VBox):
    """A picture that stays while its rows change, its reading in words, and its table."""

    def __init__(self, session, picture):
        super().__init__()
        self.session, self.picture, self.chart = session, picture, None
        self.table = W.HTML()

    def show(self, now, start, reading: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Draw these results, say the reading and fill the table."""
        from tumen.charts.picture import tidy
        from tumen.page.chart_widget import ChartWidget

        drawn = self.picture.rows(now, start)
        words = {
            "alt": self.picture.words(now, start),
            "verdict": reading,
            "message": "",
            "beside": {},
            "values": {},
            "track": {},
        }
        frame = {"rows": tidy(drawn), **words}
        self.table.value = table_of(head, rows)
        if self.chart is not None:
            self.chart.frame = frame
            return
        self.chart = ChartWidget(
            picture=self.picture,
            engine=self.session.engine,
            spec=self.picture.spec(drawn),
            frame=frame,
            controls=[],
            caption=self.picture.caption,
            height=self.picture.size[1] + 24,
        )
        self.children = (self.chart, self.table)


class Fold(W.VBox):
    """A picture behind a button. `build()` makes the widgets, `refresh()` brings them up to the app's present setting.

    `behind` names it on its button; `draw(make)` puts another picture in its `place`, one that `make()` gives.
    """

    behind = ""

    def __init__(self, app):
        self.app, self.board, self._built = app, None, ()
        self.place, self.inside = W.VBox(), W.VBox()
        self.button = W.Button(layout=W.Layout(width="auto"))
        self.button.add_class("tumen-more")
        self.button.on_click(lambda _: app.guard(self.turn)())
        super().__init__([self.button, self.inside])
        self._name()

    def build(self) -> tuple[W.Widget, ...]:
        """The widgets behind the button."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Bring them up to the present setting."""

    @property
    def opened(self) -> bool:
        """Whether it stands open."""
        return bool(self.inside.children)

    def turn(self) -> None:
        """Open or close it."""
        if self.opened:
            self.inside.children = ()
        else:
            self._built = self._built or self.build()
            self.refresh()
            self.inside.children = self._built
        self._name()

    def _name(self) -> None:
        self.button.description = f"{'hide' if self.opened else 'show'} {self.behind}"

    def draw(self, picture) -> None:
        """Put an empty board for a picture in the place."""
        self.board = Board(self.app.session, picture)
        self.place.children = (self.board,)

    def choosing(self, label: str, options, value=None) -> W.Dropdown:
        """A list to choose from; a choice draws anew, and a fault in it is told in the app."""
        made = choice(label, options, value)
        made.observe(lambda change: self.app.guard(self.chosen)(change), "value")
        return made

    def chosen(self, _change) -> None:
        """Draw anew after a choice."""
        self.refresh()

    @property
    def varied(self) -> list[tuple[str, str]]:
        """The label and the key of every number with a range."""
        return [(q.label, q.key) for q in self.app.model.quantities if q.sampled]


def table_of(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """A table that scrolls sideways, by keyboard too, where it is wider than its page."""
    return (
        f'<div class="tumen-wide" role="group" tabindex="0" aria-label="table">{html_table(head, rows, caption)}</div>'
    )


def note(words: str) -> W.HTML:
    """A sentence in place of a picture."""
    return W.HTML(f'<p class="tumen-prompt">{escape(words)}</p>')


def choice(label: str, options, value=None) -> W.Dropdown:
    """A named list to choose from."""
    options = list(options)
    return W.Dropdown(
        description=label,
        options=options,
        value=options[0][1] if value is None else value,
        style={"description_width": "initial"},
        layout=W.Layout(width="auto", max_width="min(420px, 100%)"),
    )


def cell(value, unit: str = "") -> str:
    """A number of a table of results in words; empty where there is none."""
    return "" if value is None else figure(value, unit)

"""What every tab of an app is: filled when first opened, refreshed while open, and never silent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from time import perf_counter

import ipywidgets as W

from tumen.apps.guard import sentence
from tumen.apps.tables import html_table
from tumen.core import Problem
from tumen.core.words import figure


class Tab:
    """One tab: `title` on it, `page` under it.

    `build()` returns the widgets of the page, made when the tab is first opened; `refresh(moving)` brings them
    up to the app's present setting, with few points while a control moves. A `Problem` in either is shown in
    place of the page, and the page is built anew at the next occasion.
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

    def refresh(self, moving: bool) -> None:
        """Bring the page up to the present setting."""

    def update(self, moving: bool = False) -> None:
        """Build what is not built yet, and refresh it."""
        try:
            if not self._parts:
                if self.waiting and not self.page.children:
                    self._put((note(self.waiting),))
                self._parts = self.build()
            self.refresh(moving)
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

    def __init__(self, desk, picture):
        super().__init__()
        self.desk, self.picture, self.stage = desk, picture, None
        self.table = W.HTML()

    def show(self, now, start, reading: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Draw these results, say the reading and fill the table."""
        from tumen.apps.stage import Stage
        from tumen.charts.picture import tidy

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
        self.table.value = html_table(head, rows)
        if self.stage is not None:
            self.stage.frame = frame
            return
        self.stage = Stage(
            engine=self.desk.engine,
            spec=self.picture.spec(drawn),
            frame=frame,
            controls=[],
            caption=self.picture.caption,
            height=self.picture.size[1] + 24,
        )
        self.children = (self.stage, self.table)


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
        layout=W.Layout(width="auto", max_width="420px"),
    )


def cell(value, unit: str = "") -> str:
    """A number of a table of results in words; empty where there is none."""
    return "" if value is None else figure(value, unit)


PATIENCE = 1.0  # seconds a full analysis may take before fewer cases are drawn
QUICK = 0.2  # seconds a small one may take and still follow a moving control


def affordable(run: Callable[[int], object], small: int, large: int) -> tuple[int, bool, object]:
    """How many cases to draw at rest, whether `small` are quick enough for a moving control, and what they gave.

    `run(n)` draws n cases. Where `large` would take too long, fewer are drawn.
    """
    begun = perf_counter()
    found = run(small)
    taken = perf_counter() - begun
    n = large
    while n > small and taken * n / small > PATIENCE:
        n //= 2
    return n, taken <= QUICK, found if n == small else run(n)


def need_ranges(model) -> None:
    """Raise `Problem` where no number of the model has a range."""
    if not any(q.sampled for q in model.quantities):
        raise Problem(
            "none of this model's inputs is a number with a range, so there are no cases to draw; change them beside, "
            "save what you find, and compare."
        )


def need_numbers(model) -> None:
    """Raise `Problem` where the model gives nothing that is one number a case."""
    from tumen.analysis.targets import targets

    if not targets(model):
        raise Problem("this model answers in words or tables, not in one number, so there is no spread to show.")


def need_margin(model) -> None:
    """Raise `Problem` where no finding of the model could turn."""
    if all(f.margin is None for f in model.findings):
        judged = "only illustrates its claims" if model.findings else "judges no claim of the report"
        raise Problem(f"this model {judged}, so nothing in it holds or fails and nothing can flip.")

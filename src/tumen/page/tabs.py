"""The tabs of the base app: one declared list, each of them, and what opens and refreshes them.

What compares, computes and draws is imported by the tab that needs it: most are never opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from tumen.analysis.table import case_of
from tumen.analysis.targets import targets
from tumen.brief import boards
from tumen.core import Problem
from tumen.core.home import home
from tumen.core.result import nearness
from tumen.core.words import amount, exact, figure
from tumen.evidence.dates import say
from tumen.page import widgets as W
from tumen.page.debounce import Debounce
from tumen.page.tab import Board, Fold, Tab, choice, note, table_of
from tumen.page.tables import Parts, assumptions, settings

if TYPE_CHECKING:
    from tumen.analysis import Comparison

NONE_YET = "No case of this model is saved yet: set the controls, choose save, and give the setting a name."


class Compare(Tab):
    """Saved cases beside the present setting; `found` is the last comparison."""

    title = "compare"

    def build(self):
        outputs = [(t.label, t.key) for t in targets(self.app.model) if t.kind == "output"]
        self.of = choice("compare", outputs) if outputs else None
        self.said, self.place, self.table = W.HTML(), W.VBox(), W.HTML()
        self._drawn = None
        if self.of is None:
            return self.said, self.table
        self.of.observe(self.redo, "value")
        return (self.of, self.place, self.said) if len(outputs) > 1 else (self.place, self.said)

    def refresh(self):
        from tumen.analysis import compare
        from tumen.charts.cases import MOST, compared
        from tumen.charts.flip_map import YOURS

        saved, troubles = self._usable()
        self.found = compare(self.app.model, {YOURS: self.app.settings, **saved})
        head, rows = side_by_side(self.found)
        if not saved:
            troubles.insert(0, NONE_YET)
        if len(self.found.names) > MOST:
            troubles.append(f"The picture shows the first {MOST} of {len(self.found.names)} cases, the table all.")
        self.said.value = "".join(note(words).value for words in troubles)
        if self.of is None:
            self.table.value = note(self.found.reading()).value + table_of(head, rows)
            return
        drawn = (self.of.value, self.found.names)
        if drawn != self._drawn:
            self.board = Board(
                self.app.session, compared(self.app.model, self.of.value, len(self.found.names), self._span())
            )
        self.board.show(self.found, self.found, self.found.reading(), head, rows)
        if drawn != self._drawn:
            self._drawn, self.place.children = drawn, (self.board,)

    def _usable(self) -> tuple[dict, list[str]]:
        """The saved cases that can be used with this model, and a sentence on each that cannot."""
        from tumen.analysis import compare

        usable, troubles = {}, list(self.app.session.saved.troubles)
        for name, case in self.app.session.saved.of(self.app.model).items():
            try:
                compare(self.app.model, {name: case})
            except Problem as fault:
                troubles.append(f"Left out: {fault}")
            else:
                usable[name] = case
        return usable, troubles

    def _span(self) -> tuple[float, float]:
        """An axis that holds every case and what each quantity's range gives; from 0, for lengths are compared."""
        from tumen.analysis import tornado

        values = [v for line in self.found.part("output") if line.key == self.of.value for v in line.values]
        if any(q.sampled for q in self.app.model.quantities):
            values += [v for b in tornado(self.app.model).of(self.of.value) for v in (b.at_low, b.at_high)]
        known = [0.0, *(v for v in values if v is not None)]
        low, high = min(known), max(known)
        room = 0.05 * (high - low) or 1.0
        return (low - room if low < 0 else 0.0), (high + room if high > 0 else 0.0)


def side_by_side(found: Comparison) -> tuple[list[str], list[list[str]]]:
    """A row for each input that differs, each output and each finding; a column a case."""
    head = ["", *found.names, "unit"]
    return head, [
        [
            line.label if line.part != "finding" else line.key,
            *(_shown(found.model.named(line.key, v), line.unit) for v in line.values),
            line.unit,
        ]
        for line in found.lines
    ]


def _shown(value, unit: str) -> str:
    if value is None:
        return "no answer"
    if isinstance(value, bool):
        return "holds" if value else "does not hold"
    if isinstance(value, tuple) and len(value) == 2 and not isinstance(value[0], tuple):
        return " to ".join("" if v is None else exact(v, unit) for v in value)
    if isinstance(value, (int, float)):
        return figure(value, unit)
    return (Parts if isinstance(value, Mapping) else str)(amount(value))


LEADS = "How often?", "What decides it?", "What would turn it?"


class Robust(Tab):
    """Three sentences on the starting case and its declared ranges, wherever the controls stand; the pictures mark these.

    `found` is what they rest on. Nothing is computed before the tab is opened, no picture drawn before its fold is. A
    model whose ranges are its controls answers with pictures and readings of its own, for the ranges as they are set.
    """

    title = "Is it robust?"
    waiting = "Computing …"

    def build(self):
        from tumen.analysis import robustness
        from tumen.page.folds import BreakEvens, Ends, Map, OwnPicture, Spread

        model, app = self.app.model, self.app
        self.own = boards(model.key)
        if self.own:
            self.quick = False
            behind = [
                [OwnPicture(app, own, i == 0 and own.says is None) for i, own in enumerate(self.own[lead])]
                for lead in LEADS
            ]
            spoken = "These three sentences speak of the ranges as they are set beside the picture, and follow them."
        else:
            self.found = robustness(model)
            self.quick, self.sentences = self.found.quick, self.found.sentences
            gauged = [f for f in model.findings if f.margin is not None]
            many = sum(q.sampled for q in model.quantities) > 1
            turns = [BreakEvens(app, gauged), *([Map(app, gauged)] if many else [])] if gauged else []
            behind = [Spread(app, self.found)], [Ends(app, self.found.shared)], turns
            spoken = f"These three sentences speak of {case_of(model)} and the ranges declared in it, wherever the controls stand."
        self.said = [W.HTML() for _ in LEADS]
        self.folds: list[Fold] = [fold for folds in behind for fold in folds]
        parts = [W.VBox([said, *folds]) for said, folds in zip(self.said, behind, strict=True)]
        for part in parts:
            part.add_class("tumen-part")
        return W.HTML(f'<p class="tumen-note">{escape(spoken)}</p>'), *parts

    def refresh(self):
        if self.own:
            first = [self.own[lead][0] for lead in LEADS]
            self.sentences = [(own.says or own.reading)(self.app.result) for own in first]
        for html, lead, words in zip(self.said, LEADS, self.sentences, strict=True):
            html.value = f'<p class="tumen-verdict"><b>{lead}</b> {escape(words)}</p>'
        for fold in self.folds:
            if fold.opened:
                fold.refresh()

    def fold(self, behind: str) -> Fold:
        """The fold of that name, opened as a hand would."""
        fold = next(f for f in self.folds if f.behind == behind)
        if not fold.opened:
            fold.turn()
        return fold


class Numbers(Tab):
    """Every input and output, in this setting and in the starting case."""

    title = "table"

    def build(self):
        self.html = W.HTML()
        return (self.html,)

    def refresh(self):
        app = self.app
        head, rows = settings(app.result, app.start)
        alt = f"<p>{escape(app.picture.words(app.result, app.start))}</p>"
        self.html.value = table_of(head, rows, "This setting beside the starting case") + alt


class Sources(Tab):
    """What the model assumes, where each number is from, and the formula."""

    title = "sources"

    def build(self):
        model, meta = self.app.model, home().meta
        head, rows = assumptions(model)
        link = f'<p>The report: <a href="{escape(meta.link)}" target="_blank" rel="noopener">{escape(meta.author)}, {say(meta.date)}</a>.</p>'
        formula = f"<p>Formula: {escape(model.formula)}.</p>" if model.formula else ""
        caption = "What this model assumes, and where each number is from"
        return (W.HTML(table_of(head, rows, caption) + formula + link),)


class LeavesOut(Tab):
    """What the model leaves out, and how near its findings come to the claims."""

    title = "what this leaves out"

    def build(self):
        model = self.app.model
        differs = "".join(f"<p>{escape(nearness(f))}</p>" for f in model.findings)
        return (W.HTML(f"<p>{escape(model.leaves_out)}</p>{differs}"),)


TABS: tuple[type[Tab], ...] = (Robust, Compare, Numbers, Sources, LeavesOut)


class Tabs(W.Tab):
    """Every tab of the list, all closed at first; only the one that is open is ever filled or refreshed."""

    def __init__(self, app):
        self.app = app
        self.tabs = [kind(app) for kind in TABS]
        super().__init__([tab.page for tab in self.tabs])
        self.selected_index = None  # the library opens the first
        for i, tab in enumerate(self.tabs):
            self.set_title(i, tab.title)
        self.add_class("tumen-tabs")
        self._rest = Debounce(app.guard(self.refresh))
        self.observe(lambda _: app.guard(self.refresh)(), "selected_index")

    @property
    def now_open(self) -> Tab | None:
        """The tab that is open, None where none is."""
        return None if self.selected_index is None else self.tabs[self.selected_index]

    def tab(self, title: str) -> Tab:
        """The tab of that title."""
        return next(tab for tab in self.tabs if tab.title == title)

    def turn_to(self, title: str) -> Tab:
        """Open a tab, as a hand would."""
        self.selected_index = self.tabs.index(self.tab(title))
        return self.now_open

    def refresh(self) -> None:
        """Bring the open tab up to the present setting, at full size."""
        self._rest.drop()
        if self.now_open is not None:
            self.now_open.update()

    def moved(self) -> None:
        """A control has moved: what is open follows at once where it is quick, else when the hand has come to rest."""
        if self.now_open is not None and (self.now_open.quick or not self._rest.put_off()):
            self.now_open.update()

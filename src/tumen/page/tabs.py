"""The tabs of the base app: one declared list, those that are words, and what opens and refreshes them."""

from __future__ import annotations

from html import escape

from tumen.core.home import home
from tumen.core.result import nearness
from tumen.evidence.dates import say
from tumen.page import widgets as W
from tumen.page.debounce import Debounce
from tumen.page.tab import Tab, table_of
from tumen.page.tab_compare import Compare
from tumen.page.tab_robust import Robust
from tumen.page.tables import assumptions, settings


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

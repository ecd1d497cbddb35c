"""The tabs of the base app: one declared list, and what opens and refreshes them."""

from __future__ import annotations

import ipywidgets as W

from tumen.apps.later import Later
from tumen.apps.tab import Tab
from tumen.apps.tab_compare import Compare
from tumen.apps.tab_flips import WhereItFlips
from tumen.apps.tab_matters import WhatMatters
from tumen.apps.tab_own import OwnTab
from tumen.apps.tab_sure import HowSure
from tumen.apps.tab_words import LeavesOut, Numbers, Sources
from tumen.brief import boards

TABS: tuple[type[Tab], ...] = (HowSure, WhatMatters, WhereItFlips, Compare, Numbers, Sources, LeavesOut)


class Tabs(W.Tab):
    """Every tab of the list, all closed at first; only the one that is open is ever filled or refreshed."""

    def __init__(self, app):
        self.app = app
        own = boards(app.model.key)
        self.tabs = [OwnTab(app, kind.title, own[kind.title]) if kind.title in own else kind(app) for kind in TABS]
        super().__init__([tab.page for tab in self.tabs])
        self.selected_index = None  # the library opens the first
        for i, tab in enumerate(self.tabs):
            self.set_title(i, tab.title)
        self.add_class("tumen-tabs")
        self._rest = Later(app.guard(self.refresh))
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
        """A control has moved: a quick refresh at once, and a full one when the hand has come to rest."""
        if self.now_open is None:
            return
        resting = not self._rest.put_off()
        if resting or self.now_open.quick:
            self.now_open.update(moving=not resting)

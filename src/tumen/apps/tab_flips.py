"""The tab "where it flips": the break-even of every quantity, and a map of any two."""

from __future__ import annotations

import ipywidgets as W

from tumen.analysis import flip_map, flips, tornado
from tumen.apps.tab import Board, Tab, cell, choice, need_margin, need_ranges
from tumen.charts.breakeven import where_it_flips
from tumen.charts.flip_map import STARTING, flip_map_picture
from tumen.core import Problem

HEAD = ("", "now", "flips at", "unit", "declared range", "where")
MAP_HEAD = ("setting", "across", "up", "in this model", "other numbers")


ALONE, TOGETHER = "each quantity alone", "two quantities together, as a map"


class WhereItFlips(Tab):
    """Break-evens of one finding, each quantity alone, or a map of two; `found` is the last result."""

    title = "where it flips"

    def build(self):
        model = self.app.model
        need_margin(model)
        need_ranges(model)
        able = [f for f in model.findings if f.margin is not None]
        varied = [(q.label, q.key) for q in model.quantities if q.sampled]
        self.claim = choice("claim", [(f"{f.claim}: {f.says}", f.claim) for f in able])
        self.view = choice("show", [(ALONE, ALONE), (TOGETHER, TOGETHER)])
        first, second = self._strongest(model)
        self.x, self.y = choice("across", varied, first), choice("up", varied, second)
        for axis in (self.x, self.y):
            axis.observe(self._axis_chosen, "value")
        for chosen in (self.claim, self.view):
            chosen.observe(self._rechosen, "value")
        self.place = W.VBox()
        self._board()
        tops = [w for w, more in ((self.claim, len(able) > 1), (self.view, len(varied) > 1)) if more]
        return (*tops, self.place)

    def _strongest(self, model) -> tuple[str, str]:
        """The two quantities with the widest swing of the margin, to begin the map with."""
        names = [b.quantity for b in tornado(model).of(self.claim.value)]
        return names[0], names[min(1, len(names) - 1)]

    @property
    def mapped(self) -> bool:
        """Whether the map is shown."""
        return self.view.value == TOGETHER

    def _board(self) -> None:
        model, claim = self.app.model, self.claim.value
        if self.mapped:
            axes = W.HBox([self.x, self.y])
            axes.add_class("tumen-bar")
            self.board = Board(self.app.desk, flip_map_picture(model, claim, self.x.value, self.y.value))
            self.place.children = (axes, self.board)
        else:
            self.start = flips(model, claim)
            self.board = Board(self.app.desk, where_it_flips(model, claim))
            self.place.children = (self.board,)

    def _axis_chosen(self, change) -> None:
        if self.x.value == self.y.value:  # the other axis takes what this one had, and tells us again
            other = self.y if change["owner"] is self.x else self.x
            other.value = change["old"]
            return
        self._rechosen(change)

    def _rechosen(self, _change) -> None:
        self.app.guard(self._choose)()

    def _choose(self) -> None:
        self._board()
        self.update()

    def refresh(self, moving):
        at, claim = self.app.settings, self.claim.value
        if self.mapped:
            self.found = flip_map(self.app.model, self.x.value, self.y.value, claim, at, spots=self._spots())
            self.start, head, rows = self.found, MAP_HEAD, self.map_table()
        else:
            self.found = flips(self.app.model, claim, at)
            head, rows = HEAD, self.table()
        self.board.show(self.found, self.start, self.found.reading(), head, rows)

    def _spots(self) -> dict[str, dict]:
        """The starting case and the saved ones, as far as they can be used here."""
        spots = {STARTING: self.app.model.start}
        for name, case in self.app.desk.saved.of(self.app.model).items():
            try:
                spots[name] = case.apply(self.app.model.origin or self.app.model).start
            except Problem:
                continue
        return spots

    def table(self) -> list[list[str]]:
        """A row a quantity, the shortest way to a flip first."""
        rows = []
        for t in self.found.turns:
            where = "" if t.value is None else "inside the range" if t.inside else "beyond the range"
            at = "alone it cannot" if t.value is None else " and ".join(cell(v, t.unit) for v in (t.value, *t.others))
            rows.append(
                [t.label, cell(t.here, t.unit), at, t.unit, f"{cell(t.low, t.unit)} to {cell(t.high, t.unit)}", where]
            )
        return rows

    def map_table(self) -> list[list[str]]:
        """A row a marked setting."""
        rows = []
        for i, s in enumerate(self.found.spots):
            held = {True: "holds", False: "does not hold", None: "no answer"}[s.holds]
            rows.append(
                [s.label if i else "your setting", cell(s.x), cell(s.y), held, "as yours" if s.on_map else "differ"]
            )
        return rows

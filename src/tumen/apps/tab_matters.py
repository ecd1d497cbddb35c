"""The tab "what matters?": which quantity moves a result most, alone and with the others."""

from __future__ import annotations

import ipywidgets as W

from tumen.analysis import SEED, Pairs, reach, sensitivity, tornado
from tumen.analysis.sensitivity import BASE, BASE_MOVING, default_target
from tumen.analysis.targets import targets
from tumen.apps.tab import Board, Tab, affordable, choice, need_numbers, need_ranges
from tumen.charts.matters import what_matters

HEAD = ("", "its low", "gives", "its high", "gives", "alone", "95 %", "with the others", "95 %")


class WhatMatters(Tab):
    """One-at-a-time ranges and Sobol indices of one result; `found` is the last pair of them."""

    title = "what matters?"
    waiting = "The cases are being drawn."

    def build(self):
        model = self.app.model
        need_ranges(model)
        need_numbers(model)
        self.pairs, self.seed = {}, 0
        self.reach = reach(model, BASE_MOVING)
        self._points(BASE_MOVING)  # what takes long only the first time is not timed
        self.n, self.quick, self.start = affordable(lambda n: self._measure(model.start, n), BASE_MOVING, BASE)
        every = targets(model)
        self.of = choice("what moves", [(_name(t), t.key) for t in every], default_target(model))
        self.of.observe(self._rechosen, "value")
        new = W.Button(description="new sample", tooltip="Draw other cases from the same ranges")
        new.on_click(lambda _: self.app.guard(self.new_sample)())
        self.bar = W.HBox([self.of, new] if len(every) > 1 else [new])
        self.bar.add_class("tumen-bar")
        self.place = W.VBox([self._board()])
        return self.bar, self.place

    def _board(self) -> Board:
        self.board = Board(self.app.desk, what_matters(self.app.model, self.of.value, self.reach[self.of.value]))
        return self.board

    def _rechosen(self, _change) -> None:
        self.app.guard(self._choose)()

    def _choose(self) -> None:
        self._board()
        self.update()
        self.place.children = (self.board,)

    def new_sample(self) -> None:
        """Draw other cases from the same ranges."""
        self.seed += 1
        self.pairs = {}
        self.update()

    def _points(self, n: int) -> Pairs:
        if n not in self.pairs:
            self.pairs[n] = Pairs(self.app.model, n, SEED + self.seed)
        return self.pairs[n]

    def _measure(self, at, n: int):
        return tornado(self.app.model, at), sensitivity(self._points(n), at)

    def refresh(self, moving):
        self.found = self._measure(self.app.settings, BASE_MOVING if moving else self.n)
        _, shared = self.found
        self.board.show(self.found, self.start, shared.reading(self.of.value), HEAD, self.table())

    def table(self) -> list[list[str]]:
        """A row a quantity: what both ends of its range give, and its indices in hundredths with their intervals."""
        alone, shared = self.found
        bars = {b.quantity: b for b in alone.of(self.of.value)}
        rows = []
        for i in shared.of(self.of.value):
            bar = bars[i.quantity]
            rows.append(
                [
                    i.label,
                    *alone.ends(bar),
                    *_index(i.first, i.first_low, i.first_high),
                    *_index(i.total, i.total_low, i.total_high),
                ]
            )
        return rows


def _index(value, low, high) -> list[str]:
    if value is None:
        return ["no answer", ""]
    return [f"{_hundred(value)} in 100", f"{_hundred(low)} to {_hundred(high)}"]


def _hundred(part: float) -> str:
    return f"{100 * part:.0f}".replace("-0", "0")


def _name(t) -> str:
    return t.label if t.kind == "output" else f"{t.key}: the margin by which it holds"

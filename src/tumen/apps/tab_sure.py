"""The tab "how sure?": the spread of every output, and the share of cases in which a finding holds."""

from __future__ import annotations

import ipywidgets as W

from tumen.analysis import AT_REST, MOVING, Ensemble, Estimate, estimate
from tumen.apps.tab import Board, Tab, affordable, cell, choice, need_numbers, need_ranges
from tumen.charts.sure import how_sure
from tumen.core.words import number

HEAD = ("", "5 %", "middle", "95 %", "your setting", "unit", "error of sampling")


class HowSure(Tab):
    """Draws the declared ranges: 4,096 cases while a control moves, 65,536 at rest (fewer of a model that is slow).

    `found` is the last estimate.
    """

    title = "how sure?"
    waiting = "The cases are being drawn."

    def build(self):
        model = self.app.model
        need_ranges(model)
        need_numbers(model)
        self.ensemble = Ensemble(model)
        self.n, self.quick, self.start = affordable(
            lambda n: estimate(self.ensemble, model.start, n=n), MOVING, AT_REST
        )
        self.board = Board(self.app.desk, how_sure(model))
        varied = [(q.label, q.key) for q in model.quantities if q.sampled]
        self.held = choice("suppose we knew", [("none of them", ""), *varied])
        self.held.observe(self.redo, "value")
        new = W.Button(description="new sample", tooltip="Draw other cases from the same ranges")
        new.on_click(lambda _: self.app.guard(self.new_sample)())
        bar = W.HBox([self.held, new] if len(varied) > 1 else [new])
        bar.add_class("tumen-bar")
        return bar, self.board

    def new_sample(self) -> None:
        """Draw other cases from the same ranges."""
        self.ensemble = self.ensemble.fresh()
        self.update()

    def refresh(self, moving):
        hold = (self.held.value,) if self.held.value else ()
        self.found = estimate(self.ensemble, self.app.settings, hold=hold, n=MOVING if moving else self.n)
        self.board.show(self.found, self.start, reading(self.found), HEAD, table(self.found))


def reading(found: Estimate) -> str:
    """What the estimate says: its reading, its sampling error, and where the setting lies beyond a range."""
    parts = [found.reading()]
    if found.shares:
        parts.append(found.caution())
    if found.beyond_range:
        labels = ", ".join(found.model.quantity(name).label for name in found.beyond_range)
        parts.append(f"Beyond its range as set: {labels}; the cases stay within.")
    return " ".join(parts)


def table(found: Estimate) -> list[list[str]]:
    """A row a finding and a row an output; errors are twice the standard error of the middle or the share."""
    rows = []
    for s in found.shares:
        here = {True: "holds", False: "does not hold", None: "no answer"}[s.holds_here]
        share = "no answer" if s.share is None else f"in {cell(100 * s.share)} of 100 cases"
        rows.append([f"{s.claim} holds", "", share, "", here, "", _error(s.error, 100)])
    for s in found.spreads:
        ends = [cell(v, s.unit) for v in (s.low, s.middle, s.high, s.here)]
        rows.append([s.label, *ends, s.unit, _error(s.middle_error)])
    return rows


def _error(error: float | None, times: float = 1) -> str:
    return "" if error is None else f"± {number(2 * times * error, 2)}" if error else "none seen"

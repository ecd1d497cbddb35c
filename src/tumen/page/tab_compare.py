"""The tab "compare": the present setting, the starting case and the saved ones side by side."""

from __future__ import annotations

from collections.abc import Mapping

from tumen.analysis import Comparison, compare, tornado
from tumen.analysis.targets import targets
from tumen.charts.cases import MOST, compared
from tumen.charts.flip_map import YOURS
from tumen.core import Problem
from tumen.core.words import amount, exact, figure
from tumen.page import widgets as W
from tumen.page.tab import Board, Tab, choice, note, table_of
from tumen.page.tables import Parts

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
        saved, troubles = self._usable()
        self.found = compare(self.app.model, {YOURS: self.app.settings, **saved})
        head, rows = table(self.found)
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
        values = [v for line in self.found.part("output") if line.key == self.of.value for v in line.values]
        if any(q.sampled for q in self.app.model.quantities):
            values += [v for b in tornado(self.app.model).of(self.of.value) for v in (b.at_low, b.at_high)]
        known = [0.0, *(v for v in values if v is not None)]
        low, high = min(known), max(known)
        room = 0.05 * (high - low) or 1.0
        return (low - room if low < 0 else 0.0), (high + room if high > 0 else 0.0)


def table(found: Comparison) -> tuple[list[str], list[list[str]]]:
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

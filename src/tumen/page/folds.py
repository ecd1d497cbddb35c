"""What stands behind the sentences of "Is it robust?": pictures that are drawn when they are first opened."""

from __future__ import annotations

from tumen.analysis import Sensitivity, estimate, flip_map, flips, reach, tornado
from tumen.analysis.robust import Robustness
from tumen.analysis.sobol import BASE_MOVING, default_target
from tumen.analysis.targets import targets
from tumen.analysis.uncertainty import Estimate
from tumen.charts.breakeven import where_it_flips
from tumen.charts.flip_map import STARTING, flip_map_picture
from tumen.charts.matters import what_matters
from tumen.charts.own import Own
from tumen.charts.sure import how_sure
from tumen.core import Finding, Problem
from tumen.core.words import number
from tumen.page import widgets as W
from tumen.page.tab import Fold, cell

HELD = {True: "holds", False: "does not hold", None: "no answer"}


class OwnPicture(Fold):
    """A model's own picture; its reading too, unless that is `told` above it."""

    def __init__(self, app, own: Own, told: bool):
        self.own, self.told, self.behind = own, told, f"“{own.picture.title}”"
        super().__init__(app)

    def build(self):
        self.draw(self.own.picture)
        return (self.place,)

    def refresh(self):
        now, own = self.app.result, self.own
        self.board.show(now, self.app.start, "" if self.told else own.reading(now), own.head, own.table(now))


class Spread(Fold):
    """The spread of every output over the cases drawn, and the present setting in it; `found` is the estimate shown."""

    behind = "how far each result goes"
    HEAD = ("", "5 %", "middle", "95 %", "your setting", "unit", "error of sampling")

    def __init__(self, app, known: Robustness):
        self.known, self.ensemble = known, known.ensemble
        super().__init__(app)

    def build(self):
        self._drawn = self._cases = None
        self.held = self.choosing("suppose we knew", [("none of them", ""), *self.varied])
        new = W.Button(description="new sample", tooltip="Draw other cases from the same ranges")
        new.on_click(lambda _: self.app.guard(self.new_sample)())
        bar = W.HBox([self.held, new] if len(self.varied) > 1 else [new])
        bar.add_class("tumen-bar")
        self.draw(how_sure(self.app.model))
        return bar, self.place

    def new_sample(self) -> None:
        """Draw other cases from the same ranges."""
        self.ensemble = self.ensemble.fresh()
        self.refresh()

    def refresh(self):
        name, whole = self.held.value, self.known.cases
        held = {name: self.app.settings[name]} if name else {}
        if self._drawn != (held, self.ensemble.seed):
            self._drawn = held, self.ensemble.seed
            self._cases = estimate(self.ensemble, held, hold=held, n=whole.n)
        self.found = self._cases.beside(self.app.settings)
        self.board.show(self.found, whole, behind(self.found), self.HEAD, spread_table(self.found))


def behind(found: Estimate) -> str:
    """What stands under the picture: the reading where a number is held, the error of the sample, what lies beyond its range."""
    parts = [found.reading()] if found.held else []
    parts += [found.caution(s.claim) for s in found.shares]
    if found.beyond_range:
        labels = ", ".join(found.model.quantity(name).label for name in found.beyond_range)
        parts.append(f"Beyond its range as set: {labels}; the cases stay within.")
    return " ".join(parts)


def spread_table(found: Estimate) -> list[list[str]]:
    """A row a finding and a row an output; errors are twice the standard error of the middle or the share."""
    rows = []
    for s in found.shares:
        share = "no answer" if s.share is None else f"in {cell(100 * s.share)} of 100 cases"
        rows.append([f"{s.claim} holds", "", share, "", HELD[s.holds_here], "", _error(s.error, 100)])
    for s in found.spreads:
        ends = [cell(v, s.unit) for v in (s.low, s.middle, s.high, s.here)]
        rows.append([s.label, *ends, s.unit, _error(s.middle_error)])
    return rows


def _error(error: float | None, times: float = 1) -> str:
    return "" if error is None else f"± {number(2 * times * error, 2)}" if error else "none seen"


class Ends(Fold):
    """What both ends of every range give, the others as they are set, beside the number's part over all the ranges.

    `found` is the present pair of these.
    """

    behind = "what each number does"
    HEAD = ("", "its low", "gives", "its high", "gives", "alone", "95 %", "with the others", "95 %")

    def __init__(self, app, shared: Sensitivity):
        self.shared = shared
        super().__init__(app)

    def build(self):
        model, every = self.app.model, targets(self.app.model)
        self.reach, self.start = reach(model, BASE_MOVING), (tornado(model), self.shared)
        names = [(t.label if t.kind == "output" else f"{t.key}: the margin by which it holds", t.key) for t in every]
        self.of = self.choosing("what moves", names, default_target(model))
        self._picture()
        return (self.of, self.place) if len(every) > 1 else (self.place,)

    def _picture(self) -> None:
        self.draw(what_matters(self.app.model, self.of.value, self.reach[self.of.value]))

    def chosen(self, change):
        self._picture()
        self.refresh()

    def refresh(self):
        alone, shared, of = tornado(self.app.model, self.app.settings), self.shared, self.of.value
        self.found = alone, shared
        told = (
            alone.reading(of) if of == default_target(self.app.model) else f"{shared.reading(of)} {alone.reading(of)}"
        )
        self.board.show(self.found, self.start, told, self.HEAD, ends_table(alone, shared, of))


def ends_table(alone, shared: Sensitivity, of: str) -> list[list[str]]:
    """A row a number: what both ends of its range give, and its parts in hundredths with their intervals."""
    bars, rows = {b.quantity: b for b in alone.of(of)}, []
    for i in shared.of(of):
        first, total = (i.first, i.first_low, i.first_high), (i.total, i.total_low, i.total_high)
        rows.append([i.label, *alone.ends(bars[i.quantity]), *_part(*first), *_part(*total)])
    return rows


def _part(value, low, high) -> list[str]:
    if value is None:
        return ["no answer", ""]
    whole, *ends = (f"{100 * part:.0f}".replace("-0", "0") for part in (value, low, high))
    return [f"{whole} in 100", " to ".join(ends)]


class BreakEvens(Fold):
    """The break-even of every number alone, the others as they are set; `found` is the last result."""

    behind = "where each number turns it"
    HEAD = ("", "now", "flips at", "unit", "declared range", "where")

    def __init__(self, app, gauged: list[Finding]):
        self.gauged = gauged
        super().__init__(app)

    def build(self):
        self.claim = self.choosing("claim", [(f"{f.claim}: {f.says}", f.claim) for f in self.gauged])
        self._picture()
        return (*((self.claim,) if len(self.gauged) > 1 else ()), *self._axes(), self.place)

    def _axes(self) -> tuple[W.Widget, ...]:
        return ()

    def _picture(self) -> None:
        self.start = flips(self.app.model, self.claim.value)
        self.draw(where_it_flips(self.app.model, self.claim.value))

    def chosen(self, change):
        self._picture()
        self.refresh()

    def refresh(self):
        self.found = flips(self.app.model, self.claim.value, self.app.settings)
        told = "" if self.found.inputs == self.start.inputs else self.found.reading()
        self.board.show(self.found, self.start, told, self.HEAD, self.table())

    def table(self) -> list[list[str]]:
        """A row a number, the shortest way to a flip first."""
        rows = []
        for t in self.found.turns:
            where = "" if t.value is None else "inside the range" if t.inside else "beyond the range"
            at = "alone it cannot" if t.value is None else " and ".join(cell(v, t.unit) for v in (t.value, *t.others))
            span = f"{cell(t.low, t.unit)} to {cell(t.high, t.unit)}"
            rows.append([t.label, cell(t.here, t.unit), at, t.unit, span, where])
        return rows


class Map(BreakEvens):
    """Where a finding holds over two numbers, the others as they are set, with the starting case and saved ones marked."""

    behind = "two numbers together, as a map"
    HEAD = ("setting", "across", "up", "in this model", "other numbers")

    def _axes(self):
        axes = W.HBox([self.x, self.y])
        axes.add_class("tumen-bar")
        return (axes,)

    def _picture(self):
        if not hasattr(self, "x"):
            first, second, *_ = [b.quantity for b in tornado(self.app.model).of(self.claim.value)]  # the widest swings
            self.x, self.y = (self.choosing(w, self.varied, q) for w, q in (("across", first), ("up", second)))
        self.draw(flip_map_picture(self.app.model, self.claim.value, self.x.value, self.y.value))

    def chosen(self, change):
        if self.x.value == self.y.value:  # the other axis takes what this one had, and tells us again
            other = self.y if change["owner"] is self.x else self.x
            other.value = change["old"]
            return
        super().chosen(change)

    def refresh(self):
        axes, model = (self.x.value, self.y.value), self.app.model
        self.found = flip_map(model, *axes, self.claim.value, self.app.settings, spots=self._spots())
        self.board.show(self.found, self.found, self.found.reading(), self.HEAD, self.table())

    def _spots(self) -> dict[str, dict]:
        """The starting case and the saved ones, as far as they can be used here."""
        spots = {STARTING: self.app.model.start}
        for name, case in self.app.session.saved.of(self.app.model).items():
            try:
                spots[name] = case.apply(self.app.model.declared).start
            except Problem:
                continue
        return spots

    def table(self):
        """A row a marked setting."""
        rows = []
        for i, s in enumerate(self.found.spots):
            at = s.label if i else "your setting", cell(s.x), cell(s.y)
            rows.append([*at, HELD[s.holds], "as yours" if s.on_map else "differ"])
        return rows

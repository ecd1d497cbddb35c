"""What matters, one at a time? Each quantity taken from its low to its high, others held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

import numpy as np

from tumen.analysis.sampling import ranged, sampled_names, setting
from tumen.analysis.sobol import default_target
from tumen.analysis.table import Table, named
from tumen.analysis.targets import evaluate, target, targets
from tumen.core import Model
from tumen.core.frozen import frozen
from tumen.core.result import plain
from tumen.core.words import figure


@frozen
class Bar:
    """One target at both ends of one quantity's range: `at_low` and `at_high` in the target's unit.

    `here` is the target at the setting itself, `swing` the distance between the ends; `turns` says, for a
    finding, whether it holds at one end and not at the other. None where there is no finite answer.
    """

    target: str
    quantity: str
    label: str
    low: float
    high: float
    at_low: float | None
    at_high: float | None
    here: float | None
    swing: float | None
    turns: bool | None


@frozen
class Tornado(Table):
    """One-at-a-time ranges: one row for each target and quantity, within a target the widest swing first."""

    model: Model
    inputs: dict
    bars: tuple[Bar, ...]

    def rows(self) -> list[dict]:
        """One row for each target and quantity."""
        return [asdict(b) for b in self.bars]

    def of(self, name: str | None = None) -> tuple[Bar, ...]:
        """The bars of one target (an output's key or a claim), by default a finding or else the first output."""
        name = default_target(self.model) if name is None else target(self.model, name).key
        return tuple(b for b in self.bars if b.target == name)

    def reading(self, name: str | None = None) -> str:
        """One sentence: the quantity with the widest swing, and the ends it leads to."""
        top = self.of(name)[0]
        if top.swing is None:
            return "At the ends of these ranges there is no answer."
        if top.swing == 0:
            return "Taken alone from end to end of its range, no quantity moves it."
        what = target(self.model, top.target)
        subject = f"the margin of {what.key}" if what.kind == "finding" else named(what.label)
        low, at_low, high, at_high = self.ends(top)
        return f"Taken alone, {named(top.label)} moves {subject} most: from {at_low} at {low} to {at_high} at {high}."

    def ends(self, bar: Bar) -> tuple[str, str, str, str]:
        """In words: the low and what it gives, the high and what it gives; empty where there is no answer."""
        moved, measured = self.model.quantity(bar.quantity).unit, target(self.model, bar.target).unit

        def said(value: float | None, unit: str) -> str:
            return "" if value is None else figure(value, unit)

        return said(bar.low, moved), said(bar.at_low, measured), said(bar.high, moved), said(bar.at_high, measured)


def tornado(model: Model, at: Mapping | None = None, names: Iterable[str] | None = None) -> Tornado:
    """Every target at the low and the high of each quantity, the others held at `at`.

    `at` maps names to values, the starting case where a name is missing; `names` are the quantities to
    move, all with a range by default. Raises `Problem` for unknown names and quantities without a range.
    """
    inputs = setting(model, at)
    names = sampled_names(model) if names is None else [ranged(model.quantity(name)).key for name in names]
    moved = [model.quantity(name) for name in names]
    cases = {q.key: np.full(2 * len(moved) + 1, inputs[q.key]) for q in moved}
    for i, q in enumerate(moved):
        cases[q.key][2 * i], cases[q.key][2 * i + 1] = q.low, q.high
    every = targets(model)
    values = evaluate(model, {**inputs, **cases}, 2 * len(moved) + 1, every)
    bars = []
    for t in every:
        mine = [_bar(t, q, *values[t.key][[2 * i, 2 * i + 1, -1]]) for i, q in enumerate(moved)]
        bars += sorted(mine, key=lambda b: (b.swing is None, -(b.swing or 0), b.quantity))
    return Tornado(model, inputs, tuple(bars))


def _bar(t, q, at_low: float, at_high: float, here: float) -> Bar:
    turns = bool((at_low >= 0) != (at_high >= 0)) if t.kind == "finding" else None
    ends = plain(at_low), plain(at_high), plain(here)
    with np.errstate(all="ignore"):  # an end may have no finite answer; then the bar has no length
        swing = abs(at_high - at_low)
    return Bar(t.key, q.key, q.label, q.low, q.high, *ends, plain(swing), turns)

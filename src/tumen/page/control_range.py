"""The control of a quantity that is itself a range: a slider with two handles and a typed box."""

from __future__ import annotations

import math

from tumen.core import Quantity
from tumen.page import widgets as W
from tumen.page.controls import Control, typed

STEPS = 60  # places of a handle between the ends of its slider, or some more


def control_of(q: Quantity, changed, trouble) -> Control:
    """The control that fits a quantity."""
    return (RangeControl if is_range(q) else Control)(q, changed, trouble)


def is_range(q: Quantity) -> bool:
    """Whether a quantity is one range with ends for a slider."""
    return q.kind == "list" and q.items == "range" and q.low is not None and len(q.value) == 1


def _step(low: float, high: float) -> float:
    """A round step that leads from one end to the other in whole places, or a sixtieth of the way where none does."""
    width = high - low
    size = 10.0 ** math.floor(math.log10(width / STEPS))
    for step in (5 * size, 2 * size, size):
        places = width / step
        if places >= STEPS and abs(places - round(places)) < 1e-6:
            return step
    return width / STEPS


class RangeControl(Control):
    """One range: two handles between the ends declared, and a box that also takes what lies beyond them."""

    def _make_slider(self):
        q = self.q
        slider = W.FloatRangeSlider(
            value=self._held(q.value),
            min=q.low,
            max=q.high,
            step=_step(q.low, q.high),
            readout=False,
            layout=W.Layout(width="auto", flex="1 1 80px", min_width="60px"),
        )
        slider.observe(self._slid, "value")
        return slider

    def _make_box(self):
        box = W.Text(value=typed(self.q, self.q.value), continuous_update=False, layout=W.Layout(width="112px"))
        box.observe(self._typed, "value")
        return box

    def _held(self, value) -> tuple[float, float]:
        """The two ends of a range, kept within those of the slider."""
        return tuple(min(max(end, self.q.low), self.q.high) for end in value[0])

    def _slid(self, change):
        low, high = (round(end, 10) for end in change["new"])
        if self._quiet or self._echoes((low, high)):
            return
        if not low < high:  # the handles met: a range of one step is left, on the side that has room
            step = self.slider.step
            low, high = (low - step, high) if high + step > self.q.high else (low, high + step)
        self.value, self.chosen = ((round(low, 10), round(high, 10)),), True
        self._show(slider=(low, high) != tuple(change["new"]))
        self._changed()

    def _echoes(self, sent: tuple[float, float]) -> bool:
        """Whether the page only sends the present range back, each end moved to the nearest place of its handle."""
        held, low, step = self._held(self.value), self.slider.min, self.slider.step
        nearest = (low + round((end - low) / step) * step for end in held)
        return sent != held and all(abs(a - b) < step / 100 for a, b in zip(sent, nearest, strict=True))

    def _read(self, text: str):
        return super()._read(text.replace(" to ", ":").replace("–", ":"))

    def _show(self, slider: bool = True) -> None:
        self._quiet = True
        try:
            if slider:
                self.slider.value = self._held(self.value)
            self.box.value = typed(self.q, self.value)
        finally:
            self._quiet = False
        self._offer_back()

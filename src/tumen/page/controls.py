"""The controls of an app, one for each quantity: a slider with a typed box, with two for a range, a choice, or a typed list."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from html import escape

from tumen.core import Problem, Quantity
from tumen.core.words import amount, exact, figure
from tumen.page import widgets as W
from tumen.tasks.numerals import plain_digits

LISTED = "340px"  # the width of a field for several numbers, which takes a line of its own
SHORT_TABLE = 2  # rows of a table that are typed on one line; a longer one has a line a row


def tag(q: Quantity) -> str:
    """The word that says where a number is from, and its source: 'report' and a claim, 'data' and a row, or 'assumption'."""
    return f"{q.basis} {q.source}" if q.basis in ("report", "data") else q.basis


LOCKED_BY = "set by your course"


def head_html(q: Quantity, ends: bool) -> str:
    """A quantity's label, whether a course has set it, its unit and the ends of its track; chart_widget.css sets them around the field."""
    locked = f" <i>{LOCKED_BY}</i>" if q.control == "locked" else ""
    parts = [("label", f"{escape(q.label)}{locked}"), ("unit", escape(q.unit))]
    parts += [("end", escape(figure(end, q.unit))) for end in (q.low, q.high)] if ends else []
    return "".join(f'<span class="tumen-{name}">{words}</span>' for name, words in parts if words)


def foot_html(q: Quantity) -> str:
    """What stands under a track: room for the break-even, and in a quiet word the basis, which opens to its source."""
    told = f'<span class="tumen-{q.basis}">{escape(tag(q))}</span>{escape(f" · {q.note}") if q.note else ""}'
    basis = f"<details><summary>{escape(q.basis)}</summary><p>{told}</p></details>"
    return f'<div class="tumen-foot"><span class="tumen-flip"></span>{basis}</div>'


class Control:
    """One quantity's control: `widget` to show, `value` to read, `put` to set, `reset` to go back to the start.

    `changed()` is called after every change by hand; `trouble(sentence)` where what was typed is of no use.
    A typed number beyond the slider's range is kept and used; the slider then rests at its end.
    """

    def __init__(self, q: Quantity, changed: Callable[[], None], trouble: Callable[[str], None]):
        self.q, self._changed, self._trouble = q, changed, trouble
        self.value = q.value
        self.chosen = False  # whether the reader set it: a value nobody chose may follow another one
        self._quiet = False
        self.slider = self._make_slider()
        self.box = self._make_box()
        self.back = W.Button(
            description="reset", tooltip=f"Back to {amount(q.value, q.unit)}", layout=W.Layout(width="auto")
        )
        self.back.add_class("tumen-back")
        self.back.on_click(lambda _: self.reset(by_hand=True))
        for part in (self.slider, self.box, self.back):
            if part is not None:
                part.disabled = self.locked
        self.widget = self._lay_out()

    def _make_slider(self):
        if self.q.kind != "number":
            return None
        q, width = self.q, W.Layout(width="auto", flex="1 1 80px", min_width="60px")
        if q.shape == "log-uniform":
            low, high = math.log10(q.low), math.log10(q.high)
            at = math.log10(min(max(q.value, q.low), q.high))
            # the page moves a handle to its nearest step at once: the start must be one, or the app opens beside it
            steps = max(1, round(200 * (at - low) / (high - low)))
            step = (at - low) / steps if at > low else (high - low) / 200
            slider = W.FloatLogSlider(value=10**at, base=10, min=low, max=high, step=step, readout=False, layout=width)
        else:
            step = q.step or (q.high - q.low) / 100
            slider = W.FloatSlider(
                value=self._held(q.value), min=q.low, max=q.high, step=step, readout=False, layout=width
            )
        slider.observe(self._slid, "value")
        return slider

    def _make_box(self):
        q = self.q
        if q.kind == "choice":
            wide = W.Layout(width=_width(q.choices, 34), max_width="190px")
            box = W.Dropdown(options=list(q.choices), value=q.value, layout=wide)
        else:
            spans = (q.low, q.high, q.value, *self._steps())
            several = q.kind in ("list", "table")
            wide = LISTED if several else _width(typed(q, x) for x in spans if x is not None)
            lines = {"rows": len(q.value)} if q.kind == "table" and len(q.value) > SHORT_TABLE else {}
            box = (W.Textarea if lines else W.Text)(
                value=typed(q, q.value), continuous_update=False, layout=W.Layout(width=wide), **lines
            )
        box.observe(self._typed, "value")
        return box

    def _steps(self) -> list[float]:
        """The places next to a slider's ends: between them stand the longest numbers it can show."""
        if self.slider is None:
            return []
        ends = (self.slider.min + self.slider.step, self.slider.max - self.slider.step)
        return [self._rounded(10**at if self.q.shape == "log-uniform" else at) for at in ends]

    def _lay_out(self):
        q = self.q
        head, foot = W.HTML(head_html(q, ends=self.slider is not None)), W.HTML(foot_html(q))
        head.add_class("tumen-head")
        foot.add_class("tumen-base")
        row = W.VBox([head, self.box, *([self.slider] if self.slider else []), foot])
        if self.box.layout.width == LISTED:
            row.add_class("tumen-listed")
        return row.add_class("tumen-row").add_class(f"tumen-row-{q.key}")

    def place(self, value: float) -> float:
        """Where a value lies on the track, from 0 at its low end to 1 at its high end, and beyond."""
        q, at = self.q, value
        low, high = q.low, q.high
        if q.shape == "log-uniform":
            low, high, at = math.log(low), math.log(high), math.log(max(at, 1e-300))
        return (at - low) / (high - low)

    def _held(self, value):
        """A value kept within the ends of the slider."""
        return min(max(value, self.q.low), self.q.high)

    def _slid(self, change):
        if self._quiet or self._echoes(change["new"]):
            return
        self.value, self.chosen = self._rounded(change["new"]), True
        self._changed()  # the picture first: each message before it is one that it waits for
        self._show(slider=False)

    def _echoes(self, value: float) -> bool:
        """Whether the page only sends the present value back, moved to the nearest step of the slider."""
        slider, held = self.slider, self._held(self.value)
        place, sent = (held, value) if self.q.shape != "log-uniform" else (math.log10(held), math.log10(value))
        nearest = slider.min + round((place - slider.min) / slider.step) * slider.step
        return self.value != self._rounded(value) and abs(sent - nearest) < slider.step / 100

    def _rounded(self, value: float) -> float:
        """A slider's value without the dust of floating point; a logarithmic one in three digits, whole where its step is."""
        q = self.q
        digits = float(f"{value:.3g}") if q.shape == "log-uniform" else round(value, 10)
        return float(round(digits)) if q.whole or (q.shape == "log-uniform" and whole_steps(q)) else digits

    def _typed(self, change):
        if self._quiet:
            return
        try:
            value = self.q.check(change["new"]) if self.q.kind == "choice" else self._read(change["new"])
        except Problem as fault:
            self._show()
            said = str(fault).replace(self.q.key, self.q.label, 1)
            self._trouble(f"{said[:1].upper()}{said[1:]} Your last setting is kept.")
            return
        self.value, self.chosen = value, True
        self._show()
        self._changed()

    def _read(self, text: str):
        return self.q.parse(text if self.q.kind in ("list", "table") else plain_digits(text, self.q.unit))

    def put(self, value) -> None:
        """Set the control without calling `changed`; raises `Problem` for a value the formula cannot take."""
        self.follow(self.q.check(value))
        self.chosen = True

    def follow(self, value) -> None:
        """Show what the model works with; whether the reader chose it stays as it is."""
        if self.value != value:
            self.value = value
            self._show()

    def reset(self, by_hand: bool = False) -> None:
        """Back to the starting value."""
        self.value, self.chosen = self.q.value, False
        self._show()
        if by_hand:
            self._changed()

    def _show(self, slider: bool = True) -> None:
        self._quiet = True
        try:
            if slider and self.slider is not None:
                self.slider.value = self._held(self.value)
            self.box.value = self.value if self.q.kind == "choice" else typed(self.q, self.value)
        finally:
            self._quiet = False
        self._offer_back()

    def _offer_back(self) -> None:
        """Put the way back into the row when there first is a way to go."""
        if self.moved and self.back not in self.widget.children:
            self.widget.children = (*self.widget.children, self.back)

    @property
    def locked(self) -> bool:
        """Whether a course has set the quantity, so that no hand moves it."""
        return self.q.control == "locked"

    @property
    def moved(self) -> bool:
        """Whether the control stands away from the starting value."""
        return self.value != self.q.value


def _width(words: Iterable[str], more: int = 20) -> str:
    """Room for the longest of these words in a field."""
    return f"{round(7.5 * max(map(len, words))) + more}px"


def whole_steps(q: Quantity) -> bool:
    """Whether a quantity is counted in whole numbers: nobody means a part of a person."""
    return q.step is not None and float(q.step).is_integer()


def typed(q: Quantity, value) -> str:
    """A value as it is written in the box; in a list, where commas part the items, thousands are not separated."""
    if q.kind == "list" and q.items == "range" and q.low is not None and len(value) == 1:
        return " to ".join(map(_bare, value[0]))
    if q.kind == "list":
        return ", ".join(":".join(map(_bare, v)) if isinstance(v, tuple) else _bare(v) for v in value)
    if q.kind == "table":
        return (";\n" if len(value) > SHORT_TABLE else "; ").join(", ".join(map(_bare, row)) for row in value)
    return exact(value, q.unit)


def _bare(value: float) -> str:
    return exact(value).replace(",", "")


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

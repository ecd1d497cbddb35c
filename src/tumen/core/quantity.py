"""One number is one object: value, range, unit, basis and source in one place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from dataclasses import replace
from numbers import Real
from typing import Any

import numpy as np

from tumen.core.errors import Problem, nearest, shown
from tumen.core.frozen import frozen

KINDS = ("number", "choice", "list", "table", "fixed")
SHAPES = ("uniform", "triangular", "log-uniform", "fixed")
BASES = ("report", "data", "assumption")
CONTROLS = ("open", "locked", "hidden")

# What a formula can take at all, beyond any range: (least, most, least itself excluded, words).
DOMAINS = {
    "real": (-math.inf, math.inf, False, "a number"),
    "positive": (0.0, math.inf, True, "a number above 0"),
    "count": (0.0, math.inf, False, "0 or more"),
    "share": (0.0, 1.0, False, "a share between 0 and 1"),
    "positive share": (0.0, 1.0, True, "a share above 0 and at most 1"),
}

# What `assumed` takes such a unit to mean, where no domain is named.
DOMAIN_OF = {
    **dict.fromkeys(("share", "share a year", "probability"), "share"),
    **dict.fromkeys(("people", "people a year"), "count"),
}

# Sizes that any formula here can square, divide by and write out; a number beyond them is a slip.
SMALLEST, LARGEST = 1e-12, 1e15


@frozen
class Entry:
    """One item of a list quantity: a number or a range, who said it, and on what basis.

    `value` is a float, or a pair (low, high); `basis` and `source` are as for `Quantity`.
    """

    value: float | tuple[float, float]
    speaker: str
    basis: str = "assumption"
    source: str = ""
    note: str = ""


@frozen(kw_only=True)
class Quantity:
    """One declared number, choice, list or table of a model.

    The slider, its range, the unit and basis tag beside it, the reset value, the citation and the
    sampling range are all read from here and from nowhere else.

    `value`, `low`, `high` and `mode` are in `unit`; `shape` is the distribution over low..high
    (a triangular shape peaks at `value` unless `mode` is given). A number without a range is
    `fixed`. `domain` names what the formula can take at all (see `DOMAINS`). `control` says how an app
    offers it: open, locked (shown, but it cannot be moved) or hidden. Raises `Problem` where the declaration
    contradicts itself.
    """

    key: str
    label: str
    value: Any = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    shape: str = "uniform"
    mode: float | None = None
    basis: str
    source: str = ""
    note: str = ""
    kind: str = "number"
    domain: str = "real"
    whole: bool = False
    choices: tuple[str, ...] = ()
    items: str = "number"  # what a list holds: numbers, or ranges (low, high)
    entries: tuple[Entry, ...] = ()
    step: float | None = None
    control: str = "open"

    def __post_init__(self):
        if self.entries and self.value is None:
            object.__setattr__(self, "value", tuple(e.value for e in self.entries))
        if self.kind == "number" and self.low is None and self.high is None:
            object.__setattr__(self, "kind", "fixed")
        if self.kind == "fixed":
            object.__setattr__(self, "shape", "fixed")
        self._validate()

    def _validate(self):
        named = {"kind": KINDS, "shape": SHAPES, "basis": BASES, "domain": DOMAINS, "control": CONTROLS}
        for field, valid in named.items():
            given = getattr(self, field)
            if given not in valid:
                raise Problem(f"{self.key}: {field} {given!r} is unknown; {nearest(given, valid)}.")
        if self.kind == "number":
            if self.low is None or self.high is None or not self.low < self.high:
                raise Problem(f"{self.key}: the range needs a low below its high; it has {self.low} and {self.high}.")
            for end in ("low", "high"):
                self._check_number(getattr(self, end), f"{self.key}: its {end}", closed=True)
            if self.mode is not None and not self.low <= self.mode <= self.high:
                raise Problem(f"{self.key}: the mode {self.mode:g} lies outside {self.low:g} to {self.high:g}.")
            if self.shape == "log-uniform" and self.low <= 0:
                raise Problem(f"{self.key}: a log-uniform range must lie above 0; its low is {self.low:g}.")
        if self.kind == "choice" and self.value not in self.choices:
            raise Problem(f"{self.key}: {self.value!r} is not one of {', '.join(self.choices)}.")
        if self.kind != "choice":
            self.check(self.value)

    @property
    def sampled(self) -> bool:
        """Whether the quantity has a range to sample, sweep and flip over."""
        return self.kind == "number"

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the range; raises `Problem` where there is none."""
        if self.low is None or self.high is None:
            raise Problem(f"{self.key} has no range, so it cannot be varied.")
        return self.low, self.high

    @property
    def peak(self) -> float:
        """Where a triangular shape peaks: the mode, or the value held inside the range."""
        return self.mode if self.mode is not None else min(max(self.value, self.ends[0]), self.ends[1])

    @property
    def limits(self) -> tuple[float, float]:
        """The least and most the formula can take, in `unit`; the least may itself be excluded."""
        least, most, _, _ = DOMAINS[self.domain]
        return least, most

    def beyond(self, value) -> bool:
        """Whether a number, or any number of an array, lies outside the declared range."""
        if self.kind != "number":
            return False
        low, high = self.ends
        if isinstance(
            value, (int, float)
        ):  # NumPy takes ten times as long for one number, of which a move asks a dozen
            return bool(value < low or value > high)
        return bool(np.any((np.asarray(value) < low) | (np.asarray(value) > high)))

    def check(self, value):
        """Return the value as the model takes it, or raise `Problem` saying what would be valid.

        Numbers may be scalars or arrays; lists hold numbers or (low, high) pairs; choices are words.
        """
        if self.kind == "choice":
            if not isinstance(value, str) or value not in self.choices:
                raise Problem(f"{self.key} must be one of {', '.join(self.choices)}; you gave {shown(value)}.")
            return value
        if self.kind == "list":
            return self._check_list(value)
        if self.kind == "table":
            return self._check_table(value)
        if isinstance(value, np.ndarray):
            return self._check_array(value)
        return self._check_number(value)

    def _check_array(self, value):
        if value.ndim == 0:
            return self._check_number(value.item())
        if value.dtype.kind not in "iuf" or not value.size:
            raise Problem(f"{self.key} needs an array of numbers; {shown(value)} is none.")
        with np.errstate(all="ignore"):
            value = value.astype(float)
        value[np.abs(value) < SMALLEST] = 0.0  # what rounding leaves of a zero between the ends of a sweep
        worst = [value.min(), value.max()] if np.isfinite(value).all() else [math.nan]
        if self.whole:
            worst += value[value != np.floor(value)].tolist()[:1]
        for x in worst:
            self._check_number(float(x))
        return value

    def _check_number(self, value, name: str | None = None, closed: bool = False) -> float:
        """The value as a float; `closed` allows the least of the domain and parts of a whole, as the end of a range."""
        name = name or self.key
        least, most, open_least, words = DOMAINS[self.domain]
        given = value
        try:
            value = math.nan if isinstance(given, bool) or not isinstance(given, Real) else float(given)
        except OverflowError:
            raise Problem(f"{name} needs {words}; {shown(given)} is too large to compute with.") from None
        if not math.isfinite(value):
            raise Problem(f"{name} needs {words}; {shown(given)} is no number.")
        if abs(value) < SMALLEST:
            value = 0.0  # what rounding leaves of a zero, in a slider's step as between the ends of a sweep
        if value < least or value > most or (open_least and value == least and not closed):
            raise Problem(f"{name} needs {words}; you gave {float(given):g}.")
        if abs(value) > LARGEST:
            raise Problem(f"{name} needs {words}; {shown(given)} is too large to compute with (1e15 at most).")
        if self.whole and not closed and value != int(value):
            raise Problem(f"{name} needs a whole number; you gave {value:g}.")
        return value

    def _check_list(self, value) -> tuple:
        if isinstance(value, np.ndarray):
            value = value.tolist()
        if isinstance(value, (str, bytes, Mapping, Set)) or not hasattr(value, "__iter__"):
            raise Problem(f"{self.key} needs a list; {shown(value)} is none.")
        wants_pairs = self.items == "range"
        out: list[float | tuple[float, float]] = []
        for i, item in enumerate(value, start=1):
            name = f"{self.key}, item {i},"
            pair = item if isinstance(item, (tuple, list)) else None
            if wants_pairs and (pair is None or len(pair) != 2):
                raise Problem(f"{name} needs a range low:high; you gave {_typed(item)}.")
            if not wants_pairs and pair is not None:
                raise Problem(f"{name} needs one number; you gave the range {_typed(pair)}.")
            if pair is None:
                out.append(self._check_number(item, name))
                continue
            low, high = (self._check_number(x, name) for x in pair)
            if not low < high:
                raise Problem(f"{name} needs its low below its high; you gave {low:g}:{high:g}.")
            out.append((low, high))
        if not out:
            raise Problem(f"{self.key} needs at least one item.")
        return tuple(out)

    def _check_table(self, value) -> tuple:
        if isinstance(value, np.ndarray):
            value = value.tolist()
        if not isinstance(value, (tuple, list)):
            raise Problem(f"{self.key} needs rows of numbers; {shown(value)} is none.")
        rows = [value] if value and not isinstance(value[0], (tuple, list, np.ndarray)) else value
        checked = []
        for i, row in enumerate(rows, start=1):
            if not isinstance(row, (tuple, list, np.ndarray)):
                raise Problem(f"{self.key}, row {i}, needs a row of numbers; {shown(row)} is none.")
            checked.append(tuple(self._check_number(x, f"{self.key}, row {i},") for x in row))
        if len({len(row) for row in checked}) != 1 or not checked[0]:
            raise Problem(f"{self.key} needs rows of the same length, parted by ';'.")
        return tuple(checked)

    def parse(self, text: str):
        """Read a value typed by a person: a number, a word, ``1,2,3``, ``5:10,20:40`` or ``3,0;2,1``."""
        text = text.strip()
        if self.kind == "choice":
            return self.check(text)
        if self.kind == "list":
            items = [t.strip() for t in text.removesuffix(",").split(",")] if text else []
            return self.check([tuple(map(self._read, t.split(":"))) if ":" in t else self._read(t) for t in items])
        if self.kind == "table":
            return self.check([[self._read(t) for t in row.split(",")] for row in text.split(";") if row.strip()])
        return self.check(self._read(text))

    def _read(self, text: str) -> float:
        try:
            return float(text)
        except ValueError:
            raise Problem(f"{self.key} needs {DOMAINS[self.domain][3]}; {shown(text)} is no number.") from None

    def with_value(self, value, **changes) -> Quantity:
        """A copy with another value (and range), for a case; it no longer counts as the report's or the data's."""
        return replace(self, value=value, entries=(), **changes)


def assumed(key: str, label: str, value, **more) -> Quantity:
    """A number of ours: `value` is (least, starting value, most) where it has a range, else what it is held at.

    A list or a table is given whole, with its `kind`. Unless `domain` says otherwise a share or a probability lies
    between 0 and 1, and people are 0 or more. `more` are fields of `Quantity`; raises `Problem` where the declaration
    contradicts itself.
    """
    more = {"domain": DOMAIN_OF.get(more.get("unit", ""), "real"), **more}
    if isinstance(value, tuple) and "kind" not in more:
        low, value, high = value
        more = {"low": low, "high": high, **more}
    return Quantity(key=key, label=label, value=value, basis="assumption", **more)


def one_of(key: str, label: str, choices: tuple[str, ...], **more) -> Quantity:
    """A choice of ours, which begins with the first word unless `value` names another; `more` are fields of `Quantity`."""
    given = {"value": choices[0], **more}
    return Quantity(key=key, label=label, kind="choice", choices=choices, basis="assumption", **given)


def stated(key: str, label: str, value, source: str, **more) -> Quantity:
    """A number of the report's, or of a table where `source` names its row, such as arrivals:A45; the rest as for `assumed`."""
    basis = "data" if ":" in source else "report"
    return replace(assumed(key, label, value, **more), basis=basis, source=source)


def _typed(item) -> str:
    """An item of a list as a person types it, such as 5:10 for a range, if it is made of numbers."""
    if isinstance(item, (tuple, list)) and all(isinstance(x, (int, float)) for x in item):
        return shown(":".join(f"{x:g}" for x in item))
    return shown(item)

"""How numbers are written for a reader: thousands separated, rounded to what the evidence bears, in words that name them in braces."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from tumen.core.errors import Problem

if TYPE_CHECKING:
    from tumen.core.model import Model, Output
    from tumen.core.quantity import Quantity
    from tumen.core.result import Result


def number(value: float, digits: int = 3) -> str:
    """A number in at most `digits` significant digits with thousands separated, such as 124,000 or 0.209.

    >>> number(123863.6), number(0.20943), number(1.0)
    ('124,000', '0.209', '1')
    """
    return _number(math.nan if value is None else float(value), digits)


@lru_cache(maxsize=1024)  # a move of a control says most of its numbers again
def _number(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return "no number"
    if value == 0:
        return "0"
    if not 1e-6 <= abs(value) < 1e15:
        return _power(f"{value:.{digits}g}")
    size = math.floor(math.log10(abs(value)))
    rounded = round(value, digits - 1 - size)
    if abs(rounded) >= 10 ** (size + 1):
        size += 1
    text = f"{rounded:,.{max(0, digits - 1 - size)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _power(text: str) -> str:
    """What a program writes as 2e-09, as a reader does: 2 × 10⁻⁹."""
    digits, e, power = text.partition("e")
    return f"{digits} × 10{str(int(power)).translate(RAISED)}" if e else digits


def exact(value: float, unit: str = "") -> str:
    """A number as declared or typed, thousands separated, without trailing zeros; a year stands bare."""
    if not math.isfinite(value) or (value and not 1e-6 <= abs(value) <= 1e15):
        return number(value, 6)
    if unit == "year":
        return f"{value:.0f}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10f}".rstrip("0").rstrip(".")


def counted(n: float, what: str) -> str:
    """How many there are of a thing that takes an s, such as 1 line or 1,200 lines."""
    return f"{exact(n)} {what}{'' if n == 1 else 's'}"


def listed(words: Iterable, joint: str = "and") -> str:
    """What is there in a row, one or more, as one writes it: a, b and c."""
    *first, last = map(str, words)
    return f"{', '.join(first)} {joint} {last}" if first else last


def figure(value: float, unit: str = "", digits: int = 3) -> str:
    """A number without its unit, rounded; a year stands bare and whole, such as 2010."""
    return f"{value:.0f}" if unit == "year" and value is not None and abs(value) < 1e6 else number(value, digits)


def is_share(unit: str) -> bool:
    """Whether what is counted in this unit is 1 at most: a share, a probability, a place between two ends.

    >>> is_share("share of the people"), is_share("people")
    (True, False)
    """
    return "share" in unit or "0 to 1" in unit or unit.startswith(("from 0", "between", "probability", "chance"))


WITHOUT_UNIT = ("share", "probability")  # said by the label; 0.48 reads better alone


def amount(value, unit: str = "", digits: int = 3) -> str:
    """A value of any output kind in words, with its unit (a share or a probability stands alone, a year is a year).

    >>> amount(124000, "people"), amount(0.48, "share"), amount(2012, "year")
    ('124,000 people', '0.48', '2012')
    """
    if unit == "year" and np.ndim(value) == 0 and not isinstance(value, str):
        return figure(value, unit)
    unit = "" if unit in WITHOUT_UNIT else unit
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "; ".join(f"{k} {amount(v, '', digits)}" for k, v in value.items())
    if isinstance(value, np.ndarray) and value.ndim:
        if value.size == 0:
            return "none"
        if value.dtype.kind in "USO":  # labels
            return ", ".join(dict.fromkeys(map(str, value.ravel())))
        return f"{number(value.min(), digits)} to {number(value.max(), digits)} {unit}".strip()
    if isinstance(value, (tuple, list)):
        return ", ".join(amount(v, unit if unit == "year" else "", digits) for v in value) or "none"
    return f"{number(value, digits)} {unit}".strip()


def say(words: str, now: Result, start: Result | None = None, also: Mapping[str, Callable] = {}) -> str:
    """A template filled with the numbers of a result, and of the starting case as {start.name}; `also` are made of a result.

    {people} stands in three digits, {people:2} in two, {share:%} in a hundred; a word stands as it is.
    """
    if "{" not in words and "}" not in words:
        return words  # as most are, and every number that has changed anew
    said = []
    for text, which, key, spec in _parts(words):
        said.append(text)
        if key:
            result = (start or now) if which else now
            value = also[key](result) if key in also else result[key]
            said.append(value if isinstance(value, str) else _written(value, key, spec, result.model))
    return "".join(said)


@lru_cache(maxsize=256)
def _parts(words: str) -> list[tuple]:
    try:
        parts = [(text, name, spec) for text, name, spec, _ in string.Formatter().parse(words)]
    except ValueError:
        parts = [("", "", "")]
    for _, name, spec in parts:
        if name == "" or not re.fullmatch(r"[1-9]?%?", spec or ""):
            raise Problem(
                f"{words!r} is no template; in braces stands a name, as {{people}}, {{people:2}} or {{share:%}}."
            )
    return [(text, which, key, spec) for text, name, spec in parts for which, _, key in [(name or "").rpartition(".")]]


def _written(value, key: str, spec: str, model: Model) -> str:
    if spec.endswith("%"):
        return number(100 * value, int(spec[:-1] or 3))
    return figure(value, _unit(model, key), int(spec or 3))


def _unit(model: Model, key: str) -> str:
    one: Quantity | Output
    for one in chain(model.quantities, model.outputs):  # type: ignore[assignment]
        if one.key == key:
            return one.unit
    return ""

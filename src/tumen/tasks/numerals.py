"""A number as people type it, read for the unit it is asked in: said back where it is not plain, asked where it has two readings."""

from __future__ import annotations

import math
import re
import unicodedata

from tumen.core import Problem
from tumen.core.errors import shown
from tumen.core.frozen import frozen
from tumen.core.words import exact

ROUGHLY = re.compile(
    r"^(?:about|around|roughly|approximately|approx\.?|ca\.?|circa|some|nearly|약|~|≈)\s*", re.IGNORECASE
)
PER_CENT = re.compile(r"\s*(?:%|per ?cent|퍼센트|프로)$", re.IGNORECASE)
YEARLY = re.compile(r"\s*(?:a|per) year$", re.IGNORECASE)
PER_THOUSAND = re.compile(r"\s*(?:per|in|of|for (?:every|each))\s*1[, ]?000$", re.IGNORECASE)
SIZES = {"k": 1e3, "thousand": 1e3, "천": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "만": 1e4, "억": 1e8}
SIZED = re.compile(r"^([-+]?[\d.,]+)\s*(k|m|mn|thousand|million|천|만|억)$", re.IGNORECASE)
KOREAN_SIZE = re.compile("[만억천]")
KOREAN = re.compile(r"^(?:([\d,.]+)억)?\s*(?:([\d,.]+)만)?\s*(?:([\d,.]+)천)?\s*([\d,]+)?$")
FRACTION = re.compile(r"^([-+]?[\d.,]+)\s*(?:/|in|out of|of)\s*([\d.,]+)$", re.IGNORECASE)
RANGE = re.compile(r"^[\d.,]+\s*(?:-|–|to|~|bis)\s*[\d.,]+$", re.IGNORECASE)
SPACED = re.compile(r"^[-+]?\d{1,3}(?: \d{3})+(?:\.\d*)?$")
APOSTROPHES = re.compile(r"^[-+]?\d{1,3}(?:'\d{3})+(?:\.\d*)?$")
COMMAS = re.compile(r"^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$")
POINTS = re.compile(r"^[-+]?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$")
ONE_POINT = re.compile(r"^[-+]?[1-9]\d{0,2}\.\d{3}$")
NOUGHT_COMMA = re.compile(r"^[-+]?0,\d+$")
ONE_COMMA = re.compile(r"^[-+]?\d+,\d+$")
DIGITS = re.compile(r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$")
COUNTED = ("people", "persons", "명", "사람")  # what may stand after a count whatever its unit is called
SAYS = {
    "nothing": "Type a number first.",
    "none": "{typed} is no number; type digits, such as 0.2 or 1500.",
    "two": "{typed} names two numbers; type one.",
    "nought": "{typed} divides by 0; type one number.",
    "share": "{typed} is more than 1, and a share is asked for; did you mean {one} per cent, {other}? Type the one you mean.",
    "thousand": "{typed} is a part of a whole; did you mean {one} for every 1,000? Type the one you mean.",
    "part": "{typed} is a part of a whole, and {unit} are asked for; type a number of {unit}.",
    "point": "{typed} can be read in two ways; did you mean {one} or {other}? Type the one you mean.",
    "comma": "{typed} can be read in two ways; did you mean {one} or {other}? Write a decimal point.",
    "commas": "{typed} can be read in two ways; write a decimal point, and commas only between thousands.",
}


@frozen
class Numeral:
    """A number that was read, in the unit asked for, and how, in words; `said` is empty where it stood there plainly."""

    value: float
    said: str = ""


def read_numeral(text: str, unit: str = "") -> Numeral:
    """Read a number typed for a unit; raises `Problem` for what is none, is two, or can be read in two ways.

    Signs of per cent fit a unit of per cent or a share; k, million, 만 and 천 multiply; a fraction is a share; a unit
    may stand behind the number.

    >>> read_numeral("1.94%", "per cent a year").value, read_numeral("18만 5천", "people").value
    (1.94, 185000.0)
    """
    typed = shown(text.strip())
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    plain = re.sub("^[\N{MINUS SIGN}\N{EN DASH}] ?", "-", plain).replace("’", "'")
    if not plain:
        raise _asked("nothing")
    bare = ROUGHLY.sub("", plain)
    if RANGE.match(bare):
        raise _asked("two", typed=typed)
    bare, per_cent = _without_unit(bare, unit)
    found = _value(bare, unit, typed, per_cent)
    value = found + 0.0
    if not math.isfinite(value):
        raise _asked("none", typed=typed)
    return Numeral(value, "" if _stands_plainly(plain, value) else f"read as {f'{exact(value)} {_unit(unit)}'.strip()}")


def plain_digits(text: str, unit: str = "") -> str:
    """A typed number as a program writes it, and any other text as it is; raises `Problem` for what has two readings."""
    try:
        return repr(read_numeral(text, unit).value)
    except Problem as fault:
        if "two ways" in str(fault) or "did you mean" in str(fault):
            raise
        return text


def _unit(unit: str) -> str:
    return "" if _shareish(unit) else unit


def _without_unit(text: str, unit: str) -> tuple[str, bool]:
    """The number without the words of its unit behind it, and whether a sign of per cent stood there."""
    for tail in _tails(unit):
        if len(text) > len(tail) and text.lower().endswith(tail):
            text = text[: -len(tail)].rstrip()
            break
    if "1,000" in unit:
        text = PER_THOUSAND.sub("", text)
    yearly = YEARLY.sub("", text) if unit.endswith("a year") else text
    shorter = PER_CENT.sub("", yearly)
    return shorter.strip(), shorter != yearly


def _tails(unit: str) -> list[str]:
    """What may stand behind a number of a unit, the longest first."""
    words = {unit, *COUNTED, *unit.split(" for ")[:1], *unit.split(" a ")[:1], unit.removesuffix("s")}
    return sorted((w.lower() for w in words if w and not w.startswith("per cent")), key=lambda w: (-len(w), w))


def _value(text: str, unit: str, typed: str, per_cent: bool) -> float:
    if found := FRACTION.match(text):
        over, under = (_digits(part, unit, typed) for part in found.groups())
        if not under:
            raise _asked("nought", typed=typed)
        return _part(over / under, unit, typed)
    value = _sized(text, unit, typed)
    if per_cent:
        return value if _hundredths(unit) else _part(value / 100, unit, typed)
    if _below_one(unit) and 1 < value <= 100:
        raise _asked("share", typed=typed, one=exact(value), other=exact(value / 100))
    return value


def _part(share: float, unit: str, typed: str) -> float:
    """A part of a whole in the unit asked for; raises `Problem` where none is asked for, with what it would come to."""
    if _shareish(unit):
        return share
    if _hundredths(unit):
        return 100 * share
    if "1,000" in unit:
        raise _asked("thousand", typed=typed, one=exact(round(1000 * share, 6)))
    raise _asked("part", typed=typed, unit=unit)


def _sized(text: str, unit: str, typed: str) -> float:
    if found := SIZED.match(text):
        return _digits(found[1], unit, typed) * SIZES[found[2].lower()]
    if KOREAN_SIZE.search(text) and (found := KOREAN.match(text)):
        return sum(
            _digits(part, unit, typed) * size
            for part, size in zip(found.groups(), (1e8, 1e4, 1e3, 1), strict=True)
            if part
        )
    return _digits(text, unit, typed)


def _digits(text: str, unit: str, typed: str) -> float:
    """Digits with whatever parts their thousands; raises `Problem` where a comma or a point can mean two things."""
    if SPACED.match(text) or APOSTROPHES.match(text):
        text = re.sub("[ ']", "", text)
    if COMMAS.match(text):
        text = text.replace(",", "")
    elif POINTS.match(text):
        text = text.replace(".", "").replace(",", ".")
    elif ONE_POINT.match(text) and _whole(unit):
        raise _asked("point", typed=typed, one=exact(float(text)), other=text.replace(".", ","))
    elif NOUGHT_COMMA.match(text):  # no group of thousands begins with 0
        text = text.replace(",", ".")
    elif ONE_COMMA.match(text):
        one, other = float(text.replace(",", ".")), float(text.replace(",", ""))
        raise _asked("comma", typed=typed, one=exact(one), other=exact(other))
    elif "," in text:
        raise _asked("commas", typed=typed)
    if not DIGITS.match(text):
        raise _asked("none", typed=typed)
    return float(text)


def _asked(which: str, **words: str) -> Problem:
    return Problem(SAYS[which].format(**words))


def _shareish(unit: str) -> bool:
    return (
        not unit
        or "share" in unit
        or "0 to 1" in unit
        or unit.startswith(("from 0", "between", "probability", "chance"))
    )


def _below_one(unit: str) -> bool:
    """Whether more than 1 may be per cent where a share was asked for."""
    return bool(unit) and _shareish(unit) and "−1" not in unit


def _hundredths(unit: str) -> bool:
    return unit.startswith(("per cent", "of 100", "parts in 100"))


def _whole(unit: str) -> bool:
    """Whether a unit counts what comes in wholes, so that three digits behind a point may be thousands."""
    return unit.startswith(("people", "guests", "entries", "hosts", "households", "claims", "cases"))


def _stands_plainly(text: str, value: float) -> bool:
    try:
        return float(text.replace(",", "").replace(" ", "")) == value
    except ValueError:
        return False


# --- the same rules, for a page that reads by itself ---------------------------------------------------


def shared_rules() -> dict:
    """What `read_numeral` goes by whatever the unit: patterns by name, sizes, sentences; for JSON."""
    patterns = {k.lower(): v for k, v in globals().items() if isinstance(v, re.Pattern)}
    flags = {k: "i" if v.flags & re.IGNORECASE else "" for k, v in patterns.items()}
    return {"patterns": {k: [v.pattern, flags[k]] for k, v in patterns.items()}, "sizes": SIZES, "says": SAYS}


def unit_rules(unit: str) -> dict:
    """What it goes by for one unit; for JSON."""
    return {
        "unit": unit,
        "said": _unit(unit),
        "tails": _tails(unit),
        "thousand": "1,000" in unit,
        "yearly": unit.endswith("a year"),
        "share": _shareish(unit),
        "below": _below_one(unit),
        "hundredths": _hundredths(unit),
        "whole": _whole(unit),
    }

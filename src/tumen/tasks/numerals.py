"""A number as people type it, read for the unit it is asked in: said back where it is not plain, asked where it has two readings."""

from __future__ import annotations

import math
import re
import unicodedata

from tumen.core import Problem
from tumen.core.errors import shown
from tumen.core.frozen import frozen
from tumen.core.words import exact, is_share
from tumen.tasks import number_words as written


@frozen
class Numeral:
    """A number that was read, in the unit asked for, and how, in words; `said` is empty where it stood there plainly."""

    value: float
    said: str = ""


def read_numeral(text: str, unit: str = "") -> Numeral:
    """Read a number typed for a unit; raises `Problem` for what is none, is two, or can be read in two ways.

    Signs of per cent and per mille fit a unit of per cent or a share; k, million, 만, 천 and 萬 multiply; a fraction is a
    share; a unit may stand behind the number, and words such as about around it.

    >>> read_numeral("1.94%", "per cent a year").value, read_numeral("18만 5천", "people").value
    (1.94, 185000.0)
    """
    typed = shown(" ".join(_rewritten(text, written.FIRST[:1]).split()))
    folded = unicodedata.normalize("NFKC", _rewritten(text.strip(), written.FIRST))
    plain = _rewritten(folded, written.THEN).strip()
    if not plain:
        raise _asked("nothing")
    if len(text) > written.LONGEST:
        raise _asked("none", typed=typed)
    bare = re.sub(written.ROUGHLY_AFTER, "", re.sub(written.ROUGHLY, "", plain))
    for which, pattern in (("bound", written.BOUND), ("two", written.RANGE)):
        if re.search(pattern, bare):
            raise _asked(which, typed=typed)
    bare, sign = _without_unit(re.sub(written.ROUGHLY_AFTER, "", bare), unit)
    value = _value(bare, unit, typed, sign) + 0.0
    if not math.isfinite(value):
        raise _asked("none", typed=typed)
    least = _least(unit)
    if least is not None and not least <= value <= 1:
        raise _asked("outside", typed=typed, unit=unit)
    stands = "^" not in folded and _stands_plainly(plain, value)
    return Numeral(value, "" if stands else f"read as {f'{exact(value)} {_unit(unit)}'.strip()}")


def _rewritten(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, by in rules:
        text = re.sub(pattern, by, text, flags=re.IGNORECASE)
    return text


def plain_digits(text: str, unit: str = "") -> str:
    """A typed number as a program writes it, and any other text as it is; raises `Problem` for what has two readings."""
    try:
        return repr(read_numeral(text, unit).value)
    except Problem as fault:
        if "two ways" in str(fault) or "did you mean" in str(fault):
            raise
        return text


def _noun(unit: str) -> str:
    found = re.match(written.OUT_OF, unit)
    return f"{found[2]}, of {found[1]}" if found else unit


def _unit(unit: str) -> str:
    return "" if _shareish(unit) else unit


def _without_unit(text: str, unit: str) -> tuple[str, float]:
    """The number without the words of its unit behind it, and what a sign of per cent or per mille divides it by (else 1)."""
    if "1,000" in unit:
        text = re.sub(written.PER_THOUSAND, "", text)
    for tail in _tails(unit):
        if len(text) > len(tail) and text.lower().endswith(tail):
            text = re.sub(written.ROUGHLY_AFTER, "", text[: -len(tail)].rstrip())
            break
    if unit.endswith("a year"):
        text = re.sub(written.YEARLY, "", text)
    for pattern, size in ((written.PER_CENT, 100.0), (written.PER_MILLE, 1000.0)):
        if re.search(pattern, text):
            return re.sub(pattern, "", text).strip(), size
    return text.strip(), 1.0


def _tails(unit: str) -> list[str]:
    """What may stand behind a number of a unit, the longest first."""
    counted = re.match(written.OUT_OF, unit)
    of = [counted[2]] if counted else [unit, unit.partition(" for ")[0], unit.partition(" a ")[0]]
    words = {*of, *written.COUNTED, *written.ALSO.get(unit, ())}
    words |= {re.sub("ies$", "y", w) if w.endswith("ies") else w.removesuffix("s") for w in words if w}
    return sorted((w.lower() for w in words if w and not w.startswith("per cent")), key=lambda w: (-len(w), w))


def _value(text: str, unit: str, typed: str, sign: float) -> float:
    if found := re.match(written.MIXED, text):
        whole = int(found[2]) + int(found[3]) / int(found[4])
        return -whole if found[1] == "-" else whole
    if found := re.match(written.FRACTION, text):
        over, under = (_digits(part, unit, typed) for part in found.groups())
        if not under:
            raise _asked("nought", typed=typed)
        if 0 < under < 1:
            raise _asked("two", typed=typed)
        named = re.match(written.OUT_OF, unit)
        return over if named and under == float(named[1]) else _part(over / under, unit, typed)
    value = _sized(text, unit, typed)
    if sign != 1:
        if sign == 1000 and "1,000" in unit:
            return value
        return value if sign == 100 and _hundredths(unit) else _part(value / sign, unit, typed)
    if is_share(unit) and (1 < value <= 100 or (_least(unit) == -1 and -100 <= value < -1)):
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
    raise _asked("part", typed=typed, unit=_noun(unit))


def _sized(text: str, unit: str, typed: str) -> float:
    if found := re.match(written.SIZED, text):
        size = written.SIZES[found[2].lower()]
        return _digits(found[1], unit, typed, size) * size
    east = "".join(written.EAST_DIGITS.get(c, c) for c in text)
    return _east(east, unit, typed) if re.match(written.EAST_NUMBER, east) else _digits(text, unit, typed)


def _east(text: str, unit: str, typed: str) -> float:
    """A number in the sizes of East Asia, such as 1억 2천만 3백: each smaller than the one before it."""
    total, section, big, small = 0.0, 0.0, math.inf, math.inf
    for digits, name in re.findall(written.EAST_PART, text.lstrip("-+")):
        if not digits and not name:
            continue
        size = written.EAST.get(name, 1)
        count = _digits(digits, unit, typed, size) if digits else 1.0
        if size < 1e4:
            if count * size >= small:
                raise _asked("none", typed=typed)
            section, small = section + count * size, size
            continue
        section = section + count if digits else section or 1.0
        if size >= big:
            raise _asked("none", typed=typed)
        total, section, big, small = total + section * size, 0.0, size, math.inf
    if section >= big:
        raise _asked("none", typed=typed)
    return -(total + section) if text.startswith("-") else total + section


def _digits(text: str, unit: str, typed: str, size: float = 1.0) -> float:
    """Digits with whatever parts their thousands; raises `Problem` where a comma or a point can mean two things.

    `size` is what the number is multiplied by afterwards, for that sentence.
    """
    if re.match(written.SPACED, text) or re.match(written.APOSTROPHES, text):
        text = re.sub("[ ']", "", text).replace(",", ".")
    elif re.match(written.ONE_GROUP, text) and not _grouped(unit):
        raise _asked("group", typed=typed, one=exact(float(text.replace(",", "."))), other=text.replace(",", ""))
    elif re.match(written.COMMAS, text) or re.match(written.LAKHS, text):
        text = text.replace(",", "")
    elif re.match(written.POINTS, text):
        text = text.replace(".", "").replace(",", ".")
    elif re.match(written.ONE_POINT, text) and _whole(unit):
        raise _asked(
            "point", typed=typed, one=exact(float(text) * size), other=exact(float(text.replace(".", "")) * size)
        )
    elif re.match(written.NOUGHT_COMMA, text):  # no group of thousands begins with 0
        text = text.replace(",", ".")
    elif re.match(written.ONE_COMMA, text):
        one, other = float(text.replace(",", ".")), float(text.replace(",", ""))
        raise _asked("comma", typed=typed, one=exact(one * size), other=exact(other * size))
    elif "," in text and re.match(written.MARKED, text):
        raise _asked("commas", typed=typed)
    if not re.match(written.DIGITS, text):
        raise _asked("none", typed=typed)
    return float(text)


def _asked(which: str, **words: str) -> Problem:
    return Problem(written.SAYS[which].format(**words))


def _shareish(unit: str) -> bool:
    return not unit or is_share(unit)


def _least(unit: str) -> float | None:
    """The least that a unit allows which names its limits, the most of which is 1; None where it names none."""
    found = re.search(written.LIMITS, unit)
    return None if found is None else -1.0 if found[1] == "−1" else 0.0


def _hundredths(unit: str) -> bool:
    return unit.startswith(("per cent", "of 100", "parts in 100"))


def _whole(unit: str) -> bool:
    """Whether a unit counts what comes in wholes, so that three digits behind a point may be thousands."""
    return unit.startswith(("people", "guests", "entries", "hosts", "households", "claims", "cases"))


def _grouped(unit: str) -> bool:
    """Whether a unit's numbers may be large, so that a comma before three digits parts thousands, as our pages write it."""
    return not unit or not (_shareish(unit) or _hundredths(unit) or (_whole(unit) and " per " in unit))


def _stands_plainly(text: str, value: float) -> bool:
    try:
        return float(text.replace(",", "").replace(" ", "")) == value
    except ValueError:
        return False


# --- the same rules, for a page that reads by itself ---------------------------------------------------


def shared_rules() -> dict:
    """What `read_numeral` goes by whatever the unit: patterns by name, sizes, sentences; for JSON."""
    patterns = {k.lower(): v for k, v in vars(written).items() if k[0].isupper() and isinstance(v, str)}
    return {
        "patterns": {k: [v.removeprefix("(?i)"), "i" * v.startswith("(?i)")] for k, v in patterns.items()},
        "first": _for_script(written.FIRST),
        "then": _for_script(written.THEN),
        "sizes": written.SIZES,
        "east": written.EAST,
        "longest": written.LONGEST,
        "east_digits": written.EAST_DIGITS,
        "says": written.SAYS,
    }


def _for_script(rules: tuple[tuple[str, str], ...]) -> list[list[str]]:
    return [[pattern, re.sub(r"\\(?:g<)?(\d)>?", r"$\1", by)] for pattern, by in rules]


def unit_rules(unit: str) -> dict:
    """What it goes by for one unit; for JSON."""
    return {
        "unit": unit,
        "said": _unit(unit),
        "noun": _noun(unit),
        "tails": _tails(unit),
        "thousand": "1,000" in unit,
        "yearly": unit.endswith("a year"),
        "share": _shareish(unit),
        "below": is_share(unit),
        "least": _least(unit),
        "outof": int(found[1]) if (found := re.match(written.OUT_OF, unit)) else 0,
        "hundredths": _hundredths(unit),
        "whole": _whole(unit),
        "grouped": _grouped(unit),
    }

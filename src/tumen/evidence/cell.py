"""One cell of a table as its column's type. Nothing that could mean two numbers is guessed: it is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from tumen.core import Problem, nearest
from tumen.core.errors import shown
from tumen.core.own import Own
from tumen.core.quantity import LARGEST
from tumen.evidence.dates import public_span
from tumen.evidence.lines import ask
from tumen.evidence.package import Field
from tumen.evidence.sheets import Number

KINDS = {
    "integer": "whole number; write it without separators, such as 1142",
    "number": "number; write it without separators, such as 1142.5",
}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")  # a number with points, which may part thousands
NOTHING = frozenset(
    (
        "?",
        "#n/a",
        "미상",
        "불명",
        "없음",
        "-",
        "--",
        "–",
        "—",
        "―",
        "…",
        "...",
        "..",
        ".",
        "x",
        "n/a",
        "n.a.",
        "na",
        "nan",
        "null",
        "none",
    )
)
DAY = re.compile(r"(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})\.?([ T]\d{1,2}:\d\d(:\d\d(\.0+)?)?(Z|[+-]\d\d:?\d\d)?)?")
MONTH = re.compile(r"(\d{4})(?:/| ?[年년] ?)(\d{1,2}) ?[月월]?(?: ?(\d{1,2}) ?[日일])?|(\d{4})\. ?(\d{1,2})\.")
YEARS = (1000, 2999)
# Full-width forms, the minus sign and spaces that do not break; footnote digits (²) stay what they are
WIDE = (
    {0xFF01 + i: 0x21 + i for i in range(94)}
    | {0x2212: "-", 0xA0: " ", 0x2009: " ", 0x202F: " ", 0x3000: " ", 0x2019: "'"}
    | dict.fromkeys((0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF))
)


@dataclass
class Form:
    """How a table's cells are written: what its case declares, and what its own cells prove.

    `proved` are the columns in which a point is seen to be a decimal point; `nothing` are the marks in its numbers
    that may stand for nothing; `said` counts what was read otherwise than it stands, with the first of each kind.
    """

    own: Own
    name: str
    ours: bool = False
    proved: frozenset[str] = frozenset()
    nothing: tuple[str, ...] = ()
    said: dict[tuple[str, str], list] = field(default_factory=dict)

    def note(self, column: str, how: str, example: str) -> None:
        """Count a cell that was read otherwise than it stands."""
        self.said.setdefault((column, how), [0, example])[0] += 1

    def changes(self) -> tuple[str, ...]:
        """What was read otherwise than it stands, in words."""
        return tuple(f"{column}: {n} {how}, such as {example}" for (column, how), (n, example) in self.said.items())

    def ask(self, line: str) -> str:
        """What to write into the case."""
        return ask(self.own, self.name, line)


def proved(column: Iterable[str]) -> bool:
    """Whether a column has a point that can only be a decimal point, and no comma in a number."""
    texts = [c.strip() for c in column]
    points = any("." in c and NUMBER.fullmatch(c) and not THOUSANDS.fullmatch(c) for c in texts)
    return points and not any(re.fullmatch(r"[\d.]+,\d+", c) for c in texts)


def typed(text: str, column: Field, place: str, form: Form, unit: str = ""):
    """One cell as its column's type, None where it is empty; raises `Problem` that begins with `place`."""
    if not text or text in form.own.empty:
        if column.required:
            raise Problem(f"{place}, is empty and must not be.")
        return None
    if column.words and text not in column.words:
        raise Problem(f"{place}: {text!r} is not one of its words; {nearest(text, column.words)}.")
    if column.pattern:
        return _date(text, column, place, form)
    if column.type in ("integer", "number"):
        return _counted(text, column, place, form, unit)
    return str(text)


def _date(text: str, column: Field, place: str, form: Form) -> str:
    """A date as 1998, 1998-02 or 1998-02-17; a spreadsheet's or pandas's way of writing these is read too."""
    plain = str(text)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain.translate(WIDE))
    if found := DAY.fullmatch(plain):
        plain = f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}"
    elif re.fullmatch(r"\d{4}(\.0| ?[年년])", plain):
        plain = plain[:4]
    elif found := MONTH.fullmatch(plain):
        plain = "-".join((found[1] or found[4], *(f"{int(n):02}" for n in (found[2] or found[5], found[3]) if n)))
    try:
        if not re.fullmatch(column.pattern, plain):
            raise ValueError
        public_span(plain)
    except ValueError:
        raise Problem(f"{place}: {text!r} is no date; write 1998, 1998-02 or 1998-02-17.") from None
    if plain != text:
        form.note(column.name, "read as dates", f"{shown(text)} as {plain}")
    return plain


def _counted(text: str, column: Field, place: str, form: Form, unit: str) -> int | float:
    """A number of its column's type; what could be two numbers, or none, is asked for."""
    if text.isascii() and text.isdigit() and len(text) < 16 and column.unit != "year":
        return int(text) if column.type == "integer" else float(text)
    plain = text.translate(WIDE).strip()
    if plain.lower() in NOTHING and not form.ours:
        marks = ", ".join(f'"{m}"' for m in form.nothing or (text,))
        raise Problem(f"{place}: {text!r} is no number; if it stands for nothing, {form.ask(f'empty = [{marks}]')}.")
    if plain.endswith("%"):
        plain = _without_sign(plain, text, column, place, form, unit)
    number = plain if isinstance(text, Number) else _as_declared(plain, text, column, place, form)
    if not NUMBER.fullmatch(number):
        raise Problem(f"{place}: {text!r} is no {KINDS[column.type]}.")
    value = float(number)
    if abs(value) > LARGEST:
        raise Problem(f"{place}: {shown(text)} is larger than anything counted here (1e15 at most).")
    if column.type == "number":
        return value
    if "e" in number.lower() and not isinstance(text, Number):
        raise Problem(f"{place}: {text!r} is no whole number: a spreadsheet has shortened it; write all its digits.")
    if not value.is_integer():
        raise Problem(f"{place}: {text!r} is no {KINDS['integer']}.")
    if "." in number and not isinstance(text, Number):
        form.note(column.name, "read as whole numbers", f"{shown(text)} as {int(value)}")
    if column.unit == "year" and not YEARS[0] <= value <= YEARS[1]:
        raise Problem(f"{place}: {shown(text)} is no year; write its four digits, such as 1998.")
    return int(value)


def _without_sign(plain: str, text: str, column: Field, place: str, form: Form, unit: str) -> str:
    """The number before a per cent sign, where its column counts per cent."""
    if not re.search("per ?cent|%", column.unit or unit):
        counted = f"counts {column.unit or unit}" if column.unit or unit else "does not count per cent"
        raise Problem(f"{place}: {text!r} has a per cent sign, and the column {counted}.")
    form.note(column.name, "read without a per cent sign", f"{shown(text)} as {plain[:-1].rstrip()}")
    return plain[:-1].rstrip()


def _as_declared(plain: str, text: str, column: Field, place: str, form: Form) -> str:
    """A number's text with a point before its decimals and nothing between its thousands, as its table declares them."""
    decimal, group = form.own.decimal, form.own.thousands
    whole, point, rest = plain.partition(decimal or ("," if group == "." else "."))
    between = group.translate(WIDE)
    if group and between in whole:
        if not re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(between)}\d{{3}})+", whole):
            raise Problem(f"{place}: {text!r} is not parted into thousands by {group!r} as declared.")
        whole = whole.replace(between, "")
    elif not group and not form.ours:
        _refuse_two_ways(plain, text, column, place, form)
    if decimal or not (group == "." and point):  # a comma stands for a point only where it is declared
        return f"{whole}.{rest}" if point else whole
    line = 'decimal = "," too'
    raise Problem(f"{place}: {text!r} has a comma; if it is a decimal comma, {form.ask(line)}.")


def _refuse_two_ways(plain: str, text: str, column: Field, place: str, form: Form) -> None:
    """Ask where a mark in a number may part thousands or come before decimals, and the case does not say."""
    decimal, said = form.own.decimal, ""
    if THOUSANDS.fullmatch(plain):
        one = plain.count(".") == 1
        if one and (decimal == "." or (column.type == "number" and not decimal and column.name in form.proved)):
            return
        said = 'thousands = "."' + (' (or decimal = "." where it is a decimal point)' if one and not decimal else "")
    elif re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d+", plain):
        said = 'thousands = "." and decimal = ","' if decimal != "," else 'thousands = "."'
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", plain) and decimal != ",":
        lone = plain.count(",") == 1 and "." not in plain and column.type == "number" and not decimal
        said = 'thousands = ","' + (' (or decimal = "," where it is a decimal comma)' if lone else "")
    elif re.fullmatch(r"[+-]?\d*,\d+", plain) and not decimal:
        said = 'decimal = ","'
    elif found := re.fullmatch(r"[+-]?\d{1,3}(?:([ '’])\d{3})+([.,]\d+)?", plain):
        said = f'thousands = "{found[1]}"'
    elif decimal == "," and "." in plain and NUMBER.fullmatch(plain):
        raise Problem(f"{place}: {text!r} has a point, and its table declares decimal = ','.")
    if said:
        kind = "whole number" if column.type == "integer" else "number"
        raise Problem(f"{place}: {text!r} is no {kind} as it stands; {form.ask(said)}.")

"""What is wrong in a course.toml, in one sentence: as TOML with its line, as a plan with the nearest valid name."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from tumen.core import Problem, nearest

WANTED = {
    "string_type": 'words in quotes, such as "words"',
    "tuple_type": 'a list in square brackets, such as ["one", "two"]',
    "dict_type": "a table of names and values",
    "model_type": "a table of names and values",
    "bool_type": "true or false, without quotes",
    "bool_parsing": "true or false, without quotes",
    "float_type": "a number, without quotes",
    "float_parsing": "a number, without quotes",
}


def said(error: ValidationError) -> str:
    """The first fault as a sentence without its full stop: where it is, what it is, what would be valid."""
    faults = error.errors(include_url=False)  # a mistyped name also leaves one missing: it is told first
    fault = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
    loc = [part for part in fault["loc"] if not (isinstance(part, str) and part.startswith(("function", "datetime")))]
    where = _where(loc)
    if fault["type"] == "extra_forbidden":
        place = f" in {_where(loc[:-1])}" if len(loc) > 1 else ""
        return f"{str(loc[-1])!r} is not known here{place}; {nearest(str(loc[-1]), _valid(loc))}"
    if fault["type"] == "missing":
        return f"{where} is missing"
    if fault["type"] == "string_pattern_mismatch":
        return f"{where}: use letters, digits, - and _, at most 40, beginning with a letter or a digit"
    if fault["type"] in WANTED:
        return f"{where} needs {WANTED[fault['type']]}"
    words = fault["msg"].removeprefix("Value error, ")
    return f"{where}: {words[:1].lower()}{words[1:]}"


def _where(loc: list) -> str:
    """The place in the file: keys with dots between, the number of a [[table]] in words."""
    out = ""
    for part in loc:
        out += f" entry {part + 1}" if isinstance(part, int) else f".{part}" if out else str(part)
    return out


def _valid(loc: list) -> list[str]:
    """The names that would be valid at that place."""
    from tumen.course.plan import Course, Draw, Extra, Graded, Marking, OwnPassage, Sensitivity

    tables = {
        "graded": Graded,
        "extra": Extra,
        "draw": Draw,
        "sensitivity": Sensitivity,
        "marking": Marking,
        "passage": OwnPassage,
    }
    return list(tables.get(loc[0], Course).model_fields if len(loc) > 1 else Course.model_fields)


# --- a slip in the file itself ----------------------------------------------------------------------

AT = re.compile(r"^(.* is not valid TOML): (.*) \(at (?:line (\d+), column \d+|end of document)\)\.$", re.DOTALL)


def in_our_words(fault: Problem, path: Path) -> Problem:
    """What is no TOML in a file, by its line and in words; another fault as it is."""
    found = AT.match(str(fault))
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return fault
    if not found or not lines:
        return fault
    n = int(found[3]) if found[3] else len(lines)
    words = _slip(lines[n - 1] if n <= len(lines) else "", found[2])
    return Problem(f"{found[1]}: line {min(n, len(lines))}: {words}.") if words else fault


def _slip(line: str, said: str) -> str:
    """What is wrong in a line that a parser stopped at; "" where its words have to do."""
    value = line.partition("=")[2].strip()
    rules = (
        (re.search("[“”„«»‘’]", line) and "invalid" in said, 'quotation marks are straight ones, as in "words"'),
        ("twice" in said and "[" in line, "this heading stands twice; where there may be several, each is in double brackets, as [[graded]]"),
        ("overwrite" in said or "mutate" in said or "twice" in said, "this name has a value already; a name stands once in its table"),
        ("'\\n'" in said, "a quotation mark is missing where the words end"),
        ("unclosed array" in said, "the list here, or above, is not closed: a comma between its items, and ] at its end"),
        ("nclosed" in said or "nterminated" in said, "quotation marks or brackets that were opened here, or above, are not closed"),
        (re.match(r"\s*\[", line) and "expected" in said, "a heading is closed by as many brackets as it begins with, as [[graded]] or [data]"),
        ("expected '='" in said, "a line is a name, = and a value; the name is one word"),
        ("inline table" in said or re.search(r"\{[^}]*$", line), "what stands between { and } is on one line, with commas between"),
        (re.match(r"-?\d+,\d", value), "a decimal point, not a comma, and none between thousands: 1.5 or 1500"),
        (re.match(r"\d{1,4}[-./]\d{1,2}[-./]\d", value), "a date is written as 2027-03-15, with an hour as 2027-03-15T18:00:00"),
        (re.match(r"(?i)(true|false)\b", value), "true and false are written small, and stand alone"),
        ("\\" in line and "nescaped" in said, "a backslash is written twice, or the words stand in single quotation marks"),
        (not value and "invalid value" in said, "a value is missing after the ="),
        (re.match(r"[^\W\d]", value), 'words stand in quotation marks, as in "words"'),
        ("expected newline" in said, "something stands after the value that does not belong to it"),
    )  # fmt: skip
    return next((words for holds, words in rules if holds), "")

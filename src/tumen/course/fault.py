"""What pydantic found wrong in a course.toml, in one sentence with the nearest valid name."""

from __future__ import annotations

from pydantic import ValidationError

from tumen.core import nearest

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
    from tumen.course.plan import Course, Draw, Extra, Graded, Sensitivity

    tables = {"graded": Graded, "extra": Extra, "draw": Draw, "sensitivity": Sensitivity}
    return list(tables.get(loc[0], Course).model_fields if len(loc) > 1 else Course.model_fields)

"""TOML: a file's tables, or one sentence on why there are none; and values as they stand in one, which Python does not write."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tumen.core.errors import Problem, shown
from tumen.core.files import read_patiently
from tumen.core.result import plain


def toml_key(name: str) -> str:
    """A key, in quotes where it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml_value(name)


def toml_value(value) -> str:
    """A number, words, a date, a list or a table on one line; a whole float is written without its point."""
    value = plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{toml_key(k)} = {toml_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(toml_value(v) for v in value) + "]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def read_toml(path: str | Path) -> dict:
    """The tables of a TOML file in UTF-8 or UTF-16; raises `Problem` where there is none, or it cannot be read as such."""
    path = Path(path)
    try:
        return tomllib.loads(read_patiently(path))
    except FileNotFoundError:
        raise Problem(f"{path.name}: there is no such file.") from None
    except UnicodeDecodeError as e:
        line = e.object.count(b"\n", 0, e.start) + 1 if e.encoding == "utf-8" else 1
        raise Problem(
            f"{path.name} cannot be read: it is not UTF-8 text (line {line}); save it as UTF-8 in your editor."
        ) from None
    except OSError as e:
        why = "it is a folder; name a file in it" if path.is_dir() else e.strerror
        raise Problem(f"{path.name or shown(str(path))} cannot be read: {why}.") from None
    except tomllib.TOMLDecodeError as e:
        raise Problem(f"{path.name} is not valid TOML: {_where_and_why(path, str(e))}.") from None
    except (ValueError, RecursionError):  # no name of a file, an integer or a nesting beyond what Python reads
        if "\0" in str(path):
            raise Problem(f"{shown(str(path))} can be no file's name.") from None
        raise Problem(f"{path.name} is not valid TOML: a number in it is too long, or a list too deep.") from None


# --- a slip in a file, by its line and in words --------------------------------------------------------

AT = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)


def _where_and_why(path: Path, said: str) -> str:
    """The line a parser stopped at and what is wrong in it, in words; else what the parser said."""
    said, text = said[:1].lower() + said[1:], read_patiently(path)
    lines = text.removesuffix("\n").split("\n") if text else []  # as TOML counts them
    if not (found := AT.fullmatch(said)) or not lines:
        return said
    n = int(found[2] or len(lines))
    line = lines[n - 1] if n <= len(lines) else ""
    words = _another(lines) or _unseen(line) or _slip(line, found[1])
    return f"line {min(n, len(lines))}: {words}" if words else said


def _another(lines: list[str]) -> str:
    """What the file is, where its first line is no TOML's; "" where that cannot be told."""
    first = next(filter(None, map(str.strip, lines)), "")
    kinds = (
        (r"[{\[]\s*$|[{\[]\s*[\"{]", "JSON"),
        (r"(?i)<(!doctype|html|\?xml|head|body)", "a web page"),
        (r"tumen\d-", "a case's code"),
        (r"---$|%YAML", "YAML"),
    )
    found = next((kind for pattern, kind in kinds if re.match(pattern, first)), "")
    more = (
        "; tumen case read CODE gives its file"
        if found.endswith("code")
        else ', whose lines are such as title = "words"'
    )
    return f"the file is {found} and no TOML{more}" if found else ""


def _unseen(line: str) -> str:
    """Which sign in a line is none that an editor shows; "" where there is none."""
    found = re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]", line
    )
    if not found:
        return ""
    return f"a sign that is not seen, or looks like a space (U+{ord(found[0]):04X}), stands in it; delete it, and type a space where one is needed"


def _slip(line: str, said: str) -> str:
    """What is wrong in a line that a parser stopped at; "" where its words have to do."""
    value = line.partition("=")[2].strip()
    rules = (
        (re.search("[“”„«»‘’]", line) and "invalid" in said, 'quotation marks are straight ones, as in "words"'),
        ("twice" in said and "[" in line, "this heading stands twice; where there may be several, each is in double brackets, as [[task]]"),
        ("overwrite" in said or "mutate" in said or "twice" in said, "this name has a value already; a name stands once in its table"),
        ("'\\n'" in said, "a quotation mark is missing where the words end"),
        ("unclosed array" in said, "the list here, or above, is not closed: a comma between its items, and ] at its end"),
        ("nclosed" in said or "nterminated" in said, "quotation marks or brackets that were opened here, or above, are not closed"),
        (re.match(r"\s*\[", line) and "expected" in said, "a heading is closed by as many brackets as it begins with, as [[task]] or [data]"),
        ("expected '='" in said, "a line is a name, = and a value; the name is one word"),
        ("inline table" in said or re.search(r"\{[^}]*$", line), "what stands between { and } is on one line, with commas between"),
        (re.match(r"-?\d+,\d", value), "a decimal point, not a comma, and none between thousands: 1.5 or 1500"),
        (re.match(r"[-+]?[\d.]+\s*(%|‰|per ?cent)", value), "a number stands without its unit; 50% is 0.5"),
        (re.match(r"[-+]?(\.\d|\d+\.(\D|$))", value), "a number has digits on both sides of its point: 0.5 or 1.0"),
        (re.match(r"[-+]?0\d", value), "a number has no nought before its first digit: 0.5 or 12"),
        (re.match(r"[-+]?[\d.,]*[^\x00-\x7f\D]", value), "digits are 0 to 9"),
        (re.match(r"\d{4}-\d{1,2}(\D|$)|\d{1,4}[-./]\d{1,2}[-./]\d", value), "a date is written as 2027-03-15, with an hour as 2027-03-15T18:00:00"),
        (re.match(r"(?i)(true|false)\b", value), "true and false are written small, and stand alone"),
        ("\\" in line and "nescaped" in said, "a backslash is written twice, or the words stand in single quotation marks"),
        (not value and "invalid value" in said, "a value is missing after the ="),
        (re.match(r"[^\W\d]", value), 'words stand in quotation marks, as in "words"'),
        ("invalid statement" in said, "a line is a name, = and a value, or a heading such as [data]"),
        ("expected newline" in said, "something stands after the value that does not belong to it"),
    )  # fmt: skip
    return next((words for holds, words in rules if holds), "")

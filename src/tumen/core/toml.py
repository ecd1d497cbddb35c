"""TOML: a file's tables, or one sentence on why there are none; and values as they stand in one, which Python does not write."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tumen.core.errors import Problem
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
    """The tables of a TOML file; raises `Problem` where there is none, or where it cannot be read as TOML in UTF-8."""
    path = Path(path)
    try:
        return tomllib.loads(read_patiently(path))
    except FileNotFoundError:
        raise Problem(f"{path.name}: there is no such file.") from None
    except UnicodeDecodeError:
        raise Problem(f"{path.name} cannot be read: it is not UTF-8 text.") from None
    except OSError as e:
        raise Problem(f"{path.name} cannot be read: {e.strerror}.") from None
    except tomllib.TOMLDecodeError as e:
        raise Problem(f"{path.name} is not valid TOML: {str(e)[:1].lower()}{str(e)[1:]}.") from None
    except (ValueError, RecursionError):  # an integer or a nesting beyond what Python reads
        raise Problem(f"{path.name} is not valid TOML: a number in it is too long, or a list too deep.") from None

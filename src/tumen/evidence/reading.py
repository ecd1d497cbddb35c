"""A table's file read against its declaration; one of our own is taken apart once and kept in the store."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from tumen.core import store
from tumen.core.files import shipped
from tumen.core.frozen import frozen
from tumen.core.home import home
from tumen.core.own import Own
from tumen.evidence.package import Schema

SOURCES = ("source_org", "source_title", "url", "ref")  # a row that has none of them names no source
PLAIN = Own("", encoding="utf-8", separator=",", decimal=".")  # how the package's own tables are written


@frozen
class Read:
    """How a file was read. `matched` pairs its headings with ours; `beside` are kept and not ours; `lacking` are ours
    that it has not; `left_out` and `changed` say in words which lines were passed over and what was read otherwise than
    it stands; `doubts` ask, in words, whether a column holds what it counts."""

    how: str
    heading: int
    matched: tuple[tuple[str, str], ...]
    beside: tuple[str, ...]
    lacking: tuple[str, ...]
    left_out: tuple[str, ...]
    changed: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def read_rows(path: str | Path, schema: Schema, own: Own | None = None) -> list[dict]:
    """The rows of `read_table` alone."""
    return read_table(path, schema, own)[0]


def read_table(path: str | Path, schema: Schema, own: Own | None = None) -> tuple[list[dict], Read]:
    """Read a table: a list of dicts by column, with typed values and None for an empty cell; and how it was read.

    Columns that only say where a value comes from may be missing and are then None; columns that are not
    declared are kept as text. Raises `Problem` naming file, row and column, or what to write into the case. One of our
    own tables is taken apart once and kept in the store.
    """
    path = Path(path)
    if own is not None or (schema.evidence and path.parent != shipped("data")):
        return _apart(path, schema, own or Own(path.name), ours=False)
    body = store.kept("table", _follows_from(path, schema), lambda: _packed(*_apart(path, schema, PLAIN, ours=True)))
    return _unpacked(body)


def _apart(path: Path, schema: Schema, own: Own, ours: bool) -> tuple[list[dict], Read]:
    from tumen.evidence.taking import take_apart  # with its patterns, where a file is not in the store

    return take_apart(path, schema, own, ours)


def _follows_from(path: Path, schema: Schema) -> list | None:
    try:
        body = path.read_bytes()
    except OSError:  # the reading says so
        return None
    return [hashlib.sha256(body).hexdigest(), repr(schema), store.code(home().meta.package or "tumen")]


def _packed(rows: list[dict], read: Read) -> bytes:
    return json.dumps([rows, asdict(read)]).encode("utf-8")


def _unpacked(body: bytes) -> tuple[list[dict], Read]:
    """Rows and read as they were: JSON has lists for tuples."""
    rows, read = json.loads(body)
    tuples = {name: tuple(value) for name, value in read.items() if isinstance(value, list)}
    tuples["matched"] = tuple(map(tuple, read["matched"]))
    return rows, Read(**read | tuples)

"""What a marker typed into the marking sheet, read back word for word, however a spreadsheet saved it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from tumen.core import Problem
from tumen.core.cells import BEGINS

FILE = "marking-sheet.csv"
COLUMNS = ("task", "student", "mark", "out of", "comment", "answer", "answer id", "note")
LARGEST = 200_000_000  # bytes of a marking sheet


@dataclass(frozen=True)
class Typed:
    """What a marker typed beside one text, word for word, and the row it stood in."""

    mark: str
    comment: str
    digest: str
    note: str
    answer: str = ""
    out_of: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed and nothing noted."""
        return not (self.mark or self.comment or self.note)


def read_typed(
    data: bytes, name: str = FILE, known: Mapping[str, tuple[str, str]] = MappingProxyType({})
) -> tuple[dict[tuple[str, str], Typed], list[str]]:
    """The rows of a sheet by (student, task), however a spreadsheet saved them, and troubles with rows that stand twice.

    `known` says whose text an answer id is: a spreadsheet takes a student's id for a number (007 becomes 7). Raises `Problem` for what is no sheet, or is no text in UTF-8 or UTF-16.
    """
    if not data.strip():
        return {}, []
    if len(data) > LARGEST:
        raise Problem(f"{name} is too large to be a marking sheet; nothing was changed.")
    text = decoded(data, name)
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        csv.field_size_limit(max(csv.field_size_limit(), 1_000_000))
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as e:
        raise Problem(f"{name} is no CSV file a spreadsheet saved ({e}); nothing was changed.") from None
    head = [cell.strip().lower() for cell in lines[0]]
    if missing := [c for c in ("task", "student", "mark") if c not in head]:
        raise Problem(f"{name} has no column {missing[0]!r}; put it back, or move the file away; nothing was changed.")
    out: dict[tuple[str, str], Typed] = {}
    troubles = []
    for cells in lines[1:]:
        row = {c: cells[head.index(c)] if c in head and head.index(c) < len(cells) else "" for c in COLUMNS}
        key = known.get(row["answer id"].strip(), (row["student"].strip(), row["task"].strip()))
        if not any(key):
            continue
        new = Typed(
            row["mark"].strip(),
            _unmarked(row["comment"].strip()),
            row["answer id"].strip(),
            row["note"],
            row["answer"],
            row["out of"],
        )
        if key in out and not new.empty and (new.mark, new.comment) != (out[key].mark, out[key].comment):
            old = out[key]
            new = (
                new
                if old.empty
                else replace(old, mark=_both(old.mark, new.mark), comment=_both(old.comment, new.comment))
            )
            if not old.empty:
                troubles.append(f"{FILE}: {key[0]} stands twice at {key[1]}; both entries are kept.")
        out[key] = new if key not in out or not new.empty else out[key]
    return out, troubles


def decoded(data: bytes, name: str) -> str:
    """The text of a sheet; raises `Problem` for another encoding, as guessing it wrong would spoil what was typed."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(
            f"{name} was not saved as UTF-8; save it as “CSV UTF-8” and run this again; nothing was changed."
        ) from None


def _both(one: str, other: str) -> str:
    return one if one == other or not other else other if not one else f"{one} | {other}"


def _unmarked(words: str) -> str:
    """A comment without the apostrophe that kept it from being a formula."""
    return "\n".join(
        BEGINS.sub(lambda m: m[0].removesuffix("'"), line, count=1) if line[:1] == "'" else line
        for line in words.splitlines()
    )

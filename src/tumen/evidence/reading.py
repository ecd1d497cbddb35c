"""A CSV file read against its declaration: typed rows, or one sentence naming file, row and column."""

from __future__ import annotations

import csv
import io
import math
import re
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.errors import shown
from tumen.core.quantity import LARGEST
from tumen.evidence.dates import public_span
from tumen.evidence.package import PROVENANCE, Field, Schema, schemas

KINDS = {
    "integer": "whole number; write it without separators, such as 1142",
    "number": "number; write it without separators, such as 1142.5",
}


def read_rows(path: str | Path, schema: Schema) -> list[dict]:
    """Read a table: a list of dicts by column, with typed values and None for an empty cell.

    Columns that only say where a value comes from may be missing and are then None; columns that are not
    declared are kept as text. Raises `Problem` naming file, row and column.
    """
    path = Path(path)
    table = _cells(path)
    if not table:
        raise Problem(f"{path.name} is empty; it needs a line of column names and a row for each entry.")
    heading = [name.strip() for name in table[0][1]]
    _check_heading(path, heading, schema)
    if len(table) == 1:
        raise Problem(f"{path.name} has column names and no rows.")
    by_name = {f.name: f for f in schema.fields}
    fields = [by_name.get(name, Field(name)) for name in heading]
    seen: dict[str, int] = {}
    rows = []
    for line, cells in table[1:]:
        row = _row(path, line, cells, fields, schema)
        if row["id"] in seen:
            raise Problem(f"{path.name}: the id {row['id']!r} stands on line {seen[row['id']]} and on line {line}.")
        seen[row["id"]] = line
        rows.append(row)
    return rows


def cell(text: str, field: Field, where: str):
    """One cell as its column's type, None where it is empty; raises `Problem` that begins with `where`."""
    place = f"{where}, column {field.name}"
    if not text:
        if field.required:
            raise Problem(f"{place}, is empty and must not be.")
        return None
    if field.words and text not in field.words:
        raise Problem(f"{place}: {text!r} is not one of its words; {nearest(text, field.words)}.")
    try:
        if field.pattern:
            if not re.fullmatch(field.pattern, text):
                raise ValueError
            public_span(text)
        elif field.type in ("integer", "number"):
            return _counted(text, field, place)
    except Problem:
        raise
    except ValueError:
        wanted = KINDS.get(field.type, "date; write 2002, 2002-02 or 2002-02-17")
        raise Problem(f"{place}: {text!r} is no {wanted}.") from None
    return text


def _cells(path: Path) -> list[tuple[int, list[str]]]:
    """The file's lines that are not blank, each as its number and its cells."""
    text = _text(path)
    first = text.lstrip().partition("\n")[0]
    if "," not in first and (";" in first or "\t" in first):
        mark = "semicolons" if ";" in first else "tabs"
        raise Problem(f"{path.name} has its cells parted by {mark}; save it with commas between them.")
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [(lines.line_num, cells) for cells in lines if any(c.strip() for c in cells)]
    except csv.Error:
        raise Problem(
            f"{path.name}, line {lines.line_num}, cannot be parted into cells; look at its quotation marks."
        ) from None


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Problem(f"{path.name}: there is no such file.") from None
    except OSError as e:
        raise Problem(f"{path.name} cannot be read: {e.strerror}.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = raw.count(b"\n", 0, e.start) + 1
        raise Problem(f"{path.name}, line {line}, is not UTF-8 text; save the table as CSV UTF-8.") from None
    if "\0" in text:
        raise Problem(f"{path.name} is no text table; save it as CSV UTF-8.")
    return text


def _check_heading(path: Path, heading: list[str], schema: Schema) -> None:
    twice = [name for name in dict.fromkeys(heading) if heading.count(name) > 1]
    if twice:
        raise Problem(f"{path.name} has the column {twice[0]!r} {heading.count(twice[0])} times.")
    missing = [name for name in schema.columns if name not in heading and name not in PROVENANCE]
    if not missing:
        return
    other = _looks_like(heading, schema)
    if other:
        raise Problem(f"{path.name} should hold {schema.name} but has the columns of {other}.")
    spare = [name for name in heading if name not in schema.columns]
    near = f"; {nearest(missing[0], spare)}" if spare else ""
    raise Problem(f"{path.name} has no column {missing[0]!r}, which {schema.name} needs{near}.")


def _looks_like(heading: list[str], schema: Schema) -> str | None:
    """The other table whose columns a heading holds in full, if there is one."""
    for name, other in schemas().items():
        own = [c for c in other.columns if c not in PROVENANCE]
        if name != schema.name and all(c in heading for c in own):
            return name
    return None


def _row(path: Path, line: int, cells: list[str], fields: list[Field], schema: Schema) -> dict:
    if len(cells) != len(fields):
        raise Problem(
            f"{path.name}, line {line}, has {len(cells)} cells and the heading has {len(fields)}; "
            "a cell that holds a comma needs quotes around it."
        )
    given = {f.name: text.strip() for f, text in zip(fields, cells, strict=True)}
    where = f"{path.name}, row {given['id']}" if given["id"] else f"{path.name}, line {line}"
    row = dict.fromkeys(schema.columns)
    row.update((f.name, cell(given[f.name], f, where)) for f in fields)
    _check_kind(row, schema, where)
    return row


def _check_kind(row: dict, schema: Schema, where: str) -> None:
    """A claim's two statuses stand in words that its kind may take."""
    for kind in schema.kinds:
        if kind.word == row["kind"]:
            for column, words in (("status", kind.verdicts), ("status_at_writing", kind.grounds)):
                if row[column] not in words:
                    raise Problem(
                        f"{where}, column {column}: a {kind.word} cannot be {row[column]!r}; {nearest(row[column], words)}."
                    )


def _counted(text: str, field: Field, place: str) -> int | float:
    """A number of its column's type; raises `ValueError` where it is none, `Problem` where none can be so large."""
    value = float(text)
    if math.isnan(value) or "inf" in text.lower():
        raise ValueError
    if abs(value) > LARGEST:
        raise Problem(f"{place}: {shown(text)} is larger than anything counted here (1e15 at most).")
    return int(text) if field.type == "integer" else value

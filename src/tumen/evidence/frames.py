"""A table of evidence as a tidy pandas DataFrame that says in its attributes what its numbers are and how they are known."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from tumen.evidence.package import Field

if TYPE_CHECKING:
    import pandas as pd

    from tumen.evidence.tables import Table

DAY = r"\d{4}-\d{2}-\d{2}"
SAID = ("source_org", "source_title", "source_year", "url", "ref")  # columns that say where a row comes from
KNOWN = ("verified", "trust", "source_kind")  # columns that say how it is known


def frame(table: Table) -> pd.DataFrame:
    """The rows of a table, a row each, with every column; `attrs` holds what JSON can hold.

    Whole numbers are Int64 and others Float64, both with room for nothing; words are text, those of a closed list a
    category in the list's order; a column of dates is datetime64 only where every date in it is a whole day, else text.
    `attrs`: table, title, description, whose (file), as_of (day or None), left_out (rows by reason), note (all that in
    words), columns (what each holds), units (of each column of numbers; a list where rows differ, each row then says its
    own in the column unit), sources (the columns that say where a row comes from), known (rows by the words in verified,
    trust and source_kind), unsourced (rows that name no source).
    """
    import pandas as pd

    fields = {f.name: f for f in table.schema.fields}
    rows = pd.DataFrame(table.rows, columns=table.columns, dtype=object)
    typed = {name: _typed(rows[name], fields.get(name, Field(name))) for name in rows}
    out = pd.DataFrame(typed, columns=rows.columns)
    out.attrs = {
        "table": table.name,
        "title": table.schema.title,
        "description": table.schema.description,
        "whose": table.whose,
        "as_of": table.as_of.isoformat() if table.as_of else None,
        "left_out": asdict(table.left_out),
        "note": table.note(),
        "columns": {name: fields[name].description if name in fields else "not ours" for name in rows},
        "units": {f.name: f.unit or _units(table, f.name) for f in fields.values() if f.type in ("integer", "number")},
        "sources": [name for name in SAID if name in fields],
        "known": {c: dict(Counter(row[c] or "" for row in table.rows)) for c in KNOWN if c in fields},
        "unsourced": table.unsourced,
    }
    return out


def _typed(values: pd.Series, column: Field) -> pd.Series:
    """A column with the dtype that its declaration and its cells allow."""
    import pandas as pd

    if column.type == "integer":
        return values.astype("Int64")
    if column.type == "number":
        return values.astype("Float64")
    if column.words:
        return values.astype(pd.CategoricalDtype(list(column.words)))
    text = values.astype("string")
    given = text.dropna()
    if column.pattern and len(given) and given.str.fullmatch(DAY).all():
        return pd.to_datetime(text, format="%Y-%m-%d")
    return text


def _units(table: Table, name: str) -> str | list[str]:
    """What the rows that hold a value say of its unit: one, or each of several; empty where the table has no units."""
    found = list(dict.fromkeys(row["unit"] for row in table.rows if row.get("unit") and row[name] is not None))
    return found if len(found) > 1 else "".join(found)

"""The evidence tables: whose file is read, what was public on a date, which vintage counts; as rows or as a pandas DataFrame."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tumen.core import Case, Problem, nearest
from tumen.core.files import shipped
from tumen.core.frozen import frozen
from tumen.core.own import Own
from tumen.core.words import counted
from tumen.evidence.dates import as_date, public_span, say
from tumen.evidence.package import Field, Schema, names, schema, schemas
from tumen.evidence.reading import SOURCES, Read, read_rows, read_table

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["LeftOut", "Table", "names", "table", "vintages"]


@frozen
class LeftOut:
    """How many rows an `as_of` date leaves out, and why.

    `undated`: when the row became public is not known, or not closely enough; `later`: it became public
    after the date; `superseded`: a newer figure for the same thing was public by then.
    """

    undated: int = 0
    later: int = 0
    superseded: int = 0


@dataclass(frozen=True, eq=False)  # told apart as the object it is, so that what is made of it can be kept
class Table:
    """One table of evidence: rows as dicts by column, in the file's order; an empty cell is None.

    `whose` says in words whose file was read, `read` how, and `own` how a case declares it; `older` holds the
    superseded rows, for `vintages`.
    """

    name: str
    rows: list[dict]
    schema: Schema
    path: Path
    whose: str
    as_of: dt.date | None = None
    left_out: LeftOut = field(default_factory=LeftOut)
    older: list[dict] = field(default_factory=list)
    own: Own | None = None
    read: Read | None = None

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self.rows[0]) if self.rows else list(self.schema.columns)

    def row(self, id: str) -> dict:
        """The row of that id; raises `Problem` with the nearest id, or saying that the date leaves it out."""
        for row in self.rows:
            if row["id"] == id:
                return row
        if self.as_of and any(r["id"] == id for r in read_rows(self.path, self.schema, self.own)):
            raise Problem(f"{self.name} has {id}, but it does not count as known on {say(self.as_of)}.")
        raise Problem(f"{self.name} has no row {id!r}; {_near(id, [r['id'] for r in self.rows])}.")

    def frame(self):
        """The rows as a tidy pandas DataFrame, as `tumen.table` gives it."""

        return frame(self)

    def note(self) -> str:
        """Whose data it is and what the date leaves out, in words for the note under a chart."""
        if self.as_of is None:
            return f"Data: {self.whose}.{self._unsourced()}"
        out = self.left_out
        parts = (
            (out.later, "published later"),
            (out.undated, "whose date of publication is not known closely enough"),
            (out.superseded, "replaced by a newer figure"),
        )
        said = "; ".join(f"{counted(n, 'row')} {why}" for n, why in parts if n)
        left = f" Left out: {said}." if said else ""
        return f"Data: {self.whose}, as known on {say(self.as_of)}.{left}{self._unsourced()}"

    @property
    def unsourced(self) -> int:
        """How many rows name no source in any column that could."""
        told = [c for c in SOURCES if c in self.schema.columns]
        return sum(not any(row.get(c) for c in told) for row in self.rows) if told else 0

    def _unsourced(self) -> str:
        n, every = self.unsourced, len(self.rows)
        if not n:
            return ""
        who = "no row says where its" if n == every else f"{n} of {every} rows do not say where their"
        return f" Sources are missing: {who} numbers come from."


def table(
    name: str,
    as_of: dt.date | str | None = None,
    case: Case | None = None,
    folder: str | Path | None = None,
    own: Path | None = None,
) -> Table:
    """One table of evidence: the case's file, else the one in ./data of the working folder, else Tumen's own.

    Under `as_of` (or the case's date where none is given) only rows public on or before that day remain, of
    several vintages of one figure only the newest, and our comments are withheld. `own` is the folder of Tumen's own
    tables where it is not the one of the brief in use. Raises `Problem` naming file, row and column.
    """
    ours = own or shipped("data")
    declared = schema(name, ours)
    path, whose, form = _find(name, case, Path(folder) if folder is not None else Path.cwd(), ours)
    rows, read = read_table(path, declared, form)
    date = as_date(as_of)
    if date is None and case:
        date = case.as_of
    if date is None:
        return Table(name, rows, declared, path, whose, own=form, read=read)
    if "public" not in declared.columns:  # the ledger: the report's own claims stay, our later reading of them does not
        withheld = dict.fromkeys(declared.hindsight)
        return Table(name, [{**row, **withheld} for row in rows], declared, path, whose, date, own=form, read=read)
    known, undated, later = _known(rows, date, declared)
    kept, older = _newest(known, declared)
    return Table(name, kept, declared, path, whose, date, LeftOut(undated, later, len(older)), older, form, read)


def vintages(table: Table, period: str | int) -> list[dict]:
    """The published versions of one period's figure, oldest first, as far as the table's date lets them be known.

    `period` is a year or the text of the column `period`; a version whose date of publication is not known
    comes first. Raises `Problem` for a table without vintages or a period it does not hold.
    """
    if not table.schema.same:
        raise Problem(f"{table.name} holds no vintages of one figure{_with_vintages()}.")
    rows = [r for r in [*table.older, *table.rows] if not _no_vintage(r, table.schema)]
    found = [r for r in rows if str(r["period"]) == str(period)]
    if not found:
        raise Problem(f"{table.name} has no period {str(period)!r}; {_near(period, {r['period'] for r in rows})}.")
    return sorted(found, key=_published)


def _with_vintages() -> str:
    some = [s.name for s in schemas().values() if s.same]
    return f"; {some[0]} does" if some else ""


def _find(name: str, case: Case | None, folder: Path, ours: Path) -> tuple[Path, str, Own | None]:
    if case and name in case.data:
        said = case.path.name if case.path else "the case"
        path = (case.path.parent if case.path else folder) / case.data[name]
        if not path.is_file():
            raise Problem(f"{said} names {str(case.data[name])!r} for the table {name}, and there is no such file.")
        given = case.data[name]
        form = given if isinstance(given, Own) else Own(given)
        return path, f"{path.name}, which {case.title or said} puts in the place of {name}", form
    own = ours / f"{name}.csv"
    local = folder / "data" / f"{name}.csv"
    if local.is_file() and local.resolve() != own.resolve():
        return local, f"data/{name}.csv in the working folder", Own(f"data/{name}.csv")
    if not own.is_file():
        raise Problem(f"Tumen's own table data/{name}.csv is missing; install Tumen again.")
    return own, f"Tumen's table {name}", None


def _known(rows: list[dict], date: dt.date, declared: Schema) -> tuple[list[dict], int, int]:
    """The rows public by a date, without our comments; how many are not dated closely enough; how many later."""
    withheld = dict.fromkeys(declared.hindsight)
    known, undated, later = [], 0, 0
    for row in rows:
        span = public_span(row["public"])
        if span and span[1] <= date:
            known.append({**row, **withheld})
        elif span and span[0] > date:
            later += 1
        else:
            undated += 1
    return known, undated, later


def _newest(rows: list[dict], declared: Schema) -> tuple[list[dict], list[dict]]:
    """Rows parted into the newest vintage of each figure and all others, misprints among these."""
    if not declared.same:
        return rows, []
    best: dict[tuple, dict] = {}
    for row in rows:
        key = tuple(row[c] for c in declared.same)
        if not _no_vintage(row, declared) and (key not in best or _published(row) >= _published(best[key])):
            best[key] = row
    kept = {id(row) for row in best.values()}
    return [r for r in rows if id(r) in kept], [r for r in rows if id(r) not in kept]


def _no_vintage(row: dict, declared: Schema) -> bool:
    return any(row[column] in words for column, words in declared.never)


def _published(row: dict) -> dt.date:
    span = public_span(row["public"])
    return span[1] if span else dt.date.min


def _near(name, valid) -> str:
    """The nearest of many names, or three of them where none is near."""
    said = nearest(str(name), valid)
    if not said.startswith("valid names"):
        return said
    return "it has such as " + ", ".join(sorted(valid)[:3])


# --- as a pandas DataFrame ------------------------------------------------------------------------

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

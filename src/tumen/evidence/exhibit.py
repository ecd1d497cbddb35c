"""An exhibit: rows of a table shown as they stand under plain headings, with no model between; and the numbers that trap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, field

from tumen.core import Problem
from tumen.core.frozen import frozen
from tumen.core.home import home
from tumen.core.words import exact
from tumen.evidence.tables import Table

HEADINGS = {
    "central": "single figure",
    "chain": "part of the argument",
    "covers": "area covered",
    "definition": "what is counted",
    "design": "who was asked, and where",
    "fieldwork": "when asked",
    "high": "at most",
    "id": "row",
    "indicator": "answer",
    "known": "how we know",
    "label": "event",
    "lane": "kind of event",
    "low": "at least",
    "n": "people asked",
    "place": "where",
    "public": "in print since",
    "published": "printed in",
    "reference_year": "for the year",
    "rows": "rows of our tables",
    "source_org": "source",
    "source_year": "printed in",
    "trust": "our trust in it",
    "verified": "how we know",
    "who_type": "kind of speaker",
}
HOW_WE_KNOW = {"seen": "read", "recalled": "from memory"}
YEARS = ("year", "reference_year", "published", "source_year", "public", "date", "when", "start of")  # written bare


def heading(column: str) -> str:
    """The words over a column: the brief's own, else ours; a name that is plain already stands as it is.

    >>> heading("source_org"), heading("so far")
    ('source', 'so far')
    """
    return home().meta.headings.get(column) or HEADINGS.get(column, column)


def cell(column: str, value) -> str:
    """A value as a reader meets it: counts with their thousands separated and never rounded, years bare.

    >>> cell("total", 5439), cell("year", 1998), cell("verified", "recalled"), cell("low", None)
    ('5,439', '1998', 'from memory', '')
    """
    if value is None:
        return ""
    if column == "verified":
        return HOW_WE_KNOW.get(value, str(value))
    if isinstance(value, bool) or not isinstance(value, (int, float)) or column in YEARS:
        return str(value)
    return exact(value)


# --- an exhibit -----------------------------------------------------------------------------------


@frozen
class Exhibit:
    """Evidence to be looked at before anything is modelled.

    `table` names the table; `choose(rows)` picks and orders its rows (`list` takes them as they stand); `columns` are the
    fields the data table shows, and `heads` the words over those that mean something of their own here; `as_of` is a date
    (ISO, or `written` for the report's own day) after which rows are left out; `leaves_out` says what is not in it.
    """

    key: str
    question: str
    table: str
    choose: Callable[[list[dict]], list[dict]]
    columns: tuple[str, ...]
    as_of: str | None = None
    leaves_out: str = ""
    claims: tuple[str, ...] = ()
    heads: Mapping[str, str] = field(default_factory=dict)

    @property
    def theme(self) -> str:
        """The theme the exhibit belongs to."""
        return self.key.partition(".")[0]

    @property
    def head(self) -> tuple[str, ...]:
        """The words over its columns."""
        return tuple(self.heads.get(column) or heading(column) for column in self.columns)

    @property
    def reads(self) -> tuple[str, ...]:
        """The names of the tables it is read from."""
        return (self.table,)

    def rows(self, get: Callable[[str], Table]) -> list[dict]:
        """The rows to show; `get(name)` gives a table as the case and the date in use let it be known."""
        return self.choose(get(self.table).rows)


@frozen(kw_only=True)
class Gathered(Exhibit):
    """An exhibit whose rows are made from several tables: `gather(get)` returns them as dicts by column."""

    table: str = ""
    choose: Callable[[list[dict]], list[dict]] = list
    columns: tuple[str, ...]
    tables: tuple[str, ...]
    gather: Callable[[Callable[[str], Table]], list[dict]]

    @property
    def reads(self) -> tuple[str, ...]:
        return self.tables

    def rows(self, get: Callable[[str], Table]) -> list[dict]:
        return self.gather(get)


# --- numbers that trap ----------------------------------------------------------------------------


@frozen
class Trap:
    """A tempting reading, why it is wrong, and the rows that show it, as table:row.

    Every number in the sentences is read from the rows or computed from them.
    """

    key: str
    title: str
    tempting: str
    why: str
    rows: tuple[str, ...]


@frozen(kw_only=True)
class Traps(Gathered):
    """The traps of a brief: `builders` each make one from the tables that `get` gives, or raise `Problem` without a row."""

    builders: tuple[Callable[[Callable[[str], Table]], Trap], ...]
    gather: Callable[[Callable[[str], Table]], list[dict]] = lambda get: []
    columns: tuple[str, ...] = ("tempting", "title", "why")

    def found(self, get: Callable[[str], Table]) -> tuple[list[Trap], list[str]]:
        """The traps the tables in use can show, and a sentence for each that a row is missing for."""
        found, missing = [], []
        for build in self.builders:
            try:
                found.append(build(get))
            except Problem as fault:
                missing.append(str(fault))
        return found, missing

    def rows(self, get: Callable[[str], Table]) -> list[dict]:
        return [asdict(trap) for trap in self.found(get)[0]]

"""An exhibit: rows of a table shown as they stand, with no model between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tumen.evidence.headings import heading
from tumen.evidence.tables import Table


@dataclass(frozen=True)
class Exhibit:
    """Evidence to be looked at before anything is modelled.

    `table` names the table; `choose(rows)` picks and orders its rows; `columns` are the fields the data
    table shows, and `heads` the words over those that mean something of their own here; `as_of` is a date
    (ISO) after which rows are left out; `leaves_out` says what is not in it.
    """

    key: str
    question: str
    table: str
    choose: Callable[[list[dict]], list[dict]] | None
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
        rows = get(self.table).rows
        return self.choose(rows) if self.choose else rows


@dataclass(frozen=True, kw_only=True)
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

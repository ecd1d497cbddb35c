"""An exhibit: rows of a table shown as they stand, with no model between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Exhibit:
    """Evidence to be looked at before anything is modelled.

    `table` names the table; `choose(rows)` picks and orders its rows; `columns` are the fields the data
    table shows; `as_of` is a date (ISO) after which rows are left out; `leaves_out` says what is not in it.
    """

    key: str
    question: str
    table: str
    choose: Callable[[list[dict]], list[dict]]
    columns: tuple[str, ...]
    as_of: str | None = None
    leaves_out: str = ""
    claims: tuple[str, ...] = ()

    @property
    def theme(self) -> str:
        """The theme the exhibit belongs to."""
        return self.key.partition(".")[0]

"""Numbers that trap: a tempting reading of the tables, and what the rows say instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from tumen.core import Problem
from tumen.evidence.exhibit import Gathered
from tumen.evidence.tables import Table


@dataclass(frozen=True)
class Trap:
    """A tempting reading, why it is wrong, and the rows that show it, as table:row.

    Every number in the sentences is read from the rows or computed from them.
    """

    key: str
    title: str
    tempting: str
    why: str
    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
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

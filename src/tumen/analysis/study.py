"""A study: rows that an analysis of one model gives, shown like an exhibit, with no control beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tumen.core import Case, Model
from tumen.evidence.exhibit import Exhibit


@dataclass(frozen=True, kw_only=True)
class Study(Exhibit):
    """What `compute(model)` finds out about a model: a list of dicts, the `columns` of which the table shows.

    It reads no table; under a case it is worked out anew for the model as that case starts it.
    """

    table: str = ""
    choose: Callable[[list[dict]], list[dict]] | None = None
    columns: tuple[str, ...]
    model: Model
    compute: Callable[[Model], list[dict]]

    @property
    def reads(self) -> tuple[str, ...]:
        return ()

    def rows(self, get=None) -> list[dict]:
        return self.compute(self.model)

    def under(self, case: Case) -> Study:
        """The same study of the model as a case starts it."""
        return replace(self, model=case.apply(self.model))

"""A study: rows that an analysis of one model gives, shown like an exhibit, with no control beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tumen.core import Case, Model, store
from tumen.core.frozen import frozen
from tumen.evidence.exhibit import Exhibit
from tumen.evidence.given import digest


@frozen(kw_only=True)
class Study(Exhibit):
    """What `compute(model)` finds out about a model: a list of dicts, the `columns` of which the table shows.

    It reads no table; under a case it is worked out anew for the model as that case starts it. What was found out once is
    kept in the store.
    """

    table: str = ""
    choose: Callable[[list[dict]], list[dict]] = list
    columns: tuple[str, ...]
    model: Model
    compute: Callable[[Model], list[dict]]

    @property
    def reads(self) -> tuple[str, ...]:
        return ()

    def rows(self, get=None) -> list[dict]:
        return store.kept_value("rows", self._follows_from(), lambda: self.compute(self.model))

    def _follows_from(self) -> list | None:
        m = self.model
        computed, run = store.called(self.compute), store.called(getattr(m.run, "bare", m.run))
        if computed is None or run is None:
            return None
        packages = [store.version(name) for name in ("numpy", "scipy")]
        return [computed, run, m.key, *map(repr, m.quantities), sorted(m.settled), digest(m.tables, m.reads), packages]

    def under(self, case: Case) -> Study:
        """The same study of the model as a case starts it."""
        return replace(self, model=case.apply(self.model))

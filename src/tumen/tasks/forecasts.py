"""Predictions given with a chance, beside what became of them in the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.case import Case
from tumen.evidence.tables import table
from tumen.tasks.definitions import CHANCES, Task, task_themes, tasks_of


def forecasts(folder: str | Path = ".") -> tuple[Task, ...]:
    """Every prediction of the folder's tasks that asks for a chance, in the order of the files."""
    return tuple(t for theme in task_themes(folder) for t in tasks_of(theme, folder).values() if t.became)


def came(task: Task, case: Case | None = None, folder: str | Path = ".") -> bool:
    """Whether what a task asks for came, by the row it names; raises `Problem` where that is not there or holds no number."""
    fact = task.became
    if fact is None:
        raise Problem(f"{task.key} asks for no chance of something that has become known.")
    found = table(fact.table, case=case, folder=Path(folder))
    rows = {r["id"]: r for r in found.rows}
    if fact.row not in rows:
        raise Problem(f"{task.key}: {fact.table} has no row {fact.row!r}; {nearest(fact.row, rows)}.")
    value = rows[fact.row].get(fact.column)
    if not isinstance(value, (int, float)):
        raise Problem(f"{task.key}: row {fact.row} of {fact.table} holds no number under {fact.column!r}.")
    return value >= fact.at_least


def chance(task: Task, value) -> float | None:
    """A recorded answer as a chance from 0 to 1; None where it is none."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    share = value / CHANCES[task.unit]
    return share if 0 <= share <= 1 else None


def own(tasks: Iterable[Task], entries: Mapping[str, Mapping]) -> dict[str, float]:
    """The chances a reader gave, by task."""
    found = {t.key: chance(t, (entries.get(t.key) or {}).get("value")) for t in tasks}
    return {key: p for key, p in found.items() if p is not None}

"""Which questions of earlier chapters a chapter begins with: what was learnt is asked once more, after a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tumen.tasks.definitions import STEP, Task
from tumen.tasks.verdicts import PREFIX as VERDICT

PREFIX = "recall."  # before the key of a task that was asked again
APART = (VERDICT, PREFIX, STEP)  # what is kept among the answers and handed in by nobody
HOW_MANY = 2


def earlier(chapters: Sequence[str], tasks: Mapping[str, Task], before: str) -> list[Task]:
    """The tasks with a checked answer of the chapters that stand before this one, the nearest chapter first.

    `chapters` is the order of the chapters; tasks of a chapter outside it count as an introduction, before all.
    """
    order = list(chapters)
    to = order.index(before) if before in order else 0

    def place(task: Task) -> int:
        name = task.key.partition(".")[0]
        return order.index(name) if name in order else -1

    asked = [t for t in tasks.values() if not (t.prediction or t.graded) and t.kind != "text" and place(t) < to]
    return sorted(asked, key=lambda t: -place(t))


def drawn(tasks: Iterable[Task], entries: Mapping[str, Mapping]) -> list[Task]:
    """The questions to ask now, from two chapters where there are two: at most `HOW_MANY`, none of those answered last.

    First what was not yet right, then what was right longest ago, then what was never answered. `entries` are a
    reader's answers by key, those to a question asked again under its key after `PREFIX`.
    """
    again = {key.removeprefix(PREFIX): str(e.get("when") or "") for key, e in entries.items() if key.startswith(PREFIX)}
    before = set(sorted(again, key=lambda key: again[key])[-HOW_MANY:])
    ranked = sorted(tasks, key=lambda t: (t.key in before, *_rank(t, entries)))
    first = ranked[:1]
    others = [t for t in ranked[1:] if first and _chapter(t) != _chapter(first[0]) and t.key not in before]
    return [*first, *others, *(t for t in ranked[1:] if t not in others)][:HOW_MANY]


def _chapter(task: Task) -> str:
    return task.key.partition(".")[0]


def _rank(task: Task, entries: Mapping[str, Mapping]) -> tuple[int, str]:
    newest = entries.get(PREFIX + task.key) or entries.get(task.key)
    if not newest or newest.get("state") == "skipped":
        return 2, ""
    return int(newest.get("state") == "right"), str(newest.get("when") or "")

"""How the minutes of a lesson are spent, and which roles are dealt: both as the instructor's guide has them in its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import shipped

ROW = re.compile(r"^\|(.+)\|\s*$")
SPAN = re.compile(r"(\d+)–(\d+)(?:\s+([^;]+))?")


@dataclass(frozen=True)
class Step:
    """A part of a lesson: from which minute to which, and what is done."""

    start: int
    end: int
    says: str


def guide(folder: Path | None = None) -> str:
    """The instructor's guide, as it comes with the workbooks."""
    return ((folder or shipped("workbooks")) / "instructor" / "guide.md").read_text(encoding="utf-8")


def plans(text: str) -> dict[str, tuple[Step, ...]]:
    """The plan for each length of a lesson in minutes, from the guide's table of sessions; raises `Problem` without one."""
    head, *rows = _table(text, "50")
    out = {}
    for place, name in enumerate(head):
        minutes = name.partition(",")[0]
        if not minutes.isdigit():
            continue
        steps = []
        for row in rows:
            for start, end, says in SPAN.findall(row[place]):
                steps.append(Step(int(start), int(end), says.strip() or row[0]))
        out[minutes] = tuple(sorted(steps, key=lambda s: s.start))
    return out


def roles(text: str) -> tuple[tuple[str, str, str], ...]:
    """The roles as (role, holds, plays from), from the guide's table; raises `Problem` without one."""
    head, *rows = _table(text, "role")
    return tuple((row[0], row[1], row[2]) for row in rows if len(row) == len(head) >= 3)


def _table(text: str, column: str) -> list[list[str]]:
    """The first table of a text with a column of that name, its head first, without Markdown's marks."""
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if found := ROW.match(line):
            rows.append([re.sub(r"[*`]", "", cell).strip() for cell in found[1].split("|")])
        elif rows and column in rows[0]:
            return [rows[0], *rows[2:]]
        else:
            rows = []
    raise Problem(f"guide.md has no table with a column {column!r}; the guide that comes with Tumen has one.")

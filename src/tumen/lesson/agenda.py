"""What a lesson asks, of whom and in which minutes: one chapter's questions and claims, and the guide's tables of sessions and roles."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.files import shipped
from tumen.core.frozen import frozen
from tumen.evidence.ledger import Claim, claims
from tumen.tasks import Task, find_task
from tumen.tasks.asked import asked_by
from tumen.tasks.check import filled, run_answer

READ = re.compile(r"tumen\.read\(\s*[\"'](S\d+P\d+)[\"']")
TITLE = re.compile(r"#\s+(.+)")


@frozen
class Chapter:
    """A chapter as a lesson has it: its file's `stem`, its `title`, the `tasks` put to the class, the `claims` it reads."""

    stem: str
    title: str
    tasks: tuple[Task, ...]
    claims: tuple[Claim, ...]

    def task(self, key: str) -> Task:
        """The task of that key; raises `Problem` with the nearest valid key."""
        known = {t.key: t for t in self.tasks}
        if key not in known:
            raise Problem(f"this lesson does not ask {key!r}; {nearest(key, known)}.")
        return known[key]


def chapter(name: str, folder: str | Path | None = None) -> Chapter:
    """The chapter of that name or number, from a folder of notebooks or the package.

    Raises `Problem` for another name, a notebook that cannot be read and a chapter that asks nothing of a class.
    """
    place = Path(folder) if folder is not None else shipped("workbooks")
    stems = [p.stem for p in sorted(place.glob("*.ipynb")) if not p.name.startswith(".")]
    stem = next((s for s in stems if name in (s, f"{s}.ipynb", s.partition("-")[0])), None)
    if stem is None:
        raise Problem(f"there is no chapter {name!r}; {nearest(name, stems)}.")
    try:
        cells = json.loads((place / f"{stem}.ipynb").read_text(encoding="utf-8"))["cells"]
        texts = [(c["cell_type"], "".join(c["source"])) for c in cells]
    except (ValueError, KeyError, TypeError, OSError) as e:
        raise Problem(f"{stem}.ipynb cannot be read as a notebook ({type(e).__name__}).") from None
    keys = dict.fromkeys(k for kind, text in texts if kind == "code" for k in asked_by(text, place))
    tasks = tuple(t for k in keys if (t := find_task(k, place)).prediction or t.kind != "number")
    if not tasks:
        raise Problem(f"{stem} asks no prediction, choice or text that a class could answer at once.")
    heads = [found[1] for kind, text in texts if kind == "markdown" and (found := TITLE.match(text))]
    places = [ref for kind, text in texts if kind == "code" for ref in READ.findall(text)]
    named = {c for t in tasks for c in t.claims}
    said = tuple(c for c in claims() if c.place in places or c.id in named)
    return Chapter(stem, heads[0].strip() if heads else stem, tasks, said)


def outcome(task: Task) -> tuple[float | None, str]:
    """What the model gives in its starting case, and the task's own words on it; no number where it gives none."""
    try:
        words = filled(task.right, task)
        value = run_answer(task.answer)[0] if task.answer and task.kind == "number" else None
    except Problem:
        return None, task.right
    return value, words


# --- how the minutes of a lesson are spent, and which roles are dealt -----------------------------

ROW = re.compile(r"^\|(.+)\|\s*$")
SPAN = re.compile(r"(\d+)–(\d+)(?:\s+([^;]+))?")


@frozen
class Step:
    """A part of a lesson: from which minute to which, and what is done."""

    start: int
    end: int
    says: str


def guide() -> str:
    """The instructor's guide, as it comes with the workbooks."""
    return shipped("workbooks", "instructor", "guide.md").read_text(encoding="utf-8")


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

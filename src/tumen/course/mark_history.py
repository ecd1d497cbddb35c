"""history.csv: every mark that ever was, with when it was given and by which rule; and what would be lowered now."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import csv_rows, csv_text, harmless
from tumen.core.words import number
from tumen.course import lateness
from tumen.course.gradebook import Record
from tumen.course.written import written_out

FILE = "history.csv"
COLUMNS = ("when (UTC)", "student", "task", "state", "points", "out of", "rule", "made (UTC)", "file")
WHEN = "%Y-%m-%d %H:%M:%S"
GONE = "gone"  # the state of a mark that no longer counts


class Lowered(Problem):
    """What would take points from somebody; `lines` say whose and why, a task and a reason each."""

    def __init__(self, lines: list[str], students: int):
        self.lines = lines
        who = "1 student" if students == 1 else f"{students:,} students"
        super().__init__(f"{who} would lose points; no mark was changed, and with --yes it is.")


@dataclass
class History:
    """The marks given so far, oldest first; `last` are those that stand, by student and task."""

    path: Path
    rows: list[list[str]] = field(default_factory=list)

    def __post_init__(self):
        self.last = {(row[1], row[2]): row for row in self.rows}

    def lowered(self, records: Iterable[Record], whose: Mapping[str, str]) -> Lowered | None:
        """Whose points would be fewer than they stand; None where nobody's would.

        `whose` are the instructor's own words on whose a file is: marks that go with a file said to be another's are none of these.
        """
        found: dict[tuple[str, str, str, str], list[str]] = {}
        losers = set()
        here = {r.student.id: r for r in records}
        for (student, task), row in self.last.items():
            if student not in here or not row[4] or whose.get(row[8], student) != student:
                continue
            record, was = here[student], float(row[4])
            mark = record.marks.get(task)
            if mark is not None and (mark.points is None or mark.points >= was - 1e-9):
                continue
            now_ = 0.0 if mark is None else mark.points
            if now_ >= was:
                continue
            losers.add(student)
            found.setdefault((task, number(was, 4), number(now_, 4), _reason(row, record, task)), []).append(student)
        lines = [
            f"{task}: {was} to {now_} points for {', '.join(who)}: {why}"
            for (task, was, now_, why), who in found.items()
        ]
        return Lowered(lines, len(losers)) if lines else None

    def add(self, records: Iterable[Record]) -> None:
        """Add every mark that is not as it stands, and write the file; raises `Problem` where it cannot be written."""
        when, new, had = lateness.now().strftime(WHEN), [], {}
        for student, task in self.last:
            had.setdefault(student, []).append(task)
        for r in records:
            made = r.made.strftime(WHEN) if r.made else ""
            rows = [(t, m.state, _points(m.points), _points(m.of), m.rule) for t, m in r.marks.items()]
            rows += [(t, GONE, "", "", why(r, t)) for t in had.get(r.student.id, ()) if t not in r.marks]
            for row in rows:
                cells = [harmless(cell) for cell in (when, r.student.id, *row, made, r.path)]
                if self.last.get((r.student.id, row[0]), [""] * 9)[3:7] != cells[3:7]:
                    new.append(cells)
        if new:
            self.rows += new
            self.last |= {(row[1], row[2]): row for row in new}
            self.save()

    def save(self) -> None:
        """Write the file, whole or not at all."""
        written_out(self.path, "\ufeff" + csv_text([COLUMNS, *self.rows]))


def read_history(folder: Path) -> History:
    """The history in a folder of marks, empty where there is none; raises `Problem` where it cannot be read."""
    path = folder / FILE
    try:
        head, *rows = csv_rows(path.read_text(encoding="utf-8-sig"))[0]
        for row in rows:
            float(row[4] or 0)
    except FileNotFoundError:
        return History(path)
    except (OSError, ValueError, IndexError, csv.Error):
        head, rows = [], []
    if tuple(head) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        raise Problem(
            f"{FILE} is not as grading wrote it; put it back from a copy, or move it away to begin a new one."
        )
    return History(path, rows)


def why(record: Record, task: str) -> str:
    """Why a mark of a student no longer counts."""
    if task in record.left_out:
        return record.left_out[task]
    return (
        "the task does not count in the plan any more" if record.marks else "no hand-in counts for the student any more"
    )


def _reason(row: list[str], record: Record, task: str) -> str:
    """Why a mark would be lower than it stands."""
    mark = record.marks.get(task)
    if mark is None:
        return why(record, task)
    made = record.made.strftime(WHEN) if record.made else ""
    if made != row[7]:
        return f"another hand-in counts now ({mark.rule or mark.state})"
    if row[6] != harmless(mark.rule):
        return f"the rule was “{row[6]}”, and is “{mark.rule}”"
    return f"it was worth {row[5]} points, and is worth {_points(mark.of)}"


def _points(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"

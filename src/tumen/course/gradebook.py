"""Marks as tables: the gradebook, and the forms Canvas and Moodle take grades from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tumen.core import Case
from tumen.core.cells import csv_text
from tumen.course.marking import Mark, total
from tumen.course.roster import Student
from tumen.course.written import written_out
from tumen.tasks import Task

OF_CANVAS = ("canvas id", "sis user id", "sis login id")
GRADEBOOK, CANVAS, MOODLE, NOTES = "gradebook.csv", "canvas.csv", "moodle.csv", "to-look-at.csv"


@dataclass
class Record:
    """One student's outcome: marks by task (none where nothing came), when the hand-in was made, what to look at.

    `flags` are for the instructor and may name others; `told` is what the student is told of the hand-in, and
    `adjusted` every exception made. `case` and
    `tasks` are those of the copy the student worked in; `left_out` says of a task why it does not count for the student. `page` is
    the student's page of feedback, once it is written.
    """

    student: Student
    marks: dict[str, Mark] = field(default_factory=dict)
    made: dt.datetime | None = None
    late: str = ""
    flags: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    adjusted: list[str] = field(default_factory=list)
    path: str = ""
    case: Case | None = None
    tasks: tuple[Task, ...] = ()
    left_out: dict[str, str] = field(default_factory=dict)
    page: Path | None = None

    @property
    def came(self) -> bool:
        """Whether a hand-in counts for the student."""
        return bool(self.path)

    @property
    def counts(self) -> bool:
        """Whether the student has marks: of a hand-in, or set by hand."""
        return bool(self.marks)

    @property
    def of(self) -> float:
        """The points there are in what the student was asked."""
        return total(self.marks)[1]

    @property
    def points(self) -> float:
        """The points so far."""
        return total(self.marks)[0]

    @property
    def waiting(self) -> int:
        """How many answers a person has still to mark."""
        return total(self.marks)[2]


def write_tables(
    folder: Path,
    title: str,
    tasks: Sequence,
    records: Iterable[Record],
    by_task: bool = False,
    comment: Callable[[Record], str] = lambda record: record.late,
) -> list[Path]:
    """Write the gradebook and the two forms; with `by_task` the forms hold a column a task, else the total.

    `comment` says a student's feedback as Moodle takes it.
    """
    records = list(records)
    written = [written_out(folder / GRADEBOOK, "\ufeff" + csv_text(_gradebook(tasks, records)))]
    written.append(written_out(folder / CANVAS, csv_text(_canvas(title, tasks, records, by_task))))
    written.append(written_out(folder / MOODLE, csv_text(_moodle(title, tasks, records, by_task, comment))))
    return written


def write_notes(folder: Path, notes: Iterable[tuple[str, str, str]]) -> Path:
    """Write what to look at: (student, file, what)."""
    return written_out(folder / NOTES, "\ufeff" + csv_text([("student", "file", "what"), *notes]))


def shown_points(value: float | None) -> float | int | str:
    """Points with two decimals at most; nothing while a person has still to decide."""
    if value is None:
        return ""
    value = round(value, 2)
    return int(value) if value == int(value) else value


def _gradebook(tasks: Sequence, records: list[Record]) -> list[Sequence]:
    head = (
        "id",
        "name",
        "points",
        "out of",
        "to be marked",
        "handed in (UTC)",
        "late",
        *(t.key for t in tasks),
        "exceptions",
        "to look at",
    )
    of = shown_points(sum(t.points for t in tasks))
    rows = [head]
    for r in records:
        made = r.made.strftime("%Y-%m-%d %H:%M") if r.made else "" if r.came else "nothing came"
        cells = [shown_points(r.marks[t.key].points) if t.key in r.marks else "" for t in tasks]
        total = shown_points(r.points) if r.counts else ""
        whole = shown_points(r.of) if r.counts else of
        rows.append(
            (
                r.student.id,
                r.student.name,
                total,
                whole,
                r.waiting or "",
                made,
                r.late,
                *cells,
                " ".join(r.adjusted),
                " ".join(r.flags),
            )
        )
    return rows


def _columns(title: str, tasks: Sequence, by_task: bool) -> list[tuple[str, float, str]]:
    """The grade columns of a form: heading, points possible, task or "" for the total."""
    if by_task:
        return [(f"{title}: {t.key}", t.points, t.key) for t in tasks]
    return [(title, sum(t.points for t in tasks), "")]


def grade_of(record: Record, task: str, whole: float) -> float | int | str:
    """A grade for a form; nothing where nothing came or a text still waits, so that no half grade is uploaded.

    The total of a student who was asked less is the same share of all points as of those there were: a form has one number
    of points for everyone.
    """
    if not record.counts:
        return ""
    if task:
        return shown_points(record.marks[task].points) if task in record.marks else ""
    return "" if record.waiting or not record.of else shown_points(record.points / record.of * whole)


def _canvas(title: str, tasks: Sequence, records: list[Record], by_task: bool) -> list[Sequence]:
    """Canvas finds a student by ID, else by SIS ID or login, else by name; its second row gives the points possible.

    Where the class list holds Canvas's own keys, nobody without one gets a row: the name could be a namesake's. Else a name that two
    have is given with the id, so that Canvas finds nobody by it.
    """
    columns = _columns(title, tasks, by_task)
    ours = any(key in r.student.keys for r in records for key in OF_CANVAS)
    sis = any("sis user id" in r.student.keys for r in records)
    alike = Counter() if ours else Counter(r.student.name for r in records if r.student.name)
    head = ("Student", "ID", *(("SIS User ID",) if sis else ()), "SIS Login ID", "Section")
    rows: list[Sequence] = [(*head, *(name for name, _, _ in columns))]
    rows.append(("Points Possible", *[""] * (len(head) - 1), *(shown_points(of) for _, of, _ in columns)))
    for r in records:
        s, keys = r.student, r.student.keys
        if ours and not any(key in keys for key in OF_CANVAS):
            continue
        login = keys.get("sis login id", "") if ours else s.id
        known = (
            keys.get("canvas id", ""),
            *((keys.get("sis user id", ""),) if sis else ()),
            login,
            keys.get("section", ""),
        )
        name = f"{s.name} ({s.id})" if alike[s.name] > 1 else s.name or s.id
        rows.append((name, *known, *(grade_of(r, task, of) for _, of, task in columns)))
    return rows


def _moodle(
    title: str, tasks: Sequence, records: list[Record], by_task: bool, comment: Callable[[Record], str]
) -> list[Sequence]:
    """Moodle finds a student by the e-mail address or the ID number, as chosen when the file is uploaded.

    An id that Tumen made of an address is no ID number, and is not given as one.
    """
    columns = _columns(title, tasks, by_task)
    rows: list[Sequence] = [
        ("ID number", "Email address", "Full name", *(name for name, _, _ in columns), "Feedback comments")
    ]
    ours = any("id number" in r.student.keys for r in records)
    for r in records:
        grades = [grade_of(r, task, of) for _, of, task in columns]
        number = r.student.keys.get("id number", "") if ours else r.student.id
        rows.append((number, r.student.email, r.student.name, *grades, comment(r) if r.came else ""))
    return rows

"""adjust.csv: every exception of a course in one file (student, task, what, value, reason), read when grading."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.errors import shown
from tumen.core.frozen import frozen
from tumen.core.words import counted, number
from tumen.course.assignment import said
from tumen.course.gradebook import Record
from tumen.course.handed import Given
from tumen.course.lateness import end_of
from tumen.course.marking import Mark, full_marks
from tumen.course.plan import Course
from tumen.evidence.lines import rows_of
from tumen.tasks import Task

FILE = "adjust.csv"
COLUMNS = ("student", "task", "what", "value", "reason")
ALL = "all"
WHOLE = ("extension", "late days")  # concern the whole hand-in
KINDS = (*WHOLE, "excused", "override", "points for all", "alternative")
DAYS = re.compile(r"(\d+(?:\.\d+)?)(?: ?days?)?", re.IGNORECASE)


@frozen
class Line:
    """One exception: for whom (`all` for everyone), of which task ("" for every one), what, and why.

    `value` is a number of points or days, a moment, the key of another task, or None.
    """

    student: str
    task: str
    what: str
    value: float | dt.datetime | str | None
    reason: str

    @property
    def why(self) -> str:
        """The reason in brackets, where one is given."""
        return f" ({self.reason})" if self.reason else ""


class Adjusted:
    """The exceptions of a course by student; nothing where there is no adjust.csv.

    Raises `Problem` naming the line and what would be valid.
    """

    def __init__(self, folder: Path, course: Course):
        self.course, self.lines = course, tuple(_read(folder / FILE, course))
        self.alternatives = {line.value for line in self.lines if line.what == "alternative"}

    def of(self, student: str, *what: str) -> Iterator[Line]:
        """A student's exceptions of these kinds, those for everyone first, in the order of the file."""
        mine = [x for x in self.lines if x.what in what and x.student in (ALL, student)]
        return iter(sorted(mine, key=lambda x: x.student != ALL))

    def end(self, student: str, end: dt.datetime | None) -> tuple[dt.datetime | None, dt.timedelta, list[str]]:
        """When a student's hand-in is due, by how much it may come later than that, and what to say of it."""
        days, words = dt.timedelta(), []
        for line in self.of(student, *WHOLE):
            if line.what == "late days":
                days = dt.timedelta(days=line.value)
                words.append(f"{counted(line.value, 'late day')} allowed{line.why}.")
            elif end is not None:
                end = line.value if isinstance(line.value, dt.datetime) else end + dt.timedelta(days=line.value)
                words.append(f"Due {said(end, self.course.zone)}{line.why}.")
        return end, days, words

    def asked(self, record: Record, answers: dict[str, Given], task: Callable[[str], Task]) -> dict[str, Given]:
        """Take out what a student is excused from, and put alternative tasks in place; returns the answers that fit.

        `task` gives a task of the course by its key, in the course's words.
        """
        answers = dict(answers)
        for line in self.of(record.student.id, "excused", "alternative"):
            if line.what == "excused":
                gone = [t for t in record.tasks if line.task in ("", t.key)]
                record.tasks = tuple(t for t in record.tasks if t not in gone)
                record.left_out |= {t.key: f"excused{line.why}" for t in gone}
                record.adjusted.append(f"{line.task or 'Everything'}: excused{line.why}.")
                continue
            old = next((t for t in record.tasks if t.key == line.task), None)
            if old is None:
                continue
            other, given = task(line.value), answers.pop(line.value, None)
            marks = full_marks(other) if other.kind == "text" else other.marks
            new = other.model_copy(update={"key": old.key, "points": old.points, "marks": marks})
            record.tasks = tuple(new if t is old else t for t in record.tasks)
            answers.pop(old.key, None)
            answers |= {old.key: given} if given else {}
            record.adjusted.append(f"{old.key}: {line.value} in its place{line.why}.")
        return answers

    def put(self, record: Record) -> None:
        """Put points for all and overrides in the place of what was earned; marks of persons are there already."""
        for line in self.of(record.student.id, "points for all", "override"):
            mark, own = record.marks.get(line.task), line.what == "override"
            if mark is None or not (own or record.came):
                continue
            points = mark.of if line.value is None else line.value
            if not own and mark.points is not None and mark.points >= points:
                continue
            what = "set by your instructor" if own else "points for everyone"
            record.marks[line.task] = replace(
                mark, state="adjusted", points=points, rule=f"{FILE}: {line.what} {number(points)}{line.why}"
            )
            record.adjusted.append(f"{line.task}: {number(points)} of {number(mark.of)} points, {what}{line.why}.")

    def begun(self, record: Record, tasks: tuple[Task, ...]) -> bool:
        """Whether a student of whom nothing came has points set by hand; every other task then counts as not answered."""
        if not any(True for _ in self.of(record.student.id, "override")):
            return False
        record.tasks = tasks
        self.asked(record, {}, lambda key: next(t for t in tasks if t.key == key))
        record.marks = {
            t.key: Mark(t.key, "missing", 0.0, t.points, says="No answer was handed in.") for t in record.tasks
        }
        return True


# --- reading ------------------------------------------------------------------------------------------


def _read(path: Path, course: Course) -> Iterator[Line]:
    if not path.is_file():
        return
    head, rows = rows_of(path)
    if not set(COLUMNS) <= set(head):
        missing = ", ".join(c for c in COLUMNS if c not in head)
        raise Problem(f"{FILE}, line 1, needs the columns {', '.join(COLUMNS)}; {missing} missing.")
    for n, row in rows:
        try:
            yield _line({c: row.get(c, "") for c in COLUMNS}, course)
        except Problem as e:
            raise Problem(f"{FILE}, line {n}: {e}") from None


def _line(given: dict[str, str], course: Course) -> Line:
    what, task = " ".join(given["what"].lower().split()), given["task"]
    if what not in KINDS:
        raise Problem(f"{shown(given['what'])} is no exception; {nearest(what, KINDS)}.")
    student = _student(given["student"], what, course)
    keys = [t.key for t in course.tasks()]
    if task and what in WHOLE:
        raise Problem(f"{what} is of the whole hand-in, so leave task empty.")
    if (task or what in ("override", "points for all", "alternative")) and task not in keys:
        raise Problem(f"{shown(task)} is no task that counts in this course; {nearest(task, keys)}.")
    return Line(student, task, what, _value(what, given["value"], task, course), given["reason"])


def _student(given: str, what: str, course: Course) -> str:
    if what == "points for all" and given.lower() in ("", ALL, "*"):
        return ALL
    if what == "points for all":
        raise Problem("points for all are for everyone, so leave student empty; override is for one.")
    if given.lower() in (ALL, "*") and what != "override":
        return ALL
    ids = {s.id.lower(): s.id for s in course.students}
    if not ids and given:
        return given
    if given.lower() not in ids:
        raise Problem(f"{shown(given)} is not in the roster; {nearest(given, ids.values())}.")
    return ids[given.lower()]


def _value(what: str, text: str, task: str, course: Course) -> float | dt.datetime | str | None:
    if what == "excused":
        if text:
            raise Problem("excused takes no value; for points write override.")
        return None
    if what == "alternative":
        other = course.task(text)  # raises with the nearest key
        if other.prediction:
            raise Problem(f"{other.key} is a prediction, which is never marked.")
        return other.key
    days = DAYS.fullmatch(text)
    if what == "late days" or (what == "extension" and days):
        if not days or float(days[1]) > 366:
            raise Problem(f"{shown(text)} is no number of days, such as 3.")
        return float(days[1])
    if what == "extension":
        try:
            day = dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)
        except ValueError:
            raise Problem(f"{shown(text)} is neither a date, such as 2027-03-20 18:00, nor a number of days.") from None
        return end_of(day, course)
    if not text and what == "points for all":
        return None
    full = course.task(task).points
    try:
        points = float(text.replace(",", "."))
    except ValueError:
        points = -1.0
    if not 0 <= points <= full:
        raise Problem(f"{shown(text)} is no number of points from 0 to {number(full)}.")
    return points

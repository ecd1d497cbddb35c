"""The plan of a course: course.toml, read whole and checked, or refused in one sentence."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError

from tumen.core import Case, Override, Problem, nearest
from tumen.core.errors import fault_of
from tumen.core.files import shipped
from tumen.core.toml import read_toml
from tumen.course.roster import RESERVED, Student, read_roster
from tumen.tasks import Task, read_tasks
from tumen.tasks.recalled import APART

FILE = "course.toml"
BUILT = "built"  # the folder beside it that a build writes
HAND_INS, MARKED = "handed-in", "marked"  # where hand-ins are looked for, and where grading writes
LARGEST = 2_000_000  # bytes
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}(\.[a-z0-9_-]{1,60}){0,3}")


TABLE, SWITCH, NUMBER = "a table of names and values", "true or false, without quotes", "a number, without quotes"
WANTED = {  # faults of the plan's form in words, by pydantic's names for them
    "missing": "{} is missing",
    "string_pattern_mismatch": "{}: use letters, digits, - and _, at most 40, beginning with a letter or a digit",
    "string_type": '{} needs words in quotes, such as "words"',
    "tuple_type": '{} needs a list in square brackets, such as ["one", "two"]',
    **{f"{kind}_type": f"{{}} needs {TABLE}" for kind in ("dict", "model")},
    **{f"bool_{slip}": f"{{}} needs {SWITCH}" for slip in ("type", "parsing")},
    **{f"float_{slip}": f"{{}} needs {NUMBER}" for slip in ("type", "parsing")},
}


def _a_date(value):
    """Refuse what is no date of TOML; pydantic would take a number for seconds since 1970."""
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is no date such as 2027-03-15") from None
    if not isinstance(value, dt.date):
        raise ValueError("write a date such as 2027-03-15, without quotes")
    return value


Day = Annotated[dt.date, BeforeValidator(_a_date)]
Moment = Annotated[dt.datetime | dt.date, BeforeValidator(_a_date)]


class Strict(BaseModel):
    """A table of course.toml: nothing in it may be unknown, nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Graded(Strict):
    """A task that counts, its points (the task's own where none are given) and how near a number must come."""

    task: str
    points: float | None = Field(None, gt=0, le=1000)
    within: float | None = Field(None, ge=0, le=0.5)


class Extra(Strict):
    """Where a task of the course's own is asked: at the end of a workbook, or of a section of it; else in the assignment."""

    task: str
    workbook: str = ""
    after: str = ""


class OwnPassage(Strict):
    """A passage of the course's own in a workbook: its words, or the file of markdown that holds them, and where it stands.

    It stands at the end of the section `after`, else at the end of the workbook.
    """

    workbook: str
    after: str = ""
    text: str = ""
    file: str = ""

    def words(self, folder: Path) -> str:
        """The words, read from the file where they stand in one; raises `Problem` where it cannot be read."""
        if not self.file:
            return self.text.strip()
        try:
            return (folder / self.file).read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError):
            raise Problem(f"{FILE}: passage: {self.file!r} is no file of text in UTF-8 beside it.") from None


class Draw(Strict):
    """A quantity of which every student gets a value of their own, in steps from low to high.

    `also` names further models in which the quantity takes the same value.
    """

    model: str
    quantity: str
    low: float | None = None
    high: float | None = None
    step: float | None = Field(None, gt=0)
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The quantity with its model, such as bread.loaf.grain."""
        return f"{self.model}.{self.quantity}"


class Marking(Strict):
    """Who marks the texts: nobody named is one marker with one sheet, else each of `markers` has a sheet.

    Texts are dealt by student, task or criterion, `each` to so many markers; marks more than `apart` from each other wait for an
    agreed one. With `anonymous` sheets and pages of feedback show a code in the place of an id and a name.
    """

    markers: tuple[str, ...] = ()
    by: Literal["student", "task", "criterion"] = "student"
    each: int = Field(1, ge=1, le=9)
    apart: float = Field(1, ge=0, le=1000)
    anonymous: bool = False


class Sensitivity(Strict):
    """What is shown of what may hurt: passages of testimony, and the notes on content, kept, left out or in other words."""

    testimony: bool = True
    content_notes: bool = True
    notes: dict[str, str] = Field({})


class Course(Strict):
    """One course as its instructor planned it; `read_course` makes it.

    `zone` is the time zone the course is held in, such as Asia/Seoul, "" where `due` says its own. `folder` is where it was read. `models` holds the overrides of quantities by model, `draws` with every end
    and step filled in, `workbooks` the stems of the notebooks in order.
    """

    course: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")
    title: str = Field(min_length=1, max_length=200)
    starts: Day | None = None
    due: Moment | None = None
    zone: str = ""
    late: Literal["accept", "flag"] = "flag"
    as_of: Day | None = None
    workbooks: tuple[str, ...] = ()
    leave_out: dict[str, tuple[str, ...]] = Field({})
    tasks_off: tuple[str, ...] = ()
    graded: tuple[Graded, ...] = ()
    extra: tuple[Extra, ...] = ()
    passage: tuple[OwnPassage, ...] = ()
    models: dict[str, Any] = Field({})
    data: dict[str, str | dict[str, Any]] = Field({})
    terms: dict[str, str] = Field({})
    sensitivity: Sensitivity = Sensitivity()
    marking: Marking = Marking()
    seed: str = Field("", repr=False)
    draw: tuple[Draw, ...] = ()
    roster: str = ""
    nbgrader: bool = False

    _folder: Path = PrivateAttr(default=Path())
    _case: Case = PrivateAttr(default_factory=Case)
    _own: dict[str, Task] = PrivateAttr(default_factory=dict)
    _shipped: dict[str, Task] = PrivateAttr(default_factory=dict)
    _students: tuple[Student, ...] = PrivateAttr(default=())

    @property
    def folder(self) -> Path:
        """The instructor's folder."""
        return self._folder

    @property
    def case(self) -> Case:
        """What the course changes for everyone: the case before any draw."""
        return self._case

    @property
    def overrides(self) -> dict[str, dict[str, Override]]:
        """What the course changes of each model's quantities."""
        return self._case.overrides

    @property
    def draws(self) -> tuple[Draw, ...]:
        """What is drawn for each student."""
        return self.draw

    @property
    def students(self) -> tuple[Student, ...]:
        """The students of the roster; none where the course has no roster, or an empty one."""
        return self._students

    @property
    def own_tasks(self) -> MappingProxyType[str, Task]:
        """The tasks in the course's own folder, by key."""
        return MappingProxyType(self._own)

    def task(self, key: str) -> Task:
        """A task of the course with its key: the course's own first, else the package's.

        A graded one has the points and the tolerance of course.toml. Raises `Problem` with the nearest key.
        """
        task = self._own.get(key) or self._shipped.get(key)
        if task is None:
            raise Problem(f"there is no task {key!r}; {nearest(key, [*self._own, *self._shipped])}.")
        return next((_as_graded(task, g) for g in self.graded if g.task == key), task)

    def predictions(self, model: str) -> list[str]:
        """The keys of the predictions that the card of a model asks, those switched off left out."""
        own = {
            k: t for k, t in {**self._shipped, **self._own}.items() if k.partition(".")[0] == model.partition(".")[0]
        }
        return [k for k, t in own.items() if t.prediction and t.model == model and k not in self.tasks_off]

    def tasks(self) -> tuple[Task, ...]:
        """Every graded task with its key, in the order of course.toml."""
        return tuple(self.task(g.task) for g in self.graded)

    def is_graded(self, key: str) -> bool:
        """Whether the task counts in this course."""
        return any(g.task == key for g in self.graded)


def _as_graded(task: Task, entry: Graded) -> Task:
    """The task with the points of the plan; the marks of a text stay those that the task itself declares."""
    points = task.points if entry.points is None else entry.points
    answer = task.answer
    if answer is not None and entry.within is not None:
        answer = answer.model_copy(update={"within": entry.within})
    marks = task.full_marks if task.kind == "text" else task.marks
    return task.model_copy(update={"points": points, "answer": answer, "marks": marks})


def read_course(folder: str | Path) -> Course:
    """The course of an instructor's folder, every name and value in it checked; all of it or nothing.

    Raises `Problem` with one sentence that names the file, the key and the nearest valid name.
    """
    from tumen.course.checks import completed

    folder = Path(folder)
    try:
        course = Course.model_validate(_raw(folder / FILE))
    except ValidationError as e:
        raise Problem(f"{FILE}: {fault_of(e, Course, WANTED)}.") from None
    own, known = own_tasks(folder), shipped_tasks()
    try:
        course = completed(course, folder, own, known)
    except Problem as e:
        raise Problem(f"{FILE}: {e}") from None
    students = read_roster(folder / course.roster) if course.roster else ()
    course._folder, course._own, course._shipped, course._students = folder, own, known, students
    return course


def shipped_tasks() -> dict[str, Task]:
    """Every task of the package, by key."""
    return {k: t for path in sorted(shipped("workbooks", "tasks").glob("*.toml")) for k, t in read_tasks(path).items()}


def own_tasks(folder: Path) -> dict[str, Task]:
    """Every task in the folder's own tasks/*.toml, by key; raises `Problem` naming the file and the task."""
    out: dict[str, Task] = {}
    for path in sorted((folder / "tasks").glob("*.toml")):
        for key, task in read_tasks(path).items():
            where = f"tasks/{path.name}, task {key}"
            if not KEY.fullmatch(key) or key.startswith(APART) or RESERVED.fullmatch(key.partition(".")[0]):
                raise Problem(f"{where}: a key is small letters, digits, - and _, parted by dots, such as law.q1.")
            if key in out:
                raise Problem(f"{where}: another file has a task of this key.")
            if task.graded:
                raise Problem(f"{where}: which tasks are graded is said in {FILE}, under [[graded]].")
            out[key] = task
    return out


def _raw(path: Path) -> dict:
    """The tables of the plan's file."""
    if not path.is_file():
        raise Problem(f"there is no {path.name} in {path.parent}; tumen course new FOLDER writes one.")
    if path.stat().st_size > LARGEST:
        raise Problem(f"{path.name} is too large to be the plan of a course.")
    return read_toml(path)

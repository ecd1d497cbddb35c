"""What is checked of a course beyond the form of its file: its workbooks, every name, every range, every date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from zoneinfo import available_timezones

from tumen.brief import model as find_model
from tumen.brief import models
from tumen.core import Case, Problem, nearest
from tumen.core.chapters import ordered
from tumen.core.errors import shown
from tumen.core.files import shipped
from tumen.core.home import home
from tumen.core.own import own_tables
from tumen.core.words import number
from tumen.course.plan import FILE, Course
from tumen.course.roster import RESERVED
from tumen.course.variants import completed_draws
from tumen.tasks import Task

OWN_BOOK = re.compile(r"(?!assignment$)[A-Za-z0-9][A-Za-z0-9_-]{0,59}")  # the name of a notebook of the course's own
OWN_NAMED = "a chapter of your own is a notebook of that name beside course.toml (a to z, digits, - and _)"


def stems() -> tuple[str, ...]:
    """The workbooks of the package, in order: its chapters, then the pages beside them."""
    return tuple(path.stem for path in ordered(shipped("workbooks")))


def own_stems(folder: Path) -> tuple[str, ...]:
    """The notebooks beside course.toml that may be chapters of the course, in order."""
    found = sorted(p.stem for p in folder.glob("*.ipynb") if OWN_BOOK.fullmatch(p.stem))
    return tuple(s for s in found if s not in stems())


def workbooks_of(given: Iterable[str], folder: Path) -> tuple[str, ...]:
    """The workbooks named, the package's and the course's own, chapters in the order of their names, then pages; every one of the package where none is named.

    Raises `Problem` for a name that is none of them, and for one given twice.
    """
    given = tuple(given)
    if not given:
        return stems()
    pages = home().meta.pages
    every = sorted((*stems(), *own_stems(folder)), key=lambda s: (pages.index(s) if s in pages else -1, s))
    wanted = [workbook_named(name, every, "workbooks") for name in given]
    for name in wanted:
        if wanted.count(name) > 1:
            raise Problem(f"workbooks names {name!r} twice.")
    return tuple(s for s in every if s in wanted)


def workbook_named(name: str, valid: Iterable[str], key: str) -> str:
    """The full name of a workbook given by its name or its number; raises `Problem` with the nearest where there is none."""
    plain = name.removesuffix(".ipynb")
    found = [stem for stem in valid if stem == plain or stem.partition("-")[0] == plain]
    if not found:
        own = f"; {OWN_NAMED}" if key == "workbooks" else ""
        raise Problem(f"{key} has no workbook {name!r}; {nearest(name, valid)}{own}.")
    return found[0]


def passage_checked(entry, i: int, books: tuple[str, ...], folder: Path):
    """A passage of the course's own, with the workbook's full name; raises `Problem` where it has no words, or no place."""
    where = f"passage entry {i}"
    if bool(entry.text.strip()) == bool(entry.file):
        raise Problem(f"{where}: give either its text, or the file that holds it.")
    if not entry.words(folder):
        raise Problem(f"{where}: {entry.file} is empty.")
    return entry.model_copy(update={"workbook": workbook_named(entry.workbook, books, where)})


# --- what is checked of a course beyond the form of its file --------------------------------------

SHORTEST_SEED = 16  # letters; a shorter one could be found by trying
FEWEST_LETTERS = 6  # different ones
MARKER = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")


def completed(course: Course, folder: Path, own: Mapping[str, Task], known: Mapping[str, Task]) -> Course:
    """The course with every default filled in; raises `Problem` for the first thing that cannot be used."""
    _dates(course)
    if not course.title.isprintable():
        raise Problem(f"title: {shown(course.title)} does not stand on one line.")
    books = workbooks_of(course.workbooks, folder)
    left = {workbook_named(name, books, "leave_out"): headings for name, headings in course.leave_out.items()}
    notes = {workbook_named(name, books, "sensitivity.notes"): text for name, text in course.sensitivity.notes.items()}
    _terms(course.terms)
    case = _case(course, folder)
    _tasks(course, own, {**known, **own})
    _marking(course, {**known, **own})
    draws = completed_draws(course.draw, case)
    if draws and len(course.seed) < SHORTEST_SEED:
        what = f"has only {len(course.seed)} letters" if course.seed else "is missing"
        raise Problem(f"seed {what}; a draw needs a secret one of at least {SHORTEST_SEED} letters.")
    if draws and len(set(course.seed)) < FEWEST_LETTERS:
        raise Problem(
            f"seed is easily guessed; a draw needs a secret one with at least {FEWEST_LETTERS} different letters."
        )
    done = course.model_copy(
        update={
            "workbooks": books,
            "leave_out": left,
            "sensitivity": course.sensitivity.model_copy(update={"notes": notes}),
            "passage": tuple(passage_checked(p, i, books, folder) for i, p in enumerate(course.passage, start=1)),
            "extra": tuple(_extra(e, i, books, own) for i, e in enumerate(course.extra, start=1)),
            "draw": draws,
        }
    )
    done._case = case
    return done


def _dates(course: Course) -> None:
    if course.zone and course.zone not in available_timezones():
        raise Problem(
            f"zone: there is no time zone {shown(course.zone)}; {nearest(course.zone, available_timezones())}."
        )
    if isinstance(course.due, dt.datetime) and not course.zone and course.due.tzinfo is None:
        raise Problem(
            f'due is {course.due}, and nothing says in which time zone: write zone = "Asia/Seoul" or the one your course '
            "is held in, so that it is the same moment on every computer."
        )
    due = course.due.date() if isinstance(course.due, dt.datetime) else course.due
    if course.starts and due and due < course.starts:
        raise Problem(f"due is {due}, before starts, {course.starts}.")


# --- words ------------------------------------------------------------------------------------


def _terms(terms: Mapping[str, str]) -> None:
    for old, new in terms.items():
        for text in (old, new):
            if not text.strip() or text != text.strip() or len(text) > 120 or not text.isprintable():
                raise Problem(f"terms: {text!r} is no word or phrase on one line.")


# --- numbers ----------------------------------------------------------------------------------


def _case(course: Course, folder: Path) -> Case:
    """What the course changes for everyone."""
    from tumen.evidence.tables import table

    themes = {m.theme for m in models().values()}
    for name in course.models:
        if name not in themes:
            raise Problem(f"models: {name!r} is no theme; {nearest(name, themes)}.")
    try:
        changed = Case.parse(course.models, models().values())
    except Problem as e:
        raise Problem(f"models: {e}") from None
    case = Case(
        title=course.title,
        as_of=course.as_of,
        overrides=changed.overrides,
        data=own_tables(course.data),
        path=folder / FILE,
    )
    _starts(case)
    for name in case.data:
        try:
            table(name, case=case)
        except Problem as e:
            raise Problem(f"data: {e}") from None
    return case


def _starts(case: Case) -> None:
    """Raise `Problem` for a value that a control of its range could not show."""
    for key, changes in case.overrides.items():
        for name in changes:
            q = case.apply(find_model(key)).quantity(name)
            if q.sampled and not q.low <= q.value <= q.high:
                raise Problem(
                    f"models: {key}.{name} starts at {number(q.value)}, outside its range from {number(q.low)} to "
                    f"{number(q.high)}; give it a value inside, or a low and a high around it."
                )


# --- tasks ------------------------------------------------------------------------------------


UNITS = {  # words after a number that say its unit, with what of a quantity's own unit they may stand for
    "day": {"day"},
    "week": {"week"},
    "month": {"month"},
    "year": {"year"},
    "per cent": {"per cent"},
    "percent": {"per cent"},
    "%": {"per cent"},
    "thousand": set(),
    "million": set(),
}
IN_UNIT = re.compile(
    r"\{(\w+)\}[ \u00a0]?(days?|weeks?|months?|years?|per ?cent|%|thousand|million)(?!\w)", re.IGNORECASE
)


def _units(task: Task) -> None:
    """Raise `Problem` for a prompt that gives an input in another unit than the model has it in."""
    for name, word in IN_UNIT.findall(task.prompt) if task.answer else ():
        model = find_model(task.answer.model)
        unit = model.quantity(name).unit if name in model.start else ""
        if name in model.start and not UNITS[word.lower().removesuffix("s")] & {
            w.removesuffix("s") for w in unit.split(" ")
        }:
            has = f"in {unit}" if unit else "a plain number"
            raise Problem(
                f"task {task.key}: the prompt gives {{{name}}} in {word}, and the model has it {has}: its number is put there "
                "as it is."
            )


def _tasks(course: Course, own: Mapping[str, Task], every: Mapping[str, Task]) -> None:
    for task in own.values():
        _units(task)
    for key in course.tasks_off:
        if key not in every:
            raise Problem(f"tasks_off: there is no task {key!r}; {nearest(key, every)}.")
    seen = set()
    for i, entry in enumerate(course.graded, start=1):
        where, task = f"graded entry {i}", every.get(entry.task)
        if task is None:
            raise Problem(f"{where}: there is no task {entry.task!r}; {nearest(entry.task, every)}.")
        if task.prediction:
            raise Problem(f"{where}: {task.key} is a prediction, which is recorded and never marked.")
        if task.key in course.tasks_off:
            raise Problem(f"{where}: {task.key} is graded, and switched off under tasks_off.")
        if task.key in seen:
            raise Problem(f"{where}: {task.key} is named twice.")
        if not (entry.points or task.points):
            raise Problem(f"{where}: {task.key} needs points.")
        if entry.within is not None and task.kind != "number":
            raise Problem(f"{where}: {task.key} is a {task.kind} task; within is for a number.")
        if "{answer}" in task.prompt:
            raise Problem(f"{where}: the prompt of {task.key} says its own answer.")
        seen.add(task.key)


def _marking(course: Course, every: Mapping[str, Task]) -> None:
    """Raise `Problem` for markers that cannot be told apart, and for a way of dealing that does not fit the texts."""
    markers = course.marking.markers
    for name in markers:
        if not MARKER.fullmatch(name) or RESERVED.fullmatch(name):
            raise Problem(
                f"marking: {shown(name)} names the file of a marker's sheet: take small letters, digits, - and _, at most 30."
            )
        if markers.count(name) > 1:
            raise Problem(f"marking: markers names {name!r} twice.")
    if course.marking.each > max(1, len(markers)):
        raise Problem(f"marking: each = {course.marking.each} needs so many markers, and {len(markers)} are named.")
    if markers and course.marking.by == "criterion":
        for task in (every[entry.task] for entry in course.graded):
            if task.kind == "text" and not task.criteria:
                raise Problem(
                    f'marking: by = "criterion" needs criteria in every text that counts, and {task.key} has none; write such as '
                    'criteria = { "names the claim" = 1, "uses a number" = 1 } into the task.'
                )


def _extra(entry, i: int, books: tuple[str, ...], own: Mapping[str, Task]):
    """Where a task of the course's own is asked, with the workbook's full name."""
    where = f"extra entry {i}"
    if entry.task not in own:
        raise Problem(f"{where}: no task {entry.task!r} stands in tasks/; {nearest(entry.task, own)}.")
    if entry.after and not entry.workbook:
        raise Problem(f"{where}: after names a section, so it needs the workbook it is in.")
    book = workbook_named(entry.workbook, books, where) if entry.workbook else ""
    return entry.model_copy(update={"workbook": book})

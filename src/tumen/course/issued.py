"""issued.json: what each student was given, build by build. Later builds and grading keep to it, whatever the plan says now."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tumen import __version__
from tumen.brief import models
from tumen.core import Case, Problem
from tumen.core.case import PARTS
from tumen.core.frozen import frozen
from tumen.core.own import Own, own_tables
from tumen.core.result import plain
from tumen.course.lateness import due
from tumen.course.plan import BUILT, Course
from tumen.course.variants import case_mark
from tumen.course.wording import Terms, in_words
from tumen.course.written import write_private
from tumen.tasks import Task, read_tasks

FILE = "issued.json"
TABLES = "issued"  # the folder of own tables as they were given out, each under its content's digest
FORMAT, VERSION = "tumen issued", 1
LEFT = {"size", "hint", "model", "claims", "prediction", "graded"}  # what of a task neither asks nor marks


@frozen
class Build:
    """One build as students have it: the tasks that counted in it, in its words, its title, and when it was due."""

    tasks: Mapping[str, Task]
    title: str
    due: dt.datetime | None = None


class Issued:
    """What was issued of a course so far; nothing where it was never built.

    `builds` are in the order in which they were made. A student is "" where there is one copy for all. Raises `Problem` where
    issued.json is there and cannot be used: nobody's numbers may be drawn anew because of that.
    """

    def __init__(self, course: Course):
        self.course, self.path = course, course.folder / FILE
        raw = self._read()
        try:
            self._builds: dict[str, dict] = dict(raw["builds"])
            self._students: dict[str, list[dict]] = {s: list(given) for s, given in raw["students"].items()}
            self.builds = {name: _build(b) for name, b in self._builds.items()}
        except (KeyError, TypeError, AttributeError, ValueError):
            raise self._spoilt("a part of it is missing") from None
        self._models = tuple(models().values())
        self._known: dict[tuple[str, str], Case] = {}
        self._tables: dict[Own, tuple[Own, bytes]] = {}
        self._numbers = numbers(course)

    @property
    def latest(self) -> str:
        """The last build that was issued, "" where there is none."""
        return next(reversed(self.builds), "")

    @property
    def students(self) -> tuple[str, ...]:
        """Whoever was issued a copy."""
        return tuple(self._students)

    def rounds(self, student: str) -> int:
        """How often a student was given numbers."""
        return len(self._students.get(student, ()))

    def case(self, student: str, mark: str | None = None, build: str = "") -> Case | None:
        """The case issued to a student; None where there is none.

        Only one of that mark where it is asked for; of several, the last that was issued with that build or before it.
        """
        given = self._students.get(student, [])
        if mark is not None:
            given = [g for g in given if g["mark"] == mark]
        if build in self.builds:
            order = list(self.builds)
            given = [g for g in given if order.index(g["build"]) <= order.index(build)] or given
        return self._case(given[-1]) if given else None

    def marks(self) -> Iterator[tuple[str, str]]:
        """The mark of every case that was issued, with its student."""
        return ((g["mark"], s) for s, given in self._students.items() for g in given)

    def of_another_plan(self, student: str) -> bool:
        """Whether the plan would now give the student a case made by other rules than the one issued."""
        given = self._students.get(student)
        return bool(given) and self._builds[given[-1]["build"]]["numbers"] not in ("", self._numbers)

    # --- what a build adds --------------------------------------------------------------------------

    def add_build(self, name: str) -> None:
        """Note a build; one that is known stays as it was first issued."""
        terms, end = Terms(self.course.terms), due(self.course)
        tasks = {
            t.key: in_words(t, terms).model_dump(mode="json", exclude_defaults=True, exclude=LEFT)
            for t in self.course.tasks()
        }
        new = {
            "tumen": __version__,
            "title": self.course.title,
            "due": end.isoformat() if end else None,
            "tasks": tasks,
        }
        before = self._builds.get(name)
        self._builds[name] = before or {**new, "numbers": self._numbers}
        self.builds[name] = _build(self._builds[name])

    def add(self, student: str, case: Case, build: str) -> None:
        """Note a case as issued to a student."""
        data = {name: self._kept(name, own).plain() for name, own in case.data.items()}
        self._students.setdefault(student, []).append({**_given(case, build), "data": data})

    def _kept(self, name: str, own: Own) -> Own:
        """An own table as the file beside issued.json that no later change of the plan's file touches."""
        if own not in self._tables:
            data = (self.course.folder / own).read_bytes()
            file = f"{TABLES}/{name}-{hashlib.sha256(data).hexdigest()[:12]}{Path(own).suffix}"
            self._tables[own] = replace(own, file=file), data
        return self._tables[own][0]

    def forget(self, student: str) -> bool:
        """Take a student out; whether one was there."""
        return self._students.pop(student, None) is not None

    def save(self) -> None:
        """Write the file, whole or not at all; raises `Problem` where it cannot be written."""
        out = {"format": FORMAT, "version": VERSION, "course": self.course.course}
        out |= {"builds": self._builds, "students": self._students}
        text = _lines(out)
        try:
            for own, data in self._tables.values():
                if not (at := self.course.folder / own).is_file():
                    write_private(at, data)
            if not self.path.is_file() or self.path.read_text(encoding="utf-8") != text:
                write_private(self.path, text)
        except OSError as e:
            raise Problem(f"{FILE} cannot be written: {e.strerror}.") from None

    # --- reading ------------------------------------------------------------------------------------

    def _case(self, given: dict) -> Case:
        key = given["mark"], repr(given["data"])  # a mark knows of own tables only which there are
        if key not in self._known:
            raw: dict = {"as_of": given["as_of"]} if "as_of" in given else {}
            for key, changes in given["models"].items():
                theme, _, name = key.partition(".")
                raw.setdefault(theme, {})[name] = changes
            try:
                case, data = Case.parse(raw, self._models), self._data(given["data"])
            except Problem as e:
                raise self._spoilt(str(e).rstrip(".")) from None
            self._known[key] = replace(case, title=self.course.title, data=data, path=self.course.case.path)
        return self._known[key]

    def _data(self, given: Mapping | list) -> dict[str, Own]:
        """The own tables of a case that was issued; an earlier version kept their names alone, and they are the plan's."""
        if isinstance(given, list):
            return {n: own for n, own in self.course.case.data.items() if n in given}
        data = own_tables(given)
        for own in data.values():
            if not (self.course.folder / own).is_file():
                raise Problem(f"{own}, a table that was given out, is missing beside it")
        return data

    def _read(self) -> dict:
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return adopted(self.course)
        except (OSError, ValueError, RecursionError):
            raise self._spoilt("it is no JSON any more") from None
        if not isinstance(raw, dict) or raw.get("format") != FORMAT:
            raise self._spoilt("it does not say what it is")
        if raw.get("version") != VERSION:
            raise self._spoilt(f"it is of version {raw.get('version')}, and this Tumen reads {VERSION}")
        if raw.get("course") != self.course.course:
            raise self._spoilt(f"it is of the course {raw.get('course')!r}, not of {self.course.course!r}")
        return raw

    def _spoilt(self, why: str) -> Problem:
        return Problem(
            f"{FILE} cannot be used: {why}; it holds the numbers your students were given, so put it back from a copy, or move "
            "it away if nobody was given anything yet."
        )


def numbers(course: Course) -> str:
    """What decides on a student's numbers in a plan, as a digest."""
    parts: tuple = [d.model_dump(mode="json") for d in course.draws], course.seed, course.course, case_mark(course.case)
    if tables := course.case.data:
        parts += (
            [
                (n, own.plain(), hashlib.sha256((course.folder / own).read_bytes()).hexdigest())
                for n, own in tables.items()
            ],
        )
    return hashlib.sha256(repr(parts).encode("utf-8")).hexdigest()[:12]


def as_issued(now: Task, then: Task) -> Task:
    """A task as it was put to a student, marked by the rules of today.

    Where the words are still the same, the task of today with its key, which may have been mended since. Else the question
    and the key as they were issued, with today's points, tolerance and rubric.
    """
    if (now.kind, now.prompt, now.unit, now.options) == (then.kind, then.prompt, then.unit, then.options):
        return now
    kept = {"points": now.points, "marks": now.marks, "graded": now.graded}
    if now.kind == "text" == then.kind:
        kept |= {"rubric": now.rubric, "anchors": now.anchors, "criteria": now.criteria}
    if now.answer and then.answer:
        kept["answer"] = then.answer.model_copy(update={"within": now.answer.within})
    if now.correct and then.correct:  # the same words may stand under another letter
        right = now.options[now.correct]
        kept["correct"] = next((letter for letter, words in then.options.items() if words == right), then.correct)
    return then.model_copy(update=kept)


def adopted(course: Course) -> dict:
    """What a course issued before issued.json was kept, as its copies in built/ say; nothing where there are none."""
    nothing: dict = {"builds": {}, "students": {}}
    from tumen.course.handin import read_copy

    built = course.folder / BUILT
    try:
        name = read_copy(built / "instructor").build
        whole = {k: t for p in (built / "instructor/tasks").glob("*.toml") for k, t in read_tasks(p).items()}
        copies = {p.name: p for p in sorted((built / "students").glob("*")) if (p / "case.toml").is_file()}
        copies |= {"": built / "student"} if (built / "student/case.toml").is_file() else {}
        there = {s: (Case.read(p / "case.toml", models().values()), read_copy(p)) for s, p in copies.items()}
    except Problem:
        return nothing
    if not there or not name:
        return nothing
    about = next(iter(there.values()))[1]
    students = {  # a case that is not as its copy says was changed by somebody who worked there
        student: [_given(case, name)]
        for student, (case, copy) in there.items()
        if copy.case_mark == case_mark(case) and copy.course == course.course
    }
    tasks = {
        k: whole[k].model_dump(mode="json", exclude_defaults=True, exclude=LEFT) for k in about.graded if k in whole
    }
    end = about.due.isoformat() if isinstance(about.due, dt.datetime) and about.due.tzinfo else None
    return {
        "builds": {name: {"tumen": "", "title": about.title, "due": end, "tasks": tasks, "numbers": ""}},
        "students": students,
    }


def _given(case: Case, build: str) -> dict:
    """A case as the file holds it."""
    tables = {
        key: {name: {p: plain(v) for p in PARTS if (v := getattr(o, p, None)) is not None} for name, o in c.items()}
        for key, c in case.overrides.items()
    }
    date = {"as_of": case.as_of.isoformat()} if case.as_of else {}
    return {"build": build, "mark": case_mark(case), "models": tables, "data": sorted(case.data), **date}


def _build(raw: dict) -> Build:
    end = dt.datetime.fromisoformat(raw["due"]) if raw["due"] else None
    str(raw["numbers"])
    return Build({key: Task.model_validate(task) for key, task in raw["tasks"].items()}, raw["title"], end)


def _lines(out: dict) -> str:
    """JSON with a line a build and a line a student, so that a person can look somebody up."""
    parts = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in out.items() if not isinstance(v, dict)]
    for name in ("builds", "students"):
        rows = ",\n".join(f" {json.dumps(k)}: {json.dumps(v)}" for k, v in out[name].items())
        parts.append(f"{json.dumps(name)}: {{\n{rows}\n}}")
    return "{\n" + ",\n".join(parts) + "\n}\n"

"""What an instructor should know of a plan that can be built all the same, a sentence each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tumen.brief import model as find_model
from tumen.brief import models
from tumen.core import Problem
from tumen.core.words import number
from tumen.course.checks import stems
from tumen.course.copies import master
from tumen.course.exported import zeros_lost
from tumen.course.headings import what_holds
from tumen.course.marking import full_marks
from tumen.course.plan import Course
from tumen.course.roster import first_few
from tumen.course.still_there import left
from tumen.evidence.dates import say
from tumen.evidence.lines import rows_of

IN_BRACKETS = re.compile(r"\((\d+(?:\.\d+)?)\)")


def said_of(course: Course) -> Iterator[str]:
    """Values and ranges beyond the declared, own tables too short or too late, rubrics that count otherwise, files not used."""
    if course.due and not course.zone and not isinstance(course.due, dt.datetime):
        yield (
            f"due is {say(course.due)}, and nothing says in which time zone: nobody is late until that day has ended everywhere "
            'on earth. Write zone = "Asia/Seoul", or the one your course is held in, to have it end there.'
        )
    yield from zeros_lost(course.students)
    yield from _left(course)
    for name in (s for s in stems() if (course.folder / f"{s}.ipynb").is_file()):
        yield f"{name}.ipynb beside course.toml is not used, as a chapter of Tumen is called so; give yours another name."
    yield from _ranges(course)
    yield from _tables(course)
    yield from _not_run(course)
    yield from _rubrics(course)


def _left(course: Course) -> Iterator[str]:
    """Students whom the roster itself says to have left: a build keeps what a student has, so the instructor decides."""
    rows = rows_of(course.folder / course.roster)[1] if course.roster else []
    for line, row in rows:
        holds = {what: cell for head, cell in row.items() if (what := what_holds(head)) in ("status", "gone")}
        if why := left(holds.get("status", ""), holds.get("gone", "")):
            yield (
                f"{course.roster}, line {line}: {row['id']} has {why}, and a copy like everybody's; strike the line out, or let "
                "tumen course roster make the list, which leaves such lines out."
            )


def _ranges(course: Course) -> Iterator[str]:
    for key, changes in course.overrides.items():
        for name, change in changes.items():
            q = find_model(key).quantity(name)
            if not q.sampled:
                continue
            given = {"the value": change.value, "low": change.low, "high": change.high}
            beyond = [
                f"{what} {number(v)}"
                for what, v in given.items()
                if isinstance(v, (int, float)) and not isinstance(v, bool) and not q.low <= v <= q.high
            ]
            if beyond:
                yield (
                    f"{key}.{name}: {' and '.join(beyond)} {'lies' if len(beyond) == 1 else 'lie'} beyond the declared range "
                    f"from {number(q.low)} to {number(q.high)}, which is what the sources support. Controls and charts of this "
                    "course go so far; what the findings say of the report's claims was not looked at out there."
                )


def _tables(course: Course) -> Iterator[str]:
    """Own tables of which a part, or nothing, was public on the day the course looks from."""
    from dataclasses import replace

    from tumen.evidence.tables import table

    if course.as_of is None:
        return
    for name, file in course.case.data.items():
        whole = len(table(name, case=replace(course.case, as_of=None)).rows)
        left = table(name, case=course.case).left_out
        public = whole - left.later - left.undated
        if public < whole:
            shown = "none" if not public else f"{public:,}"
            nothing = "; what is drawn from it stays empty" if not public else ""
            when = (
                f'; {left.undated:,} do not say since when they are: a column public, or fill = {{ public = "2001" }}, says it'
                if left.undated
                else ""
            )
            yield f"data: on {say(course.as_of)} {shown} of the {whole:,} rows of {file} was public{when}{nothing}."


def _not_run(course: Course) -> Iterator[str]:
    """Models of the course's chapters that cannot be run with a table of its own, and why."""
    if not course.case.data:
        return
    code = "\n".join(
        c["source"] for stem in course.workbooks for c in master(stem, course.folder) if c["cell_type"] == "code"
    )
    stopped: dict[str, list[str]] = {}
    for model in models().values():
        if set(model.reads) & set(course.case.data) and model.key in code:
            try:
                course.case.apply(model)()
            except Problem as fault:
                stopped.setdefault(str(fault).rstrip("."), []).append(model.key)
    for why, keys in stopped.items():
        yield f"data: {first_few(keys)} cannot be run, and their pages show this sentence alone: {why}."


def _rubrics(course: Course) -> Iterator[str]:
    for task in course.tasks():
        counted = sum(map(float, IN_BRACKETS.findall(task.rubric))) if task.kind == "text" else 0
        full = full_marks(task)
        if counted and counted != full:
            yield (
                f"{task.key}: full marks are {number(full)}, as the task declares; the numbers in brackets in its rubric come to "
                f"{counted:g} and are taken for words. To have other full marks, write marks = … into the task."
            )

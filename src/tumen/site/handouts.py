"""Handouts to print, one page each: a question, or a role, with the picture and the paragraph it speaks of, and no answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from tumen.core import Case, Problem
from tumen.core.files import shipped
from tumen.core.templates import rendered
from tumen.course.checks import stems
from tumen.course.copies import copy_of, master, title_of
from tumen.course.plan import Course
from tumen.course.written import written_out
from tumen.evidence.ledger import Claim, claims
from tumen.lesson import agenda
from tumen.site.figure import inline
from tumen.tasks import Task, find_task
from tumen.tasks.asked import asked_by
from tumen.tasks.check import asked_words

SEEN = re.compile(r"tumen\.(show|read)\(\s*[\"']?([\w.-]+)[\"']?")
Tell = Callable[[int, int], None]
LINES = {"number": 2, "choice": 2, "text": 8}
MOST = 14  # claims on a page: more would not leave room for the picture


def write_handouts(folder: str | Path, course: Course | None = None, tell: Tell | None = None) -> list[Path]:
    """Write the handouts of each chapter into a folder, in a course's words and numbers where one is given.

    `tell` is called with how many chapters of how many are done. Raises `Problem` where the folder cannot be written.
    """
    case, out = (course.case if course else Case()), []
    roles = agenda.roles(agenda.guide())
    books = course.workbooks if course else stems()
    for n, stem in enumerate(books, start=1):
        cells = copy_of(stem, course) if course else master(stem)
        chapter, sheets = _Chapter(cells, course, case), {}
        if chapter.tasks:
            sheets["questions"] = [chapter.question(t) for t in chapter.tasks]
        if chapter.read:
            sheets["roles"] = [chapter.role(r) for r in roles]
        for kind, made in sheets.items():
            page = rendered("site/html/handouts.html", title=chapter.title, kind=kind, sheets=made)
            out.append(written_out(Path(folder) / f"{stem}-{kind}.html", page))
        if tell:
            tell(n, len(books))
    return out


class _Chapter:
    """What a chapter asks, shows and reads, in its order."""

    def __init__(self, cells: list[dict], course: Course | None, case: Case):
        self.case, self.course = case, course
        self.title = title_of(cells)
        self.tasks: list[Task] = []
        self.read: list[str] = []
        self._drawn: dict[str, tuple[str, str, str]] = {}
        self._shown: dict[str, str] = {}  # by task, the exhibit that was shown last before it
        last = ""
        for line in (x for c in cells if c["cell_type"] == "code" for x in c["source"].splitlines()):
            for verb, name in SEEN.findall(line):
                if verb == "read":
                    self.read.append(name)
                    continue
                last = self._exhibit(name) or last
                self.first = getattr(self, "first", last)
            for key in asked_by(line):
                if key in self._shown:
                    continue
                task = course.task(key) if course else find_task(key, shipped("workbooks"))
                self.tasks.append(task)
                self._shown[key] = last
        self.first = getattr(self, "first", last)

    def _exhibit(self, name: str) -> str:
        from tumen.brief import exhibits, picture

        key = name.rstrip("_")
        return key if key in exhibits() and picture(key) is not None else ""

    def question(self, task: Task) -> dict:
        """The page of one question: its words, the axes of its picture or the evidence shown before it, the paragraph."""
        model = task.model or (task.answer.model if task.answer else "")
        named = task.claims or _claims_of(model) or [c.id for c in claims() if c.place in self.read]
        return {
            "name": "Predict" if task.prediction else "Work it out" if task.kind != "text" else "In your own words",
            "task": task,
            "words": asked_words(task, self.case),
            "picture": _axes(model, task) if model else self._evidence(self._shown[task.key], task.key),
            "lines": LINES[task.kind],
            "claims": _paraphrase(named, self.case),
        }

    def role(self, role: tuple[str, str, str]) -> dict:
        """The page of one role: what it holds and speaks from, the evidence the chapter begins with, its paragraph."""
        named = [c.id for c in claims() if c.place in self.read][:MOST]
        picture = self._evidence(self.first, f"role {role[0]}")
        return {
            "name": "A role",
            "task": None,
            "role": role,
            "picture": picture,
            "lines": 5,
            "claims": _paraphrase(named, self.case),
        }

    def _evidence(self, key: str, name: str) -> dict | None:
        """The picture of an exhibit as the chapter shows it, drawn once; nothing where it has none, or cannot be drawn."""
        from tumen.brief import exhibits
        from tumen.page.session import Session
        from tumen.page.show import shown

        if key and key not in self._drawn:
            session = Session(shipped("workbooks"))
            session.case = self.case
            try:
                found = shown(exhibits()[key], session)
                drawn = found.picture
                self._drawn[key] = (drawn.title, drawn.svg(found.rows), found.words) if drawn else ("", "", "")
            except Problem:  # a table of the course's own that a picture's model cannot run on: the build says so
                self._drawn[key] = ("", "", "")
        title, svg, words = self._drawn.get(key, ("", "", ""))
        return _image(title, svg, words, name) if svg else None


def _axes(model: str, task: Task) -> dict | None:
    """The axes of a model's picture with nothing on them, to place a guess; nothing where it has no axis with numbers."""
    from tumen.brief import models, picture_of

    if model not in models():
        return None
    drawn = picture_of(models()[model])
    svg = drawn.svg([])
    if "role-axis-label" not in svg and ">0<" not in svg:
        return None
    words = f"The axes of the picture “{drawn.title}”, with nothing on them"
    title = f"{drawn.title}: {'place your guess' if task.prediction else 'the axes, to draw on'}"
    return _image(title, svg, words, task.key)


def _image(title: str, svg: str, words: str, name: str) -> dict:
    return {"title": title, "words": words, "svg": inline(svg, re.sub(r"\W+", "-", name))}


def _claims_of(model: str) -> tuple[str, ...]:
    from tumen.brief import models

    return models()[model].claims if model in models() else ()


def _paraphrase(named: Iterable[str], case: Case) -> list[Claim]:
    """The paragraphs of some claims, to be told in paraphrase; the claims themselves alone where there are too many."""
    named = list(named)
    every = claims(case.as_of) if case.as_of else claims()
    places = [c.place for c in every if c.id in named]
    chosen = [c for c in every if c.place in places]
    return chosen if len(chosen) <= MOST else [c for c in chosen if c.id in named][:MOST]

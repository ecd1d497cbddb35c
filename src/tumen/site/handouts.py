"""Handouts to print, one page each: a question, or a role, with the picture and the paragraph it speaks of, and no answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tumen.core import Case, Problem
from tumen.core.files import shipped
from tumen.course import pages
from tumen.course.checks import stems
from tumen.course.copies import copy_of, master
from tumen.course.plan import Course
from tumen.evidence.ledger import Claim, claims
from tumen.lesson import agenda
from tumen.site.figure import inline
from tumen.tasks import Task, find_task
from tumen.tasks.asked import asked_by
from tumen.tasks.check import filled

SEEN = re.compile(r"tumen\.(show|read)\(\s*[\"']?([\w.-]+)[\"']?")
LINES = {"number": 2, "choice": 2, "text": 8}
MOST = 14  # claims on a page: more would not leave room for the picture
STYLE = (
    "<style>@page { size: A4; margin: 14mm } body { font-size: 15px } .sheet { display: flex; flex-direction: column; height: 266mm; overflow: hidden; "
    "break-after: page; break-inside: avoid } .sheet:last-child { break-after: auto } .sheet > * { flex: none } "
    ".sheet > [role=img] { flex: 0 1 92mm; min-height: 30mm } .sheet svg { display: block; width: 100%; height: 100% } "
    ".sheet h1 { font-size: 15px; font-weight: normal; color: #5A6068; margin: 0 } .sheet h2 { font-size: 18px; line-height: 1.35; margin: 6px 0 8px } "
    ".sheet h3 { font-size: 14px; margin: 10px 0 2px } .sheet p { margin: 4px 0 } .sheet .note { font-size: 12px } .claims .note { white-space: nowrap } "
    ".sheet .claims { font-size: 12px; line-height: 1.3; margin: 4px 0; padding-left: 1.2em; columns: 2; column-gap: 8mm } "
    ".sheet .claims li { break-inside: avoid; margin: 0 0 3px } .line { border-bottom: 1px solid #767676; height: 1.7em } "
    ".options { list-style: none; padding-left: 0; margin: 0 } @media screen { .sheet { max-width: 182mm; border-bottom: 2px dashed #767676; padding: 1em 0 } }</style>"
)


def write_handouts(folder: str | Path, course: Course | None = None) -> list[Path]:
    """Write the handouts of each chapter into a folder, in a course's words and numbers where one is given.

    Raises `Problem` where the folder cannot be written.
    """
    case, out = (course.case if course else Case()), []
    roles = agenda.roles(agenda.guide())
    for stem in course.workbooks if course else stems():
        cells = copy_of(stem, course) if course else master(stem)
        chapter = _Chapter(cells, course, case)
        if chapter.tasks:
            sheets = [chapter.question(t) for t in chapter.tasks]
            out.append(_write(Path(folder) / f"{stem}-questions.html", f"{chapter.title}: questions", sheets))
        if chapter.read:
            sheets = [chapter.role(r) for r in roles]
            out.append(_write(Path(folder) / f"{stem}-roles.html", f"{chapter.title}: roles", sheets))
    return out


def _write(path: Path, title: str, sheets: Iterable[str]) -> Path:
    return pages.write(path, pages.page(title, [STYLE, *sheets]))


class _Chapter:
    """What a chapter asks, shows and reads, in its order."""

    def __init__(self, cells: list[dict], course: Course | None, case: Case):
        self.case, self.course = case, course
        heads = [c["source"].partition("\n")[0] for c in cells if c["source"].startswith("# ")]
        self.title = heads[0].removeprefix("# ") if heads else ""
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

    def question(self, task: Task) -> str:
        """The page of one question: its words, the axes of its picture or the evidence shown before it, the paragraph."""
        try:
            words = filled(task.prompt, task, self.case)
        except Problem:
            words = task.prompt
        unit = f' <span class="note">(in {pages.said(task.unit)})</span>' if task.unit and task.kind == "number" else ""
        options = "".join(f"<li>☐ ({pages.said(k)}) {pages.said(v)}</li>" for k, v in task.options.items())
        model = task.model or (task.answer.model if task.answer else "")
        shown = _axes(model, task) if model else self._evidence(self._shown[task.key], task.key)
        named = task.claims or _claims_of(model) or [c.id for c in claims() if c.place in self.read]
        return self._sheet(
            "Predict" if task.prediction else "Work it out" if task.kind != "text" else "In your own words",
            f"<h2>{pages.said(words)}{unit}</h2>{f'<ul class=options>{options}</ul>' if options else ''}",
            shown,
            _paraphrase(named, self.case),
            LINES[task.kind],
        )

    def role(self, role: tuple[str, str, str]) -> str:
        """The page of one role: what it holds and speaks from, the evidence the chapter begins with, its paragraph."""
        name, holds, source = (pages.said(part) for part in role)
        named = [c.id for c in claims() if c.place in self.read][:MOST]
        words = f"<h2>You speak for: {name}</h2><p><b>Holds:</b> {holds}. <b>Speak from:</b> {source}.</p>"
        return self._sheet(
            "A role", words, self._evidence(self.first, f"role {role[0]}"), _paraphrase(named, self.case), 5
        )

    def _evidence(self, key: str, name: str) -> str:
        """The picture of an exhibit as the chapter shows it, drawn once; nothing where it has none."""
        from tumen.brief import exhibits
        from tumen.page.session import Session
        from tumen.page.show import shown

        if key and key not in self._drawn:
            session = Session(shipped("workbooks"))
            session.case = self.case
            found = shown(exhibits()[key], session)
            drawn = found.picture
            self._drawn[key] = (drawn.title, drawn.svg(found.rows), found.words) if drawn else ("", "", "")
        title, svg, words = self._drawn.get(key, ("", "", ""))
        return f"<h3>{pages.said(title)}</h3>{_image(svg, words, name)}" if svg else ""

    def _sheet(self, kind: str, words: str, picture: str, paragraph: str, lines: int) -> str:
        written = '<div class="line"></div>' * lines
        return f'<section class="sheet"><h1>{pages.said(self.title)} · {kind}</h1>{words}{picture}{written}{paragraph}</section>'


def _axes(model: str, task: Task) -> str:
    """The axes of a model's picture with nothing on them, to place a guess; nothing where it has no axis with numbers."""
    from tumen.brief import models, picture_of

    if model not in models():
        return ""
    drawn = picture_of(models()[model])
    svg = drawn.svg([])
    if "role-axis-label" not in svg and ">0<" not in svg:
        return ""
    words = f"The axes of the picture “{drawn.title}”, with nothing on them"
    title = f"{drawn.title}: {'place your guess' if task.prediction else 'the axes, to draw on'}"
    return f"<h3>{pages.said(title)}</h3>{_image(svg, words, task.key)}"


def _image(svg: str, words: str, name: str) -> str:
    prefix = re.sub(r"\W+", "-", name)
    return f'<div role="img" aria-label="{pages.said(words)}">{inline(svg, prefix)}</div>'


def _claims_of(model: str) -> tuple[str, ...]:
    from tumen.brief import models

    return models()[model].claims if model in models() else ()


def _paraphrase(named: Iterable[str], case: Case) -> str:
    """The paragraphs of some claims, in paraphrase; the claims themselves first where there are too many."""
    named = list(named)
    every = claims(case.as_of) if case.as_of else claims()
    places = [c.place for c in every if c.id in named]
    chosen: list[Claim] = [c for c in every if c.place in places]
    if len(chosen) > MOST:
        chosen = [c for c in chosen if c.id in named][:MOST]
    if not chosen:
        return ""
    items = "".join(f"<li>{pages.said(c.paraphrase)} <span class='note'>{c.id}</span></li>" for c in chosen)
    where = ", ".join(dict.fromkeys(c.place for c in chosen))
    return f"<h3>The report, {where}, in our words</h3><ul class=claims>{items}</ul>"

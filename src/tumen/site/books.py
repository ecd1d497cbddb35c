"""The workbooks of a folder as chapters: their titles, what one can do after them, how long they say they take; and the pages beside them."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

from tumen.core.chapters import beside, numbered
from tumen.core.frozen import frozen
from tumen.core.home import home
from tumen.tasks.definitions import COPY


@frozen
class Book:
    """One workbook: `objectives` are empty where it lists none."""

    path: Path
    title: str
    summary: str
    time: str
    part: str
    objectives: tuple[str, ...]

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return self.path.stem


def books(folder: Path) -> list[Book]:
    """The numbered workbooks of a folder, in order."""
    return [_book(path) for path in numbered(folder).values()]


def pages(folder: Path) -> list[Book]:
    """The pages of the whole report that a brief names, in its order: the folder's own, else those that come with the report.

    A copy of a course has those it was given, and no others: it lacks the tasks that the others ask.
    """
    places = (folder,) if (folder / COPY).is_file() else (home(folder).workbooks, folder)
    found = {p.stem: p for where in places for p in beside(where)}
    return [_book(found[stem]) for stem in home(folder).meta.pages if stem in found]


def _book(path: Path) -> Book:
    cells = nbformat.read(path, as_version=4).cells
    prose = "\n\n".join(c.source for c in cells if c.cell_type == "markdown")
    title = re.search(r"^# (.+)$", prose, re.MULTILINE)
    after = prose[title.end() :] if title else prose
    summary = next((p for p in re.split(r"\n\s*\n", after.strip()) if p and p[0] not in "#*-|["), "")
    return Book(
        path=path,
        title=title[1].strip() if title else path.stem,
        summary=" ".join(summary.split()),
        time=_labelled(prose, "Time"),
        part=_labelled(prose, "Part of the report"),
        objectives=_objectives(prose),
    )


def _labelled(prose: str, label: str) -> str:
    found = re.search(rf"\*\*{label}:\*\* (.+?)(?=\*\*|\n|$)", prose)
    return found[1].strip() if found else ""


def _objectives(prose: str) -> tuple[str, ...]:
    found = re.search(r"After this chapter you can[^\n]*\n+((?:- .+(?:\n|$))+)", prose)
    return tuple(line[2:].strip().rstrip(";.") for line in found[1].strip().splitlines()) if found else ()

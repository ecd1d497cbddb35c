"""Which notebooks are part of a course: the package's chapters and pages, and the course's own that lie beside its plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.chapters import ordered
from tumen.core.files import shipped
from tumen.core.home import home

OWN_BOOK = re.compile(r"(?!assignment$)[A-Za-z0-9][A-Za-z0-9_-]{0,59}")  # the name of a notebook of the course's own


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
        raise Problem(f"{key} has no workbook {name!r}; {nearest(name, valid)}.")
    return found[0]


def passage_checked(entry, i: int, books: tuple[str, ...], folder: Path):
    """A passage of the course's own, with the workbook's full name; raises `Problem` where it has no words, or no place."""
    where = f"passage entry {i}"
    if bool(entry.text.strip()) == bool(entry.file):
        raise Problem(f"{where}: give either its text, or the file that holds it.")
    if not entry.words(folder):
        raise Problem(f"{where}: {entry.file} is empty.")
    return entry.model_copy(update={"workbook": workbook_named(entry.workbook, books, where)})

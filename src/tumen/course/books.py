"""Which notebooks are chapters of a course: the package's, and the course's own that lie beside its plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.files import shipped

OWN_BOOK = re.compile(r"(?!assignment$)[A-Za-z0-9][A-Za-z0-9_-]{0,59}")  # the name of a notebook of the course's own


def stems() -> tuple[str, ...]:
    """The workbooks of the package, in order."""
    return tuple(path.stem for path in sorted(shipped("workbooks").glob("*.ipynb")))


def own_stems(folder: Path) -> tuple[str, ...]:
    """The notebooks beside course.toml that may be chapters of the course, in order."""
    found = sorted(p.stem for p in folder.glob("*.ipynb") if OWN_BOOK.fullmatch(p.stem))
    return tuple(s for s in found if s not in stems())


def workbooks_of(given: Iterable[str], folder: Path) -> tuple[str, ...]:
    """The workbooks named, the package's and the course's own, in the order of their names; every one of the package where none is named.

    Raises `Problem` for a name that is none of them, and for one given twice.
    """
    given = tuple(given)
    if not given:
        return stems()
    every = tuple(sorted((*stems(), *own_stems(folder))))
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

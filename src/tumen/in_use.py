"""A table of evidence as the case in use puts it, kept in memory while its file stays as it is."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from tumen.core import Case, Problem
from tumen.core.case import CASE
from tumen.core.home import home
from tumen.core.using import case_in_use
from tumen.evidence.tables import Table, table


def current(name: str, case: Case | None = None) -> Table:
    """One table, as the case, the one a model runs under, or the working folder's case.toml puts it.

    Else it is the one in ./data of the working folder, or Tumen's own. No date applies: a model runs on the whole
    series. Raises `Problem` naming file, row and column.
    """
    folder = os.getcwd()  # noqa: PTH109 - a model asks hundreds of times a move; pathlib costs three times as much
    case = case or case_in_use() or _case_of(folder, _stamp(f"{folder}/{CASE}"))
    if case and name in case.data:
        base = case.path.parent if case.path else folder
        where = (case.data[name], case.title, case.path)
        return _kept(name, folder, where, _stamp(f"{base}/{case.data[name]}"))
    files = (f"{folder}/data/{name}.csv", f"{_own(folder)}/{name}.csv")
    return _kept(name, folder, None, tuple(map(_stamp, files)))


# A slider's every move runs the model; reading a table of 350 rows costs twenty times the run itself.
@lru_cache(maxsize=16)
def _kept(name: str, folder: str, replaced: tuple | None, stamps: tuple) -> Table:
    if replaced is None:
        return table(name, folder=Path(folder))
    file, title, path = replaced
    return table(name, case=Case(title=title, data={name: file}, path=path), folder=Path(folder))


@lru_cache(maxsize=4)
def _case_of(folder: str, stamp: tuple | None) -> Case | None:
    """The case.toml of a folder, or None where there is none or it cannot be used: the desk then says so."""
    from tumen.brief import models

    try:
        return Case.read(Path(folder) / CASE, models().values()) if stamp else None
    except Problem:
        return None


@lru_cache(maxsize=8)
def _own(folder: str) -> str:
    """The folder of the tables of the brief that is in use in a folder."""
    return str(home(folder).data)


def _stamp(path: str) -> tuple | None:
    """When a file was last changed and its size, None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size

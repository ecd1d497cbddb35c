"""A table of evidence as the case in use puts it, kept in memory while its file stays as it is."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from tumen.core import Case, Problem
from tumen.core.case import CASE, case_in_use
from tumen.core.home import home
from tumen.evidence.tables import Table, table


def current(name: str, case: Case | None = None, package: str = "") -> Table:
    """One table, as the case, the one a model runs under, or the working folder's case.toml puts it.

    Else it is the one in ./data of that case's folder, or the brief's own: of the `package` that asks where it carries
    one, so that a model reads its own tables wherever it runs. No date applies: a model runs on the whole series.
    Raises `Problem` naming file, row and column.
    """
    here = os.getcwd()  # noqa: PTH109 - a model asks hundreds of times a move; pathlib costs three times as much
    case = case or case_in_use() or _case_of(here, _stamp(f"{here}/{CASE}"))
    folder = str(case.path.parent.absolute()) if case and case.path else here
    own = _own(here, package)
    if case and name in case.data:
        where = (case.data[name], case.title, case.path)
        return _kept(name, folder, own, where, _stamp(f"{folder}/{case.data[name]}"))
    files = (f"{folder}/data/{name}.csv", f"{own}/{name}.csv")
    return _kept(name, folder, own, None, tuple(map(_stamp, files)))


# A slider's every move runs the model; reading a table of 350 rows costs twenty times the run itself.
@lru_cache(maxsize=16)
def _kept(name: str, folder: str, own: str, replaced: tuple | None, stamps: tuple) -> Table:
    if replaced is None:
        return table(name, folder=Path(folder), own=Path(own))
    file, title, path = replaced
    return table(name, case=Case(title=title, data={name: file}, path=path), folder=Path(folder), own=Path(own))


@lru_cache(maxsize=4)
def _case_of(folder: str, stamp: tuple | None) -> Case | None:
    """The case.toml of a folder, or None where there is none or it cannot be used: the session then says so."""
    from tumen.brief import models

    try:
        return Case.read(Path(folder) / CASE, models().values()) if stamp else None
    except Problem:
        return None


@lru_cache(maxsize=8)
def _own(folder: str, package: str) -> str:
    """The folder of the tables of a package's brief, else of the one that is in use in a folder."""
    return str(home(folder, package).data)


def _stamp(path: str) -> tuple | None:
    """When a file was last changed and its size, None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size

"""The tables of evidence that a model is given, each kept in memory while its file stays as it is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from tumen.core import Case
from tumen.core.home import tables_of
from tumen.core.own import Own, Tables
from tumen.evidence.tables import Table, table


def read(tables: Tables, name: str) -> Table:
    """One of the tables that a model is run on, whole, whatever the date of the evidence.

    It is the very same object for as long as its file stays as it is. Raises `Problem` naming file, row and column.
    """
    case = tables.cases.get(name)
    if case is None:
        own = tables_of(tables.package)
        return _kept(name, own, own, "", "", None, (_stamp(f"{own}/{name}.csv"),))
    path, given = str(case.path or ""), case.data.get(name)
    folder = os.path.dirname(path)  # noqa: PTH120 - asked hundreds of times a move; pathlib costs three times as much
    own = tables_of(tables.package, folder)
    files = (os.path.join(folder, given),) if given else (f"{folder}/data/{name}.csv", f"{own}/{name}.csv")  # noqa: PTH118
    return _kept(name, folder, own, path, case.title, given, tuple(map(_stamp, files)))


# A slider's every move runs the model; reading a table of 350 rows costs twenty times the run itself.
@lru_cache(maxsize=16)
def _kept(name: str, folder: str, own: str, path: str, title: str, given: Own | None, stamps: tuple) -> Table:
    case = Case(title=title, data={name: given} if given else {}, path=Path(path) if path else None)
    return table(name, case=case, folder=folder, own=Path(own))


def _stamp(path: str) -> tuple | None:
    """When a file was last changed and its size, None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def digest(tables: Tables, names: Iterable[str]) -> str:
    """A digest of all rows of some of the tables that a model is run on; empty for no table."""
    rows = [read(tables, name).rows for name in names]
    return hashlib.sha256(repr(rows).encode()).hexdigest() if rows else ""

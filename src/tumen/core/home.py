"""Where a brief lies: its folder of tables, its workbooks, and what its brief.toml says of the report."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import MISSING, field, fields
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from tumen.core.errors import Problem, nearest, shown
from tumen.core.frozen import frozen
from tumen.core.toml import read_toml

BRIEF = "brief.toml"  # stands beside the tables
OFFERED = "tumen.briefs"  # the entry points by which a package offers one
DEFAULT = "suh2002"  # the report that is read where neither a folder nor an installed brief names another


@frozen
class Meta:
    """What a brief.toml says of the report.

    `date` is the day it was written and `evidence_to` the last day that later evidence speaks of; `ids` is a regular
    expression for a claim's id whose part before the last hyphen is its paragraph, and `first` the paragraph a reader
    is shown first; `chapters` are modules, in order, of `package` (empty: files beside the brief.toml); `chains` names
    the lines of its argument by number, and `readings` the ways a premise may be joined, by name. `subject` is what its
    models are no evidence about, `pages` the notebooks beside the chapters, `memo` the chapter whose MEMO a reader writes, and `headings` the words over columns of
    its tables.
    """

    title: str
    author: str
    publisher: str
    date: dt.date
    link: str
    evidence_to: dt.date
    ids: str
    first: str
    chapters: tuple[str, ...] = ()
    package: str = ""
    subject: str = "the world"
    memo: str = ""
    pages: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    chains: Mapping[int, str] = field(default_factory=dict)
    readings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def month(self) -> str:
        """The month the report was written in, in words."""
        return f"{self.date:%B %Y}"

    @property
    def known(self) -> str:
        """Up to when its evidence speaks, in words."""
        return f"evidence to {self.evidence_to.year}"


@frozen
class Home:
    """Where a brief's tables and workbooks lie, and what it says of its report."""

    data: Path
    workbooks: Path
    meta: Meta = field(hash=False)


def home(folder: str | Path | None = None, package: str = "") -> Home:
    """The brief in use: of the nearest folder upwards with a brief.toml, else an installed one, else Tumen's own.

    A folder counts that holds the file itself or in its `data`. Of a `package` that carries a brief of its own it is
    that one, wherever one works. Raises `Problem` naming file and key.
    """
    found = _nearest(folder)
    if package and package != found.meta.package and package in _offered():
        return home_at(_of(package))
    return found


def _nearest(folder: str | Path | None) -> Home:
    # asked for at every table: pathlib costs three times as much, and the working folder's path is resolved already
    here = os.path.realpath(folder) if folder else os.getcwd()  # noqa: PTH109
    while True:
        for found in (f"{here}/{BRIEF}", f"{here}/data/{BRIEF}"):
            if os.path.isfile(found):  # noqa: PTH113
                return home_at(Path(found))
        above = os.path.dirname(here)  # noqa: PTH120
        if above == here:
            return home_at(_installed())
        here = above


@lru_cache(maxsize=16)
def tables_of(package: str, folder: str = "") -> str:
    """Where the tables of a package's own brief lie: of the brief in use in a folder where it is that package's.

    A package without a brief of its own has that of its files' folder; what is made in a notebook, the one in use.
    """
    if package in _offered():
        return str((home(folder, package) if folder else home_at(_of(package))).data)
    file = getattr(sys.modules.get(package), "__file__", None)
    return str(home(Path(file).parent if file else folder).data)


def home_at(path: Path) -> Home:
    """The brief of one brief.toml; raises `Problem` naming file and key."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _offered() -> dict:
    """What installed packages offer as briefs, by the name of the package, and Tumen's own report."""
    from importlib.metadata import distributions

    # `entry_points` takes the list of every installed package apart; few name a brief. Of one installed twice the first counts
    some = [d for d in distributions() if OFFERED in (d.read_text("entry_points.txt") or "")]
    return {DEFAULT: None} | {e.name: e for d in reversed(some) for e in d.entry_points if e.group == OFFERED}


@lru_cache(maxsize=8)
def _of(package: str) -> Path:
    """The brief.toml that a package offers."""
    entry = _offered()[package]
    return Path((entry.load() if entry else import_module(package).folder)()) / BRIEF


def _installed() -> Path:
    """The brief.toml of a brief that an installed package offers as an entry point, else of Tumen's own report."""
    others = sorted(set(_offered()) - {DEFAULT})
    if len(others) > 1:
        raise Problem(f"several briefs are installed ({', '.join(others)}); work in the folder of one of them.")
    return _of(others[0] if others else DEFAULT)


@lru_cache(maxsize=8)
def _read(path: Path, _stamp: int) -> Home:
    root = path.parent.parent if path.parent.name == "data" else path.parent
    workbooks = root / "workbooks"
    return Home(path.parent, workbooks if workbooks.is_dir() else root, _meta(path, read_toml(path)))


def _meta(path: Path, raw: dict) -> Meta:
    known = {f.name: f for f in fields(Meta)}
    for name in raw:
        if name not in known:
            raise Problem(f"{path.name}: {name!r} is not known here; {nearest(name, known)}.")
    wants = {
        "date": dt.date,
        "evidence_to": dt.date,
        "chapters": list,
        "chains": dict,
        "readings": dict,
        "headings": dict,
        "pages": list,
    }
    for name in known:
        if known[name].default is MISSING and known[name].default_factory is MISSING and name not in raw:
            raise Problem(f"{path.name} needs {name}.")
        kind = wants.get(name, str)
        if name in raw and not isinstance(raw[name], kind):
            said = {dt.date: "a date such as 2024-05-31", list: "a list", dict: "a table", str: "words in quotes"}[kind]
            raise Problem(f"{path.name}: {name} needs {said}; {shown(raw[name])} is none.")
    try:
        re.compile(raw["ids"])
        chains = {int(number): words for number, words in raw.get("chains", {}).items()}
    except (re.error, ValueError):
        raise Problem(f"{path.name}: ids needs a regular expression, and chains a number before each name.") from None
    return Meta(**raw | {name: tuple(raw.get(name, ())) for name in ("chapters", "pages")} | {"chains": chains})

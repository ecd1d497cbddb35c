"""What came back: hand-ins read as data and nothing else, from folders, zips and a learning platform's downloads.

Nothing is executed, unpickled or unpacked to disk. Names inside an archive are shown, never used as paths. Every file gets
an answer: a hand-in that can be marked, or a reason why not.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import shown_name
from tumen.course.archive import read_archive
from tumen.course.kinds import HEAD, ZIP, kind_of
from tumen.course.one_file import JUNK, MOST_FILES, Received, Refused, Seen, shown_place, single

MOST_FOLDERS_DEEP = 12


def read_hand_ins(place: str | Path) -> Iterator[Received | Refused]:
    """Every hand-in below a folder, in a zip, or in one file; each file is answered once, in the order of names.

    A folder may be plain, a platform's download unpacked, or nbgrader's submitted/. Links are not followed. Files of
    other kinds are passed over where a hand-in lies in the same folder, else listed. Raises `Problem` where there is no
    such place.
    """
    place = Path(place)
    if not place.exists():
        raise Problem(f"{place.name}: there is no such file or folder of hand-ins.")
    seen = Seen()
    if place.is_dir():
        yield from _folder(place, (), seen)
    else:
        yield from _file(place, (), seen)
    yield from _alone(seen)


# --- folders -------------------------------------------------------------------------------------


def _folder(folder: Path, above: tuple[str, ...], seen: Seen) -> Iterator[Received | Refused]:
    where = "/".join(map(shown_name, above)) or "."
    if len(above) > MOST_FOLDERS_DEEP:
        yield Refused(where, f"folders lie more than {MOST_FOLDERS_DEEP} deep here; what is below was not read.")
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted((e for e in entries if e.name.lower() not in JUNK), key=lambda e: e.name)
    except OSError as e:
        yield Refused(where, f"the folder cannot be read: {e.strerror}.")
        return
    for entry in found[:MOST_FILES]:
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(folder / entry.name, (*above, entry.name), seen)
        else:
            yield from _file(folder / entry.name, above, seen)
    if len(found) > MOST_FILES:
        first = shown_place((*above, found[MOST_FILES].name))
        yield Refused(
            first, f"this folder holds more than {MOST_FILES:,} files; this one and all after it were not read."
        )


def _file(path: Path, above: tuple[str, ...], seen: Seen) -> Iterator[Received | Refused]:
    """One file of a folder, opened so that a link is not followed and a pipe does not block."""
    where = shown_place((*above, path.name))
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        link = path.is_symlink()
        yield Refused(where, "a link to another file; links are not followed." if link else "it cannot be opened.")
        return
    with os.fdopen(handle, "rb") as f:
        info = os.fstat(f.fileno())
        if not stat.S_ISREG(info.st_mode):
            yield Refused(where, "this is no ordinary file.")
            return
        dated = datetime.fromtimestamp(max(0, info.st_mtime), UTC)
        head = f.read(HEAD)
        f.seek(0)
        if kind_of(head, path.name) == ZIP:
            yield from read_archive(f, (*above, path.name), seen, 1)
        else:
            yield from single(path.name, above, info.st_size, f.read, dated, seen)


def _alone(seen: Seen) -> Iterator[Refused]:
    """Files of other kinds with no hand-in in their folder, above it or below it; what was typed online, in one line."""
    for above, where, what in seen.beside:
        if not any(_related(above, good) for good in seen.good):
            yield Refused(where, f"this is {what}; no hand-in (hand-in-….json) lies beside it.")
    if seen.online:
        n = len(seen.online)
        more = f" (and {n - 1:,} more of its kind)" if n > 1 else ""
        yield Refused(seen.online[0], f"text typed into the platform{more} is never opened here; only files count.")


def _related(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two folders lie in one line, the place itself not counted: there hand-ins of many lie side by side."""
    n = min(len(one), len(other))
    return n > 0 and one[:n] == other[:n]

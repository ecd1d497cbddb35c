"""What came back: hand-ins read as data and nothing else, from folders, zips and a learning platform's downloads.

Nothing is executed, unpickled or unpacked to disk. Names inside an archive are shown, never used as paths. Every file gets
an answer: a hand-in that can be marked, or a reason why not.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import shown_name
from tumen.course.handed import LARGEST, HandIn, looks_like_one, read_text

MOST_FILES = 20_000  # in one folder of hand-ins, or in one archive
MOST_FOLDERS_DEEP = 12
MOST_ARCHIVES_DEEP = 2  # a platform's download holds a student's zip; no more
LARGEST_INNER = 60_000_000  # bytes of an archive inside an archive
MOST_READ = 1_000_000_000  # bytes unpacked from one archive, all members together
JUNK = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".ipynb_checkpoints", "timestamp.txt")
KINDS = {
    ".ipynb": "a notebook, which is never opened here",
    ".py": "a program, which is never run here",
    ".html": "a page, which is never opened here",
    ".htm": "a page, which is never opened here",
    ".pkl": "a pickle, which is never loaded here",
    ".pickle": "a pickle, which is never loaded here",
    ".pdf": "a PDF",
    ".docx": "a document",
}


@dataclass(frozen=True)
class Received:
    """One hand-in that can be read: where it was found, when the file is from, what is in it."""

    path: str
    dated: datetime | None
    hand_in: HandIn
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """One file that cannot be marked, and why; it stays where it is."""

    path: str
    reason: str


@dataclass
class _Seen:
    """What a walk has met: how many files, where hand-ins were, and other files that may turn out to lie beside one."""

    files: int = 0
    good: set[tuple[str, ...]] = field(default_factory=set)
    beside: list[tuple[tuple[str, ...], str]] = field(default_factory=list)


def read_hand_ins(place: str | Path) -> Iterator[Received | Refused]:
    """Every hand-in below a folder, in a zip, or in one file; each file is answered once, in the order of names.

    A folder may be plain, a platform's download unpacked, or nbgrader's submitted/. Links are not followed. Files of
    other kinds are passed over where a hand-in lies in the same folder, else listed. Raises `Problem` where there is no
    such place.
    """
    place = Path(place)
    if not place.exists():
        raise Problem(f"{place.name}: there is no such file or folder of hand-ins.")
    seen = _Seen()
    if place.is_dir():
        yield from _folder(place, (), seen)
    else:
        yield from _file(place, (), seen)
    yield from _alone(seen)


# --- folders -------------------------------------------------------------------------------------


def _folder(folder: Path, above: tuple[str, ...], seen: _Seen) -> Iterator[Received | Refused]:
    where = "/".join(map(shown_name, above)) or "."
    if len(above) > MOST_FOLDERS_DEEP:
        yield Refused(where, f"folders lie more than {MOST_FOLDERS_DEEP} deep here; what is below was not read.")
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda e: e.name)
    except OSError as e:
        yield Refused(where, f"the folder cannot be read: {e.strerror}.")
        return
    for entry in found:
        if entry.name.lower() in JUNK:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(folder / entry.name, (*above, entry.name), seen)
        else:
            yield from _file(folder / entry.name, above, seen)


def _file(path: Path, above: tuple[str, ...], seen: _Seen) -> Iterator[Received | Refused]:
    """One file of a folder, opened so that a link is not followed and a pipe does not block."""
    where = _where((*above, path.name))
    if (refused := _counted(where, seen)) is not None:
        yield from refused
        return
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
        if _suffix(path.name) == ".zip":
            yield from _archive(f, (*above, path.name), seen, 1)
        else:
            yield from _single(path.name, above, info.st_size, lambda: f.read(LARGEST + 1), dated, seen)


def _counted(where: str, seen: _Seen) -> list[Refused] | None:
    """One more file; past the most that are read, the first is told and the rest are passed over."""
    seen.files += 1
    if seen.files <= MOST_FILES:
        return None
    told = [Refused(where, f"there are more than {MOST_FILES:,} files; this one and all after it were not read.")]
    return told if seen.files == MOST_FILES + 1 else []


# --- one file, from wherever ------------------------------------------------------------------------


def _single(
    name: str, above: tuple[str, ...], size: int, read: Callable[[], bytes], dated: datetime | None, seen: _Seen
) -> Iterator[Received | Refused]:
    """A file that is no archive: read where it may be a hand-in, else noted as lying there."""
    where, kind = _where((*above, name)), _suffix(name)
    if kind not in ("", ".json", ".txt") and ".json" not in name.lower():
        seen.beside.append((above, f"{where}\0{KINDS.get(kind, 'a file of another kind')}"))
        return
    if size > LARGEST:
        yield Refused(where, f"the file is larger than a hand-in can be ({LARGEST // 1_000_000} MB).")
        return
    try:
        data = read()
    except Exception as e:  # zlib, lzma and bz2 each raise faults of their own for a damaged member
        yield Refused(where, f"it cannot be read: {_why(e)}.")
        return
    if kind != ".json" and not looks_like_one(data):
        seen.beside.append((above, f"{where}\0a file of another kind"))
        return
    try:
        hand_in = read_text(data)
    except Problem as e:
        if name.lower() == "answers.json":
            seen.beside.append((above, f"{where}\0the notebooks' own answers.json, damaged"))
        else:
            yield Refused(where, str(e))
        return
    if not hand_in.whole:  # answers.json as the notebooks keep it; beside a hand-in it says nothing new
        seen.beside.append((above, f"{where}\0the notebooks' own answers.json, which does not say whose it is"))
        return
    seen.good.add(above)
    yield Received(where, dated, hand_in, _tricks((*above, name)))


def _alone(seen: _Seen) -> Iterator[Refused]:
    """Files of other kinds with no hand-in in their folder, above it or below it."""
    for above, told in seen.beside:
        if any(_related(above, good) for good in seen.good):
            continue
        where, _, what = told.partition("\0")
        yield Refused(where, f"this is {what}; no hand-in (hand-in-….json) lies beside it.")


def _related(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two folders lie in one line, the place itself not counted: there hand-ins of many lie side by side."""
    n = min(len(one), len(other))
    return n > 0 and one[:n] == other[:n]


def _suffix(name: str) -> str:
    return Path(name.replace("\\", "/")).suffix.lower()


def _where(parts: tuple[str, ...]) -> str:
    return "/".join(map(shown_name, parts))


def _tricks(parts: tuple[str, ...]) -> tuple[str, ...]:
    """A flag where a name tries to lead elsewhere; it has led nowhere."""
    names = [piece for part in parts for piece in part.replace("\\", "/").split("/")]
    odd = ".." in names or any(p.startswith(("/", "\\")) or ":" in p for p in parts)
    return ("a name in the archive points outside it; only its content was read.",) if odd else ()


def _why(fault: Exception) -> str:
    words = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    return shown_name(words.rstrip("."), 100)


# --- archives --------------------------------------------------------------------------------------


def _archive(f, above: tuple[str, ...], seen: _Seen, depth: int) -> Iterator[Received | Refused]:
    """The members of a zip, each read in memory up to a limit; `f` is an open file."""
    where = _where(above)
    try:
        archive = zipfile.ZipFile(f)
        members = archive.infolist()
    except Exception as e:  # a damaged directory of members raises almost anything
        yield Refused(where, f"the zip cannot be read: {_why(e)}.")
        return
    if len(members) > MOST_FILES:
        yield Refused(where, f"the zip holds more than {MOST_FILES:,} files and was not read.")
        return
    if not any(not m.is_dir() for m in members):
        yield Refused(where, "the zip is empty.")
    left = [MOST_READ]
    with archive:
        for member in sorted(members, key=lambda m: m.filename):
            pieces = [p for p in member.filename.replace("\\", "/").split("/") if p not in ("", ".")]
            if member.is_dir() or not pieces or any(p.lower() in JUNK for p in pieces) or pieces[-1].startswith("._"):
                continue
            yield from _member(archive, member, (*above, *pieces[:-1]), pieces[-1], seen, depth, left)


def _member(archive, member, above, name, seen, depth, left) -> Iterator[Received | Refused]:
    where = _where((*above, name))
    if (refused := _counted(where, seen)) is not None:
        yield from refused
        return
    if member.flag_bits & 0x1:
        yield Refused(where, "it is locked with a password.")
        return
    inner = _suffix(name) == ".zip"
    most = LARGEST_INNER if inner else LARGEST

    def read() -> bytes:
        with archive.open(member) as f:
            data = f.read(most + 1)
        left[0] -= len(data)
        if left[0] < 0:
            raise ValueError("the archive unpacks to more than is read of one")
        return data

    if not inner:
        dated = _dated(member)
        yield from _single(name, above, member.file_size, read, dated, seen)
        return
    if depth >= MOST_ARCHIVES_DEEP:
        yield Refused(where, "a zip in a zip in a zip; send the hand-in file itself.")
        return
    try:
        data = read() if member.file_size <= most else b""
    except Exception as e:
        yield Refused(where, f"it cannot be read: {_why(e)}.")
        return
    if not data or len(data) > most:
        yield Refused(where, f"the zip inside is empty or larger than {most // 1_000_000} MB.")
        return
    yield from _archive(io.BytesIO(data), (*above, name), seen, depth + 1)


def _dated(member) -> datetime | None:
    """A member's date, in this machine's time as archives keep it."""
    try:
        return datetime(*member.date_time).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None

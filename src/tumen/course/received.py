"""What came back: hand-ins read as data and nothing else, from folders, zips and a learning platform's downloads.

Nothing is executed, unpickled or unpacked to disk. Names inside an archive are shown, never used as paths. Every file gets
an answer: a hand-in that can be marked, or a reason why not.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import shown_name
from tumen.course.file_kinds import DOCUMENT, HEAD, NAMED, ZIP, kind_of
from tumen.course.handed import LARGEST
from tumen.course.keeping import (
    JUNK,
    MOST_FILES,
    TOO_LARGE,
    Received,
    Refused,
    Seen,
    is_document,
    shown_place,
    single,
    tricky,
    why,
)
from tumen.course.zip_names import names_of

MOST_FOLDERS_DEEP = 12


def read_hand_ins(place: str | Path, people: Iterable[str] = ()) -> Iterator[Received | Refused]:
    """Every hand-in below a folder, in a zip, or in one file; each file is answered once, in the order of names.

    A folder may be plain, a platform's download unpacked, or nbgrader's submitted/. Links are not followed. Files of
    other kinds are passed over where a hand-in lies in the same folder, else listed. `people` are the class's names: by them
    the letters of a zip's names are told. Raises `Problem` where there is no such place.
    """
    place = Path(place)
    if not place.exists():
        raise Problem(f"{place.name}: there is no such file or folder of hand-ins.")
    seen = Seen(tuple(people))
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


# --- a zip that came back -------------------------------------------------------------------------

CUT = "the zip cannot be read: it was cut off or damaged; download it, or let it be sent, once more."
MOST_ARCHIVES_DEEP = 2  # a platform's download holds a student's zip; no more
LARGEST_INNER = 60_000_000  # bytes of an archive inside an archive
MOST_TIMES = 20  # an archive inside may unpack to so many times its packed size, and a megabyte: it is packed already
LARGEST_DIRECTORY = 8_000_000  # bytes of an archive's list of members: some tens of thousands of them
MOST_READ = 1_000_000_000  # bytes unpacked from one archive, all members together; archives inside count by themselves
MOST_INNER_FILES, MOST_INNER_READ = 1_000, 100_000_000  # the same of an archive inside: it is one student's
LARGEST_INNER_DIRECTORY = 1_000_000
LOCAL_HEADER = 30  # bytes at least between where a member begins and its data


def read_archive(f, above: tuple[str, ...], seen: Seen, depth: int) -> Iterator[Received | Refused]:
    """The members of a zip, each read in memory up to a limit; `f` is an open file."""
    where = shown_place(above)
    try:
        archive, members = opened(f, depth)
    except Problem as e:
        yield Refused(where, str(e))
        return
    except Exception as e:  # a damaged directory of members raises almost anything
        named = NAMED.get(Path(above[-1]).suffix.lower(), ZIP)
        if named != ZIP:  # a document that is no zip inside
            seen.beside.append((above[:-1], where, named))
            return
        cut = isinstance(e, zipfile.BadZipFile)
        yield Refused(where, CUT if cut else f"the zip cannot be read: {why(e)}.")
        return
    with archive:
        names = [m.filename for m in members]
        if is_document(names):
            seen.beside.append((above[:-1], where, DOCUMENT))
            return
        if all(m.is_dir() for m in members):
            yield Refused(where, "the zip is empty.")
        left = [MOST_READ if depth == 1 else MOST_INNER_READ]
        for name, member in sorted(zip(names_of(members, seen.people), members, strict=True), key=lambda pair: pair[0]):
            pieces = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".")]
            if member.is_dir() or not pieces or any(p.lower() in JUNK for p in pieces) or pieces[-1].startswith("._"):
                continue
            yield from _member(archive, member, (*above, *pieces[:-1]), pieces[-1], seen, depth, left)


def opened(f, depth: int = 1) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """The archive and its members; raises `Problem` where its list alone says that it should not be read."""
    if _directory(f) > (LARGEST_DIRECTORY if depth == 1 else LARGEST_INNER_DIRECTORY):
        raise Problem("the zip cannot be read: its list of files is far longer than a class needs.")
    archive = zipfile.ZipFile(f)
    members = archive.infolist()
    most = MOST_FILES if depth == 1 else MOST_INNER_FILES
    if len(members) > most:
        raise Problem(f"the zip holds more than {most:,} files and was not read.")
    if _overlap(members):
        raise Problem("the zip was not read: files in it lie on each other, so that it unpacks to more than it holds.")
    return archive, members


def _directory(f) -> int:
    """How many bytes the list of members says it has; the library reads all of it into memory when it opens a zip."""
    record = zipfile._EndRecData(f)  # no public name; it finds the record in the forms ZipFile itself does
    return record[zipfile._ECD_SIZE] if record else 0


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Whether two members lie on each other, by where each says it begins and how long it says its data are."""
    end = 0
    for start, length in sorted((m.header_offset, m.compress_size) for m in members):
        if start < end:
            return True
        end = start + LOCAL_HEADER + length
    return False


def _member(archive, member, above, name, seen, depth, left) -> Iterator[Received | Refused]:
    where = shown_place((*above, name))
    if member.flag_bits & 0x1:
        yield Refused(where, "it is locked with a password.")
        return
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        how = zipfile.compressor_names.get(member.compress_type, f"kind {member.compress_type}")
        yield Refused(
            where, f"it is packed as {how}, which is not read here; send an ordinary zip, or the file itself."
        )
        return
    if member.file_size > LARGEST and ".json" in name.lower():  # it says so itself, and is believed
        yield Refused(where, TOO_LARGE)
        return
    try:
        with archive.open(member) as f:
            head = f.read(HEAD)
            if kind_of(head, name) == ZIP:
                yield from _inner(f, head, member, (*above, name), seen, depth)
                return
            read = _bounded(f, head, member, left)
            odd = tricky((member.orig_filename,))
            yield from single(name, above, member.file_size, read, None, seen, odd)
    except zipfile.BadZipFile:
        yield Refused(where, "it cannot be read: it was damaged on its way; let it be sent once more.")
    except Exception as e:  # a member whose own header is damaged
        yield Refused(where, f"it cannot be read: {why(e)}.")


def _bounded(f, head: bytes, member, left: list[int]):
    """A function that reads a member on from its head, within what is left for the whole archive."""
    first = [head]

    def read(most: int) -> bytes:
        if first:
            return first.pop()
        left[0] -= min(most, member.file_size)
        if left[0] < 0:
            raise ValueError("the archive unpacks to more than is read of one")
        return f.read(most)

    return read


def _inner(f, head: bytes, member, above, seen, depth) -> Iterator[Received | Refused]:
    """An archive inside an archive: one student's, with limits of its own."""
    where = shown_place(above)
    if depth >= MOST_ARCHIVES_DEEP:
        yield Refused(where, "a zip in a zip in a zip; send the hand-in file itself.")
        return
    most = min(LARGEST_INNER, 1_000_000 + MOST_TIMES * member.compress_size)
    if member.file_size > most:
        yield Refused(where, f"the zip inside is larger than {LARGEST_INNER // 1_000_000} MB, or packed beyond reason.")
        return
    data = head + f.read(most + 1 - len(head))
    yield from read_archive(io.BytesIO(data), above, seen, depth + 1)

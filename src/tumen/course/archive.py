"""A zip that came back: its members are read in memory, up to limits; their names are shown and never used as paths."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

from tumen.course.handed import LARGEST
from tumen.course.one_file import JUNK, MOST_FILES, Received, Refused, Seen, shown_place, single, suffix, why

MOST_ARCHIVES_DEEP = 2  # a platform's download holds a student's zip; no more
LARGEST_INNER = 60_000_000  # bytes of an archive inside an archive
LARGEST_DIRECTORY = 8_000_000  # bytes of an archive's list of members: some tens of thousands of them
MOST_READ = 1_000_000_000  # bytes unpacked from one archive, all members together
MOST_INNER_FILES, MOST_INNER_READ = 1_000, 100_000_000  # the same of an archive inside: it is one student's


def read_archive(f, above: tuple[str, ...], seen: Seen, depth: int) -> Iterator[Received | Refused]:
    """The members of a zip, each read in memory up to a limit; `f` is an open file."""
    where = shown_place(above)
    try:
        if _directory(f) > LARGEST_DIRECTORY:
            raise ValueError("its list of files is far longer than a class needs")
        archive = zipfile.ZipFile(f)
        members = archive.infolist()
    except Exception as e:  # a damaged directory of members raises almost anything
        yield Refused(where, f"the zip cannot be read: {why(e)}.")
        return
    most, most_read = (MOST_FILES, MOST_READ) if depth == 1 else (MOST_INNER_FILES, MOST_INNER_READ)
    if len(members) > most:
        yield Refused(where, f"the zip holds more than {most:,} files and was not read.")
        return
    if not any(not m.is_dir() for m in members):
        yield Refused(where, "the zip is empty.")
    left = [most_read]
    with archive:
        for member in sorted(members, key=lambda m: m.filename):
            pieces = [p for p in member.filename.replace("\\", "/").split("/") if p not in ("", ".")]
            if member.is_dir() or not pieces or any(p.lower() in JUNK for p in pieces) or pieces[-1].startswith("._"):
                continue
            yield from _member(archive, member, (*above, *pieces[:-1]), pieces[-1], seen, depth, left)


def _directory(f) -> int:
    """How many bytes the list of members says it has; the library reads all of it into memory when it opens a zip."""
    record = zipfile._EndRecData(f)  # no public name; it finds the record in the forms ZipFile itself does
    return record[zipfile._ECD_SIZE] if record else 0


def _member(archive, member, above, name, seen, depth, left) -> Iterator[Received | Refused]:
    where = shown_place((*above, name))
    if member.flag_bits & 0x1:
        yield Refused(where, "it is locked with a password.")
        return
    inner = suffix(name) == ".zip"
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
        yield from single(name, above, member.file_size, read, dated, seen)
        return
    if depth >= MOST_ARCHIVES_DEEP:
        yield Refused(where, "a zip in a zip in a zip; send the hand-in file itself.")
        return
    try:
        data = read() if member.file_size <= most else b""
    except Exception as e:
        yield Refused(where, f"it cannot be read: {why(e)}.")
        return
    if not data or len(data) > most:
        yield Refused(where, f"the zip inside is empty or larger than {most // 1_000_000} MB.")
        return
    yield from read_archive(io.BytesIO(data), (*above, name), seen, depth + 1)


def _dated(member) -> datetime | None:
    """A member's date, in this machine's time as archives keep it."""
    try:
        return datetime(*member.date_time).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None

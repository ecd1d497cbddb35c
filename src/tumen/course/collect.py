"""Collecting from the class server: every student's hand-ins, each into a folder with the name of whose folder it lay in."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import shown_name
from tumen.course.file_kinds import HEAD
from tumen.course.handed import LARGEST, looks_like_one
from tumen.course.keeping import JUNK, MOST_FILES
from tumen.course.plan import HAND_INS, read_course
from tumen.course.received import MOST_FOLDERS_DEEP
from tumen.course.written import write_private

SERVER = "/srv/tumen/students"  # where `make hub` keeps them
MOST_OF_ONE = 200  # hand-ins kept of one student
NAME = re.compile(r"hand-in-[\w.@+() -]{1,150}\.json", re.IGNORECASE)
ENTER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW if hasattr(os, "O_NOFOLLOW") else 0
LOOK = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass
class Collected:
    """What a run of collecting did: where it lies, what is new, how many were there before, and what was passed over.

    `passed_over` are (student, file, why).
    """

    folder: Path
    written: list[Path] = field(default_factory=list)
    same: int = 0
    passed_over: list[tuple[str, str, str]] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


def collect(folder: str | Path, students: str | Path = SERVER) -> Collected:
    """Copy the hand-ins below a class server's folder of students into a course's handed-in/, a folder a student.

    Links are not followed; pipes and devices are not opened. What was collected before stays; the same file is not kept
    twice. Raises `Problem` where the course cannot be read or the server's folder is not there or closed.
    """
    course, students = read_course(folder), Path(students).resolve()
    out = Collected(Path(folder) / HAND_INS)
    if out.folder.is_symlink():
        raise Problem(f"{HAND_INS} is a link to another place; collecting writes only into the course's own folder.")
    try:
        top = os.open(students, ENTER)
    except OSError as e:
        raise Problem(
            f"the students' folders in {students} cannot be read ({e.strerror}); collect as root, on the machine of the class server."
        ) from None
    known = {s.id.lower() for s in course.students}
    try:
        for name in sorted(os.listdir(top)):  # noqa: PTH208 (of an open folder)
            before = len(out.written)
            _of_student(top, name, out)
            if known and name.lower() not in known and len(out.written) > before:
                out.strangers.append(name)
    finally:
        os.close(top)
    return out


def _of_student(top: int, name: str, out: Collected) -> None:
    for number, (data, dated, place) in enumerate(_hand_ins(top, name, out, name, ())):
        if number == MOST_OF_ONE:
            out.passed_over.append((name, place, f"more than {MOST_OF_ONE} hand-ins lie here; the rest was left."))
            return
        _keep(out, name, data, dated, place)


def _hand_ins(
    above: int, name: str, out: Collected, student: str, way: tuple[str, ...]
) -> Iterator[tuple[bytes, int, str]]:
    """The hand-ins below a student's folder: bytes, date and place. A folder is entered from the one above, never by its path,
    so that nothing a student moves meanwhile leads out of it."""
    where = "/".join(map(shown_name, way)) or "."
    if len(way) > MOST_FOLDERS_DEEP:
        out.passed_over.append((student, where, f"folders lie more than {MOST_FOLDERS_DEEP} deep here; not looked at."))
        return
    try:
        here = os.open(name, ENTER, dir_fd=above)
    except OSError as e:
        if not way:  # what lies beside the students' folders
            out.passed_over.append((student, ".", f"no folder, or closed ({e.strerror})."))
        return
    try:
        with os.scandir(here) as entries:
            found = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries if not _passed(e.name))
        for inner, is_folder in found[:MOST_FILES]:
            if is_folder:
                yield from _hand_ins(here, inner, out, student, (*way, inner))
            else:
                yield from _one(here, inner, out, student, "/".join(map(shown_name, (*way, inner))))
        if len(found) > MOST_FILES:
            out.passed_over.append((student, where, f"more than {MOST_FILES:,} files lie here; the rest was left."))
    finally:
        os.close(here)


def _passed(name: str) -> bool:
    """What is the system's or the server's own and none of a student's work: settings, the originals' link."""
    return name.startswith(".") or name.lower() in JUNK or name == "handed-out"


def _one(here: int, name: str, out: Collected, student: str, place: str) -> Iterator[tuple[bytes, int, str]]:
    try:
        kind = os.stat(name, dir_fd=here, follow_symlinks=False).st_mode
    except OSError:  # gone meanwhile
        return
    if not stat.S_ISREG(kind):
        what = "a link; links are not followed" if stat.S_ISLNK(kind) else "a pipe, a device or a socket; not opened"
        out.passed_over.append((student, place, f"{what}."))
        return
    try:
        file = os.open(name, LOOK, dir_fd=here)
    except OSError as e:
        out.passed_over.append((student, place, f"it cannot be opened ({e.strerror})."))
        return
    with os.fdopen(file, "rb") as f:
        info = os.fstat(f.fileno())
        if not stat.S_ISREG(info.st_mode):
            out.passed_over.append((student, place, "it became something else while it was looked at."))
            return
        data = f.read(HEAD)
        if not NAME.fullmatch(name) and not looks_like_one(data):
            return
        data += f.read(LARGEST + 1 - HEAD)
    if len(data) > LARGEST:
        out.passed_over.append((student, place, f"larger than a hand-in can be ({LARGEST // 1_000_000} MB)."))
    else:
        yield data, info.st_mtime_ns, place


def _keep(out: Collected, student: str, data: bytes, dated: int, place: str) -> None:
    """Write a hand-in under its own name, or beside another of that name; whose it is says the folder."""
    folder = out.folder / student
    _folder(out.folder)
    _folder(folder)
    name = place.rpartition("/")[2]
    stem = name.removesuffix(".json") if NAME.fullmatch(name) else "hand-in"
    number = 1
    while (goal := folder / f"{stem}{f' ({number})' if number > 1 else ''}.json").exists() or goal.is_symlink():
        if goal.is_file() and not goal.is_symlink() and goal.read_bytes() == data:
            out.same += 1
            return
        number += 1
    write_private(goal, data)
    os.utime(goal, ns=(dated, dated))
    _to_whoever_asked(goal)
    out.written.append(goal)


def _folder(path: Path) -> None:
    if not path.is_dir():
        path.mkdir(mode=0o750, parents=True)
        _to_whoever_asked(path)


def _to_whoever_asked(path: Path) -> None:
    """Give what sudo wrote to the one who typed it, who goes on to grade without."""
    if os.name == "posix" and os.geteuid() == 0 and os.environ.get("SUDO_UID", "").isdigit():
        os.chown(path, int(os.environ["SUDO_UID"]), int(os.environ.get("SUDO_GID") or -1), follow_symlinks=False)

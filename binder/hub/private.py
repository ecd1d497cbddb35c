"""What students must not read: no course's seed, keys, marks or class list is handed out, or lies open to their accounts."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tumen.core import Problem
from tumen.tasks.definitions import COPY

NOBODY = 65_534
PLAN = "course.toml"
# what a course's folder holds beside what is handed out: who takes part, every copy, keys, work and marks
KEPT = ("roster*", "built", "marked", "handed-in", "worked", "solutions", "zips", "nbgrader", "feedback", "gradebook*.csv",
        "canvas.csv", "moodle.csv", "marking-sheet*", "variants.csv", "issued.json", "adjust.csv", "whose.csv",
        "history.csv", "received", "markers.json", "moodle-worksheet.csv", "feedback-*.zip", "*.key", "*.pem")  # fmt: skip
MOST = 50_000  # files looked at


def check(content: Path, left_out: tuple[str, ...] = ()) -> None:
    """Raise `Problem` where students would be handed a course's secrets, or could read them where they lie.

    `left_out` are patterns of names that are not handed out.
    """
    content = content.resolve()
    built = (content / "students").is_dir() and not any(content.glob("*.ipynb"))
    if not built and (found := next(_secrets(content, left_out), "")):
        raise Problem(
            f"{content} holds {found}, which no student may read; take it out, or hand out what `tumen course build` "
            "made: CONTENT=COURSE/built."
        )
    above = [p for p in (content, *list(content.parents)[:3]) if (p / PLAN).is_file()]
    course = above[-1] if above else content
    if (above or built) and (seen := readable([p for p in _files(course) if p.is_file()])):
        raise Problem(
            f"students could read {seen[0]}, as their accounts are accounts of this machine; close the course's folder "
            f"to other accounts (chmod o= {course}) and start again."
        )


def _secrets(folder: Path, left_out: tuple[str, ...]) -> Iterator[str]:
    """What of a folder's content is no student's, in words."""
    for path in _files(folder, left_out):
        name = path.relative_to(folder).as_posix()
        if any(fnmatch(path.name.lower(), pattern) for pattern in KEPT):
            yield name
        if path.suffix.lower() == ".toml" and path.is_file():
            yield from (f"{name} with {what}" for what in _of_toml(path))


def _of_toml(path: Path) -> Iterator[str]:
    try:
        has = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return
    if "seed" in has:
        yield "a course's seed"
    if path.name == COPY and has.get("copy", "student") != "student":
        yield f"the {has['copy']} copy"
    elif path.name == COPY and has.get("student"):
        yield f"the copy of {has['student']} alone"


def _files(folder: Path, but: tuple[str, ...] = ()) -> Iterator[Path]:
    """The files and folders below a folder, without those so named; not more of them than any course has."""
    looked = 0
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not any(fnmatch(name, pattern) for pattern in but))
        for name in (*folders, *sorted(files)):
            looked += 1
            if looked > MOST:
                return
            if not any(fnmatch(name, pattern) for pattern in but):
                yield Path(above, name)


def readable(paths: list[Path]) -> list[str]:
    """Those of these files that an account without rights can read: root takes off its rights and tries."""
    groups, group, user = os.getgroups(), os.getegid(), os.geteuid()
    os.setgroups([])
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        return [str(path) for path in paths if os.access(path, os.R_OK, effective_ids=True)]
    finally:
        os.seteuid(user)
        os.setegid(group)
        os.setgroups(groups)

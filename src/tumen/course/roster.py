"""The class list: read as a roster, and written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import csv_text, harmless
from tumen.core.errors import shown
from tumen.core.frozen import frozen
from tumen.evidence.lines import rows_of

COLUMNS = ("id", "name", "email")
# what a platform knows a student by, as tumen course roster keeps it in further columns
KEYS = ("canvas id", "sis user id", "sis login id", "student id", "id number", "username", "section")
ID = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # names Windows keeps for itself
MOST = 20_000  # students
SPOILT = re.compile(r"[+-]?\d+([.,]\d+)?E[+-]?\d+", re.IGNORECASE)  # a long number as a spreadsheet shows it


@frozen
class Student:
    """One student; the id names folders and files and, with the seed, decides on the student's numbers.

    `keys` are those of `KEYS` by which a platform knows the student.
    """

    id: str
    name: str = ""
    email: str = ""
    keys: Mapping[str, str] = field(default_factory=dict, compare=False)


def is_id(text: str) -> bool:
    """Whether a text can stand as a student's id, and so as the name of a folder on any system."""
    return bool(ID.fullmatch(text)) and not RESERVED.fullmatch(text)


def first_few(ids: Iterable[str], most: int = 5) -> str:
    """Ids in a sentence, the first few by name."""
    ids = list(ids)
    more = len(ids) - most
    return ", ".join(ids[:most]) + (f" and {more:,} more" if more > 0 else "")


def read_roster(path: str | Path) -> tuple[Student, ...]:
    """The students of a table with the columns id, name, perhaps email and a platform's keys, in its order.

    A CSV file in any usual encoding, parted by commas, semicolons or tabs, or an xlsx; further columns are passed over.
    Raises `Problem` naming the file, the line and what would be valid.
    """
    path = Path(path)
    head, rows = rows_of(path, "there is no such file; roster in course.toml names it.")
    if "id" not in head:
        found = f"it has {', '.join(map(shown, filter(None, head[:6])))}; " if any(head) else ""
        raise Problem(
            f"{path.name}, line 1, needs the columns id and name; {found}tumen course roster FILE reads what a platform exports."
        )
    for column in COLUMNS:
        if head.count(column) > 1:
            raise Problem(f"{path.name}, line 1, has the column {column} twice.")
    out: list[Student] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        student = _student(row, f"{path.name}, line {line}")
        first = seen.setdefault(student.id.lower(), line)
        if first != line:
            raise Problem(f"{path.name}, line {line}: the id {student.id!r} stands already in line {first}.")
        out.append(student)
    if len(out) > MOST:
        raise Problem(f"{path.name} has {len(out):,} students; at most {MOST:,} can be built at once.")
    return tuple(out)


def _student(values: dict[str, str], where: str) -> Student:
    given = values.get("id", "")
    if not given:
        raise Problem(f"{where}: the id is empty.")
    if SPOILT.fullmatch(given):
        raise Problem(
            f"{where}: {shown(given)} is an id that a spreadsheet made a number of; set the column to Text before you open or "
            "paste the list, and save it again."
        )
    if not is_id(given):
        raise Problem(
            f"{where}: {shown(given)} cannot be an id, which names a folder: letters a to z, digits, - _ and a dot "
            "inside, at most 64, and no name that Windows keeps for itself."
        )
    keys = {key: values[key] for key in KEYS if values.get(key)}
    return Student(*(values.get(column, "") for column in COLUMNS), keys)


def roster_text(students: Iterable[Student]) -> str:
    """The text of a roster: id, name, e-mail address, and a column for each key that somebody has."""
    students = list(students)
    keys = [key for key in KEYS if any(key in s.keys for s in students)]
    rows = [[s.id, harmless(s.name), harmless(s.email), *(s.keys.get(k, "") for k in keys)] for s in students]
    return csv_text([[*COLUMNS, *keys], *rows], as_given=True)

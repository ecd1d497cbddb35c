"""The roster: who takes the course, one line of a CSV file each."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.errors import shown

COLUMNS = ("id", "name", "email")
ID = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # names Windows keeps for itself
MOST = 20_000  # students
LARGEST = 10_000_000  # bytes


@dataclass(frozen=True)
class Student:
    """One student; the id names folders and files and, with the seed, decides on the student's numbers."""

    id: str
    name: str = ""
    email: str = ""


def is_id(text: str) -> bool:
    """Whether a text can stand as a student's id, and so as the name of a folder on any system."""
    return bool(ID.fullmatch(text)) and not RESERVED.fullmatch(text)


def read_roster(path: str | Path) -> tuple[Student, ...]:
    """The students of a CSV file with the columns id, name and perhaps email, in its order.

    Commas or semicolons part the columns; further columns are passed over. Raises `Problem` naming the file,
    the line and what would be valid.
    """
    path = Path(path)
    rows = _rows(path)
    head = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    if "id" not in head:
        hint = f"; {nearest('id', head)}" if any(head) else ""
        raise Problem(f"{path.name}, line 1, needs the columns id and name{hint}.")
    for column in COLUMNS:
        if head.count(column) > 1:
            raise Problem(f"{path.name}, line 1, has the column {column} twice.")
    out: list[Student] = []
    seen: dict[str, int] = {}
    for line, cells in rows[1:]:
        values = {name: cells[head.index(name)].strip() for name in COLUMNS if _has(head, cells, name)}
        student = _student(values, f"{path.name}, line {line}")
        first = seen.setdefault(student.id.lower(), line)
        if first != line:
            raise Problem(f"{path.name}, line {line}: the id {student.id!r} stands already in line {first}.")
        out.append(student)
    if len(out) > MOST:
        raise Problem(f"{path.name} has {len(out):,} students; at most {MOST:,} can be built at once.")
    return tuple(out)


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """The lines that hold something, each with its number."""
    try:
        if path.stat().st_size > LARGEST:
            raise Problem(f"{path.name} is too large for a roster.")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Problem(f"{shown(path.name)}: there is no such file; roster in course.toml names it.") from None
    except (OSError, ValueError):  # no text in UTF-8, or no name of a file
        raise Problem(f"{shown(path.name)} cannot be read as UTF-8 text; save it as “CSV UTF-8”.") from None
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error as e:
        raise Problem(f"{path.name}, line {reader.line_num}, is no line of a CSV file: {e}.") from None


def _has(head: list[str], cells: list[str], name: str) -> bool:
    return name in head and head.index(name) < len(cells)


def _student(values: dict[str, str], where: str) -> Student:
    given = values.get("id", "")
    if not given:
        raise Problem(f"{where}: the id is empty.")
    if not is_id(given):
        raise Problem(
            f"{where}: {shown(given)} cannot be an id, which names a folder: letters a to z, digits, - _ and a dot "
            "inside, at most 64, and no name that Windows keeps for itself."
        )
    return Student(**values)

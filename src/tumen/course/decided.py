"""whose.csv: the instructor's own words on whose a file is, where the file and its place say two things."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.cells import harmless
from tumen.course.kinds import decoded
from tumen.course.plan import Course

FILE = "whose.csv"
NOBODY = "nobody"  # whose a file is that counts for no student, such as an instructor's own trial
LARGEST = 1_000_000  # bytes


def decided(folder: Path, course: Course) -> dict[str, str]:
    """The student each file of whose.csv belongs to, by the file's name as to-look-at.csv shows it; none without a file.

    Raises `Problem` naming the line where a student is not in the roster, or the columns file and student are missing.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    ids = {s.id.lower(): s.id for s in course.students}
    out = {}
    for line, row in enumerate(_rows(path), start=2):
        file, student = harmless((row.get("file") or "").strip()), (row.get("student") or "").strip()
        if not file and not student:
            continue
        if student.lower() == NOBODY and NOBODY not in ids:
            out[file] = NOBODY
            continue
        if student.lower() not in ids:
            raise Problem(f"{FILE}, line {line}: {student!r} is not in the roster; {nearest(student, ids.values())}.")
        out[file] = ids[student.lower()]
    return out


def _rows(path: Path) -> list[dict]:
    try:
        text = decoded(path.read_bytes()[:LARGEST])
    except (OSError, UnicodeDecodeError):
        raise Problem(f"{FILE} cannot be read as text; save it as “CSV UTF-8”.") from None
    first = text.partition("\n")[0]
    found = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    found.fieldnames = [name.strip().lower() for name in found.fieldnames or ()]
    if not {"file", "student"} <= set(found.fieldnames):
        raise Problem(f"{FILE}, line 1, needs the columns file and student.")
    return list(found)

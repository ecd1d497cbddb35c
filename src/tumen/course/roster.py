"""The class list: read as a roster, read from any platform's export, and written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import csv_text, harmless, plain_text
from tumen.core.errors import shown
from tumen.core.frozen import frozen
from tumen.evidence.lines import lines_of, rows_of

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


def listed(ids: Iterable[str], most: int = 5) -> str:
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


# --- a class list as a platform exports it --------------------------------------------------------

# headings by what they hold, in the languages platforms and registrars write them in
HEADINGS = {
    "id": ("id", "tumen id"),
    "name": ("student", "name", "full name", "student name", "이름", "성명", "氏名", "姓名", "nom complet"),
    "last": ("last name", "surname", "family name", "nachname", "familienname", "성", "nom", "apellidos", "姓"),
    "first": ("first name", "given name", "vorname", "prénom", "nombre", "名"),
    "email": ("email", "e-mail", "email address", "e-mail address", "e-mail-adresse", "이메일", "전자우편", "correo", "メール", "邮箱"),
    "student id": (
        "student id", "student number", "matrikelnummer", "matriculation number", "학번", "学号", "学籍番号", "studentnummer",
        "orgdefinedid", "org defined id",
    ),
    "id number": ("id number", "idnumber"),
    "username": ("username", "user name", "login", "benutzername", "anmeldename", "사용자명"),
    "canvas id": ("canvas id",),
    "sis user id": ("sis user id",),
    "sis login id": ("sis login id",),
    "section": ("section", "sections", "group", "groups", "gruppe", "분반"),
}  # fmt: skip
OF_ID = ("id", "sis user id", "student id", "id number", "username", "sis login id", "canvas id")  # the best first
FOOTER = re.compile(r"(total|sum|count|average|mean|summe|gesamt|anzahl|합계|총|평균)\b", re.IGNORECASE)
POINTS = re.compile(r"points possible", re.IGNORECASE)
TEST = re.compile(r"(student, test|test student)", re.IGNORECASE)


@dataclass
class Exported:
    """The students of an export, and a sentence for everything that was left out, made or cannot be told."""

    students: list[Student] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def read_export(path: str | Path) -> Exported:
    """The students of a platform's export or of any list; raises `Problem` where no column says who is who."""
    path = Path(path)
    lines = lines_of(path)
    if not lines:
        raise Problem(f"{path.name} is empty.")
    head = [plain_text(cell).strip() for cell in lines[0][1]]
    places = _places(head, path.name)
    out, rows = Exported(), []
    for line, cells in lines[1:]:
        row = {what: cells[at].strip() for what, at in places.items() if at < len(cells)}
        if why := _no_student(row, [c.strip() for c in cells if c.strip()]):
            out.said.append(f"line {line} was left out: {why}.")
        else:
            rows.append((line, row))
    _students(out, rows, path.name)
    _asked(out)
    return out


def _places(head: list[str], name: str) -> dict[str, int]:
    """Where each thing stands; Canvas calls its own number of a student ID."""
    found: dict[str, int] = {}
    for at, heading in enumerate(head):
        what = next((w for w, words in HEADINGS.items() if heading.lower() in words), "")
        if what and what not in found:
            found[what] = at
    canvas = head and head[0].lower() == "student" and "id" in found
    if canvas:
        found["canvas id"] = found.pop("id")
    if not any(key in found for key in (*OF_ID, "email")):
        has = ", ".join(map(shown, filter(None, head[:8])))
        raise Problem(
            f"{name}: no column says who is who: it has {has}, and looked for are id, SIS User ID, Student ID, ID number, Username, "
            "학번, Matrikelnummer or Email."
        )
    return found


def _no_student(row: dict[str, str], cells: list[str]) -> str:
    """Why a line is no student; "" where it may be one."""
    first = cells[0]
    if POINTS.match(first):
        return "it gives the points possible"
    if TEST.fullmatch(row.get("name", "")) and not row.get("sis user id"):
        return "it is the platform's test student"
    if len(cells) == 1 and FOOTER.match(first):
        return f"{shown(first)} is no student"
    return ""


def _students(out: Exported, rows: list[tuple[int, dict[str, str]]], name: str) -> None:
    """Fill in the students, one for each id, with every section."""
    by_id: dict[str, Student] = {}
    made = []
    for line, row in rows:
        given = next((row[key] for key in OF_ID if row.get(key) and is_id(row[key].removeprefix("#"))), "")
        for key in OF_ID:
            if SPOILT.fullmatch(row.get(key, "")):
                raise Problem(
                    f"{name}, line {line}: {shown(row[key])} is an id that a spreadsheet made a number of; export the list anew, and "
                    "if you open it in between, set the column to Text first."
                )
        address = row.get("email") or next((row[key] for key in OF_ID if "@" in row.get(key, "")), "")
        if not given and not address:
            out.said.append(f"line {line} was left out: it has no id and no e-mail address.")
            continue
        called = row.get("name") or " ".join(filter(None, (row.get("first"), row.get("last"))))
        keys = {key: row[key] for key in KEYS if row.get(key)}
        student = Student(given.removeprefix("#") or _made(address, by_id), called, address, keys)
        if not given:
            made.append(student)
        before = by_id.get(student.id.lower())
        if before is not None:
            if (before.name, before.email) != (called, address):
                raise Problem(
                    f"{name}, line {line}: the id {student.id!r} stands there already, for somebody of another name."
                )
            sections = dict.fromkeys(filter(None, (before.keys.get("section"), row.get("section"))))
            student = Student(before.id, called, address, {**before.keys, **keys, "section": "; ".join(sections)})
            out.said.append(f"{student.id} stands there twice; it is one student, in {' and '.join(sections)}.")
        by_id[student.id.lower()] = student
    out.students = list(by_id.values())
    if made:
        who = ", ".join(s.name or s.email for s in made[:8]) + (" and others" if len(made) > 8 else "")
        out.said.append(
            f"no id stands beside {who}: Tumen made one of the e-mail address, which stays the key to the platform."
        )


def _made(address: str, taken) -> str:
    """An id made of an e-mail address, of nobody else's."""
    base = re.sub(r"[^A-Za-z0-9_-]+", "-", address.partition("@")[0]).strip("-_")[:50] or "student"
    name, n = base if is_id(base) else f"s-{base}", 2
    start = name
    while name.lower() in taken:
        name, n = f"{start}-{n}", n + 1
    return name


def _asked(out: Exported) -> None:
    """What only the instructor can tell: people called alike, and ids that differ in zeros before them."""
    alike = [name for name, n in Counter(s.name for s in out.students if s.name).items() if n > 1]
    if alike:
        out.said.append(
            f"{', '.join(map(shown, alike))}: several students are called so; they are told apart by their keys."
        )
    out.said += zeros_lost(out.students)


def zeros_lost(students) -> list[str]:
    """A question for every two ids that differ in zeros at their head, as a spreadsheet takes them away."""
    first: dict[str, str] = {}
    out = []
    for s in students:
        if not s.id.isdigit():
            continue
        other = first.setdefault(s.id.lstrip("0"), s.id)
        if other != s.id:
            out.append(
                f"{other} and {s.id} differ in zeros only: is it the same person, after a spreadsheet took them away?"
            )
    return out

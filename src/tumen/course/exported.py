"""A class list as a platform or a registrar exports it, in any language: who is a student, and what was left out or made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from tumen.core import Problem
from tumen.core.cells import plain_text
from tumen.core.errors import shown
from tumen.course.headings import FOOTER, GROUP, POINTS, STUDENTS, TEST, known, what_holds
from tumen.course.names_alone import headed, students_by_name
from tumen.course.roster import KEYS, SPOILT, Student, is_id
from tumen.course.still_there import still_there
from tumen.evidence.lines import lines_of, same_width

OF_ID = ("id", "sis user id", "student id", "id number", "username", "sis login id", "canvas id")  # the best first
NUMBER = re.compile(r"[-+]?[\d.,\s]+%?")


@dataclass
class Exported:
    """The students of an export, and a sentence for everything that was left out, made or cannot be told."""

    students: list[Student] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def read_export(path: str | Path) -> Exported:
    """The students of a platform's export or of any list; where it has names alone, with ids made of them.

    Raises `Problem` where no column says who is who, where a line has more cells than headings, and where nobody is left.
    """
    path = Path(path)
    lines = lines_of(path, known=known)
    if not lines:
        raise Problem(f"{path.name} is empty.")
    lines, said = headed(lines)
    out, at = Exported(said=said), _heading_at(lines)
    head = [_plain(cell) for cell in lines[at][1]]
    places = _places(head, path.name)
    out.said += [f"line {n} above the headings was passed over: {_shown(cells)}." for n, cells in lines[:at]]
    rows = []
    for line, cells in lines[at + 1 :]:
        cells = [_plain(cell) for cell in cells]
        if why := _no_row(cells, head):
            out.said.append(f"line {line} was left out: {why}.")
            continue
        same_width(path.name, line, cells, head)
        row = {what: cells[at] for what, at in places.items() if at < len(cells)}
        row |= {key: _unquoted(row[key]) for key in OF_ID if key in row}
        row = {what: text for what, text in row.items() if text}
        row["name"] = _called(row, places)
        if TEST.fullmatch(row["name"]) and not row.get("sis user id"):
            out.said.append(f"line {line} was left out: it is the platform's test student.")
        else:
            rows.append((line, row))
    rows = still_there(out.said, _of_students(out, _without_points(out, rows)))
    if any(key in places for key in (*OF_ID, "email")):
        _students(out, rows, path.name)
        _asked(out)
    else:
        out.students = students_by_name(out.said, rows)
    if not out.students:
        why = f": {out.said[0]}" if out.said else "; below its headings stands nothing."
        raise Problem(f"{path.name} holds no student{why}")
    return out


def _plain(cell: str) -> str:
    return " ".join(plain_text(cell).split())


def _unquoted(text: str) -> str:
    """A cell without what keeps a spreadsheet from making a number of it."""
    found = re.fullmatch(r'="(.*)"|\'(.*)', text)
    return (found[1] or found[2] or "").strip() if found else text


def _shown(cells: list[str]) -> str:
    return shown(" ".join(filter(None, map(_plain, cells))))


def _heading_at(lines) -> int:
    """Which line holds the headings: the first with most of those that are known, below lines of title and term."""
    met = [known(cells) for _, cells in lines[:20]]
    return met.index(max(met))


def _places(head: list[str], name: str) -> dict[str, int]:
    """Where each thing stands; Canvas calls its own number of a student ID."""
    found: dict[str, int] = {}
    for at, heading in enumerate(head):
        what = what_holds(heading)
        if what and what not in found:
            found[what] = at
    if head and head[0].lower() == "student" and "id" in found:
        found["canvas id"] = found.pop("id")
    if not any(key in found for key in (*OF_ID, "email", "name", "last", "first")):
        has = ", ".join(map(shown, filter(None, head[:8])))
        raise Problem(
            f"{name}: no column says who is who: it has {has}, and looked for are id, SIS User ID, Student ID, ID number, Username, "
            "학번, Matrikelnummer, Email or Name; where the list has no such heading, write a first line such as id,name,email."
        )
    return found


def _called(row: dict[str, str], places: dict[str, int]) -> str:
    """A student's name; where a list has Name beside Vorname, or 성 beside 이름, the one is a part of it."""
    last, first = row.get("last", ""), row.get("first", "")
    whole = row.get("name", "")
    if "name" in places and ("last" in places) != ("first" in places):
        first, last, whole = (first, whole, "") if "first" in places else (whole, last, "")
    return whole or " ".join(filter(None, (first, last)))


def _no_row(cells: list[str], head: list[str]) -> str:
    """Why a line is no student, by its cells alone; "" where it may be one."""
    filled = [c for c in cells if c]
    first = filled[0]
    if POINTS.match(first):
        return "it gives the points possible"
    if FOOTER.match(first) and all(NUMBER.fullmatch(c) for c in filled[1:]):
        return f"{shown(first)} is no student"
    if len(filled) == 1 and len(list(filter(None, head))) > 1 and GROUP.match(first):
        return f"{shown(first)} is the heading of a group"
    if len(filled) > 1 and known(filled) > 1 and known(filled) == known(head):
        return "it repeats the headings"
    return ""


def _without_points(out: Exported, rows: list) -> list:
    """The rows without numbers that pandas wrote as 710001.0, where the whole column is written so."""
    for key in OF_ID:
        cells = [row[key] for _, row in rows if key in row]
        if cells and all(re.fullmatch(r"\d+\.0", c) for c in cells):
            out.said.append(
                f"{cells[0]} and the other numbers of its column are read without .0, such as {cells[0][:-2]}."
            )
            for _, row in rows:
                row.update({key: row[key][:-2]} if key in row else {})
    return rows


def _of_students(out: Exported, rows: list) -> list:
    """The rows but for those whose role says that they teach or look on; all where none says it is a student's."""
    if not any("role" in row and STUDENTS.search(row["role"]) for _, row in rows):
        return rows
    for line, row in rows:
        if not STUDENTS.search(row.get("role", "")):
            out.said.append(
                f"line {line} was left out: {shown(row['name'] or 'it')} has the role {shown(row['role'])}."
            )
    return [(line, row) for line, row in rows if STUDENTS.search(row.get("role", ""))]


def _students(out: Exported, rows: list[tuple[int, dict[str, str]]], name: str) -> None:
    """Fill in the students, one for each id, with every section."""
    by_id: dict[str, Student] = {}
    made, written = {}, {}  # students whose id is made, by what it is made of
    taken = {given.lower() for _, row in rows for given in filter(is_id, _ids(row))}
    for line, row in rows:
        for key in OF_ID:
            if SPOILT.fullmatch(row.get(key, "")):
                raise Problem(
                    f"{name}, line {line}: {shown(row[key])} is an id that a spreadsheet made a number of; export the list anew, and "
                    "if you open it in between, set the column to Text first."
                )
        ids = _ids(row)
        given = next(filter(is_id, ids), "")
        address = row.get("email") or next((i for i in ids if "@" in i), "")
        if not ids and not address:
            who = f" ({row['name']})" if row["name"] else ""
            out.said.append(f"line {line}{who} was left out: it has no id and no e-mail address.")
            continue
        some, of = (made, address) if address else (written, ids[0])
        if not given:
            given = some[of.casefold()].id if of.casefold() in some else _made(of.partition("@")[0], taken)
            taken.add(given.lower())
        else:
            some = None
        student = Student(given, row["name"], address, {key: row[key] for key in KEYS if key in row})
        if given.lower() in by_id:
            student = _twice(out, by_id[given.lower()], student, f"{name}, line {line}")
        by_id[given.lower()] = student
        if some is not None:
            some[of.casefold()] = student
    out.students = list(by_id.values())
    if made:
        out.said.append(
            f"no id stands beside {_names(made.values())}: Tumen made one of the e-mail address, which stays the key to the platform."
        )
    if written:
        out.said.append(
            f"no folder can be named by the number of {_names(written.values())}: Tumen made an id of it, and it stays the key to the platform."
        )


def _ids(row: dict[str, str]) -> list[str]:
    return [normalize("NFKC", row[key]).removeprefix("#") for key in OF_ID if key in row]


def _names(students: Iterable[Student]) -> str:
    students = list(students)
    return ", ".join(s.name or s.email or s.id for s in students[:8]) + (" and others" if len(students) > 8 else "")


def _twice(out: Exported, before: Student, again: Student, where: str) -> Student:
    """One student of two lines; raises `Problem` where they name two people."""
    apart = _same(before.name) != _same(again.name) or (
        before.email and again.email and before.email.casefold() != again.email.casefold()
    )
    if apart:
        raise Problem(f"{where}: the id {again.id!r} stands there already, for somebody of another name.")
    sections = dict.fromkeys(filter(None, (before.keys.get("section"), again.keys.get("section"))))
    said = f"it is one student, in {' and '.join(sections)}" if sections else "it is one student and counts once"
    out.said.append(f"{before.id} stands there twice; {said}.")
    keys = {**before.keys, **again.keys, **({"section": "; ".join(sections)} if sections else {})}
    return Student(before.id, before.name, before.email or again.email, keys)


def _same(name: str) -> list[str]:
    return sorted(re.findall(r"\w+", name.casefold()))


def _made(of: str, taken) -> str:
    """An id made of an e-mail address's name or of a number, of nobody else's."""
    base = re.sub(r"[^A-Za-z0-9_-]+", "-", of).strip("-_")[:50] or "student"
    name, n = base if is_id(base) else f"s-{base}", 2
    start = name
    while name.lower() in taken:
        name, n = f"{start}-{n}", n + 1
    return name


def _asked(out: Exported) -> None:
    """What only the instructor can tell: people called alike, one address of two, ids that differ in zeros before them."""
    alike = [name for name, n in Counter(s.name for s in out.students if s.name).items() if n > 1]
    if alike:
        out.said.append(
            f"{', '.join(map(shown, alike))}: several students are called so; they are told apart by their keys."
        )
    shared = [a for a, n in Counter(s.email.casefold() for s in out.students if s.email).items() if n > 1]
    for address in shared:
        who = " and ".join(s.id for s in out.students if s.email.casefold() == address)
        out.said.append(f"{shown(address)} stands beside {who}: is it the same person?")
    out.said += zeros_lost(out.students)


def zeros_lost(students: Iterable[Student]) -> list[str]:
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

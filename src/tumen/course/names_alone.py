"""A class list of names alone: whether a list without headings is one, and ids that are made of names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from unicodedata import combining, normalize

from tumen.core.cells import plain_text
from tumen.core.errors import shown
from tumen.course.headings import known
from tumen.course.roster import KEYS, Student, is_id
from tumen.evidence.sheets import Lines

PERSON = re.compile(r"[^\W\d_]+\.?(?:[ '’.·-]+[^\W\d_]+\.?){0,6}")
ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
BOTH = re.compile(rf"(?P<name>[^<>@]*?)\s*<(?P<address>{ADDRESS.pattern})>")  # as a mail program writes one
NUMBERED = re.compile(r"\d{1,4}[.)]\s*|[-*•]\s+")  # before the names of a list that somebody typed
# letters that no mark can be taken from
PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n"}
)


def headed(lines: Lines) -> tuple[Lines, list[str]]:
    """The lines of a class list, below a heading of our own where each is one name or one address, and what was done."""
    if any(known(cells) for _, cells in lines[:20]):
        return lines, []
    texts = [(n, _one(cells)) for n, cells in lines]
    for pattern, head, what in ((PERSON, ["Name"], "name"), (ADDRESS, ["Email"], "e-mail address")):
        if all(pattern.fullmatch(text) for _, text in texts):
            ends = f"from {shown(texts[0][1])} to {shown(texts[-1][1])}"
            made = [(0, head), *((n, [text]) for n, text in texts)]
            return made, [f"the list has no headings: every line was read as one {what}, {ends}."]
    pairs = [(n, BOTH.fullmatch(text)) for n, text in texts]
    if all(found for _, found in pairs):
        made = [(0, ["Name", "Email"])] + [
            (n, [found["name"].strip("\"' "), found["address"]]) for n, found in pairs if found
        ]
        return made, ["the list has no headings: every line was read as one name with its e-mail address."]
    return lines, []


def _one(cells: list[str]) -> str:
    """The one text of a line, of Last, First too; "" where it has more cells than that."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    last = len(cells) == 2 and cells[1].startswith(" ")
    text = f"{cells[1]} {cells[0]}" if last else cells[0] if len(cells) == 1 else ""
    return NUMBERED.sub("", " ".join(plain_text(text).split()), count=1)


def id_of_name(name: str, taken: Iterable[str]) -> str:
    """An id made of a name: its plain letters, else (in other letters) a mark of it; of nobody who is among `taken`."""
    plain = normalize("NFKD", normalize("NFKC", name).casefold().translate(PLAIN))
    plain = "".join(c for c in plain if not combining(c))
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-")
    if not base or any(c.isalpha() and not c.isascii() for c in plain):
        base = "s-" + sha256(normalize("NFKC", name).casefold().encode()).hexdigest()[:8]
    base = base if is_id(base) else f"s-{base}"
    out, n = base, 2
    while out.lower() in taken:
        out, n = f"{base}-{n}", n + 1
    return out


def students_by_name(said: list[str], rows: list[tuple[int, dict[str, str]]]) -> list[Student]:
    """The students of a list of names alone, one a line and never two under one id; what was made is told in `said`."""
    taken: set[str] = set()
    lines, out = [], []
    for line, row in rows:
        if not row["name"]:
            said.append(f"line {line} was left out: it has no name.")
            continue
        student = Student(id_of_name(row["name"], taken), row["name"], keys={k: row[k] for k in KEYS if k in row})
        taken.add(student.id.lower())
        lines.append(line)
        out.append(student)
    if out:
        said.append(
            f"the list has names alone: Tumen made an id of each, such as {out[0].id} of {shown(out[0].name)}; by the name alone marks "
            "find their way back to a platform, so take its own list, with ids or e-mail addresses, where there is one."
        )
    said.extend(_namesakes(lines, out))
    return out


def _namesakes(lines: list[int], students: list[Student]) -> list[str]:
    """A question for every name that several lines give, or of which several ids would be one."""
    by_base: dict[str, list[tuple[int, Student]]] = {}
    for line, s in zip(lines, students, strict=True):
        by_base.setdefault(id_of_name(s.name, ()), []).append((line, s))
    out = []
    for same in by_base.values():
        if len(same) > 1:
            where = ", ".join(str(line) for line, _ in same)
            ids = ", ".join(s.id for _, s in same)
            out.append(
                f"{shown(same[0][1].name)} stands in lines {where}, read as {len(same)} students ({ids}): strike out a line that is the same "
                "person, and keep this order, as the ids follow it."
            )
    return out

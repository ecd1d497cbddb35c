"""Whose hand-in is it, and which of several counts: by what a file says, with what its name and folder say beside it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import permutations

from tumen.core import nearest
from tumen.course.received import Received
from tumen.course.roster import Student, is_id

AGAIN = re.compile(r"( ?\(\d+\)|-\d+)$")  # what a browser or a platform adds to the name of a second file
NEVER = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass
class Chosen:
    """The hand-in of a student that counts, and what there is to say about it and the others."""

    student: str
    received: Received
    flags: list[str] = field(default_factory=list)


class Names:
    """The students of a roster by what a platform's download may call them."""

    def __init__(self, students: Iterable[Student]):
        self.ids = {s.id.lower(): s.id for s in students}
        self._named: dict[str, str | None] = {}
        for s in students:
            words = _words(s.name)
            for order in {"".join(p) for p in permutations(words)} if 0 < len(words) <= 4 else ():
                self._named[order] = None if self._named.get(order, s.id) != s.id else s.id

    def hint(self, path: str, course: str) -> str:
        """The student whose folder or file name a path shows first, "" where it shows none.

        The platform names the outer folders and begins a file's name; what comes after is named by whoever handed in.
        """
        return next((s for part in path.split("/") for s in self._shown(part, course) if s), "")

    def _shown(self, part: str, course: str) -> Iterator[str | None]:
        """The students one piece of a path may show, the surer first."""
        yield self.ids.get(part.lower())
        if m := re.match(r"([^_]+)_(?:LATE_)?\d+_", part):
            yield self._named.get("".join(_words(m[1])))
        if m := re.search(rf"hand-in-{re.escape(course)}-(.+)\.json", part, re.IGNORECASE):
            stem = m[1].lower()
            yield self.ids.get(stem) or self.ids.get(AGAIN.sub("", stem))


def _words(name: str) -> list[str]:
    """The words of a name in small letters; an archive made on a Mac writes é as two signs."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", name).lower())


def choose(received: Iterable[Received], names: Names, course: str) -> tuple[dict[str, Chosen], list[tuple[str, str]]]:
    """For each student the hand-in that counts: the last made. And every other file with what became of it."""
    by_student: dict[str, list[tuple[Received, str]]] = {}
    notes: list[tuple[str, str]] = []
    spelt: dict[str, str] = {}
    for one in received:
        hint = names.hint(one.path, course)
        student, trouble = _named(one, hint, names, course)
        if trouble:
            notes.append((one.path, trouble))
        if student:
            student = spelt.setdefault(student.lower(), student)  # without a roster, Ann and ann are one
            by_student.setdefault(student, []).append((one, hint))
    chosen = {}
    for student, several in by_student.items():
        chosen[student], others = _last(student, several)
        notes += others
    return chosen, notes


def _named(one: Received, hint: str, names: Names, course: str) -> tuple[str, str]:
    """The student a hand-in belongs to, or why it belongs to none."""
    said = one.hand_in.student
    if one.hand_in.course != course:
        return "", f"this hand-in is for the course ‘{one.hand_in.course}’, not for ‘{course}’; it was not marked."
    if not names.ids:
        return (said or hint or _loose(one.path)), ""
    if not said:
        return hint, "" if hint else "the hand-in does not say whose it is, and its name and folder do not either."
    if said.lower() not in names.ids:
        near = nearest(said, names.ids.values())
        return "", f"the student ‘{said}’ is not in the roster ({near}); it was not marked."
    return names.ids[said.lower()], ""


def _loose(path: str) -> str:
    """A name for a hand-in without a roster: its place, as letters that can name a file; two places give two names."""
    stem = path.removesuffix(".json")
    if is_id(stem):
        return stem
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-_")[-50:].lstrip("-_") or "hand-in"
    return f"{plain}-{hashlib.sha256(path.encode('utf-8')).hexdigest()[:6]}"


def _last(student: str, several: list[tuple[Received, str]]) -> tuple[Chosen, list[tuple[str, str]]]:
    """The last made of one student's hand-ins; one from another student's folder counts only where there is no other."""
    own = [pair for pair in several if pair[1] in ("", student)] or several
    one, hint = max(own, key=lambda pair: _when(pair[0]))
    chosen, notes = Chosen(student, one, list(one.flags)), []
    if hint not in ("", student):
        chosen.flags.append(f"it says it is {student}'s, and lies where {hint}'s belongs.")
    for other, whose in several:
        if other is one:
            continue
        if whose not in ("", student):
            notes.append(
                (other.path, f"{student}'s hand-in, in the place of {whose}; {one.path} counts for {student}.")
            )
        elif other.hand_in == one.hand_in:
            notes.append((other.path, f"the same as {one.path}; it counts once."))
        else:
            notes.append((other.path, f"an earlier hand-in of {student}; the last made, {one.path}, counts."))
    if earlier := sum(other is not one for other, _ in own):
        chosen.flags.append(f"{earlier + 1} hand-ins came; the last made counts.")
    return chosen, notes


def _when(one: Received) -> tuple:
    return (one.hand_in.made or NEVER, one.dated or NEVER, one.path)


def shared_answers(chosen: Mapping[str, Chosen], keys: Iterable[str], least: int = 200) -> list[tuple[str, str, str]]:
    """Pairs of students with word for word the same long text: (task, one student, another). It proves nothing."""
    seen: dict[tuple[str, str], str] = {}
    out = []
    for key in keys:
        for student, one in chosen.items():
            given = one.received.hand_in.answers.get(key)
            words = " ".join(given.value.split()) if given and isinstance(given.value, str) else ""
            if len(words) >= least:
                first = seen.setdefault((key, words), student)
                if first != student:
                    out.append((key, first, student))
    return out

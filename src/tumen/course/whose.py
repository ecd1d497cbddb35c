"""Whose hand-in is it, and which of several counts: by what a file says, with what its name and folder say beside it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from types import MappingProxyType

from tumen.core import Problem, nearest
from tumen.core.cells import harmless
from tumen.course.handed import HandIn
from tumen.course.lateness import told, wrong_clock
from tumen.course.plan import Course
from tumen.course.received import Received
from tumen.course.roster import Student, is_id
from tumen.evidence.lines import rows_of

FILE = "whose.csv"
LONG = 200  # letters from which the same words in two hand-ins are worth a look
NOBODY = "nobody"  # whose a file is that counts for no student, such as an instructor's own trial


def decided(folder: Path, course: Course) -> dict[str, str]:
    """The student each file of whose.csv belongs to, by the file's name as to-look-at.csv shows it; none without a file.

    Raises `Problem` naming the line where a student is not in the roster, or the columns file and student are missing.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    ids = {s.id.lower(): s.id for s in course.students}
    out = {}
    head, rows = rows_of(path)
    if not {"file", "student"} <= set(head):
        raise Problem(f"{FILE}, line 1, needs the columns file and student.")
    for line, row in rows:
        file, student = harmless(row.get("file", "")), row.get("student", "")
        if not file and not student:
            continue
        if student.lower() == NOBODY and NOBODY not in ids:
            out[file] = NOBODY
            continue
        if student.lower() not in ids:
            raise Problem(f"{FILE}, line {line}: {student!r} is not in the roster; {nearest(student, ids.values())}.")
        out[file] = ids[student.lower()]
    return out


class Words:
    """The instructor's words on whose a hand-in is, each about the one that bore its name when the word was first read.

    `names` gives an owner to a file's name, as `decided` reads it; `meant` are the hand-ins these names are about, by kept name
    and path. The kept name of a hand-in, which no other bears, may stand in the place of its path.
    """

    def __init__(self, names: Mapping[str, str] = MappingProxyType({}), meant: Container[tuple[str, str]] = ()):
        self.names, self.meant = names, meant

    def owner(self, one: Received) -> str:
        """Whose the instructor says it is; "" where nothing is said of it."""
        if one.kept in self.names:
            return self.names[one.kept]
        return self.names.get(harmless(one.path), "") if (one.kept, one.path) in self.meant else ""

    def of_another(self, one: Received) -> str:
        """A sentence on a name in whose.csv that this hand-in bears too, and is not meant by; "" where there is none."""
        if self.owner(one) or harmless(one.path) not in self.names:
            return ""
        made = f" of {one.hand_in.made.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if one.hand_in.made else ""
        return (
            f"what {FILE} says of this name is not of this hand-in{made}, as several bear it; to say whose this one is, write "
            f"{one.kept} into the column file."
        )

    def paths(self, received: Iterable[Received]) -> dict[str, str]:
        """The paths every hand-in of which the instructor gave to one owner, and that owner."""
        owners: dict[str, set[str]] = {}
        for one in received:
            owners.setdefault(harmless(one.path), set()).add(self.owner(one))
        return {path: owner for path, (owner, *more) in owners.items() if owner and not more}


# --- whose hand-in is it, and which of several counts ---------------------------------------------

# folders that platforms name by a student's name and login, and by no time
SAKAI = re.compile(r"([^/]+, [^/]+)\(([^()/]+)\)")  # Last, First(login)
ILIAS = re.compile(r"([^_/]+_[^_/]+)_([^/]+)_\d+")  # Last_First_login_4711
AGAIN = re.compile(r"( ?\(\d+\)|-\d+)$")  # what a browser or a platform adds to the name of a second file
NEVER = datetime(1900, 1, 1, tzinfo=UTC)
WAITS = f"it counts for nobody until you say whose it is: write its file and an id into {FILE} beside course.toml."


@dataclass
class Chosen:
    """The hand-in of a student that counts, what there is to say about it, and the earlier ones that do not."""

    student: str
    received: Received
    flags: list[str] = field(default_factory=list)
    earlier: list[Received] = field(default_factory=list)


class Names:
    """The students of a roster by what a platform's download may call them.

    `worked_by` says of a hand-in whose numbers it was worked with, "" where that is nobody's of the roster.
    """

    def __init__(self, students: Iterable[Student], worked_by: Callable[[HandIn], str] = lambda _: ""):
        students = list(students)
        self.ids = {s.id.lower(): s.id for s in students}
        self.names = {s.id: s.name for s in students}
        self.worked_by = worked_by
        self._logins = {s.keys["username"].lower(): s.id for s in students if "username" in s.keys}
        self._named: dict[str, str | None] = {}
        for s in students:
            words = _words(s.name)
            for order in _orders(words):
                self._named[order] = None if self._named.get(order, s.id) != s.id else s.id

    def hint(self, path: str, course: str) -> str:
        """The student whose folder or file name a path shows first, "" where it shows none.

        The platform names the outer folders and begins a file's name; what comes after is named by whoever handed in.
        """
        return next((s for part in path.split("/") for s in self._shown(part, course) if s), "")

    def said(self, student: str) -> str:
        """A student as the instructor knows them: the id, and the name where the roster has one."""
        return f"{student} ({self.names[student]})" if self.names.get(student) else student

    def _shown(self, part: str, course: str) -> Iterator[str | None]:
        """The students one piece of a path may show, the surer first."""
        yield self.ids.get(part.lower())
        yield self._named.get("".join(_words(part)))
        if found := told(part):
            yield self._logins.get(found.login.lower()) or self.ids.get(found.login.lower())
            yield self._named.get("".join(_words(found.name)))
        if m := SAKAI.fullmatch(part) or ILIAS.fullmatch(part):
            yield self._logins.get(m[2].lower()) or self.ids.get(m[2].lower())
            yield self._named.get("".join(_words(m[1].replace("_", " "))))
        if m := re.search(rf"hand-in-{re.escape(course)}-(.+?)(?:\.json.*|_json)?$", part, re.IGNORECASE):
            stem = m[1].lower()
            yield self.ids.get(stem) or self.ids.get(AGAIN.sub("", stem))
            yield self._named.get("".join(_words(stem.partition(" - ")[2])))  # as Google Classroom adds a name


def _orders(words: list[str]) -> set[str]:
    """The words of a name run together, in every order a platform may write them in."""
    if len(words) > 4:
        return {"".join([*words[i:], *words[:i]]) for i in range(len(words))}
    return {"".join(p) for p in permutations(words)} if words else set()


def _words(name: str) -> list[str]:
    """The words of a name in small letters; an archive made on a Mac writes é as two signs."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold())


NO_WORDS = Words()


def choose(
    received: Iterable[Received],
    names: Names,
    course: str,
    words: Words = NO_WORDS,
) -> tuple[dict[str, Chosen], list[tuple[str, str]]]:
    """For each student the hand-in that counts: the last made. And every other file with what became of it.

    `words` are the instructor's on whose a hand-in is.
    """
    by_student: dict[str, list[Received]] = {}
    notes: list[tuple[str, str]] = []
    spelt: dict[str, str] = {}
    for one in received:
        student, trouble = _named(one, names, course, words)
        notes += [(one.path, what) for what in (trouble, words.of_another(one)) if what]
        if student:
            student = spelt.setdefault(student.lower(), student)  # without a roster, Ann and ann are one
            by_student.setdefault(student, []).append(one)
    chosen = {}
    for student, several in by_student.items():
        chosen[student], others = _last(student, several)
        notes += others
    return chosen, notes


def _named(one: Received, names: Names, course: str, words: Words) -> tuple[str, str]:
    """The student a hand-in belongs to, or why it belongs to none."""
    given, hint = one.hand_in, names.hint(one.path, course)
    said = given.student
    if given.course != course:
        return "", f"this hand-in is for the course ‘{given.course}’, not for ‘{course}’; it was not marked."
    if not names.ids:
        return (said or hint or _loose(one.path)), ""
    if owner := words.owner(one):
        if owner == NOBODY:
            return "", f"it counts for nobody, as {FILE} says."
        return owner, f"it counts for {names.said(owner)}, as {FILE} says."
    if not said:
        return hint, "" if hint else "the hand-in does not say whose it is, and its name and folder do not either."
    if said.lower() not in names.ids:
        near = nearest(said, names.ids.values())
        return "", f"the student ‘{said}’ is not in the roster ({near}); it was not marked."
    said = names.ids[said.lower()]
    if hint not in ("", said):
        return "", f"{said}'s hand-in, in the place of {hint}: {_both(said, hint, names)}; {WAITS}"
    if maker := _changed(given, said, names):
        return "", f"it was made as {names.said(maker)}'s and changed by hand to say {names.said(said)}; {WAITS}"
    return said, ""


def _both(said: str, hint: str, names: Names) -> str:
    return f"it says {names.said(said)}, and lies where {names.said(hint)} belongs"


def _changed(given: HandIn, said: str, names: Names) -> str:
    """The student whose hand-in this was before somebody changed it to say another's; "" where nothing shows that."""
    if given.intact is not False or given.made_as is None:
        return ""
    if maker := next((s for s in names.names if s != said and given.made_as(s)), ""):
        return maker
    worker = names.worked_by(given)
    return worker if worker != said else ""


def _loose(path: str) -> str:
    """A name for a hand-in without a roster: its place, as letters that can name a file; two places give two names."""
    stem = path.removesuffix(".json")
    if is_id(stem):
        return stem
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-_")[-50:].lstrip("-_") or "hand-in"
    return f"{plain}-{hashlib.sha256(path.encode('utf-8')).hexdigest()[:6]}"


def _last(student: str, several: list[Received]) -> tuple[Chosen, list[tuple[str, str]]]:
    """The last made of one student's hand-ins, one with a clock that cannot be right only where there is no other."""
    one = max(several, key=_when)
    chosen, notes = Chosen(student, one, list(one.flags)), []
    for other in several:
        if other is one:
            continue
        if other.hand_in == one.hand_in:
            notes.append((other.path, f"the same as {one.path}; it counts once."))
        else:
            chosen.earlier.append(other)
            notes.append((other.path, f"an earlier hand-in of {student}; the last made, {one.path}, counts."))
    if len(several) > 1:
        chosen.flags.append(f"{len(several)} hand-ins came; the last made counts.")
    return chosen, notes


def _when(one: Received) -> tuple:
    return (not wrong_clock(one.hand_in.made), one.hand_in.made or NEVER, one.dated or NEVER, one.path)


def shared_answers(chosen: Mapping[str, Chosen], keys: Iterable[str]) -> list[tuple[str, str, str]]:
    """Pairs of students with word for word the same long text: (task, one student, another). It proves nothing."""
    seen: dict[tuple[str, str], str] = {}
    out = []
    for key in keys:
        for student, one in chosen.items():
            given = one.received.hand_in.answers.get(key)
            words = " ".join(given.value.split()) if given and isinstance(given.value, str) else ""
            if len(words) >= LONG:
                first = seen.setdefault((key, words), student)
                if first != student:
                    out.append((key, first, student))
    return out

"""Several markers: which text is whose, what their marks come to together, and the codes that stand for students."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tumen.core import Problem
from tumen.core.frozen import frozen
from tumen.core.words import number
from tumen.course.plan import Marking
from tumen.course.sheet_file import Judged
from tumen.course.sheet_page import Piece
from tumen.course.written import write_private
from tumen.tasks import Task

FILE = "markers.json"
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # of a code: no word, and no number to a spreadsheet


class Panel:
    """Who marks what in a course, and the students' codes, both kept in markers.json of the marks.

    Raises `Problem` where that file is there and cannot be used: codes and sheets that were given out hang on it.
    """

    def __init__(self, marked: Path, marking: Marking, anonymous: bool = False):
        self.path, self.marking, self.anonymous = marked / FILE, marking, anonymous or marking.anonymous
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
            self.codes: dict[str, str] = {str(s): str(code) for s, code in raw["codes"].items()}
            self.dealt: dict[str, list[str]] = {str(u): list(map(str, who)) for u, who in raw["dealt"].items()}
        except FileNotFoundError:
            self.codes, self.dealt = {}, {}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            raise Problem(
                f"{FILE} of the marks cannot be used; it says whose each code is and which marker has which text, so put it back from "
                "a copy, or move it away where no sheet was given out."
            ) from None

    @property
    def students(self) -> dict[str, str]:
        """The student each code stands for."""
        return {code: student for student, code in self.codes.items()}

    def shown(self, student: str) -> str:
        """What stands for a student on sheets and pages: the id, or a code."""
        if not self.anonymous:
            return student
        while student not in self.codes:
            code = "".join(secrets.choice(LETTERS) for _ in range(5))
            if code not in self.codes.values():
                self.codes[student] = code
        return self.codes[student]

    def coded(self, pieces: Iterable[Piece]) -> list[Piece]:
        """The texts in the order of the sheet, with the codes in use."""
        found = [
            replace(
                p,
                code=self.shown(p.student) if self.anonymous else self.codes.get(p.student, ""),
                blind=self.anonymous,
            )
            for p in pieces
        ]
        return sorted(found, key=lambda p: (*p.place, p.shown))

    def deal(self, pieces: Iterable[Piece], done: Callable[[str, Piece, str], bool]) -> None:
        """Give every text its markers: those it has stay, new ones go to whoever has the fewest.

        `done` says whether a marker has typed a mark for a text, or for one of its criteria: such a text stays theirs.
        """
        markers, each = self.marking.markers, self.marking.each
        units: dict[str, list[tuple[Piece, str]]] = {}
        for p in pieces:
            for name, criterion in _units(p, self.marking.by):
                units.setdefault(name, []).append((p, criterion))
        counts = dict.fromkeys(markers, 0)
        for name in units:
            for marker in self.dealt.get(name, ()):
                counts[marker] = counts.get(marker, 0) + 1
        for name, texts in units.items():
            had = self.dealt.get(name, [])
            kept = [m for m in had if any(done(m, p, c) for p, c in texts)]
            kept += [m for m in had if m in markers and m not in kept][: max(0, each - len(kept))]
            for marker in sorted(markers, key=lambda m: (counts[m], markers.index(m))):
                if len(kept) < each and marker not in kept:
                    kept.append(marker)
                    counts[marker] += 1
            if kept or had:
                self.dealt[name] = kept

    def criteria(self, marker: str, p: Piece) -> tuple[str, ...] | None:
        """The criteria of a text that a marker marks, all of them where texts are dealt whole; None where it is not theirs."""
        mine = [c for name, c in _units(p, self.marking.by) if marker in self.dealt.get(name, ())]
        if not mine:
            return None
        return tuple(p.task.criteria) if self.marking.by != "criterion" else tuple(mine)

    def save(self) -> None:
        """Write the file where there is something to keep; raises `Problem` where it cannot be written."""
        text = json.dumps({"codes": self.codes, "dealt": self.dealt}, indent=0, sort_keys=True) + "\n"
        try:
            if self.path.is_file() and self.path.read_text(encoding="utf-8") == text:
                return
            if self.codes or self.dealt or self.path.is_file():
                write_private(self.path, text)
        except OSError as e:
            raise Problem(f"{FILE} of the marks cannot be written: {e.strerror}.") from None

    def forget(self, student: str) -> str:
        """Take a student out; the code that stood for them, "" where there was none."""
        self.dealt.pop(f"student {student}", None)
        return self.codes.pop(student, "")


def _units(p: Piece, by: str) -> Iterator[tuple[str, str]]:
    """What is dealt as one: a student, a task, or a criterion of a task; each with the criterion it is of."""
    if by == "criterion" and p.task.criteria:
        for name in p.task.criteria:
            yield f"criterion {p.task.key}: {name}", name
    else:
        yield (f"student {p.student}" if by == "student" else f"task {p.task.key}"), ""


# --- one mark of several ------------------------------------------------------------------------------


@frozen
class Together:
    """What the marks of one text come to: the mark that counts (None while it waits), by whom, how far they lie apart."""

    mark: float | None
    comment: str = ""
    by: str = ""
    apart: float = 0.0
    differs: bool = False


def together(task: Task, agreed: Judged, given: Mapping[str, Judged], marking: Marking) -> Together:
    """The mark of a text: the agreed one where there is one, else the mean of those its markers gave.

    It waits while a marker's mark is missing, and where marks lie further apart than the plan allows.
    """
    comment = agreed.comment or "\n".join(dict.fromkeys(j.comment for j in given.values() if j.comment))
    wholes = {m: j.whole for m, j in given.items() if j.whole is not None}
    lows, highs, mean = _spread(task, wholes, given, marking.each)
    apart = highs - lows
    if agreed.whole is not None:
        by = "agreed mark" if given else "a person's mark"
        return Together(agreed.whole, comment, by, apart)
    if mean is None:
        return Together(None, comment, apart=apart)
    if apart > marking.apart + 1e-9:
        return Together(None, comment, apart=apart, differs=True)
    who = " and ".join(given)
    by = f"mark of {who}" if len(given) == 1 else f"marks of {who}, their mean"
    return Together(mean, comment, by, apart)


def _spread(task: Task, wholes: Mapping[str, float], given: Mapping[str, Judged], each: int):
    """The least and the most that marks come to, and their mean: None where too few were given."""
    values = list(wholes.values())
    if len(values) >= each or not task.criteria:
        enough = len(values) >= max(1, each)
        return min(values, default=0.0), max(values, default=0.0), sum(values) / len(values) if enough else None
    columns = [[j.parts[c] for j in given.values() if c in j.parts] for c in task.criteria]
    enough = all(len(column) >= each for column in columns)
    lows, highs = (sum(f(column) for column in columns if column) for f in (min, max))
    return lows, highs, sum(sum(c) / len(c) for c in columns) if enough else None


def said(given: Mapping[str, Judged]) -> dict[str, str]:
    """What each marker gave a text, in words: the mark, or those of the criteria."""
    out = {}
    for marker, j in given.items():
        parts = ", ".join(f"{c} {number(v)}" for c, v in j.parts.items()) if j.whole is None else ""
        out[marker] = number(j.whole) if j.whole is not None else parts
    return out

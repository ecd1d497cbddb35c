"""One marking sheet on disk: read as it was typed, what its marks come to, and written anew without losing a word."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path

from tumen.core.cells import csv_text, harmless
from tumen.core.frozen import frozen
from tumen.core.words import number
from tumen.course.marking import full_marks, rubric_mark
from tumen.course.sheet_page import NOT_ASKED, Piece, Typed, decoded, read_typed
from tumen.course.written import written_out
from tumen.tasks import Task

BACKUPS = "backups"
GONE = "no such text among the hand-ins now"
Key = tuple[str, str]  # a student and a task


@frozen
class Judged:
    """What one sheet gives one text: the marks of the whole, or of single criteria, and whether by an earlier rubric."""

    whole: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    comment: str = ""
    earlier: bool = False


class SheetFile:
    """A sheet as it was found. Raises `Problem` where it cannot be read."""

    def __init__(self, folder: Path, name: str, pieces: list[Piece], students: Mapping[str, str]):
        self.folder, self.name, self.path = folder, name, folder / name
        self.pieces = {(p.student, p.task.key): p for p in pieces}
        known = {d: (p.student, p.task.key) for p in pieces for d in _digests(p)}
        self.found = self._now()
        typed, self.troubles = read_typed(self.found, name, known, students)
        self.typed = {key: self._as_now(key, t) for key, t in typed.items()}
        self.judged = {key: self._judge(p, self.typed[key]) for key, p in self.pieces.items() if key in self.typed}
        self.troubles += [
            f"{name}: the mark {t.mark[:40]!r} of {student} at {task} belongs to no text that came; it is kept there."
            for (student, task), t in typed.items()
            if t.mark and (student, task) not in self.pieces
        ]

    @property
    def unchanged(self) -> bool:
        """Whether the file is still as it was read."""
        return self._now() == self.found

    def marked(self, key: Key) -> bool:
        """Whether something was typed for a text."""
        return key in self.typed and self.typed[key].marked

    def write(
        self,
        pieces: Iterable[Piece],
        criteria: Callable[[Task], tuple[str, ...]],
        shown: Callable[[str], str],
        beside: Mapping[str, Mapping[Key, str]] | None = None,
        whole: bool = True,
    ) -> None:
        """Write the sheet anew with a row for each of these texts, and below them what was typed for others.

        `criteria` are those marked on this sheet, `shown` says what stands for a student, `beside` are further columns to
        read; without `whole` there is no column for the mark of a whole text. What was found is kept where it changes.
        """
        text = self._text(list(pieces), criteria, shown, beside or {}, whole)
        if self.found and self.found != text.encode("utf-8") and any(not t.empty for t in self.typed.values()):
            self._keep()
        if self.found != text.encode("utf-8"):
            written_out(self.path, text)

    # --- what was typed -----------------------------------------------------------------------------

    def _now(self) -> bytes:
        return self.path.read_bytes() if self.path.exists() else b""

    def _as_now(self, key: Key, t: Typed) -> Typed:
        """What was typed, as it stands for the text and the criteria of now; what no longer fits goes into the note."""
        p = self.pieces.get(key)
        if p is None:
            return t if not t.empty and GONE in t.note else replace(t, note=_joined(t.note, "" if t.empty else GONE))
        t = replace(t, note=t.note.replace(f"; {GONE}", "").replace(GONE, ""))
        if t.digest and t.digest not in _digests(p):
            said = t.mark or ", ".join(f"{c} {v}" for c, v in t.parts.items())
            earlier = f"marked {said or 'without a number'} for an earlier text" + (
                f": {t.comment}" if t.comment else ""
            )
            return Typed("", "", p.digest, _joined(t.note, earlier if t.marked or t.comment else ""))
        now = {c.lower(): most for c, most in p.task.criteria.items()}
        if not t.parts or all(now.get(c) == t.most.get(c) for c in t.parts):
            return t
        numbers = [_number(v, most) for v, most in ((v, t.most.get(c, 0)) for c, v in t.parts.items())]
        complete = None not in numbers and _number(t.out_of, 1e9) == sum(t.most.values())
        said = "by criteria of an earlier rubric: " + ", ".join(f"{c} {v}" for c, v in t.parts.items())
        return replace(
            t, parts={}, mark=t.mark or (f"{sum(numbers):g}" if complete else ""), note=_joined(t.note, said)
        )

    def _judge(self, p: Piece, t: Typed) -> Judged:
        """What was typed as marks of now; what cannot be used goes to the troubles."""
        full, earlier = full_marks(p.task), bool(t.marked and t.rubric and t.rubric != rubric_mark(p.task))
        most = (_number(t.out_of, 1e9) if earlier else None) or full
        whole, parts = self._use(t.mark, most, p), {}
        for name, of in p.task.criteria.items():
            if (value := self._use(t.parts.get(name.lower(), ""), of, p, f"“{name}” of ")) is not None:
                parts[name] = value
        if parts and len(parts) == len(p.task.criteria):
            come = sum(parts.values())
            if whole is not None and abs(whole - come) > 1e-9:
                self.troubles.append(
                    f"{self.name}: {p.student} at {p.task.key} has the mark {whole:g}, and its criteria come to {come:g}; empty one of them."
                )
                return Judged(comment=t.comment)
            whole = come
        elif parts and t.mark:
            self.troubles.append(
                f"{self.name}: {p.student} at {p.task.key} has a mark, and marks for some of its criteria; fill them all, or empty them."
            )
            return Judged(comment=t.comment)
        elif whole is not None:
            whole = whole / most * full
        return Judged(whole, parts, t.comment, earlier)

    def _use(self, typed: str, most: float, p: Piece, what: str = "") -> float | None:
        value = _number(typed, most)
        if typed and value is None:
            self.troubles.append(
                f"{self.name}: the mark {typed[:40]!r} of {what}{p.student} at {p.task.key} is no number from 0 to {most:g}."
            )
        return value

    # --- what is written ----------------------------------------------------------------------------

    def _text(self, pieces: list[Piece], criteria, shown, beside, whole: bool) -> str:
        columns = list(dict.fromkeys((c, p.task.criteria[c]) for p in pieces for c in criteria(p.task)))
        heads = [f"{c} (of {of:g})" for c, of in columns]
        tail = ("comment", "answer", "answer id", "rubric id", "note")
        table = [["task", "student", *(["mark"] if whole else []), *heads, "out of", *beside, *tail]]
        for key, p, t in self._rows(pieces):
            asked = {(c, p.task.criteria[c]) for c in criteria(p.task)} if p else set()
            marks = [t.mark] if whole else []
            marks += [t.parts.get(c.lower(), "") if (c, of) in asked else NOT_ASKED for c, of in columns]
            comment = "\n".join(map(harmless, t.comment.splitlines()))
            cells = [key[1], shown(key[0]), *marks, t.out_of, *(column.get(key, "") for column in beside.values())]
            table.append([*map(harmless, cells), comment, harmless(t.answer), t.digest, t.rubric, harmless(t.note)])
        # by its first mark Excel knows the text for UTF-8, and keeps it so
        return "\ufeff" + csv_text(table, quoting=csv.QUOTE_ALL, as_given=True)

    def _rows(self, pieces: list[Piece]) -> list[tuple[Key, Piece | None, Typed]]:
        """A row a text, and below them what was typed for texts that are not here now."""
        rows, left = [], dict(self.typed)
        for p in pieces:
            key = (p.student, p.task.key)
            t = left.pop(key, Typed("", "", p.digest, ""))
            by = t.rubric if t.marked and t.rubric else rubric_mark(p.task)
            out_of = t.out_of if by != rubric_mark(p.task) else number(full_marks(p.task))
            rows.append((key, p, replace(t, digest=p.digest, answer=p.words, rubric=by, out_of=out_of)))
        rest = sorted(left.items(), key=lambda kv: kv[0][::-1])
        return rows + [(key, self.pieces.get(key), t) for key, t in rest if not t.empty]

    def _keep(self) -> None:
        """A copy of the sheet as it was found, once for each content."""
        name = f"{Path(self.name).stem}-{hashlib.sha256(self.found).hexdigest()[:10]}.csv"
        if not (at := self.folder / BACKUPS / name).exists():
            written_out(at, decoded(self.found, self.name))


def _digests(p: Piece) -> set[str]:
    """The digests of a text on a sheet with ids and on one with codes."""
    return {p.digest_as(who) for who in (p.student, p.code) if who}


def _number(typed: str, most: float) -> float | None:
    """A number from 0 to `most`; None for anything else."""
    try:
        value = float(typed.replace(",", ".").removeprefix("'"))
    except ValueError:
        return None
    return value if 0 <= value <= most else None


def _joined(*words: str) -> str:
    return "; ".join(filter(None, words))

"""The marking sheet: every text once, with its rubric and two anchors, to read as a page and to mark as a CSV file."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import harmless
from tumen.core.words import number
from tumen.course import pages
from tumen.course.marking import full_marks
from tumen.course.sheet_page import Piece, sheet_page
from tumen.course.typed import COLUMNS, FILE, Typed, decoded, read_typed

PAGE, BACKUPS = "marking-sheet.html", "backups"
TRIES = 5  # how often the sheet is read again when someone saves it meanwhile


@dataclass(frozen=True)
class Sheet:
    """What the marks typed so far come to: (student, task) to mark and comment; what cannot be used, with its reason."""

    marks: dict[tuple[str, str], tuple[float, str]]
    troubles: tuple[str, ...]
    waiting: int
    path: Path


def mark_texts(
    folder: Path, pieces: Iterable[Piece], title: str, agree: Callable[[dict], None] = lambda _: None
) -> Sheet:
    """Read the marks typed so far, and write the sheet anew with every text in it.

    `agree` is given the marks before anything is written, and may raise.
    Nothing typed is ever lost: a mark for a text that has changed or gone is kept in the sheet and said to be so, and a
    copy of the sheet as it was found is kept whenever it changes. Raises `Problem`, with nothing written, where
    the sheet that is there cannot be read.
    """
    pieces = sorted(pieces, key=lambda p: (*p.place, p.student))
    known = {p.digest: (p.student, p.task.key) for p in pieces}
    path = folder / FILE
    for _ in range(TRIES):
        found = path.read_bytes() if path.exists() else b""
        typed, doubled = read_typed(found, path.name, known)
        rows = _rows(pieces, typed)
        text = _csv(rows)
        marks, troubles = _usable(pieces, {(r[1], r[0]): r for r in rows})
        agree(marks)
        if found and found != text.encode("utf-8") and any(not t.empty for t in typed.values()):
            _keep(folder, found)
        if (path.read_bytes() if path.exists() else b"") == found:
            break
    else:
        raise Problem(f"{FILE} is being changed by another program; close it there, and run this again.")
    if found != text.encode("utf-8"):
        pages.write(path, text)
    pages.write(folder / PAGE, sheet_page(title, pieces, marks))
    return Sheet(marks, (*doubled, *troubles), len(pieces) - len(marks), path)


# --- what is written ----------------------------------------------------------------------------------


def _rows(pieces: list[Piece], typed: Mapping[tuple[str, str], Typed]) -> list[tuple]:
    """A row a text, and below them what was typed for texts that are not here now."""
    rows, left = [], dict(typed)
    for p in pieces:
        t = left.pop((p.student, p.task.key), Typed("", "", p.digest, ""))
        if t.digest and t.digest != p.digest and not t.empty:
            earlier = f"marked {t.mark or 'without a number'} for an earlier text" + (
                f": {t.comment}" if t.comment else ""
            )
            t = Typed("", "", p.digest, "; ".join(filter(None, [t.note, earlier if t.mark or t.comment else ""])))
        rows.append((p.task.key, p.student, t.mark, number(full_marks(p.task)), t.comment, p.words, p.digest, t.note))
    for (student, task), t in sorted(left.items(), key=lambda kv: kv[0][::-1]):
        if not t.empty:
            gone = "no such text among the hand-ins now"
            note = t.note if gone in t.note else "; ".join(filter(None, [t.note, gone]))
            rows.append((task, student, t.mark, t.out_of, t.comment, t.answer, t.digest, note))
    return rows


def _csv(rows: list[tuple]) -> str:
    out = io.StringIO("\ufeff")  # by this mark Excel knows the text for UTF-8, and keeps it so
    out.seek(1)
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for task, student, mark, out_of, comment, answer, digest, note in rows:
        comment = "\n".join(map(harmless, comment.splitlines()))
        writer.writerow(
            [
                harmless(task),
                harmless(student),
                harmless(mark),
                out_of,
                comment,
                harmless(answer),
                digest,
                harmless(note),
            ]
        )
    return out.getvalue()


def _keep(folder: Path, found: bytes) -> None:
    """A copy of the sheet as it was found, once for each content."""
    at = folder / BACKUPS / f"marking-sheet-{hashlib.sha256(found).hexdigest()[:10]}.csv"
    if not at.exists():
        pages.write(at, decoded(found, FILE))


def _usable(pieces: list[Piece], rows: Mapping[tuple[str, str], tuple]) -> tuple[dict, list[str]]:
    """The marks that can be counted, and a sentence for each that cannot."""
    marks, troubles = {}, []
    for p in pieces:
        _, _, mark, _, comment, *_ = rows[p.student, p.task.key]
        if not mark:
            continue
        most = full_marks(p.task)
        try:
            value = float(mark.replace(",", ".").removeprefix("'"))
        except ValueError:
            value = -1.0
        if 0 <= value <= most:
            marks[p.student, p.task.key] = (value, comment)
        else:
            troubles.append(
                f"{FILE}: the mark {mark[:40]!r} of {p.student} at {p.task.key} is no number from 0 to {most:g}."
            )
    here = {(p.student, p.task.key) for p in pieces}
    troubles += [
        f"{FILE}: the mark {row[2][:40]!r} of {student} at {task} belongs to no text that came; it is kept there."
        for (student, task), row in rows.items()
        if row[2] and (student, task) not in here
    ]
    return marks, troubles

"""The marking sheet: every text once, with its rubric and two anchors, to read as a page and to mark as a CSV file."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import BEGINS, harmless
from tumen.core.words import number
from tumen.course import pages
from tumen.course.marking import full_marks, rubric
from tumen.tasks import Task

FILE, PAGE, BACKUPS = "marking-sheet.csv", "marking-sheet.html", "backups"
COLUMNS = ("task", "student", "mark", "out of", "comment", "answer", "answer id", "note")
LARGEST = 200_000_000  # bytes of a marking sheet
TRIES = 5  # how often the sheet is read again when someone saves it meanwhile
GENERAL = (  # for a text whose task brings no anchors of its own
    (
        4.0,
        "S2P3-d does not convince me. At a stay of 1.8 years the run leaves about 100,000 present of 300,000 who came, so both "
        "figures can be true. A stay below one year would change my mind. The best reason against me: nobody knows the stay "
        "any better than the number.",
    ),
    (
        1.0,
        "I do not think S2P3-d is right, because numbers about hidden people are never certain and everyone has an interest.",
    ),
)


@dataclass(frozen=True)
class Piece:
    """One text to be read: whose, for which task."""

    student: str
    task: Task
    words: str

    @property
    def digest(self) -> str:
        """A short digest of the text: a mark belongs to a text, not only to a student."""
        return hashlib.sha256(self.words.encode("utf-8")).hexdigest()[:10]


@dataclass(frozen=True)
class Typed:
    """What a marker typed beside one text, word for word, and the row it stood in."""

    mark: str
    comment: str
    digest: str
    note: str
    answer: str = ""
    out_of: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed and nothing noted."""
        return not (self.mark or self.comment or self.note)


@dataclass(frozen=True)
class Sheet:
    """What the marks typed so far come to: (student, task) to mark and comment; what cannot be used, with its reason."""

    marks: dict[tuple[str, str], tuple[float, str]]
    troubles: tuple[str, ...]
    waiting: int
    path: Path


def mark_texts(folder: Path, pieces: Iterable[Piece], title: str) -> Sheet:
    """Read the marks typed so far, and write the sheet anew with every text in it.

    Nothing typed is ever lost: a mark for a text that has changed or gone is kept in the sheet and said to be so, and a
    copy of the sheet as it was found is kept whenever it changes. Raises `Problem`, with nothing written, where
    the sheet that is there cannot be read.
    """
    pieces = sorted(pieces, key=lambda p: (p.task.key, p.digest, p.student))
    path = folder / FILE
    for _ in range(TRIES):
        found = path.read_bytes() if path.exists() else b""
        typed, doubled = read_typed(found, path.name)
        rows = _rows(pieces, typed)
        text = _csv(rows)
        if found and found != text.encode("utf-8") and any(not t.empty for t in typed.values()):
            _keep(folder, found)
        if (path.read_bytes() if path.exists() else b"") == found:
            break
    else:
        raise Problem(f"{FILE} is being changed by another program; close it there, and run this again.")
    if found != text.encode("utf-8"):
        pages.write(path, text)
    marks, troubles = _usable(pieces, {(r[1], r[0]): r for r in rows})
    pages.write(folder / PAGE, _page(title, pieces, marks))
    return Sheet(marks, (*doubled, *troubles), len(pieces) - len(marks), path)


# --- what was typed ----------------------------------------------------------------------------------


def read_typed(data: bytes, name: str = FILE) -> tuple[dict[tuple[str, str], Typed], list[str]]:
    """The rows of a sheet by (student, task), however a spreadsheet saved them, and troubles with rows that stand twice.

    Raises `Problem` for what is no sheet, or is no text in UTF-8 or UTF-16.
    """
    if not data.strip():
        return {}, []
    if len(data) > LARGEST:
        raise Problem(f"{name} is too large to be a marking sheet; nothing was changed.")
    text = _decoded(data, name)
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        csv.field_size_limit(max(csv.field_size_limit(), 1_000_000))
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as e:
        raise Problem(f"{name} is no CSV file a spreadsheet saved ({e}); nothing was changed.") from None
    head = [cell.strip().lower() for cell in lines[0]]
    if missing := [c for c in ("task", "student", "mark") if c not in head]:
        raise Problem(f"{name} has no column {missing[0]!r}; put it back, or move the file away; nothing was changed.")
    out: dict[tuple[str, str], Typed] = {}
    troubles = []
    for cells in lines[1:]:
        row = {c: cells[head.index(c)] if c in head and head.index(c) < len(cells) else "" for c in COLUMNS}
        key = (row["student"].strip(), row["task"].strip())
        if not any(key):
            continue
        new = Typed(
            row["mark"].strip(),
            _unmarked(row["comment"].strip()),
            row["answer id"].strip(),
            row["note"],
            row["answer"],
            row["out of"],
        )
        if key in out and not new.empty and (new.mark, new.comment) != (out[key].mark, out[key].comment):
            old = out[key]
            new = (
                new
                if old.empty
                else replace(old, mark=_both(old.mark, new.mark), comment=_both(old.comment, new.comment))
            )
            if not old.empty:
                troubles.append(f"{FILE}: {key[0]} stands twice at {key[1]}; both entries are kept.")
        out[key] = new if key not in out or not new.empty else out[key]
    return out, troubles


def _decoded(data: bytes, name: str) -> str:
    """The text of a sheet; another encoding is refused, as guessing it wrong would spoil what was typed."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(
            f"{name} was not saved as UTF-8; save it as “CSV UTF-8” and run this again; nothing was changed."
        ) from None


def _both(one: str, other: str) -> str:
    return one if one == other or not other else other if not one else f"{one} | {other}"


def _unmarked(words: str) -> str:
    """A comment without the apostrophe that kept it from being a formula."""
    return "\n".join(
        BEGINS.sub(lambda m: m[0].removesuffix("'"), line, count=1) if line[:1] == "'" else line
        for line in words.splitlines()
    )


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
        pages.write(at, _decoded(found, FILE))


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
    return marks, troubles


def anchors(task: Task) -> tuple[tuple[tuple[float, str], ...], bool]:
    """Two texts and the marks they would get, and whether they are the task's own."""
    own = tuple((a.mark, a.text) for a in getattr(task, "anchors", ()))
    return (own, True) if len(own) >= 2 else (GENERAL, False)


def _page(title: str, pieces: list[Piece], marks: Mapping[tuple[str, str], tuple[float, str]]) -> str:
    """The sheet to read: task by task, rubric, anchors, then the texts in an order that follows no name."""
    body = [
        f"<h1>Marking sheet: {pages.said(title)}</h1>",
        f"<p>Read here, type marks into <b>{FILE}</b> (columns “mark” and “comment”), save it as CSV, then run "
        "<code>tumen course grade</code> again. Texts stand in an order that follows no name. Half marks are fine.</p>",
    ]
    if not pieces:
        body.append("<p>There is no text to read.</p>")
    last = ""
    for p in pieces:
        if p.task.key != last:
            body += _head(p.task, sum(q.task.key == p.task.key for q in pieces))
            last = p.task.key
        given = marks.get((p.student, p.task.key))
        stand = f"marked {number(given[0])}" if given else "mark: ____"
        out_of = number(full_marks(p.task))
        body.append(
            f"<article><h3>{pages.said(p.student)} <span class='note'>{stand} of {out_of}; {len(p.words.split())} words; "
            f"answer id {p.digest}</span></h3>{pages.quoted(p.words)}</article>"
        )
    return pages.page(f"Marking sheet: {title}", body)


def _head(task: Task, count: int) -> list[str]:
    texts, own = anchors(task)
    source = "Two anchors" if own else "Two anchors (of another task; this one brings none of its own)"
    out = [
        f"<h2>{pages.said(task.key)} <span class='note'>{count} texts, worth {number(task.points)} points each</span></h2>",
        f"<p>{pages.said(task.prompt)}</p>",
        f"<p><b>Rubric.</b> {pages.said(rubric(task))}</p>",
        f"<p><b>{source}.</b></p>",
    ]
    out += [f"<p>Would get {number(mark)}:</p>{pages.quoted(words)}" for mark, words in texts]
    return out

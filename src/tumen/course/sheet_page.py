"""A marking sheet's rows as a marker left them, and the page to read beside it: task by task, in an order that follows no name."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping
from dataclasses import field, replace
from itertools import groupby
from types import MappingProxyType

from tumen.brief import brief
from tumen.core import Problem
from tumen.core.cells import BEGINS, csv_rows
from tumen.core.frozen import frozen
from tumen.core.templates import rendered
from tumen.course import handed
from tumen.course.marking import full_marks, rubric
from tumen.tasks import Task
from tumen.tasks.definitions import Anchor

FILE = "marking-sheet.csv"
COLUMNS = ("task", "student", "mark", "out of", "comment", "answer", "answer id", "rubric id", "note")
CRITERION = re.compile(r"(.+?) \(of (\d+(?:\.\d+)?)\)")  # a column of marks for one criterion
NOT_ASKED = "–"  # in the column of a criterion that a text is not marked by
LARGEST = 200_000_000  # bytes of a marking sheet


@frozen
class Typed:
    """What a marker typed beside one text, word for word, and the row it stood in.

    `parts` are the marks by criterion, its words in small letters, and `most` the full marks of each; `rubric` the digest of the rubric they were given by.
    """

    mark: str
    comment: str
    digest: str
    note: str
    answer: str = ""
    out_of: str = ""
    rubric: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)

    @property
    def marked(self) -> bool:
        """Whether a mark was typed, of the whole or of a criterion."""
        return bool(self.mark or self.parts)

    @property
    def empty(self) -> bool:
        """Whether nothing was typed and nothing noted."""
        return not (self.marked or self.comment or self.note)


def read_typed(
    data: bytes,
    name: str = FILE,
    known: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    students: Mapping[str, str] = MappingProxyType({}),
) -> tuple[dict[tuple[str, str], Typed], list[str]]:
    """The rows of a sheet by (student, task), however a spreadsheet saved them, and troubles with rows that stand twice.

    `known` says whose text an answer id is: a spreadsheet takes a student's id for a number (007 becomes 7). `students` says
    who is meant by a code. Raises `Problem` for what is no sheet, or is no text in UTF-8 or UTF-16.
    """
    if not data.strip():
        return {}, []
    if len(data) > LARGEST:
        raise Problem(f"{name} is too large to be a marking sheet; nothing was changed.")
    text = decoded(data, name)
    try:
        csv.field_size_limit(max(csv.field_size_limit(), 1_000_000))
        lines, _ = csv_rows(text)
    except csv.Error as e:
        raise Problem(f"{name} is no CSV file a spreadsheet saved ({e}); nothing was changed.") from None
    head = [cell.strip().lower() for cell in lines[0]]
    criteria = [(m[1], float(m[2]), i) for i, cell in enumerate(head) if (m := CRITERION.fullmatch(cell))]
    for column in ("task", "student", *(() if criteria else ("mark",))):
        if column not in head:
            raise Problem(f"{name} has no column {column!r}; put it back, or move the file away; nothing was changed.")
    out: dict[tuple[str, str], Typed] = {}
    troubles = []
    for cells in lines[1:]:
        cells += [""] * (len(head) - len(cells))
        row = {c: cells[head.index(c)] if c in head else "" for c in COLUMNS}
        parts = {c: (cell, of) for c, of, i in criteria if (cell := cells[i].strip()) not in ("", NOT_ASKED)}
        who = row["student"].strip().removeprefix("'")
        key = known.get(row["answer id"].strip(), (students.get(who, row["student"].strip()), row["task"].strip()))
        if not any(key):
            continue
        new = Typed(
            row["mark"].strip(),
            _unmarked(row["comment"].strip()),
            row["answer id"].strip(),
            row["note"],
            row["answer"],
            row["out of"],
            row["rubric id"].strip(),
            {c: cell for c, (cell, _) in parts.items()},
            {c: of for c, (_, of) in parts.items()},
        )
        if key in out and not new.empty and _typed(new) != _typed(out[key]):
            old = out[key]
            if not old.empty:
                new = replace(
                    old,
                    mark=_both(old.mark, new.mark),
                    comment=_both(old.comment, new.comment),
                    parts={c: _both(old.parts.get(c, ""), new.parts.get(c, "")) for c in {**old.parts, **new.parts}},
                )
                troubles.append(f"{name}: {key[0]} stands twice at {key[1]}; both entries are kept.")
        out[key] = new if key not in out or not new.empty else out[key]
    return out, troubles


def _typed(one: Typed) -> tuple:
    return one.mark, one.comment, dict(one.parts)


def decoded(data: bytes, name: str) -> str:
    """The text of a sheet; raises `Problem` for another encoding, as guessing it wrong would spoil what was typed."""
    try:
        return handed.decoded(data)
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


# --- the marking sheet to read --------------------------------------------------------------------


@frozen
class Piece:
    """One text to be read: whose, for which task, and whether it was a draft, which stood in its box unrecorded."""

    student: str
    task: Task
    words: str
    draft: bool = False
    code: str = ""  # shown in the place of the student's id where the sheet is `blind`
    blind: bool = False

    @property
    def shown(self) -> str:
        """Whose text it is, as the sheet says."""
        return self.code if self.blind else self.student

    @property
    def digest(self) -> str:
        """A short digest of whose text it is, as the sheet says, and of the text: a mark belongs to a text, not only to a student.

        It begins with a letter that makes no number of it: a spreadsheet would write 12e4567890 in another way.
        """
        return self.digest_as(self.shown)

    def digest_as(self, who: str) -> str:
        """The digest on a sheet that calls the student so."""
        return "t" + _digest("\n".join([self.task.key, who, self.words]))

    @property
    def asked(self) -> tuple[str, str]:
        """The task and its words: copies of two builds may ask it in two ways."""
        return self.task.key, self.task.prompt

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it stands on the sheet: task by task, the same texts side by side, in an order that follows no name."""
        return *self.asked, _digest(self.words)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:10]


def anchors(task: Task) -> tuple[Task, tuple[Anchor, ...]]:
    """The task that two texts with their marks are of, and these: its own, else the first of the brief's tasks that has any."""
    found = next((t for t in (task, *brief().tasks.values()) if len(t.anchors) >= 2), None)
    return (found, found.anchors) if found else (task, ())


def sheet_page(
    title: str, pieces: list[Piece], stands: Mapping[tuple[str, str], str], file: str = FILE, columns: str = "“mark”"
) -> str:
    """The whole page; `stands` says how each marked text stands, by student and task, `columns` where marks are typed."""
    parts = []
    for _, group in groupby(pieces, key=lambda p: p.asked):
        texts = list(group)
        parts.append((texts[0].task, *anchors(texts[0].task), texts))
    values = {"title": title, "file": file, "columns": columns, "stands": stands}
    return rendered("course/html/marking.html", parts=parts, rubric=rubric, full_marks=full_marks, **values)

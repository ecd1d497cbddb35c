"""The marking sheet to read: task by task, with rubric and two anchors, then the texts in an order that follows no name."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tumen.brief import brief
from tumen.core.words import number
from tumen.course import pages
from tumen.course.marking import full_marks, rubric
from tumen.course.typed import FILE
from tumen.tasks import Task


@dataclass(frozen=True)
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


def anchors(task: Task) -> tuple[Task, tuple[tuple[float, str], ...]]:
    """Two texts and the marks they would get, with the task they are of: its own, else the first of the brief's tasks."""
    able = [t for t in (task, *brief().tasks.values()) if len(t.anchors) >= 2]
    return (able[0], tuple((a.mark, a.text) for a in able[0].anchors)) if able else (task, ())


def sheet_page(
    title: str, pieces: list[Piece], stands: Mapping[tuple[str, str], str], file: str = FILE, columns: str = "“mark”"
) -> str:
    """The whole page; `stands` says how each marked text stands, by student and task, `columns` where marks are typed."""
    body = [
        f"<h1>Marking sheet: {pages.said(title)}</h1>",
        f"<p>Read here, type marks into <b>{pages.said(file)}</b> (columns {pages.said(columns)} and “comment”), save it as CSV, then run "
        "<code>tumen course grade</code> again. Texts stand in an order that follows no name. Half marks are fine.</p>",
    ]
    if not pieces:
        body.append("<p>There is no text to read.</p>")
    counts = Counter(p.asked for p in pieces)
    last = None
    for p in pieces:
        if p.asked != last:
            body += _head(p.task, counts[p.asked])
            last = p.asked
        stand = pages.said(stands.get((p.student, p.task.key)) or f"mark: ____ of {number(full_marks(p.task))}")
        body.append(
            f"<article><h3>{pages.said(p.shown)} <span class='note'>{stand}; {len(p.words.split())} words{', a draft that was not recorded' if p.draft else ''}; "
            f"answer id {p.digest}</span></h3>{pages.quoted(p.words)}</article>"
        )
    return pages.page(f"Marking sheet: {title}", body)


def _head(task: Task, count: int) -> list[str]:
    of, texts = anchors(task)
    source = (
        "Two anchors" if of is task else f"Two anchors (of another task, {of.key}; this one brings none of its own)"
    )
    out = [
        f"<h2>{pages.said(task.key)} <span class='note'>{count} texts, worth {number(task.points)} points each</span></h2>",
        f"<p>{pages.said(task.prompt)}</p>",
        f"<p><b>Rubric.</b> {pages.said(rubric(task))}</p>",
    ]
    out += [f"<p><b>{pages.said(source)}.</b></p>"] if texts else []
    out += [f"<p>Would get {number(mark)}:</p>{pages.quoted(words)}" for mark, words in texts]
    return out

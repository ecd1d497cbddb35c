"""The glossary: the words that the chapters explain, each with the chapters that use it, as one card or those of one chapter."""

from __future__ import annotations

from html import escape

from tumen.core import Problem, nearest
from tumen.core.chapters import numbered, titled
from tumen.core.files import shipped
from tumen.core.frozen import frozen
from tumen.evidence.package import schema, schemas
from tumen.evidence.reading import read_rows
from tumen.page import widgets as W
from tumen.page.session import Session
from tumen.page.tables import html_table, text_table
from tumen.page.tool import Tool, row


@frozen
class Word:
    """One word explained; `chapters` are the numbers of the workbooks that use it, such as 02."""

    term: str
    chapters: tuple[str, ...]
    explanation: str


def words() -> list[Word]:
    """Every word of the glossary in alphabetical order; none where the report's tables hold no glossary."""
    if "glossary" not in schemas():
        return []
    rows = read_rows(shipped("data") / "glossary.csv", schema("glossary"))
    found = [Word(r["term"], tuple(r["chapters"].split("; ")), r["explanation"]) for r in rows]
    return sorted(found, key=lambda word: word.term.casefold())


EVERY = ""


class Glossary(Tool):
    """The words as a table, filtered by the chapter that uses them; `chapter` is a number such as 02 to begin with.

    Raises `Problem` where the report explains no words, or none in that chapter.
    """

    def __init__(self, session: Session, chapter: str = EVERY):
        self.words = words()
        known = sorted({n for w in self.words for n in w.chapters})
        if not known:
            raise Problem("this report has no glossary.")
        if chapter not in (EVERY, *known):
            raise Problem(f"the glossary has no chapter {chapter!r}; {nearest(str(chapter), known)}.")
        super().__init__(session)
        self._books, self._first = numbered(session.folder), chapter
        options = [("all", EVERY), *((self._title(n), n) for n in known)]
        self.chapter = self.choice("words of", options, chapter, self._fill)
        self._list = W.HTML()
        self.children = (row(self.chapter), self.said, self._list)
        self._fill()

    def _title(self, number: str) -> str:
        path = self._books.get(number)
        return titled(path) if path else f"chapter {number}"

    def of(self, chapter: str) -> list[Word]:
        """The words of one chapter, or all."""
        return [w for w in self.words if chapter in (EVERY, *w.chapters)]

    def _fill(self) -> None:
        found = self.of(self.chapter.value)
        self._list.value = html_table(*self._table(found))
        self.say(f"{len(found)} of {len(self.words)} words.")

    def _table(self, found: list[Word]) -> tuple[list[str], list[list[str]]]:
        return ["word", "what it means here", "in"], [[w.term, w.explanation, ", ".join(w.chapters)] for w in found]

    # --- where no widget can live ---------------------------------------------------------------------

    def html(self) -> str:
        """The words, each with links to the chapters that use it."""
        items = "".join(
            f'<dt>{escape(w.term)}</dt><dd>{escape(w.explanation)} <span class="note">{self._links(w)}</span></dd>'
            for w in self.of(self._first)
        )
        return f'<dl class="words">{items}</dl>'

    def _links(self, word: Word) -> str:
        there = ((self._title(n), self._books.get(n)) for n in word.chapters)
        return ", ".join(f'<a href="{escape(p.name)}">{escape(t)}</a>' if p else escape(t) for t, p in there)

    def plain(self) -> str:
        """The words as text."""
        return text_table(*self._table(self.of(self._first)))

"""The glossary: the words that the chapters explain, each with the chapters that use it."""

from __future__ import annotations

from dataclasses import dataclass

from tumen.core.files import shipped
from tumen.evidence.package import schema, schemas
from tumen.evidence.reading import read_rows


@dataclass(frozen=True)
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

"""The reader's own copy of the report: its paragraphs and sentences, out of a saved report.txt."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from tumen.core import Problem
from tumen.evidence.copied_text import PERHAPS, plain_lines
from tumen.evidence.ledger import claims, paragraph, paragraphs

# what may stand before a title: marks of a heading, "Section 2:", "2.", "(II)", "b)"
NUMBERING = re.compile(
    r"^(?:[#*_=\-\s]+|(?:section\s+)?[(\[]?(?:[ivx]+|\d+|[a-c])[)\].:\-–—]+\s*|(?:section\s+)?\d+\s+)"
)
LINES_OF_A_HEADING = 3  # a long heading may have been wrapped
# the end of a sentence: its mark, quotation marks and brackets that close, a note's number, then a new beginning
SENTENCE_END = re.compile(r"""([.!?]["'”’)\]]*)(?:\s?\[\d{1,3}\]|\d{1,2}(?=\s)|[¹²³⁴-⁹]+)?\s+(?=["'“‘(\[]?[A-Z0-9])""")
# a word that ends in a full stop of its own
SHORT = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|St|Jr|No|vs|cf|al|approx)|\b(?:[A-Za-z]\.)*[A-Z])$")
LONG_LINE = 100  # characters; a line this long is a paragraph, not a wrapped part of one


def paragraph_text(ref: str, path: str | Path = Path("report.txt")) -> str | None:
    """The report's words for a paragraph, from the reader's own file; None where there is none.

    Sections are found by their titles, paragraphs by blank lines, or one a line. Raises `Problem` where
    the paragraph, the section titles or the paragraphs cannot be told.
    """
    wanted = paragraph(ref)[0]
    path = Path(path)
    if not path.is_file():
        return None
    sections, counts = _parted(path)
    found = _paragraphs(sections[wanted.section], counts[wanted.section], last=wanted.section == max(counts))
    if found is None:
        raise Problem(
            f"{path.name}: the {counts[wanted.section]} paragraphs of section {wanted.section} cannot be told "
            "apart; put one blank line between paragraphs."
        )
    return found[wanted.paragraph - 1]


def own_sentences(path: str | Path = Path("report.txt")) -> dict[str, str]:
    """The report's sentences by place, from the reader's own file; empty where there is none.

    Paragraphs whose sentences cannot be told apart, by the number the ledger knows, are left out. Raises
    `Problem` where the file cannot be read or its section titles are not found.
    """
    path = Path(path)
    if not path.is_file():
        return {}
    sections, counts = _parted(path)
    by_section = {s: _paragraphs(sections[s], counts[s], last=s == max(counts)) for s in sections}
    out: dict[str, str] = {}
    for ref in paragraphs():
        here = paragraph(ref)
        found = by_section[here[0].section]
        places = list(dict.fromkeys(place for c in here for place in c.sentences))
        parts = _sentences(found[here[0].paragraph - 1], len(places)) if found else None
        out |= dict(zip(sorted(places, key=_number), parts or (), strict=False))
    return out


def _number(place: str) -> int:
    return int(place.rpartition(".")[2])


def _sentences(text: str, count: int) -> list[str] | None:
    """A paragraph's sentences, or None where they are not that many; a full stop after a short form may end one."""
    sure: list[int] = []
    doubtful: list[int] = []
    for end in SENTENCE_END.finditer(text):
        (doubtful if end[1] == "." and SHORT.search(text[: end.start()]) else sure).append(end.end())
    for cuts in (sure, sorted(sure + doubtful)):
        if len(cuts) + 1 == count:
            return [text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return None


def _parted(path: Path) -> tuple[dict[int, list[str]], dict[int, int]]:
    """The lines of each section of the file, and how many paragraphs each has."""
    ledger = claims()
    counts = {c.section: max(o.paragraph for o in ledger if o.section == c.section) for c in ledger}
    return _sections(_text(path), path.name, {c.section: c.section_title for c in ledger}), counts


def _text(path: Path) -> str:
    try:
        return plain_lines(path.read_bytes(), path.name)
    except OSError as e:
        raise Problem(f"{path.name} cannot be read: {e.strerror}.") from None


def _plain(line: str) -> str:
    """A line as a heading is compared: small letters, no numbering, single spaces, no closing marks."""
    text = " ".join(unicodedata.normalize("NFKC", line).lower().split())
    while (shorter := NUMBERING.sub("", text)) != text:
        text = shorter
    return text.strip(" .:*_=-#").replace("’", "'")


def _sections(text: str, name: str, titles: dict[int, str]) -> dict[int, list[str]]:
    """The lines of each section, found by its title; titles in a list of contents are passed over."""
    lines = text.split("\n")
    starts: dict[int, tuple[int, int]] = {}
    limit = len(lines)
    for section in sorted(titles, reverse=True):
        place = _last_heading(lines, _plain(titles[section]), limit)
        if place is None:
            raise Problem(
                f"{name}: the heading {titles[section]!r} is not found on a line of its own, "
                "so the paragraphs cannot be counted."
            )
        starts[section] = place
        limit = place[0]
    ends = [starts[s][0] for s in sorted(starts)[1:]] + [len(lines)]
    return {s: lines[starts[s][1] : end] for s, end in zip(sorted(starts), ends, strict=True)}


def _last_heading(lines: list[str], title: str, limit: int) -> tuple[int, int] | None:
    for start in range(limit - 1, -1, -1):
        for length in range(1, LINES_OF_A_HEADING + 1):
            if start + length <= limit and _plain(" ".join(lines[start : start + length])) == title:
                return start, start + length
    return None


def _paragraphs(lines: list[str], count: int, last: bool) -> list[str] | None:
    """The section's paragraphs, with or without an end where a page ended; None where it cannot be told."""
    joined = _told_apart([line for line in lines if line != PERHAPS], count, last)
    parted = _told_apart(lines, count, last and joined is not None)
    return joined or parted if joined is None or parted in (None, joined) else None


def _told_apart(lines: list[str], count: int, last: bool) -> list[str] | None:
    """The section's paragraphs, each on one line, or None where they cannot be told apart.

    After the last section other matter may follow; elsewhere the number must be right.
    """
    blocks = [" ".join(b.split()) for b in re.split(r"\n\s*\n", "\n".join(lines)) if b.strip()]
    single = [" ".join(line.split()) for line in lines if line.strip()]
    indented = _by_indent(lines)
    for found in (blocks, single, indented):
        whole = found is not single or all(len(p) >= LONG_LINE for p in found[:count])
        if whole and (len(found) == count or (last and len(found) > count)):
            return found[:count]
    return None


def _by_indent(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if line[:1].isspace() and line.strip():
            found.append(line)
        elif line.strip() and found:
            found[-1] += " " + line
    return [" ".join(p.split()) for p in found]

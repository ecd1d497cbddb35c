"""The reader's own copy of the report: the text of one paragraph, out of a saved report.txt."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from tumen.core import Problem
from tumen.evidence.ledger import claims, paragraph

# what may stand before a title: marks of a heading, "Section 2:", "2.", "(II)", "b)"
NUMBERING = re.compile(
    r"^(?:[#*_=\-\s]+|(?:section\s+)?[(\[]?(?:[ivx]+|\d+|[a-c])[)\].:\-–—]+\s*|(?:section\s+)?\d+\s+)"
)
LINES_OF_A_HEADING = 3  # a long heading may have been wrapped
LONG_LINE = 100  # characters; a line this long is a paragraph, not a wrapped part of one


def paragraph_text(ref: str, path: str | Path = Path("report.txt")) -> str | None:
    """The report's words for a paragraph such as S2P3, from the reader's own file; None where there is none.

    Sections are found by their titles, paragraphs by blank lines, or one a line. Raises `Problem` where
    the paragraph, the section titles or the paragraphs cannot be told.
    """
    wanted = paragraph(ref)[0]
    path = Path(path)
    if not path.is_file():
        return None
    ledger = claims()
    counts = {c.section: max(o.paragraph for o in ledger if o.section == c.section) for c in ledger}
    sections = _sections(_text(path), path.name, {c.section: c.section_title for c in ledger})
    found = _paragraphs(sections[wanted.section], counts[wanted.section], last=wanted.section == max(counts))
    if found is None:
        raise Problem(
            f"{path.name}: the {counts[wanted.section]} paragraphs of section {wanted.section} cannot be told "
            "apart; put one blank line between paragraphs."
        )
    return found[wanted.paragraph - 1]


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as e:
        raise Problem(f"{path.name} cannot be read: {e.strerror}.") from None
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if re.search(r"<html|<body", text[:2000], re.IGNORECASE):
            raise Problem(f"{path.name} holds a web page's code; save the page as text.")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Problem(f"{path.name} is not text that can be read; save it as UTF-8.")


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

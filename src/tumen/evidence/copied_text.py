"""A text as it was copied or saved, made plain: its letters, its lines, without a page's numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median

from tumen.core import Problem
from tumen.core.files import decoded

NO_TEXT = (
    (rb"%PDF", "is a PDF; copy its text into a text file"),
    (rb"PK\x03\x04|\xd0\xcf\x11\xe0|\{\\rtf", "is a document of an office program; save it as plain text"),
)
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and marks without width, which some programs save
BROKEN = re.compile(r"([\w.]+)-\n[ \t]*(\w+)")  # a word with a hyphen, broken after it
OF_A_MAC = re.compile("[a-z]Õ[a-z]|(?<![A-Za-z])Ò[A-Za-z]")  # quotation marks of an old Mac, read as Windows'
PAGE = re.compile(r"[\s\-–—|\[(]*(?:(?:page|p\.)\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?[\s\-–—|\])]*", re.IGNORECASE)
ENDED = re.compile(r"""[.!?:]["'”’)\]]*(?:\[?\d{1,3}\]?|[¹²³⁴-⁹]+)?$""")
PERHAPS = "\f"  # a line where a page ended, and perhaps a paragraph
FULL = 0.8  # of a usual line: one shorter ends its paragraph


def plain_lines(data: bytes, name: str) -> str:
    r"""The text of a file with \n at its line ends, broken words joined, and what only pages add taken out.

    Raises `Problem` naming the file where it is no text.
    """
    for pattern, what in NO_TEXT:
        if re.match(pattern, data):
            raise Problem(f"{name} {what}.")
    text = _decoded(data, name)
    if re.search(r"<html|<body|<!doctype", text[:2000], re.IGNORECASE):
        raise Problem(f"{name} holds a web page's code; save the page as text.")
    text = LINE_ENDS.sub("\n", text)
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if filled and sum(line.startswith(">") for line in filled) > 0.9 * len(filled):  # as a mail quotes it
        text = "\n".join(re.sub(r"^(> ?)+", "", line) for line in lines)
    text = INVISIBLE.sub("", re.sub("\u00ad\n[ \t]*", "", "\n".join(_unpaged(text.split("\n")))))
    words = {w.lower() for w in re.findall(r"\w+", BROKEN.sub(" ", text))}
    return BROKEN.sub(lambda m: m[1] + ("" if (m[1] + m[2]).lower() in words else "-") + m[2], text)


def _decoded(data: bytes, name: str) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or 4 * data.count(b"\0") > len(data)  # two bytes a letter, or four
    for read in (decoded,) if wide else (_utf8, _western):
        try:
            return read(data)
        except UnicodeDecodeError:
            continue
    raise Problem(f"{name} is not text that can be read; save it as UTF-8.")


def _utf8(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _western(data: bytes) -> str:
    text = data.decode("cp1252")
    return data.decode("mac_roman") if OF_A_MAC.search(text) else text


def _unpaged(lines: list[str]) -> list[str]:
    """The lines without page numbers and the heads that run beside them; a paragraph that a page cut is one again."""
    found = [(i, int(m[1])) for i, line in enumerate(lines) if (m := PAGE.fullmatch(line))]
    numbers = dict(found)
    steps = [(a, b) for (a, m), (b, n) in pairwise(found) if n == m + 1]
    pages = sorted({i for pair in steps for i in pair})
    if not pages:
        return lines
    beside: dict[int, list[int]] = {page: _beside(lines, page, numbers) for page in pages}
    near = {i for found in beside.values() for i in found}
    there, all_lines = Counter(_head(lines[i]) for i in near), Counter(map(_head, lines))
    # a running head stands beside page numbers more than once, and nowhere else
    heads = {head for head, n in there.items() if n > 1 and n == all_lines[head]}
    gone = {*pages, *(i for i in near if _head(lines[i]) in heads)}
    usual = median(len(line) for line in lines if line.strip())
    out: list[str] = []
    cut = False  # whether lines of a page were taken out since the last line that stays
    for i, line in enumerate(lines):
        if i in gone:
            cut = True
            continue
        if line.strip() and cut:
            before = next((j for j in range(len(out) - 1, -1, -1) if out[j].strip()), -1)
            goes_on = _goes_on(out[before], line, usual) if before >= 0 else False
            if goes_on is not False:
                parted = len(out) - before > 1
                del out[before + 1 :]
                out += [PERHAPS] if parted and goes_on is None else []
        cut = cut and not line.strip()
        out.append(line)
    return out


def _beside(lines: list[str], page: int, numbers: dict[int, int]) -> list[int]:
    """The next lines above and below a page's number that hold something and are no number."""
    ways = (range(page - 1, max(-1, page - 4), -1), range(page + 1, min(len(lines), page + 4)))
    near = (next((i for i in way if lines[i].strip()), None) for way in ways)
    return [i for i in near if i is not None and i not in numbers]


def _head(line: str) -> str:
    return " ".join(line.split()).lower()


def _goes_on(before: str, after: str, usual: float) -> bool | None:
    """Whether a paragraph goes on behind a page's end; None where a sentence ends there on a full line."""
    if not ENDED.search(before.rstrip()):
        return True
    short = len(before.strip()) < FULL * usual
    return False if short or after[:1].isspace() else None

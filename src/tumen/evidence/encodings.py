"""In which letters a text is written: by its mark, by UTF-8, by headings that are known in it, or asked."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

from tumen.core import Problem
from tumen.core.own import SEPARATORS

FIRST = 20  # lines among which a table's headings are looked for
UNSURE = "save it as “CSV UTF-8” and give that"
MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# the encodings that bytes without a mark are tried in, those of one alphabet beside each other
OTHERS = (
    "euc_kr",
    "cp949",
    "cp932",
    "gb18030",
    "big5",
    "cp1252",
    "cp1250",
    "iso8859_2",
    "cp1254",
    "cp1251",
    "mac_roman",
)
WHOSE = {"cp949": "Korean", "cp932": "Japanese", "gb18030": "Chinese", "big5": "Taiwan's Chinese"}
SOME = 'encoding = "mac_roman", "cp850" or another'
# what stands among Korean words
KOREAN_MARKS = "·…“”‘’「」『』《》〈〉～※○●△▲□■☆★→①②③④⑤⑥⑦⑧⑨㈜　－"


def text_of(data: bytes, name: str, known: Callable[[list[str]], int] | None = None) -> str:
    """The text of a class list, its encoding found by its marks, by headings that are `known` in it, or by which fits.

    Raises `Problem` where none does, or two do and give other letters.
    """
    if codec := marked(data):
        return _or_refused(data, codec, name)
    if (text := tried(data, "utf-8")) or not data:
        return text
    if known and (text := _by_headings(data, known)):
        return text
    korean, western = korean_or_western(data)
    if korean and western:
        raise Problem(
            f"{name} is no UTF-8 text, and reads as Korean (cp949) and as Western (code page 1252); {UNSURE}."
        )
    found = korean or western
    if not found or "\0" in found:
        raise Problem(f"{name} cannot be read as UTF-8 text; {UNSURE}.")
    return found


def _by_headings(data: bytes, known: Callable[[list[str]], int]) -> str:
    """The text in the encoding in which headings with letters of their own are known; empty where there is none."""

    def met(cells: list[str]) -> int:
        return known([c for c in cells if not c.isascii()])

    best, found = 0, ""
    for codec in OTHERS:
        text = tried(data, codec)
        if "\0" in text or re.search("[\x80-\x9f]|[^\\W\\d_][¶±¦¬¼¾]|[¶±¦¬¼¾][^\\W\\d_]", text):
            continue
        count = max(most_known(first_cells(text, m), met) for m in SEPARATORS.values())
        if count > best:
            best, found = count, text
    return found


def marked(data: bytes) -> str:
    """The codec that a file's first bytes name, or that the zeros among them show; empty where they do neither."""
    found = next((codec for mark, codec in MARKS if data.startswith(mark)), "")
    if not found and b"\0" in data[:4]:
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    return found


def plausible(data: bytes) -> list[tuple[str, str]]:
    """The encodings that bytes without a mark may be written in, each with whose it is, the likeliest first."""
    if b"\x1b$" in data:
        return [("iso2022_jp", "Japanese")]
    korean, western = korean_or_western(data)
    if korean or western:
        return [pair for pair, text in ((("cp949", "Korean"), korean), (("cp1252", "Western"), western)) if text]
    found = []
    for codec, whose in WHOSE.items():
        text = tried(data, codec)
        if text and not re.search("[\x80-\x9f\ue000-\uf8ff]|[a-z][^\0-\x7f]|[^\0-\x7f][a-z]", text):
            found.append((codec, whose))
    return found


def korean_or_western(data: bytes) -> tuple[str, str]:
    """The text as Korean and as Western, each empty where its letters do not fit.

    Other signs than Hangul, or none of its common ones, Icelandic letters, and a capital behind a small letter show
    another encoding.
    """
    korean, western = tried(data, "cp949"), tried(data, "cp1252")
    beyond = [c for c in western if not c.isascii()]
    fits = all((c.isalpha() and c not in "ÿþðýÞÐÝ") or c in "’‘“”„‚–—…€ «»·°ªº" for c in beyond)
    fits = fits and not re.search("[a-z][À-ÞŠŒŽŸ]", western)
    signs = [c for c in korean if not c.isascii()]
    hangul = [c for c in signs if "가" <= c <= "힣"]
    fit = common_hangul(korean) and all("가" <= c <= "힣" or c in KOREAN_MARKS for c in signs)
    if fits and hangul:  # few letters: it can be either
        fit = True
    return korean if fit else "", western if fits else ""


def common_hangul(text: str) -> bool:
    """Whether a text has Hangul, and a third of it is common enough: bytes of other letters give the rest of it by chance."""
    hangul = re.findall("[가-힣]", text)
    return bool(hangul) and 3 * sum(len(c.encode("euc_kr", "ignore")) == 2 for c in hangul) >= len(hangul)


def tried(data: bytes, codec: str) -> str:
    """The text in an encoding; empty where it is none."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return ""


def _or_refused(data: bytes, codec: str, name: str) -> str:
    if text := tried(data, codec).removeprefix("\ufeff"):
        return text
    raise Problem(f"{name} cannot be read as text; {UNSURE}.")


def first_cells(text: str, mark: str) -> list[list[str]]:
    """The cells of the first lines that hold something, parted by a mark; none where they are no lines of a table."""
    lines = [line for line in text.splitlines()[: 3 * FIRST] if line.strip(" ,;\t")][:FIRST]
    try:
        return list(csv.reader(lines, delimiter=mark))
    except csv.Error:  # a cell larger than any of a table
        return []


def most_known(rows: list[list[str]], known: Callable[[list[str]], int]) -> int:
    """The most headings looked for that stand on one of the first rows."""
    return max(map(known, rows[:FIRST]), default=0)

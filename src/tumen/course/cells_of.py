"""The cells of a table however it was saved: CSV in any usual encoding and separator, or the first sheet of an xlsx."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from tumen.core import Problem
from tumen.core.errors import shown

LARGEST = 10_000_000  # bytes of a table, and of each part of an xlsx
UNSURE = "save it as “CSV UTF-8” and give that"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_CELLS = 2_000_000

Lines = list[tuple[int, list[str]]]


def lines_of(path: str | Path, missing: str = "there is no such file.") -> Lines:
    """The lines of a table that hold something, each with its number, every cell as text.

    Raises `Problem` naming the file where it cannot be read, and where two encodings fit and give other letters.
    """
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            raise Problem(f"{path.name} is too large for such a table.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Problem(f"{shown(path.name)}: {missing}") from None
    except (OSError, ValueError):  # a folder, a file that may not be read, or no name of a file
        raise Problem(f"{shown(path.name)} cannot be read as text; {UNSURE}.") from None
    if data.startswith(b"PK\x03\x04"):
        return _of_xlsx(data, path.name)
    return _of_text(text_of(data, path.name), path.name)


def text_of(data: bytes, name: str) -> str:
    """The text of a file, its encoding found by its marks or by which fits; raises `Problem` where none or two do."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _or_refused(data, codec, name)
    if b"\0" in data[:4]:
        return _or_refused(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be", name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    korean, western = _tried(data, "euc_kr"), _tried(data, "cp1252")
    korean = korean if korean and re.search("[가-힣]", korean) else ""
    western = (
        western if all((c.isalpha() and c not in "ÿþ") or c in "’‘“”–—…€ " for c in western if not c.isascii()) else ""
    )
    if korean and western:
        raise Problem(
            f"{name} is no UTF-8 text, and reads as Korean (cp949) and as Western (code page 1252); {UNSURE}."
        )
    found = korean or western or _tried(data, "cp949")
    if not found or "\0" in found:
        raise Problem(f"{name} cannot be read as UTF-8 text; {UNSURE}.")
    return found


def _tried(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return ""


def _or_refused(data: bytes, codec: str, name: str) -> str:
    if text := _tried(data, codec).removeprefix("\ufeff"):
        return text
    raise Problem(f"{name} cannot be read as text; {UNSURE}.")


def _of_text(text: str, name: str) -> Lines:
    if re.match(r"\s*(<!doctype|<html)", text, re.IGNORECASE):
        raise Problem(f"{name} is a web page, perhaps a sign-in page, and no table; download the table again.")
    first, _, rest = text.partition("\n")
    start = 0
    if found := re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE):  # Excel writes which separator it used
        text, mark, start = rest, found[1], 1
    else:
        mark = max(",;\t", key=next((x for x in text.splitlines() if x.strip(" ,;\t")), "").count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        return [(start + reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error as e:
        raise Problem(f"{name}, line {start + reader.line_num}, is no line of a CSV file: {e}.") from None


# --- xlsx ----------------------------------------------------------------------------------------


def _of_xlsx(data: bytes, name: str) -> Lines:
    """The first sheet of a workbook; its numbers are the text that the file holds for them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {m.filename: m for m in archive.infolist()}
            sheets = sorted((n for n in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)), key=_number)
            if not sheets:
                raise Problem(f"{name} is no table of a spreadsheet; {UNSURE}.")
            words = _shared(_part(archive, parts, "xl/sharedStrings.xml", name))
            return _rows(_part(archive, parts, sheets[0], name), words, name)
    except Problem:
        raise
    except Exception:  # a damaged zip or XML raises almost anything
        raise Problem(f"{name} cannot be read as a spreadsheet's xlsx; {UNSURE}.") from None


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", name))


def _part(archive: zipfile.ZipFile, parts, part: str, name: str) -> ET.Element | None:
    """One part of the file as XML: within its limit, and without declarations that could grow it."""
    if part not in parts:
        return None
    member = parts[part]
    usual = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not member.flag_bits & 1
    if member.file_size > LARGEST or not usual:
        raise Problem(f"{name} is too large for such a table, or locked; {UNSURE}.")
    with archive.open(member) as f:
        text = f.read(LARGEST + 1)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:1] not in (b"<", b"\xef"):
        raise Problem(f"{name} cannot be read as a spreadsheet's xlsx; {UNSURE}.")
    return ET.fromstring(text)


def _words(element: ET.Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{SHEET}t"))


def _shared(root: ET.Element | None) -> list[str]:
    return [] if root is None else [_words(item) for item in root.findall(f"{SHEET}si")]


def _rows(root: ET.Element, shared: list[str], name: str) -> Lines:
    out, count = [], 0
    for n, row in enumerate(root.iter(f"{SHEET}row"), start=1):
        cells: list[str] = []
        for cell in row.findall(f"{SHEET}c"):
            at = _column(cell.get("r", ""), len(cells))
            count += max(1, at - len(cells) + 1)
            if count > MOST_CELLS or at > 16_384:
                raise Problem(f"{name} is too large for such a table; {UNSURE}.")
            cells += [""] * (at - len(cells)) + [_said(cell, shared)]
        if any(c.strip() for c in cells):
            out.append((int(row.get("r") or n), cells))
    return out


def _column(place: str, after: int) -> int:
    """The column of a place such as C7, counted from 0; the next one where the file does not say it."""
    at = 0
    for letter in re.sub(r"[^A-Z]", "", place)[:4]:
        at = at * 26 + ord(letter) - 64
    return max(at - 1, after)


def _said(cell: ET.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _words(cell)
    value = cell.find(f"{SHEET}v")
    text = (value.text or "") if value is not None else ""
    if cell.get("t") == "s":
        return shared[int(text)] if text.isdigit() and int(text) < len(shared) else ""
    return text

"""The sheets of an xlsx, by the standard library: its zip and its XML, within limits."""

from __future__ import annotations

import datetime as dt
import io
import re
import xml.etree.ElementTree as ET
import zipfile

from tumen.core import Problem

LARGEST = 10_000_000  # bytes of a table, and of each part of an xlsx
UNSURE = "save it as “CSV UTF-8” and give that"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_CELLS = 2_000_000
DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}  # built-in formats that show a day

LAST_DAY = 2_958_466  # of the year 9999, as a workbook counts days
PLAIN_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(E[-+]?\d{1,3})?", re.IGNORECASE)

Lines = list[tuple[int, list[str]]]


class Number(str):
    """A cell's text that the file holds as a number: its point is a decimal point, in whatever language it was made."""


def sheets_of(data: bytes, name: str) -> list[str]:
    """The names of a workbook's sheets, in its order; raises `Problem` where it is none."""
    return list(_opened(data, name, _parts_of_sheets))


def lines_of_sheet(data: bytes, name: str, sheet: str = "") -> Lines:
    """The lines of a sheet (the first where none is named) that hold something; its numbers are `Number`, its days ISO text.

    Raises `Problem` where it cannot be read.
    """

    def read(archive, parts, name):
        places = _parts_of_sheets(archive, parts, name)
        part = places[sheet] if sheet else next(iter(places.values()))
        book = _part(archive, parts, "xl/workbook.xml", name)
        late = book is not None and any(p.get("date1904") in ("1", "true") for p in book.iter(f"{SHEET}workbookPr"))
        styles = _styles(_part(archive, parts, "xl/styles.xml", name))
        shared = _part(archive, parts, "xl/sharedStrings.xml", name)
        words = [] if shared is None else [_words(item) for item in shared.findall(f"{SHEET}si")]
        page = _part(archive, parts, part, name)
        if page is None:
            raise Problem(f"{name} cannot be read as a spreadsheet's xlsx; {UNSURE}.")
        return _rows(page, lambda cell: _said(cell, words, styles, late), name)

    return _opened(data, name, read)


def _opened(data: bytes, name: str, read):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return read(archive, {m.filename: m for m in archive.infolist()}, name)
    except Problem:
        raise
    except Exception:  # a damaged zip or XML raises almost anything
        raise Problem(f"{name} cannot be read as a spreadsheet's xlsx; {UNSURE}.") from None


def _parts_of_sheets(archive: zipfile.ZipFile, parts, name: str) -> dict[str, str]:
    """The part of each sheet by its name, in the workbook's order; by their numbers where it says none."""
    found = sorted(
        (n for n in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)), key=lambda n: int(re.sub(r"\D", "", n))
    )
    book, links = (_part(archive, parts, f"xl/{p}", name) for p in ("workbook.xml", "_rels/workbook.xml.rels"))
    targets = {r.get("Id"): r.get("Target", "").removeprefix("/xl/") for r in (links if links is not None else ())}
    named = {}
    for s in book.iter(f"{SHEET}sheet") if book is not None else ():
        part = f"xl/{targets.get(s.get(REL), '')}"
        if part in parts and "worksheets/" in part:
            named[s.get("name", "")] = part
    if not named and not found:
        raise Problem(f"{name} is no table of a spreadsheet; {UNSURE}.")
    return named or {re.sub(r".*/|\.xml", "", part): part for part in found}


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
    for theirs, ours in STRICT:
        text = text.replace(theirs, ours)
    return ET.fromstring(text)


def _words(element: ET.Element) -> str:
    """The text of a string, without the readings that stand above its signs."""
    parts = [element.findall(f"{SHEET}t"), *(run.findall(f"{SHEET}t") for run in element.findall(f"{SHEET}r"))]
    words = "".join(t.text or "" for some in parts for t in some)
    return re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), words)


def _rows(root: ET.Element, said, name: str) -> Lines:
    out, count = [], 0
    for n, row in enumerate(root.iter(f"{SHEET}row"), start=1):
        cells: list[str] = []
        for cell in row.findall(f"{SHEET}c"):
            at = _column(cell.get("r", ""), len(cells))
            count += max(1, at - len(cells) + 1)
            if count > MOST_CELLS or at > 16_384:
                raise Problem(f"{name} is too large for such a table; {UNSURE}.")
            cells += [""] * (at - len(cells)) + [said(cell)]
        if any(c.strip() for c in cells):
            out.append((int(row.get("r") or n), cells))
    return out


def _column(place: str, after: int) -> int:
    """The column of a place such as C7, counted from 0; the next one where the file does not say it."""
    at = 0
    for letter in re.sub(r"[^A-Z]", "", place)[:4]:
        at = at * 26 + ord(letter) - 64
    return max(at - 1, after)


# a workbook saved as “Strict Open XML” names its parts so
STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", SHEET[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", REL[1:-3].encode()),
)


def _said(cell: ET.Element, shared: list[str], styles: dict[str, str], late: bool) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(map(_words, cell.findall(f"{SHEET}is")))
    value = cell.find(f"{SHEET}v")
    text = (value.text or "") if value is not None else ""
    formula = cell.find(f"{SHEET}f")
    if formula is not None and not text and kind != "str":  # written by a program that computed nothing
        return f"={formula.text or ''}"
    if kind == "b":
        return "TRUE" if text == "1" else "FALSE"
    if kind == "s":
        return shared[int(text)] if text.isdigit() and int(text) < len(shared) else ""
    if kind != "n" or not text:
        return text
    style = styles.get(cell.get("s", "0"), "") if PLAIN_NUMBER.fullmatch(text) else ""
    if style == "%":  # what the sheet shows, not the fraction that it holds
        return f"{float(text) * 100:.12g}%"
    return _day(float(text), late) if style and 0 <= float(text) < LAST_DAY else Number(text)


def _day(count: float, late: bool) -> str:
    """The day that a count of days stands for, with its time where it has one."""
    start = dt.datetime(1904, 1, 1) if late else dt.datetime(1899, 12, 30)
    when = start + dt.timedelta(seconds=round(count * 86_400))
    return str(when.date() if when.time() == dt.time() else when)


def _styles(root: ET.Element | None) -> dict[str, str]:
    """How each style, by its number as text, shows a number: as a "day", with a "%", or (not listed) as it is."""
    if root is None:
        return {}
    own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter(f"{SHEET}numFmt")}
    bare = {i: re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.lower()) for i, code in own.items()}
    shows = {i: "%" if "%" in code else "day" for i, code in bare.items() if re.search("[yd%]", code)}
    shows |= {str(i): "day" for i in DAYS} | {"9": "%", "10": "%"}
    cells = root.find(f"{SHEET}cellXfs")
    return {str(i): shows.get(xf.get("numFmtId", ""), "") for i, xf in enumerate(cells if cells is not None else ())}

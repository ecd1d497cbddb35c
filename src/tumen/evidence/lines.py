"""The lines of a table however it was saved: CSV in any encoding and with any separator, or a sheet of an xlsx."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import NO_WIDTH
from tumen.core.errors import nearest, shown
from tumen.core.own import SEPARATORS, Own
from tumen.evidence.encodings import SOME, UNSURE, first_cells, marked, most_known, plausible, text_of, tried
from tumen.evidence.sheets import LARGEST, Lines, lines_of_sheet, sheets_of

NO_TABLE = (
    (rb"\s*(<!doctype|<html|<\?xml|<head|<table)", "is a web page, perhaps a sign-in page, and no table; download the table again"),
    (rb"version https://git-lfs", "is a pointer of Git LFS, which stands for the table and is not it; get the file with git lfs pull"),
    (rb"\xd0\xcf\x11\xe0", "is a workbook of an old spreadsheet (.xls); save it as .xlsx or as CSV UTF-8"),
    (rb"%PDF", "is a PDF and no table; look for the table's CSV or .xlsx"),
    (rb"\x1f\x8b", "is a packed file (gzip); unpack it first"),
    (rb"PAR1", "is a Parquet file; save it as CSV UTF-8"),
    (rb"\s*[{\[]\s*[\"{\[]", "is JSON and no table; save it as CSV UTF-8"),
    (rb"\{\\rtf", "is a document of an office program and no table; save its table as CSV UTF-8"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "is a sheet of OpenDocument (.ods); save it as .xlsx or as CSV UTF-8"),
    (rb"SQLite format|\$FL2|<stata_dta>|RDX", "is a file of a database or of statistics; save its table as CSV UTF-8"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "is a picture and no table; look for the table's CSV or .xlsx"),
)  # fmt: skip


def lines_of(
    path: str | Path, missing: str = "there is no such file.", known: Callable[[list[str]], int] | None = None
) -> Lines:
    """The lines of a class list that hold something, each with its number, every cell as text.

    `known` counts the headings looked for among cells: by them the encoding and the separator are told where the file does
    not say them. Raises `Problem` naming the file where it cannot be read, and where two encodings fit and give other letters.
    """
    path = Path(path)
    data = _bytes(path, missing)
    if data.startswith(b"PK\x03\x04"):
        return lines_of_sheet(data, path.name)
    text, mark, start = _sep_line(text_of(data, path.name, known))
    if not mark and known:
        met = {m: most_known(first_cells(text, m), known) for m in SEPARATORS.values()}
        best = max(met, key=met.__getitem__)
        mark = best if met[best] > 1 else ""
    if not mark:
        mark = max(",;\t", key=next((x for x in text.splitlines() if x.strip(" ,;\t")), "").count)
    return _parted(text, mark, path.name, start)


def rows_of(
    path: str | Path, missing: str = "there is no such file."
) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The headings of a class list in small letters, and its rows: each with its line, its cells by heading without spaces
    around them. Raises `Problem` as `lines_of` does.
    """
    lines = [(n, [cell.strip() for cell in cells]) for n, cells in lines_of(path, missing)]
    head = [cell.lower() for cell in lines[0][1]] if lines else []
    for n, cells in lines[1:]:
        same_width(Path(path).name, n, cells, head)
    return head, [(n, dict(zip(head, cells, strict=False))) for n, cells in lines[1:]]


def same_width(file: str, line: int, cells: list[str], head: list[str]) -> None:
    """Raise `Problem` where a line holds more than its headings: whose cell is whose cannot be told."""
    if any(c.strip() for c in cells[len(head) :]):
        raise Problem(
            f"{file}, line {line}, has {len(cells)} cells and the heading has {len(head)}; "
            "a cell that holds the mark between cells needs quotes around it."
        )


def table_lines(path: Path, own: Own, name: str, wanted: set[str]) -> tuple[Lines, str]:
    """The lines of an own table, and in words how they were read; what cannot be told from the file is asked for.

    `wanted` are the headings to be looked for, `name` the table whose place the file takes. Raises `Problem` naming
    what to write into the case.
    """
    data = _bytes(path)
    if data.startswith(b"PK\x03\x04"):
        return _sheet_lines(data, path.name, own, name, wanted)
    if own.sheet:
        raise Problem(f"{path.name} is text and has no sheets; take sheet = {own.sheet!r} out of [data.{name}].")
    text, encoding = _table_text(data, path.name, own, name)
    text, mark, start = _sep_line(text)
    _check_separator(text, path.name, own, name, wanted)
    mark = own.separator or mark or _mark(text, path.name, own, name, wanted)
    said = next((f"{word}s" for word, m in SEPARATORS.items() if m == mark), repr(mark))
    return _parted(text, mark, path.name, start), f"{encoding} text, parted by {said}"


def _sheet_lines(data: bytes, file: str, own: Own, name: str, wanted: set[str]) -> tuple[Lines, str]:
    """The lines of the sheet that is declared, else of the first; asked for where another holds the headings."""
    sheets = sheets_of(data, file)
    if own.sheet and own.sheet not in sheets:
        raise Problem(f"{file} has no sheet {own.sheet!r}; {nearest(own.sheet, sheets)}.")
    lines = lines_of_sheet(data, file, own.sheet or sheets[0])
    if not own.sheet and len(sheets) > 1 and _known([cells for _, cells in lines], wanted) < 2:
        better = [s for s in sheets[1:] if _known([cells for _, cells in lines_of_sheet(data, file, s)], wanted) > 1]
        if better:
            said = " or ".join(f'sheet = "{s}"' for s in better[:3])
            raise Problem(f"{file} holds no such table in its first sheet, {sheets[0]!r}; {ask(own, name, said)}.")
    width = max((len(cells) for _, cells in lines), default=0)  # a sheet's rows end at their last cell
    others = f", the first of {len(sheets)}" if len(sheets) > 1 and not own.sheet else ""
    how = f"sheet {own.sheet or sheets[0]!r} of an .xlsx workbook{others}"
    return [(n, cells + [""] * (width - len(cells))) for n, cells in lines], how


def _known(rows: list[list[str]], wanted: set[str]) -> int:
    return most_known(rows, lambda cells: len(wanted.intersection(our_names(heading_names(cells), wanted))))


def ask(own: Own, name: str, line: str) -> str:
    """What to write into the case, as the end of a sentence that asks for it."""
    if not own.file:  # a table of a brief itself, which no case declares
        return "save it as “CSV UTF-8”, parted by commas"
    return f'write {line} under [data.{name}], beside file = "{own.file}"'


def _bytes(path: Path, missing: str = "there is no such file.") -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Problem(f"{path.name} is too large for such a table.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Problem(f"{path.name if path.name.isprintable() else shown(path.name)}: {missing}") from None
    except (OSError, ValueError):  # a folder, a file that may not be read, or no name of a file
        raise Problem(f"{shown(path.name)} cannot be read as text; {UNSURE}.") from None
    for pattern, said in NO_TABLE:
        if re.match(pattern, data[:4096].removeprefix(b"\xef\xbb\xbf"), re.IGNORECASE | re.DOTALL):
            raise Problem(f"{path.name} {said}.")
    return data


# --- encodings -------------------------------------------------------------------------------------


def _table_text(data: bytes, name: str, own: Own, table: str) -> tuple[str, str]:
    """The text of an own table and the encoding's name: by its mark, by UTF-8, or as declared; never guessed."""
    says = marked(data) or ("utf-8" if own.encoding and not data.isascii() and tried(data, "utf-8") else "")
    codec = own.encoding or says or "utf-8"
    if own.encoding and says and own.encoding.lower().replace("_", "-")[:5] not in (says[:5], "utf8"):
        told = f"encoding = {own.encoding!r} does not fit" if own.file else ask(own, table, "")
        raise Problem(f"{name} is {says[:6].upper().rstrip('-')} text; {told}.")
    try:
        text = data.decode(says or codec)
        if "\x1b$" in text or (codec.lower().replace("_", "-")[:5] in ("utf-1", "utf-3") and b"\0" not in data):
            raise UnicodeError
    except UnicodeError as e:
        line = data.count(b"\n", 0, getattr(e, "start", 0)) + 1
        if own.encoding or says:
            told = "another encoding is needed" if own.file else ask(own, table, "")
            raise Problem(f"{name}, line {line}, is not {codec} text; {told}.") from None
        said = " or ".join(f'encoding = "{codec}" ({whose})' for codec, whose in plausible(data))
        raise Problem(f"{name}, line {line}, is not UTF-8 text; {ask(own, table, said or SOME)}.") from None
    if "\0" in text:
        raise Problem(f"{name} is no text table; {UNSURE}.")
    return text.removeprefix("\ufeff"), (says or codec).removesuffix("-sig").upper()


# --- separators ------------------------------------------------------------------------------------


def _sep_line(text: str) -> tuple[str, str, int]:
    """The text without the line in which a spreadsheet says its separator, that separator, and the lines taken off."""
    first, _, rest = text.partition("\n")
    if found := re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE):
        return rest, found[1], 1
    return text, "", 0


def _parted(text: str, mark: str, name: str, start: int) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        return [(start + reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error as e:
        line = start + reader.line_num
        raise Problem(f"{name}, line {line}, is no line of a CSV file ({e}); look at its quotation marks.") from None


def _check_separator(text: str, name: str, own: Own, table: str, wanted: set[str]) -> None:
    """Raise `Problem` where the declared mark parts no headings and another does."""

    def met(mark: str) -> int:
        return _known(first_cells(text, mark), wanted)

    if not own.separator or met(own.separator) > 1:
        return
    for word, mark in SEPARATORS.items():
        if met(mark) > 1:
            said = ask(own, table, f'separator = "{word}"')
            declared = " and not as declared" if own.file else ""
            raise Problem(f"{name} is parted by {word}s{declared}; {said}.")


def _mark(text: str, name: str, own: Own, table: str, wanted: set[str]) -> str:
    """The separator that gives the headings looked for, else the only one there is; asked for where neither tells."""
    met = {m: first_cells(text, m) for m in SEPARATORS.values()}
    known = {m: _known(rows, wanted) for m, rows in met.items()}
    best = max(known, key=lambda m: known[m])
    if known[best] and sum(n == known[best] for n in known.values()) == 1:
        return best
    there = [m for m, rows in met.items() if any(len(cells) > 1 for cells in rows)]
    even = [m for m in there if len({len(cells) for cells in met[m] if len(cells) > 1}) == 1]
    found = even if len(even) == 1 else there
    if len(found) > 1:
        said = " or ".join(f'separator = "{word}"' for word, m in SEPARATORS.items() if m in found)
        raise Problem(f"{name} may be parted into cells in {len(found)} ways; {ask(own, table, said)}.")
    return found[0] if found else ","


def heading_names(cells: list[str]) -> list[str]:
    """Headings as they are shown: composed letters on one line, without spaces around them or signs that cannot be seen."""
    return [" ".join(NO_WIDTH.sub("", unicodedata.normalize("NFC", c)).split()) for c in cells]


def our_names(headings: list[str], ours: Iterable[str]) -> list[str]:
    """Headings by the names that are looked for: Start Year is start_year where nothing else is."""
    bare = {_bare(name): name for name in ours}
    return [h if h in bare.values() else bare.get(_bare(h), h) for h in headings]


def _bare(heading: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", heading).casefold()) or heading

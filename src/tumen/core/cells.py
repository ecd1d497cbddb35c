"""Other people's text where it may do harm: in a cell of a spreadsheet, in a name, in a page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Literal

# a spreadsheet takes a cell that begins with one of these for a formula; some read the wide East Asian signs alike
SIGNS = "=+-@＝＋－＠"
FORMULA = (*SIGNS, "\t", "\r")
UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"  # signs without width, which some programs take away
NO_WIDTH = re.compile(f"[{UNSEEN}]")
BEGINS = re.compile(rf"(?:^|(?<=[;,|]))['\"\s{UNSEEN}]*(?=[{re.escape(SIGNS)}])")  # so would a cell, cut there
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# marks that force a direction on what follows, whatever its letters are
FORCED = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
FROM_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")  # letters such as Hebrew and Arabic
TURNS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # marks that turn the direction of reading


def safe(value):
    """A cell as it may stand in a spreadsheet; numbers stay as they are and an empty cell is empty."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def harmless(value):
    """A cell with text from outside: on one line, and no formula even where it is split at another mark than commas.

    A spreadsheet set to semicolons cuts a line of commas at every semicolon in it, so that what follows one would begin
    a cell. What is harmless already stays as it is.
    """
    if not isinstance(value, str):
        return safe(value)
    line = " ".join(plain_text(value).split())
    return BEGINS.sub(lambda m: m[0] if m[0].endswith("'") else f"{m[0]}'", line)


def csv_text(
    rows: Iterable[Sequence], mark: str = ",", quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL, as_given: bool = False
) -> str:
    """Rows as the text of a CSV file, no cell of which is a formula; `as_given` where cells are harmless already, or kept."""
    out = io.StringIO()
    write = csv.writer(out, delimiter=mark, lineterminator="\n", quoting=quoting)
    write.writerows(rows if as_given else ([harmless(cell) for cell in row] for row in rows))
    return out.getvalue()


def csv_rows(text: str) -> tuple[list[list[str]], str]:
    """The rows of a CSV text, and the mark between its cells: of comma, semicolon and tab the one its first line has most of.

    Raises `csv.Error` where it is no such text.
    """
    mark = max(",;\t", key=text.partition("\n")[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark)), mark


def plain_text(text: str, most: int | None = None) -> str:
    """Text without control characters, halves of characters and forced directions, line ends as one sign, cut where too long."""
    text = FORCED.sub("", CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return text if most is None or len(text) <= most else text[:most] + "…"


def shown_name(name: str, most: int = 160) -> str:
    """A file's name as it may be printed: on one line, without marks that turn or hide letters, cut in the middle."""
    line = " ".join(TURNS.sub("", plain_text(name)).split())
    return line if len(line) <= most else f"{line[: most // 2]}…{line[-(most // 2) :]}"

"""The rows of a picture as a file to keep: CSV with its sources and how to cite it, within the page itself."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from html import escape

from tumen import __version__
from tumen.core.cells import csv_text

GROUPED = re.compile(r"[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
LOOKS = re.compile(
    r"(?:align|dx|dy|shape|color|fill|stroke|size|baseline|angle|dash|opacity|width|look)", re.IGNORECASE
)


def csv_of(head: Sequence[str], rows: Sequence[Sequence], notes: Sequence[tuple[str, str]]) -> str:
    """CSV with a first line of names; each note is a last line that begins with # and its name."""
    plain = [[_plain(c) for c in row] for row in rows]
    return csv_text([head, *plain, *([f"# {name}", " ".join(said.split())] for name, said in notes)], as_given=True)


def _plain(cell) -> str:
    """A cell as a program reads it: no marks between thousands, no sign that a spreadsheet would run."""
    text = "" if cell is None else str(cell)
    if GROUPED.match(text):
        return text.replace(",", "").replace("−", "-")
    return f"'{text}" if text[:1] in "=+@" and not _number(text) else text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def drawn_rows(columns: Sequence[str], rows: Sequence[Sequence]) -> tuple[list[str], list[list]]:
    """The rows a picture draws without the columns that only say how a mark looks."""
    keep = [i for i, c in enumerate(columns) if not LOOKS.search(c)]
    return [columns[i] for i in keep], [[row[i] if i < len(row) else None for i in keep] for row in rows]


def download(stem: str, number: int, about: str, text: str) -> str:
    """A link that saves the file; its name says the chapter, the figure and what is drawn."""
    name = f"{stem}-figure-{number}-{re.sub(r'[^a-z0-9]+', '-', about.lower()).strip('-')[:40].strip('-')}.csv"
    data = base64.b64encode(("\ufeff" + text).encode("utf-8")).decode("ascii")
    return (
        f'<a class="rows" download="{escape(name)}" href="data:text/csv;charset=utf-8;base64,{data}">'
        f"rows of figure {number} (CSV)</a>"
    )


def notes(stem: str, number: int, question: str, source: str, assumed: Sequence[str] = ()) -> list[tuple[str, str]]:
    """What stands under the rows: what they are, each assumption, the sources, how to cite."""
    cite = (
        f"“{question}”, figure {number} of {stem}, in Tumen {__version__}, reading copy. Cite the sources named here "
        "for what they say, and Tumen for what it computes. Tables and text CC BY 4.0."
    )
    return [("rows of", question), *(("assumes", a) for a in assumed), ("sources", source), ("how to cite", cite)]

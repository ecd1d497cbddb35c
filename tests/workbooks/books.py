"""The workbooks as tests see them."""

import re
from pathlib import Path

import nbformat

from tumen.core.chapters import beside, numbered

FOLDER = Path(__file__).parents[2] / "workbooks"
CHAPTERS, PAGES = list(numbered(FOLDER).values()), beside(FOLDER)
PATHS = [*CHAPTERS, *PAGES]
NAMES = [p.stem for p in PATHS]


def book(path: Path):
    """A workbook as a notebook node."""
    return nbformat.read(path, as_version=4)


def prose(path: Path) -> str:
    """All markdown of a workbook."""
    return "\n\n".join(c.source for c in book(path).cells if c.cell_type == "markdown")


def code_cells(path: Path) -> list:
    """The code cells that hold something."""
    return [c for c in book(path).cells if c.cell_type == "code" and c.source.strip()]


def words(text: str) -> int:
    """How many words a text has, links, tags and table rules apart."""
    text = re.sub(r"\]\([^)]*\)|<[^>]+>", "]", text)
    return len(re.findall(r"[^\W_][\w'’.,-]*", text))

"""Sections of a notebook that wait closed until they are opened: JupyterLab marks them at the cell of their heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

MARK = "jp-MarkdownHeadingCollapsed"  # JupyterLab's own name in a cell's metadata
HEADING = re.compile(r" {0,3}(#{1,6})(?:\s|$)")
FENCE = re.compile(r"\s*(?:```|~~~)")


def level(source: str) -> int:
    """The highest level of the headings in Markdown, from 1; 0 where it has none."""
    fenced, found = False, []
    for line in source.splitlines():
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and (m := HEADING.match(line)):
            found.append(len(m[1]))
    return min(found, default=0)


def folds(cells: Sequence) -> list[tuple[int, bool]]:
    """For each cell how many folded sections end before it, and whether it begins one; last, how many end with the notebook.

    A section goes to the next cell with a heading of the same or a higher level.
    """
    out: list[tuple[int, bool]] = []
    still: list[int] = []  # the levels of the sections that a cell stands in
    for cell in cells:
        here = level(cell["source"]) if cell["cell_type"] == "markdown" else 0
        ends = sum(here <= open_ for open_ in still) if here else 0
        still = still[: len(still) - ends]
        begins = bool(here and cell["metadata"].get(MARK) is True)
        if begins:
            still.append(here)
        out.append((ends, begins))
    return [*out, (len(still), False)]

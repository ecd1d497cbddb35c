"""The sections of a notebook, by their headings: found, left out, or added to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tumen.core import Problem, nearest

HEADING = re.compile(r"^(#{1,6}) +(.+?) *#* *$", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A run of markdown under one heading (level 0 where it has none), or a cell of code."""

    cell: dict
    text: str
    level: int = 0
    heading: str = ""


def blocks(cells: list[dict]) -> list[Block]:
    """The cells in blocks: a markdown cell is parted where a heading stands in it."""
    out = []
    for cell in cells:
        if cell["cell_type"] != "markdown":
            out.append(Block(cell, cell["source"]))
            continue
        text, fenced = cell["source"], [m.span() for m in FENCE.finditer(cell["source"])]
        found = [m for m in HEADING.finditer(text) if not any(a <= m.start() < b for a, b in fenced)]
        ends = [*(m.start() for m in found), len(text)]
        if text[: ends[0]].strip():
            out.append(Block(cell, text[: ends[0]].rstrip()))
        for m, end in zip(found, ends[1:], strict=True):
            out.append(Block(cell, text[m.start() : end].rstrip(), len(m.group(1)), m.group(2)))
    return out


def section(parts: list[Block], heading: str, book: str) -> tuple[int, int]:
    """Where a section begins and ends among the blocks; raises `Problem` with the nearest heading."""
    wanted = _plain(heading)
    at = next((i for i, b in enumerate(parts) if b.level and _plain(b.heading) == wanted), None)
    if at is None:
        valid = [b.heading for b in parts if b.level > 1]
        near = nearest(heading, valid)
        if near.startswith("valid"):  # headings are long, and a sentence holds few
            near = "it has such as " + ", ".join(repr(v) for v in valid[:3])
        raise Problem(f"{book} has no section {heading!r}; {near}.")
    level = parts[at].level
    if level == 1:
        raise Problem(f"{book}: {heading!r} is its title; leave the whole workbook out of workbooks.")
    end = next((i for i in range(at + 1, len(parts)) if 0 < parts[i].level <= level), len(parts))
    return at, end


def without(cells: list[dict], headings: tuple[str, ...], book: str) -> list[dict]:
    """The cells without the sections of these headings; cells that only import stay, for others may need them."""
    parts = blocks(cells)
    gone: set[int] = set()
    for heading in headings:
        gone.update(range(*section(parts, heading, book)))
    return cells_of([b for i, b in enumerate(parts) if i not in gone or _imports(b)])


def cells_of(parts: list[Block]) -> list[dict]:
    """Blocks as cells again, those of one cell together."""
    out: list[dict] = []
    last = None
    for block in parts:
        if block.cell is last and block.cell["cell_type"] == "markdown":
            out[-1]["source"] += f"\n\n{block.text}"
        else:
            out.append({**block.cell, "source": block.text})
        last = block.cell
    return out


def added(cells: list[dict], new: list[dict], after: str, book: str) -> list[dict]:
    """The cells with new ones at the end of a section, or before the last cell where no section is named."""
    if not after:
        return [*cells[:-1], *new, cells[-1]]
    parts = blocks(cells)
    _, end = section(parts, after, book)
    return [*cells_of(parts[:end]), *new, *cells_of(parts[end:])]


def _imports(block: Block) -> bool:
    lines = [line for line in block.text.splitlines() if line.strip()]
    return block.cell["cell_type"] == "code" and all(line.startswith(("import ", "from ")) for line in lines)


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[*_`]", "", heading).split()).lower()

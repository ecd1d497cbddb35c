"""What stands still on a page: tables of a model, of its results and of an exhibit, and a picture with its words, as HTML and as text."""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from tumen.core import Model, Result
from tumen.core.result import place, verdict_words
from tumen.core.words import amount, exact

from .controls import tag

LEFT = "text-align: left"  # JupyterLab sets every cell of a table to the right
WHOLE = "white-space: nowrap"  # a date, which would break at its hyphens
ROOM = "min-width: 13em"  # a column of sentences, which beside long names would be a word wide
SHORT, SENTENCE = 20, 60  # letters: a date and a word beside it at most; what is a sentence at least


def html_table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """A table with a header row, everything escaped; a column of words stands to the left, one of numbers to the right."""
    rows = [[c if isinstance(c, str) else str(c) for c in row] for row in rows]
    side = [_side([row[i] for row in rows]) for i in range(len(head))]
    left = f' style="{LEFT}"'
    top = "".join(f'<th scope="col"{s and left}>{escape(h)}</th>' for h, s in zip(head, side, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td{s}>{_lines(c)}</td>" for c, s in zip(row, side, strict=True)) + "</tr>" for row in rows
    )
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{said}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


FEW = 8  # rows of a table that stand open


def folded_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same table; one of more than `FEW` rows is closed, under how many there are."""
    told = html_table(head, rows)
    if len(rows) <= FEW:
        return told
    return f'<details class="tumen-fold"><summary>{len(rows)} rows as a table</summary>{told}</details>'


class Parts(str):
    """A cell made of parts, such as the rows of a table, with a semicolon after each."""


LONG = 40  # letters; a cell of parts that says more has a line a part


def _lines(cell: str) -> str:
    """A cell's words, escaped; a part a line where there are parts, so that no cell makes the table wider than the page."""
    if isinstance(cell, Parts) and len(cell) > LONG:
        return ";<br>".join(escape(part) for part in cell.split("; "))
    return escape(cell)


DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")
NUMBER = re.compile(r"[+\-−±]? ?\d[\d,.]*( %)?")


def _side(cells: Sequence[str]) -> str:
    """How a column stands, as the attribute of its cells."""
    if _numbers(cells):
        return ""
    said = [LEFT]
    if any(map(DATE.fullmatch, cells)) and max(map(len, cells)) < SHORT:
        said.append(WHOLE)
    elif any(len(cell) > SENTENCE and not isinstance(cell, Parts) for cell in cells):
        said.append(ROOM)
    return f' style="{"; ".join(said)}"'


def _numbers(cells: Iterable[str]) -> bool:
    """Whether a column holds numbers in the main; empty cells do not count."""
    are = [NUMBER.fullmatch(cell) is not None for cell in cells if cell]
    return bool(are) and 2 * sum(are) >= len(are)


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same table as aligned text."""
    lines = [head, *rows]
    widths = [max(len(str(line[i])) for line in lines) for i in range(len(head))]
    return "\n".join("  ".join(str(c).ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines)


MANY = 24  # items of a list that are still printed one by one


def shown(q, value) -> str:
    """A quantity's value as declared or typed, without its unit; rows of a table parted by semicolons."""
    if q.kind in ("number", "fixed"):
        return exact(value, q.unit)
    if q.kind == "table":
        return Parts("; ".join(", ".join(map(exact, row)) for row in value))
    if q.kind == "list":
        items = [" to ".join(map(exact, item)) if np.ndim(item) else exact(item) for item in value]
        if len(items) > MANY:
            return f"{', '.join(items[:3])}, … {items[-1]} ({len(items)} numbers)"
        return ", ".join(items)
    return amount(value)


def assumptions(model: Model) -> tuple[list[str], list[list[str]]]:
    """The declared quantities: label, starting value, range, unit, basis with source, and note."""
    head = ["quantity", "starts at", "range", "unit", "from", "note"]
    rows = []
    for q in model.quantities:
        span = (
            f"{exact(q.low, q.unit)} to {exact(q.high, q.unit)}" if q.sampled else "fixed" if q.kind == "fixed" else ""
        )
        rows.append([q.label, shown(q, q.value), span, q.unit, tag(q), q.note])
    return head, rows


def settings(now: Result, start: Result) -> tuple[list[str], list[list[str]]]:
    """Every input and output, in this setting and in the starting case."""
    head = ["what", "this setting", "starting case", "unit"]
    rows = [[q.label, shown(q, now.inputs[q.key]), shown(q, start.inputs[q.key]), q.unit] for q in now.model.quantities]
    for out in now.model.outputs:
        bare = out.unit if out.unit == "year" else ""  # a year is written as a year; other units have their own column
        cell = Parts if out.kind == "table" else str
        rows.append([out.label, *(cell(r.said(out.key, bare)) for r in (now, start)), out.unit])
    rows += [
        [place(a), verdict_words(a), verdict_words(b), ""] for a, b in zip(now.findings, start.findings, strict=True)
    ]
    return head, rows


SCALE = 2  # pixels drawn for each one shown, so that a picture is sharp on a fine screen and in print


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG as it is shown."""
    return tuple(int(n / SCALE) for n in struct.unpack(">II", png[16:24]))


def image(picture, rows, words: str) -> str:
    """A picture as an image that carries everything it needs, named by its words."""
    png = picture.png(rows, SCALE)
    width, height = size(png)
    data = base64.b64encode(png).decode("ascii")
    return f'<img src="data:image/png;base64,{data}" alt="{escape(words)}" width="{width}" height="{height}">'


def still(what) -> str:
    """The picture, its caption and its table (see `Shown`); a long table is folded."""
    drawn = image(what.picture, what.rows, what.words) if what.picture is not None else ""
    return (
        f"<figure>{drawn}<figcaption>{escape(what.caption)}</figcaption></figure>{folded_table(what.head, what.body)}"
    )

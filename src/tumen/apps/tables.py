"""Tables a reader meets: the assumptions of a model, its results, and the rows of an exhibit, as HTML and as text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tumen.core import Model, Result
from tumen.core.result import verdict_words
from tumen.core.words import amount, exact

from .controls import tag


def html_table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """A table with a header row, everything escaped."""
    top = "".join(f'<th scope="col">{escape(h)}</th>' for h in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(c))}</td>" for c in row) + "</tr>" for row in rows)
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{said}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same table as aligned text."""
    lines = [head, *rows]
    widths = [max(len(str(line[i])) for line in lines) for i in range(len(head))]
    return "\n".join("  ".join(str(c).ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines)


def shown(q, value) -> str:
    """A quantity's value as declared or typed, without its unit."""
    if q.kind in ("number", "fixed"):
        return exact(value, q.unit)
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
    head = ["", "this setting", "starting case", "unit"]
    rows = [[q.label, shown(q, now.inputs[q.key]), shown(q, start.inputs[q.key]), q.unit] for q in now.model.quantities]
    for out in now.model.outputs:
        rows.append([out.label, amount(now.outputs[out.key]), amount(start.outputs[out.key]), out.unit])
    rows += [
        [a.claim, verdict_words(a), verdict_words(b), ""] for a, b in zip(now.findings, start.findings, strict=True)
    ]
    return head, rows

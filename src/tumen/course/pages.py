"""Pages a person reads: one file, nothing fetched, nothing run, every word from outside escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import TURNS, plain_text
from tumen.course.written import write_private

FROM_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")  # letters such as Hebrew and Arabic
HEAD = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
)
STYLE = (
    "<style>body { font: 16px/1.5 Arial, 'Liberation Sans', Helvetica, sans-serif; color: #1F2328; background: #FBFAF7; "
    "max-width: 56em; margin: 2em auto; padding: 0 1em } table { border-collapse: collapse; margin: 1em 0 } "
    "caption { text-align: left; font-weight: bold } th, td { text-align: left; padding: 4px 14px 4px 0; vertical-align: top; "
    "border-bottom: 1px solid #E3E0D8; overflow-wrap: anywhere } .said { white-space: pre-wrap; border-left: 3px solid "
    "#767676; padding-left: 12px; overflow-wrap: anywhere; unicode-bidi: isolate } .note { color: #5A6068; font-size: 14px } "
    ".bar { display: inline-block; height: 0.8em; background: #33658A; vertical-align: baseline } "
    "@media print { body { margin: 0; max-width: none } article { break-inside: avoid } }</style>\n"
)


def page(title: str, body: Iterable[str]) -> str:
    """A whole page; `body` is HTML that is escaped already, `title` is not."""
    return (
        f"{HEAD}<title>{said(title)}</title>\n{STYLE}</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def said(words) -> str:
    """Words from anywhere, escaped, without control characters and marks that turn the direction of reading."""
    return escape(TURNS.sub("", plain_text(str(words))))


def set_apart(words) -> str:
    """A name in a sentence, with the direction of reading its own."""
    return f"<bdi>{said(words)}</bdi>"


def quoted(words) -> str:
    """A student's own words, set apart, with the direction of reading their own."""
    return f'<p class="said" dir="auto">{said(words)}</p>'


def table(head: Sequence, rows: Iterable[Sequence], caption: str = "") -> str:
    """A table with a header row, every cell escaped."""
    top = "".join(f'<th scope="col">{said(h)}</th>' for h in head)
    body = "".join("<tr>" + "".join(_cell(c) for c in row) + "</tr>" for row in rows)
    name = f"<caption>{said(caption)}</caption>" if caption else ""
    return f"<table>{name}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cell(words) -> str:
    """A cell, with the direction of reading its own where its letters run from right to left."""
    text = said(words)
    return f'<td dir="auto">{text}</td>' if FROM_RIGHT.search(text) else f"<td>{text}</td>"


def write(path: Path, text: str) -> Path:
    """Write a file whole or not at all, for its owner and group only; raises `Problem` where it cannot be written."""
    try:
        return write_private(path, text)
    except OSError as e:
        raise Problem(
            f"{path.name} cannot be written ({e.strerror}); close it where it is open, and run this again."
        ) from None

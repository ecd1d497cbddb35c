"""What answers a prediction stays closed until a guess was made: to the end of its part, and wherever its model stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from html import escape

from tumen.core import Problem
from tumen.site.sheet import Sheet
from tumen.tasks import Task, find_task
from tumen.tasks.asked import asked_by
from tumen.tasks.check import filled

OPENS = "I have guessed: show the picture"
AGAIN = "This answers a prediction of this page: show it"
HEADING = re.compile(r"^(#{1,6}) ", re.MULTILINE)


def predictions(sources: Iterable[str], sheet: Sheet) -> list[Task]:
    """The predictions that code cells ask, in order; what cannot be found is left for the cell to say."""
    out = []
    for source in sources:
        for key in asked_by(source, sheet.session.folder):
            with suppress(Problem):
                out.append(find_task(key, sheet.session.folder))
    return [t for t in out if t.prediction]


def answering(tasks: Iterable[Task]) -> set[str]:
    """The keys of the models that answer these predictions."""
    return {key for t in tasks for key in (t.model, t.answer.model if t.answer else "") if key}


def drop(sheet: Sheet, *tasks: Task) -> str:
    """HTML that begins what predictions keep closed, with their outcomes in words; it ends with `lift`."""
    sheet.veiled = sheet.level
    after = (filled(t.right, t, sheet.session.case) for t in tasks)
    outcome = "".join(f'<p class="outcome">{escape(words)}</p>' for words in after if words)
    return f'<details class="guess"><summary>{OPENS}</summary><div>{outcome}'


def lift(sheet: Sheet) -> str:
    """HTML that ends what the last prediction keeps closed; empty where nothing is."""
    was, sheet.veiled = sheet.veiled, None
    return "" if was is None else "</div></details>"


def fold(sheet: Sheet) -> str:
    """HTML that begins what stands under a folded heading; what a prediction keeps closed there ends there too."""
    sheet.outside.append(sheet.veiled)
    sheet.veiled = None
    return f'<div class="inside" id="fold-{sheet.number("fold")}">'


def unfold(sheet: Sheet) -> str:
    """HTML that ends it."""
    inside = lift(sheet)
    sheet.veiled = sheet.outside.pop()
    return f"{inside}</div></section>"


def over(sheet: Sheet, key: str, html: str) -> str:
    """HTML of a model, closed where it answers a prediction of the page and no prediction stands before it."""
    if sheet.veiled is not None or key not in sheet.answers:
        return html
    return f'<details class="guess"><summary>{AGAIN}</summary><div>{html}</div></details>'


def parted(source: str, sheet: Sheet) -> tuple[str, str]:
    """Markdown before and from the heading that ends what is closed now; all of it is before where none does."""
    fenced = False
    at = 0
    for line in source.splitlines(keepends=True):
        fenced ^= line.startswith("```")
        found = HEADING.match(line)
        if not fenced and found and sheet.veiled is not None and len(found[1]) <= sheet.veiled:
            return source[:at], source[at:]
        at += len(line)
    return source, ""

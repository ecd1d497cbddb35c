"""What comes from a phone, read as an answer: a number, an option's letter, or a few hundred letters of plain text."""

from __future__ import annotations

import unicodedata

from tumen.core import Problem
from tumen.core.cells import TURNS, plain_text
from tumen.core.errors import shown
from tumen.tasks import Task
from tumen.tasks.numerals import read_numeral

LONGEST = 500  # characters of a text
LINE = 200  # characters of what somebody writes beside a claim
LARGEST = 1e15
DIGITS = 60  # characters within which a number is looked for


def answer(task: Task, given) -> tuple[float | str, str]:
    """The answer as it is kept, and how it was read where that is not plain; raises `Problem` for what is none.

    Numbers are floats, choices letters, texts one run of plain letters.
    """
    if not isinstance(given, str):
        raise Problem("An answer is sent as words.")
    if task.kind == "choice":
        if given not in task.options:
            raise Problem(f"choose one of {', '.join(task.options)}.")
        return given, ""
    if task.kind == "text":
        return text(given), ""
    if len(given) > DIGITS:
        raise Problem(f"{shown(given[:20])} is too long for a number; type digits, such as 0.2 or 1500.")
    read = read_numeral(given, task.unit)
    if abs(read.value) > LARGEST:
        raise Problem(f"{shown(given)} is larger than anything that is counted here; type digits, such as 0.2 or 1500.")
    return read.value, read.said


def text(given: str, most: int = LONGEST, needed: bool = True) -> str:
    """Text without control characters and marks that turn the direction of reading, its spaces single; raises `Problem`
    where it is too long, or empty though `needed`.

    It is shown as plain letters wherever it is shown, never as a page's own.
    """
    if not isinstance(given, str):
        raise Problem("A text is sent as words.")
    if len(given) > 8 * most:
        raise Problem(f"That is too long; at most {most} letters.")
    words = " ".join(TURNS.sub("", plain_text(unicodedata.normalize("NFC", given))).split())
    if len(words) > most:
        raise Problem(f"That is {len(words):,} letters; at most {most} can be sent.")
    if needed and not any(c.isalnum() for c in words):
        raise Problem("Write a few words first.")
    return words

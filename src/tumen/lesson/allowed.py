"""What one phone may send and ask: an answer as it is read, and how much of all else, so that nobody can disturb the lesson for the others."""

from __future__ import annotations

import time
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Hashable

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


# --- how much one phone and one address may ask ---------------------------------------------------

DEVICES = 500  # phones in one lesson
FROM_ONE_ADDRESS = 150  # phones at one address: a class may sit behind one, a single machine may not fill the lesson
CONNECTIONS = 1200
CONNECTIONS_FROM_ONE = 400
BODY = 8_000  # bytes of what one request may carry: 500 letters of any script, and what is around them
ADDRESSES = 4_000  # remembered at most


class Rate:
    """So many at once and so many a second, for each of many askers; the longest silent is forgotten first."""

    def __init__(self, at_once: float, a_second: float, clock: Callable[[], float] = time.monotonic):
        self.at_once, self.a_second, self.clock = at_once, a_second, clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def allows(self, who: Hashable) -> bool:
        """Whether one more is allowed now; it is then counted."""
        now = self.clock()
        left, then = self._left.pop(who, (self.at_once, now))
        left = min(self.at_once, left + (now - then) * self.a_second)
        allowed = left >= 1
        self._left[who] = (left - 1 if allowed else left, now)
        while len(self._left) > ADDRESSES:
            self._left.popitem(last=False)
        return allowed

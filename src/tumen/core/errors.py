"""What a reader is told when an input cannot be used: one sentence, and the nearest valid name."""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

# a word of more letters than a sentence can quote and still be read, and the marks after it; a path is many words
OVERLONG = re.compile(r"([^\s/\\]{60})[^\s/\\]{20,}?([\"'.,;:)]*)(?=\s|$)")


class Problem(ValueError):
    """A fault in what was given, told in one sentence that says what, where and what would be valid.

    A quoted word of hundreds of letters or digits is cut, wherever the sentence was made.
    """

    def __init__(self, sentence: object = ""):
        super().__init__(OVERLONG.sub(r"\1…\2", str(sentence)))

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in place of a traceback: the sentence is about what was given, not about our code."""
        return [str(self)]


def shown(value) -> str:
    """A given value as it is quoted in a sentence: on one line, and cut where it is long."""
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # Python refuses to write out an integer of thousands of digits
        return "a number of thousands of digits"
    return text if len(text) <= 60 else text[:59] + "…"


def refused_where(when: Callable[[Mapping], Any], sentence: str) -> Callable[[Mapping], str | None]:
    """A model's check: the sentence where `when(inputs)` is so, for any case where the inputs are arrays; else None."""

    def check(inputs: Mapping) -> str | None:
        import numpy as np

        return sentence if np.any(when(inputs)) else None

    return check


MOST = 12  # names a sentence can list and still be read


def nearest(name: str, valid: Iterable[str]) -> str:
    """Say which valid names are nearest to a mistyped one.

    Returns a clause such as ``the nearest is 'hosts'``, or the full list where nothing is near.

    >>> nearest("hots", ["hosts", "household"])
    "the nearest is 'hosts'"
    """
    valid = sorted(valid)
    lowered = {v.lower(): v for v in reversed(valid)}
    close = [lowered[c] for c in get_close_matches(str(name).lower(), lowered, n=2, cutoff=0.55)]
    if not close:  # a mistyped theme or model: compare only what follows the dot
        tails = {v.rpartition(".")[2].lower(): v for v in reversed(valid)}
        close = [tails[c] for c in get_close_matches(str(name).lower().rpartition(".")[2], tails, n=2, cutoff=0.6)]
    if close:
        return "the nearest is " + " or ".join(repr(c) for c in close)
    more = f" and {len(valid) - MOST} more" if len(valid) > MOST else ""
    return "valid names are " + ", ".join(valid[:MOST]) + more if valid else "no name is valid here"

"""No fault is swallowed: the reader sees one plain sentence, a test sees the exception."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable

from tumen.core import Problem

STRICT = "TUMEN_STRICT"


def sentence(fault: BaseException) -> str:
    """What a reader is told of a fault."""
    if isinstance(fault, Problem):
        text = str(fault)
        first = text.partition(" ")[0].rstrip(":,;")
        return text if "." in first else text[:1].upper() + text[1:]  # a key or a file's name stays as it is written
    return (
        f"Something went wrong inside the workbook ({type(fault).__name__}). Your last setting is kept; "
        "run the cell again, and tell whoever gave you the workbook if it happens twice."
    )


def guarded(tell: Callable[[str], None]):
    """Wrap a callback so that a fault is told to the reader by `tell` and raised again under TUMEN_STRICT.

    A `Problem` is the reader's own slip and is only told; anything else is ours.
    """

    def wrap(callback):
        @functools.wraps(callback)
        def run(*args, **kwargs):
            try:
                return callback(*args, **kwargs)
            except Exception as fault:  # whatever it is, the reader must not be left with silence
                tell(sentence(fault))
                if os.environ.get(STRICT) and not isinstance(fault, Problem):
                    raise
                return None

        return run

    return wrap

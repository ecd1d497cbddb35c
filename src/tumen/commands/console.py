"""What the command line and its console agree on: which letters, how JSON is written, how a fault is told."""

from __future__ import annotations

import codecs
import json
import os
import sys
import unicodedata
import warnings
from pathlib import Path

from tumen.core import Problem
from tumen.page.guard import STRICT

PLAIN = str.maketrans({
    "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "×": "x", "÷": "/", "−": "-",
    "≤": "<=", "≥": ">=", "≈": "about ", "→": "->", "·": ".", "⁻": "-",
})  # fmt: skip


def prepare() -> None:
    """Let no letter and no warning break an answer.

    Letters that the console's encoding lacks are written as plainly as can be, `?` at worst; warnings of libraries,
    which name paths of this machine, are not shown.
    """
    codecs.register_error("plain", _plain)
    # a program started without one of them, as by a scheduler, finds nothing there
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plain")
    if not sys.warnoptions:  # whoever asks Python for warnings gets them
        warnings.showwarning = lambda *_, **__: None


def _plain(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    out = ""
    for letter in fault.object[fault.start : fault.end]:
        plain = unicodedata.normalize("NFKD", letter.translate(PLAIN)).encode("ascii", "ignore").decode()
        out += plain or "?"
    return out, fault.end


def print_json(value) -> None:
    """Print a value as JSON; letters are escaped where the console's encoding is not UTF-8, so that none is lost."""
    utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    print(json.dumps(value, ensure_ascii=not utf8, allow_nan=False))


def told(fault: Exception) -> str:
    """A fault in one line; raises it again under TUMEN_STRICT where it is neither a slip nor the machine's."""
    if isinstance(fault, OSError):
        given = os.fsdecode(fault.filename) if isinstance(fault.filename, (str, bytes)) else ""
        name = Path(given).name or given
        why = fault.strerror or type(fault).__name__
        return str(Problem(f"{name or 'a file or the network'} cannot be used here: {why}."))
    if not isinstance(fault, Problem):
        if os.environ.get(STRICT):
            raise fault
        return (
            f"something went wrong inside ({type(fault).__name__}); what you gave was not changed. "
            "Please tell whoever keeps this installation which command it was."
        )
    return " ".join(str(fault).split())

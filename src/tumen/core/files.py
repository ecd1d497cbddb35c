"""Where the data and workbooks stand, and how a file is written: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import tumen


def shipped(*parts: str) -> Path:
    """The path of something the package carries (`data`, `workbooks`), from a wheel or from a clone."""
    package = Path(tumen.__file__).parent
    carried = package / "_shipped"
    root = carried if carried.is_dir() else package.parents[1]
    return root.joinpath(*parts)


def write_atomic(path: str | Path, text: str) -> Path:
    """Write text to a file so that a reader finds the old text or the new, never half of one.

    Raises `OSError` where the folder cannot be written; the old file is then untouched.
    """
    path = Path(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", text=True)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as f:
            f.write(text)
            f.flush()
            os.fsync(f.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path

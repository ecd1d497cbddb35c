"""Files that are nobody else's business: whole or not at all, and never open to more than their owner and group."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o640, 0o750  # of which the user's umask takes away what it takes
OTHERS = 0o007


def write_private(path: str | Path, data: str | bytes) -> Path:
    """Write a file that only its owner and group can read, so that a reader finds the old content or the new.

    Folders that are missing are made alike. Raises `OSError` where it cannot be written; the old file is then untouched.
    """
    path = Path(path)
    make_private(path.parent)
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), FILE_MODE)
        with os.fdopen(handle, "wb") as f:
            f.write(data.encode("utf-8") if isinstance(data, str) else data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner and group; one that is there stays as it is."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        with suppress(FileExistsError):
            one.mkdir(FOLDER_MODE)


def close_to_others(path: Path) -> None:
    """Take from a file or folder of an earlier version what it allowed to everyone else."""
    with suppress(OSError):
        mode = path.lstat().st_mode
        if mode & OTHERS and not stat.S_ISLNK(mode):
            path.chmod(stat.S_IMODE(mode) & ~OTHERS)

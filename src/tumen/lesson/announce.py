"""Where a running lesson says that it is there, for the reader's views of the same installation; only who owns it can say so."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

PLACE = "TUMEN_LESSON"  # the environment variable that names another file, for lessons that must not meet


def place() -> Path:
    """The file that names the running lesson: within the installation, where readers of a class server cannot write."""
    return Path(os.environ.get(PLACE) or Path(sys.prefix) / "share" / "tumen" / "lesson.json")


def announce(port: int, code: str, key: str) -> bool:
    """Say that a lesson runs at a port of this machine, to its teacher's own account with the key; returns whether it could be said."""
    from tumen.core.files import write_atomic  # every server reads a notice, and only a lesson writes one

    path = place()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        own = _own(path)
        own.unlink(missing_ok=True)
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(key)
        write_atomic(path, json.dumps({"port": port, "code": code}))
        path.chmod(0o644)
    except OSError:
        return False
    return True


def _own(path: Path) -> Path:
    return path.with_name("lesson-teacher")


def key() -> str:
    """The teacher's key of the lesson that runs here, for a process of the teacher's own account; nothing for any other."""
    try:
        return _own(place()).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def withdraw(code: str) -> None:
    """Take the notice back, if it is still this lesson's."""
    if (announced() or {}).get("code") == code:
        for path in (place(), _own(place())):
            with suppress(OSError):
                path.unlink()


def announced() -> dict | None:
    """The `port` and `code` of the lesson that says it runs here; None where none does."""
    try:
        found = json.loads(place().read_text(encoding="utf-8"))
        port, code = found["port"], found["code"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    fits = isinstance(port, int) and 0 < port < 65536 and isinstance(code, str) and code.isalnum() and len(code) < 20
    return {"port": port, "code": code} if fits else None

"""What a running lesson keeps, so that a restart takes up where it was: a line an event, gone when the lesson ends."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from tumen.core import Problem

LARGEST = 50_000_000  # bytes; the busiest lesson the limits allow stays far below


class Journal:
    """The events of one lesson in a file that its owner alone can read; raises `Problem` where it cannot be kept.

    A line is written before its event is answered, so what was acknowledged survives the end of the process. A line that
    was cut off by a fault of the machine is passed over.
    """

    def __init__(self, path: str | Path):
        self.path = Path(path)
        self._file = None

    def events(self) -> Iterator[dict]:
        """The events kept so far, oldest first."""
        try:
            if self.path.stat().st_size > LARGEST:
                raise Problem(f"{self.path.name} is too large for a lesson; move it away and begin a new one.")
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return
        except OSError as e:
            raise Problem(
                f"{self.path.name} cannot be read ({e.strerror}); move it away to begin a new lesson."
            ) from None
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict):
                yield event

    def add(self, event: Mapping) -> None:
        """Keep one event."""
        try:
            if self._file is None:
                handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
                self._file = os.fdopen(handle, "ab", buffering=0)
                if self.path.stat().st_size:
                    self._file.write(b"\n")  # should the last line have been cut off
            self._file.write(json.dumps(event, ensure_ascii=True).encode() + b"\n")
        except OSError as e:
            raise Problem(
                f"{self.path.name} cannot be written here ({e.strerror}); what was answered before is kept."
            ) from None

    def close(self, forget: bool = False) -> None:
        """Let go of the file, and with `forget` take it away."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if forget:
            self.path.unlink(missing_ok=True)

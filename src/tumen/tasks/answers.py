"""A reader's answers: one answers.json beside the notebook, written whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import write_atomic

VERSION = 1
NAME = "answers.json"


class Answers:
    """The answers of one folder, by task key.

    Each entry is a dict with `value`, `state` (right, close, wrong, recorded, skipped), `tries` and `when`.
    Two notebooks may write to one file: every save reads it again first. A file that cannot be read is
    put aside under another name, never overwritten, and `trouble` says so.
    """

    def __init__(self, folder: str | Path = "."):
        self.path = Path(folder) / NAME
        self.trouble = ""
        self.entries: dict[str, dict] = {}
        self._unsaved: dict[str, dict] = {}
        self.reload()

    def reload(self) -> None:
        """Read the file again, if there is one."""
        if not self.path.exists():
            return
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8-sig"))
            entries = raw["answers"]
            if not isinstance(entries, dict) or not all(map(_flat, entries.values())):
                raise ValueError("answers is no table of entries")
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            self._put_aside()
        else:
            self.entries = {**entries, **self._unsaved}

    def _put_aside(self) -> None:
        n = 1
        while (aside := self.path.with_name(f"answers-unreadable-{n}.json")).exists():
            n += 1
        try:
            self.path.rename(aside)
            self.trouble = f"{NAME} could not be read; it is kept as {aside.name} and a new one begun."
        except OSError:
            self.trouble = (
                f"{NAME} could not be read or moved aside; answers are kept only until you close the notebook."
            )

    def get(self, key: str) -> dict | None:
        """The entry of that task, or None."""
        return self.entries.get(key)

    def put(self, key: str, value, state: str) -> dict:
        """Record an answer and write the file; raises `Problem` where the folder cannot be written."""
        self.reload()
        tries = self.entries.get(key, {}).get("tries", 0)
        tries = tries + 1 if isinstance(tries, int) else 1
        when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self.entries[key] = self._unsaved[key] = {"value": value, "state": state, "tries": tries, "when": when}
        try:
            write_atomic(self.path, _text({"version": VERSION, "answers": self.entries}))
        except OSError as e:
            raise Problem(
                f"{NAME} could not be written here ({e.strerror}); your answer is kept until you close the notebook."
            ) from None
        self._unsaved.clear()
        return self.entries[key]


def _flat(entry) -> bool:
    """Whether an entry is one as `put` writes it: words, numbers and nothing nested."""
    return isinstance(entry, dict) and all(isinstance(v, (str, int, float, type(None))) for v in entry.values())


def _text(answers: dict) -> str:
    """The file's text, in the reader's own letters unless half of a character is among them."""
    text = json.dumps(answers, ensure_ascii=False, indent=1)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(answers, indent=1)
    return text + "\n"

"""Every hand-in that grading ever read, kept byte for byte in marked/received: a later, smaller set takes nothing away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tumen.core import Problem
from tumen.course.handed import read_text
from tumen.course.one_file import Received, Refused
from tumen.course.private import write_private

FOLDER, INDEX = "received", "index.json"


class Kept:
    """The hand-ins kept in a folder of marks.

    One is known by its bytes and by where it lay below a download, so that the same download under another name brings
    nothing new, and the same bytes in two students' places are two. Raises `Problem` where the index cannot be used.
    """

    def __init__(self, marked: Path):
        self.folder = marked / FOLDER
        self._met: set[tuple[str, str]] = set()
        self._rows: dict[tuple[str, str], dict] = {}
        try:
            rows = json.loads((self.folder / INDEX).read_text(encoding="utf-8"))
            self._rows = {(r["file"], _tail(r["path"])): r for r in rows}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, TypeError, KeyError):
            raise Problem(
                f"{FOLDER}/{INDEX} of the marks cannot be read; put it back from a copy, or move the folder {FOLDER} away and "
                "grade everything that came once more."
            ) from None
        self._before = len(self._rows)

    @property
    def any(self) -> bool:
        """Whether anything was kept."""
        return bool(self._rows)

    def add(self, one: Received) -> Received:
        """Keep a hand-in; it is returned without its bytes, and by the name it was first read under."""
        key = hashlib.sha256(one.data).hexdigest()[:24], _tail(one.path)
        self._met.add(key)
        if key not in self._rows:
            if not (at := self._at(key[0])).is_file():
                self._write(at, one.data)
            dated = one.dated.isoformat() if one.dated else ""
            self._rows[key] = {"file": key[0], "path": one.path, "dated": dated, "flags": list(one.flags)}
        return replace(one, path=self._rows[key]["path"], data=b"")

    def others(self) -> Iterator[Received | Refused]:
        """The hand-ins read in earlier runs and not in this one, in the order in which they came."""
        for key, row in self._rows.items():
            if key in self._met:
                continue
            try:
                data = self._at(key[0]).read_bytes()
                if hashlib.sha256(data).hexdigest()[:24] != key[0]:
                    raise Problem("the file was changed.")
                dated = datetime.fromisoformat(row["dated"]) if row["dated"] else None
                yield Received(row["path"], dated, read_text(data), tuple(row["flags"]))
            except (OSError, ValueError) as e:
                yield Refused(
                    row["path"], f"it was read earlier, and {FOLDER}/{key[0]}.json cannot be read any more: {e}"
                )

    def save(self) -> None:
        """Write what was added to the index, whole or not at all."""
        if len(self._rows) != self._before:
            self._save()

    def remove(self, gone: set[str]) -> int:
        """Take the hand-ins of these paths away; how many there were."""
        left = {key: row for key, row in self._rows.items() if row["path"] not in gone}
        taken = {key[0] for key in self._rows.keys() - left.keys()} - {key[0] for key in left}
        count, self._rows = len(self._rows) - len(left), left
        if count:
            self._save()
        for digest in taken:
            self._at(digest).unlink(missing_ok=True)
        return count

    def _save(self) -> None:
        rows = ",\n".join(json.dumps(row) for row in self._rows.values())
        self._write(self.folder / INDEX, f"[\n{rows}\n]\n".encode("ascii"))
        self._before = len(self._rows)

    def _at(self, digest: str) -> Path:
        return self.folder / f"{digest}.json"

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_private(path, data)
        except OSError as e:
            raise Problem(f"{FOLDER}/{path.name} of the marks cannot be written: {e.strerror}.") from None


def _tail(path: str) -> str:
    """A hand-in's place below a download, whatever the download is called and whether it was unpacked."""
    return "/".join(part for part in path.split("/") if not part.lower().endswith(".zip"))

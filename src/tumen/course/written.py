"""Files that are nobody else's business, and the folder a build writes: only what changed is written, and what no longer belongs is taken away."""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import stat
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tumen.core import Problem

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


def written_out(path: Path, data: str | bytes) -> Path:
    """Write such a file for a person to open; raises `Problem` where it cannot be written."""
    try:
        return write_private(path, data)
    except OSError as e:
        raise Problem(
            f"{path.name} cannot be written ({e.strerror}); close it where it is open, and run this again."
        ) from None


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


# --- the folder a build writes --------------------------------------------------------------------

MANIFEST = "manifest.json"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold: the day of a build must not change its bytes


class Folder:
    """A folder of built files; `written`, `same` and `removed` count what a build did.

    The digests of what was written stand in its manifest, so that a later build takes away what it wrote and no
    longer belongs, and nothing else. All of it is open to its owner and group only. `kept` names files of an earlier build that somebody has changed since.
    """

    def __init__(self, path: Path):
        self.path = path
        self.written = self.same = self.removed = 0
        self.kept: list[str] = []
        self.changed: list[str] = []
        self._before = self._read()
        self._now: dict[str, str] = {}

    def put(self, name: str, data: bytes) -> None:
        """Have a file hold these bytes; raises `Problem` where it cannot be written."""
        path = self.path / name
        self._now[name] = hashlib.sha256(data).hexdigest()
        try:
            if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
                self.same += 1
                close_to_others(path)
                return
            write_private(path, data)
        except OSError as e:
            raise Problem(f"{name} cannot be written in {self.path.name}: {e.strerror}.") from None
        self.written += 1
        self.changed.append(name)

    def put_all(self, under: str, files: Mapping[str, bytes]) -> None:
        """Put several files under one name."""
        for name, data in files.items():
            self.put(f"{under}/{name}", data)

    def finish(self) -> None:
        """Take away what an earlier build wrote and this one did not, and write the manifest."""
        for name in sorted(set(self._before) - set(self._now)):
            self._remove(name, self._before[name])
        for folder in {self.path, *(above for name in self._now for above in self._above(name))}:
            close_to_others(folder)
        text = json.dumps(self._now, indent=0, sort_keys=True) + "\n"
        written = self.written
        self.put(MANIFEST, text.encode("ascii"))
        self.written = written

    def _above(self, name: str):
        """The folders of a file, below this one."""
        return (self.path / above for above in Path(name).parents)

    def _remove(self, name: str, digest: str) -> None:
        path = self.path / name
        if not path.is_file():
            return
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            self.kept.append(name)
            return
        path.unlink()
        self.removed += 1
        for folder in path.parents:
            if folder == self.path or any(folder.iterdir()):
                break
            folder.rmdir()

    def _read(self) -> dict[str, str]:
        """The manifest of the last build; none where it is missing or is no longer one."""
        try:
            read = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        root = self.path.resolve()
        inside = read.items() if isinstance(read, dict) else ()
        return {n: d for n, d in inside if isinstance(d, str) and (root / n).resolve().is_relative_to(root)}


def zipped(files: Mapping[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    """A zip of files by name, the same bytes for the same files on every machine.

    Of itself nothing in it is compressed: what compresses differs between machines, and a copy is small.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, files[name], how)
    return out.getvalue()

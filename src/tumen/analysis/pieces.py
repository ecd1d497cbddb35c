"""The pieces of a sweep: kept in memory, or in a folder that an interrupted sweep is taken up from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np

from tumen.core import Problem
from tumen.core.files import in_place_of, read_patiently, write_atomic

ABOUT = "sweep.json"  # what the pieces of a folder are pieces of
NUMBER = "<f8"  # what a file holds, a column after the other
ALIGNED = 65_536  # values handed out at once, wherever the pieces end


class Pieces:
    """Columns of a large ensemble by piece, each the cases `start` to `stop`.

    In a folder every piece is a file of its own, written whole or not at all; `about` says what its numbers follow
    from, and a folder that holds pieces of anything else is refused with `Problem`. A piece that is damaged counts as
    missing.
    """

    def __init__(self, columns: tuple[str, ...], folder: Path | None = None, about: Mapping | None = None):
        self.columns, self.folder = columns, folder
        self._held: dict[tuple[int, int], np.ndarray | None] = {}
        if folder is None:
            return
        about = {**(about or {}), "columns": list(columns)}
        path = folder / ABOUT
        if path.exists():
            _same(path, about)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            write_atomic(path, json.dumps(about, indent=1, sort_keys=True))

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The pieces that are there, as the cases they start and stop at, in order."""
        return sorted(self._held)

    def has(self, start: int, stop: int) -> bool:
        """Whether that piece is there, whole."""
        if (start, stop) not in self._held and self.folder is not None:
            with suppress(OSError):
                if _path(self.folder, start, stop).stat().st_size == 8 * len(self.columns) * (stop - start):
                    self._held[start, stop] = None
        return (start, stop) in self._held

    def keep(self, start: int, stop: int, arrays: Mapping[str, np.ndarray]) -> None:
        """Keep a piece: an array of shape (stop - start,) for each column."""
        rows = np.stack([np.asarray(arrays[c], float) for c in self.columns])
        if self.folder is None:
            self._held[start, stop] = rows
            return
        with in_place_of(_path(self.folder, start, stop)) as f:
            f.write(rows.astype(NUMBER).data)
        self._held[start, stop] = None

    def each(self) -> Iterator[tuple[int, int, np.ndarray]]:
        """Every piece in the order of its cases: start, stop and an array of shape (columns, stop - start)."""
        for start, stop in self.spans:
            yield start, stop, self._read(start, stop, 0, len(self.columns))

    def finite(self, column: str, infinite: bool = False) -> Iterator[np.ndarray]:
        """The finite values of a column (or all but NaN) in the order of the cases, 65,536 at a time."""
        place, rest = self.columns.index(column), np.empty(0)
        for start, stop in self.spans:
            values = self._read(start, stop, place, 1)[0]
            good = ~np.isnan(values) if infinite else np.isfinite(values)
            values = values if good.all() else values[good]
            rest = np.concatenate([rest, values]) if rest.size else values
            while rest.size >= ALIGNED:
                yield rest[:ALIGNED]
                rest = rest[ALIGNED:]
        if rest.size:
            yield rest

    def _read(self, start: int, stop: int, first: int, columns: int) -> np.ndarray:
        """So many columns of a piece, beginning with the first."""
        if (held := self._held[start, stop]) is not None:
            return held[first : first + columns]
        n = stop - start
        assert self.folder is not None  # what is not held lies there
        found = np.fromfile(_path(self.folder, start, stop), NUMBER, columns * n, offset=8 * first * n)
        if found.size != columns * n:
            raise Problem(f"a piece of the sweep (cases {start:,} to {stop:,}) was changed while it was read.")
        return found.reshape(columns, n)


def _path(folder: Path, start: int, stop: int) -> Path:
    return folder / f"{start:012d}-{stop:012d}.f8"


def _same(path: Path, about: Mapping) -> None:
    """Raise `Problem` where a folder's pieces follow from something else."""
    folder = path.parent.name
    try:
        found = json.loads(read_patiently(path))
    except (OSError, ValueError):
        raise Problem(f"{folder} holds no sweep that can be taken up; delete it or name another file.") from None
    here = json.loads(json.dumps(about))
    if not isinstance(found, dict) or set(found) - set(here):
        found = {}
    other = [name for name in here if found.get(name) != here[name]]
    if other:
        raise Problem(
            f"{folder} holds the beginning of another sweep (not the same: {', '.join(other)}); "
            "ask for that one again, delete the folder, or name another file."
        )

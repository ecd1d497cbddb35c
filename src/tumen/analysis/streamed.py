"""The estimate of an ensemble that is larger than memory: exact, with the values read piece by piece."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np

from tumen.analysis.targets import Target
from tumen.analysis.uncertainty import BLOCKS, Estimate, Share, Spread, scatter, share_row, spread, summarised
from tumen.core import Model, Problem
from tumen.core.files import in_place_of, read_patiently, write_atomic
from tumen.core.frozen import frozen

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


# --- the estimate ---------------------------------------------------------------------------------

THREADS = 4  # targets summarised at once
STEP = 256  # every so many-th value of a run is held in memory, to find the others by


class Ordered:
    """Values in rising order without all of them in memory: sorted runs, of which an item is looked up by its place.

    `runs` are read one by one, once; with a `file` they are kept in it, and only what is looked for is read again.
    """

    def __init__(self, runs: Iterable[np.ndarray], file: BinaryIO | None = None):
        self._file, self._runs, self._sizes, self._fences = file, [], [], []
        for run in runs:
            self._sizes.append(run.size)
            self._fences.append(run[::STEP].copy())
            if file is None:
                self._runs.append(run)
            else:
                file.write(run.data)
        self._begins = np.cumsum([0, *self._sizes])
        self.size = int(self._begins[-1])
        self._every = np.sort(np.concatenate(self._fences)) if self._fences else np.empty(0)

    def __getitem__(self, place: int) -> float:
        # of the values below the i-th fence there are at most i steps, and up to it at least as many less one a run
        last = (place + (STEP - 1) * len(self._sizes)) // STEP
        least = self._every[place // STEP]
        most = self._every[last] if last < self._every.size else np.inf
        between = []
        for run, fences in enumerate(self._fences):
            start = STEP * max(int(fences.searchsorted(least, "right")) - 1, 0)
            stop = min(STEP * int(fences.searchsorted(most, "left")), self._sizes[run])
            values = self._read(run, start, max(start, stop))
            first = int(values.searchsorted(least, "right"))
            between.append(values[first : values.searchsorted(most, "left")])
            place -= start + first
        inside = np.concatenate(between)
        if place < 0:
            return float(least)
        return float(np.partition(inside, place)[place]) if place < inside.size else float(most)

    def _read(self, run: int, start: int, stop: int) -> np.ndarray:
        if self._file is None:
            return self._runs[run][start:stop]
        self._file.seek(8 * (self._begins[run] + start))
        return np.fromfile(self._file, float, stop - start)


@contextmanager
def ordered(pieces: Pieces, column: str) -> Iterator[Ordered]:
    """The finite values of a column in order; beside pieces in a folder they lie in a file that goes with the block."""
    runs = (np.sort(values) for values in pieces.finite(column))
    if pieces.folder is None:
        yield Ordered(runs)
        return
    with tempfile.TemporaryFile(dir=pieces.folder) as f:
        yield Ordered(runs, f)


@frozen
class Ends:
    """The least, the mean and the largest of an output's finite values, in its unit; None where there is none."""

    least: float | None
    mean: float | None
    largest: float | None


def ends(pieces: Pieces, column: str) -> Ends:
    """The ends and the mean of a column, the same wherever its pieces end."""
    sums, sizes, least, largest = [], 0, math.inf, -math.inf
    for values in pieces.finite(column):
        sums.append(float(values.sum()))
        sizes += values.size
        least, largest = min(least, float(values.min())), max(largest, float(values.max()))
    return Ends(least, math.fsum(sums) / sizes, largest) if sizes else Ends(None, None, None)


def estimate_of(model: Model, pieces: Pieces, n: int, *, at=None, hold=(), seed=0) -> Estimate:
    """The estimate of `n` cases kept in pieces, equal to that of all of them in memory but for what decides."""

    def row(t: Target, here: float) -> Spread | Share:
        if t.kind == "output":
            with ordered(pieces, t.key) as values:

                def errors_of(points: list[float]) -> list[float | None]:
                    tests = [partial(np.greater_equal, point) for point in points]
                    return _errors(pieces.finite(t.key), tests, values.size)

                return spread(t, values, here, errors_of)
        sizes = [(v.size, int(np.count_nonzero(v >= 0))) for v in pieces.finite(t.key, infinite=True)]
        answered, held = map(sum, zip(*sizes, strict=True)) if sizes else (0, 0)
        (error,) = _errors(pieces.finite(t.key, infinite=True), [lambda v: v >= 0], answered)
        return share_row(model, t, held / answered if answered else None, error, here, answered, {})

    with ThreadPoolExecutor(THREADS) as threads:  # sorting and reading wait for no lock of Python's
        return summarised(model, row, n, at=at, hold=hold, seed=seed, each=threads.map)


def _errors(parts: Iterator[np.ndarray], tests: Sequence[Callable], total: int) -> list[float | None]:
    """The standard error of the share of `total` values that passes each test, as `block_error` has it."""
    size, begun = total // BLOCKS, 0
    counts = np.zeros((len(tests), BLOCKS))
    for values in parts if size else ():
        edges = np.clip(np.arange(BLOCKS + 1) * size - begun, 0, values.size)
        for row, test in zip(counts, tests, strict=True):
            passed = test(values)
            for block in np.flatnonzero(edges[1:] > edges[:-1]):
                row[block] += np.count_nonzero(passed[edges[block] : edges[block + 1]])
        begun += values.size
    return [scatter(row, size) for row in counts]

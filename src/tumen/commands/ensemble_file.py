"""The cases of a sweep as a table: a row a case, written a chunk at a time, whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np

from tumen.analysis.sweep import Sweep
from tumen.core import Problem
from tumen.core.files import in_place_of

CASE = "case"  # the column that numbers the cases, from 1
ENDINGS = (".csv", ".parquet")


def able(path: Path) -> None:
    """Raise `Problem` where a table of that name could not be written in the end, so that nothing is computed first."""
    if path.suffix not in ENDINGS:
        raise Problem(f"--out needs a name that ends in .csv or .parquet; you gave {path.name}.")
    if path.exists():
        raise Problem(f"{path.name} is there already; name another file, or take that one away.")
    if path.suffix == ".parquet":
        _parquet()


def _parquet():
    try:
        import pyarrow.parquet
    except ImportError:
        raise Problem(
            "a .parquet file needs pyarrow, which is not installed; pip install pyarrow, or write a .csv."
        ) from None
    return pyarrow


def write(swept: Sweep, path: Path, progress: Callable[[int, int], None]) -> None:
    """Write the number of every case, what was drawn for it and what the model gave; raises `OSError`."""
    pieces = list(swept.pieces.spans)
    with in_place_of(path) as f:
        add = (_csv if path.suffix == ".csv" else _Parquet)(f, [CASE, *swept.pieces.columns])
        for done, (start, stop, rows) in enumerate(swept.pieces.each(), start=1):
            add(np.arange(start + 1, stop + 1), rows)
            progress(done, len(pieces))
        if isinstance(add, _Parquet):
            add.close()


def _csv(f: BinaryIO, names: list[str]) -> Callable:
    """A function that adds rows; a number is written so that reading it gives the same one, none as nothing."""
    import pandas as pd

    text = io.TextIOWrapper(f, encoding="utf-8", newline="", write_through=True)
    pd.DataFrame(columns=names).to_csv(text, index=False, lineterminator="\n")

    def add(numbers: np.ndarray, rows: np.ndarray) -> None:
        table = pd.DataFrame(dict(zip(names, [numbers, *rows], strict=True)))
        table.to_csv(text, index=False, header=False, lineterminator="\n")
        text.flush()

    return add


class _Parquet:
    """Adds rows as a group of their own."""

    def __init__(self, f: BinaryIO, names: list[str]):
        self.arrow, self.names = _parquet(), names
        kinds = [self.arrow.int64(), *(self.arrow.float64() for _ in names[1:])]
        self.schema = self.arrow.schema(list(zip(names, kinds, strict=True)))
        self.writer = self.arrow.parquet.ParquetWriter(f, self.schema)

    def __call__(self, numbers: np.ndarray, rows: np.ndarray) -> None:
        arrays = [self.arrow.array(column) for column in (numbers, *rows)]
        self.writer.write_table(self.arrow.table(arrays, schema=self.schema))

    def close(self) -> None:
        """Write what closes the file."""
        self.writer.close()

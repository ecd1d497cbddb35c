"""`tumen sweep`: a large ensemble, on this machine's processors or on a cluster, that can be stopped and taken up again."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import numpy as np

from tumen.analysis.jobs import Workers
from tumen.analysis.sampling import SEED, whole_number
from tumen.analysis.sweep import Sweep, sweep
from tumen.brief import model as find_model
from tumen.commands.console import print_json
from tumen.commands.run import (
    add_draws,
    add_setting,
    as_dict,
    one_setting,
    print_estimate,
    ranged_model,
    settings,
)
from tumen.core import Case, Model, Problem
from tumen.core.files import in_place_of, in_turn
from tumen.core.frozen import frozen
from tumen.evidence.given import digest
from tumen.page.frame import case_here

PATIENCE = 10  # seconds for which a cluster may take to answer
AHEAD = 2  # chunks under way for each worker, so that none waits


def register(commands) -> None:
    """Add the subcommand to the parser."""
    p = commands.add_parser(
        "sweep",
        help="draw millions of cases",
        description="Draw many cases from a model's declared ranges, on all processors of this machine or on a Dask cluster.",
    )
    add_setting(p)
    add_draws(p)
    p.add_argument("--draws", type=int, required=True, metavar="N", help="how many cases: 10000000")
    p.add_argument(
        "--out",
        metavar="FILE",
        help="write a row a case to FILE.csv or FILE.parquet; until it is done its chunks lie beside it, and the same command goes on from them",
    )
    p.add_argument("--workers", type=int, metavar="N", help="how many processes (default: one for each processor)")
    p.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler instead, such as tcp://10.0.0.5:8786")
    p.set_defaults(do=do)


@frozen
class Found:
    """How a worker finds a model: by its key, under the case it is sent, and only if it reads the same rows (a digest)."""

    case: Case
    tables: str

    def __call__(self, key: str) -> Model:
        """The model as the case starts it; raises `Problem` where a table it reads is another one there."""
        model = self.case.apply(find_model(key))
        if digest(model.tables, model.reads) != self.tables:
            raise Problem(f"a worker reads other rows of {' and '.join(model.reads)} than this folder has.")
        return model


def do(args) -> None:
    """Print how sure, over many cases, and write them."""
    case = case_here(args.case)
    model = case.apply(find_model(args.key))
    found = Found(case, digest(model.tables, model.reads))
    model = ranged_model(model, args.range)
    at = one_setting(model, settings(model, args.set))
    seed = SEED if args.seed is None else args.seed
    out = Path(args.out) if args.out else None
    if out:
        able(out)
    with ExitStack() as stack:
        folder = stack.enter_context(_place(out))
        executor, count = stack.enter_context(_workers(args))
        try:
            swept = sweep(
                model,
                args.draws,
                executor=executor,
                find=found,
                at=at,
                hold=args.hold,
                seed=seed,
                progress=Progress("chunks computed"),
                at_once=AHEAD * count,
                drawn=out is not None,
                folder=folder,
                about=found.tables,
            )
            if out and not swept.failed:
                write(swept, out, Progress("chunks written"))
        except KeyboardInterrupt:
            if sys.stderr.isatty():  # not behind the bar
                print(file=sys.stderr)
            kept = f"what was computed is kept in {folder.name}, and the same command goes on from there"
            print(f"tumen: stopped; {kept if out else 'nothing was to be kept (--out FILE)'}.", file=sys.stderr)
            raise
        _say(args, swept, out)
    if swept.failed:
        again = "the same command tries them again" if out else "with --out FILE they could be tried again alone"
        raise Problem(f"{swept.reading().rstrip('.')}; {again}.")
    if out:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _place(out: Path | None) -> Iterator[Path]:
    """The folder for the chunks: beside the file, which is then ours alone to write, or one that goes at the end."""
    if out is None:
        with tempfile.TemporaryDirectory(prefix="tumen-sweep-") as folder:
            yield Path(folder)
        return
    with ExitStack() as stack:
        try:
            stack.enter_context(in_turn(out, 0))
        except TimeoutError:
            raise Problem(f"{out.name} is being written by another sweep; wait for it or name another file.") from None
        yield out.with_name(f"{out.name}.parts")


@contextmanager
def _workers(args) -> Iterator[tuple]:
    """What runs the chunks (None: this process) and how many it runs at once; nothing is left running after it."""
    if args.cluster:
        with _cluster(args) as found:
            yield found
        return
    count = _processors() if args.workers is None else whole_number("the number of workers", args.workers, 1, 1024)
    if count == 1:
        yield None, 1
        return
    workers = Workers(count)
    try:
        yield workers, count
    finally:
        workers.shutdown(cancel_futures=True)


def _processors() -> int:
    able_to = getattr(os, "sched_getaffinity", None)
    return len(able_to(0)) if able_to else os.cpu_count() or 1


@contextmanager
def _cluster(args) -> Iterator[tuple]:
    if args.workers is not None:
        raise Problem("--workers is for this machine; a cluster has those that were started for it.")
    try:
        import distributed
    except ImportError:
        raise Problem(
            "a cluster needs Dask, which is not installed; pip install 'tumen-workbook[sweep]' brings it."
        ) from None
    try:
        client = distributed.Client(args.cluster, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError):
        raise Problem(
            f"no Dask scheduler answers at {args.cluster}; `dask scheduler` starts one and says its address."
        ) from None
    with client:
        count = sum(client.nthreads().values())
        if not count:
            raise Problem(f"the scheduler at {args.cluster} has no workers; `dask worker {args.cluster}` starts one.")
        with client.get_executor(pure=False) as executor:
            yield executor, count


class Progress:
    """How far it is, on the error stream: a bar that moves in a terminal, else a line at each tenth."""

    def __init__(self, what: str):
        self.what, self.told = what, -1

    def __call__(self, done: int, total: int) -> None:
        """Show `done` of `total`."""
        words = f"{done:,} of {total:,} {self.what}"
        if sys.stderr.isatty():
            filled = 30 * done // total
            end = "\n" if done == total else ""
            print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {words}", end=end, file=sys.stderr, flush=True)
        elif (tenth := 10 * done // total) > self.told:
            self.told = tenth
            print(words, file=sys.stderr, flush=True)


def _say(args, swept: Sweep, out: Path | None) -> None:
    found, written = swept.estimate(), out is not None and not swept.failed
    if args.json:
        about = {"model": args.key, "cases": swept.n, "missing": swept.missing, "file": str(out) if written else None}
        failed = [asdict(f) for f in swept.failed]
        print_json(about | {"failed": failed} | as_dict(found, swept.rows()) | {"reading": swept.reading()})
        return
    print_estimate(found, swept.ends)
    if written:
        print(f"{out.name} has a row for each of the {swept.n:,} cases.")


# --- the cases of a sweep as a table --------------------------------------------------------------

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

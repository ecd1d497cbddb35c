"""Sweep an ensemble too large for one go: in chunks, on any number of processes, to be taken up where it was stopped."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from tumen import __version__
from tumen.analysis.jobs import Failed, Job, made_from, order, ran
from tumen.analysis.sampling import AT_REST, MOST, SEED, held_names, setting, whole_number
from tumen.analysis.streamed import Ends, Pieces, ends, estimate_of
from tumen.analysis.table import Table
from tumen.analysis.targets import targets
from tumen.analysis.uncertainty import Estimate
from tumen.core import Model, Problem, Quantity
from tumen.core.result import plain
from tumen.core.words import counted

MOST_SWEPT = 10_000_000  # cases held in memory
MOST_KEPT = 1_000_000_000  # cases kept in a folder
OWN = ("draws", "seed")  # what a model that draws its own cases draws by, and a sweep says itself


@dataclass(frozen=True, eq=False)
class Sweep(Table):
    """A swept ensemble: `pieces` hold its targets (and what was drawn, if asked for), `failed` the chunks that have none.

    `model` is what one case was run on: the model given, or for one that draws its own cases its `each`.
    """

    model: Model
    n: int
    seed: int
    at: dict
    hold: tuple[str, ...]
    pieces: Pieces = field(repr=False)
    failed: tuple[Failed, ...]

    @property
    def missing(self) -> int:
        """How many cases lie in failed chunks."""
        return sum(f.stop - f.start for f in self.failed)

    @cached_property
    def values(self) -> dict[str, np.ndarray]:
        """All of it in memory: an array of shape (n,) for each column, NaN in the cases of failed chunks."""
        out = {name: np.full(self.n, np.nan) for name in self.pieces.columns}
        for start, stop, rows in self.pieces.each():
            for name, row in zip(self.pieces.columns, rows, strict=True):
                out[name][start:stop] = row
        return out

    @cached_property
    def _estimate(self) -> Estimate:
        n = self.n - self.missing
        return estimate_of(self.model, self.pieces, n, at=self.at, hold=self.hold, seed=self.seed)

    def estimate(self) -> Estimate:
        """The 5, 50 and 95 % points and shares of the cases that were computed."""
        return self._estimate

    @cached_property
    def ends(self) -> dict[str, Ends]:
        """The least, the mean and the largest of every output; the mean of a yes (1) or no (0) is its share."""
        return {s.output: ends(self.pieces, s.output) for s in self.estimate().spreads}

    def rows(self) -> list[dict]:
        """The rows of `estimate`, those of outputs with least, mean and largest."""
        return [
            row | (asdict(self.ends[row["output"]]) if row["part"] == "output" else {})
            for row in self.estimate().rows()
        ]

    def reading(self) -> str:
        """One sentence: how many cases were computed, and how many chunks failed."""
        if not self.failed:
            return f"All {self.n:,} cases were computed."
        chunks = counted(len(self.failed), "chunk")
        done = f"{self.n - self.missing:,} of {self.n:,} cases were computed"
        return f"{done}; {chunks} failed twice: {self.failed[0].reason}"


def sweep(
    model: Model,
    n: int,
    *,
    executor: Executor | None = None,
    find: Callable[[str], Model] | None = None,
    at: Mapping | None = None,
    hold: Iterable[str] = (),
    chunk: int = AT_REST,
    seed: int = SEED,
    progress: Callable[[int, int], None] | None = None,
    at_once: int = 32,
    drawn: bool = False,
    folder: Path | None = None,
    about: str = "",
) -> Sweep:
    """Evaluate `n` cases (1 to 10,000,000) in chunks, in this process or through an executor, `at_once` under way.

    A model's functions cannot be sent to another process, so there it is looked up by its key: `find` is
    a function a worker can import, or such an object; without an executor, and in threads, it is not needed. A model
    that draws its own cases is swept by its `each`. With `drawn` the varied quantities are kept too.

    With a `folder` every chunk is written there as it ends, no more than a few are ever in memory, `n` may be
    1,000,000,000, and a later call goes on from what it finds. A folder is refused where its chunks follow from
    another model, other inputs, another version, or other tables, of which `about` is whatever tells them apart.

    `progress(done, total)` is called in this thread after every chunk. A chunk that fails is
    tried once more and then listed in `failed`; the others stand. The answer does not depend on the size
    of the chunks, the executor or the order in which they end. Raises `Problem` where nothing can be
    computed, for a model that `find` does not give, and as `estimate` does.
    """
    n = whole_number("the sweep", n, 1, MOST_SWEPT if folder is None else MOST_KEPT)
    chunk = whole_number("the chunk", chunk, 1, MOST)
    seed = whole_number("the seed", seed, 0, None)
    inputs = setting(model, at)
    at = {name: inputs[name] for name in at or ()}
    one = _each(model, at, inputs)
    names, hold = order(model, one), held_names(one, hold)
    varied = [name for name in names if name not in hold]
    if not names or not varied:
        reason = "every quantity with a range is held" if names else "no quantity has a range"
        raise Problem(f"{model.key}: {reason}, so nothing is left to vary.")
    here = executor is None or isinstance(executor, ThreadPoolExecutor)
    changed = () if here else _changed(model, find)
    made = made_from(model)
    job = Job(model.key, find, None, changed, model.settled, model.tables, made, at, hold, seed, drawn, 0, 0)
    if here:
        job = replace(job, find=None, model=model, settled=frozenset())
    columns = (*(varied if drawn else ()), *(t.key for t in targets(one)))
    pieces = Pieces(columns, folder, _about(model, one, at, hold, seed, made, about) if folder else None)
    jobs = [replace(job, start=start, stop=min(start + chunk, n)) for start in range(0, n, chunk)]
    left = [job for job in jobs if not pieces.has(job.start, job.stop)]
    there, failed = len(jobs) - len(left), []
    if progress and there:
        progress(there, len(jobs))
    for done, (job, result) in enumerate(ran(left, executor, at_once), start=there + 1):
        if isinstance(result, Failed):
            failed.append(result)
        else:
            pieces.keep(job.start, job.stop, result)
        if progress:
            progress(done, len(jobs))
    if len(failed) == len(jobs):
        raise Problem(f"{model.key}: no chunk of the sweep could be computed; {failed[0].reason}")
    at = at if model.each is None else {}
    return Sweep(one, n, seed, at, hold, pieces, tuple(sorted(failed, key=lambda f: f.start)))


def _each(model: Model, at: Mapping, inputs: Mapping) -> Model:
    """The model of one case; of one that draws its own, how many and which is for the sweep to say."""
    if model.each is None:
        return model
    for name in OWN:
        if name in at:
            raise Problem(f"{model.key}: a sweep has its own number of cases and seed; leave out {name}.")
    return model.each(inputs)


def _about(model: Model, one: Model, at: Mapping, hold, seed: int, made: str, about: str) -> dict:
    """What the numbers of a sweep follow from, in words that a refusal can name."""
    declared = repr([(q.key, q.value, q.low, q.high, q.shape, q.mode, q.whole) for q in one.quantities])
    return {
        "model": model.key,
        "settings": plain(setting(model, at)),
        "ranges": declared,
        "held": list(hold),
        "seed": seed,
        "version": __version__,
        "code": made,
        "tables": about,
    }


def _changed(model: Model, find) -> tuple[Quantity, ...]:
    """The quantities in which a model differs from the one workers will find by its key."""
    if find is None:
        raise Problem(f"{model.key} cannot be sent to other processes; `find` must say how they look it up.")
    try:
        found = find(model.key)
    except Problem as e:
        raise Problem(f"{model.key} is not registered, so other processes cannot find it: {e}") from None
    if _functions(found) != _functions(model):
        raise Problem(f"the registered {model.key} is another model than the one given, which only threads can sweep.")
    declared = set(found.quantities)
    return tuple(q for q in model.quantities if q not in declared)


def _functions(model: Model) -> tuple:
    """What a model computes with, whatever a case has wrapped around it."""
    findings = tuple(replace(f, margin=f.margin and inspect.unwrap(f.margin)) for f in model.findings)
    checked = model.check and inspect.unwrap(model.check)
    return inspect.unwrap(model.run), checked, model.outputs, findings

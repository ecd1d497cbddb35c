"""Sweep a large ensemble in chunks, through any executor of `concurrent.futures`; none is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

import numpy as np

from tumen.analysis.sampling import (
    AT_REST,
    MOST,
    SEED,
    Columns,
    held_names,
    sampled_names,
    setting,
    sobol_points,
    whole_number,
)
from tumen.analysis.table import Table
from tumen.analysis.targets import evaluate, targets
from tumen.analysis.uncertainty import Estimate, summarise
from tumen.core import Model, Problem, Quantity

MOST_SWEPT = 10_000_000


@dataclass(frozen=True)
class Job:
    """One chunk of a sweep, small and free of functions that cannot be sent to another process.

    Either `model` is there, or `find(key)` gives it in the other process and `changed` are the quantities
    a case has changed. The chunk is the cases `start` to `stop` of the sample.
    """

    key: str
    find: Callable[[str], Model] | None
    model: Model | None
    changed: tuple[Quantity, ...]
    at: dict
    hold: tuple[str, ...]
    seed: int
    start: int
    stop: int

    def run(self) -> dict[str, np.ndarray]:
        """Evaluate the chunk; returns an array of shape (stop - start,) for each target."""
        model = self.model or self.find(self.key)
        if self.changed:
            model = model.with_quantities({q.key: q for q in self.changed})
        names, n = sampled_names(model), self.stop - self.start
        points = sobol_points(len(names), n, self.seed, skip=self.start)
        columns = Columns(dict(zip(names, points, strict=True)))
        return evaluate(model, columns.inputs(model, self.at, self.hold, n), n)


@dataclass(frozen=True)
class Failed:
    """A chunk that failed twice: its cases `start` to `stop` (not included) and why, in one sentence."""

    start: int
    stop: int
    reason: str


@dataclass(frozen=True, eq=False)
class Sweep(Table):
    """A swept ensemble: an array of shape (n,) for each target, NaN in the cases of failed chunks."""

    model: Model
    n: int
    seed: int
    at: dict
    hold: tuple[str, ...]
    values: dict[str, np.ndarray] = field(repr=False)
    failed: tuple[Failed, ...]

    @property
    def missing(self) -> int:
        """How many cases lie in failed chunks."""
        return sum(f.stop - f.start for f in self.failed)

    def estimate(self) -> Estimate:
        """The 5, 50 and 95 % points and shares of the cases that were computed."""
        done = np.ones(self.n, bool)
        for f in self.failed:
            done[f.start : f.stop] = False
        values = {k: v if done.all() else v[done] for k, v in self.values.items()}
        return summarise(self.model, values, at=self.at, hold=self.hold, seed=self.seed)

    def rows(self) -> list[dict]:
        """The rows of `estimate`."""
        return self.estimate().rows()

    def reading(self) -> str:
        """One sentence: how many cases were computed, and how many chunks failed."""
        if not self.failed:
            return f"All {self.n:,} cases were computed."
        chunks = f"{len(self.failed)} chunk{'' if len(self.failed) == 1 else 's'}"
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
) -> Sweep:
    """Evaluate `n` cases (1 to 10,000,000) in chunks, in this process or through an executor.

    A model's functions cannot be sent to another process, so there it is looked up by its key: `find` is
    a function a worker can import, such as `tumen.brief.model`; without an executor, and in threads, it is
    not needed. `progress(done, total)` is called in this thread after every chunk. A chunk that fails is
    tried once more and then listed in `failed`; the others stand. The answer does not depend on the size
    of the chunks, the executor or the order in which they end. Raises `Problem` where nothing can be
    computed, for a model that `find` does not give, and as `estimate` does.
    """
    n = whole_number("the sweep", n, 1, MOST_SWEPT)
    chunk = whole_number("the chunk", chunk, 1, MOST)
    seed = whole_number("the seed", seed, 0, None)
    inputs, hold = setting(model, at), held_names(model, hold)
    at = {name: inputs[name] for name in at or ()}
    if set(sampled_names(model)) <= set(hold):
        raise Problem(f"{model.key}: every quantity with a range is held, so nothing is left to vary.")
    here = executor is None or isinstance(executor, ThreadPoolExecutor)
    changed = () if here else _changed(model, find)
    shared = (model.key, None if here else find, model if here else None, changed, at, hold, seed)
    jobs = [Job(*shared, start, min(start + chunk, n)) for start in range(0, n, chunk)]
    values = {t.key: np.full(n, np.nan) for t in targets(model)}
    failed = []
    for done, (job, result) in enumerate(_each(jobs, executor), start=1):
        if isinstance(result, Failed):
            failed.append(result)
        else:
            for key, array in result.items():
                values[key][job.start : job.stop] = array
        if progress:
            progress(done, len(jobs))
    if len(failed) == len(jobs):
        raise Problem(f"{model.key}: no chunk of the sweep could be computed; {failed[0].reason}")
    return Sweep(model, n, seed, at, hold, values, tuple(sorted(failed, key=lambda f: f.start)))


def _changed(model: Model, find) -> tuple[Quantity, ...]:
    """The quantities in which a model differs from the one workers will find by its key."""
    if find is None:
        raise Problem(f"{model.key} cannot be sent to other processes; `find` must say how they look it up.")
    try:
        found = find(model.key)
    except Problem as e:
        raise Problem(f"{model.key} is not registered, so other processes cannot find it: {e}") from None
    if any(getattr(found, part) != getattr(model, part) for part in ("run", "outputs", "findings", "check")):
        raise Problem(f"the registered {model.key} is another model than the one given, which only threads can sweep.")
    declared = set(found.quantities)
    return tuple(q for q in model.quantities if q not in declared)


class _ThisProcess(Executor):
    """Runs what it is given at once, so that a sweep without an executor takes the same path."""

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as e:
            future.set_exception(e)
        return future


def _each(jobs: list[Job], executor: Executor | None):
    """Yield every job with its result, or with `Failed` after a second attempt, as they end."""
    at_once = 1 if executor is None else len(jobs)
    executor = executor or _ThisProcess()
    ahead = iter(jobs)
    waiting: dict[Future, tuple[Job, bool]] = {}
    try:
        for job in ahead:
            waiting[_submit(executor, job)] = (job, False)
            if len(waiting) < at_once:
                continue
            yield from _ended(executor, waiting, until=at_once - 1)
        yield from _ended(executor, waiting, until=0)
    finally:  # an interrupted sweep leaves nothing running behind the reader's back
        for future in waiting:
            future.cancel()


def _ended(executor: Executor, waiting: dict, until: int):
    while len(waiting) > until:
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            job, again = waiting.pop(future)
            try:
                yield job, future.result()
            except Exception as e:
                if again:
                    yield job, Failed(job.start, job.stop, _reason(e))
                else:
                    waiting[_submit(executor, job)] = (job, True)


def _submit(executor: Executor, job: Job) -> Future:
    """Submit a job; a pool that takes no more work gives a future that has failed."""
    try:
        return executor.submit(Job.run, job)
    except Exception as e:
        future = Future()
        future.set_exception(e)
        return future


def _reason(e: Exception) -> str:
    first = (str(e).strip().splitlines() or [""])[0].rstrip(".")
    return f"{first}." if isinstance(e, Problem) else f"{type(e).__name__}: {first or 'no reason given'}."

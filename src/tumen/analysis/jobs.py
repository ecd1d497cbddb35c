"""The chunks of a sweep, each run through an executor of `concurrent.futures`, tried twice, and none lost."""

from __future__ import annotations

import hashlib
import inspect
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np

from tumen.analysis.sampling import Columns, sampled_names, sobol_points
from tumen.analysis.targets import evaluate
from tumen.core import Model, Problem, Quantity
from tumen.core.frozen import frozen
from tumen.core.own import Tables


@frozen
class Job:
    """One chunk of a sweep, small and free of functions that cannot be sent to another process.

    Either `model` is there, or `find(key)` gives it in the other process, `changed` are the quantities a case has
    changed (of `settled` it set the value), `tables` those it is run on, and `made` is what both must be made from. The chunk is the cases `start` to `stop` of the sample.
    """

    key: str
    find: Callable[[str], Model] | None
    model: Model | None
    changed: tuple[Quantity, ...]
    settled: frozenset[str]
    tables: Tables
    made: str
    at: dict
    hold: tuple[str, ...]
    seed: int
    drawn: bool
    start: int
    stop: int

    def run(self) -> dict[str, np.ndarray]:
        """Evaluate the chunk: an array of shape (stop - start,) for each target and, if `drawn`, each varied quantity.

        Raises `Problem` where this process has another Tumen or another report than the one that asks.
        """
        model = self.model or self._found()
        one, at = (model, self.at) if model.each is None else (model.each(model.inputs(self.at)), {})
        names, n = order(model, one), self.stop - self.start
        points = sobol_points(len(names), n, self.seed, skip=self.start)
        inputs = Columns(dict(zip(names, points, strict=True))).inputs(one, at, self.hold, n)
        drawn = {k: inputs[k] for k in names if k not in self.hold} if self.drawn else {}
        return drawn | evaluate(one, inputs, n)

    def _found(self) -> Model:
        assert self.find is not None  # a job has this or its model
        model = replace(self.find(self.key), tables=self.tables)
        if self.changed or self.settled:
            model = model.with_quantities({q.key: q for q in self.changed}, settled=self.settled)
        if made_from(model) != self.made:
            raise Problem(
                "a worker has another version of Tumen, of the report, of NumPy or of SciPy than this machine."
            )
        return model


def order(model: Model, one: Model) -> tuple[str, ...]:
    """Which quantity has which Sobol dimension: by name, or as a model that draws its own cases has them."""
    return sampled_names(one) if model.each is None else tuple(q.key for q in one.quantities if q.sampled)


def made_from(model: Model) -> str:
    """A digest of all that a model's numbers follow from beside its inputs: the code of Tumen and of the model's own
    package, and the versions of what they compute with.
    """
    run = inspect.unwrap(model.run)
    packages = sorted({__package__.partition(".")[0], run.__module__.partition(".")[0]})
    return _digest(tuple(packages))


@cache
def _digest(packages: tuple[str, ...]) -> str:
    found = hashlib.sha256(f"Python {sys.version_info[:2]}".encode())
    for name in ("numpy", "scipy"):
        found.update(f"{name} {version(name)} ".encode())
    for name in packages:
        package = sys.modules[name]
        root = Path(getattr(package, "__file__", None) or "").parent if hasattr(package, "__path__") else None
        for path in sorted(root.rglob("*.py")) if root else [Path(getattr(package, "__file__", None) or "")]:
            if path.is_file():
                found.update(f"{path.relative_to(root) if root else path.name}\n".encode() + path.read_bytes())
    return found.hexdigest()


@frozen
class Failed:
    """A chunk that failed twice: its cases `start` to `stop` (not included) and why, in one sentence."""

    start: int
    stop: int
    reason: str


class Workers(Executor):
    """So many processes of this machine; where one dies, what it was at fails and new ones take its place.

    They start anew rather than as copies of this one, so that they are the same on every system. They leave an
    interruption to the process that asks, and end when that one does, however it ends.
    """

    def __init__(self, count: int):
        self.count = count
        self._pool = self._made()

    def _made(self) -> ProcessPoolExecutor:
        fresh = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.count, mp_context=fresh, initializer=_attend)

    def submit(self, fn, /, *args, **kwargs) -> Future:
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenProcessPool:
            self._pool = self._made()
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait=True, *, cancel_futures=False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def _attend() -> None:
    """In a worker: no interruption of its own, and an end with the process that started it."""
    with suppress(ValueError):  # not in the main thread, where no signal arrives anyway
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent) -> None:
    parent.join()
    os._exit(1)


class _ThisProcess(Executor):
    """Runs what it is given at once, so that a sweep without an executor takes the same path."""

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as e:
            future.set_exception(e)
        return future


def ran(jobs: Iterable[Job], executor: Executor | None, at_once: int) -> Iterator[tuple[Job, dict | Failed]]:
    """Every job with its result, or with `Failed` after a second attempt, as they end; `at_once` are under way."""
    at_once = 1 if executor is None else at_once
    executor = executor or _ThisProcess()
    waiting: dict[Future, tuple[Job, bool]] = {}
    try:
        for job in jobs:
            waiting[_submit(executor, job)] = (job, False)
            yield from _ended(executor, waiting, until=at_once - 1)
        yield from _ended(executor, waiting, until=0)
    finally:  # an interrupted sweep leaves nothing running behind the reader's back
        for future in waiting:
            future.cancel()


def _ended(executor: Executor, waiting: dict, until: int) -> Iterator[tuple[Job, dict | Failed]]:
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
        future: Future = Future()
        future.set_exception(e)
        return future


def _reason(e: Exception) -> str:
    first = (str(e).strip().splitlines() or [""])[0].rstrip(".")
    return f"{first}." if isinstance(e, Problem) else f"{type(e).__name__}: {first or 'no reason given'}."

import json
import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from oracles import LINEAR, number, one

from suh2002 import counting
from tumen import brief
from tumen.analysis.sampling import with_ranges
from tumen.analysis.sweep import sweep
from tumen.analysis.uncertainty import estimate
from tumen.core import Model, Problem, Quantity

TROUBLE = "TUMEN_TEST_TROUBLE"  # a folder in which runs leave marks, handed down to worker processes
CHUNK = 1000


def _fragile(x, mode):
    """Fails on the case nearest to 0.5, as `mode` says: once, always, or by taking its process down."""
    if np.ndim(x) and mode != "fine" and (np.abs(x - 0.5) < 1e-4).any():
        mark = Path(os.environ[TROUBLE]) / "one"
        first = not mark.exists()
        mark.write_text("was here")
        if mode == "die":
            os._exit(1)
        if mode == "always" or first:
            raise RuntimeError("the disk is full\nand more lines")
    return {"y": x}


FRAGILE = one(number("x", 0, 1), _fragile, key="test.fragile")
MODE = Quantity(
    key="mode", label="mode", kind="choice", value="fine", choices=("fine", "once", "always", "die"), basis="data"
)
FRAGILE = replace(FRAGILE, quantities=(*FRAGILE.quantities, MODE))


def find(key: str) -> Model:
    """What a worker calls: the test's own models, or the registered ones."""
    return FRAGILE if key == FRAGILE.key else brief.model(key)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Known to worker processes too, since they are started later."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("marks")
        patch.setenv(TROUBLE, str(path))
        yield path


@pytest.fixture(scope="module")
def pool(folder):
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
        yield executor


@pytest.fixture
def marks(folder):
    yield folder
    for mark in folder.iterdir():
        mark.unlink()


def test_a_sweep_is_the_estimate_of_the_same_cases_whatever_the_chunks():
    whole = estimate(counting.ceiling, n=10_000)
    for chunk in (10_000, 4096, 777):
        swept = sweep(counting.ceiling, 10_000, chunk=chunk)
        assert swept.failed == ()
        found = swept.estimate()
        assert found.spreads == whole.spreads
        assert found.share() == replace(whole.share(), decides={})
        assert swept.rows() == found.rows()


def test_settings_and_held_quantities_reach_every_chunk():
    at, hold = {"hosting_share": 0.3, "claimed": 250_000}, ["guests"]
    swept = sweep(counting.ceiling, 5000, at=at, hold=hold, chunk=512).estimate()
    assert swept.spreads == estimate(counting.ceiling, at, hold=hold, n=5000).spreads
    assert swept.held == ("guests",)


def test_processes_give_what_this_process_gives(pool):
    here = sweep(counting.ceiling, 20_000, chunk=3000)
    there = sweep(counting.ceiling, 20_000, chunk=3000, executor=pool, find=brief.model)
    assert there.failed == ()
    for key, values in here.values.items():
        np.testing.assert_array_equal(there.values[key], values)


def test_a_changed_model_is_sent_as_what_was_changed(pool):
    changed = with_ranges(counting.ceiling, {"hosts": (500_000, 900_000)})
    swept = sweep(changed, 3000, chunk=1000, executor=pool, find=brief.model)
    assert swept.estimate().spreads == estimate(changed, n=3000).spreads


def test_threads_need_no_registered_model():
    with ThreadPoolExecutor(2) as threads:
        swept = sweep(LINEAR, 5000, chunk=512, executor=threads)
    assert swept.estimate().spreads == estimate(LINEAR, n=5000).spreads


def test_progress_is_told_after_every_chunk_in_this_thread():
    told = []
    with ThreadPoolExecutor(2) as threads:
        sweep(LINEAR, 5000, chunk=1000, executor=threads, progress=lambda *p: told.append((*p, threading.get_ident())))
    assert told == [(i, 5, threading.get_ident()) for i in range(1, 6)]
    told.clear()
    seen = []
    counted = one(number("x", 0, 1), lambda x: (seen.append(np.size(x)), {"y": x})[1])
    sweep(counted, 3000, chunk=1000, progress=lambda done, total: told.append(len(seen)))
    assert told == sorted(set(told))  # told between the chunks, not after the last


def test_a_chunk_that_fails_once_is_tried_again(marks, pool):
    for executor in (None, pool):
        swept = sweep(FRAGILE, 10_000, at={"mode": "once"}, chunk=CHUNK, executor=executor, find=find)
        assert (marks / "one").exists()
        assert swept.failed == ()
        np.testing.assert_array_equal(swept.values["y"], sweep(FRAGILE, 10_000).values["y"])
        (marks / "one").unlink()


def test_a_chunk_that_fails_twice_is_reported_and_the_others_stand(marks, pool):
    whole = sweep(FRAGILE, 10_000).values["y"]
    bad = sorted({int(i) // CHUNK for i in np.flatnonzero(np.abs(whole - 0.5) < 1e-4)})
    assert 0 < len(bad) < 10
    for executor in (None, pool):
        swept = sweep(FRAGILE, 10_000, at={"mode": "always"}, chunk=CHUNK, executor=executor, find=find)
        assert [(f.start, f.stop) for f in swept.failed] == [(i * CHUNK, (i + 1) * CHUNK) for i in bad]
        assert {f.reason for f in swept.failed} == {"RuntimeError: the disk is full."}
        lost = np.isin(np.arange(10_000) // CHUNK, bad)
        assert swept.missing == lost.sum()
        assert np.isnan(swept.values["y"][lost]).all()
        np.testing.assert_array_equal(swept.values["y"][~lost], whole[~lost])
        assert swept.estimate().n == 10_000 - swept.missing
        assert f"{10_000 - swept.missing:,} of 10,000 cases were computed; " in swept.reading()
        assert swept.reading().endswith("failed twice: RuntimeError: the disk is full.")
        json.dumps(swept.as_dict(), allow_nan=False)


def test_a_process_that_dies_loses_no_chunk_unreported(marks):
    whole = sweep(FRAGILE, 50_000).values["y"]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as own:
        assert own.submit(os.getpid).result() > 0
        try:
            swept = sweep(FRAGILE, 50_000, at={"mode": "die"}, chunk=CHUNK, executor=own, find=find)
        except Problem as e:
            assert "no chunk of the sweep could be computed; BrokenProcessPool" in str(e)
            return
    done = np.isfinite(swept.values["y"])
    assert done.sum() + swept.missing == 50_000
    np.testing.assert_array_equal(swept.values["y"][done], whole[done])
    assert all("BrokenProcessPool" in f.reason for f in swept.failed)


def test_an_interrupted_sweep_cancels_what_has_not_begun():
    gate, begun = threading.Event(), []

    def run(x):
        begun.append(1)
        if len(begun) > 1:
            gate.wait(5)
        return {"y": x}

    def stop(done, total):
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as threads:
        with pytest.raises(KeyboardInterrupt):
            sweep(one(number("x", 0, 1), run), 10_000, chunk=100, executor=threads, progress=stop)
        gate.set()
    assert len(begun) < 10


def test_bad_requests_are_answered_in_one_sentence(refusal, pool, marks):
    for n in (0, 10**9):
        assert "from 1 to 10,000,000" in refusal(sweep, LINEAR, n)
    assert "the chunk" in refusal(sweep, LINEAR, 10, chunk=0)
    assert "0 or more" in refusal(sweep, LINEAR, 10, seed=-1)
    assert "nearest is 'hosts'" in refusal(sweep, counting.ceiling, 10, at={"host": 1})
    assert "no quantity with a range" in refusal(sweep, counting.pool, 10)
    assert "nothing is left to vary" in refusal(sweep, LINEAR, 10, hold=["a", "b", "c"])
    assert "not registered" in refusal(sweep, LINEAR, 10, executor=pool, find=brief.model)
    assert "`find` must say" in refusal(sweep, counting.ceiling, 10, executor=pool)
    other = replace(counting.ceiling, run=lambda **_: {})
    assert "another model" in refusal(sweep, other, 10, executor=pool, find=brief.model)
    failing = refusal(sweep, FRAGILE, 100_000, at={"mode": "always"}, chunk=100_000)
    assert failing == "test.fragile: no chunk of the sweep could be computed; RuntimeError: the disk is full."


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the cluster's own
def test_a_real_dask_cluster_gives_what_this_process_gives():
    distributed = pytest.importorskip("distributed")
    here = sweep(counting.ceiling, 100_000)
    told = []
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor() as executor,
    ):
        there = sweep(
            counting.ceiling,
            100_000,
            chunk=7000,
            executor=executor,
            find=brief.model,
            progress=lambda *p: told.append(p),
        )
    assert there.failed == ()
    assert told[-1] == (15, 15)
    for key, values in here.values.items():
        np.testing.assert_array_equal(there.values[key], values)

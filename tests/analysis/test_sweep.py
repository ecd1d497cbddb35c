import importlib
import json
import multiprocessing
import os
import threading
import tracemalloc
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from oracles import LINEAR, number, one

from suh2002 import counting
from tumen import brief
from tumen.analysis import jobs
from tumen.analysis.jobs import Workers
from tumen.analysis.sampling import with_ranges
from tumen.analysis.sweep import sweep
from tumen.analysis.uncertainty import estimate
from tumen.core import Case, Model, Problem, Quantity
from tumen.core.case import Override

module = importlib.import_module("tumen.analysis.sweep")  # the package has the function under this name
TROUBLE = "TUMEN_TEST_TROUBLE"  # a folder in which runs leave marks, handed down to worker processes
CHUNK = 1000
ESTIMATED = ("ceiling", "occupancy_needed_100k", "occupancy_needed_300k", "S2P3-d")
ENDS = ("least", "mean", "largest")


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


MODE = Quantity(
    key="mode", label="mode", kind="choice", value="fine", choices=("fine", "once", "always", "die"), basis="data"
)
FRAGILE = one(number("x", 0, 1), _fragile, more=(MODE,), key="test.fragile")


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
    whole, rows = estimate(counting.ceiling, n=10_000), []
    for chunk in (10_000, 4096, 777):
        swept = sweep(counting.ceiling, 10_000, chunk=chunk)
        assert swept.failed == ()
        found = swept.estimate()
        assert found.spreads == whole.spreads
        assert found.share() == replace(whole.share(), decides={})
        rows.append(swept.rows())
        assert [{k: v for k, v in row.items() if k not in ENDS} for row in rows[-1]] == found.rows()
    assert rows[0] == rows[1] == rows[2]
    ceiling = sweep(counting.ceiling, 10_000).values["ceiling"]
    ends = {"least": ceiling.min(), "mean": pytest.approx(ceiling.mean(), rel=1e-14), "largest": ceiling.max()}
    assert {k: rows[0][0][k] for k in ENDS} == ends


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
def test_a_real_dask_cluster_gives_what_this_process_gives(tmp_path, monkeypatch, capsys):
    distributed = pytest.importorskip("distributed")
    from tumen.cli import main

    monkeypatch.chdir(tmp_path)
    here = sweep(counting.ceiling, 100_000, drawn=True)
    told = []
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with distributed.Client(cluster) as client, client.get_executor() as executor:
            there = sweep(
                counting.ceiling,
                100_000,
                chunk=7000,
                executor=executor,
                find=brief.model,
                progress=lambda *p: told.append(p),
                drawn=True,
            )
        command = ["sweep", "counting.ceiling", "--draws", "70000", "--out"]
        assert main([*command, "there.csv", "--cluster", cluster.scheduler_address]) == 0
    assert main([*command, "here.csv", "--workers", "1"]) == 0
    assert (tmp_path / "there.csv").read_bytes() == (tmp_path / "here.csv").read_bytes()
    assert there.failed == ()
    assert told[-1] == (15, 15)
    for key, values in here.values.items():
        assert there.values[key].tobytes() == values.tobytes()
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as cluster:
        capsys.readouterr()
        assert main([*command, "none.csv", "--cluster", cluster.scheduler_address]) == 2
    assert "has no workers; `dask worker tcp://" in capsys.readouterr().err


def test_one_two_and_three_processes_give_the_same_bits(tmp_path):
    given = {"chunk": 3000, "find": brief.model, "drawn": True}
    here = sweep(counting.ceiling, 20_000, chunk=3000, drawn=True)
    for count in (1, 2, 3):
        with Workers(count) as workers:
            there = sweep(
                counting.ceiling, 20_000, executor=workers, at_once=2 * count, folder=tmp_path / str(count), **given
            )
        assert there.failed == ()
        assert set(there.values) == {*(q.key for q in counting.ceiling.quantities if q.sampled), *ESTIMATED}
        for key, values in here.values.items():
            assert there.values[key].tobytes() == values.tobytes(), (count, key)
        assert there.rows() == here.rows()


def test_a_worker_that_dies_is_replaced_and_the_other_chunks_stand(marks):
    whole = sweep(FRAGILE, 5000).values["y"]
    bad = sorted({int(i) // CHUNK for i in np.flatnonzero(np.abs(whole - 0.5) < 1e-4)})
    assert 0 < len(bad) < 5
    with Workers(1) as workers:
        swept = sweep(FRAGILE, 5000, at={"mode": "die"}, chunk=CHUNK, executor=workers, at_once=1, find=find)
    assert [f.start // CHUNK for f in swept.failed] == bad
    done = np.isfinite(swept.values["y"])
    assert done.sum() == 5000 - CHUNK * len(bad)
    np.testing.assert_array_equal(swept.values["y"][done], whole[done])


def stopped_at(chunks):
    def progress(done, total):
        if done == chunks:
            raise KeyboardInterrupt

    return progress


def counted(sizes):
    def run(**inputs):
        sizes.append(np.size(inputs["a"]))
        return LINEAR.run(**inputs)

    return replace(LINEAR, run=run)


def test_an_interrupted_sweep_goes_on_from_what_it_wrote(tmp_path):
    sizes = []
    model = counted(sizes)
    with pytest.raises(KeyboardInterrupt):
        sweep(model, 10_000, chunk=1000, folder=tmp_path / "parts", progress=stopped_at(4))
    assert len(list(tmp_path.glob("parts/*.f8"))) == 4
    whole = next(tmp_path.glob("parts/*.f8"))
    whole.write_bytes(whole.read_bytes()[:-1])  # half written by a machine that went down
    sizes.clear()
    told = []
    swept = sweep(model, 10_000, chunk=1000, folder=tmp_path / "parts", progress=lambda *p: told.append(p))
    assert sizes.count(1000) == 7  # six that were not begun, and the damaged one
    assert told[0] == (3, 10)
    assert told[-1] == (10, 10)
    straight = sweep(model, 10_000)
    assert swept.rows() == straight.rows()
    for key, values in straight.values.items():
        np.testing.assert_array_equal(swept.values[key], values)


def test_chunks_of_another_sweep_are_refused(tmp_path, monkeypatch, refusal):
    parts = tmp_path / "file.csv.parts"

    def begun(model=counting.ceiling, n=2000, **given):
        return sweep(model, n, chunk=1000, folder=parts, **given)

    begun()
    begun(n=3000)  # more of the same is no other sweep
    assert "(not the same: settings)" in refusal(begun, at={"hosting_share": 0.31})
    assert "(not the same: held, columns)" in refusal(begun, hold=["guests"], drawn=True)
    assert "(not the same: seed)" in refusal(begun, seed=7)
    assert "(not the same: tables)" in refusal(begun, about="another")
    assert "(not the same: ranges)" in refusal(begun, with_ranges(counting.ceiling, {"hosts": (500_000, 900_000)}))
    assert "(not the same: model, settings, ranges, columns)" in refusal(begun, counting.stock)
    with monkeypatch.context() as patch:
        patch.setattr(module, "__version__", "99")
        assert "(not the same: version)" in refusal(begun)
    with monkeypatch.context() as patch:
        patch.setattr(module, "made_from", lambda model: "another")
        assert "(not the same: code)" in refusal(begun)
    begun()
    for text in ("", "[]", "{", '{"new": 1}'):
        (parts / "sweep.json").write_text(text)
        assert refusal(begun).startswith("file.csv.parts holds ")


def test_what_a_model_is_made_from_is_its_code_and_that_of_what_it_stands_on(tmp_path, monkeypatch):
    package = tmp_path / "some_report"
    package.mkdir()
    (package / "__init__.py").write_text("from some_report.formula import double\n")
    (package / "formula.py").write_text("def double(x):\n    return {'y': 2 * x}\n")
    monkeypatch.syspath_prepend(tmp_path)
    from some_report import double  # made above

    model = one(number("x", 0, 1), double)
    jobs._digest.cache_clear()
    first = jobs.made_from(model)
    assert jobs.made_from(counting.ceiling) != first
    (package / "other.py").write_text("FACTOR = 2\n")
    jobs._digest.cache_clear()
    assert jobs.made_from(model) != first


def test_a_worker_with_other_code_computes_nothing(monkeypatch, pool, refusal):
    monkeypatch.setattr(module, "made_from", lambda model: "another")
    said = refusal(sweep, counting.ceiling, 2000, chunk=1000, executor=pool, find=brief.model)
    assert said.endswith("another version of Tumen, of the report, of NumPy or of SciPy than this machine.")


def test_a_value_set_by_a_case_counts_in_other_processes_too(pool):
    case = Case(overrides={"counting.ceiling": {"limit": Override("support"), "guests": Override(1.2)}})
    changed = case.apply(counting.ceiling)
    assert changed.settled
    here = sweep(changed, 3000, hold=["guests"])
    there = sweep(changed, 3000, hold=["guests"], chunk=1000, executor=pool, find=brief.model)
    np.testing.assert_array_equal(here.values["ceiling"], there.values["ceiling"])


def test_memory_does_not_grow_with_the_cases(tmp_path, monkeypatch):
    monkeypatch.setattr("tumen.analysis.streamed.THREADS", 1)  # else the peak hangs on which summaries meet

    def peak(n):
        tracemalloc.start()
        try:
            swept = sweep(LINEAR, n, chunk=4096, folder=tmp_path / str(n), drawn=True)
            swept.rows()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    import scipy.stats.qmc  # noqa: F401  # with all else that is loaded once, by whichever sweep asks for it first

    peak(4096)
    assert peak(1_000_000) < 1.2 * peak(200_000)  # all columns in memory would be 8 MB at least

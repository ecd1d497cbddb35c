"""`tumen sweep`: what it prints and writes, what it refuses, and that a stopped one goes on."""

import csv
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from suh2002 import counting
from tumen.analysis import sample
from tumen.commands import ensemble
from tumen.core import Problem

SWEEP = ("sweep", "counting.ceiling", "--workers", 1, "--draws")


def columns(path):
    with path.open(newline="") as f:
        head, *rows = csv.reader(f)
    return dict(zip(head, zip(*rows, strict=True), strict=True))


def test_it_says_what_run_says_of_the_same_cases(tumen):
    swept, sampled = (
        tumen(*SWEEP, 3000, "--json").json,
        tumen("run", "counting.ceiling", "--sample", 3000, "--json").json,
    )
    assert swept["cases"] == 3000
    for mine, other in zip(swept["outputs"], sampled["sample"]["outputs"], strict=True):
        assert {k: mine[k] for k in other} == other
        assert mine["least"] <= mine["low"] <= mine["mean"] <= mine["largest"]
    assert swept["findings"][0]["share"] == sampled["sample"]["findings"][0]["share"]
    words = tumen(*SWEEP, 3000).out
    assert words.startswith("Over the declared ranges, 3,000 cases (seed 2002):\n")
    assert ", on average " in words


def test_the_file_has_a_row_a_case(tumen, tmp_path):
    assert tumen(*SWEEP, 70_000, "--out", "a.csv", "--set", "hosting_share=.3", "--hold", "guests").status == 0
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    text = columns(tmp_path / "a.csv")
    assert list(text)[:2] == ["case", "dependent_share"]
    assert "guests" not in text
    assert [int(x) for x in text["case"]] == list(range(1, 70_001))
    drawn = sample(counting.ceiling, 70_000, at={"hosting_share": 0.3}, hold=["guests"])
    given = counting.ceiling.run(**drawn)
    for name, values in {"hosts": drawn["hosts"], "ceiling": given["ceiling"]}.items():
        np.testing.assert_array_equal(np.array([float(x) for x in text[name]]), values)


def test_parquet_holds_the_same_numbers(tumen, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    for name in ("a.csv", "a.parquet"):
        assert tumen(*SWEEP, 70_000, "--out", name).status == 0
    text, table = columns(tmp_path / "a.csv"), parquet.read_table(tmp_path / "a.parquet").to_pydict()
    assert list(text) == list(table)
    for name in text:
        assert [float(x) for x in text[name]] == table[name]


def test_what_cannot_be_done_is_refused_before_anything_is_computed(tumen, tmp_path, monkeypatch):
    monkeypatch.setattr(ensemble, "sweep", None)

    def refused(*arguments):
        return tumen("sweep", *arguments).refusal

    assert refused("counting.ceilin", "--draws", 10).endswith("the nearest is 'counting.ceiling' or 'counting.pool'.")
    assert "nearest is 'hosts'" in refused("counting.ceiling", "--draws", 10, "--set", "host=1")
    assert "hosts is a sweep" in refused("counting.ceiling", "--draws", 10, "--set", "hosts=1:5:3")
    assert "--draws" in refused("counting.ceiling")
    assert "ends in .csv or .parquet; you gave a.txt" in refused("counting.ceiling", "--draws", 10, "--out", "a.txt")
    (tmp_path / "a.csv").write_text("mine")
    assert "a.csv is there already" in refused("counting.ceiling", "--draws", 10, "--out", "a.csv")
    assert "from 1 to 1,024" in refused("counting.ceiling", "--draws", 10, "--workers", 0)
    both = refused("counting.ceiling", "--draws", 10, "--workers", 2, "--cluster", "tcp://127.0.0.1:1")
    assert "--workers is for this machine" in both
    assert "cannot be used here" in refused("counting.ceiling", "--draws", 10, "--out", "no/such/a.csv")
    for missing, arguments, said in (
        ("pyarrow", ("--out", "a.parquet"), "a .parquet file needs pyarrow, which is not installed"),
        ("distributed", ("--cluster", "tcp://127.0.0.1:1"), "a cluster needs Dask, which is not installed"),
    ):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, missing, None)
            assert said in refused("counting.ceiling", "--draws", 10, *arguments)
    assert (tmp_path / "a.csv").read_text() == "mine"


def test_what_sweep_itself_refuses_is_one_sentence_too(tumen):
    assert "nothing to sample" in tumen("sweep", "counting.pool", "--draws", 10).refusal
    assert "nearest is 'hosts'" in tumen(*SWEEP, 10, "--hold", "host").refusal
    assert "from 1 to 1,000,000,000" in tumen(*SWEEP, 0).refusal


def test_a_second_sweep_into_the_same_file_is_refused(tumen, tmp_path):
    with ensemble._place(tmp_path / "a.csv"):
        assert "a.csv is being written by another sweep" in tumen(*SWEEP, 10, "--out", "a.csv").refusal


def test_progress_moves_in_a_terminal_and_is_plain_elsewhere(tumen, capsys, monkeypatch):
    assert tumen(*SWEEP, 200_000).err.splitlines() == [f"{i} of 4 chunks computed" for i in (1, 2, 3, 4)]
    told = ensemble.Progress("chunks")
    for i in range(1, 101):
        told(i, 100)
    assert len(capsys.readouterr().err.splitlines()) == 11
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    told(3, 6)
    told(6, 6)
    assert capsys.readouterr().err == f"\r[{'#' * 15}{'.' * 15}] 3 of 6 chunks\r[{'#' * 30}] 6 of 6 chunks\n"


def test_chunks_that_fail_are_said_and_the_rest_is_kept_for_the_next_time(tumen, tmp_path, monkeypatch):
    from tumen.analysis import jobs

    evaluate, bad = jobs.evaluate, [True]

    def failing(model, inputs, n):
        if n == 200_000 - 3 * 65_536 and bad:
            raise OSError("no room")
        return evaluate(model, inputs, n)

    monkeypatch.setattr(jobs, "evaluate", failing)
    ran = tumen(*SWEEP, 200_000, "--out", "a.csv", "--json")
    assert ran.status == 2
    assert ran.err.splitlines()[-1].endswith(
        "1 chunk failed twice: OSError: no room; the same command tries them again."
    )
    assert ran.json["missing"] == 3392
    assert ran.json["file"] is None
    assert ran.json["failed"] == [{"start": 196_608, "stop": 200_000, "reason": "OSError: no room."}]
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv.parts"]
    bad.clear()
    ran = tumen(*SWEEP, 200_000, "--out", "a.csv")
    assert ran.err.splitlines()[0] == "3 of 4 chunks computed"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    assert len((tmp_path / "a.csv").read_bytes().splitlines()) == 200_001


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_sweep_goes_on_and_ends_in_the_same_bytes(tumen, tmp_path, how):
    command = [sys.executable, "-m", "tumen.cli", *map(str, SWEEP), "200000", "--out", "a.csv"]
    command[command.index("--workers") + 1] = "2"
    # a shell's background job, as this run may be, ignores what Ctrl-C sends, and hands that down
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), "start_new_session": True}
    running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, **heard)
    end = time.time() + 120
    while len(list(tmp_path.glob("a.csv.parts/*.f8"))) < 1:
        assert running.poll() is None
        assert time.time() < end
        time.sleep(0.01)
    running.send_signal(how)
    said = running.communicate(timeout=60)[1]  # ends when no worker is left that could write there
    assert "Traceback" not in said
    assert not (tmp_path / "a.csv").exists()
    if how == signal.SIGINT:
        assert running.returncode == 130
        assert said.splitlines()[-1].endswith("is kept in a.csv.parts, and the same command goes on from there.")
    assert tumen(*SWEEP, 200_000, "--out", "a.csv").status == 0
    assert tumen(*SWEEP, 200_000, "--out", "b.csv").status == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_other_rows_under_the_hands_of_a_worker_are_refused(tmp_path, monkeypatch):
    from tumen.brief import models
    from tumen.core import Case
    from tumen.core.files import shipped
    from tumen.evidence.given import digest

    model = next(m for m in models().values() if "arrivals" in m.reads)
    own = tmp_path / "mine.csv"
    own.write_text(shipped("data", "arrivals.csv").read_text(encoding="utf-8"), encoding="utf-8")
    case = Case(data={"arrivals": "mine.csv"}, path=tmp_path / "case.toml")
    applied = case.apply(model)
    found = ensemble.Found(case, digest(applied.tables, applied.reads))
    assert found(model.key).case_title
    lines = own.read_text(encoding="utf-8").splitlines()
    own.write_text("\n".join([*lines[:3], *lines[4:]]), encoding="utf-8")
    with pytest.raises(Problem, match="a worker reads other rows of "):
        found(model.key)

"""Filling the store: once, one at a time, where it can be written, and told in a sentence where it cannot."""

import os
import subprocess
import sys

import pytest

from tumen.commands import ready
from tumen.core import store
from tumen.core.files import in_turn


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A store of the test's own, not made yet."""
    monkeypatch.setenv(store.PLACE, str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def filled(monkeypatch):
    """How often everything was worked out; nothing really is, for it takes half a minute."""
    out = []
    monkeypatch.setattr(ready, "everything", lambda: out.append(os.environ[store.PLACE]))
    return out


@pytest.fixture
def started(monkeypatch):
    """The command lines started behind what runs, in place of starting them."""
    out = []
    monkeypatch.setattr(subprocess, "Popen", lambda words, **how: out.append((words, how)))
    return out


def test_the_first_start_fills_it_behind_and_a_later_one_does_not(place, filled, started, monkeypatch):
    ready.begin()
    ((words, how),) = started
    assert words == [sys.executable, "-P", "-m", "tumen.commands.ready", "--behind"]
    assert how["stdout"] == how["stderr"] == how["stdin"] == subprocess.DEVNULL
    monkeypatch.setattr(sys, "argv", ["ready"])
    ready.main()
    ready.begin()
    assert (filled, len(started)) == ([str(place)], 1)


def test_it_is_filled_anew_where_the_code_has_changed(place, filled, started, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["ready"])
    ready.main()
    monkeypatch.setattr(store, "code", lambda package: "another")
    ready.begin()
    assert len(started) == 1


def test_one_fills_at_a_time(place, filled, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["ready", str(place)])
    place.mkdir()
    with in_turn(place / "ready"):
        ready.main()
    assert filled == []
    assert capsys.readouterr().err == "The store is being filled by another process.\n"


@pytest.mark.parametrize("named", ["/proc/no-such-store", f"{__file__}/store"])
def test_a_folder_that_cannot_be_written_is_told(place, filled, monkeypatch, capsys, named):
    monkeypatch.setattr(sys, "argv", ["ready", named])
    ready.main()
    said = capsys.readouterr().err
    assert said.startswith(f"The store at {named} cannot be written (")
    assert said.endswith("): every page opens, only slower.\n")
    assert filled == []


def test_the_account_s_own_is_filled_where_the_installation_s_cannot_be_written(monkeypatch, tmp_path):
    own = tmp_path / "own"
    monkeypatch.setattr(store, "_places", lambda: (tmp_path / "with it" / "store", own))
    assert store.writable() == own
    (tmp_path / "with it").mkdir()
    assert store.writable() == tmp_path / "with it" / "store"


@pytest.mark.slow
def test_every_chapter_opens_with_what_it_holds(place):
    sys.path.insert(0, str(ready.Path(__file__).parents[1] / "workbooks"))
    import test_kernel as kernel

    subprocess.run([sys.executable, "-m", "tumen.commands.ready", str(place)], check=True, timeout=900)
    kept = {p.name for p in place.iterdir()}
    assert sum(p.stat().st_size for p in place.iterdir()) < store.MOST / 2
    for path in kernel.PATHS:
        folder = place.parent / path.stem
        kernel.shutil.copytree(
            kernel.FOLDER, folder, ignore=kernel.shutil.ignore_patterns("answers*.json", "case.toml")
        )
        assert not {"altair", "vl_convert", "scipy.stats"} & kernel.modules(path, folder, place), path.stem
    assert {p.name for p in place.iterdir()} == kept

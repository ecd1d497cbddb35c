"""The store: what is there is not made again, and a store in any condition costs time and nothing else."""

import functools
import os
import threading

import numpy as np
import pytest

from tumen.core import store
from tumen.core.files import shipped


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A store of the test's own, not made yet."""
    monkeypatch.setenv(store.PLACE, str(tmp_path / "store"))
    return tmp_path / "store"


class Maker:
    """Makes bytes, and counts how often."""

    def __init__(self, body=b"drawn"):
        self.body, self.made = body, 0

    def __call__(self):
        self.made += 1
        return self.body


def test_what_was_made_once_is_read_from_then_on(place):
    make = Maker(b"\x89PNG\r\n\x1a\n\x00\xff")
    assert [store.kept("png", ["a", 1], make) for _ in range(3)] == [make.body] * 3
    assert make.made == 1
    assert len(list(place.iterdir())) == 1


def test_a_value_comes_back_as_it_was(place):
    rows = [{"a": 0.1 + 0.2, "b": None, "c": (1, "two\n"), 100_000.0: [True, -5e-324]}]
    make = Maker(rows)
    assert [store.kept_value("rows", ["a"], make) for _ in range(3)] == [rows] * 3
    assert make.made == 1
    assert len(list(place.iterdir())) == 1


@pytest.mark.parametrize("value", [float("nan"), [float("inf")], {"f": print}, Maker(), np.arange(3), [np.float64(1)]])
def test_a_value_that_is_not_plain_is_made_and_not_kept(place, value):
    make = Maker(value)
    assert all(store.kept_value("rows", ["a"], make) is value for _ in range(2))
    assert make.made == 2
    assert not place.exists()


def test_a_fault_of_the_maker_is_its_own(place):
    def make():
        raise ValueError("none")

    with pytest.raises(ValueError, match="none"):
        store.kept_value("rows", ["a"], make)


def test_another_input_or_another_kind_is_another_thing(place):
    make = Maker()
    for kind, told in (("png", ["a", 1]), ("png", ["a", 2]), ("svg", ["a", 1]), ("png", ["a", "1"])):
        store.kept(kind, told, make)
    assert make.made == 4


def test_the_order_of_a_dict_makes_no_difference(place):
    make = Maker()
    store.kept("spec", {"x": 1, "y": 2}, make)
    store.kept("spec", {"y": 2, "x": 1}, make)
    assert make.made == 1


@pytest.mark.parametrize("told", [None, {"f": print}, [{1, 2}], {("a", "b"): 1}])
def test_what_cannot_be_told_is_made_and_not_kept(place, told):
    make = Maker()
    assert [store.kept("png", told, make) for _ in range(2)] == [make.body] * 2
    assert make.made == 2
    assert not place.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes() + b"x"),
        lambda path: path.write_bytes(path.read_bytes().replace(b"drawn", b"drown")),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["empty", "cut off", "longer", "a letter changed", "a folder in its place"],
)
def test_a_damaged_file_is_made_anew(place, damage):
    make = Maker()
    store.kept("png", "a", make)
    (path,) = place.iterdir()
    damage(path)
    assert [store.kept("png", "a", make) for _ in range(2)] == [b"drawn"] * 2
    assert make.made == (3 if path.is_dir() else 2)  # where a folder stands nothing can be kept


@pytest.mark.parametrize("named", ["/proc/no-such-store", __file__])
def test_a_store_that_cannot_be_written_is_no_fault(monkeypatch, named):
    monkeypatch.setenv(store.PLACE, named)
    make = Maker()
    assert [store.kept("png", "a", make) for _ in range(2)] == [b"drawn"] * 2
    assert make.made == 2


def test_a_store_that_may_only_be_read_is_read(place, monkeypatch):
    make = Maker()
    store.kept("png", "a", make)
    monkeypatch.setattr(store, "_write", lambda *_: pytest.fail("it was written"))
    assert store.kept("png", "a", make) == b"drawn"
    assert make.made == 1


def test_what_comes_with_the_installation_is_read_and_never_written_by_a_reader(tmp_path, monkeypatch):
    with_it, own = tmp_path / "installation", tmp_path / "own"
    monkeypatch.setenv(store.PLACE, str(with_it))
    store.kept("png", "a", Maker())
    monkeypatch.setattr(store, "_places", lambda: (with_it, own))
    store.kept("png", "a", lambda: pytest.fail("it was made again"))
    store.kept("png", "b", Maker())
    assert len(list(with_it.iterdir())) == len(list(own.iterdir())) == 1
    (damaged,) = with_it.iterdir()
    damaged.write_bytes(b"damaged")
    make = Maker()
    assert [store.kept("png", "a", make) for _ in range(2)] == [b"drawn"] * 2
    assert (make.made, damaged.read_bytes()) == (1, b"damaged")


def test_without_a_variable_the_installation_s_and_the_account_s_own_are_asked(monkeypatch, tmp_path):
    monkeypatch.delenv(store.PLACE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, last = store._places()
    assert first == store.made_with_us()
    assert last.name == "tumen"


def test_thirty_at_once_get_the_same_and_leave_one_whole_file(place):
    body, got, gate = os.urandom(300_000), [], threading.Barrier(30)

    def one():
        gate.wait()
        got.append(store.kept("png", "a", lambda: body))

    every = [threading.Thread(target=one) for _ in range(30)]
    for thread in every:
        thread.start()
    for thread in every:
        thread.join()
    assert got == [body] * 30
    assert len(list(place.iterdir())) == 1
    assert store.kept("png", "a", lambda: pytest.fail("it was made again")) == body


def test_a_store_that_grows_loses_its_oldest(place, monkeypatch):
    monkeypatch.setattr(store, "MOST", 5_000)
    for i in range(12):
        store.kept("png", i, Maker(bytes(1_000 - store.MARK)))
        for path in place.iterdir():  # an hour passes
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 3600))
    assert len(list(place.iterdir())) == 5
    store.kept("png", 11, lambda: pytest.fail("the newest was lost"))


def test_has_says_what_is_there(place):
    assert not store.has("whole", "a")
    store.kept("whole", "a", lambda: b"")
    assert store.has("whole", "a")
    assert not store.has("whole", None)


def test_a_function_is_told_by_its_name_its_arguments_and_the_code_it_stands_in():
    told = store.called(shipped)
    assert told[:3] == ["tumen.core.files", "shipped", []]
    assert told[3] == store.code("tumen")
    assert store.called(functools.partial(shipped, "a", b=1))[2] == [["a"], {"b": 1}]


def test_a_function_of_no_package_or_made_within_another_cannot_be_told():
    assert store.called(lambda: 1) is None
    assert store.called(Maker().__call__) is None
    assert store.called(place) is None


def test_the_code_s_digest_follows_every_change(tmp_path, monkeypatch):
    import sys

    monkeypatch.syspath_prepend(tmp_path)
    package = tmp_path / "someones_charts"
    package.mkdir()
    (package / "__init__.py").write_text("def draw(): return 1\n")
    __import__("someones_charts")
    seen = []
    for text in ("def draw(): return 1\n", "def draw(): return 2\n", "def draw(): return 1\n"):
        (package / "__init__.py").write_text(text)
        store.code.cache_clear()
        seen.append(store.called(sys.modules["someones_charts"].draw)[3])
    del sys.modules["someones_charts"]
    assert seen[0] == seen[2] != seen[1]

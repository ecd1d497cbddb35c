"""One of our own tables is taken apart once; what is kept says the same, and no change of a file is missed."""

import pytest

from tumen.core import Problem, store
from tumen.core.files import shipped
from tumen.evidence import taking
from tumen.evidence.package import names, schema
from tumen.evidence.reading import PLAIN, read_table


@pytest.fixture
def taken(tmp_path, monkeypatch):
    """The names of the files that were taken apart, over a store of the test's own."""
    monkeypatch.setenv(store.PLACE, str(tmp_path / "store"))
    seen, read = [], taking.take_apart

    def reading_(path, *args, **named):
        seen.append(path.name)
        return read(path, *args, **named)

    monkeypatch.setattr(taking, "take_apart", reading_)
    return seen


@pytest.mark.parametrize("name", [*names(), "claims"])
def test_what_is_kept_says_the_same(taken, name):
    path, form = shipped("data") / f"{name}.csv", schema(name)
    first, again = read_table(path, form), read_table(path, form)
    assert taken == [path.name]
    bare = taking.take_apart(path, form, PLAIN, ours=True)
    assert first == again == bare
    kinds = [[(column, type(value)) for column, value in row.items()] for row in bare[0]]
    assert [[(column, type(value)) for column, value in row.items()] for row in again[0]] == kinds


def test_a_row_that_is_changed_changes_no_other_reading(taken):
    path, form = shipped("data") / "arrivals.csv", schema("arrivals")
    read_table(path, form)[0][0].clear()
    assert read_table(path, form)[0][0]


def test_a_changed_file_is_taken_apart_anew(taken, tmp_path):
    form, path = schema("glossary"), tmp_path / "glossary.csv"
    text = (shipped("data") / "glossary.csv").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    before = read_table(path, form)[0]
    lines = text.splitlines(keepends=True)
    path.write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    assert read_table(path, form)[0] == before[1:]
    assert taken == ["glossary.csv"] * 2


def test_a_fault_is_told_every_time(taken, tmp_path):
    path = tmp_path / "glossary.csv"
    path.write_text("", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Problem, match=r"glossary\.csv is empty"):
            read_table(path, schema("glossary"))
    path.unlink()
    with pytest.raises((Problem, OSError)):
        read_table(path, schema("glossary"))

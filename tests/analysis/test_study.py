"""A study is worked out once: again only for other ranges, another start, or a function of no package."""

from dataclasses import replace

import pytest

from suh2002.counting.curves import SHAPES
from tumen.core import Case, Override, store


@pytest.fixture
def counted(tmp_path, monkeypatch):
    """The study over a store of the test's own, and the models that were worked out."""
    monkeypatch.setenv(store.PLACE, str(tmp_path / "store"))
    seen, compute = [], SHAPES.compute

    def counting(model):
        seen.append(model)
        return compute(model)

    counting.__module__, counting.__qualname__ = compute.__module__, compute.__qualname__
    return replace(SHAPES, compute=counting), seen


def test_the_second_time_it_is_read(counted):
    study, seen = counted
    assert study.rows() == study.rows() == SHAPES.compute(SHAPES.model)
    assert len(seen) == 1


def test_another_range_is_worked_out_anew(counted):
    study, seen = counted
    first = study.rows()
    q = study.model.quantity("hosts")
    narrower = {study.model.key: {"hosts": Override(low=q.value)}}
    other = study.under(Case(title="narrower", overrides=narrower))
    assert other.rows() != first
    assert len(seen) == 2


def test_one_made_in_a_notebook_is_not_kept(counted):
    study, seen = counted
    study.compute.__module__ = "__main__"
    assert study.rows() == study.rows()
    assert len(seen) == 2

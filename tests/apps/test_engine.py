"""The drawing library is bundled once an environment."""

import sys

import pytest
import vl_convert

from tumen.apps import engine


@pytest.fixture
def made(monkeypatch, tmp_path):
    """The list of bundles made, in an environment that has none yet."""
    made = []
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda snippet: made.append(snippet) or f"bundle of {snippet}")
    return made


def test_the_second_kernel_reads_what_the_first_has_made(made):
    first = engine.engine()
    assert engine.SNIPPET in first
    assert engine.engine() == first
    assert len(made) == 1


def test_another_version_of_the_library_gets_its_own(made, monkeypatch):
    engine.engine()
    monkeypatch.setattr(engine, "version", lambda name: "99.0")
    engine.engine()
    assert len(made) == 2


def test_an_environment_that_cannot_be_written_draws_all_the_same(made, tmp_path):
    (tmp_path / "env").write_text("a file where a folder should be")
    assert engine.engine() == engine.engine()
    assert len(made) == 2

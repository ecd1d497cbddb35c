"""The drawing library is bundled once an environment, as a file whose name changes with what is in it."""

import re

import pytest
import vl_convert

from tumen.page import engine
from tumen.page.chart_widget import Engine


@pytest.fixture
def served(monkeypatch, tmp_path):
    """The folder of an environment that serves our widgets and has no library yet."""
    place = tmp_path / "labextensions" / engine.EXTENSION
    (place / "static").mkdir(parents=True)
    (place / "package.json").write_text("{}")
    monkeypatch.setattr(
        "jupyter_core.paths.jupyter_path", lambda name: [str(tmp_path / "nothing"), str(tmp_path / name)]
    )
    return place / "static"


@pytest.fixture
def made(monkeypatch, served):
    """The list of bundles made there."""
    made = []
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda code: made.append(code) or f"bundle of {code}")
    return made


def test_the_second_kernel_names_the_file_that_the_first_has_made(made, served):
    name, text = engine.keep()
    assert text == ""
    assert (served / name).read_text(encoding="utf-8") == f"bundle of {engine.CODE}"
    assert engine.keep() == (name, "")
    assert len(made) == 1


def test_a_name_belongs_to_one_content(made, served, monkeypatch):
    first, _ = engine.keep()
    assert re.fullmatch(r"vega-embed-of-vl-convert-.+-[0-9a-f]{16}\.js", first)
    (served / first).unlink()
    monkeypatch.setattr(engine, "CODE", "another")
    assert engine.keep()[0] != first


def test_another_version_of_the_library_gets_its_own(made, monkeypatch):
    engine.keep()
    monkeypatch.setattr(engine, "version", lambda name: "99.0")
    assert "99.0" in engine.keep()[0]
    assert len(made) == 2


def test_an_environment_that_cannot_be_written_sends_the_library_through_the_kernel(made, served):
    served.rmdir()
    served.write_text("a file where a folder should be")
    carried = Engine()
    assert carried.file == ""
    assert carried.text == f"bundle of {engine.CODE}"


def test_where_nothing_is_served_the_library_goes_through_the_kernel(made, served, monkeypatch):
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda name: [])
    assert engine.home() is None
    assert Engine().text == f"bundle of {engine.CODE}"


def test_a_page_that_cannot_read_the_file_is_sent_the_library_when_it_asks(made):
    carried = Engine()
    assert carried.text == ""
    carried._handle_custom_msg("text", [])
    assert carried.text == f"bundle of {engine.CODE}"
    assert len(made) == 1


@pytest.mark.parametrize("damage", [b"", b"half of it", b"\xff\xfe"])
def test_a_damaged_file_is_made_anew_when_a_page_asks(made, served, damage):
    carried = Engine()
    (served / carried.file).write_bytes(damage)
    carried._handle_custom_msg("text", [])
    assert carried.text == (served / carried.file).read_text(encoding="utf-8") == f"bundle of {engine.CODE}"


def test_a_library_that_cannot_be_had_is_said_and_not_waited_for(made, served, monkeypatch):
    carried = Engine()
    (served / carried.file).unlink()

    def broken(code):
        raise RuntimeError("no bundler")

    monkeypatch.setattr(vl_convert, "javascript_bundle", broken)
    carried._handle_custom_msg("text", [])
    assert "no bundler" in carried.trouble

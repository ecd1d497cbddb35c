"""The seam: a second report, invented, opens, explores, shows its argument, and is asked, built and copied like the first."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import tumen
from tumen.core import Model, Output, Problem, Quantity

MILL = Path(__file__).parent / "mill"


@pytest.fixture
def mill(tmp_path, monkeypatch):
    """The invented brief in a folder of its own, with one workbook."""
    folder = tmp_path / "mill"
    shutil.copytree(MILL, folder)
    book = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# 01 · Bread\n\nWhat does a loaf cost?"),
            nbformat.v4.new_code_cell("import tumen"),
            nbformat.v4.new_code_cell('tumen.show("bread.loaf")'),
            nbformat.v4.new_code_cell('tumen.ask("bread.price")'),
        ]
    )
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, folder / "01-bread.ipynb")
    monkeypatch.chdir(folder)
    return folder


def command(*words):
    done = subprocess.run(
        [sys.executable, "-m", "tumen.cli", *map(str, words)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_found_from_its_folder_and_below_and_not_elsewhere(mill, tmp_path, monkeypatch):
    from tumen.brief import brief

    assert brief().meta.title == "On the Price of Bread"
    assert [c.id for c in brief().claims] == ["B1-a", "B1-b", "B2-a"]
    assert list(brief().models) == ["bread.loaf"]
    assert set(brief().exhibits) == {"bread.harvests", "report.argument"}
    assert brief().tables == ["harvests"]
    assert list(brief().tasks) == ["bread.price"]
    (mill / "below").mkdir()
    monkeypatch.chdir(mill / "below")
    assert brief().meta.author == "A. Miller"
    monkeypatch.chdir(tmp_path)
    assert brief().meta.author == "Suh Dong-man"


def test_it_runs_and_lists_from_the_command_line(mill):
    assert json.loads(command("run", "bread.loaf", "--set", "grain=5", "--json"))["outputs"] == {"price": 0.1}
    assert [c["place"] if "place" in c else c["id"] for c in json.loads(command("claims", "B1", "--json"))]
    assert "harvests" in command("data")
    assert "H3" not in command("data", "harvests", "--as-of", "written")
    assert "bread.loaf" in command("flip", "bread.loaf", "--json")


def test_it_is_read_explored_shown_and_argued(mill):
    from tumen.apps.desk import Desk
    from tumen.apps.explore import Explore
    from tumen.brief import model

    desk = Desk(mill)
    app = Explore(model("bread.loaf"), desk)
    app.unlock()
    assert "price of a loaf: 0.08 coins" in app.picture.words(app.result, app.start)
    assert "B1-b        B1-a        stands" in repr(tumen.argument())
    assert "Grain costs four coins" in repr(tumen.read("B1"))
    assert "March 1999" in repr(tumen.ledger())


def test_a_model_made_anywhere_can_be_explored(mill):
    from tumen.apps.desk import Desk
    from tumen.apps.explore import Explore

    hand = Model(
        key="mine.twice",
        question="What is twice a number?",
        quantities=(
            Quantity(key="x", label="a number", value=2.0, low=0.0, high=9.0, basis="assumption", note="mine"),
        ),
        run=lambda x: {"double": 2 * x},
        outputs=(Output("double", "twice the number"),),
    )
    app = Explore(hand, Desk(mill))
    app.unlock()
    assert "twice the number: 4" in app.picture.words(app.result, app.start)
    assert app.picture.png(app.picture.rows(app.result, app.start)).startswith(b"\x89PNG")


def test_a_course_and_a_site_are_built_from_it(mill):
    (mill / "plan").mkdir()
    (mill / "plan" / "course.toml").write_text(
        'course = "bakers"\ntitle = "Bakers"\nworkbooks = ["01-bread"]\nseed = "a-seed-for-trying-things-out"\n\n[[graded]]\ntask = "bread.price"\n'
    )
    command("course", "build", "plan")
    assert (mill / "plan" / "built").is_dir()
    command("site", "pages", "--workbooks", ".", "--no-pdf")
    page = (mill / "pages" / "01-bread.html").read_text(encoding="utf-8")
    assert "What does a loaf cost?" in page
    assert "On the Price of Bread" in (mill / "pages" / "index.html").read_text(encoding="utf-8")


def test_a_brief_with_a_slip_is_told_in_a_sentence(mill, refusal):
    from tumen.brief import models

    text = (mill / "brief.toml").read_text()
    (mill / "brief.toml").write_text(text.replace('author = "A. Miller"', ""))
    assert "brief.toml needs author" in refusal(models)
    (mill / "brief.toml").write_text(text.replace('chapters = ["bread"]', 'chapters = ["brad"]'))
    with pytest.raises(Problem, match="names the chapter 'brad'"):
        models()

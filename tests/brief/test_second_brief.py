"""The seam: a second report, invented, opens, explores, shows its argument, and is asked, built and copied like the first."""

import json
import re
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
    from tumen.brief import model
    from tumen.page.explore import Explore
    from tumen.page.session import Session

    session = Session(mill)
    app = Explore(model("bread.loaf"), session)
    app.unlock()
    assert "price of a loaf: 0.08 coins" in app.picture.words(app.result, app.start)
    assert "B1-b        B1-a        stands" in repr(tumen.argument())
    assert "Grain costs four coins" in repr(tumen.read("B1"))
    assert "March 1999" in repr(tumen.ledger())


def test_a_model_made_anywhere_can_be_explored(mill):
    from tumen.page.explore import Explore
    from tumen.page.session import Session

    hand = Model(
        key="mine.twice",
        question="What is twice a number?",
        quantities=(
            Quantity(key="x", label="a number", value=2.0, low=0.0, high=9.0, basis="assumption", note="mine"),
        ),
        run=lambda x: {"double": 2 * x},
        outputs=(Output("double", "twice the number"),),
    )
    app = Explore(hand, Session(mill))
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


def test_its_pages_are_the_notebooks_that_its_brief_names(mill):
    from tumen.reader.page import neighbours

    brief = mill / "brief.toml"
    brief.write_text('pages = ["prices"]\n' + brief.read_text(encoding="utf-8"), encoding="utf-8")
    cells = [
        nbformat.v4.new_markdown_cell("# Prices at a glance"),
        nbformat.v4.new_code_cell("import tumen\n\ntumen.ledger()"),
    ]
    for name in ("prices", "a-note"):
        nbformat.write(nbformat.v4.new_notebook(cells=cells), mill / f"{name}.ipynb")
    around = neighbours(mill, "prices.ipynb")
    assert [c["name"] for c in around["chapters"]] == ["01-bread.ipynb", "a-note.ipynb"]
    assert [c["title"] for c in around["beside"]] == ["Prices at a glance"]
    command("site", "pages", "--workbooks", ".", "--no-pdf")
    made = {p.stem for p in (mill / "pages").glob("*.html")}
    assert made == {"01-bread", "prices", "references", "code", "index"}
    assert "Grain costs four coins" in (mill / "pages" / "prices.html").read_text(encoding="utf-8")
    assert "This report has no glossary" in repr(tumen.glossary())


def test_a_course_begins_with_its_own_tasks_and_builds_as_it_stands(mill):
    command("course", "new", "fresh")
    plan = (mill / "fresh" / "course.toml").read_text(encoding="utf-8")
    assert 'task = "bread.price"' in plan and '# model = "bread.loaf"' in plan and "as_of = 1999-03-01" in plan
    assert "counting" not in plan and "2002" not in plan
    assert "one copy for all" in command("course", "build", "fresh")
    marked = re.compile(r"^# (\[\[draw\]\]|model = |quantity = |low = |high = )", re.MULTILINE)
    (mill / "fresh" / "course.toml").write_text(marked.sub(r"\1", plan), encoding="utf-8")
    command("course", "build", "fresh")


def test_a_page_names_the_report_it_is_of(mill):
    from tumen.evidence.dates import said_of
    from tumen.reader.page import prepared

    assert said_of()["date"] == "1 March 1999" and said_of()["subject"] == "the world"
    book = nbformat.read(mill / "01-bread.ipynb", as_version=4)
    assert prepared(book, mill, "01-bread")["metadata"]["tumen"]["report"]["author"] == "A. Miller"
    command("site", "pages", "--workbooks", ".", "--no-pdf")
    for page in (mill / "pages").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "A. Miller" in text and "Suh" not in text and "Korea" not in text, page.name


def test_a_memo_that_is_not_asked_for_is_refused_in_a_sentence(mill):
    assert "asks for no memo" in repr(tumen.memo())


def test_a_ledger_of_ones_own_is_used_with_a_brief_and_refused_without(mill, tmp_path, monkeypatch, refusal):
    from tumen.core import Case
    from tumen.evidence.ledger import claims

    assert [c.id for c in claims()] == ["B1-a", "B1-b", "B2-a"]
    alone = tmp_path / "alone"
    (alone / "data").mkdir(parents=True)
    shutil.copy(mill / "claims.csv", alone / "data" / "claims.csv")
    monkeypatch.chdir(alone)
    assert "needs a brief.toml beside it" in refusal(claims)
    assert "needs a brief.toml beside it" in refusal(Case.parse, {"data": {"claims": "mine.csv"}}, ())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("B1-a,1", "b1-a,1", "row b1-a: an id here looks like B1-a"),
        ("B1-a,1", "S1P1-a,1", "row S1P1-a: an id here looks like B1-a"),
        (",1,1,Grain", ",1,4-3,Grain", "'4-3' is no sentence's number; write 3, or 3-4"),
        (",1,1,Grain", ",1,1-99999999999,Grain", "is no sentence's number"),
        (",1,1,Grain", ",1,three,Grain", "is no sentence's number"),
        (",", ";", "claims.csv is parted by semicolons; save it as “CSV UTF-8”"),
        ("Grain costs", "곡물은", "save it as “CSV UTF-8”"),
        (",kind,", ",sort,", "no column 'kind', which claims needs; write its headings as data/datapackage.json"),
        (",description,", ",opinion,", "'opinion' is not one of its words"),
        (",1,1,Grain", ",1,2 – 3,Grain", ("B1.2", "B1.3")),
    ],
)
def test_a_ledger_of_ones_own_is_read_or_told_what_is_wrong_with_it(mill, refusal, old, new, told):
    from tumen.evidence.ledger import claims

    path = mill / "claims.csv"
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_bytes(words.replace(old, new, -1 if old == "," else 1).encode("cp949" if "곡물" in new else "utf-8"))
    if isinstance(told, tuple):
        assert claims()[0].sentences == told
    else:
        assert told in refusal(claims) and "[data." not in refusal(claims)


def test_equal_inputs_give_equal_outputs_in_every_folder(mill, tmp_path, monkeypatch):
    """A model of one report reads its own tables in the folder of another, and in one that holds nothing."""
    from suh2002 import flows, hindsight
    from tumen.core import Case

    (tmp_path / "empty").mkdir()
    case = tmp_path / "case.toml"
    case.write_text('title = "Mine"\n', encoding="utf-8")
    reading = [m for chapter in (flows, hindsight) for m in chapter.MODELS if m.reads]
    assert reading
    for model in reading:
        seen, under = [], []
        for folder in (Path(__file__).parents[2], tmp_path / "empty", mill):
            monkeypatch.chdir(folder)
            seen.append(repr(model().outputs))
            under.append(repr(Case.parse({}, (), path=case).apply(model)().outputs))
        assert len({*seen, *under}) == 1, model.key


def test_a_case_brings_the_tables_of_its_own_folder_and_none_of_where_it_is_used(mill, tmp_path, monkeypatch):
    from suh2002 import hindsight
    from tumen.core import Case
    from tumen.core.home import home
    from tumen.page.session import Session

    model = next(m for m in hindsight.MODELS if "arrivals" in m.reads)
    theirs = tmp_path / "theirs"
    (theirs / "data").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    whole = (home().data / "arrivals.csv").read_text(encoding="utf-8")
    (theirs / "data" / "arrivals.csv").write_text(whole.replace(",1514,", ",9999,"), encoding="utf-8")
    ours = model()
    found = Session(theirs).model(model)()
    assert repr(found.outputs) != repr(ours.outputs)  # the folder's own table is an input
    for folder in (theirs, mill):
        monkeypatch.chdir(folder)
        assert repr(model().outputs) == repr(ours.outputs)
        used = Case(title="Theirs", path=theirs / "case.toml").apply(model)()
        assert repr(used.outputs) == repr(found.outputs)
        elsewhere = Case(title="Mine", path=tmp_path / "case.toml").apply(model)()
        assert repr(elsewhere.outputs) == repr(ours.outputs)


def test_a_model_of_another_report_can_be_explored(mill):
    from suh2002 import counting
    from tumen.page.explore import Explore
    from tumen.page.session import Session

    app = Explore(counting.ceiling, Session(mill))
    app.unlock()
    assert app.picture.words(app.result, app.start)


def test_a_chapter_is_begun_in_it_and_runs(mill):
    said = command("new", "chapter", "butter", "--claim", "B2-a")
    assert "butter.py" in said and "02-butter.ipynb" in said
    assert json.loads(command("run", "butter.count", "--json"))["outputs"] == {"part": 400}
    done = subprocess.run(
        [sys.executable, "-m", "tumen.commands.notebooks", "02-butter.ipynb"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    stored = (mill / "02-butter.ipynb").read_text(encoding="utf-8")
    assert "come after the guess" in stored
    assert "400 are meant" not in stored  # nothing answers the guess before it is made


def test_a_brief_with_a_slip_is_told_in_a_sentence(mill, refusal):
    from tumen.brief import models

    text = (mill / "brief.toml").read_text()
    (mill / "brief.toml").write_text(text.replace('author = "A. Miller"', ""))
    assert "brief.toml needs author" in refusal(models)
    (mill / "brief.toml").write_text(text.replace('chapters = ["bread"]', 'chapters = ["brad"]'))
    with pytest.raises(Problem, match="names the chapter 'brad'"):
        models()

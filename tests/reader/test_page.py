"""What stands beside a chapter in the reader's view, and what its text no longer asks for."""

import json
import re
from pathlib import Path

import nbformat
import pytest

from tumen.core.chapters import beside, numbered
from tumen.core.files import shipped
from tumen.core.home import home
from tumen.evidence.ledger import claims
from tumen.reader import page

FOLDER = shipped("workbooks")
BOOKS = list(numbered(FOLDER).values())
PAGES = beside(FOLDER)


def notebook(*cells, markdown="# A title"):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(markdown)])
    made.cells += [nbformat.v4.new_code_cell(source) for source in cells]
    return made


@pytest.mark.parametrize("path", BOOKS, ids=lambda p: p.stem)
def test_every_chapter_has_its_title_its_neighbours_and_its_questions(path):
    made = page.prepared(nbformat.read(path, 4), path.parent, path.name)
    around = made.metadata["tumen"]
    assert made.cells[0].source.startswith(f"# {around['title']}")
    assert [c["name"] for c in around["chapters"]] == [p.name for p in BOOKS]
    assert [c["name"] for c in around["chapters"] if c["here"]] == [path.name]
    assert [c["name"] for c in around["beside"]] == [p.name for p in PAGES]
    code = "\n".join(c.source for c in made.cells if c.cell_type == "code")
    named = re.findall(r"tumen\.(?:ask|argue|predict|forecast)\(\"([\w.]+)\"", code)
    assert [q["key"] for q in around["questions"] if q["key"] in named] == named != []
    assert around["claims"] == {c.id: c.paraphrase for c in claims()}


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_beside_the_chapters_is_named_after_them_and_has_the_order_of_the_brief(path):
    around = page.neighbours(path.parent, path.name)
    assert [c["name"] for c in around["chapters"]] == [p.name for p in BOOKS]
    assert not [c for c in around["chapters"] if c["here"]]
    assert [c["title"] for c in around["beside"] if c["here"]] == [page.titled(path)]
    assert [c["name"].removesuffix(".ipynb") for c in around["beside"]] == list(home().meta.pages)


def test_another_notebook_of_a_folder_is_listed_after_the_chapters(tmp_path):
    for name in ("a-note", "02-two", "map", "10-ten"):
        nbformat.write(notebook(), tmp_path / f"{name}.ipynb")
    around = page.neighbours(tmp_path, "map.ipynb")
    assert [c["name"] for c in around["chapters"]] == ["02-two.ipynb", "10-ten.ipynb", "a-note.ipynb"]
    assert [c["name"] for c in around["beside"]] == ["map.ipynb"]


@pytest.mark.parametrize("path", [*BOOKS, *PAGES], ids=lambda p: p.stem)
def test_no_chapter_asks_for_a_menu_that_is_not_there_and_loses_nothing_else(path):
    before = nbformat.read(path, 4)
    texts = [c.source for c in before.cells if c.cell_type == "markdown"]
    after = [c.source for c in page.prepared(before, path.parent, path.name).cells if c.cell_type == "markdown"]
    assert not [t for t in after if "Run All" in t or "Code can be left unread" in t]
    changed = [(a, b) for a, b in zip(texts, after, strict=True) if a != b]
    assert len(changed) <= 2
    for was, now in changed:
        lost = set(re.split(r"(?<=\.)\s+|\n+", was)) - set(re.split(r"(?<=\.)\s+|\n+", now))
        assert all("Run All" in s or s.startswith(("Code can be left unread", "Do so in each")) for s in lost)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("import tumen\nfrom suh2002 import counting", ""),
        ("# a remark", ""),
        ("tumen.show(counting.ceiling)", "a picture"),
        ("import tumen\n\ntumen.explore(counting.quiet)", "a model to move"),
        ("counting.ceiling()", "a part of the chapter"),
        ("tumen.something_new()", "a part of the chapter"),
    ],
)
def test_what_a_cell_leaves_on_the_page_is_said_in_words(source, words):
    assert page.comes(source) == words


def test_questions_have_their_state_from_the_answers_beside_the_notebook(tmp_path):
    made = notebook('tumen.ask("counting.guests")', 'tumen.argue("counting.mind")', 'tumen.ask("own.one")')
    (tmp_path / "answers.json").write_text(
        json.dumps({"answers": {"counting.guests": {"value": 200, "state": "right"}}})
    )
    assert [(q["key"], q["cell"], q["state"]) for q in page.questions(made, tmp_path)] == [
        ("counting.guests", 1, "right"),
        ("counting.mind", 2, ""),
        ("own.one", 3, ""),
    ]


def test_what_a_card_asks_by_itself_is_a_question_where_the_first_card_stands(tmp_path):
    made = notebook(
        "tumen.explore(counting.ceiling)",
        'tumen.explore("counting.ceiling", only="hosts")',
        'tumen.explore(hindsight.break_)\ntumen.explore(choice.switch, predict="choice.premise")',
        "tumen.explore(counting.pool)",
    )
    assert [(q["key"], q["cell"]) for q in page.questions(made, tmp_path)] == [
        ("counting.ceiling", 1),
        ("hindsight.break", 3),
        ("choice.switch", 3),
        ("choice.premise", 3),
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"answers": 3}', '{"answers": {"a": 1}}', "\ufeff{}", "[" * 100_000])
def test_an_answers_file_that_is_none_leaves_every_question_open_and_is_left_as_it_is(tmp_path, text):
    path = tmp_path / "answers.json"
    path.write_text(text, encoding="utf-8")
    assert [q["state"] for q in page.questions(notebook('tumen.ask("counting.guests")'), tmp_path)] == [""]
    assert [p.name for p in tmp_path.iterdir()] == ["answers.json"]
    assert path.read_text(encoding="utf-8") == text


def test_a_folders_own_names_of_tasks_are_taken_and_a_faulty_file_costs_only_the_names(tmp_path):
    (tmp_path / "tasks").mkdir()
    own = tmp_path / "tasks" / "own.toml"
    made = notebook('tumen.ask("own.one_thing")')
    own.write_text('[[task]]\nkey = "own.one_thing"\nname = "the thing"\n')
    assert [q["name"] for q in page.questions(made, tmp_path)] == ["the thing"]
    own.write_text("[[task")
    assert [q["name"] for q in page.questions(made, tmp_path)] == ["one thing"]


def test_a_notebook_without_a_heading_or_that_cannot_be_read_is_called_by_its_name(tmp_path):
    (tmp_path / "my-own_notes.ipynb").write_bytes(b"\xff\xfe")
    nbformat.write(notebook(markdown="# *Own* `code`"), tmp_path / "b.ipynb")
    assert [c["title"] for c in page.neighbours(tmp_path, "b.ipynb")["chapters"]] == ["Own code", "my own notes"]
    assert page.title(notebook(markdown="no heading")) == ""


def test_the_template_asks_no_other_host():
    folder = Path(page.__file__).parent / "template"
    files = [p for p in folder.rglob("*") if p.is_file()]
    assert len(files) >= 5
    assert [
        p.name for p in files if re.search(r"(https?:)?//[a-z0-9.-]+\.[a-z]{2,}", p.read_text(encoding="utf-8"))
    ] == []

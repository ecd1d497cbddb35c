"""`tumen new chapter` and CONTRIBUTING's example of a chapter: begun, laid over, run, and held to the house's own tests."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"```(?:python|toml)\n# (\S+)\n(.*?)```", re.S)
BEGIN = ("new", "chapter", "settling", "--title", "Settling in", "--model", "wait", "--claim", "S3P1-h")
BOOK = "workbooks/09-settling.ipynb"
HELD_TO = (
    "tests/suh2002/test_declarations.py",
    "tests/charts/test_pictures.py",
    "tests/charts/test_palette.py",
    "tests/workbooks/test_form.py",
    "tests/workbooks/test_prose.py",
    "tests/test_imports.py",
    "tests/test_docstrings.py",
    "tests/tasks/test_every_shipped_task.py",
    "tests/tasks/test_anchors.py",
    "tests/page/test_controls.py",
    "tests/workbooks/test_no_answer_before_the_guess.py",
    "tests/charts/test_declared.py",
    "tests/charts/test_wider_ranges.py",
)
SKIP = shutil.ignore_patterns("__pycache__", ".venv", ".git", "site", "hub", "browser")


def run(house, *words):
    root, env = house
    done = subprocess.run([sys.executable, *words], env=env, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module", params=["as it is begun", "as the page has it"])
def house(request, tmp_path_factory):
    """A copy of the house with a chapter begun in it, or with the page's in its place, and the environment that uses it."""
    root = tmp_path_factory.mktemp("house")
    for part in ("src", "data", "workbooks", "tests"):
        shutil.copytree(ROOT / part, root / part, ignore=SKIP)
    shutil.copy(ROOT / "pyproject.toml", root)
    made = root, {**os.environ, "PYTHONPATH": str(root / "src")}
    said = run(made, "-m", "tumen.cli", *BEGIN)
    assert BOOK in said and "data/brief.toml" in said
    if request.param == "as the page has it":
        for path, text in BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
            assert (root / path).is_file(), "the page speaks of a file that the command does not begin"
            (root / path).write_text(text, encoding="utf-8")
        (root / "tests" / "suh2002" / "test_settling.py").unlink()  # it holds the beginning to its sums
    run(made, "-m", "tumen.commands.notebooks", BOOK)
    return made


@pytest.fixture
def page(house):
    """The house with the chapter of the page."""
    if "ARRIVALS" not in (house[0] / "src/suh2002/settling/models.py").read_text(encoding="utf-8"):
        pytest.skip("asked of the page's chapter")
    return house


def tumen_(house, *words):
    return json.loads(run(house, "-m", "tumen.cli", *words))


def test_the_command_line_knows_the_new_model(page):
    found = tumen_(page, "run", "settling.wait", "--set", "places=583", "--json")
    assert found["outputs"] == {"months": 12} and found["findings"][0]["holds"] is True
    assert "settling.wait" in [m["key"] for m in tumen_(page, "models", "--json")]
    rows = tumen_(page, "flip", "settling.wait", "--json")["rows"]
    turn = next(row for row in rows if row["quantity"] == "places")
    assert turn["value"] == pytest.approx(583, rel=1e-6)
    assert "settling.wait" in str(next(c for c in tumen_(page, "claims", "--json") if c["id"] == "S3P1-h")["models"])


def test_the_notebook_of_the_page_ran(page):
    ran = nbformat.read(page[0] / BOOK, as_version=4)
    said = "\n".join(str(o.get("data", {}).get("text/plain", "")) for c in ran.cells for o in c.get("outputs", ()))
    assert "How long would you guess the last of a year's arrivals waits?" in said
    assert "Something went wrong" not in said and "17.5 months" not in said, (
        "what a card asks is not answered beside it"
    )


def test_a_begun_chapter_has_the_parts_of_the_others_in_their_order(house):
    """As far as a chapter with one model can: what opens it, what is asked, what can wait, and where one goes on."""
    begun = nbformat.read(house[0] / BOOK, as_version=4)
    verbs = re.findall(r"tumen\.(\w+)\(", "\n".join(c.source for c in begun.cells if c.cell_type == "code"))
    assert verbs == ["recall", "read", "show", "explore", "ask", "argue", "progress"]
    shipped = nbformat.read(ROOT / "workbooks/02-counting-the-hidden.ipynb", as_version=4)
    assert list(dict.fromkeys(re.findall(r"tumen\.(\w+)\(", "\n".join(c.source for c in shipped.cells)))) == verbs
    waits = [c.source.split(":")[0] for c in begun.cells if c.metadata.get("jp-MarkdownHeadingCollapsed")]
    assert waits == ["## Going further", "## Sources"]
    ways = next(c.source for c in begun.cells if "Exit ticket" in c.source).splitlines()[-1]
    assert re.findall(r"\]\((\S+)\)", ways) == [
        "glossary.ipynb",
        "00-start-here.ipynb",
        "08-is-there-an-alternative.ipynb",
    ]


def test_it_passes_the_tests_of_the_house(house):
    root = house[0]
    own = [t for t in ("tests/suh2002/test_settling.py",) if (root / t).is_file()]
    chosen = (
        "settling or (workbooks and 09) or every_task_is_asked or all_drawn or names_are_covered or there_are_models"
    )
    said = run(house, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", chosen, *HELD_TO, *own)
    assert int(re.search(r"(\d+) passed", said)[1]) > 60, said


def test_it_is_written_as_the_house_writes(house):
    own = [p for p in ("src/suh2002/settling", "tests/suh2002/test_settling.py", BOOK) if (house[0] / p).exists()]
    run(house, "-m", "ruff", "check", *own)
    run(house, "-m", "ruff", "format", "--check", *own)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("counting",), "there is a chapter counting already."),
        (("Settling",), "'Settling' is no name here"),
        (("first_arrivals",), "use one word"),
        (("class",), "'class' is no name here"),
        (("settled", "--claim", "S9P9-z"), "There is no claim 'S9P9-z'"),
    ],
)
def test_a_slip_is_told_and_writes_nothing(words, says, tmp_path, monkeypatch, refusal):
    from tumen.cli import parser

    for part in ("data", "src/suh2002"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=SKIP)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    args = parser().parse_args(["new", "chapter", *words])
    assert says in refusal(args.do, args)
    assert sorted(p for p in tmp_path.rglob("*") if p.name != "__pycache__" and p.suffix != ".pyc") == before


def test_a_chapter_is_begun_in_the_folder_of_its_brief_only(tmp_path, monkeypatch, refusal):
    from tumen.commands.new import new_chapter

    monkeypatch.chdir(tmp_path)
    assert "begun in the folder of its brief" in refusal(new_chapter, "settling")

"""`tumen site`: where it writes, what it says, and what it answers to a slip."""

import shutil

import nbformat
import pytest

from tumen.cli import main
from tumen.core.home import home
from tumen.site import printing


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A folder with one small workbook, and the command run beside it."""
    (tmp_path / "workbooks").mkdir()
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# One page\n\nWords.")])
    nbformat.write(made, tmp_path / "workbooks" / "01-one.ipynb")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_pages_are_written_beside_the_workbooks(small, capsys):
    assert main(["site", "--no-pdf"]) == 0
    out = capsys.readouterr().out
    whole = home().meta.pages  # of the whole report, whatever the chapters
    stems = sorted(["01-one", "code", "index", "references", *whole])
    assert sorted(p.name for p in (small / "site").iterdir()) == [f"{stem}.html" for stem in stems]
    assert f"{len(stems)} pages and 0 PDFs are in site; open site/index.html" in out


def test_another_folder_can_be_named(small):
    shutil.move(small / "workbooks", small / "mine")
    assert main(["site", "out/here", "--workbooks", "mine", "--no-pdf"]) == 0
    assert (small / "out" / "here" / "01-one.html").is_file()


def test_a_copy_of_a_course_has_the_pages_it_was_given(small):
    (small / "workbooks/student.toml").write_text('course = "c"\n', encoding="utf-8")
    assert main(["site", "--no-pdf"]) == 0
    assert sorted(p.stem for p in (small / "site").iterdir()) == ["01-one", "code", "index", "references"]


def test_without_a_browser_the_pages_are_written_and_it_says_so(small, capsys, monkeypatch):
    monkeypatch.setattr(printing, "browser", lambda: None)
    assert main(["site"]) == 0
    assert "No PDF was made, for no Chromium was found here" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--workbooks", "nowhere"], "no folder 'nowhere'"),
        (["workbooks/01-one.ipynb"], "is a file"),
        (["workbooks"], "write: tumen site --workbooks workbooks"),
    ],
)
def test_a_slip_is_one_sentence(small, capsys, words, said):
    assert main(["site", *words, "--no-pdf"]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_a_browser_that_fails_is_told(small, refusal, tmp_path):
    page = tmp_path / "a.html"
    page.write_text("<p>a</p>", encoding="utf-8")
    assert "could not be printed" in refusal(printing.printed, page, "/bin/false")
    assert not page.with_suffix(".pdf").exists()

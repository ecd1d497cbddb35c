"""Making the site from other folders: a case is followed, answers stay private, faults are told in one sentence."""

import json

import nbformat
import pytest
from reader import page

from tumen.core.folds import MARK
from tumen.core.home import home
from tumen.site import build


def folder(tmp_path, *sources, name="10-own"):
    """A folder with one workbook of these cells; what starts with # is words, and + before it folds its section."""
    made = nbformat.v4.new_notebook()
    for source in sources:
        text = source.removeprefix("+")
        new = nbformat.v4.new_markdown_cell if text.startswith("#") else nbformat.v4.new_code_cell
        made.cells.append(new(text, metadata={MARK: True} if text != source else {}))
    place = tmp_path / "workbooks"
    place.mkdir(exist_ok=True)
    nbformat.write(made, place / f"{name}.ipynb")
    return place


OWN = (
    "# An instructor's own chapter",
    "import tumen\nfrom suh2002 import counting",
    'tumen.show("counting.ratio")',
)


def test_a_chapter_of_ones_own_becomes_a_page(tmp_path):
    made = build(tmp_path / "out", folder(tmp_path, *OWN))
    whole = [f"{stem}.html" for stem in home().meta.pages]  # those that come with the report
    assert [p.name for p in made] == ["10-own.html", *whole, "references.html", "code.html", "index.html"]
    text = page(tmp_path / "out" / "10-own.html").get_text()
    assert "200 guests for every 1,000 hosts" in text
    assert "For teachers" not in text


def test_a_folded_section_is_one_box_that_ends_where_the_notebook_ends_it(tmp_path):
    cells = (
        "+## More\n\nOne line.",
        "tumen.explore(counting.ratio)",
        "+### Deeper",
        'tumen.ask("counting.bound")',
        "## Open",
    )
    build(tmp_path / "out", folder(tmp_path, *OWN[:2], *cells, "tumen.explore(counting.ceiling)"))
    soup = page(tmp_path / "out" / "10-own.html")
    more, deeper = soup.select("section.fold")
    assert more.h2.get_text() == "More"
    assert more.p.get_text() == "One line."
    inside = more.find("div", class_="inside", recursive=False)
    assert inside.select_one("section.app")
    assert inside.find("section", class_="fold", recursive=False) is deeper
    assert deeper.select_one(".inside > section.task")
    assert (
        soup.find("h2", string="Open").parent.name == "main"
    )  # not in the box, nor in what a guess keeps closed there
    assert [a.get_text() for a in soup.select("nav.contents li a")] == ["More", "Open"]


def test_the_case_beside_the_workbooks_is_followed_and_named(tmp_path):
    place = folder(tmp_path, *OWN)
    (place / "case.toml").write_text('title = "Yanbian alone"\n[counting.ratio]\nhosts = 854000\n', encoding="utf-8")
    build(tmp_path / "out", place)
    assert "351 guests for every 1,000 hosts" in page(tmp_path / "out" / "10-own.html").get_text()
    assert "Yanbian alone" in page(tmp_path / "out" / "index.html").get_text()


def test_a_case_that_cannot_be_used_stops_the_making(tmp_path, refusal):
    place = folder(tmp_path, *OWN)
    (place / "case.toml").write_text("[counting.ratio]\nhots = 854000\n", encoding="utf-8")
    said = refusal(build, tmp_path / "out", place)
    assert "hosts" in said
    assert not (tmp_path / "out").exists()


def test_what_a_reader_answered_is_not_in_the_pages(tmp_path):
    place = folder(tmp_path, *OWN, 'tumen.ask("counting.guests")', 'tumen.argue("counting.mind")')
    kept = {"answers": {"counting.mind": {"value": "my own secret words", "state": "recorded"}}}
    (place / "answers.json").write_text(json.dumps(kept), encoding="utf-8")
    before = sorted(p.name for p in place.rglob("*"))
    for path in build(tmp_path / "out", place):
        assert "my own secret words" not in path.read_text(encoding="utf-8")
    assert sorted(p.name for p in place.rglob("*")) == before


def test_no_later_evidence_under_an_early_date(tmp_path):
    place = folder(tmp_path, *OWN, 'tumen.read("S2P3")')
    (place / "case.toml").write_text("as_of = 2002-05-07\n", encoding="utf-8")
    build(tmp_path / "out", place)
    text = page(tmp_path / "out" / "10-own.html").get_text()
    assert "The date in use is early" in text
    assert "on evidence to 2025" not in text


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('tumen.show("counting.celing")', "counting.ceiling"),
        ('tumen.ask("counting.gests")', "counting.guests"),
        ("tumen.explore(counting.estimates)", "nothing to move"),
        ("tumen.show(counting.nothing)", "nothing"),
        ("x = 1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_cell_at_fault_is_named(tmp_path, refusal, cell, said):
    place = folder(tmp_path, *OWN[:2], cell)
    with pytest.raises(Exception, match=r"10-own\.ipynb") as caught:
        build(tmp_path / "out", place)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_code_of_another_kind_leaves_what_is_stored_of_it(tmp_path):
    place = folder(tmp_path, *OWN)
    book = nbformat.read(place / "10-own.ipynb", as_version=4)
    cell = nbformat.v4.new_code_cell(
        "print(6 * 7)", outputs=[nbformat.v4.new_output("stream", name="stdout", text="42 <b>")]
    )
    quiet = nbformat.v4.new_code_cell("counting.ratio")
    broken = nbformat.v4.new_code_cell("%matplotlib inline")
    book.cells += [cell, quiet, broken]
    nbformat.write(book, place / "10-own.ipynb")
    build(tmp_path / "out", place)
    stored = page(tmp_path / "out" / "10-own.html").select(".stored")
    assert [s.pre.get_text() for s in stored] == ["42 <b>"]
    assert "print(6 * 7)" in stored[0].details.get_text()


def test_a_folder_without_workbooks_is_refused(tmp_path, refusal):
    assert "no folder" in refusal(build, tmp_path / "out", tmp_path / "none")
    (tmp_path / "empty").mkdir()
    assert "no workbook" in refusal(build, tmp_path / "out", tmp_path / "empty")


def test_guide_and_sheets_are_found_wherever_they_stand_and_come_first(tmp_path):
    place = folder(tmp_path, *OWN)
    for name, text in (
        ("02-b.md", "# Two\n\n## Part"),
        ("guide.md", "# The guide\n\nSee [two](02-b.md)."),
        ("sheets/worksheet.md", "# A sheet"),
    ):
        (place / "instructor" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "instructor" / name).write_text(text, encoding="utf-8")
    build(tmp_path / "out", place)
    soup = page(tmp_path / "out" / "instructor.html")
    assert [h.get_text() for h in soup.find_all("h2")] == ["The guide", "A sheet", "Two"]
    assert soup.find("h3").get_text() == "Part"
    assert not [a for a in soup.select("main a") if "02-b" in a["href"] and not a["href"].startswith("#")]
    assert 'href="instructor.html"' in str(page(tmp_path / "out" / "index.html"))

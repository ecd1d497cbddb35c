"""Pictures in an instructor's own words and notebooks reach every copy and the site."""

import base64

import nbformat
import pytest

from tumen.course.build import build
from tumen.course.enclosed import LARGEST

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PASSAGE = '\n[[passage]]\nworkbook = "02-counting-the-hidden"\nfile = "passages/map.md"\n'
CODED = base64.b64encode(PNG).decode()


def course_with(make_course, words: str, name: str = "river.png", data: bytes = PNG):
    folder = make_course(end=PASSAGE)
    (folder / "passages").mkdir()
    (folder / "passages/map.md").write_text(words, encoding="utf-8")
    (folder / "passages" / name).write_bytes(data)
    return folder


def cell_of(folder, copy: str = "students/ann", stem: str = "02-counting-the-hidden", words: str = "Ours"):
    book = nbformat.read(folder / "built" / copy / f"{stem}.ipynb", as_version=4)
    return next(c for c in book.cells if words in c.source)


def test_a_picture_beside_a_passage_is_in_every_copy(make_course):
    words = 'Ours: ![a river](river.png "The Tumen") and ![far](https://example.org/x.png); `![not](shown.png)`'
    folder = course_with(make_course, words)
    build(folder)
    for copy in ("students/ann", "students/ben", "solutions", "instructor"):
        cell = cell_of(folder, copy)
        assert cell.attachments == {"passages-river.png": {"image/png": CODED}}
        assert '![a river](attachment:passages-river.png "The Tumen")' in cell.source
        assert "https://example.org/x.png" in cell.source
        assert "`![not](shown.png)`" in cell.source


def test_a_picture_of_an_own_notebook_is_in_every_copy_beside_one_pasted_there(make_course):
    folder = make_course()
    plan = (folder / "course.toml").read_text(encoding="utf-8")
    (folder / "course.toml").write_text(
        plan.replace('"02-counting-the-hidden"]', '"02-counting-the-hidden", "09-law"]'), encoding="utf-8"
    )
    (folder / "my maps").mkdir()
    (folder / "my maps/river.png").write_bytes(PNG)
    cell = nbformat.v4.new_markdown_cell("Ours ![a](my%20maps/river.png) ![b](attachment:pasted.png)")
    cell["attachments"] = {"pasted.png": {"image/png": CODED}}
    nbformat.write(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 09 Law"), cell]), folder / "09-law.ipynb"
    )
    build(folder)
    found = cell_of(folder, stem="09-law")
    assert set(found.attachments) == {"pasted.png", "my-maps-river.png"}
    assert found.source == "Ours ![a](attachment:my-maps-river.png) ![b](attachment:pasted.png)"


@pytest.mark.parametrize(
    ("words", "name", "data", "told"),
    [
        ("![a](rivr.png)", "river.png", PNG, "there is no picture 'rivr.png'"),
        ("![a](../../out.png)", "river.png", PNG, "lies outside the course's folder"),
        ("![a](river.tiff)", "river.tiff", PNG, "is no picture a page can show"),
        ("![a](river.png)", "river.png", b"x" * (LARGEST + 1), "every copy would hold it"),
        ('<img src="river.png" width=90>', "river.png", PNG, "as ![what it shows](river.png)"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_refused_in_a_sentence(make_course, refusal, words, name, data, told):
    folder = course_with(make_course, words, name, data)
    (folder.parent / "out.png").write_bytes(PNG)
    said = refusal(build, folder)
    assert "passage entry 1" in said
    assert told in said


def test_the_site_shows_it(make_course, tmp_path):
    from tumen.site.build import build as site

    folder = course_with(make_course, "Ours: ![a river](river.png)")
    build(folder)
    cell, place = cell_of(folder), tmp_path / "workbooks"
    place.mkdir()
    title = nbformat.v4.new_markdown_cell("# 10 Own")
    nbformat.write(nbformat.v4.new_notebook(cells=[title, cell]), place / "10-own.ipynb")
    site(tmp_path / "out", place)
    html = (tmp_path / "out/10-own.html").read_text(encoding="utf-8")
    assert f"data:image/png;base64,{CODED}" in html
    assert 'alt="a river"' in html

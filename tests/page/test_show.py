"""What `show` puts in a notebook: a picture that speaks for itself, and a table."""

import re
import struct

import pytest

from tumen.brief import exhibits, model, models, picture
from tumen.core.home import home
from tumen.core.words import exact
from tumen.evidence.tables import table
from tumen.page.session import Session
from tumen.page.show import SCALE, stills
from tumen.page.tables import Parts, assumptions, html_table

MODELS = models()
CHAPTERS = [name for name in home().meta.chapters if name != "report"]
EXHIBITS = {key: e for key, e in exhibits().items() if e.theme in CHAPTERS and picture(key) is not None}
# Drawing takes half a second each: every picture of one chapter, the first model and exhibit of each other.
FIRST = {
    next((k for k in keys if k.startswith(f"{theme}.")), None) for keys in (MODELS, EXHIBITS) for theme in CHAPTERS
}
MODELS = {k: m for k, m in MODELS.items() if k in FIRST or m.theme == "counting"}
EXHIBITS = {k: e for k, e in EXHIBITS.items() if k in FIRST or e.theme == "counting"}
THINGS = {**MODELS, **EXHIBITS}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The still and the note of every model and exhibit, drawn once."""
    session = Session(tmp_path_factory.mktemp("session"))
    return {key: stills(thing, session) for key, thing in THINGS.items()}


@pytest.mark.parametrize("key", THINGS)
def test_the_picture_is_a_png_of_the_declared_size_with_its_words(shown, key):
    still, _ = shown[key]
    data, metadata = still._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert data["image/png"].startswith(b"\x89PNG\r\n\x1a\n")
    assert data["image/png"].endswith(b"IEND\xaeB`\x82")
    about = metadata["image/png"]
    assert about["alt"] == data["text/plain"] == repr(still)
    wide, high = struct.unpack(">II", data["image/png"][16:24])
    assert (about["width"], about["height"]) == (int(wide / SCALE), int(high / SCALE))
    declared = picture(key).size
    assert declared[0] <= about["width"] <= 860
    assert declared[1] <= about["height"] <= declared[1] + 120
    assert len(data["image/png"]) < 200_000


@pytest.mark.parametrize("key", MODELS)
def test_the_words_hold_the_numbers_of_the_starting_case(shown, key):
    still, note = shown[key]
    start = MODELS[key]()
    drawn = picture(key)
    assert drawn.words(start, start) in repr(still)
    assert MODELS[key].verdict(start) in repr(still)
    assert re.search(r"\d", drawn.words(start, start))
    assert drawn.caption in repr(note)


@pytest.mark.parametrize("key", MODELS)
def test_the_table_lists_every_assumption_with_its_basis(shown, key):
    _, note = shown[key]
    html, text = note._repr_html_(), repr(note)
    for q in MODELS[key].quantities:
        for form in (html.replace("&#x27;", "'"), text):
            assert q.label in form
            assert q.basis in form
        if q.sampled:
            assert f"{exact(q.low, q.unit)} to {exact(q.high, q.unit)}" in text
            assert f">{exact(q.value, q.unit)}</td>" in html
    assert html.count("<tr>") == len(MODELS[key].quantities) + 1
    assert '<th scope="col" style="text-align: left">quantity</th>' in html


@pytest.mark.parametrize("key", [key for key, e in EXHIBITS.items() if e.reads])
def test_an_exhibit_is_shown_row_by_row_with_whose_data_it_is(shown, key):
    still, note = shown[key]
    exhibit = EXHIBITS[key]
    rows = exhibit.rows(lambda name: table(name, as_of=exhibit.as_of))
    assert note.head == exhibit.head
    assert [r[0] for r in note.rows] == [str(r[exhibit.columns[0]]) for r in rows]
    assert "Data: Tumen's table" in repr(note)
    assert exhibit.leaves_out in repr(note)
    if exhibit.table == "china_estimates":
        assert f"{len(rows)} figures." in repr(still)
        assert all(row["who"] in repr(still) for row in rows)


def test_the_estimates_of_2002_hold_nothing_printed_later(shown):
    _, note = shown["counting.estimates"]
    assert "as known on 7 May 2002" in repr(note)
    assert all(int(r[2]) <= 2002 for r in note.rows)
    _, since = shown["counting.estimates_since"]
    assert not {r[0] for r in note.rows} & {r[0] for r in since.rows}


def test_an_early_date_of_the_case_leaves_more_out(session_in, tmp_path, shown):
    (tmp_path / "case.toml").write_text("as_of = 1999-12-31\n")
    session = session_in(tmp_path)
    still, note = stills(EXHIBITS["counting.estimates"], session)
    full = shown["counting.estimates"][1].rows
    assert 0 < len(note.rows) < len(full)
    assert "as known on 31 December 1999" in repr(note)
    assert all(int(r[2]) <= 1999 for r in note.rows)
    assert f"{len(note.rows)} figures." in repr(still)


@pytest.mark.parametrize("key", THINGS)
def test_a_table_of_more_than_eight_rows_is_closed_under_how_many_there_are(shown, key):
    html, n = shown[key][-1]._repr_html_(), len(shown[key][-1].rows)
    assert html.count("<summary>") == (n > 8)
    assert f"<summary>{n} rows as a table</summary>" in html or n <= 8


def test_a_date_before_every_figure_leaves_an_empty_picture(session_in, tmp_path):
    (tmp_path / "case.toml").write_text("as_of = 1990-01-01\n")
    still, note = stills(EXHIBITS["counting.estimates"], session_in(tmp_path))
    assert repr(still).endswith("0 figures.")
    assert note.rows == []
    assert still.png.startswith(b"\x89PNG")


def test_an_early_date_shortens_the_timeline(session_in, tmp_path):
    (tmp_path / "case.toml").write_text("as_of = 2000-12-31\n")
    still, _ = stills(exhibits()["report.timeline"], session_in(tmp_path))
    _, size = still._repr_mimebundle_()
    assert size["image/png"]["height"] < 250


def test_a_date_before_a_row_that_a_model_needs_changes_no_model(session_in, tmp_path, shown):
    (tmp_path / "case.toml").write_text("as_of = 1999-12-31\n")
    assert repr(stills(MODELS["counting.ceiling"], session_in(tmp_path))[0]) == repr(shown["counting.ceiling"][0])


def test_a_case_is_named_and_its_numbers_used(session_in, tmp_path):
    (tmp_path / "case.toml").write_text('title = "only <Yanbian>"\n[counting.ceiling]\nhosts = 854000\n')
    still, note = stills(MODELS["counting.ceiling"], session_in(tmp_path))
    assert "about 70,800" in repr(still)
    assert "The case in use: only <Yanbian>." in repr(note)
    assert "only &lt;Yanbian&gt;" in note._repr_html_()
    assert "<Yanbian>" not in note._repr_html_()
    hosts = next(r for r in note.rows if r[0] == MODELS["counting.ceiling"].quantity("hosts").label)
    assert hosts[1] == "854,000"
    assert hosts[4] == "assumption"


def test_a_long_row_of_numbers_has_a_line_a_part_and_prose_has_none():
    made = html_table(["what"], [[Parts("1, 0, 0, 0.8, 1, 0, 0.2; 0, 0, 1, 0, 1.1, 0, 0.8; 0.3, 0, 0.15, 0")]])
    assert made.count("<br>") == 2
    assert html_table(["what"], [[Parts("engagement 0.557; <i> 0.029; the quiet route 0.11")]]).count(";<br>") == 2
    prose = "many numbers were in print at the time; the report gives no source for 300,000"
    assert "<br>" not in html_table(["what"], [[prose], [Parts("3, 0; 2, 1.5")], ["<b>; 1"]])


def test_words_stand_to_the_left_and_numbers_to_the_right():
    made = html_table(["who", "how many"], [["a", "1,000"], ["b", ""]])
    assert '<td style="text-align: left">a</td><td>1,000</td>' in made


def test_lists_and_tables_are_printed_as_they_are_typed():
    shown = {row[0]: row[1] for row in assumptions(model("counting.pool"))[1]}
    assert any("5,000 to 10,000, 20,000 to 40,000" in words for words in shown.values())
    assert "; " in next(row[1] for row in assumptions(model("choice.table"))[1] if row[1].startswith("8, 10"))
    assert next(row[1] for row in assumptions(model("crisis.crowd"))[1]) == "0, 1, 2, … 99 (100 numbers)"

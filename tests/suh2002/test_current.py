"""A table that a case puts in another's place reaches the models that run on it, their charts and their notes."""

import csv

import pytest

from suh2002.flows.models import HISTORY
from suh2002.flows.series import aid_kt, arrivals
from suh2002.hindsight.curves import lines
from tumen import in_use as place
from tumen.brief import model, models, picture
from tumen.core import Case, Problem
from tumen.core.case import case_in_use, using
from tumen.core.files import shipped
from tumen.page.session import Session
from tumen.page.show import stills
from tumen.tasks.check import run_answer
from tumen.tasks.definitions import Answer

YEAR = 2013


def write(folder, name="arrivals", row=None, **cells):
    """Tumen's own table with the cells of some rows changed, under another name."""
    with (shipped("data") / f"{name}.csv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    for r in rows:
        if row(r):
            r.update(cells)
    with (folder / "mine.csv").open("w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, rows[0])
        out.writeheader()
        out.writerows(rows)


@pytest.fixture
def theirs(tmp_path):
    """A folder with a case that puts a table of arrivals with another count for one year in the place of ours."""
    write(
        tmp_path,
        row=lambda r: r["series"] == "main_revised" and r["start_year"] == r["end_year"] == str(YEAR),
        total="9999",
    )
    (tmp_path / "case.toml").write_text('title = "Another count"\n[data]\narrivals = "mine.csv"\n', encoding="utf-8")
    return tmp_path


def at(year):
    return arrivals(year, year)[0]


def test_the_folders_case_reaches_the_series(theirs, monkeypatch):
    assert at(YEAR) == 1514
    monkeypatch.chdir(theirs)
    assert at(YEAR) == 9999 and at(YEAR + 1) == 1397
    (theirs / "case.toml").unlink()
    assert at(YEAR) == 1514


def test_a_case_that_cannot_be_used_changes_nothing(theirs, monkeypatch):
    monkeypatch.chdir(theirs)
    (theirs / "case.toml").write_text('[data]\narrivals = "mine.csv"\n[counting.ceiling]\nhots = 1\n', encoding="utf-8")
    assert at(YEAR) == 1514
    assert "'hots'" in Session(theirs).trouble


def test_a_changed_file_is_read_again(theirs, monkeypatch):
    monkeypatch.chdir(theirs)
    assert at(YEAR) == 9999
    write(theirs, row=lambda r: r["start_year"] == r["end_year"] == str(YEAR), total="12345")
    assert at(YEAR) == 12345


def test_a_model_under_a_case_runs_on_its_table_wherever_the_notebook_stands(theirs):
    case = Case.read(theirs / "case.toml", models().values())
    ours = model("hindsight.break")()["level_ratio"]
    applied = case.apply(model("hindsight.break"))
    assert applied()["level_ratio"] > 1.1 * ours
    assert applied.case_title == "Another count" and applied.origin is model("hindsight.break")
    assert model("hindsight.break")()["level_ratio"] == ours
    answer = Answer(model="hindsight.break", output="level_ratio")
    assert run_answer(answer, case)[0] == applied()["level_ratio"]
    assert run_answer(answer)[0] == ours


def test_a_findings_margin_runs_on_the_cases_table_too(tmp_path):
    write(tmp_path, "rok_aid", row=lambda r: r["supplier"] == "ROK government" and r["unit"] == "kt", value="0")
    case = Case(data={"rok_aid": str(tmp_path / "mine.csv")})
    found = case.apply(HISTORY)()
    assert found.findings[-1].margin == pytest.approx(1 - 1.05)  # with no aid sent, none is missed
    assert HISTORY().findings[-1].margin != found.findings[-1].margin


def test_a_case_without_a_table_of_the_model_leaves_it_as_it_is():
    case = Case(data={"law": "law.csv"})
    assert case.apply(model("hindsight.break")) is model("hindsight.break")
    assert case.apply(model("publicity.entry")) is model("publicity.entry")


def test_the_charts_and_their_notes_speak_of_the_cases_table(theirs, monkeypatch):
    monkeypatch.chdir(theirs)
    session = Session(theirs)
    note = stills(model("hindsight.break"), session)[1]
    assert "Data: mine.csv, which Another count puts in the place of arrivals." in note.caption
    result = session.model(model("hindsight.break"))()
    assert lines(result)["counted"].max() == 9999
    assert "mine.csv" not in stills(model("publicity.entry"), session)[1].caption


def test_a_table_that_lacks_a_year_is_told_in_one_sentence(theirs):
    write(theirs, row=lambda r: r["series"] == "main_revised" and r["end_year"] == str(YEAR), series="another")
    case = Case.read(theirs / "case.toml", models().values())
    with pytest.raises(Problem, match=f"no yearly figure for {YEAR}"):
        case.apply(model("hindsight.break"))()


def test_a_block_ends_with_its_end(theirs):
    case = Case.read(theirs / "case.toml", models().values())
    with pytest.raises(KeyError), using(case):
        assert case_in_use() is case and at(YEAR) == 9999
        raise KeyError
    assert case_in_use() is None and at(YEAR) == 1514


def test_no_date_shortens_the_series_a_model_runs_on(theirs):
    case = Case(as_of="2002-05-07", data={"arrivals": str(theirs / "mine.csv")}, path=theirs / "case.toml")
    with using(case):
        assert at(YEAR) == 9999
        assert aid_kt(2007, 2007)[0] > 0


@pytest.mark.parametrize("key", models())
def test_a_model_names_every_table_it_and_its_chart_read(key, monkeypatch):
    read = set()
    inner = place.table
    place._kept.cache_clear()
    monkeypatch.setattr(place, "table", lambda name, **given: read.add(name) or inner(name, **given))
    found = model(key)()
    if model(key).verdict:
        model(key).verdict(found)
    drawn = picture(key)
    drawn.rows(found, found)
    drawn.words(found, found)
    assert read == set(model(key).reads)

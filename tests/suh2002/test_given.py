"""A model runs on the tables it carries: the same in every folder, and those of a case or a session where it is theirs."""

import csv
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor

import pytest

from suh2002.flows.models import HISTORY
from suh2002.flows.series import aid_kt, arrivals
from tumen.analysis.sweep import sweep
from tumen.brief import exhibits, model, models, picture
from tumen.charts.picture import following
from tumen.commands.run import started
from tumen.core import Case, Problem
from tumen.core.files import shipped
from tumen.core.own import Tables
from tumen.evidence import given
from tumen.page.session import Session
from tumen.page.show import shown, stills
from tumen.tasks.check import run_answer
from tumen.tasks.definitions import Answer

YEAR = 2013
READING = [key for key, m in models().items() if m.reads]


def write(path, name="arrivals", row=None, **cells):
    """Tumen's own table with the cells of some rows changed, in another file."""
    with (shipped("data") / f"{name}.csv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    for r in rows:
        if row(r):
            r.update(cells)
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, rows[0])
        out.writeheader()
        out.writerows(rows)


def of_year(r):
    return r["series"] == "main_revised" and r["start_year"] == r["end_year"] == str(YEAR)


def of_seoul(r):
    return r["supplier"] == "ROK government" and r["unit"] == "kt"


@pytest.fixture
def theirs(tmp_path):
    """A folder with a case that puts a table of arrivals with another count for one year in the place of ours."""
    write(tmp_path / "mine.csv", row=of_year, total="9999")
    (tmp_path / "case.toml").write_text('title = "Another count"\n[data]\narrivals = "mine.csv"\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def local(tmp_path):
    """A folder without a case, in whose data stand all three series in other numbers."""
    write(tmp_path / "data" / "arrivals.csv", row=of_year, total="9999")
    write(tmp_path / "data" / "rok_aid.csv", "rok_aid", row=of_seoul, value="100")
    write(tmp_path / "data" / "korean_chinese_population.csv", "korean_chinese_population", lambda r: True, koreans="7")
    return tmp_path


def at(year, tables):
    return arrivals(tables, year, year)[0]


def said(model):
    """All that a model gives and says in its starting case, and its picture."""
    result, drawn = model(), picture(model.key)
    verdict = model.verdict(result) if model.verdict else ""
    return repr((result.outputs, result.findings, verdict, drawn.rows(result, result), drawn.words(result, result)))


@pytest.mark.parametrize("key", READING)
def test_equal_inputs_give_equal_outputs_in_every_folder(key, theirs, local, monkeypatch):
    ours = said(model(key))
    (empty := theirs / "empty").mkdir()
    for folder in (empty, theirs, local):  # one folder holds both: a case and a table of its own
        monkeypatch.chdir(folder)
        assert said(model(key)) == ours
    assert said(Session(empty).model(model(key))) == ours
    if "resettlement" not in model(key).reads:
        assert said(Session(local).model(model(key))) != ours


def test_what_stands_in_a_folder_reaches_what_is_run_for_it(local, monkeypatch):
    found, ours = model("hindsight.break"), model("hindsight.break")()["level_ratio"]
    monkeypatch.chdir(local)
    theirs = started(found.key, None)()["level_ratio"]
    session = Session(local)
    assert theirs == session.model(found)()["level_ratio"] != ours
    assert run_answer(Answer(model=found.key, output="level_ratio"), session.case)[0] == theirs
    study = exhibits()["flows.what_ifs"]
    assert shown(study, session).rows != shown(study, Session(local / "data")).rows


def test_a_session_follows_a_file_that_changes(theirs):
    found = Session(theirs).model(model("hindsight.break"))
    assert at(YEAR, found.tables) == 9999 and at(YEAR + 1, found.tables) == 1397
    write(theirs / "mine.csv", row=of_year, total="12345")
    assert at(YEAR, found.tables) == 12345


def test_a_case_that_cannot_be_used_changes_nothing(theirs):
    (theirs / "case.toml").write_text('[data]\narrivals = "mine.csv"\n[counting.ceiling]\nhots = 1\n', encoding="utf-8")
    session = Session(theirs)
    assert "'hots'" in session.trouble
    assert session.model(HISTORY) is HISTORY


def test_a_model_under_a_case_runs_on_its_table_wherever_the_notebook_stands(theirs):
    case = Case.read(theirs / "case.toml", models().values())
    ours = model("hindsight.break")()["level_ratio"]
    applied = case.apply(model("hindsight.break"))
    assert applied()["level_ratio"] > 1.1 * ours
    assert applied.case_title == "Another count" and applied.origin is model("hindsight.break")
    assert applied.declared()["level_ratio"] == applied()["level_ratio"]
    assert model("hindsight.break")()["level_ratio"] == ours
    answer = Answer(model="hindsight.break", output="level_ratio")
    assert run_answer(answer, case)[0] == applied()["level_ratio"]
    assert run_answer(answer)[0] == ours


def test_another_setting_of_a_result_is_run_on_the_same_tables(theirs):
    applied = Case.read(theirs / "case.toml", models().values()).apply(model("hindsight.break"))
    assert applied().where(first_year=2001.0) == applied(first_year=2001.0).outputs
    assert applied().where(first_year=2001.0) != model("hindsight.break")(first_year=2001.0).outputs
    changed = applied.with_quantities({})
    assert changed.tables is applied.tables and changed().outputs == applied().outputs


def test_a_case_of_one_table_leaves_that_of_another_case_in_place(theirs):
    write(theirs / "aid.csv", "rok_aid", row=of_seoul, value="0")
    both = Case(title="No aid", data={"rok_aid": "aid.csv"}, path=theirs / "x.toml").apply(
        Case.read(theirs / "case.toml", models().values()).apply(HISTORY)
    )
    assert at(YEAR, both.tables) == 9999 and not aid_kt(both.tables).any()
    saved = Case(title="Mine", path=theirs / "cases" / "mine.toml").apply(both)
    assert saved.tables == both.tables


def test_tables_can_be_sent_to_another_process(theirs):
    tables = Case.read(theirs / "case.toml", models().values()).apply(HISTORY).tables
    sent = pickle.loads(pickle.dumps(tables))
    assert sent == tables and at(YEAR, sent) == 9999
    assert HISTORY.tables == Tables("suh2002") and at(YEAR, HISTORY.tables) == 1514


def test_the_processes_of_a_sweep_run_on_the_tables_of_the_model_they_are_sent(theirs):
    applied = Case.read(theirs / "case.toml", models().values()).apply(model("hindsight.break"))
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as workers:
        there = sweep(applied, 64, executor=workers, find=model).values
    here, ours = sweep(applied, 64).values, sweep(model("hindsight.break"), 64).values
    assert there["level_ratio"].tolist() == here["level_ratio"].tolist() != ours["level_ratio"].tolist()


def test_a_findings_margin_runs_on_the_cases_table_too(tmp_path):
    write(tmp_path / "mine.csv", "rok_aid", row=of_seoul, value="0")
    case = Case(data={"rok_aid": str(tmp_path / "mine.csv")})
    found = case.apply(HISTORY)()
    assert found.findings[-1].margin == pytest.approx(1 - 1.05)  # with no aid sent, none is missed
    assert HISTORY().findings[-1].margin != found.findings[-1].margin


def test_a_case_without_a_table_of_the_model_leaves_it_as_it_is():
    case = Case(data={"law": "law.csv"})
    assert case.apply(model("hindsight.break")) is model("hindsight.break")
    assert case.apply(model("publicity.entry")) is model("publicity.entry")


def test_the_charts_and_their_notes_speak_of_the_cases_table(theirs):
    session = Session(theirs)
    note = stills(model("hindsight.break"), session)[1]
    assert "Data: mine.csv, which Another count puts in the place of arrivals." in note.caption
    result = session.model(model("hindsight.break"))()
    assert 9999 in [row[2] for row in picture(result.model.key).rows(result, result)]
    assert "mine.csv" not in stills(model("publicity.entry"), session)[1].caption


def test_what_a_kept_picture_follows_from_holds_the_tables_in_use(theirs):
    case = Case.read(theirs / "case.toml", models().values())
    drawn = following(model("hindsight.break"), draw)
    told = drawn.on(case.apply(model("hindsight.break"))).told
    assert drawn.told != told and drawn.on(model("hindsight.break")).told == drawn.told
    write(theirs / "mine.csv", row=of_year, total="12345")
    assert drawn.on(case.apply(model("hindsight.break"))).told != told


def draw(used):
    return picture(used.key)


def test_a_table_that_lacks_a_year_is_told_in_one_sentence(theirs):
    write(theirs / "mine.csv", row=of_year, series="another")
    case = Case.read(theirs / "case.toml", models().values())
    with pytest.raises(Problem, match=f"no yearly figure for {YEAR}"):
        case.apply(model("hindsight.break"))()


def test_no_date_shortens_the_series_a_model_runs_on(theirs):
    case = Case(as_of="2002-05-07", data={"arrivals": str(theirs / "mine.csv")}, path=theirs / "case.toml")
    found = case.apply(HISTORY)
    assert at(YEAR, found.tables) == 9999
    assert aid_kt(found.tables, 2007, 2007)[0] > 0


@pytest.mark.parametrize("key", models())
def test_a_model_names_every_table_it_and_its_chart_read(key, monkeypatch):
    read = set()
    inner = given.table
    given._kept.cache_clear()
    monkeypatch.setattr(given, "table", lambda name, **how: read.add(name) or inner(name, **how))
    found = model(key)()
    if model(key).verdict:
        model(key).verdict(found)
    drawn = picture(key)
    drawn.rows(found, found)
    drawn.words(found, found)
    assert read == set(model(key).reads)

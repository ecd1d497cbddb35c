"""`tumen.table` is a tidy DataFrame that says what its numbers are, in whatever folder it is asked."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import tumen
from tumen.evidence.package import schemas
from tumen.evidence.tables import names, table

FILES = Path(__file__).parents[1] / "evidence" / "own_tables"
DTYPES = {"integer": "Int64", "number": "Float64"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", names())
def test_every_table_is_tidy_and_says_what_it_is(name):
    frame, schema = tumen.table(name), schemas()[name]
    assert list(frame.columns) == list(schema.columns) and frame["id"].is_unique
    for f in schema.fields:
        kind = frame[f.name].dtype
        if f.type != "string":
            assert kind == DTYPES[f.type]
        elif f.words:
            assert list(kind.categories) == list(f.words)
        else:
            given = [r[f.name] for r in table(name).rows if r[f.name]]
            days = bool(f.pattern and given) and all(len(v) == 10 for v in given)
            assert isinstance(kind, pd.StringDtype) != days and pd.api.types.is_datetime64_any_dtype(kind) == days
    rows = table(name).rows
    for column in frame:
        if not pd.api.types.is_datetime64_any_dtype(frame[column].dtype):
            assert [None if pd.isna(v) else v for v in frame[column]] == [r[column] for r in rows]
    about = json.loads(json.dumps(frame.attrs))
    assert about["title"] == schema.title and about["whose"] == f"Tumen's table {name}"
    assert set(about["columns"]) == set(schema.columns) and all(about["columns"].values())
    assert set(about["units"]) == {f.name for f in schema.fields if f.type != "string"}
    assert all(sum(words.values()) == len(frame) for words in about["known"].values())
    assert about["unsourced"] == 0


def test_units_are_the_columns_own_or_each_rows():
    assert tumen.table("arrivals").attrs["units"]["women_pct"] == "percent"
    assert tumen.table("arrivals").attrs["units"]["total"] == "people"
    assert {"kt", "million USD"} <= set(tumen.table("rok_aid").attrs["units"]["value"])
    assert tumen.table("repatriations").attrs["units"]["central"][0] == "people per year"


def test_a_column_of_whole_days_alone_is_a_column_of_days(folder):
    lines = [f"T{i},2002-05-0{i},,c,e,a,w" for i in (1, 2)]
    (folder / "data").mkdir()
    own = folder / "data" / "timeline.csv"
    own.write_text("\n".join(["id,date,end,category,event,actor,why_it_matters", *lines]))
    frame = tumen.table("timeline")
    assert pd.api.types.is_datetime64_any_dtype(frame["date"].dtype) and frame["date"].max().day == 2
    own.write_text(own.read_text() + "\nT3,2002,,c,e,a,w\n")
    assert list(tumen.table("timeline")["date"]) == ["2002-05-01", "2002-05-02", "2002"]


def test_a_date_leaves_out_what_was_not_public_and_says_so():
    frame = tumen.table("arrivals", as_of="2002-05-07")
    assert len(frame) == 8 and frame.attrs["as_of"] == "2002-05-07"
    assert frame.attrs["left_out"] == {"undated": 0, "later": 50, "superseded": 0}
    assert "50 rows published later" in frame.attrs["note"]


def test_the_cases_own_table_and_date_are_honoured(folder):
    shutil.copy(FILES / "ours_cp949.csv", folder)
    declared = '[data.arrivals]\nfile = "ours_cp949.csv"\nencoding = "cp949"\n'
    (folder / "case.toml").write_text(declared)
    frame = tumen.table("arrivals")
    assert frame["total"].sum() == 7_699 and frame.attrs["whose"].startswith("ours_cp949.csv")
    (folder / "case.toml").write_text("as_of = 2002-05-07\n" + declared)
    assert len(tumen.table("arrivals")) == 0 and len(tumen.table("arrivals", as_of="2021-01-01")) == 6


def test_a_slip_is_one_sentence_and_no_traceback(folder, refusal):
    assert "'arrivals'" in refusal(tumen.table, "arrival")
    (folder / "case.toml").write_text("titel = 3")
    assert refusal(tumen.table, "arrivals").startswith("case.toml")


def test_a_notebook_shows_the_sentence_alone(folder):
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell()
    with capture_output() as seen:
        shell.run_cell("import tumen\ntumen.table('arrival')")
    assert "There is no table 'arrival'; the nearest is 'arrivals'." in seen.stdout + seen.stderr
    assert "Traceback" not in seen.stdout + seen.stderr


def test_it_is_listed_beside_the_verbs_and_is_none():
    assert "table" in dir(tumen) and "table" in tumen.__all__ and "table" not in tumen.VERBS

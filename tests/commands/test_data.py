"""`tumen data`: the tables of evidence in words, as JSON and as CSV that a spreadsheet cannot run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.commands.listing import write_csv
from tumen.core.cells import FORMULA, safe
from tumen.core.files import shipped
from tumen.evidence.tables import names, table


def test_without_a_table_all_are_listed(tumen):
    ran = tumen("data")
    assert ran.status == 0
    for name in names():
        assert f"\n{name}" in f"\n{ran.out}"
    assert "15 tables" in ran.out
    listed = tumen("data", "--json").json
    assert [t["name"] for t in listed] == names()
    assert all(t["title"] and t["description"] for t in listed)


@pytest.mark.parametrize("name", names())
def test_every_table_is_printed_whole(tumen, name):
    got = tumen("data", name, "--json").json
    whole = table(name)
    assert (got["table"], got["as_of"]) == (name, None)
    assert got["columns"] == whole.columns
    assert got["rows"] == whole.rows
    assert tumen("data", name).out.splitlines()[-1].startswith(f"{len(whole.rows)} rows")


def test_a_date_leaves_out_what_was_not_public(tumen):
    got = tumen("data", "arrivals", "--as-of", "2002-05-07", "--json").json
    totals = {r["id"]: r["total"] for r in got["rows"]}
    assert totals["A45"] == 583 and totals["A46"] == 1_990
    assert "A01" not in totals
    assert got["as_of"] == "2002-05-07"
    assert got["left_out"]["later"] > 40
    words = tumen("data", "arrivals", "--as-of", "2002-05-07").out
    assert "as known on 7 May 2002" in words and "published later" in words
    assert "1998" in words and "1,998" not in words


def test_a_case_in_the_folder_gives_its_date_and_its_tables(tumen, tmp_path):
    (tmp_path / "case.toml").write_text("as_of = 2002-05-07\n", encoding="utf-8")
    assert tumen("data", "arrivals", "--json").json["as_of"] == "2002-05-07"
    assert tumen("data", "arrivals", "--as-of", "2020-01-01", "--json").json["as_of"] == "2020-01-01"
    text = (shipped("data") / "arrivals.csv").read_text(encoding="utf-8")
    (tmp_path / "mine.csv").write_text("\n".join(text.splitlines()[:4]) + "\n", encoding="utf-8")
    (tmp_path / "own.toml").write_text('title = "Mine"\n[data]\narrivals = "mine.csv"\n', encoding="utf-8")
    got = tumen("data", "arrivals", "--case", "own.toml", "--json").json
    assert len(got["rows"]) == 3
    assert "mine.csv" in got["data"]


def test_csv_comes_back_as_the_table(tumen):
    rows = list(csv.DictReader(io.StringIO(tumen("data", "china_estimates", "--csv").out)))
    whole = table("china_estimates")
    assert [r["id"] for r in rows] == [r["id"] for r in whole.rows]
    for got, row in zip(rows, whole.rows, strict=True):
        for column, value in row.items():
            assert got[column] == str(safe(value))
            assert value is None or got[column] in (str(value), f"'{value}")


@pytest.mark.parametrize("name", names())
def test_no_cell_of_a_csv_begins_as_a_formula(tumen, name):
    for cells in csv.reader(io.StringIO(tumen("data", name, "--csv").out)):
        for cell in cells:
            if cell.startswith(FORMULA):
                float(cell)  # a number may be negative


@given(st.text())
def test_text_that_could_run_is_made_safe(text):
    made = safe(text)
    assert not made.startswith(FORMULA)
    assert made == text or (made == f"'{text}" and text.startswith(FORMULA))


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_what_a_spreadsheet_runs_gets_an_apostrophe(value):
    assert safe(value) == f"'{value}"


@pytest.mark.parametrize("value", [-1, -2.5, 3])
def test_numbers_stay_numbers(value):
    assert safe(value) == value
    assert safe(None) == ""


def test_a_readers_own_table_is_made_safe_too(tmp_path):
    text = (shipped("data") / "arrivals.csv").read_text(encoding="utf-8").splitlines()
    bad = text[1].replace("ROK Ministry of Unification", "=HYPERLINK(1)", 1)
    assert bad != text[1]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "arrivals.csv").write_text(f"{text[0]}\n{bad}\n", encoding="utf-8")
    out = io.StringIO()
    write_csv(table("arrivals", folder=tmp_path), out)
    assert "'=HYPERLINK(1)" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("arivals",), "'arrivals'"),
        (("claims",), "tumen claims"),
        (("tensions",), "data/tensions.csv"),
        (("arrivals", "--as-of", "soon"), "2024-05-31"),
        (("--as-of", "2002-05-07"), "name a table"),
        (("--csv",), "name a table"),
        (("arrivals", "--json", "--csv"), "not allowed"),
        (("arrivals", "--case", "none.toml"), "no such file"),
        (("arrivals", "--as-off", "2002-05-07"), "unrecognized"),
    ],
)
def test_slips_are_one_sentence(tumen, arguments, said):
    assert said in tumen("data", *arguments).refusal


def test_a_broken_table_of_a_reader_is_one_sentence(tumen, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "law.csv").write_text("id,instrument\n", encoding="utf-8")
    assert "law.csv" in tumen("data", "law").refusal


def test_claims_follow_a_date(tumen):
    got = tumen("claims", "S2P2", "--as-of", "2002-05-07", "--json").json
    assert all(c["status"] is None and c["later_evidence"] is None for c in got)
    assert "left out" in tumen("claims", "S2P3-d", "--as-of", "2002-05-07").out
    assert "2024-05-31" in tumen("claims", "--as-of", "soon").refusal

"""Whose file is read, what counts as known on a date, and vintages."""

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoiling import changed, own, put

from tumen.core import Case
from tumen.evidence.dates import public_span
from tumen.evidence.package import PROVENANCE
from tumen.evidence.tables import names, table, vintages

WRITTEN = dt.date(2002, 5, 7)


# reading


def test_values_are_typed():
    row = table("arrivals").row("A45")
    assert row["total"] == 583 and isinstance(row["total"], int)
    assert row["women_pct"] == 49.4 and isinstance(row["women_pct"], float)
    assert row["period"] == "2001" and row["url"].startswith("https://")
    assert table("arrivals").row("A29")["men"] is None


def test_a_frame_has_the_rows_and_columns():
    read = table("gdr")
    frame = read.frame()
    assert list(frame.columns) == read.columns
    assert len(frame) == len(read.rows)
    assert frame.loc[frame["id"] == "G106", "value"].item() == 343_854


def test_pandas_is_loaded_only_for_a_frame():
    code = "import sys; from tumen.evidence.tables import table; table('arrivals'); assert 'pandas' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_unknown_names_are_answered_with_the_nearest(refusal):
    assert "'arrivals'" in refusal(table, "arrival")
    assert "'A45'" in refusal(table("arrivals").row, "a45")
    assert "2002" in refusal(vintages, table("arrivals"), "20002")
    assert "arrivals" in refusal(vintages, table("gdr"), 1989)


# as known on


def test_what_the_author_could_have_known():
    known = table("arrivals", as_of=WRITTEN)
    by_period = {r["period"]: r["total"] for r in known.rows}
    assert by_period["2001"] == 583
    assert by_period["1948-2001 cumulative"] == 1_990
    assert sum(by_period[str(y)] for y in (1999, 2000, 2001)) == 1_043
    assert "1999-2001" not in by_period and "2002" not in by_period
    assert {r["id"] for r in table("china_estimates", as_of=WRITTEN).rows} >= {"E06", "E17", "E23", "E25", "E30"}


def test_printed_after_the_report_is_later(refusal):
    known = table("china_estimates", as_of=WRITTEN)
    assert not {"E13", "E22", "E31", "E32", "E33"} & {r["id"] for r in known.rows}
    assert "7 May 2002" in refusal(known.row, "E22")
    assert known.left_out.undated == 1  # E27, of which only the year 2002 is known


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("day", ["1995-06-30", "2002-05-07", "2012-12-31", "2027-01-01"])
def test_every_row_is_kept_or_counted(name, day):
    everything, known = table(name), table(name, as_of=day)
    out = known.left_out
    assert len(known.rows) + out.undated + out.later + out.superseded == len(everything.rows)
    assert len(known.older) == out.superseded
    assert all(public_span(r["public"])[1] <= known.as_of for r in [*known.rows, *known.older])
    assert out.later == 0 or day != "2027-01-01"


@given(
    days=st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2027, 1, 1)), min_size=2, max_size=2),
    name=st.sampled_from(["arrivals", "china_estimates", "timeline"]),
)
def test_what_was_known_stays_known(days, name):
    early, late = (table(name, as_of=d) for d in sorted(days))
    assert {r["id"] for r in [*early.rows, *early.older]} <= {r["id"] for r in [*late.rows, *late.older]}


def test_our_comments_are_hindsight():
    for name, column in (("arrivals", "note"), ("timeline", "why_it_matters"), ("law", "point_for_the_report")):
        assert any(r[column] for r in table(name).rows)
        assert not any(r[column] for r in table(name, as_of="2010-01-01").rows)


def test_the_newest_vintage_before_the_date_is_taken():
    def in_2002(day):
        return [r["total"] for r in table("arrivals", as_of=day).rows if r["period"] == "2002"]

    assert in_2002("2002-12-31") == []
    assert in_2002("2004-01-01") == [1_140]
    assert in_2002("2006-01-01") == [1_139]
    assert in_2002("2010-01-01") == [1_138]
    assert in_2002("2021-01-01") == [1_142]


def test_revisions_can_be_stepped_through():
    every = table("arrivals")
    assert [r["total"] for r in vintages(every, 2002)] == [1_140, 1_139, 1_138, 1_142]
    assert [r["total"] for r in vintages(every, "2025")] == [224, 223]
    assert [r["total"] for r in vintages(every, 2009)] == [2_952, 2_927, 2_914]
    assert [r["total"] for r in vintages(every, 2010)] == [2_376, 2_423, 2_402]
    assert [r["total"] for r in vintages(every, 2011)] == [2_737, 2_706]
    assert [r["total"] for r in vintages(table("arrivals", as_of="2026-01-25"), 2025)] == [224]
    assert [r["women"] for r in vintages(every, 2024)] == [210]  # the misprint is no vintage


def test_the_misprint_of_2024_never_takes_the_place_of_the_release():
    assert [r["women"] for r in table("arrivals", as_of="2026-06-01").rows if r["period"] == "2024"] == [210]


def test_the_note_says_whose_and_what_is_left_out():
    assert table("arrivals").note() == "Data: Tumen's table arrivals."
    said = table("china_estimates", as_of=WRITTEN).note()
    assert said == (
        "Data: Tumen's table china_estimates, as known on 7 May 2002. Left out: 44 rows published later; "
        "1 row whose date of publication is not known closely enough."
    )
    assert "replaced by a newer figure" in table("arrivals", as_of="2026-06-01").note()


def test_a_date_may_be_text_and_must_be_one(refusal):
    assert table("law", as_of="2002-05-07").as_of == WRITTEN
    assert "2024-05-31" in refusal(table, "law", "in May")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2002", dt.date(2002, 1, 1), dt.date(2002, 12, 31)),
        ("2004-02", dt.date(2004, 2, 1), dt.date(2004, 2, 29)),
        ("2002-05-07", WRITTEN, WRITTEN),
    ],
)
def test_what_an_incomplete_date_can_mean(text, first, last):
    assert public_span(text) == (first, last)


# whose table


def test_a_table_in_the_working_folder_takes_the_packages_place(folder):
    put(folder / "data" / "arrivals.csv", changed(own(), "A45", "total", "600"))
    read = table("arrivals", folder=folder)
    assert read.row("A45")["total"] == 600
    assert "working folder" in read.note()
    assert table("gdr", folder=folder).whose == "Tumen's table gdr"


def test_the_working_folder_is_the_current_one(folder, monkeypatch):
    put(folder / "data" / "law.csv", own("law")[:3])
    monkeypatch.chdir(folder)
    assert len(table("law").rows) == 2


def test_a_case_goes_before_the_working_folder(folder):
    put(folder / "data" / "arrivals.csv", changed(own(), "A45", "total", "600"))
    (folder / "course").mkdir()
    put(folder / "course" / "my_arrivals.csv", changed(own(), "A45", "total", "700"))
    path = folder / "course" / "case.toml"
    path.write_text('title = "Autumn course"\nas_of = 2002-05-07\n[data]\narrivals = "my_arrivals.csv"\n')
    case = Case.read(path, ())
    read = table("arrivals", case=case, folder=folder)
    assert read.row("A45")["total"] == 700
    assert read.as_of == WRITTEN
    assert read.whose == "my_arrivals.csv, which Autumn course puts in the place of arrivals"
    assert table("arrivals", as_of="2021-01-01", case=case, folder=folder).as_of == dt.date(2021, 1, 1)


def test_a_table_without_our_columns_of_provenance_is_read(folder):
    lines = own()
    keep = [i for i, c in enumerate(lines[0]) if c not in PROVENANCE]
    put(folder / "data" / "arrivals.csv", [[line[i] for i in keep] for line in lines])
    read = table("arrivals", folder=folder)
    assert read.row("A45")["total"] == 583 and read.row("A45")["public"] is None
    known = table("arrivals", as_of=WRITTEN, folder=folder)
    assert known.rows == [] and known.left_out.undated == len(read.rows)


def test_columns_of_ones_own_are_kept_and_order_does_not_matter(folder):
    lines = [[*line, "mine" if i else "my column"][::-1] for i, line in enumerate(own())]
    put(folder / "data" / "arrivals.csv", lines, encoding="utf-8-sig")
    assert table("arrivals", folder=folder).row("A45")["my column"] == "mine"

"""A table that cannot be used is refused with one sentence naming file, row and column."""

import pytest
from spoiling import changed, own, put

from tumen.core import Case
from tumen.core.files import shipped
from tumen.evidence.tables import names, table


def bad(folder, refusal, lines, **options):
    """The sentence a table of these lines is refused with; it names the file."""
    put(folder / "data" / "arrivals.csv", lines, **options)
    sentence = refusal(table, "arrivals", folder=folder)
    assert "arrivals.csv" in sentence
    return sentence


def test_not_a_number(folder, refusal):
    for value in ("many", "1,142", "11.5", "nan"):
        sentence = bad(folder, refusal, changed(own(), "A45", "total", value))
        assert "row A45" in sentence and "column total" in sentence and repr(value) in sentence
    assert "column women_pct" in bad(folder, refusal, changed(own(), "A45", "women_pct", "inf"))


@pytest.mark.parametrize("value", ["9" * 400, "9" * 5000, "1e300", "-1e300", "1000000000000001"])
def test_a_count_larger_than_anything_counted_is_refused_shortly(folder, refusal, value):
    for column in ("total", "women_pct"):
        sentence = bad(folder, refusal, changed(own(), "A45", column, value))
        assert f"row A45, column {column}" in sentence and "larger than anything counted" in sentence
        assert len(sentence) < 250


def test_not_a_date(folder, refusal):
    for value in ("2002-13", "May 2002", "2002-02-30", "02"):
        sentence = bad(folder, refusal, changed(own(), "A45", "public", value))
        assert "row A45, column public" in sentence and "1998-02-17" in sentence


def test_not_one_of_the_words(folder, refusal):
    sentence = bad(folder, refusal, changed(own(), "A45", "verified", "sen"))
    assert "row A45, column verified" in sentence and "'seen'" in sentence


def test_empty_where_it_must_not_be(folder, refusal):
    sentence = bad(folder, refusal, changed(own(), "A45", "start_year", ""))
    assert "row A45, column start_year" in sentence
    sentence = bad(folder, refusal, changed(own(), "A45", "id", ""))
    assert "line 46, column id" in sentence


def test_missing_and_doubled_columns(folder, refusal):
    lines = own()
    lines[0] = ["totals" if c == "total" else c for c in lines[0]]
    sentence = bad(folder, refusal, lines)
    assert "'total'" in sentence and "'totals'" in sentence
    lines[0] = ["men" if c == "totals" else c for c in lines[0]]
    assert "'men' 2 times" in bad(folder, refusal, lines)


def test_doubled_id(folder, refusal):
    sentence = bad(folder, refusal, changed(own(), "A45", "id", "A44"))
    assert "'A44'" in sentence and "line 45" in sentence and "line 46" in sentence


def test_a_cell_too_many(folder, refusal):
    lines = own()
    lines[3] = [*lines[3], "1"]
    assert "line 4" in bad(folder, refusal, lines)


def test_empty_files(folder, refusal):
    assert "is empty" in bad(folder, refusal, [])
    assert "no rows" in bad(folder, refusal, own()[:1])


def test_another_table_in_its_place(folder, refusal):
    sentence = bad(folder, refusal, own("china_estimates"))
    assert "china_estimates" in sentence and "should hold arrivals" in sentence


@pytest.mark.parametrize("asked", names())
def test_any_two_tables_swapped_are_told_apart(folder, refusal, asked):
    for given_ in names():
        if given_ != asked:
            put(folder / "data" / f"{asked}.csv", own(given_))
            sentence = refusal(table, asked, folder=folder)
            assert f"{asked}.csv should hold {asked} but has the columns of {given_}." == sentence


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"id,period\nA1,\xff\xfe\n", "line 2, is not UTF-8"),
        ("id,period\nA1,2001\n".encode("utf-16-le"), "has no columns 'start_year', 'end_year'"),
        (b"id,period\nA1,2001\0\n", "no text table"),
        (b'id,period\nA1,"2001\n', "quotation marks"),
    ],
)
def test_bytes_that_are_no_table(folder, refusal, raw, said):
    path = folder / "data" / "arrivals.csv"
    path.write_bytes(raw)
    sentence = refusal(table, "arrivals", folder=folder)
    assert "arrivals.csv" in sentence and said in sentence


def test_a_case_that_names_no_file(folder, refusal):
    case = Case(data={"arrivals": "gone.csv"}, path=folder / "case.toml")
    sentence = refusal(table, "arrivals", None, case, folder)
    assert "case.toml" in sentence and "'gone.csv'" in sentence


def test_a_missing_or_damaged_package(tmp_path, monkeypatch, refusal):
    declared = (shipped("data") / "datapackage.json").read_text(encoding="utf-8")
    for module in ("tables", "package"):
        monkeypatch.setattr(f"tumen.evidence.{module}.shipped", lambda *parts: tmp_path.joinpath(*parts))
    assert "datapackage.json" in refusal(table, "arrivals", folder=tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text(declared, encoding="utf-8")
    assert "arrivals.csv" in refusal(table, "arrivals", folder=tmp_path)
    for text in ("{", "[]", '{"resources": [{}]}'):
        (tmp_path / "data" / "datapackage.json").write_text(text)
        assert "damaged" in refusal(names)

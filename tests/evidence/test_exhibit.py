"""What heads a column is plain words, and what stands in it is not rounded away."""

import json
import re
from functools import partial

import pytest

from suh2002.report import TRAPS
from tumen.brief import exhibits
from tumen.core import Case
from tumen.core.files import shipped
from tumen.evidence.exhibit import HEADINGS, cell, heading
from tumen.evidence.tables import table

EXHIBITS = exhibits()


def _fields() -> set[str]:
    package = json.loads((shipped("data") / "datapackage.json").read_text(encoding="utf-8"))
    return {f["name"] for r in package["resources"] if "schema" in r for f in r["schema"]["fields"]}


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=EXHIBITS)
def test_every_column_of_an_exhibit_is_headed_by_plain_words(exhibit):
    assert len(exhibit.head) == len(exhibit.columns) == len(set(exhibit.head))
    for words in exhibit.head:
        assert words.strip() and "_" not in words
        assert words not in ("id", "n", "central", "low", "high", "public", "verified", "lane", "label")
    assert set(exhibit.heads) <= set(exhibit.columns)


def test_a_short_name_has_words_and_every_name_with_words_is_in_use():
    shown = {c for e in EXHIBITS.values() for c in e.columns}
    assert set(HEADINGS) <= shown
    assert all("_" not in heading(c) for c in shown & _fields())


def test_a_count_keeps_its_digits_and_a_year_stands_bare():
    assert cell("central", 5439) == "5,439"
    assert cell("value", 95.0) == "95"
    assert cell("growth, % a year", -4.3) == "-4.3"
    assert cell("year", 2002) == "2002"
    assert cell("verified", "seen") == "read"
    assert cell("rows", "arrivals:A01") == "arrivals:A01"


# --- numbers that trap ----------------------------------------------------------------------------


def traps(as_of=None, case=None, folder=None):
    return TRAPS.found(partial(table, as_of=as_of, case=case, folder=folder))


FOUND, MISSING = traps()
BY_KEY = {t.key: t for t in FOUND}
ARRIVALS = table("arrivals")


def total(id):
    return ARRIVALS.row(id)["total"]


def test_six_traps_and_every_row_they_name_exists():
    assert [t.key for t in FOUND] == ["block", "three_years", "sum", "misprint", "departures", "kinds"]
    assert MISSING == []
    for t in FOUND:
        for ref in t.rows:
            name, _, id = ref.partition(":")
            table(name).row(id)


def test_947_is_not_1998():
    t = BY_KEY["block"]
    assert t.title == "947 is not 1998"
    assert "71 people arrived" in t.why
    assert (total("A01"), total("A41")) == (947, 71)


def test_1043_is_not_2001():
    t = BY_KEY["three_years"]
    assert t.title == "1,043 is not 2001"
    assert "148 + 312 + 583 = 1,043" in t.why
    assert total("A02") == sum((148, 312, 583))


def test_the_sum_of_all_rows_is_everyone_since_1948():
    t = BY_KEY["sum"]
    years = [total(f"A{i:02d}") for i in range(3, 26)]
    assert total("A01") + total("A02") + sum(years) == 34_314
    assert t.title == "34,314 is not 1998 to 2024"
    assert "since 1948" in t.why and f"{sum(years):,}" in t.why
    assert len(t.rows) == 25


def test_26_and_216_are_not_236():
    t = BY_KEY["misprint"]
    assert t.title == "26 + 216 is not 236"
    assert "= 242" in t.why and "210" in t.why


def test_arrivals_are_not_departures_and_kinds_are_kept_apart():
    assert "4 years" in BY_KEY["departures"].why
    for word in ("total since 1948", "flow", "stock", "1,990", "583", "100,000"):
        assert word in BY_KEY["kinds"].why


def test_under_a_date_only_what_was_known_is_used():
    found, missing = traps("2002-05-07")
    assert [t.key for t in found] == ["kinds"]
    assert len(missing) == 5
    assert all("7 May 2002" in m for m in missing)
    found, missing = traps("2025-12-31")
    assert {t.key for t in found} >= {"block", "three_years", "misprint"}
    for t in found:
        for year in re.findall(r"\b20[23]\d\b", t.why):
            assert int(year) <= 2025


@pytest.fixture
def swapped(tmp_path):
    """A case whose arrivals have one number changed."""
    text = (shipped("data") / "arrivals.csv").read_text(encoding="utf-8")
    changed = re.sub(r"^(A41,1998,1998,1998,[^,]*,)71,", r"\g<1>75,", text, flags=re.MULTILINE)
    assert changed != text
    (tmp_path / "mine.csv").write_text(changed, encoding="utf-8")
    return Case(data={"arrivals": "mine.csv"}, path=tmp_path / "case.toml")


def test_the_sentences_follow_the_table_in_use(swapped):
    found, _ = traps(case=swapped)
    assert "75 people arrived" in found[0].why


def test_a_table_without_the_rows_is_told(tmp_path):
    text = (shipped("data") / "arrivals.csv").read_text(encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "arrivals.csv").write_text("\n".join(text.splitlines()[:12]) + "\n", encoding="utf-8")
    found, missing = traps(folder=tmp_path)
    assert [t.key for t in found] == ["departures"]
    assert any("no row 'A41'" in m for m in missing)
    assert any("every year from 2002 to 2024" in m for m in missing)

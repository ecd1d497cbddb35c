"""What heads a column is plain words, and what stands in it is not rounded away."""

import json

import pytest

from tumen.brief import exhibits
from tumen.core.files import shipped
from tumen.evidence.headings import HEADINGS, cell, heading

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

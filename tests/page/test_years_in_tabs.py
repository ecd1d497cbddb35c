"""A year stands as a year in every tab: 2012, never 2,012 or 2,010."""

import re

import pytest

from tumen.analysis import estimate, sensitivity, tornado
from tumen.brief import model
from tumen.charts.matters import what_matters
from tumen.charts.sure import how_sure
from tumen.core.words import figure
from tumen.page.folds import behind, spread_table

GROUPED = re.compile(r"\b[12],\d{3}\b")


def test_a_year_is_whole_and_bare():
    assert figure(2012.4, "year") == "2012" and figure(2012.4, "people") == "2,010"
    assert figure(float("nan"), "year") == "no number" == figure(None, "year")


@pytest.mark.parametrize("key", ["hindsight.scan", "hindsight.break"])
def test_years_in_pictures_tables_and_readings(key):
    m = model(key)
    found = estimate(m, m.start, n=256)
    said = [found.often(), behind(found), *(cell for row in spread_table(found) for cell in row)]
    drawn = how_sure(m)
    said += [drawn.words(found, found).partition("cases.")[2], *(str(row[3]) for row in drawn.rows(found, found))]
    alone, shared = tornado(m), sensitivity(m, n=64)
    said += [alone.reading(), *(e for b in alone.bars for e in alone.ends(b))]
    parts = what_matters(m, alone.bars[0].target, (0.0, 1.0))
    said += [parts.words((alone, shared), (alone, shared))]
    assert [words for words in said if GROUPED.search(words)] == []
    assert any(re.search(r"\b(19|20)\d\d\b", words) for words in said)

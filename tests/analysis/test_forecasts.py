"""The Brier score against worked cases and against what it must do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.analysis.forecasts import score

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_worked_cases():
    """The four that every text gives: sure and right 0, sure and wrong 1, one half .25, .7 that came .09."""
    assert score([(1, True), (0, False)]).brier == 0
    assert score([(1, False), (0, True)]).brier == 1
    assert score([(0.5, True), (0.5, False)]).brier == 0.25
    assert score([(0.7, True)]).brier == pytest.approx(0.09)


@given(PAIRS)
def test_bands_hold_every_forecast_once_and_give_the_means_back(pairs):
    found = score(pairs)
    assert sum(b.count for b in found.bands) == found.count == len(pairs)
    assert 0 <= found.brier <= 1 and 0 <= found.knowing <= 0.25
    said = sum(b.count * b.said for b in found.bands) / found.count
    came = sum(b.count * b.came for b in found.bands) / found.count
    assert said == pytest.approx(sum(p for p, _ in pairs) / len(pairs))
    assert came == pytest.approx(sum(c for _, c in pairs) / len(pairs))
    assert all(b.low <= b.said <= b.high + 1e-12 for b in found.bands)


@given(PAIRS)
def test_whoever_always_says_the_share_that_came_scores_what_knowing_it_scores(pairs):
    rate = sum(c for _, c in pairs) / len(pairs)
    assert score([(rate, c) for _, c in pairs]).brier == pytest.approx(score(pairs).knowing, abs=1e-9)


def test_what_is_no_chance_is_refused(refusal):
    assert "nothing to score" in refusal(score, [])
    assert "between 0 and 1" in refusal(score, [(1.2, True)])

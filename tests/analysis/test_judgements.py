"""How far two coders agree, and how good chances were, against values known beforehand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.analysis.judgements import agreement, score


def coded(table):
    """Two coders from a square table of counts: rows the first, columns the second."""
    cells = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return {k: i for k, (i, _) in enumerate(cells)}, {k: j for k, (_, j) in enumerate(cells)}


def test_fleiss_table_of_diagnoses():
    """Fleiss, Statistical Methods for Rates and Proportions, two raters of 100 subjects: .89, .66, kappa .68."""
    found = agreement(*coded([[75, 1, 4], [5, 4, 1], [0, 0, 10]]))
    assert found.items == 100
    assert found.observed == pytest.approx(0.89)
    assert found.chance == pytest.approx(0.66)
    assert found.kappa == pytest.approx(0.676, abs=5e-4)
    assert len(found.apart) == 11


def test_fifty_grants_judged_by_two_readers():
    """The worked example of many textbooks: 20, 5, 10, 15 of 50; observed .7, chance .5, kappa .4."""
    found = agreement(*coded([[20, 5], [10, 15]]))
    assert (found.observed, found.chance, found.kappa) == pytest.approx((0.7, 0.5, 0.4))
    assert found.error == pytest.approx((0.7 * 0.3 / 50) ** 0.5 / 0.5)
    low, high = found.interval
    assert (low, high) == pytest.approx((0.4 - 1.959964 * found.error, 0.4 + 1.959964 * found.error))


def test_five_reviews():
    """The example in scikit-learn's documentation of cohen_kappa_score."""
    first = dict(enumerate(["negative", "positive", "negative", "neutral", "positive"]))
    second = dict(enumerate(["negative", "positive", "negative", "neutral", "negative"]))
    found = agreement(first, second)
    assert found.kappa == pytest.approx(0.6875)
    assert found.apart == (4,)


def test_only_items_both_coded_count():
    found = agreement({"a": 1, "b": 2, "c": 1}, {"b": 2, "c": 2, "d": 1})
    assert found.items == 2
    assert found.apart == ("c",)


def test_one_word_only_has_no_kappa():
    found = agreement({1: "x", 2: "x"}, {1: "x", 2: "x"})
    assert found.observed == found.chance == 1
    assert found.kappa is found.error is found.interval is None


def test_nothing_in_common_is_refused(refusal):
    assert "nothing in common" in refusal(agreement, {1: "x"}, {2: "x"})


WORDS = st.dictionaries(st.integers(0, 12), st.sampled_from("abc"), min_size=1)


@given(WORDS, WORDS)
def test_kappa_is_symmetric_and_bounded(first, second):
    if not first.keys() & second.keys():
        return
    one, two = agreement(first, second), agreement(second, first)
    assert one.kappa == pytest.approx(two.kappa) if one.kappa is not None else two.kappa is None
    assert set(one.apart) == set(two.apart)
    if one.kappa is not None:
        assert -1 - 1e-9 <= one.kappa <= 1 + 1e-9
        low, high = one.interval
        assert -1 <= low <= high <= 1


@given(WORDS)
def test_a_coder_agrees_with_himself(first):
    found = agreement(first, first)
    assert found.observed == 1
    assert found.apart == ()
    assert found.kappa in (None, pytest.approx(1))


# --- the Brier score against worked cases and against what it must do -----------------------------

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

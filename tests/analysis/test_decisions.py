from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tumen.analysis import decisions as d

CASES = 20_000


def tables(fewest=1):
    """Any table of utilities of modest size, with at least so many cases."""
    return st.tuples(st.integers(1, 5), st.integers(fewest, 30)).flatmap(
        lambda shape: arrays(float, shape, elements=st.integers(-9, 9).map(float))
    )


def even(low, high, n=CASES):
    """Points spread evenly over a range."""
    return low + (high - low) * (np.arange(n) + 0.5) / n


# Shares and regrets


@given(tables())
def test_shares_add_up_and_regrets_begin_at_nothing(utility):
    share, regret = d.best_share(utility), d.regrets(utility)
    assert share.sum() == pytest.approx(1)
    assert np.all(share >= 0)
    assert np.all(regret >= 0)
    assert np.all(regret.min(axis=0) == 0)
    assert np.array_equal(share > 0, (regret == 0).any(axis=1))


def test_ties_are_shared():
    assert d.best_share([[1, 1, 0], [1, 0, 0], [0, 0, 0]]) == pytest.approx([(1 / 2 + 1 + 1 / 3) / 3, 5 / 18, 1 / 9])


def test_regrets_of_the_exercise_choose_the_quiet_route():
    payoffs = [[3, 0], [2, 1.5]]
    assert d.regrets(payoffs).tolist() == [[0, 1.5], [1, 0]]
    assert d.minimax_regret(payoffs).tolist() == [False, True]
    assert d.minimax_regret([[1, 0], [0, 1]]).tolist() == [True, True]


# What knowing is worth


def test_value_of_knowing_the_state_in_the_exercise():
    assert d.evpi([[3, 0], [2, 1.5]], [0.6, 0.4]) == pytest.approx(0.6 * 3 + 0.4 * 1.5 - 1.8)


@given(tables())
def test_value_of_knowing_all_is_the_least_mean_regret(utility):
    assert d.evpi(utility) == pytest.approx(d.regrets(utility).mean(axis=1).min(), abs=1e-12)


@given(tables(fewest=4), st.data())
def test_knowing_one_thing_is_worth_no_more_than_knowing_all(utility, data):
    cases = utility.shape[1]
    column = data.draw(arrays(float, cases, elements=st.floats(0, 1)))
    assert 0 <= d.evppi(utility, column, bins=4) <= d.evpi(utility) + 1e-12


def test_value_of_knowing_one_of_two_unknowns_in_closed_form():
    rng = np.random.default_rng(1)
    x, y = rng.permutation(even(-1, 1)), rng.permutation(even(-1, 1))
    utility = np.stack([x + 0.2 * y, np.zeros(CASES)])
    assert d.evppi(utility, x) == pytest.approx(0.25, abs=0.005)
    assert d.evppi(utility, y) == pytest.approx(0.05, abs=0.005)
    knowing_both = np.maximum(utility[0], 0).mean()
    assert d.evpi(utility) == pytest.approx(knowing_both, abs=0.005)


def test_a_quantity_may_matter_and_yet_not_be_worth_knowing():
    x = even(0, 1)
    utility = np.stack([5 * x + 1, 5 * x])
    assert np.std(utility[0]) > 1
    assert d.evppi(utility, x) == 0


def test_twenty_slices_overstate_little_where_a_quantity_is_noise():
    rng = np.random.default_rng(2)
    utility = rng.normal(size=(2, CASES))
    assert d.evppi(utility, rng.random(CASES)) < 0.02 < d.evpi(utility)


# Boxes


def planted(n=CASES, seed=3):
    rng = np.random.default_rng(seed)
    values = rng.random((4, n))
    return values, (values[0] > 0.6) & (values[2] < 0.5)


def test_a_planted_box_is_found_again():
    values, wanted = planted()
    box = d.first_dense(d.prim_boxes(values, wanted), 0.97)
    assert box.low[0] == pytest.approx(0.6, abs=0.03)
    assert box.high[2] == pytest.approx(0.5, abs=0.03)
    assert not np.isfinite(box.low[[1, 3]]).any()
    assert not np.isfinite(box.high[[1, 3]]).any()
    assert box.coverage > 0.9


@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_density_coverage_and_mass_are_what_a_count_gives(noise):
    values, wanted = planted(4_000)
    wanted = wanted ^ (np.random.default_rng(4).random(4_000) < noise)
    boxes = d.prim_boxes(values, wanted)
    assert len(boxes) > 5
    for box in boxes:
        inside = box.holds(values)
        assert box.mass == pytest.approx(inside.mean())
        assert box.density == pytest.approx(wanted[inside].mean())  # most of the cases in it are of interest
        assert box.coverage == pytest.approx(inside[wanted].mean())  # it holds so many of those of interest
    assert (boxes[0].mass, boxes[0].coverage) == (1, 1)


def test_each_box_lies_in_the_one_before_and_is_denser():
    values, wanted = planted(4_000)
    boxes = d.prim_boxes(values, wanted, peel=0.1, least=0.1)
    for before, box in pairwise(boxes):
        assert np.all(box.low >= before.low)
        assert np.all(box.high <= before.high)
        assert box.density > before.density
        assert box.mass < before.mass
        assert box.coverage <= before.coverage
    assert boxes[-1].mass >= 0.1


def test_first_dense_box_is_the_largest_that_will_do_or_the_densest():
    values, wanted = planted(4_000)
    boxes = d.prim_boxes(values, wanted)
    assert d.first_dense(boxes, 0.0) is boxes[0]
    half = d.first_dense(boxes, 0.5)
    assert half.density >= 0.5
    assert all(box.density < 0.5 for box in boxes[: boxes.index(half)])
    assert d.first_dense(boxes, 1.1) is max(boxes, key=lambda box: box.density)


def test_where_every_case_is_of_interest_nothing_is_peeled():
    values, _ = planted(400)
    (box,) = d.prim_boxes(values, np.ones(400, bool))
    assert (box.density, box.coverage, box.mass) == (1, 1, 1)


# Refusals


def test_what_cannot_be_decided_is_refused_in_one_sentence(refusal):
    table = [[1.0, 2.0], [2.0, 1.0]]
    assert "finite numbers" in refusal(d.best_share, [[1.0, np.nan]])
    assert "finite numbers" in refusal(d.regrets, [1.0, 2.0])
    assert "a weight each" in refusal(d.evpi, table, [0.5])
    assert "a weight each" in refusal(d.evpi, table, [-1, 2])
    assert "a weight each" in refusal(d.evpi, table, [0, 0])
    assert "at least as many cases as slices" in refusal(d.evppi, table, [1.0, 2.0])
    assert "one value for each" in refusal(d.evppi, table, [1.0], bins=2)
    values, wanted = planted(100)
    assert "there is none" in refusal(d.prim_boxes, values, np.zeros(100, bool))
    assert "shape (quantities, cases)" in refusal(d.prim_boxes, values[0], wanted)

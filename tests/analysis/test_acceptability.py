import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import linprog
from scipy.spatial import ConvexHull, HalfspaceIntersection

from tumen.analysis.acceptability import AT_REST, acceptability, central_weights, weightings
from tumen.analysis.sampling import MOST

POINT = 0.01  # one point in a hundred: what a share may be off


def tables(least):
    """Two to four options, `least` to five criteria, costs of 0 to 10."""
    return st.integers(least, 5).flatmap(
        lambda k: st.lists(st.lists(st.integers(0, 10), min_size=k, max_size=k), min_size=2, max_size=4)
    )


COSTS = tables(2)


def below(costs):
    """Share of the simplex where weights times costs is at most 0, costs all different: a sum over its corners."""
    return sum(
        np.prod([-c / (other - c) for j, other in enumerate(costs) if j != i]) for i, c in enumerate(costs) if c < 0
    )


def exact(costs):
    """Shares as volumes: the polytope in which each option is best, over the simplex; NaN where it is too thin."""
    options, criteria = costs.shape
    rise = np.eye(criteria)[:, :-1] - np.eye(criteria)[:, [-1]]  # weights from all but the last of them
    rise[-1] = -1
    offset = np.eye(criteria)[-1]
    simplex = [(*-row, -o) for row, o in zip(rise, offset, strict=True)]
    whole = volume(simplex)
    out = []
    for a in range(options):
        worse = [costs[a] - costs[b] for b in range(options) if b != a]
        out.append(volume(simplex + [(*(rise.T @ d), d @ offset) for d in worse]) / whole)
    return np.array(out)


def volume(halfspaces):
    """The volume of the points x with A x + b <= 0 for halfspaces (A, b)."""
    halfspaces = np.array(halfspaces, float)
    a, b = halfspaces[:, :-1], halfspaces[:, -1]
    norms = np.linalg.norm(a, axis=1)
    inner = linprog(
        [*[0] * a.shape[1], -1], np.column_stack([a, norms]), -b, bounds=[(None, None)] * a.shape[1] + [(0, None)]
    )
    if inner.status != 0 or inner.x[-1] < 1e-9:
        return 0.0
    return ConvexHull(HalfspaceIntersection(halfspaces, inner.x[:-1]).intersections).volume


# Weights spread evenly


@pytest.mark.parametrize("criteria", [1, 2, 5, 6])
def test_weights_are_shares_that_sum_to_one(criteria):
    w = weightings(criteria)
    assert w.shape == (criteria, AT_REST)
    assert (w >= 0).all()
    np.testing.assert_allclose(w.sum(axis=0), 1, rtol=1e-12)


@pytest.mark.parametrize("criteria", [2, 3, 6])
def test_weights_are_uniform_on_the_simplex(criteria):
    w = weightings(criteria)
    levels = np.linspace(0.01, 0.99, 99)
    for row in w:  # one weight of k is Beta(1, k - 1)
        reached = stats.beta(1, criteria - 1).cdf(np.quantile(row, levels))
        np.testing.assert_allclose(reached, levels, atol=2e-3)
    covariance = np.cov(w)
    variance = (criteria - 1) / criteria**2 / (criteria + 1)
    np.testing.assert_allclose(np.diag(covariance), variance, rtol=0.01)
    off = covariance[~np.eye(criteria, dtype=bool)]
    np.testing.assert_allclose(off, -variance / (criteria - 1), rtol=0.03)


def test_weights_are_frozen_and_a_seed_changes_them():
    np.testing.assert_array_equal(weightings(4, 100), weightings(4, 100))
    np.testing.assert_array_equal(weightings(4, 100), weightings(4, 300)[:, :100])
    assert (weightings(4, 100, seed=1) != weightings(4, 100, seed=2)).any()


# Shares against closed forms


def test_two_criteria_by_hand():
    # the first is best while w * 3 + (1 - w) * 1 < w * 1 + (1 - w) * 2, that is w < 1/3
    np.testing.assert_allclose(acceptability([[3, 1], [1, 2]]), [1 / 3, 2 / 3], atol=1e-4)


@pytest.mark.parametrize("gap", [(-1, 2, 5), (-3, -1, 4, 6), (-4, 1, 2, 3, 7), (-2, -1.5, 0.5, 1, 3, 8)])
def test_two_options_against_the_closed_form(gap):
    costs = np.array([gap, [0] * len(gap)], float)
    share = acceptability(costs)
    assert share[0] == pytest.approx(below(gap), abs=2e-3)
    assert share.sum() == pytest.approx(1)


@settings(max_examples=40)
@given(tables(3))  # the volumes need two dimensions or more
def test_shares_are_the_volumes_of_polytopes(rows):
    costs = np.array(rows, float)
    assume(all((a != b).any() for a, b in itertools.combinations(costs, 2)))
    np.testing.assert_allclose(acceptability(costs), exact(costs), atol=POINT / 2)


def test_fewer_draws_come_near_the_same_shares():
    rng = np.random.default_rng(7)
    for _ in range(10):
        costs = rng.uniform(0, 10, (4, 6))
        np.testing.assert_allclose(acceptability(costs, 4096), acceptability(costs), atol=POINT)


# What must hold for any costs


@given(COSTS, st.randoms())
def test_order_of_options_and_criteria_is_of_no_account(rows, random):
    costs = np.array(rows, float)
    assume(all((a != b).any() for a, b in itertools.combinations(costs, 2)))
    options, criteria = (random.sample(range(n), n) for n in costs.shape)
    shares = acceptability(costs, 2048)
    np.testing.assert_allclose(acceptability(costs[options], 2048), shares[options], atol=1e-12)
    np.testing.assert_allclose(acceptability(costs[:, criteria], 2048), shares, atol=0.03)


@given(COSTS, st.floats(-5, 5), st.floats(0.1, 10))
def test_shifting_and_scaling_all_costs_changes_no_share(rows, shift, scale):
    costs = np.array(rows, float)
    assume(all((a != b).any() for a, b in itertools.combinations(costs, 2)))
    np.testing.assert_allclose(acceptability(scale * costs + shift, 512), acceptability(costs, 512), atol=0.01)


@given(COSTS)
def test_shares_sum_to_one_and_what_is_always_dearer_has_none(rows):
    costs = np.array(rows, float)
    dominated = np.vstack([costs, costs[0] + 1])
    shares = acceptability(dominated, 512)
    assert shares[-1] == 0
    assert shares.sum() == pytest.approx(1)
    np.testing.assert_allclose(shares[:-1], acceptability(costs, 512))


def test_options_of_equal_cost_share_evenly():
    np.testing.assert_allclose(acceptability([[1, 2], [1, 2], [9, 9]]), [0.5, 0.5, 0])
    np.testing.assert_allclose(acceptability([[1, 1]]), [1])
    three = acceptability([[3, 1], [1, 2], [1, 2]])
    np.testing.assert_allclose(three, [1 / 3, 1 / 3, 1 / 3], atol=1e-4)


# Ensembles


@pytest.mark.parametrize("n", [1, 2, 37])
def test_ensemble_gives_the_shares_of_single_settings(n):
    costs = np.random.default_rng(n).uniform(0, 10, (4, 6, n))
    together = acceptability(costs, 5000)
    assert together.shape == (4, n)
    np.testing.assert_allclose(together, np.stack([acceptability(costs[..., i], 5000) for i in range(n)], axis=1))


def test_large_ensemble_meets_fewer_weightings_and_stays_within_a_point():
    costs = np.random.default_rng(3).uniform(0, 10, (3, 5, 8192))
    together = acceptability(costs)
    np.testing.assert_allclose(together.sum(axis=0), 1)
    for i in range(0, 8192, 1024):
        np.testing.assert_allclose(together[:, i], acceptability(costs[..., i]), atol=POINT)
        np.testing.assert_allclose(together[:, i], acceptability(costs[..., i], 8192))


# Central weights


@settings(max_examples=30)
@given(COSTS)
def test_an_option_is_best_at_the_centre_of_its_weightings(rows):
    costs = np.array(rows, float)
    shares, centres = acceptability(costs, 4096), central_weights(costs, 4096)
    assert centres.shape == costs.shape
    for a, centre in enumerate(centres):
        if np.isnan(centre).any():
            assert np.isnan(centre).all()
            continue
        assert centre.sum() == pytest.approx(1)
        assert costs[a] @ centre <= (costs @ centre).min() + 1e-9
    if all((a != b).any() for a, b in itertools.combinations(costs, 2)):
        mean = np.nansum(centres * shares[:, None], axis=0)
        np.testing.assert_allclose(mean, weightings(costs.shape[1], 4096).mean(axis=1), atol=2e-3)


# Refusals


@pytest.mark.parametrize(
    ("costs", "words"),
    [
        ([1, 2], "a row for each option"),
        ([], "a row for each option"),
        ([[]], "a row for each option"),
        (np.ones((2, 2, 2, 2)), "a row for each option"),
        (np.ones((2, 2, 0)), "a row for each option"),
        ([[1, np.nan], [0, 1]], "finite number"),
        ([[1, np.inf], [0, 1]], "finite number"),
    ],
)
def test_unusable_costs_are_refused(refusal, costs, words):
    assert words in refusal(acceptability, costs)
    assert words in refusal(central_weights, costs)


@pytest.mark.parametrize("draws", [0, -1, 2.5, True, "many", MOST + 1])
def test_unusable_draws_are_refused(refusal, draws):
    assert "the number of weightings needs a whole number from 1 to 1,000,000" in refusal(
        acceptability, [[1, 2], [2, 1]], draws
    )


def test_central_weights_are_of_one_setting(refusal):
    assert "one setting" in refusal(central_weights, np.ones((2, 2, 2)))
    assert "number of criteria" in refusal(weightings, 0)

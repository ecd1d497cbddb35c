import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.analysis.fit import fit

X = np.linspace(-1, 1, 12)


def line(parameters):
    return parameters[0] + np.outer(X, parameters[1]) - (1.5 - 0.4 * X + 0.1 * np.sin(9 * X))[:, None]


def two_valleys(parameters):
    """One valley at 0 with a cost of 0.5, a deeper one at 6 with a cost of 0.02."""
    x = parameters[0]
    return np.stack([1 - np.exp(-((x - 6) ** 2) / 2) + 0.2 * np.exp(-((x - 6) ** 2)), 0.1 * np.tanh(x)])


def test_a_line_is_the_one_linear_algebra_gives():
    found = fit(line, [0, 0], [1, 1], starts=1)
    design = np.stack([np.ones_like(X), X], axis=-1)
    exact, squares, *_ = np.linalg.lstsq(design, -line(np.zeros((2, 1)))[:, 0], rcond=None)
    assert found.values == pytest.approx(exact, abs=1e-9)
    assert found.cost == pytest.approx(squares[0] / 2)
    assert found.residuals.shape == X.shape
    assert found.agreed == 1


@given(st.floats(-3, 3), st.floats(0.2, 3))
def test_a_curve_is_recovered_from_its_own_points(a, b):
    def residuals(p):
        return p[0] * np.exp(-np.outer(X, p[1])) - (a * np.exp(-X * b))[:, None]

    found = fit(residuals, [1.0, 1.0], [1.0, 0.5], starts=4)
    assert found.cost < 1e-12
    if abs(a) > 0.01:
        assert found.values == pytest.approx([a, b], abs=1e-4)


def test_further_starts_find_the_deeper_valley_and_say_how_many_did():
    near = fit(two_valleys, [-4.0], [4.0], starts=1)
    found = fit(two_valleys, [-4.0], [4.0], starts=16)
    assert found.values[0] == pytest.approx(6, abs=0.3)
    assert found.cost < 0.1 < near.cost
    assert len(found.costs) == 16
    assert list(found.costs) == sorted(found.costs)
    assert found.costs[0] == found.cost
    assert 1 <= found.agreed < 16


def test_the_same_call_gives_the_same_answer_and_another_seed_other_starts():
    first, again = (fit(two_valleys, [-4.0], [4.0], starts=8) for _ in range(2))
    assert first.costs == again.costs
    assert np.array_equal(first.values, again.values)
    assert fit(two_valleys, [-4.0], [4.0], starts=8, seed=7).costs != first.costs


def test_bounds_are_kept():
    found = fit(line, [0.0, 0.0], [1.0, 1.0], high=[1.0, np.inf])
    assert found.values[0] == pytest.approx(1.0, abs=1e-6)
    assert found.values[0] <= 1.0
    free = fit(line, [0.0, 0.0], [1.0, 1.0])
    assert found.cost > free.cost


def test_a_start_without_finite_residuals_is_passed_over():
    def residuals(p):
        return np.log(p[:1]) - 1.0

    found = fit(residuals, [-2.0], [6.0], starts=8)
    assert found.values[0] == pytest.approx(np.e)
    assert len(found.costs) < 8


def test_what_cannot_be_fitted_is_refused_in_one_sentence(refusal):
    assert "no start gives them" in refusal(fit, lambda p: np.full((2, p.shape[1]), np.nan), [0.0], [1.0])
    assert "of one length" in refusal(fit, line, [0.0, 0.0], [1.0])
    assert "below its high one" in refusal(fit, line, [0.0, 0.0], [1.0, 1.0], low=[1, 1], high=[0, 2])
    assert "the number of starts needs a whole number" in refusal(fit, line, [0.0, 0.0], [1.0, 1.0], starts=0)

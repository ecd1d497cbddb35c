"""How far a result goes over the declared ranges."""

import numpy as np
import pytest
from scipy import stats

from suh2002 import counting
from tumen.analysis import Ensemble, reach
from tumen.core import Finding, Model, Output, Quantity


def linear(shape):
    return Model(
        key="test.linear",
        question="?",
        quantities=(Quantity(key="x", label="x", value=3.0, low=2.0, high=12.0, shape=shape, basis="assumption"),),
        run=lambda x: {"y": 5 * x, "never": x * np.nan},
        outputs=(Output("y", "y"), Output("never", "never")),
        findings=(Finding("S2P3-d", "so", "tests", lambda out, v: 20 - out["y"]),),
    )


@pytest.mark.parametrize("shape", ["uniform", "triangular", "log-uniform"])
def test_the_ends_are_the_known_quantiles(shape):
    law = {
        "uniform": stats.uniform(2, 10),
        "triangular": stats.triang(0.1, 2, 10),
        "log-uniform": stats.loguniform(2, 12),
    }[shape]
    found = reach(linear(shape))
    assert found["y"] == pytest.approx([5 * law.ppf(0.01), 5 * law.ppf(0.99)], rel=5e-3)
    assert found["S2P3-d"] == pytest.approx([20 - 5 * law.ppf(0.99), 20 - 5 * law.ppf(0.01)], abs=0.3)


def test_a_target_without_an_answer_is_left_out():
    assert set(reach(linear("uniform"))) == {"y", "S2P3-d"}


def test_a_kept_ensemble_gives_the_same():
    kept = Ensemble(counting.ceiling)
    assert reach(kept) == reach(counting.ceiling)
    assert reach(Ensemble(counting.ceiling, 100))["ceiling"][0] > 0


def test_a_model_without_ranges_is_refused(refusal):
    assert "no quantity with a range" in refusal(reach, counting.pool)

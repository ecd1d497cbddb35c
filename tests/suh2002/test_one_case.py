"""A sweep of the policies is the model's own run on more cases: the same draws, the same answers."""

import numpy as np
import pytest

from suh2002 import alternatives
from suh2002.alternatives.policies import utilities
from tumen.analysis.sweep import sweep
from tumen.core import Problem

ROBUST = alternatives.robust


def test_as_many_cases_as_the_model_draws_give_what_it_gives():
    at = {"pull": [(0.2, 0.5)], "years": 7}
    result = ROBUST(**at)
    draws, utility = utilities(result.inputs)
    n = int(result["draws"])
    swept = sweep(ROBUST, n, at=at, chunk=10_000, drawn=True)
    for i, policy in enumerate(result["best_share"]):
        np.testing.assert_array_equal(swept.values[f"utility.{policy}"], utility[i])
        assert swept.ends[f"best.{policy}"].mean == pytest.approx(result["best_share"][policy], rel=1e-12)
        assert swept.ends[f"regret.{policy}"].mean == pytest.approx(result["mean_regret"][policy], rel=1e-12)
        assert swept.ends[f"regret.{policy}"].largest == result["max_regret"][policy]
    for name, column in draws.items():
        np.testing.assert_array_equal(swept.values[name], column)
    least = min(swept.ends[f"regret.{policy}"].mean for policy in result["best_share"])
    assert least == pytest.approx(result["evpi"], rel=1e-9)  # best on the whole, and best of each case
    assert swept.estimate().share().share == pytest.approx(result["best_share"]["engage"], abs=1e-4)


def test_a_sweep_has_its_own_number_of_cases_and_seed():
    for name in ("draws", "seed"):
        with pytest.raises(Problem, match=f"leave out {name}"):
            sweep(ROBUST, 1000, at={name: 3000})
    assert sweep(ROBUST, 1000, seed=5).values["utility.engage"][0] != sweep(ROBUST, 1000).values["utility.engage"][0]


def test_an_unknown_can_be_held_and_one_case_runs_alone():
    swept = sweep(ROBUST, 1000, hold=["pull"])
    assert swept.estimate().held == ("pull",)
    one = swept.model()
    assert one["regret.engage"] >= 0
    assert sum(one[f"best.{p}"] for p in ROBUST()["best_share"]) == 1

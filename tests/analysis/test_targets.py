import numpy as np
import pytest
from oracles import LINEAR, number, one

from suh2002 import counting
from tumen.analysis.targets import BLOCK, evaluate, finding_of, target, targets
from tumen.core import Finding, Output

YEARS = np.arange(1.0, 5.0)
SERIES = one(
    number("x", 1, 2),
    lambda x: {
        "flow": np.multiply.outer(x, YEARS) * [1, 1, 3, 1],
        "stock": np.multiply.outer(x, YEARS),
        "plan": YEARS,
        "word": "so",
    },
    Output("flow", "arrivals", "people a year", "series", flow=True),
    Output("stock", "present", "people", "series"),
    Output("plan", "plan", "kt a year", "series", flow=True),
    Output("word", "a word", kind="label"),
)


def test_a_series_is_measured_by_its_last_year_and_its_peak_and_a_flow_by_its_sum(refusal):
    x = np.array([1.0, 2.0])
    values = evaluate(SERIES, {"x": x}, 2)
    assert list(values) == [
        *("flow.last", "flow.sum", "flow.peak"),
        *("stock.last", "stock.peak"),
        *("plan.last", "plan.sum", "plan.peak"),
    ]
    assert "its years are not summed; take stock.last or stock.peak" in refusal(target, SERIES, "stock.sum")
    assert values["flow.last"].tolist() == [4, 8]
    assert values["flow.sum"].tolist() == [16, 32]
    assert values["flow.peak"].tolist() == [9, 18]
    assert values["plan.sum"].tolist() == [10, 10]
    assert target(SERIES, "flow.sum").unit == "people"
    assert target(SERIES, "flow.last").unit == "people a year"
    assert target(SERIES, "flow.peak").label == "arrivals, peak year"


def test_outputs_and_margins_are_measured_case_by_case():
    given = {"a": np.array([0.0, 1.0]), "b": np.array([1.0, 0.0]), "c": 0.5, "line": 3.0}
    values = evaluate(LINEAR, given, 2)
    assert values["y"].tolist() == [-1.5, 4.5]
    assert values["still"].tolist() == [7, 7]
    assert values["C1"].tolist() == [-4.5, 1.5]
    assert "C2" not in values


def test_large_ensembles_are_run_in_blocks_with_the_same_answer():
    n, seen = BLOCK + 10, []

    def run(x):
        seen.append(x.size)
        return {"y": x**2}

    x = np.linspace(1, 2, n)
    np.testing.assert_array_equal(evaluate(one(number("x", 1, 2), run), {"x": x}, n)["y"], x**2)
    assert seen == [BLOCK, 10]


def test_a_missing_or_undefined_output_has_no_number():
    model = one(number("x", 1, 2), lambda x: {"y": None}, Output("y", "y"), Output("z", "z"))
    assert np.isnan(evaluate(model, {"x": np.ones(3)}, 3)["y"]).all()
    assert np.isnan(evaluate(model, {"x": np.ones(3)}, 3)["z"]).all()


def test_a_model_that_takes_no_ensemble_is_refused(refusal):
    model = one(number("x", 1, 2), lambda x: {"y": np.ones(2)})
    assert "one number a case for the answer" in refusal(evaluate, model, {"x": np.ones(3)}, 3)
    words = one(number("x", 1, 2), lambda x: {"y": "many"})
    assert "one number a case" in refusal(evaluate, words, {"x": np.ones(3)}, 3)


def test_combinations_that_cannot_be_are_refused(refusal):
    given = counting.recapture.start | {"both": np.array([10.0, 350.0])}
    assert "no more names can be on both lists" in refusal(evaluate, counting.recapture, given, 2)


def test_findings_are_found_or_refused(refusal):
    assert finding_of(counting.ceiling).claim == "S2P3-d"
    assert finding_of(LINEAR, "C1").claim == "C1"
    assert "only illustrates C2" in refusal(finding_of, LINEAR, "C2")
    assert "no finding on 'C12'; the nearest is " in refusal(finding_of, LINEAR, "C12")
    assert "no finding" in refusal(finding_of, counting.ratio)
    assert "no finding on 'S2P3-d'" in refusal(finding_of, counting.ratio, "S2P3-d")
    idle = one(number("x", 1, 2), lambda x: {"y": x}, findings=(Finding("C", "c", "illustrates"),))
    assert "no finding" in refusal(finding_of, idle)


def test_names_of_targets_are_checked(refusal):
    assert [t.key for t in targets(LINEAR)] == ["y", "twice", "still", "C1"]
    assert "nearest is 'twice'" in refusal(target, LINEAR, "twise")
    assert target(LINEAR, "C1").kind == "finding"
    assert target(LINEAR, "y").read({"y": 3}, {}) == pytest.approx(3)

"""Steps are runs of the model at rounded values, with the starting case among them, and nothing in between."""

import math

import numpy as np
import pytest

from tumen.analysis.steps import chosen, steps
from tumen.brief import model, models
from tumen.core import Finding, Model, Output, Quantity


def line(**changes):
    """y = 2a + b, and z = 0.001a, which reaches too little to be followed; the claim holds up to y = 10."""
    a = Quantity(key="a", label="a", value=3.0, low=0.0, high=8.0, unit="m", basis="assumption")
    b = Quantity(
        key="b", label="b", value=1.0, low=1.0, high=100.0, shape="log-uniform", basis="assumption", domain="positive"
    )
    k = Quantity(key="k", label="k", value=4.0, low=1.0, high=6.0, whole=True, basis="assumption")
    c = Quantity(key="c", label="c", value="x", kind="choice", choices=("x", "y"), basis="assumption")
    made = {
        "key": "counting.line",
        "question": "How long?",
        "quantities": (a, b, k, c),
        "run": lambda a, b, k, c: {"y": 2 * a + b, "z": 0.001 * a, "other": k},
        "outputs": (Output("y", "length", "m"), Output("z", "sliver", "m"), Output("other", "count", "pieces")),
        "findings": (Finding("S1P1-a", "it is short", margin=lambda out, q: 10 - out["y"]),),
    }
    return Model(**{**made, **changes})


def test_each_step_is_the_model_at_that_value():
    found = steps(line(), "a", 5)
    assert found.values == (0, 3, 4, 6, 8)  # the starting value takes the place of its nearest
    assert found.values[found.start] == 3
    assert found.of(found.followed[0]) == [1, 7, 9, 13, 17]
    assert found.holds() == [True, True, True, False, False]
    assert found.flip.value == pytest.approx(4.5)
    assert found.swing == 16


def test_the_ends_are_kept_whatever_the_start():
    for start in (0.1, 7.9, 0.0, 8.0):
        q = line().quantity("a").with_value(start)
        found = steps(line().with_quantities({"a": q}), "a", 5)
        assert found.values[0] == 0
        assert found.values[-1] == 8
        assert found.values[found.start] == start


def test_a_range_of_ratios_is_stepped_by_ratios_and_whole_numbers_stay_whole():
    assert steps(line(), "b", 3).values == (1, 10, 100)
    assert steps(line(), "k").values == (1, 2, 3, 4, 5, 6)


def test_outputs_of_another_unit_or_of_no_reach_are_not_followed():
    assert [t.key for t in steps(line(), "a").followed] == ["y"]


def test_values_are_run_as_they_are_written():
    for key, quantity in (
        ("counting.ceiling", "hosting_share"),
        ("counting.ratio", "people"),
        ("crisis.cascade", "exit_share"),
    ):
        found = steps(model(key), quantity)
        for value in found.values:
            assert float(f"{value:.4g}") == value
        assert len(set(found.values)) == len(found.values)


def test_a_value_without_an_answer_is_counted_and_not_drawn():
    def run(a, b, k, c):
        return {"y": math.inf if a == 4 else 2 * a + b, "z": 0.0, "other": k}

    found = steps(line(run=run), "a", 5)
    assert found.values == (0, 3, 6, 8)
    assert found.missing == 1


def test_what_cannot_be_stepped_is_refused(refusal):
    assert "choice" in refusal(steps, line(), "c")
    assert "a" in refusal(steps, line(), "nothing")
    assert "2 values" in refusal(steps, line(), "a", 1)
    words = line(outputs=(Output("w", "word", kind="label"),), run=lambda a, b, k, c: {"w": "x"}, findings=())
    assert "words" in refusal(steps, words, "a")
    assert chosen(words) == []
    assert "quantity" in refusal(chosen, line(), ["nothing"])


def test_the_strongest_come_first_and_no_more_than_asked():
    found = chosen(line())
    assert [s.quantity.key for s in found] == ["b", "a", "k"]
    assert [s.swing for s in found] == [99, 16, 0]
    assert [s.quantity.key for s in chosen(line(), most=1)] == ["b"]
    assert [s.quantity.key for s in chosen(line(), ("a", "c"))] == ["a"]


@pytest.mark.parametrize("key", models())
def test_every_model_can_be_stepped_where_it_has_numbers_and_ranges(key):
    made = model(key)
    found = chosen(made, most=2, n=5)
    numbers = any(o.kind in ("number", "series") for o in made.outputs)
    assert bool(found) == (numbers and any(q.sampled for q in made.quantities))
    for s in found:
        start = made()
        for target in s.followed:
            given = s.of(target)[s.start]
            assert given == pytest.approx(float(np.asarray(target.read(start.outputs, start.inputs))), rel=1e-9)

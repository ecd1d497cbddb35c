"""Which controls a card offers first: those that move its answer most, by the model's own arithmetic."""

import pytest

from tumen.analysis import weightiest
from tumen.core import Finding, Model, Output, Quantity

STRONG = {"a": 5.0, "b": 0.1, "c": 3.0, "d": 0.0, "e": 4.0}


def weighted(**more) -> Model:
    numbers = tuple(Quantity(key=k, label=k, value=0.5, low=0.0, high=1.0, basis="assumption") for k in STRONG)
    return Model(
        key="test.weights",
        question="What moves it?",
        quantities=numbers,
        run=lambda **given: {"sum": sum(STRONG[k] * given[k] for k in STRONG)},
        outputs=(Output("sum", "sum"),),
        **more,
    )


def test_the_three_that_move_the_first_result_most_come_in_the_order_given():
    assert weightiest(weighted(), tuple(STRONG)) == ("a", "c", "e")
    assert weightiest(weighted(), ("e", "d", "c", "b")) == ("e", "c", "b")


def test_a_finding_is_asked_before_a_result():
    turned = Finding("S1P1-a", "d alone decides", margin=lambda out, given: given["d"] - 0.5)
    assert "d" in weightiest(weighted(findings=(turned,)), tuple(STRONG), n=1)


@pytest.mark.parametrize("n", [5, 7])
def test_where_there_are_no_more_than_asked_for_all_come(n):
    assert weightiest(weighted(), tuple(STRONG), n) == tuple(STRONG)

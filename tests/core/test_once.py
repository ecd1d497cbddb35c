"""What is made of a result is made once while that result is asked about; what is made for many settings serves for one."""

import numpy as np

from suh2002 import counting
from tumen.core import Model, Output, assumed, once, one_or_many
from tumen.core.result import KEPT


def test_a_function_of_a_result_runs_once_for_each_result_and_argument():
    asked = []

    @once
    def half(result, *more):
        asked.append((result, *more))
        return result["ceiling"] / 2

    first, second = counting.ceiling(), counting.ceiling(hosting_share=0.1)
    assert half(first) == half(first) == first["ceiling"] / 2 and half(second) == second["ceiling"] / 2
    half(first, "other")
    assert len(asked) == 3
    for _ in range(KEPT):  # an equal result is another result
        half(counting.ceiling())
    half(first)
    assert len(asked) == 4 + KEPT


@one_or_many
def doubled(people, stay):
    """Arrays with the ensemble first: numbers, a series, and lists."""
    people, stay = np.broadcast_arrays(np.atleast_1d(people), np.atleast_1d(stay))
    lists = np.empty(len(people), object)
    lists[:] = [[n] for n in people.tolist()]
    return {"twice": 2 * people, "years": people[:, None] * np.arange(3), "listed": lists}


def test_a_function_of_many_settings_gives_one_settings_numbers_where_one_is_given():
    one = doubled(people=5.0, stay=2.0)
    assert (one["twice"], type(one["twice"]), one["listed"], one["years"].tolist()) == (10, float, [5], [0, 5, 10])
    many = doubled(people=5.0, stay=np.array([1.0, 2.0]))
    assert (many["twice"].tolist(), many["years"].shape, many["listed"].tolist()) == ([10, 10], (2, 3), [[5], [5]])
    model = Model(
        key="test.doubled",
        question="?",
        quantities=(assumed("people", "people", (0, 5, 9)), assumed("stay", "stay", (0, 2, 9))),
        run=doubled,
        outputs=(Output("twice", "twice as many"),),
    )
    assert model()["twice"] == 10 and model(stay=np.array([1.0, 2.0]))["twice"].tolist() == [10, 10]

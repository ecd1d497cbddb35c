"""What is made of a result is made once while that result is asked about, and anew for another."""

from suh2002 import counting
from tumen.core import once
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

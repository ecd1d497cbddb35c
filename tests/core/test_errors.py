import numpy as np

from tumen.core import refused_where

CHECK = refused_where(lambda v: (v["x"] == 0) | (v["y"] > 1), "x needs a number other than 0.")


def test_a_check_says_its_sentence_for_a_number_and_for_any_of_an_array():
    assert CHECK({"x": 1.0, "y": 0.0}) is None
    assert CHECK({"x": 0.0, "y": 0.0}) == "x needs a number other than 0."
    assert CHECK({"x": np.array([1.0, 2.0]), "y": 1.0}) is None
    assert CHECK({"x": np.array([1.0, 0.0]), "y": 1.0}) == "x needs a number other than 0."
    assert CHECK({"x": 1.0, "y": np.array([0.0, 2.0])}) == "x needs a number other than 0."

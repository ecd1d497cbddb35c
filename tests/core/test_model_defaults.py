"""A starting value that follows from another input: `Model.defaults`."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.core import Case, Model, Output, Override, Quantity, find_flips
from tumen.core.model import Finding

GEAR = Quantity(key="gear", label="gear", value="low", kind="choice", choices=("low", "high"), basis="assumption")
LOAD = Quantity(key="load", label="load", value=1.0, low=0.5, high=4.0, unit="t", basis="assumption")
SPEED = Quantity(key="speed", label="speed", value=5.0, low=1.0, high=20.0, unit="km/h", basis="assumption")
CART = Model(
    key="toy.cart",
    question="How far does a cart go?",
    quantities=(GEAR, SPEED, LOAD),
    run=lambda gear, speed, load: {"distance": speed / load},
    outputs=(Output("distance", "distance in an hour", "km"),),
    findings=(Finding("C1", "the cart goes 8 km", "tests", lambda out, v: out["distance"] - 8),),
    defaults=lambda v: {"speed": 12.0} if v["gear"] == "high" else {},
)


def case(**overrides):
    return Case(overrides={"toy.cart": {k: Override(*v) for k, v in overrides.items()}}).apply(CART)


def test_start_follows_only_where_the_other_input_says_so():
    assert CART.start == {"gear": "low", "speed": 5.0, "load": 1.0}
    assert CART()["distance"] == 5.0
    result = CART(gear="high")
    assert result.inputs == {"gear": "high", "speed": 12.0, "load": 1.0}
    assert result["distance"] == 12.0
    assert list(result.inputs) == list(CART.start)


@given(st.sampled_from(GEAR.choices), st.floats(1, 20))
def test_a_given_value_comes_before_the_default(gear, speed):
    assert CART(gear=gear, speed=speed)["speed"] == speed
    assert CART(speed=speed, gear=gear)["distance"] == speed


def test_a_given_value_equal_to_the_declared_start_is_given_all_the_same():
    assert CART(gear="high", speed=5.0)["distance"] == 5.0


def test_default_meets_an_ensemble_of_another_input():
    assert CART(gear="high", load=np.array([1.0, 2.0]))["distance"].tolist() == [12.0, 6.0]


def test_break_evens_are_taken_from_the_start_that_follows():
    assert find_flips(CART, "C1", {"gear": "high"})["load"].value == pytest.approx(12 / 8)
    assert find_flips(CART, "C1")["load"].value == pytest.approx(5 / 8)


def test_case_that_sets_the_other_input_moves_the_start():
    model = case(gear=("high",))
    assert model.start["speed"] == 12.0
    assert model()["distance"] == 12.0
    assert model(gear="low")["distance"] == 5.0


@pytest.mark.parametrize("speed", [3.0, 5.0])
def test_value_set_by_a_case_comes_before_the_default(speed):
    model = case(gear=("high",), speed=(speed,))
    assert model.start["speed"] == speed
    assert model()["distance"] == speed


def test_range_set_by_a_case_leaves_the_default_in_force():
    model = case(gear=("high",), speed=(None, 2.0, 15.0))
    assert model()["speed"] == 12.0
    assert (model.quantity("speed").low, model.quantity("speed").high) == (2.0, 15.0)


def test_case_read_from_a_file_does_the_same(tmp_path):
    path = tmp_path / "case.toml"
    path.write_text('as_of = 2002-05-07\n[toy.cart]\ngear = "high"\n[toy.cart.load]\nvalue = 2\n', encoding="utf-8")
    read = Case.read(path, [CART])
    assert read.as_of == dt.date(2002, 5, 7)
    assert read.apply(CART)()["distance"] == 6.0


def test_what_one_case_has_set_stays_set_under_the_next():
    twice = case(speed=(3.0,)).with_quantities({"gear": GEAR.with_value("high")}, settled=["gear"])
    assert twice()["speed"] == 3.0
    assert twice.settled == {"speed", "gear"}
    assert twice.origin is CART


def test_result_names_no_default_as_beyond_the_range():
    narrow = CART.with_quantities({"speed": SPEED.with_value(5.0, high=10.0)})
    assert narrow(gear="high").beyond_range == ()
    assert narrow(gear="high", speed=12.0).beyond_range == ("speed",)

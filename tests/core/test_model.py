import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.analysis import estimate
from tumen.analysis.sampling import with_ranges
from tumen.analysis.steps import chosen as chosen_steps
from tumen.analysis.targets import target
from tumen.core import Case, Finding, Model, Output, Override, Problem, Quantity, nearest
from tumen.core.result import plain, verdict_words


def _toy(speed, gear, loads):
    distance = speed * (2.0 if gear == "high" else 1.0)
    return {
        "distance": distance,
        "heavy": np.where(np.asarray(distance) > 10, "yes", "no") if np.ndim(speed) else "no",
        "by_load": {f"load {x:g}": distance / x for x in loads},
    }


TOY = Model(
    key="toy.cart",
    question="How far does a cart go?",
    quantities=(
        Quantity(key="speed", label="speed", value=5.0, low=1.0, high=20.0, unit="km/h", basis="data", domain="count"),
        Quantity(key="gear", label="gear", value="low", kind="choice", choices=("low", "high"), basis="assumption"),
        Quantity(key="loads", label="loads", value=(1.0, 2.0), kind="list", basis="assumption", domain="positive"),
    ),
    run=_toy,
    outputs=(
        Output("distance", "distance in an hour", "km"),
        Output("heavy", "whether it is heavy going", kind="label"),
        Output("by_load", "distance by load", "km", kind="table"),
    ),
    findings=(
        Finding("C1", "the cart goes 10 km", "tests", lambda out, v: out["distance"] - 10),
        Finding("C2", "carts exist", "illustrates"),
    ),
    check=lambda v: "a cart at rest goes nowhere." if np.any(np.asarray(v["speed"]) == 0) else None,
)


def formula(run):
    """A model of one number, x from 1 to 2, with one output, y."""
    q = Quantity(key="x", label="x", value=1.0, low=1.0, high=2.0, basis="assumption")
    return Model("toy.formula", "What is y?", (q,), run, (Output("y", "the answer", "m"),))


def test_a_verdict_may_be_a_sentence_with_its_numbers_in_braces(refusal):
    said = replace(TOY, verdict="In gear {gear} at {speed:2} km/h it goes {distance} km.")
    assert said.verdict(said(speed=3.14159)) == "In gear low at 3.1 km/h it goes 3.14 km."
    kept = said.with_quantities({"speed": replace(TOY.quantity("speed"), value=7.0)})
    assert kept.verdict(kept()) == "In gear low at 7 km/h it goes 7 km."
    assert "no result 'spede'; the nearest is 'speed'" in refusal(replace(TOY, verdict="{spede}").verdict, TOY())


# Running


def test_starting_case_runs_and_numbers_are_found_by_name():
    result = TOY()
    assert result.inputs == TOY.start == {"speed": 5.0, "gear": "low", "loads": (1.0, 2.0)}
    assert result["distance"] == 5.0
    assert result["speed"] == 5.0
    assert result["by_load"] == {"load 1": 5.0, "load 2": 2.5}
    assert TOY(speed=8, gear="high")["distance"] == 16.0


def test_ensemble_gives_arrays_equal_to_single_runs():
    speeds = np.array([1, 5, 12])
    result = TOY(speed=speeds)
    assert result["distance"].tolist() == [TOY(speed=s)["distance"] for s in speeds]
    assert result.findings[0].holds.tolist() == [False, False, True]


def test_single_number_in_an_array_of_no_dimension_runs_as_a_number():
    assert TOY(speed=np.array(7)).as_dict() == TOY(speed=7.0).as_dict()


def test_given_array_is_not_changed_by_a_run():
    def spoil(x):
        x *= 0
        return {"y": x}

    given_array = np.array([1.0, 2.0])
    formula(spoil)(x=given_array)
    assert given_array.tolist() == [1.0, 2.0]


def test_number_beyond_its_range_is_computed_and_listed():
    assert TOY(speed=40).beyond_range == ("speed",)
    assert TOY(speed=40)["distance"] == 40.0
    assert TOY(speed=np.array([5, 40])).beyond_range == ("speed",)
    assert TOY(speed=20).beyond_range == ()
    assert TOY().beyond_range == ()


def test_a_combination_that_makes_no_sense_is_refused_with_the_models_own_sentence(refusal):
    assert refusal(TOY, speed=0) == "toy.cart: a cart at rest goes nowhere."
    assert refusal(TOY, speed=np.array([1, 0])) == "toy.cart: a cart at rest goes nowhere."


@pytest.mark.parametrize(
    ("given_values", "words"),
    [
        ({"sped": 5}, "no quantity 'sped'; the nearest is 'speed'"),
        ({"SPEED": 5}, "the nearest is 'speed'"),
        ({"속도": 5}, "no quantity '속도'; valid names are gear, loads, speed"),
        ({"": 5}, "valid names are gear, loads, speed"),
        ({"self": 5}, "no quantity 'self'"),
        ({"given": 5}, "no quantity 'given'"),
        ({"speed": "fast"}, "speed needs 0 or more; 'fast' is no number"),
        ({"speed": math.nan}, "nan is no number"),
        ({"speed": -1}, "you gave -1"),
        ({"gear": "middle"}, "gear must be one of low, high; you gave 'middle'"),
        ({"gear": 1}, "gear must be one of low, high"),
        ({"loads": 3}, "loads needs a list"),
        ({"loads": ()}, "at least one item"),
        ({"loads": [0.0]}, "loads, item 1, needs a number above 0"),
    ],
)
def test_unusable_input_is_refused_by_name(refusal, given_values, words):
    assert words in refusal(TOY, **given_values)


def test_arrays_of_two_lengths_are_refused(refusal):
    two = replace(TOY, quantities=(*TOY.quantities, replace(TOY.quantities[0], key="wind")), run=lambda **v: {})
    sentence = refusal(two, speed=np.ones(3), wind=np.ones(2))
    assert sentence == "toy.cart: speed and wind need arrays of one length."


# What has no finite answer: Python's own errors, and NumPy's infinities, alike


@pytest.mark.parametrize(
    "run",
    [
        lambda x: {"y": 1 / (x - 1)},
        lambda x: {"y": np.log(x - 1)},
        lambda x: {"y": np.sqrt(x - 3)},
        lambda x: {"y": (x * 1e200) ** 2},
        lambda x: {"y": np.exp(x * 1e4)},
        lambda x: {"y": (x - 1) / (x - 1)},
        lambda x: {"y": x * math.inf},
    ],
    ids=["divided by zero", "log of zero", "root below zero", "too large", "overflow", "zero by zero", "infinite"],
)
@pytest.mark.parametrize("x", [1.0, np.array([1.0, 1.0])], ids=["number", "array"])
def test_no_finite_answer_is_said_in_words(refusal, run, x):
    assert "no finite answer" in refusal(formula(run), x=x)


# Findings


def test_verdicts_hold_at_a_margin_of_nought_and_illustrations_have_none():
    tested, shown = TOY(speed=10).findings
    assert (tested.holds, tested.margin, tested.relation) == (True, 0.0, "tests")
    assert (shown.holds, shown.margin, shown.relation) == (None, None, "illustrates")
    assert TOY(speed=np.nextafter(10, 0)).findings[0].holds is False


def test_verdicts_in_words_speak_of_this_setting_only():
    assert verdict_words(TOY(speed=10).findings[0]) == "the cart goes 10 km: holds in this setting"
    assert verdict_words(TOY(speed=9).findings[0]) == "the cart goes 10 km: does not hold in this setting"
    assert (
        verdict_words(TOY(speed=np.array([9, 10, 11])).findings[0]) == "the cart goes 10 km: holds in 2 of 3 settings"
    )
    assert verdict_words(TOY().findings[1]) == "carts exist (illustrated, not tested)"


def test_undefined_margin_is_refused_and_never_called_false(refusal):
    undefined = Finding("C3", "it turns", "tests", lambda out, v: np.log(out["distance"] - 10))
    model = replace(TOY, findings=(undefined,))
    assert model(speed=12).findings[0].holds is True
    assert refusal(model, speed=5) == "toy.cart: these values give no answer on C3."
    assert "no answer on C3" in refusal(model, speed=np.array([12, 5]))


@pytest.mark.parametrize("relation", ["tests", "neighbours"])
def test_finding_needs_a_margin_unless_it_illustrates(refusal, relation):
    assert "a margin is needed" in refusal(Finding, "C1", "so", relation)
    assert "a margin is needed" in refusal(Finding, "C1", "so", "illustrates", lambda out, v: 0)
    said = (
        Finding("C1", "so"),
        Finding("C1", "so", margin=lambda out, v: 0),
        Finding("C1", "so", "neighbours", lambda out, v: 0),
    )
    assert [f.relation for f in said] == ["illustrates", "tests", "neighbours"]
    assert "the nearest is 'neighbours'" in refusal(Finding, "C1", "so", "neighbour")


# Names


RENAMED = replace(TOY, renamed={"pace": ("speed",), "haste": ("speed", "gear"), "way": ("distance",)})


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda: RENAMED(pace=3), "toy.cart has no quantity 'pace'; it is now 'speed'."),
        (lambda: RENAMED.quantity("haste"), "it is now 'speed' and 'gear'."),
        (lambda: RENAMED.output("way"), "toy.cart has no output 'way'; it is now 'distance'."),
        (lambda: RENAMED()["pace"], "toy.cart has no result 'pace'; it is now 'speed'."),
        (
            lambda: Case.parse({"toy": {"cart": {"haste": 1}}}, [RENAMED]),
            "[toy.cart] has no 'haste'; it is now 'speed' and 'gear'.",
        ),
        (lambda: chosen_steps(RENAMED, ["pace"]), "toy.cart has no quantity 'pace'; it is now 'speed'."),
        (lambda: target(RENAMED, "way"), "toy.cart has nothing to measure named 'way'; it is now 'distance'."),
        (lambda: estimate(RENAMED, n=64).spread("way"), "there is no output 'way'; it is now 'distance'."),
        (lambda: with_ranges(RENAMED, {"pace": (1, 2)}), "it is now 'speed'."),
    ],
)
def test_name_of_before_is_answered_with_the_name_of_now(ask, answer):
    with pytest.raises(Problem) as told:
        ask()
    assert str(told.value).endswith(answer)


def test_case_and_variant_of_a_model_still_know_the_names_of_before(refusal):
    changed = Case(overrides={"toy.cart": {"speed": Override(4.0)}}).apply(RENAMED)
    assert "it is now 'speed'" in refusal(changed, pace=3)


@pytest.mark.parametrize("renamed", [{"speed": ("gear",)}, {"pace": ()}, {"pace": ("sped",)}, {"distance": ("speed",)}])
def test_renaming_that_leads_nowhere_is_refused(refusal, renamed):
    assert "is said to be renamed" in refusal(replace, TOY, renamed=renamed)


def test_unknown_names_are_answered_with_the_nearest(refusal):
    assert "the nearest is 'distance'" in refusal(TOY.output, "distanse")
    assert "valid names are C1, C2" in refusal(TOY.finding, "C3")
    assert "the nearest is 'distance'" in refusal(TOY().__getitem__, "distnce")
    assert "no name is valid here" in refusal(formula(lambda x: {"y": x}).finding, "C1")
    assert TOY.output("distance").unit == "km"
    assert TOY.quantity("speed").unit == "km/h"


@given(st.text(), st.lists(st.text("abc.XYZ가나", min_size=1), unique=True))
def test_nearest_names_only_valid_names_and_never_fails(name, valid):
    words = nearest(name, valid)
    assert words == "no name is valid here" or any(v in words for v in valid)


@pytest.mark.parametrize("name", ["hosts", "HOSTS", "Hosts"])
def test_a_right_name_in_the_wrong_case_is_nearest_to_itself(name):
    assert nearest(name, ["guests", "hosts", "household"]).startswith("the nearest is 'hosts'")


def test_mistyped_theme_is_matched_on_what_follows_the_dot():
    assert nearest("xy.ceiling", ["counting.ceiling", "crisis.cascade"]) == "the nearest is 'counting.ceiling'"


# Copies and printing


def test_one_name_for_two_quantities_is_refused(refusal):
    assert refusal(replace, TOY, quantities=TOY.quantities[:1] * 2) == "toy.cart: two quantities have one name."


def test_copy_with_other_quantities_keeps_the_model_as_declared():
    faster = TOY.with_quantities({"speed": TOY.quantity("speed").with_value(9.0)}, "mine")
    again = faster.with_quantities({"speed": TOY.quantity("speed").with_value(10.0)}, "theirs")
    assert (faster()["distance"], again()["distance"], TOY()["distance"]) == (9.0, 10.0, 5.0)
    assert faster.origin is again.origin is TOY
    assert (faster.case_title, again.case_title) == ("mine", "theirs")


@pytest.mark.parametrize("speed", [5, 40.0, np.array([1, 40])], ids=["start", "beyond", "array"])
def test_result_becomes_strict_json_and_comes_back_equal(speed):
    result = TOY(speed=speed)
    told = result.as_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert list(told) == ["model", "inputs", "outputs", "findings", "beyond_range"]
    assert [f["claim"] for f in told["findings"]] == ["C1", "C2"]


@pytest.mark.parametrize("speed", [5, np.array([1, 40])], ids=["number", "array"])
def test_result_prints_its_question_every_output_and_every_finding(speed):
    text = repr(TOY(speed=speed))
    lines = text.splitlines()
    assert lines[0] == "How far does a cart go?"
    assert [line.split(":")[0].strip() for line in lines[1:]] == [
        "distance in an hour",
        "whether it is heavy going",
        "distance by load",
        "C1",
        "beside C2",
    ]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (np.float64(1.5), 1.5),
        (np.bool_(True), True),
        (np.int64(3), 3),
        (np.str_("가"), "가"),
        (math.nan, None),
        (np.float64("inf"), None),
        (np.array(2.0), 2.0),
        (np.array(math.nan), None),
        (np.array([1.0, math.nan]), [1.0, None]),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.array(["a", "b"]), ["a", "b"]),
        (((1.0, -math.inf), (np.float32(2), 3)), [[1.0, None], [2.0, 3]]),
        ({"a": np.array([True])}, {"a": [True]}),
        (None, None),
    ],
)
def test_plain_leaves_only_what_json_can_hold(value, told):
    assert plain(value) == told
    json.dumps(plain(value), allow_nan=False)


FLOATS = st.floats(allow_nan=True, allow_infinity=True)


@given(st.one_of(FLOATS, st.lists(FLOATS, min_size=0, max_size=3).map(np.array)))
def test_any_value_is_run_or_refused_and_nothing_else_happens(x):
    model = formula(lambda x: {"y": 1 / (x - 1) ** 3})
    try:
        y = model(x=x)["y"]
    except Problem as e:
        assert str(e).endswith(".")
    else:
        assert np.isfinite(y).all()


def test_a_run_that_does_not_take_the_quantities_is_told_where_it_is_declared(refusal):
    more = Quantity(key="wind", label="wind", value=1.0, low=0.0, high=2.0, basis="assumption")
    said = refusal(replace, TOY, quantities=(*TOY.quantities, more))
    assert said == "toy.cart: its run does not take wind; it takes its quantities by their keys."
    said = refusal(replace, TOY, run=lambda speed, gear, wind: {})
    assert said.startswith("toy.cart: its run does not take loads and needs wind, no quantity of the model;")
    replace(TOY, run=lambda **values: {})
    replace(TOY, run=lambda speed, gear, loads, step=1: {})


def test_a_result_says_what_else_the_same_setting_gives(refusal):
    result = TOY(gear="high")
    assert result.where(speed=np.array([1.0, 3.0]))["distance"].tolist() == [2, 6]
    assert result["distance"] == 10 and result.where()["distance"] == 10
    assert "the nearest is 'speed'" in refusal(result.where, sped=1)


# The tables a model is run on


def _read(speed, tables):
    return {"distance": speed * len(tables.cases)}


def _reading(**more):
    speed, distance = TOY.quantities[0], TOY.outputs[0]
    return Model(
        key="toy.reading", question="?", quantities=(speed,), run=_read, outputs=(distance,), reads=("miles",), **more
    )


def test_whatever_takes_the_tables_is_handed_them_and_the_models_it_makes_are_run_on_them():
    case = Case(title="Theirs", data={"miles": "miles.csv"})
    few = Finding("A1-a", "few tables", "tests", lambda out, v, tables: len(tables.cases) - v["speed"])
    own = Finding("A1-b", "some way", "tests", lambda out, v: out["distance"] - 1)
    model = _reading(
        findings=(few, own),
        check=lambda v, tables: "too fast." if v["speed"] > 10 + len(tables.cases) else None,
        each=lambda inputs, tables: _reading(tables=tables),
    )
    theirs = case.apply(model)
    assert [model()["distance"], theirs()["distance"]] == [0, 5]
    assert [v.margin for v in model().findings + theirs().findings] == [-5, -1, -4, 4]
    assert theirs(speed=11.0)["distance"] == 11
    with pytest.raises(Problem, match="too fast"):
        model(speed=11.0)
    assert theirs.each({}).tables == theirs.tables != model.tables == model.each({}).tables
    assert theirs().where(speed=2.0) == {"distance": 2} and model().where(speed=2.0) == {"distance": 0}
    assert theirs.declared()["distance"] == 5 and theirs.declared.case_title == ""
    assert model.declared is model


def test_a_model_that_reads_no_table_is_handed_none(refusal):
    assert "needs tables, no quantity of the model" in refusal(replace, _reading(), reads=())
    tables = replace(TOY.quantities[0], key="tables")
    assert "give the quantity another" in refusal(replace, _reading(), quantities=(tables,))

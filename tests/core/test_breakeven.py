import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from suh2002.counting import ceiling
from tumen.brief import model
from tumen.core import Finding, Flip, Model, Output, Quantity, find_flips
from tumen.core.breakeven import REACH

CLAIM = "S2P3-d"


def closed_forms(v):
    """The ceiling's formula solved for each of its numbers at ceiling = the claimed figure."""
    k, h, s, c, d, n = (v[x] for x in ("hosts", "household", "hosting_share", "guests", "dependent_share", "claimed"))
    return {
        "hosts": n * h * d / (s * c),
        "household": k * s * c / (n * d),
        "hosting_share": n * h * d / (k * c),
        "guests": n * h * d / (k * s),
        "dependent_share": k * s * c / (h * n),
    }


HOLDS_ABOVE = {"hosts": False, "household": True, "hosting_share": False, "guests": False, "dependent_share": True}


def line(margin, low=0.0, high=10.0, value=4.0, domain="real", shape="uniform"):
    """A model of one number whose only finding has the given margin."""
    x = Quantity(key="x", label="x", value=value, low=low, high=high, domain=domain, shape=shape, basis="assumption")
    finding = Finding("C1", "so", "tests", lambda out, v: margin(np.asarray(v["x"], float)))
    return Model("toy.line", "Where?", (x,), lambda x: {"y": x}, (Output("y", "y"),), findings=(finding,))


def flip(*args, **kwargs) -> Flip:
    return find_flips(line(*args, **kwargs), "C1")["x"]


# The ceiling, in closed form


def test_ceiling_turns_where_its_formula_says():
    flips = find_flips(ceiling, CLAIM)
    expected = closed_forms(ceiling.start)
    assert list(flips) == list(expected)
    for name, value in expected.items():
        assert flips[name].value == pytest.approx(value, rel=1e-10)
        assert flips[name].holds_above is HOLDS_ABOVE[name]
        assert flips[name].others == ()
        assert (flips[name].quantity, flips[name].claim) == (name, CLAIM)
    # by hand: 300,000 × 3.3 × 0.95 ÷ 0.26, and so on; not one lies inside its declared range
    assert flips["hosts"].value == pytest.approx(3_617_308, abs=1)
    assert flips["hosting_share"].value == pytest.approx(0.4823, abs=5e-5)
    assert flips["guests"].value == pytest.approx(3.135, abs=5e-4)
    assert flips["household"].value == pytest.approx(1.3684, abs=5e-5)
    assert flips["dependent_share"].value == pytest.approx(0.3939, abs=5e-5)
    assert not any(f.inside for f in flips.values())


@given(
    st.tuples(
        st.floats(1.3e6, 1.92e6),
        st.floats(2.8, 4.0),
        st.floats(0.05, 0.45),
        st.floats(1.0, 2.5),
        st.floats(0.6, 1.0),
    )
)
def test_ceiling_turns_where_its_formula_says_in_any_setting(values):
    setting = ceiling.start | dict(zip(HOLDS_ABOVE, values, strict=True))
    flips = find_flips(ceiling, CLAIM, setting)
    for name, value in closed_forms(setting).items():
        q = ceiling.quantity(name)
        most = min(q.limits[1], max(q.high + REACH * (q.high - q.low), REACH * q.high))
        assume(all(abs(value / end - 1) > 1e-9 for end in (q.low, q.high, most)))
        if value > most:
            assert flips[name] == Flip(name, CLAIM, None)
        else:
            assert flips[name].value == pytest.approx(value, rel=1e-10)
            assert flips[name].inside is (q.low <= value <= q.high)
            assert flips[name].holds_above is HOLDS_ABOVE[name]


@pytest.mark.parametrize("name", HOLDS_ABOVE)
def test_model_run_at_the_break_even_has_a_margin_of_nought_and_turns_around_it(name):
    found = find_flips(ceiling, CLAIM)[name]
    margins = [ceiling(**{name: found.value * x}).findings[0].margin for x in (1 - 1e-6, 1, 1 + 1e-6)]
    assert margins[1] == pytest.approx(0, abs=1e-4)
    assert (margins[0] < 0 < margins[2]) is found.holds_above
    assert (margins[0] > 0 > margins[2]) is not found.holds_above


@given(st.floats(1e-12, 1e12))
def test_flips_are_the_same_for_a_margin_in_any_unit(scale):
    finding = ceiling.finding(CLAIM)
    scaled = replace(finding, margin=lambda out, v: scale * finding.margin(out, v))
    flips, others = find_flips(ceiling, CLAIM), find_flips(replace(ceiling, findings=(scaled,)), CLAIM)
    for name in flips:
        assert others[name].value == pytest.approx(flips[name].value, rel=1e-10)
        assert replace(others[name], value=None) == replace(flips[name], value=None)


# How many turning points, and where


@pytest.mark.parametrize(("here", "near", "others"), [(1.0, 2.0, (5.0,)), (4.0, 5.0, (2.0,)), (9.0, 5.0, (2.0,))])
def test_of_two_turning_points_the_nearest_to_the_setting_comes_first(here, near, others):
    model = line(lambda x: (x - 2) * (x - 5))
    found = find_flips(model, "C1", {"x": here})["x"]
    assert found.value == pytest.approx(near, rel=1e-10)
    assert found.others == pytest.approx(others, rel=1e-10)
    assert found.holds_above is (near == 5.0)
    assert found.inside


def test_three_turning_points_are_ordered_by_distance():
    found = flip(lambda x: (x - 0.5) * (x - 5.5) * (x - 9), value=5.0)
    assert (found.value, *found.others) == pytest.approx((5.5, 9.0, 0.5), rel=1e-10)
    assert found.holds_above is False


@pytest.mark.parametrize(
    "margin",
    [lambda x: 1 + x**2, lambda x: -1 - x**2, lambda x: (x - 5) ** 2, lambda x: 0 * x, lambda x: x * math.nan],
    ids=["always", "never", "touches", "nought", "undefined"],
)
def test_finding_that_never_turns_has_no_break_even(margin):
    assert flip(margin) == Flip("x", "C1", None)


@pytest.mark.parametrize("root", [10.0001, 25.0, 109.9, -0.001, -99.9])
def test_turning_point_outside_the_range_is_found_and_said_to_be_outside(root):
    found = flip(lambda x: x - root)
    assert found.value == pytest.approx(root, rel=1e-9)
    assert not found.inside
    assert found.holds_above is True


@pytest.mark.parametrize("root", [110.1, -100.1, 1e9])
def test_turning_point_out_of_reach_is_not_found(root):
    assert flip(lambda x: x - root) == Flip("x", "C1", None)


def test_turning_point_inside_comes_before_a_nearer_one_outside():
    found = flip(lambda x: (x + 0.5) * (x - 9), value=0.1)
    assert found.value == pytest.approx(9.0)
    assert found.inside
    assert found.others == ()


@pytest.mark.parametrize(("low", "high"), [(-1.0, 1.0), (-1.0, 0.0), (0.0, 1.0), (-3.0, -2.0)])
@pytest.mark.parametrize("root", [-7.0, 4.5])
def test_range_around_or_below_nought_is_searched_on_both_sides(low, high, root):
    found = flip(lambda x: root - x, low=low, high=high, value=low)
    assert found.value == pytest.approx(root, rel=1e-9)
    assert found.holds_above is False


@given(st.floats(0.01, 9.99))
def test_any_turning_point_inside_is_found_to_ten_digits(root):
    assert flip(lambda x: x - root).value == pytest.approx(root, rel=1e-10)


def test_jump_in_a_margin_is_a_turning_point():
    found = flip(lambda x: np.where(x < 3.7, -1.0, 1.0))
    assert found.value == pytest.approx(3.7, rel=1e-9)
    assert found.holds_above is True


# Ends of what a formula can take


@pytest.mark.parametrize(
    ("margin", "domain", "low", "high", "root", "above"),
    [
        (lambda x: x - 1e-4, "positive", 1.0, 2.0, 1e-4, True),
        (lambda x: 1 / x - 1000, "positive", 1.0, 2.0, 1e-3, False),
        (lambda x: np.log(x) + 5, "positive", 1.0, 2.0, math.exp(-5), True),
        (lambda x: 1000 - 1 / x, "count", 1.0, 2.0, 1e-3, True),
        (lambda x: x - 0.2, "count", 1.0, 2.0, 0.2, True),
        (lambda x: x - 0.99, "share", 0.1, 0.5, 0.99, True),
        (lambda x: x - 0.01, "share", 0.1, 0.5, 0.01, True),
        (lambda x: np.log(x / (1 - x)) - 3, "share", 0.1, 0.5, 1 / (1 + math.exp(-3)), True),
        (lambda x: x - 1e-6, "positive share", 0.1, 1.0, 1e-6, True),
    ],
)
def test_ends_a_formula_cannot_take_are_approached_and_never_touched(margin, domain, low, high, root, above):
    found = flip(margin, low=low, high=high, value=low, domain=domain)
    assert found.value == pytest.approx(root, rel=1e-9)
    assert found.holds_above is above
    assert not found.inside


@pytest.mark.parametrize("root", [-0.01, 1.01])
@pytest.mark.parametrize("domain", ["share", "positive share"])
def test_turning_point_the_formula_cannot_take_is_not_offered(domain, root):
    assert flip(lambda x: x - root, low=0.1, high=0.9, value=0.5, domain=domain).value is None


def test_no_number_beyond_what_the_formula_takes_is_ever_tried():
    tried = []

    def margin(x):
        tried.extend((x.min(), x.max()))
        return x - 2

    assert flip(margin, low=0.1, high=0.9, value=0.5, domain="positive share").value is None
    assert 0 < min(tried) < 1e-6
    assert max(tried) == 1


# What can be asked


MIXED = replace(
    line(lambda x: x - 5),
    quantities=(
        *line(lambda x: x).quantities,
        Quantity(key="gear", label="gear", value="low", kind="choice", choices=("low", "high"), basis="assumption"),
        Quantity(key="set", label="set", value=3.0, basis="report"),
    ),
    run=lambda x, gear, set: {"y": x},
    findings=(
        Finding("C1", "so", "tests", lambda out, v: out["y"] - v["set"] - (4 if v["gear"] == "high" else 0)),
        Finding("C2", "it is", "illustrates"),
    ),
)


def test_other_inputs_are_held_where_they_are_given_or_start():
    assert find_flips(MIXED, "C1")["x"].value == pytest.approx(3)
    assert find_flips(MIXED, "C1", {"gear": "high"})["x"].value == pytest.approx(7)
    assert find_flips(MIXED, "C1", MIXED(set=6).inputs)["x"].value == pytest.approx(6)


def test_only_numbers_with_a_range_are_searched_and_names_may_be_picked():
    assert list(find_flips(MIXED, "C1")) == ["x"]
    assert list(find_flips(ceiling, CLAIM, names=["guests", "hosts"])) == ["guests", "hosts"]
    assert list(find_flips(ceiling, CLAIM, names="hosts")) == ["hosts"]


def test_a_margin_that_only_starts_at_zero_does_not_turn_there():
    """At no exits at all exit changes nothing; the place where it begins to stir is the one to name."""
    flip = find_flips(model("crisis.drain"), "S3P1-c", names="exit_share")["exit_share"]
    assert flip.inside and flip.value == pytest.approx(0.0307, abs=1e-4)
    assert not flip.others


@pytest.mark.parametrize(
    ("claim", "inputs", "names", "words"),
    [
        ("C2", None, None, "toy.line only illustrates C2; there is no margin that could turn."),
        ("C9", None, None, "no finding on 'C9'"),
        ("C1", None, ["y"], "no quantity 'y'"),
        ("C1", None, ["gear"], "gear is a choice, so it has no value at which a finding turns"),
        ("C1", None, ["set"], "set is fixed, so it has no value"),
        ("C1", {"xx": 1}, None, "no quantity 'xx'"),
        ("C1", {"x": math.nan}, None, "nan is no number"),
        ("C1", {"gear": "middle"}, None, "must be one of low, high"),
        ("C1", {"x": np.array([1.0, 2.0])}, None, "needs one setting, not arrays of them"),
    ],
)
def test_question_without_an_answer_is_refused(refusal, claim, inputs, names, words):
    assert words in refusal(find_flips, MIXED, claim, inputs, names)

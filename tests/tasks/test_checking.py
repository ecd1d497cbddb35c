"""How an answer is read and checked, apart from any shipped task."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.brief import model as find_model
from tumen.core import Problem
from tumen.core.words import exact
from tumen.tasks import Answer, Mistake, Task, check, solved
from tumen.tasks.check import filled, read_number, run_answer, worked
from tumen.tasks.ingredients import Faded, Worked
from tumen.tasks.recalled import APART


def task(**more):
    answer = Answer(model="counting.stock", set={"inflow": 60_000, "years": 5}, output="entered", within=0.02)
    return Task(**{"key": "counting.t", "kind": "number", "prompt": "?", "unit": "people", "answer": answer, **more})


def test_a_worked_example_is_filled_from_a_run_of_its_own():
    run = Answer(model="counting.stock", set={"inflow": 50_000, "years": 2}, output="entered")
    t = task(worked=Worked(answer=run, says="{inflow} a year for {years} years make {answer}."))
    assert worked(t) == "50,000 a year for 2 years make 100,000."
    assert worked(task()) == ""


def test_a_step_left_out_of_the_example_is_a_task_of_its_own_that_counts_nowhere():
    run = Answer(model="counting.stock", set={"inflow": 50_000, "years": 2}, output="entered")
    like = Worked(answer=run, says="{answer}.")
    slip = Mistake(value=50_000, says="That is one year.")
    t = task(worked=like, points=2, faded=Faded(answer=run, says="{inflow} × {years} = ? people.", mistake=(slip,)))
    assert t.step.key == "step.counting.t"
    assert t.step.key.startswith(APART)
    assert t.step.points == 0
    assert filled(t.step.prompt, t.step) == "50,000 × 2 = ? people."
    assert [check(t.step, x).state for x in (100_000, 50_000, 7)] == ["right", "wrong", "wrong"]
    assert check(t.step, 50_000).says == "That is one year."
    assert solved(t.step) == "100,000."
    assert task().step is None


def test_one_number_of_a_table_is_asked_by_its_name(refusal):
    shares = Answer(model="alternatives.robust", set={"draws": 4_096}, output="best_share.engage", times=100)
    value, inputs = run_answer(shares)
    assert value == 100 * find_model("alternatives.robust")(draws=4_096)["best_share"]["engage"]
    assert inputs["draws"] == 4_096
    for output, said in (
        ("best_share", "name a number of it: valid names are conditional, engage, pressure, quiet"),
        ("best_share.engaged", "the nearest is 'engage'"),
        ("box.credibility", "gives words for box.credibility"),
        ("chosen", "gives words for chosen"),
    ):
        assert said in refusal(run_answer, Answer(model="alternatives.robust", set={"draws": 4_096}, output=output))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1500", 1500), ("1,500,000", 1.5e6), ("1,500,000.25", 1_500_000.25), (" 0.2 ", 0.2), ("20%", 0.2), ("20 %", 0.2),
        ("-3", -3), ("1e3", 1000), ("1 500 000", 1.5e6), ("1\u202f500", 1500), ("1\u00a0500", 1500), (".5", 0.5), ("5.", 5),
        ("1,250%", 12.5), ("0,2", 0.2), ("0,209", 0.209), ("20 per cent", 0.2), ("\N{MINUS SIGN}3", -3), ("\N{EN DASH} 275", -275),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(text, value):
    assert read_number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["", "  ", "abc", "1.2.3", "nan", "inf", "-infinity", "1e999", "%", "--3", "0x10", "twenty"]
)
def test_what_is_no_number_is_refused(refusal, text):
    sentence = refusal(read_number, text)
    assert "number" in sentence


@pytest.mark.parametrize("text", ["3,3", "1,5000", "12,34", "1,234,56", "1500,000", ",5", "1,2e3"])
def test_a_comma_that_parts_no_thousands_is_asked_about_not_guessed(refusal, text):
    assert "two ways" in refusal(read_number, text)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_finite_number_or_one_sentence(text):
    try:
        assert math.isfinite(read_number(text))
    except Problem as e:
        assert str(e)


@given(st.floats(-1e12, 1e12).map(lambda x: round(x, 3)))
def test_a_number_as_tumen_writes_it_is_read_back(x):
    assert read_number(exact(x)) == pytest.approx(x)


def test_the_tolerance_is_a_share_of_the_key_and_its_ends_count():
    t = task()
    assert run_answer(t.answer) == (300_000, {"inflow": 60_000, "stay": 1.8, "years": 5})
    for given_, state in (
        (294_000, "right"),
        (306_000, "right"),
        (293_990, "close"),
        (306_010, "close"),
        (269_000, "wrong"),
    ):
        assert check(t, given_).state == state


def test_where_the_key_is_zero_the_tolerance_is_absolute():
    t = task(answer=Answer(model="counting.stock", set={"inflow": 0}, output="entered", within=0.5))
    assert check(t, 0.5).state == "right"
    assert check(t, -0.5).state == "right"
    assert check(t, 0.6).state == "wrong"


def test_without_a_tolerance_only_the_key_is_right():
    t = task(answer=Answer(model="counting.stock", output="entered", within=0))
    assert check(t, 300_000).state == "right"
    assert check(t, 300_000.1).state == "close"


@pytest.mark.parametrize("factor", [1000, 0.001, 995])
def test_a_slip_by_a_thousand_is_recognised(factor):
    assert "a thousand times off" in check(task(), 300_000 * factor).says


def test_a_slip_that_is_also_right_counts_as_right():
    t = task(mistake=(Mistake(value=301_000, says="No."),))
    assert check(t, 301_000).state == "right"
    near = task(mistake=(Mistake(value=310_000, says="Look again."),))
    assert check(near, 310_000).says == "Look again."
    assert check(near, 305_000).state == "right"


def test_the_first_slip_that_fits_speaks():
    t = task(mistake=(Mistake(value=50, says="First."), Mistake(value=50.1, says="Second.")))
    assert check(t, 50.05).says == "First."


def test_words_are_filled_from_the_run_and_may_be_left_empty():
    t = task(right="", solution="")
    assert check(t, 300_000).says == "300,000 is what the model gives."
    assert solved(t) == "300,000 people."
    assert solved(task(solution="It is {answer}.")) == "It is {answer}.".replace("{answer}", "300,000")
    assert filled("{inflow} for {years} years, {stay}", t) == "60,000 for 5 years, 1.8"
    assert filled("no place", t) == "no place"


def test_the_answer_may_be_a_multiple_of_an_output():
    t = task(answer=Answer(model="counting.stock", output="entered", times=0.001))
    assert check(t, 300).state == "right"


def test_lists_can_be_set_in_words_or_as_lists():
    for points in ("10000,30000", [10_000, 30_000]):
        answer = Answer(model="counting.pool", set={"points": points}, output="mean")
        assert run_answer(answer)[0] == 20_000


def test_a_choice_without_words_of_its_own_still_says_something():
    t = Task(key="counting.t", kind="choice", prompt="?", options={"a": "x", "b": "y"}, correct="a")
    assert check(t, "a").says == "Your choice is the one the model gives."
    assert "hint" in check(t, "b").says
    assert solved(t) == "(a) x."


@pytest.mark.parametrize(
    "option", ["Never", "Never.", "Never. ", "“Who gains?”", "Who gains?", "“It is so.”", "and so on…"]
)
def test_a_solution_closes_each_sentence_once(option):
    t = Task(
        key="counting.t", kind="choice", prompt="?", options={"a": option, "b": "y"}, correct="a", solution="Look."
    )
    assert solved(t).endswith(" Look.")
    assert not re.search(r"[.?!…][”)]?\s*\.|\s\.", solved(t)), solved(t)


def test_a_number_without_a_unit_is_closed_too():
    assert solved(task(solution="", unit="")) == "300,000."

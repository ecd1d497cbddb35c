"""Is it robust? Three sentences on a model's starting case, from the analyses that have tests of their own."""

from dataclasses import replace

import pytest
from oracles import LINEAR, number, one

from suh2002 import counting, crisis
from tumen.analysis import estimate, flips, robust, robustness, sensitivity, tornado
from tumen.core import Case, Finding, Output, Override


def test_the_three_sentences_are_those_of_the_three_analyses():
    model = counting.ceiling
    often, decides, turns = robustness(model).sentences
    assert often == estimate(model).often() and "83 of 100 cases" in often and "not a chance" in often
    assert decides == sensitivity(model).reading()
    assert turns == flips(model).reading()


def test_a_case_is_what_they_speak_of_and_its_ranges_what_is_drawn():
    case = Case(
        title="autumn", overrides={model.key: {"hosts": Override(3e6, 2.9e6, 3.1e6)} for model in [counting.ceiling]}
    )
    under = case.apply(counting.ceiling)
    often, _, turns = robustness(under).sentences
    assert "in the case “autumn”" in turns
    assert often == estimate(under).often() != estimate(counting.ceiling).often()


def test_a_model_without_a_verdict_speaks_of_its_first_output():
    often, decides, turns = robustness(counting.stock).sentences
    assert often.startswith("In 90 of 100 cases drawn from the declared ranges “present at the end” lies between ")
    assert "not how likely any answer is" in often
    assert decides == sensitivity(counting.stock).reading("present")
    assert turns.startswith("This model judges no claim of the report, so there is no verdict to turn. Taken alone, ")
    assert turns.endswith(tornado(counting.stock).reading("present"))
    idle = replace(counting.stock, findings=(Finding("C", "c", "illustrates"),))
    assert "only illustrates its claims" in robust.turning(idle)


def test_each_of_several_findings_is_named():
    two = replace(LINEAR, findings=(LINEAR.findings[0], replace(LINEAR.findings[0], claim="C9", says="the other")))
    often, _, turns = robustness(two).sentences
    assert f"“{LINEAR.findings[0].says}” holds in " in often and "“the other” holds in " in often
    assert turns.startswith(f"“{LINEAR.findings[0].says}”: It ") and "“the other”: It " in turns


def test_what_cannot_be_drawn_or_measured_is_refused(refusal):
    assert "no cases to draw" in refusal(robustness, crisis.crowd)
    words = one(number("x", 0, 1), lambda x: {"y": "so"}, Output("y", "a word", kind="label"))
    assert "not in one number" in refusal(robustness, words)


def test_the_number_of_cases_follows_what_a_run_takes(monkeypatch):
    clock, drawn = iter([0.0, 0.25]), []
    monkeypatch.setattr(robust, "perf_counter", lambda: next(clock))
    assert robust.affordable(lambda n: drawn.append(n) or n, 4_096, 65_536) == (False, 16_384)
    assert drawn == [4_096, 16_384]
    clock = iter([0.0, 0.001])
    assert robust.affordable(lambda n: n, 4_096, 65_536) == (True, 65_536)
    clock = iter([0.0, 30.0])
    assert robust.affordable(lambda n: n, 4_096, 65_536) == (False, 4_096)


def test_the_same_cases_with_another_setting_marked_in_them():
    moved = {"hosting_share": 0.44, "guests": 2.4, "hosts": 2_500_000}
    whole, full = estimate(counting.ceiling), counting.ceiling(**moved)
    beside = whole.beside(moved)
    assert [s.low for s in beside.spreads] == [s.low for s in whole.spreads]
    assert beside.share().share == whole.share().share
    assert beside.spread("ceiling").here == pytest.approx(full["ceiling"])
    assert (whole.share().holds_here, beside.share().holds_here) == (True, False)
    assert beside.beyond_range == ("hosts",)

import json

import pytest
from oracles import LINEAR

from suh2002 import counting
from tumen.analysis.comparison import compare
from tumen.core import Case, Override

CEILING = counting.ceiling
MINE = {"hosting_share": 0.4, "guests": 2.0}


def test_settings_stand_side_by_side_with_the_starting_case():
    result = compare(CEILING, {"mine": MINE, "few": {"hosts": 854_000}})
    assert result.names == ("starting case", "mine", "few")
    assert {line.key: line.values for line in result.part("input")} == {
        "hosts": (1_500_000, 1_500_000, 854_000),
        "hosting_share": (0.2, 0.4, 0.2),
        "guests": (1.3, 2.0, 1.3),
    }
    outputs = {line.key: line.values for line in result.part("output")}
    assert outputs["ceiling"] == pytest.approx([CEILING(**s)["ceiling"] for s in ({}, MINE, {"hosts": 854_000})])
    assert list(outputs) == ["ceiling", "occupancy_needed_100k", "occupancy_needed_300k"]
    (finding,) = result.part("finding")
    assert (finding.key, finding.values) == ("S2P3-d", (True, False, True))
    assert result.beyond == {"starting case": (), "mine": (), "few": ("hosts",)}


def test_a_finding_that_turns_is_named_with_those_in_which_it_holds():
    assert compare(CEILING, {"mine": MINE}).reading() == (
        "These settings differ in 2 inputs, and that turns S2P3-d (holds only in “starting case”)."
    )
    assert compare(CEILING, {"few": {"hosts": 854_000}}).reading() == (
        "These settings differ in 1 input, and no finding turns between them."
    )
    assert compare(CEILING, {"same": {}}).reading() == "These settings are the same in every input."
    assert compare(counting.ratio, {"a": {"people": 1e5}}).reading().endswith("this model judges no claim.")


def test_a_case_brings_its_values_and_its_ranges():
    case = Case("Yanbian only", overrides={CEILING.key: {"hosts": Override(854_000, 800_000, 900_000)}})
    result = compare(CEILING, {"Yanbian": case, "other model": Case(overrides={"counting.ratio": {}})})
    assert result.part("input")[0].values == (1_500_000, 854_000, 1_500_000)
    (ranges,) = result.part("range")
    assert ranges.values == ((1_300_000, 1_920_000), (800_000, 900_000), (1_300_000, 1_920_000))
    assert "differ in 2 inputs" in result.reading()
    assert json.loads(json.dumps(result.rows(), allow_nan=False))[1]["Yanbian"] == [800_000, 900_000]


def test_the_starting_case_is_the_one_the_model_opens_with():
    course = Case("a course", overrides={CEILING.key: {"guests": Override(2.0)}}).apply(CEILING)
    saved = Case("saved", overrides={CEILING.key: {"hosts": Override(1_400_000)}})
    result = compare(course, {"saved": saved, "now": {}})
    assert {line.key: line.values for line in result.part("input")} == {
        "guests": (2.0, 1.3, 2.0),
        "hosts": (1_500_000, 1_400_000, 1_500_000),
    }


def test_lists_and_findings_that_only_illustrate():
    result = compare(counting.pool, {"two": {"points": (1e4, 3e5)}})
    assert result.part("input")[0].values[1] == (1e4, 3e5)
    assert [line.key for line in compare(LINEAR, {"a": {"a": 1}}).part("finding")] == ["C1"]


def test_the_result_is_a_table():
    frame = compare(CEILING, {"mine": MINE}).to_frame()
    assert list(frame.columns) == ["part", "key", "label", "unit", "starting case", "mine"]


def test_bad_requests_are_answered_in_one_sentence(refusal):
    assert refusal(compare, CEILING, {"mine": {"host": 1}}).startswith("mine: counting.ceiling has no quantity 'host'")
    assert "mine: hosts needs a number above 0" in refusal(compare, CEILING, {"mine": {"hosts": 0}})
    assert "nothing to compare" in refusal(compare, CEILING, {})
    assert "is taken" in refusal(compare, CEILING, {"starting case": {}})
    empty = Case(overrides={CEILING.key: {"hosts": Override(None, 5, 5)}})
    assert "mine: hosts needs its low below its high" in refusal(compare, CEILING, {"mine": empty})

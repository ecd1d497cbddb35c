"""The shipped tasks of the chapter on alternatives: keys, tolerances, slips, and every number in their words."""

import numpy as np
import pytest

from suh2002 import alternatives
from suh2002.alternatives import curves
from suh2002.alternatives import quantities as q
from suh2002.alternatives.policies import peeling
from tumen.analysis import decisions
from tumen.core import Case, Override
from tumen.core.files import shipped
from tumen.evidence.ledger import claims
from tumen.tasks import check, read_tasks
from tumen.tasks.check import filled, run_answer

TASKS = read_tasks(shipped("workbooks", "tasks", "alternatives.toml"))
NUMBERS = [t for t in TASKS.values() if t.kind == "number" and not t.prediction]
CHOICES = [t for t in TASKS.values() if t.kind == "choice" and not t.prediction]
PREDICTIONS = [t for t in TASKS.values() if t.prediction]
TEXTS = [t for t in TASKS.values() if t.kind == "text"]

# Every range starts elsewhere, so that a key typed in anywhere would show.
ELSEWHERE = Case(
    title="elsewhere",
    overrides={
        "alternatives.robust": {
            "pull": Override(((0.2, 0.6),)),
            "weight_leavers": Override(((0.5, 0.9),)),
            "draws": Override(8_192.0),
        },
        "alternatives.regret": {"payoffs": Override(((5.0, 1.0), (3.0, 2.0)))},
    },
)

# The published answers, with what lies just inside and just outside their tolerance.
EDGES = {
    "alternatives.evpi": (0.6, (0.595, 0.605), (0.59, 0.61)),
    "alternatives.believed": (57.6, (56, 59), (54, 61)),
    "alternatives.corner": (10.3, (10, 10.8), (9, 12)),
    "alternatives.pressure": (10.4, (10.2, 10.7), (9.5, 11)),
}


def ids(task):
    return task.key


def slip_of(mistake, case=None):
    return mistake.value if mistake.answer is None else run_answer(mistake.answer, case)[0]


def test_there_are_tasks_of_three_sizes_and_a_prediction_for_each_model():
    assert {t.size for t in TASKS.values()} == {"small", "medium", "large"}
    assert {t.model for t in PREDICTIONS if t.model} == {m.key for m in alternatives.MODELS}
    assert set(EDGES) <= {t.key for t in NUMBERS}
    assert set().union(*(t.claims for t in TASKS.values())) <= {c.id for c in claims()}


@pytest.mark.parametrize("task", [TASKS[key] for key in EDGES], ids=ids)
def test_the_answer_is_the_models_and_its_tolerance_has_edges(task):
    key, inside, outside = EDGES[task.key]
    assert run_answer(task.answer)[0] == pytest.approx(key, abs=0.06)
    for given in (key, *inside):
        assert check(task, given).state == "right", given
    for given in outside:
        assert check(task, given).state != "right", given


@pytest.mark.parametrize("task", NUMBERS, ids=ids)
def test_the_key_follows_the_case_in_use(task):
    there, _ = run_answer(task.answer, ELSEWHERE)
    assert there != pytest.approx(run_answer(task.answer)[0], rel=0.02)
    assert check(task, there, ELSEWHERE).state == "right"


@pytest.mark.parametrize("task", TEXTS, ids=ids)
def test_a_text_has_two_views_that_disagree_and_marks_for_each_point(task):
    assert len(task.views) == 2
    assert len(set(task.views.values())) == 2
    assert task.rubric.count("(1)") == 4
    assert len(task.anchors) == 2


# Facts the words rest on


def test_the_regrets_and_averages_of_the_exercise():
    table = np.array(q.PAYOFFS.value)
    assert table.tolist() == [[3, 0], [2, 1.5]]
    assert decisions.regrets(table).tolist() == [[0, 1.5], [1, 0]]
    chances = np.array([0.6, 0.4])
    assert table @ chances == pytest.approx([1.8, 1.8])
    assert table.max(axis=0) @ chances == pytest.approx(2.4)
    assert "regret is 1.5 for Engage and 1 for Quiet exits" in TASKS["alternatives.minimax"].right
    assert "0.6 × 3 + 0.4 × 1.5 = 2.4" in filled(TASKS["alternatives.evpi"].solution, TASKS["alternatives.evpi"])


def test_the_table_of_policies_in_the_task_differs_in_one_number():
    given = run_answer(TASKS["alternatives.pressure"].answer)[1]["levers"]
    differ = [
        (i, j, a, b)
        for i, (row, was) in enumerate(zip(given, q.LEVER_TABLE.value, strict=True))
        for j, (b, a) in enumerate(zip(row, was, strict=True))
        if a != b
    ]
    assert differ == [(q.POLICIES.index("pressure"), len(q.LEVER_TABLE.value[0]) - 1, 0.1, 0.8)]


def test_the_choice_by_regret_and_why():
    result = alternatives.robust(rule="max regret")
    assert result["chosen"] == "quiet"
    points, mean = curves.regret_points(result), result["mean_regret"]
    assert sorted(result["best_share"], key=result["best_share"].get, reverse=True)[2] == "quiet"
    assert points["quiet"]["50 %"] > points["engage"]["50 %"]
    assert mean["quiet"] > max(mean["engage"], mean["conditional"])
    assert result["best_share"]["quiet"] == pytest.approx(0.11, abs=0.005)


def test_what_the_weight_on_leavers_does():
    start, moved = alternatives.robust(), alternatives.robust(weight_leavers=((0.7, 0.8),))
    change = {p: moved["best_share"][p] - share for p, share in start["best_share"].items()}
    assert abs(change["engage"]) < 0.05
    assert moved["best_share"]["engage"] > 0.5
    assert change["quiet"] > 0.1
    assert change["conditional"] < -0.1


def test_what_is_worth_learning_and_what_is_not():
    knowing = alternatives.robust()["evppi"]
    first, second, third, *_ = sorted(knowing, key=knowing.get, reverse=True)
    assert {first, second} == {"aid_effect", "credibility"}
    assert knowing[third] < 0.2 * knowing[second]
    assert knowing["surge"] == knowing["weight_leavers"] == 0


def test_the_supposed_box_is_near_one_of_the_peeling():
    boxes = peeling(alternatives.robust().inputs)
    assert min(abs(b.density - 0.93) + abs(b.coverage - 0.34) for b in boxes) < 0.03


def test_what_the_anchors_quote():
    start, text = alternatives.robust(), {t.key: t.anchors[0].text for t in TEXTS}
    assert "at least 0.32" in text["alternatives.clause"] and "at most 0.72" in text["alternatives.clause"]
    limits = curves.limits(start)
    assert limits["aid_effect"][0] == pytest.approx(0.32, abs=0.005)
    assert limits["credibility"][1] == pytest.approx(0.72, abs=0.005)
    assert "56 of 100 cases" in text["alternatives.mind"]
    assert "11 of 100 cases" in text["alternatives.timid"]
    assert "60,000 people" in text["alternatives.right"]
    assert start["per_returned"] == 60_000

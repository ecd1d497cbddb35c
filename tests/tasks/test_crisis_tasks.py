"""The tasks of the crisis chapter: the published answers, the slips they catch, the words that follow the case."""

import pytest

from suh2002 import crisis
from suh2002.crisis import curves
from tumen.core import Case, Override
from tumen.core.files import shipped
from tumen.tasks import check, read_tasks, solved
from tumen.tasks.check import filled, run_answer

TASKS = read_tasks(shipped("workbooks", "tasks") / "crisis.toml")
MARKED = {k: t for k, t in TASKS.items() if not t.prediction and t.kind != "text"}

# The exercises of the design, and ours: the answer and how far off still counts as right.
ANSWERS = {
    "crisis.stops": 4,
    "crisis.hairs_breadth": 1.0,
    "crisis.east_germany": 2.49,
    "crisis.people_in_china": 7.6,
    "crisis.score": 4.5 / 11,
    "crisis.lasting": 0.307,
    "crisis.two_risks": 2.58,
}
CHOICES = {"crisis.quiet": "b", "crisis.trough": "b"}


def test_there_are_tasks_of_three_sizes_and_a_prediction_for_every_model():
    assert {t.size for t in TASKS.values() if not t.prediction} == {"small", "medium", "large"}
    assert {t.model for t in TASKS.values() if t.prediction} == {m.key for m in crisis.MODELS}
    assert set(ANSWERS) | set(CHOICES) <= set(MARKED)


@pytest.mark.parametrize("key", ANSWERS)
def test_the_answer_is_the_models_and_shown_in_the_solution(key):
    task = TASKS[key]
    assert check(task, ANSWERS[key]).state == "right"
    assert check(task, ANSWERS[key] * 1.05).state != "right"
    assert run_answer(task.answer)[0] == pytest.approx(ANSWERS[key], rel=5e-3)
    shown = filled("{answer}", task)
    assert shown in solved(task)


@pytest.mark.parametrize("key", CHOICES)
def test_each_option_is_right_or_has_its_own_sentence(key):
    task = TASKS[key]
    assert task.correct == CHOICES[key]
    said = {option: check(task, option) for option in task.options}
    assert {o for o, feedback in said.items() if feedback.state == "right"} == {task.correct}
    assert len({feedback.says for feedback in said.values()}) == len(task.options)


def test_the_trough_moves_down_as_the_choice_says():
    rates = [curves.calmest_exit(crisis.drain(signal=s))[0] for s in (2, 3.5)]
    assert rates[0] == pytest.approx(0.02, abs=1e-3)
    assert rates[1] < 1e-3
    assert curves.calmest_exit(crisis.drain(signal=1))[0] < rates[0]  # below 2 it goes up, as the slip is told


ELSEWHERE = Case(
    title="elsewhere",
    overrides={
        "crisis.cascade": {"fear": Override(0.3)},
        "crisis.comparison": {"match_media": Override(1)},
    },
)


@pytest.mark.parametrize("key", ["crisis.east_germany", "crisis.people_in_china", "crisis.score"])
def test_key_slips_and_words_follow_the_case_in_use(key):
    task = TASKS[key]
    before, after = run_answer(task.answer)[0], run_answer(task.answer, ELSEWHERE)[0]
    assert abs(after / before - 1) > 0.05
    assert check(task, after, ELSEWHERE).state == "right"
    assert check(task, before, ELSEWHERE).state != "right"
    assert filled(task.right, task, ELSEWHERE) != filled(task.right, task)
    assert solved(task, ELSEWHERE) != solved(task)
    for slip in task.mistake:
        assert check(task, run_answer(slip.answer, ELSEWHERE)[0], ELSEWHERE).says == slip.says

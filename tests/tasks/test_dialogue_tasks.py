"""The shipped tasks of the dialogue chapter: keys, tolerances, slips, words."""

import math
import re

import pytest

from suh2002 import dialogue
from tumen.brief import models
from tumen.core import Case, Override
from tumen.core.files import shipped
from tumen.core.words import number
from tumen.evidence.ledger import claims
from tumen.evidence.tables import table
from tumen.tasks import check, read_tasks, solved
from tumen.tasks.check import filled, run_answer

TASKS = read_tasks(shipped("workbooks", "tasks", "dialogue.toml"))
NUMBERS = [t for t in TASKS.values() if t.kind == "number" and not t.prediction]
CHOICES = [t for t in TASKS.values() if t.kind == "choice" and not t.prediction]
PREDICTIONS = [t for t in TASKS.values() if t.prediction]
TEXTS = [t for t in TASKS.values() if t.kind == "text"]
CLAIMS = {c.id for c in claims()}

# Every number of the hold-up starts elsewhere, so that a key typed in anywhere would show.
ELSEWHERE = Case(
    title="elsewhere",
    overrides={
        "dialogue.holdup": {
            "prize": Override(8),
            "flow": Override(0.5),
            "patience": Override(0.8),
            "trust": Override(0.35),
            "loss": Override(0.2),
        }
    },
)

# The published answers, with what lies just inside and just outside their tolerance.
EDGES = {
    "dialogue.needed": (0.60, (0.595, 0.605), (0.59, 0.61)),
    "dialogue.half": (math.sqrt(0.4 * 15), (2.43, 2.47), (2.42, 2.48)),
    "dialogue.patience": ((5 - 3) / (5 - 1), (0.496, 0.504), (0.49, 0.51)),
    "dialogue.votes": (math.sqrt(0.8 * 0.7**2 * 15), (2.41, 2.44), (2.39, 2.46)),
}


def ids(task):
    return task.key


def slip_of(mistake, case=None):
    return mistake.value if mistake.answer is None else run_answer(mistake.answer, case)[0]


def test_there_are_tasks_of_three_sizes_and_a_prediction_for_each_model():
    assert {t.size for t in TASKS.values()} == {"small", "medium", "large"}
    assert {t.model for t in PREDICTIONS if t.model} == {m.key for m in dialogue.MODELS}
    assert set(EDGES) == {t.key for t in NUMBERS}
    assert all(t.key.startswith("dialogue.") for t in TASKS.values())


@pytest.mark.parametrize("task", NUMBERS, ids=ids)
def test_the_published_answer_is_the_models_and_its_tolerance_has_edges(task):
    key, inside, outside = EDGES[task.key]
    assert run_answer(task.answer)[0] == pytest.approx(key)
    for given in (key, *inside):
        assert check(task, given).state == "right", given
    for given in outside:
        assert check(task, given).state != "right", given


@pytest.mark.parametrize("task", NUMBERS, ids=ids)
@pytest.mark.parametrize("case", [None, ELSEWHERE], ids=["start", "elsewhere"])
def test_each_slip_is_told_apart_and_never_taken_for_right(task, case):
    said = []
    for mistake in task.mistake:
        feedback = check(task, slip_of(mistake, case), case)
        assert (feedback.state, feedback.says) == ("wrong", mistake.says)
        said.append(feedback.says)
    right = check(task, run_answer(task.answer, case)[0], case)
    assert right.state == "right"
    assert len({*said, right.says}) == len(task.mistake) + 1
    assert number(run_answer(task.answer, case)[0]) in solved(task, case)


def test_the_slip_without_a_root_is_the_square_of_the_answer():
    (slip,) = (m.value for m in TASKS["dialogue.half"].mistake if m.value is not None)
    assert math.sqrt(slip) == pytest.approx(run_answer(TASKS["dialogue.half"].answer)[0])


@pytest.mark.parametrize("task", CHOICES, ids=ids)
def test_each_option_is_right_or_has_its_own_sentence(task):
    said = {option: check(task, option) for option in task.options}
    assert [o for o, f in said.items() if f.state == "right"] == [task.correct]
    assert len({f.says for f in said.values()}) == len(task.options)
    assert "hint says where to look" not in "".join(f.says for f in said.values())


def test_marked_choices_agree_with_the_models_and_rows_they_speak_of():
    holdup, trigger = dialogue.holdup, dialogue.trigger
    assert TASKS["dialogue.leverage"].options[TASKS["dialogue.leverage"].correct] == "It lowers it."
    assert holdup(prize=9)["engage"] == holdup()["engage"] < holdup(prize=9, trust=1)["linkage"]
    assert "more" in TASKS["dialogue.trigger"].options["b"]
    assert trigger(temptation=6)["patience_needed"] > trigger()["patience_needed"]
    rows = {r["id"]: r for r in table("recognition").rows}
    data, ministry = rows["N050"], rows["N051"]
    assert data["yes"] - ministry["yes"] == ministry["abstain"] - data["abstain"] == 1
    assert data["no"] == ministry["no"]


@pytest.mark.parametrize("task", [*PREDICTIONS, *TEXTS], ids=ids)
def test_predictions_and_free_text_are_recorded_never_marked(task):
    for given in (0.0, "a", "anything at all"):
        assert check(task, given).state == "recorded"


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
@pytest.mark.parametrize("case", [None, ELSEWHERE], ids=["start", "elsewhere"])
def test_every_place_in_the_words_is_filled_and_nothing_is_exclaimed(task, case):
    words = [filled(w, task, case) for w in (task.prompt, task.right, task.hint)]
    words += [solved(task, case)] if task.solution else []
    words += [*task.options.values(), *task.views.values(), *(m.says for m in task.mistake), task.rubric]
    assert not re.search(r"[{}!]", " ".join(words))


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_a_task_names_claims_that_exist_and_helps_where_it_marks(task):
    spoken = " ".join((task.prompt, task.right, task.solution, *task.views.values()))
    assert set(task.claims) | set(re.findall(r"S\dP\d-[a-z]", spoken)) <= CLAIMS
    if task in NUMBERS or task in CHOICES:
        assert all((task.points, task.hint, task.solution, task.right, task.claims or task.key == "dialogue.vintage"))
    elif task.prediction:
        assert task.points == 0
        assert not task.model or task.model in models()
    else:
        assert task.rubric
        assert len(task.views) == 2
    assert task.kind != "number" or task.unit

"""The shipped tasks of the dialogue chapter: keys, tolerances, slips, words."""

import math

import pytest

from suh2002 import dialogue
from tumen.core import Case, Override
from tumen.core.files import shipped
from tumen.evidence.ledger import claims
from tumen.evidence.tables import table
from tumen.tasks import check, read_tasks
from tumen.tasks.check import run_answer

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
    assert set(EDGES) <= {t.key for t in NUMBERS}
    assert all(t.key.startswith("dialogue.") for t in TASKS.values())


@pytest.mark.parametrize("task", [TASKS[key] for key in EDGES], ids=ids)
def test_the_published_answer_is_the_models_and_its_tolerance_has_edges(task):
    key, inside, outside = EDGES[task.key]
    assert run_answer(task.answer)[0] == pytest.approx(key)
    for given in (key, *inside):
        assert check(task, given).state == "right", given
    for given in outside:
        assert check(task, given).state != "right", given


def test_the_slip_without_a_root_is_the_square_of_the_answer():
    (slip,) = (m.value for m in TASKS["dialogue.half"].mistake if m.value is not None)
    assert math.sqrt(slip) == pytest.approx(run_answer(TASKS["dialogue.half"].answer)[0])


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

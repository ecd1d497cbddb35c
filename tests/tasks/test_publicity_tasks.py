"""The shipped tasks of the publicity chapter: keys, tolerances, slips, and what the words owe their subject."""

import re

import pytest

from suh2002 import publicity
from tumen.core import Case, Override, find_flips
from tumen.core.files import shipped
from tumen.core.words import number
from tumen.evidence.ledger import claims, paragraph
from tumen.tasks import check, read_tasks, solved
from tumen.tasks.check import filled, run_answer

TASKS = read_tasks(shipped("workbooks", "tasks", "publicity.toml"))
NUMBERS = [t for t in TASKS.values() if t.kind == "number" and not t.prediction]
CHOICES = [t for t in TASKS.values() if t.kind == "choice" and not t.prediction]
TEXTS = [t for t in TASKS.values() if t.kind == "text"]

# A case in which both models start elsewhere, so that a key typed in anywhere would show.
ELSEWHERE = Case(
    title="elsewhere",
    overrides={
        "publicity.entry": {"people": Override(29), "success": Override(0.7), "extra_return": Override(0.004)},
        "publicity.campaign": {"people": Override(31), "at_risk": Override(60_000)},
    },
)

# The exercises' answers by hand, with what lies just inside and just outside their tolerance.
EDGES = {
    "publicity.even": (100 * 25 / 30_000, (0.082, 0.084, 0.0833), (0.081, 0.0855)),
    "publicity.quiet": (300 - 25 * 0.95, (276, 280, 272), (270, 283)),
    "publicity.weight": (25 / 2, (12.4, 12.6), (12.3, 12.7)),
    "publicity.half": (25 - 150, (-124, -126), (-123, -127)),
    "publicity.many": (20, (19.5, 20.5), (19, 21)),
}


def ids(task):
    return task.key


def test_there_are_tasks_of_three_sizes_and_a_prediction_for_each_model():
    assert {t.size for t in TASKS.values()} == {"small", "medium", "large"}
    assert {t.model for t in TASKS.values() if t.prediction} == {m.key for m in publicity.MODELS}
    assert all(t.key.startswith("publicity.") for t in TASKS.values())
    assert set(EDGES) <= {t.key for t in NUMBERS}


def test_every_claim_of_the_paragraph_is_met_by_a_task():
    named = {c for t in TASKS.values() for c in t.claims}
    named |= {c for t in TEXTS for words in (t.prompt, *t.views.values()) for c in re.findall(r"S\dP\d-[a-z]", words)}
    assert {c.id for c in paragraph("S3P3")} <= named
    assert named <= {c.id for c in claims()}


@pytest.mark.parametrize("task", [TASKS[key] for key in EDGES], ids=ids)
def test_the_answer_by_hand_is_the_models_and_its_tolerance_has_edges(task):
    key, inside, outside = EDGES[task.key]
    assert run_answer(task.answer)[0] == pytest.approx(key, rel=1e-3)
    assert all(check(task, given).state == "right" for given in (key, *inside))
    assert all(check(task, given).state != "right" for given in outside)
    assert number(run_answer(task.answer)[0]) in solved(task)


@pytest.mark.parametrize("task", TASKS.values(), ids=ids)
@pytest.mark.parametrize("case", [None, ELSEWHERE], ids=["start", "elsewhere"])
def test_every_place_in_the_words_is_filled_and_nothing_is_exclaimed(task, case):
    for words in (task.prompt, task.right, task.hint, task.solution):
        assert not re.search(r"[{}!]", filled(words, task, case))
    for words in (*task.options.values(), *task.views.values(), *(m.says for m in task.mistake), task.rubric):
        assert not re.search(r"[{}!]", words)
        assert not re.search(r"\bdefectors?\b", words, re.IGNORECASE)


@pytest.mark.parametrize("key", ["publicity.quiet", "publicity.many"])
def test_key_and_words_follow_the_case_in_use(key):
    task = TASKS[key]
    before, after = run_answer(task.answer)[0], run_answer(task.answer, ELSEWHERE)[0]
    assert abs(after / before - 1) > 0.05
    assert check(task, after, ELSEWHERE).state == "right"
    assert filled(task.prompt, task, ELSEWHERE) != filled(task.prompt, task)


def test_marked_choices_agree_with_the_models():
    """Those that a model can decide."""
    people_over_hidden = publicity.entry(success=1, quiet_exits=0)["break_even_return"]
    assert 1 / people_over_hidden == pytest.approx(4_000)
    assert "4,000" in TASKS["publicity.small"].options["c"]
    turning = find_flips(publicity.entry, "S3P3-e")
    assert turning["events"].value is None
    assert all(turning[q].inside for q in ("quiet_exits", "extra_return", "people"))
    assert "number of entries" in TASKS["publicity.turns"].options[TASKS["publicity.turns"].correct]
    result = publicity.campaign()
    assert publicity.campaign(events=2)["net"] < publicity.campaign(events=1)["net"] < 0
    assert publicity.campaign(events=50)["net"] > publicity.campaign(events=45)["net"] > 0
    assert result["break_even_events"] > result["worst_at"] > 1
    for given in ({"weight": 3}, {"success": 0.5}):  # the count still turns
        assert publicity.campaign(**given)["break_even_events"] > result["break_even_events"]
    assert publicity.entry(events=60)["net"] == pytest.approx(60 * publicity.entry()["net"])  # no ceiling, no turn


def test_where_returns_and_rescues_are_weighed_the_words_say_whose_question_that_is():
    for key in ("publicity.small", "publicity.weight"):
        assert "the moral question" in TASKS[key].right
    for task in TASKS.values():
        words = " ".join((task.prompt, task.right, task.solution, *task.views.values()))
        assert not re.search(r"\b(worth|price|cost)s? (of )?(a|one) (life|person|human)", words, re.IGNORECASE)

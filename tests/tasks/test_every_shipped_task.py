"""What every task of every chapter owes its reader: slips told apart, sentences of its own, words filled in, a hand where it marks."""

import re
from importlib import import_module

import pytest

from tumen.brief import models
from tumen.core.files import shipped
from tumen.core.words import number
from tumen.evidence.ledger import claims
from tumen.tasks import check, read_tasks, solved
from tumen.tasks.check import filled, run_answer

FILES = {path.stem: path for path in shipped("workbooks", "tasks").glob("*.toml")}
TASKS = {key: task for path in FILES.values() for key, task in read_tasks(path).items()}
MARKED = [key for key, t in TASKS.items() if not t.prediction and t.kind != "text"]
NUMBERS = [key for key in MARKED if TASKS[key].kind == "number"]
CHOICES = [key for key in MARKED if TASKS[key].kind == "choice"]
RECORDED = [key for key in TASKS if key not in MARKED]
TEXTS = [key for key in RECORDED if TASKS[key].kind == "text"]
CLAIMS = {c.id for c in claims()}
OF_NO_CLAIM = {  # on reading tables, coding and counting
    "counting.overlap",
    "dialogue.vintage",
    "flows.standing",
    "flows.sum",
    "hindsight.kappa",
    "start.block",
    "start.kinds",
}
OF_NO_SLIP = {"counting.gauge"}

# Cases in which the models start elsewhere, so that a key typed in anywhere would show.
STARTED = ("counting", "crisis", "dialogue", "flows", "publicity")
ELSEWHERE = {theme: import_module(f"test_{theme}_tasks").ELSEWHERE for theme in STARTED}


def with_cases(keys):
    """Each of these tasks in its starting case, and in the chapter's other one where it has one."""
    cases = [pytest.param(key, None, id=f"{key}-start") for key in keys]
    here = [key for key in keys if key.partition(".")[0] in ELSEWHERE]
    cases += [pytest.param(key, ELSEWHERE[key.partition(".")[0]], id=f"{key}-elsewhere") for key in here]
    return pytest.mark.parametrize(("key", "case"), cases)


@pytest.mark.parametrize("key", TASKS)
def test_words_of_a_task_hold_no_signs_that_a_page_shows_as_they_stand(key):
    """Cards show them as they are written: stars, underscores, backquotes and links of Markdown would be read as letters."""
    signs = re.compile(r"\*\w[^*\n]*\*|(?<!\w)_\w[^_\n]*_(?!\w)|`|\]\(")
    assert signs.findall(str(TASKS[key])) == []


@with_cases(MARKED)
def test_each_slip_is_told_apart_and_never_taken_for_right(key, case):
    task, said = TASKS[key], []
    for mistake in task.mistake:
        slip = mistake.option or (mistake.value if mistake.answer is None else run_answer(mistake.answer, case)[0])
        feedback = check(task, slip, case)
        assert (feedback.state, feedback.says) == ("wrong", mistake.says)
        said.append(feedback.says)
    right = check(task, task.correct or run_answer(task.answer, case)[0], case)
    assert right.state == "right"
    assert len({*said, right.says}) == len(task.mistake) + 1
    assert task.mistake or key in OF_NO_SLIP


@with_cases(NUMBERS)
def test_the_solution_shows_the_number_that_is_right(key, case):
    assert number(run_answer(TASKS[key].answer, case)[0]) in solved(TASKS[key], case)


@with_cases(NUMBERS)
def test_what_counts_as_right_ends_at_the_tolerance(key, case):
    task = TASKS[key]
    right = run_answer(task.answer, case)[0]
    reach = task.answer.within * (abs(right) or 1)
    for part in (-1.1, -0.9, 0, 0.9, 1.1):
        assert (check(task, right + part * reach, case).state == "right") == (abs(part) < 1), part


@pytest.mark.parametrize("key", CHOICES)
def test_each_option_is_right_or_has_its_own_sentence(key):
    task = TASKS[key]
    said = {option: check(task, option) for option in task.options}
    assert [option for option, f in said.items() if f.state == "right"] == [task.correct]
    assert {m.option for m in task.mistake} == set(task.options) - {task.correct}
    assert len({f.says for f in said.values()}) == len(task.options)
    assert "hint says where to look" not in "".join(f.says for f in said.values())


@pytest.mark.parametrize("key", RECORDED)
def test_predictions_and_free_text_are_recorded_never_marked(key):
    for given in (0.0, 1e9, "a", "anything at all"):
        assert check(TASKS[key], given).state == "recorded"


@with_cases(TASKS)
def test_every_place_in_the_words_is_filled_and_nothing_is_exclaimed(key, case):
    task = TASKS[key]
    words = [filled(w, task, case) for w in (task.prompt, task.right, task.hint)]
    words += [solved(task, case)] if task.solution else []
    words += [*task.options.values(), *task.views.values(), *(m.says for m in task.mistake), task.rubric]
    assert not re.search(r"[{}!]", " ".join(words))


@pytest.mark.parametrize("key", TASKS)
def test_a_task_names_claims_that_exist_and_helps_where_it_marks(key):
    task = TASKS[key]
    spoken = " ".join((task.prompt, task.right, task.solution, *task.views.values()))
    assert set(task.claims) | set(re.findall(r"S\dP\d-[a-z]", spoken)) <= CLAIMS
    if key in MARKED:
        assert all((task.points, task.hint, task.solution, task.right))
        assert task.claims or key in OF_NO_CLAIM
    elif task.prediction:
        assert task.points == 0
        assert not task.model or task.model in models()
    assert task.kind != "number" or task.unit


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_has_two_views_that_disagree_and_a_rubric_of_four_marks(key):
    task = TASKS[key]
    assert len(set(task.views.values())) == len(task.views) == 2
    assert len(re.findall(r"\(1\)", task.rubric)) == 4

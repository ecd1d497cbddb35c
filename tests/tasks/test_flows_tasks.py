"""The shipped tasks of the chapter on aid and flows: keys, tolerances, slips, and what the words owe their subject."""

import re

import pytest

from suh2002 import flows
from suh2002.flows import series
from tumen.core import Case, Override
from tumen.core.files import shipped
from tumen.core.words import number
from tumen.evidence.ledger import claims, paragraph
from tumen.tasks import check, read_tasks, solved
from tumen.tasks.check import filled, run_answer

TASKS = read_tasks(shipped("workbooks", "tasks", "flows.toml"))
NUMBERS = [t for t in TASKS.values() if t.kind == "number" and not t.prediction]
CHOICES = [t for t in TASKS.values() if t.kind == "choice" and not t.prediction]
TEXTS = [t for t in TASKS.values() if t.kind == "text"]

# A case in which the models start elsewhere, so that a key typed in anywhere would show.
ELSEWHERE = Case(
    title="elsewhere",
    overrides={
        "flows.year": {"aid_effect": Override(0.5)},
        "flows.rule": {"rises": Override(1)},
        "flows.codings": {"second_threshold": Override(300)},
    },
)

# The exercises' answers by hand, with what lies just inside and just outside their tolerance.
EDGES = {
    "flows.without": (12_971.49 / 0.7, (18_300, 18_800), (18_200, 18_900)),
    "flows.chain": (0.605 * 2.718281828**-1.66 / 0.154, (0.74, 0.75, 0.76), (0.73, 0.765)),
    "flows.turn": (1.3683, (1.36, 1.37, 1.376), (1.35, 1.385)),
}


def ids(task):
    return task.key


def test_there_are_tasks_of_three_sizes_and_predictions_for_the_main_models():
    assert {t.size for t in TASKS.values()} == {"small", "medium", "large"}
    predicted = {t.model for t in TASKS.values() if t.prediction}
    assert predicted == {"flows.year", "flows.history", "flows.rule", "flows.codings"}
    assert all(t.key.startswith("flows.") for t in TASKS.values())
    assert set(EDGES) <= {t.key for t in NUMBERS}


def test_the_claims_on_aid_and_flows_are_met_by_a_task():
    named = {c for t in TASKS.values() for c in t.claims}
    named |= {c for t in TASKS.values() for c in re.findall(r"S\dP\d-[a-z]", f"{t.prompt} {t.right} {t.solution}")}
    assert {c.id for c in paragraph("S3P2")} - named == {"S3P2-a"}  # which the chapter reads and answers in its text
    assert {"S3P1-b", "S3P1-d", "S3P1-i"} <= named <= {c.id for c in claims()}


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


def test_key_and_words_follow_the_case_in_use():
    task = TASKS["flows.without"]
    assert filled(task.prompt, task, ELSEWHERE) != filled(task.prompt, task)
    assert run_answer(TASKS["flows.two"].answer, ELSEWHERE)[0] != run_answer(TASKS["flows.two"].answer)[0]


def test_marked_choices_and_right_words_agree_with_the_models():
    errors = [flows.history(aid_effect=e)["log_rmse"] for e in (0.0, 0.6)]
    assert f"{errors[0]:.3f}" == f"{errors[1]:.3f}"  # flows.same
    assert all(error > 0.29 for error in errors)  # "out by more than a third": exp(0.29) is 1.34
    routes = [flows.history(aid_effect=e, variant="routes")["log_rmse"] for e in (0.0, 0.6)]
    assert routes[1] > 1.1 * routes[0]
    assert flows.rule(indicator="present")["years"] == []  # flows.indicator
    year = flows.year(year=2002)
    assert year["crossings"] > 10 * year["arrivals"]  # flows.which_number
    assert 947 + 1_043 + series.arrivals(flows.history.tables, 2002, 2024).sum() == 34_314  # flows.sum
    brings = flows.history()["reproduction"]
    assert brings[2011 - 1998] > 1 > brings[2012 - 1998]  # flows.turn: passed in 2012
    four = flows.rule(threshold=1_000, window=3, rises=2)
    assert four["fired"] == 4  # the drafter's view


def test_the_numbers_of_the_anchors_are_the_models():
    words = {key: TASKS[key].anchors[0].text for key in ("flows.why", "flows.success", "flows.mind")}
    year = flows.year(year=2002)
    assert f"{year['through_the_network']:.0f} of {year['arrivals']:.0f} arrivals" in words["flows.why"]
    hardship = flows.alike.rows()[-1]["shares"]
    assert f"{hardship[0]:.0f} against {hardship[1]:.0f}" in words["flows.success"]
    assert "0.24 per cent more" in words["flows.mind"] and "+0.24 %" in flows.three_fits.rows()[1].values()
    assert "+31 %" in flows.three_fits.rows()[1].values()  # "a third more", "by a third"

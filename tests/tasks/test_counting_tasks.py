"""The shipped tasks of the counting chapter: keys, tolerances, slips, words."""

import pytest

from tumen.brief import models
from tumen.core import Case, Override
from tumen.core.files import shipped
from tumen.evidence.ledger import claims
from tumen.tasks import check, read_tasks, solved
from tumen.tasks.check import filled, run_answer

TASKS = read_tasks(shipped("workbooks", "tasks", "counting.toml"))
NUMBERS = [t for t in TASKS.values() if t.kind == "number" and not t.prediction]
CHOICES = [t for t in TASKS.values() if t.kind == "choice" and not t.prediction]
PREDICTIONS = [t for t in TASKS.values() if t.prediction]
TEXTS = [t for t in TASKS.values() if t.kind == "text"]
CLAIMS = {c.id for c in claims()}

# A case in which every counting model starts elsewhere, so that a key typed in anywhere would show.
ELSEWHERE = Case(
    title="elsewhere",
    overrides={
        "counting.ratio": {"hosts": Override(854_000), "household": Override(3.0)},
        "counting.ceiling": {
            "hosts": Override(1_827_350),
            "household": Override(3.7),
            "dependent_share": Override(0.7),
        },
        "counting.multiplier": {"arrivals": Override(2_914)},
    },
)

# The exercises' published answers, with what lies just inside and just outside their tolerance.
EDGES = {
    "counting.guests": (200, (198.1, 201.9), (197.9, 202.1)),
    "counting.occupancy": (0.209, (0.206, 0.212), (0.2057, 0.2123)),
    "counting.stock": (99_900, (99_000, 101_500), (98_100, 101_700)),
    "counting.gauge": (1.943, (1.905, 1.981), (1.89, 1.985)),
}


def ids(task):
    return task.key


def slip_of(mistake, case=None):
    return mistake.value if mistake.answer is None else run_answer(mistake.answer, case)[0]


def test_there_are_tasks_of_three_sizes_and_predictions_for_the_chapters_models():
    assert {t.size for t in TASKS.values()} == {"small", "medium", "large"}
    assert {t.model for t in PREDICTIONS} <= set(models())
    assert all(t.key.startswith("counting.") for t in TASKS.values())
    assert len(NUMBERS) + len(CHOICES) + len(PREDICTIONS) + len(TEXTS) == len(TASKS)


@pytest.mark.parametrize("task", [TASKS[key] for key in EDGES], ids=ids)
def test_the_published_answer_is_the_models_and_its_tolerance_has_edges(task):
    key, inside, outside = EDGES[task.key]
    assert run_answer(task.answer)[0] == pytest.approx(key, rel=2e-3)
    for given in (key, run_answer(task.answer)[0], *inside):
        assert check(task, given).state == "right", given
    for given in outside:
        assert check(task, given).state != "right", given


def test_the_exercise_on_stock_accepts_what_its_page_accepts():
    task = TASKS["counting.stock"]
    for given in (99_000, 99_900, 100_000, 101_500):
        assert check(task, given).state == "right"
    assert check(task, 97_000).state == "close"


@pytest.mark.parametrize("task", NUMBERS, ids=ids)
def test_other_wrong_numbers_get_a_sentence_too(task):
    key = run_answer(task.answer)[0]
    assert check(task, key * (1 + 2 * task.answer.within)).state == "close"
    assert "thousand times" in check(task, key * 1000).says or any(
        abs(slip_of(m) / key / 1000 - 1) < 0.02 or abs(slip_of(m) * 1000 / key - 1) < 0.02 for m in task.mistake
    )
    for given in (0.0, -key, key * 17.3, 1e300, -1e300):
        feedback = check(task, given)
        assert feedback.state == "wrong"
        assert feedback.says.endswith(".")


@pytest.mark.parametrize("task", CHOICES, ids=ids)
def test_each_option_is_right_or_has_its_own_sentence(task, refusal):
    said = {}
    for option in task.options:
        feedback = check(task, option)
        assert feedback.state == ("right" if option == task.correct else "wrong")
        said[option] = feedback.says
    assert len(set(said.values())) == len(task.options)
    assert "hint says where to look" not in "".join(said.values())
    assert ", ".join(task.options) in refusal(check, task, "z")


@pytest.mark.parametrize("key", ["counting.guests", "counting.occupancy", "counting.gauge"])
def test_key_and_words_follow_the_case_in_use(key):
    task = TASKS[key]
    before, after = run_answer(task.answer)[0], run_answer(task.answer, ELSEWHERE)[0]
    assert abs(after / before - 1) > 0.05
    assert check(task, after, ELSEWHERE).state == "right"
    assert check(task, before, ELSEWHERE).state != "right"
    assert check(task, after).state != "right"
    assert filled(task.prompt, task, ELSEWHERE) != filled(task.prompt, task)
    assert solved(task, ELSEWHERE) != solved(task)


def test_the_prompt_gives_a_cases_numbers_unrounded():
    prompt = filled(TASKS["counting.occupancy"].prompt, TASKS["counting.occupancy"], ELSEWHERE)
    assert "1,827,350 hosts" in prompt
    assert "3.7 to a household" in prompt
    assert "2,914 people arrived" in filled(TASKS["counting.gauge"].prompt, TASKS["counting.gauge"], ELSEWHERE)


def test_what_a_task_sets_itself_stays_under_every_case():
    case = Case(overrides={"counting.stock": {"stay": Override(0.5), "inflow": Override(1)}})
    assert run_answer(TASKS["counting.stock"].answer, case)[0] == run_answer(TASKS["counting.stock"].answer)[0]


def test_marked_choices_agree_with_the_models_they_speak_of():
    """The three that a model can decide."""
    quiet, recapture, stock = (models()[f"counting.{k}"] for k in ("quiet", "recapture", "stock"))
    assert TASKS["counting.quiet"].correct == "b"
    assert quiet(serious_if_300k=1, serious_if_100k=0, seen_if_serious=0)["posterior"] == pytest.approx(0.5)
    for seen in (0.2, 0.6, 0.9):
        assert quiet(serious_if_300k=1, serious_if_100k=0, seen_if_serious=seen)["posterior"] < 0.5
    assert TASKS["counting.overlap"].correct == "b"
    assert recapture(both=12)["estimate"] / recapture(both=24)["estimate"] == pytest.approx(2, rel=0.05)
    assert "about 100,000" in TASKS["counting.present"].options["b"]
    assert stock(inflow=60_000, stay=1.75, years=5)["present"] == pytest.approx(100_000, rel=0.02)


def test_task_file_with_the_chance_of_quiet_is_told_the_two_chances(tmp_path, refusal):
    """An instructor's own file of tasks may still hold the names of before, in a setting or in its words."""
    own = (
        '[[task]]\nkey = "counting.own"\nkind = "number"\nsize = "small"\npoints = 1\nunit = "share"\nprompt = "{words}"\n'
        'right = "yes"\nhint = "look"\nsolution = "so"\n'
        'answer = {{ model = "counting.quiet", set = {{ {name} = 0.3 }}, output = "posterior", within = 0.01 }}\n'
    )
    now = "it is now 'serious_if_300k' and 'seen_if_serious'."
    for words, name in (("How much?", "quiet_if_300k"), ("{quiet_if_300k}?", "prior")):
        path = tmp_path / "counting.toml"
        path.write_text(own.format(words=words, name=name), encoding="utf-8")
        assert refusal(read_tasks, path).endswith(now)

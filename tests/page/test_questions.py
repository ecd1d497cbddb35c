"""Questions as they stand on the page: answered, hinted at, solved, kept and found again."""

import json

import pytest

from tumen.core.files import shipped
from tumen.page.questions import Argument, Prediction, Question
from tumen.page.wording import LEFT_OUT
from tumen.tasks import find_task, read_tasks

TASKS = read_tasks(shipped("workbooks", "tasks", "counting.toml"))
MARKED = [t for t in TASKS.values() if not t.prediction and t.kind != "text"]


def card(task, session):
    kind = Prediction if task.prediction else Argument if task.kind == "text" else Question
    return kind(task, session)


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_every_question_stands_complete(session, words_on, task):
    asked = card(task, session)
    shown = words_on(asked) + asked.html() + asked.plain()
    assert "{" not in shown
    assert asked.feedback == ""
    for words in task.options.values():
        assert words in asked.plain()
    if task.kind == "number":
        assert task.unit in asked._entry.description
    if task.kind == "choice":
        assert asked._entry.value is None
        assert [k for _, k in asked._entry.options] == list(task.options)


@pytest.mark.parametrize("task", MARKED, ids=lambda t: t.key)
def test_hint_and_solution_open_on_demand_and_stay_closed_before(session, press, words_on, task):
    asked = Question(task, session)
    assert "Solution:" not in words_on(asked)
    press(asked, "hint")
    assert asked.feedback == f"Hint: {task.hint}"
    press(asked, "show the solution")
    assert asked.feedback.startswith("Solution: ")
    assert asked.feedback.removeprefix("Solution: ") in asked.plain()
    html = asked.html()
    for name in ("hint", "solution"):
        assert f"<details><summary>{name}</summary>" in html
    assert session.answers.entries == {}


def test_an_answer_is_checked_kept_and_counted(session, press):
    asked = Question(TASKS["counting.guests"], session)
    for text, state, word in (("5", "wrong", "Not yet"), ("190", "close", "Nearly"), ("200", "right", "Right")):
        asked._entry.value = text
        press(asked, "check")
        assert asked.feedback.startswith(f"{word}. ")
        assert asked._said.state == state  # by which the page marks and colours that word
        assert session.answers.get("counting.guests")["state"] == state
    assert session.answers.get("counting.guests")["tries"] == 3
    assert asked.feedback.startswith("Right. 200 guests for every 1,000 hosts.")
    assert asked._said.text == asked.feedback
    press(asked, "hint")
    assert asked._said.state == ""
    kept = json.loads((session.folder / "answers.json").read_text(encoding="utf-8"))
    assert kept["answers"]["counting.guests"]["value"] == 200


def test_a_step_left_out_is_checked_before_the_task_and_counts_nowhere(session, press, words_on):
    asked = Question(TASKS["counting.guests"], session)
    assert asked.plain().index("Worked example") < asked.plain().index(LEFT_OUT) < asked.plain().index("Korean Chinese")
    asked.step._entry.value = "100"
    press(asked, "check the step")
    assert asked.feedback == ""
    assert "wrong" in session.answers.get("step.counting.guests")["state"]
    press(asked, "show the step")
    assert "133" in asked.step.feedback
    asked.step.answer(133.3)
    assert asked.step.feedback in words_on(asked)
    assert session.answers.get("counting.guests") is None
    again = Question(TASKS["counting.guests"], session)
    assert again.step._entry.value == "133.3"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("counting.guests", "", "Type a number first."),
        ("counting.guests", "two hundred", "'two hundred' is no number"),
        ("counting.guests", "inf", "is no number"),
        ("counting.occupancy", "3,3", "can be read in two ways"),
        ("counting.bound", None, "Choose an answer first."),
        ("counting.ethics", "  \n ", "Write a sentence first."),
    ],
)
def test_what_is_no_answer_is_not_recorded(session, press, key, value, said):
    asked = card(TASKS[key], session)
    asked._entry.value = value
    press(asked, "keep" if TASKS[key].kind == "text" else "check")
    assert said in asked.feedback
    assert session.answers.entries == {}
    assert session.answers.text(key) == (value or "")  # and yet nothing typed is lost


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("counting.guests", "1,234.5"),
        ("counting.bound", "c"),
        ("counting.bound", "a"),
        ("counting.mind", "Because — ‘한국’."),
    ],
)
def test_an_answer_is_back_when_the_notebook_is_opened_again(session, session_in, key, given):
    task = TASKS[key]
    first = card(task, session)
    first.answer(given)
    again = card(task, session_in(session.folder))
    assert again._entry.value == ("1234.5" if task.kind == "number" else given)
    assert "from before" in again.feedback
    if task.kind != "text":
        verdict, _, sentence = first.feedback.partition(". ")
        assert again.feedback == f"{verdict}. Your answer from before: {sentence}"
    assert session_in(session.folder).answers.get(key)["tries"] == 1


def test_restored_feedback_follows_the_case_of_today(session, session_in):
    Question(TASKS["counting.guests"], session).answer("200")
    (session.folder / "case.toml").write_text("[counting.ratio]\nhosts = 854000\n")
    again = Question(TASKS["counting.guests"], session_in(session.folder))
    assert "not what the model gives" in again.feedback


@pytest.mark.parametrize(
    "value",
    ['"ten"', "null", "true", "NaN", "1e999", "9" * 400, '""', '"zz"', "-3.5", '"200"'],
)
@pytest.mark.parametrize(
    "key", ["counting.guests", "counting.bound", "counting.ratio", "counting.present", "counting.mind"]
)
def test_an_answer_another_hand_wrote_breaks_nothing(session_in, tmp_path, key, value):
    for state in ("right", "recorded", "of no kind"):
        text = f'{{"version": 1, "answers": {{"{key}": {{"value": {value}, "state": "{state}"}}}}}}'
        (tmp_path / "answers.json").write_text(text)
        session = session_in(tmp_path)
        asked = card(TASKS[key], session)
        assert session.answers.trouble == ""
        assert asked.plain()
        assert (tmp_path / "answers.json").read_text() == text


def test_free_text_is_set_beside_two_answers_that_disagree(session, session_in, press, words_on):
    task = TASKS["counting.ethics"]
    asked = Argument(task, session)
    voices = list(task.views.values())
    assert len(voices) >= 2
    assert not any(v[:40] in words_on(asked) for v in voices)
    asked._entry.value = "<script>No</script> list, for names can be stolen."
    press(asked, "keep")
    assert all(v[:40] in words_on(asked) for v in voices)
    assert "neither is the key" in asked.feedback
    assert session.answers.get(task.key)["state"] == "recorded"
    assert "<script>" not in words_on(asked)
    again = Argument(task, session_in(session.folder))
    assert all(v[:40] in words_on(again) for v in voices)


def test_a_choice_answered_from_code_must_be_one_of_the_options(session, refusal):
    refusal(Question(TASKS["counting.bound"], session).answer, "q")


def test_the_prompt_and_the_solution_follow_the_case(session_in, tmp_path):
    (tmp_path / "case.toml").write_text("[counting.ratio]\nhosts = 854000\n")
    asked = Question(TASKS["counting.guests"], session_in(tmp_path))
    assert "854,000 Korean Chinese" in asked.plain()
    assert "= 351" in asked.plain()
    assert asked.answer("351").startswith("Right. 351 guests for every 1,000 hosts")


def test_a_prediction_shows_no_solution_in_what_is_stored(session):
    asked = Prediction(TASKS["counting.ceiling"], session)
    for stored in (asked.html(), asked.plain()):
        assert "0.627" not in stored
        assert "solution" not in stored


def test_a_task_whose_model_cannot_run_is_refused_when_it_is_asked(session_in, tmp_path, refusal):
    task = find_task("counting.gauge").model_copy(
        update={"answer": TASKS["counting.gauge"].answer.model_copy(update={"set": {"share": 7}})}
    )
    refusal(Question, task, session_in(tmp_path))


def test_what_was_read_is_said_before_what_it_comes_to(session, press):
    asked = Question(find_task("counting.gauge"), session)
    asked._entry.value = "1.94%"
    press(asked, "check")
    assert asked.feedback.startswith("Right. Read as 1.94 per cent a year. ")
    asked._entry.value = "1,94"
    press(asked, "check")
    assert "did you mean 1.94 or 194?" in asked.feedback


def test_a_worked_example_is_folded_once_its_task_is_solved(session, session_in, words_on):
    task = find_task("counting.guests")
    asked = Question(task, session)
    stored = asked.html()
    asked.answer("5")
    assert "<b>Worked example.</b>" in words_on(asked)
    asked.answer("200")
    folded = '<details class="tumen-fold"><summary>Worked example</summary>'
    assert folded in words_on(asked)
    assert folded in words_on(Question(task, session_in(session.folder)))
    assert asked.html() == stored

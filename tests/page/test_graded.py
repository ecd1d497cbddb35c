"""A course's copy: what counts is recorded without a word on it, what is locked stays, what is hidden is not offered."""

import pytest

from suh2002 import counting
from tumen.page.explore import Explore
from tumen.page.notes import write_notes
from tumen.page.progress import Progress
from tumen.page.questions import COUNTS, Argument, Question
from tumen.page.session import Session
from tumen.page.show import stills
from tumen.tasks import find_task

TASKS = """
[[task]]
key = "law.ceiling"
kind = "number"
prompt = "How many fit?"
unit = "people"
points = 4
graded = true

[[task]]
key = "law.bound"
kind = "choice"
prompt = "Which?"
options = { a = "this", b = "that" }
points = 1
graded = true

[[task]]
key = "law.reason"
kind = "text"
prompt = "Why?"
points = 2
graded = true
"""

CASE = """
title = "The course"

[counting.ceiling]
hosts = { control = "locked" }
household = { value = 3.5, control = "locked" }
hosting_share = { value = 0.3, control = "hidden" }
"""


@pytest.fixture
def session(tmp_path):
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks/law.toml").write_text(TASKS, encoding="utf-8")
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    (tmp_path / "student.toml").write_text('course = "x"\n', encoding="utf-8")
    return Session(tmp_path)


@pytest.mark.parametrize(
    ("key", "kind", "value", "kept"),
    [
        ("law.ceiling", Question, "171,756", 171756.0),
        ("law.bound", Question, "b", "b"),
        ("law.reason", Argument, "So.", "So."),
    ],
)
def test_a_graded_answer_is_recorded_and_nothing_is_told(key, kind, value, kept, session):
    card = kind(find_task(key, session.folder), session)
    assert card.answer(value) == COUNTS
    assert (session.answers.get(key)["value"], session.answers.get(key)["state"]) == (kept, "recorded")
    again = kind(find_task(key, session.folder), session)
    assert again.feedback == "Your answer from before is back."
    words = again.html() + again.plain()
    assert "counts: " in words
    for word in ("hint", "solution", "disagree"):
        assert word not in words


def test_a_slip_in_a_graded_answer_is_still_told(session):
    card = Question(find_task("law.ceiling", session.folder), session)
    assert "is no number" in card.answer("many")
    assert session.answers.get("law.ceiling") is None


def test_progress_and_notes_of_a_copy_are_of_its_own_tasks(session, words_on):
    from tumen.tasks import task_themes

    assert task_themes(session.folder) == ("law",)
    Question(find_task("law.bound", session.folder), session).answer("b")
    assert "<b>recorded</b>: bound (counts in your course)" in words_on(Progress(["law"], session))
    page = write_notes(session).path.read_text(encoding="utf-8")
    assert "(b) that" in page and "Recorded on" in page


def test_what_a_course_locks_is_shown_and_stays(session, refusal, words_on):
    app = Explore(counting.ceiling, session)
    locked = app.controls["household"]
    assert locked.slider.disabled and locked.box.disabled and locked.back.disabled
    assert not app.controls["guests"].slider.disabled
    assert "set by your course" in words_on(locked.widget)
    spoken = {c["key"]: c["name"] for c in app.chart.controls}
    assert spoken["household"].endswith("set by your course")
    sentence = refusal(app.set, household=3)
    assert "set by your course" in sentence
    assert app.settings["household"] == 3.5
    app.set(guests=1.5, household=3.5)  # as it stands is no move
    app.reset()
    assert app.settings["household"] == 3.5


def test_a_loaded_setting_leaves_what_is_locked(session):
    from tumen.core.code import encode
    from tumen.page.saved import case_of

    code = encode(case_of(counting.ceiling, {**counting.ceiling.start, "hosts": 900_000.0, "guests": 1.9}))
    app = Explore(counting.ceiling, session)
    app.save_bar.load_code(code)
    assert app.settings["guests"] == 1.9
    assert app.settings["hosts"] == counting.ceiling.start["hosts"]
    assert "Not set" in app.save_bar.said and "could host" in app.save_bar.said


def test_what_a_course_hides_is_not_offered_and_stays_in_the_assumptions(session, refusal):
    app = Explore(counting.ceiling, session)
    assert "hosting_share" not in app.controls
    assert app.settings["hosting_share"] == 0.3
    assert "no control here" in refusal(app.set, hosting_share=0.4)
    label = counting.ceiling.quantity("hosting_share").label
    assert label not in app.plain().split("\n  ", 1)[0]
    table = stills(counting.ceiling, session)[-1]
    assert label in table._repr_html_() and "0.3" in table._repr_html_()
    named = Explore(counting.ceiling, session, only=("hosting_share", "guests"))
    assert list(named.controls) == ["guests"]


def test_with_every_control_hidden_the_app_still_draws(session):
    hidden = "\n".join(f'{q.key} = {{ control = "hidden" }}' for q in counting.ceiling.quantities if q.kind != "fixed")
    (session.folder / "case.toml").write_text(f"[counting.ceiling]\n{hidden}\n", encoding="utf-8")
    app = Explore(counting.ceiling, Session(session.folder))
    assert app.controls == {} and app.chart is not None
    assert app.settings == counting.ceiling.start

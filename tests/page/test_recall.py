"""Two questions from earlier chapters, as a reader meets them."""

import pytest

import tumen
from tumen.page.recall import Recall
from tumen.page.session import Session
from tumen.tasks import find_task
from tumen.tasks.recalled import PREFIX


@pytest.fixture
def session(tmp_path):
    return Session(tmp_path)


def test_two_questions_are_asked_and_a_first_answer_stays(session):
    asked = Recall("crisis", session)
    first, second = asked.questions
    assert first.task.key.startswith(PREFIX)
    assert first.task.key.split(".")[1] != second.task.key.split(".")[1]
    once = find_task(first.task.key.removeprefix(PREFIX))
    session.record(once, once.correct or 1.0, "right")
    wrong = next(iter(once.options), "0")
    first.answer(wrong)
    assert session.answers.get(once.key)["state"] == "right"
    assert session.answers.get(first.task.key) is not None


def test_run_again_they_stay_and_the_next_time_they_are_others(session):
    asked = Recall("crisis", session)
    for q in asked.questions:
        q.answer(next(iter(q.task.options), "1"))
    keys = [q.task.key for q in asked.questions]
    assert [q.task.key for q in Recall("crisis", session).questions] == keys
    assert not {q.task.key for q in Recall("crisis", Session(session.folder)).questions} & set(keys)


def test_a_saved_page_does_not_hang_on_what_a_reader_did(session):
    before = (Recall("crisis", session).plain(), Recall("crisis", session).html())
    for q in Recall("crisis", session).questions:
        q.answer(next(iter(q.task.options), "1"))
    again = Recall("crisis", Session(session.folder))
    assert (again.plain(), again.html()) == before
    assert "recall." not in again.html()


def test_an_unknown_chapter_is_answered_with_the_nearest(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert "the nearest is 'counting'" in repr(tumen.recall("countin"))

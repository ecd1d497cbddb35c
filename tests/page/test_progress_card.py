"""The list of a chapter's tasks follows the answers as they come."""

import re

from tumen.page.progress import STATES, Progress, called
from tumen.page.questions import Prediction, Question
from tumen.tasks import find_task, read_tasks


def test_it_follows_the_answers(session, words_on):
    card = Progress(("counting",), session)
    assert f"0 of {len(card.tasks)} answered" in words_on(card)
    assert f"<b>open</b>: {'; '.join(map(called, card.tasks))}</p>" in words_on(card)
    asked = Question(find_task("counting.guests"), session)
    for given, state in (("5", "wrong"), ("190", "close"), ("200", "right")):
        asked.answer(given)
        assert f"<b>{STATES[state]}</b>: guests (small)</p>" in words_on(card)
        assert f"1 of {len(card.tasks)} answered" in words_on(card)
    Prediction(find_task("counting.ceiling"), session).skip()
    assert "<b>skipped</b>: ceiling (prediction)</p>" in words_on(card)
    assert f"1 of {len(card.tasks)} answered" in words_on(card)


def test_every_task_of_the_theme_is_listed_and_what_is_stored_holds_no_state(session):
    before = Progress(("counting",), session).plain()
    Question(find_task("counting.guests"), session).answer("200")
    card = Progress(("counting",), session)
    assert card.plain() == before
    assert f"{len(card.tasks)} questions" in before
    for task in card.tasks:
        assert (task.name or task.key.partition(".")[2].replace("_", " ")) in before


def test_a_task_is_listed_by_words_a_reader_knows(session):
    listed = Progress(("alternatives", "choice", "crisis", "dialogue", "hindsight"), session).plain()
    assert "what knowing is worth (small)" in listed and "East Germany (medium)" in listed
    assert not re.search(
        r"\b(evpi|vstar|minimax|china|seoul|shenyang|xinjiang|germany)\b|\w\d{4}", listed.partition("\n")[2]
    )


def test_the_tasks_of_several_chapters_are_not_called_one_chapters(session):
    assert "in this chapter" in Progress(("counting",), session).plain()
    assert "in 2 chapters" in Progress(("counting", "start"), session).plain()


def test_of_several_chapters_each_has_one_line_in_their_order_and_its_tasks_on_a_tap(session, words_on):
    card = Progress(("flows", "counting", "start"), session)
    lines = re.findall("<details.*?</details>", words_on(card), re.DOTALL)
    assert [re.search("<b>(.*?)</b>: 0 of", line)[1] for line in lines] == ["Start", "Counting", "Flows"]
    Question(find_task("counting.guests"), session).answer("200")
    assert re.search("<summary><b>Counting</b>: 1 of .*guests", words_on(card), re.DOTALL)
    assert "<summary><b>Flows</b>: 0 of" in words_on(card)


def test_tasks_beside_the_notebook_come_first(session, tmp_path):
    (tmp_path / "tasks").mkdir()
    text = '[[task]]\nkey = "counting.own"\nkind = "text"\nprompt = "Why?"\n'
    (tmp_path / "tasks" / "counting.toml").write_text(text)
    assert [t.key for t in Progress(("counting",), session).tasks] == ["counting.own"]
    assert list(read_tasks(tmp_path / "tasks" / "counting.toml")) == ["counting.own"]


def test_a_state_nobody_knows_counts_as_recorded(session_in, tmp_path):
    (tmp_path / "answers.json").write_text('{"answers": {"counting.guests": {"value": 1, "state": 7}}}')
    card = Progress(("counting",), session_in(tmp_path))
    assert card.state(find_task("counting.guests")) == "recorded"

"""What is typed into a field is kept, said beside it, found again, and can be taken back; with and without an event loop."""

import asyncio

import pytest

from tumen.core.files import shipped
from tumen.page.hand_in import hand_in
from tumen.page.kept import Kept, mark
from tumen.page.questions import TYPED, Argument, Prediction, Question
from tumen.page.verdicts import Verdicts
from tumen.tasks import read_tasks

TASKS = read_tasks(shipped("workbooks", "tasks", "counting.toml"))
OF = {"counting.mind": Argument, "counting.guests": Question, "counting.bound": Question, "counting.taste": Prediction}
TYPE = {"counting.mind": "half a thought", "counting.guests": "20", "counting.bound": "c", "counting.taste": "0.3"}


def asked(key, session):
    return OF[key](TASKS[key], session)


@pytest.fixture(params=OF)
def key(request):
    return request.param


def test_what_is_typed_and_not_recorded_is_there_again(session_in, tmp_path, key):
    card = asked(key, session_in(tmp_path))
    card._entry.value = TYPE[key]
    assert card.kept.line.value == "<span>kept · not yet recorded</span>"
    again = asked(key, session_in(tmp_path))
    assert again._entry.value == TYPE[key]
    assert again.feedback == TYPED
    assert again.kept.words() == "kept · not yet recorded"
    assert again.session.answers.entries == {}


def test_a_prediction_typed_and_not_recorded_opens_nothing(session):
    card = asked("counting.taste", session)
    card._entry.value = "0.3"
    assert not session.predicted
    assert session.owed(card.task.model) == bool(card.task.model)


def test_recording_turns_the_words_over(session, key):
    card = asked(key, session)
    assert card.kept.words() == ""
    card._entry.value = TYPE[key]
    card._pressed()
    assert card.kept.words() == "recorded"
    assert session.answers.drafts == {}


def test_two_fields_of_one_task_know_what_stands(session):
    one, two = asked("counting.mind", session), asked("counting.mind", session)
    one._entry.value = "from the first"
    assert session.answers.text("counting.mind") == "from the first"
    two._entry.value = "from the second"
    assert one.kept.field._dom_classes[-1].startswith("tumen-key:")  # its text is not the one that is kept
    assert two.kept.field._dom_classes[-2] == f"tumen-mark-{mark('from the second')}"


def test_what_was_replaced_can_be_opened_and_taken_back(session, press):
    card = asked("counting.mind", session)
    assert card.kept.children[0] is card._entry and card.kept.line is None
    card.answer("The first text, <b>as it was</b>.")
    card.answer("Another one altogether.")
    press(card, "earlier texts")
    shown = card.kept._earlier.children[0].children[0].value
    assert "&lt;b&gt;as it was&lt;/b&gt;" in shown
    press(card, "take this text back")
    assert card._entry.value == "The first text, <b>as it was</b>."
    assert card.kept.words() == "kept · not yet recorded"
    press(card, "earlier texts")
    assert "Another one altogether." in card.kept._earlier.children[0].children[0].value


def test_a_folder_that_cannot_be_written_is_said_at_the_field_until_it_can(session, monkeypatch):
    card = asked("counting.mind", session)
    with monkeypatch.context() as m:
        m.setattr("tumen.tasks.answers.write_atomic", lambda *a: (_ for _ in ()).throw(PermissionError(13, "refused")))
        card._entry.value = "words"
        assert card.kept.words().startswith("could not be kept: answers.json could not be written here (refused)")
    session.keep_all()
    card.kept.settle()
    assert card.kept.words() == "kept · not yet recorded"
    assert (session.folder / "answers.json").exists()


def test_on_a_page_a_text_is_kept_after_a_rest_and_a_new_card_finds_it_before(session):
    async def typing():
        card = asked("counting.mind", session)
        for text in ("w", "wo", "words"):
            card._entry.value = text
        assert session.answers.drafts == {}
        assert card.kept.resting
        again = asked("counting.mind", session)  # as Run All makes it, within the second
        assert again._entry.value == "words"
        assert not card.kept.resting

    asyncio.run(typing())


def test_on_a_page_a_refused_write_is_made_beside_it(session, monkeypatch):
    monkeypatch.setattr("tumen.page.session.AGAIN", (0.01,))
    real, left = __import__("os").replace, [30]

    def replace(*args, **kwargs):
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(13, "refused")
        return real(*args, **kwargs)

    monkeypatch.setattr("os.replace", replace)

    async def typing():
        card = asked("counting.mind", session)
        card._entry.value = "words"
        card.kept.keep()
        assert "refused" in card.kept.words()
        for _ in range(1000):
            if not session.answers.waiting:
                break
            await asyncio.sleep(0.02)
        assert card.kept.words() == "kept · not yet recorded"

    asyncio.run(typing())
    assert (session.folder / "answers.json").exists()


def test_a_draft_of_an_option_that_is_none_any_more_is_passed_over(session_in, tmp_path):
    session = session_in(tmp_path)
    session.answers.draft("counting.bound", "z")
    card = asked("counting.bound", session)
    assert card._entry.value is None


def test_the_digest_is_the_one_the_page_computes():
    assert [mark(t) for t in ("", "a", "북한 😀")] == ["811c9dc5", "e40c292c", mark("북한 😀")]


def test_a_verdict_carries_its_key_and_how_it_stands(session):
    card = Verdicts(session)
    field = card._list.children[0].children[0]
    assert isinstance(field, Kept) and field.words() == ""
    field.field.value = "asserted without evidence"
    assert field.words() == "recorded"
    assert any(c.startswith("tumen-mark-") for c in field.field._dom_classes)


def test_in_a_courses_copy_a_field_says_whether_it_was_handed_in(session):
    (session.folder / "student.toml").write_text('course = "korea"\nstudent = "ann"\n', encoding="utf-8")
    card = asked("counting.mind", session)
    card._entry.value = "words"
    assert card.kept.words() == "kept · not yet handed in"
    said = repr(hand_in(session))
    assert "not recorded: mind" in said
    assert card.kept.words() == "handed in"
    card.answer("words")
    assert card.kept.words() == "handed in"
    card.answer("other words")
    assert card.kept.words() == "recorded · not yet handed in"

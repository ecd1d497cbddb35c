"""Predict first: the controls wait for a prediction, and open when it is recorded or skipped."""

import json

import pytest

from tumen.brief import model, models
from tumen.page.ahead import ELSEWHERE
from tumen.page.closed import Closed
from tumen.page.explore import Explore
from tumen.page.questions import Prediction
from tumen.tasks import find_task, predictions_of

TASK = find_task("counting.ceiling")
MODEL = model("counting.ceiling")


def entries(session):
    return json.loads((session.folder / "answers.json").read_text(encoding="utf-8"))["answers"]


def test_without_a_prediction_the_controls_are_there(session):
    app = Explore(MODEL, session)
    assert app.chart is not None
    assert set(app.controls) == {"limit", "hosts", "household", "hosting_share", "guests", "dependent_share"}
    for name, control in app.controls.items():
        assert control.value == MODEL.start[name]


def test_while_a_prediction_is_owed_no_control_is_offered(session, words_on):
    Prediction(TASK, session)
    app = Explore(MODEL, session)
    assert session.owed("counting.ceiling")
    assert (app.chart, app.controls) == (None, {})
    assert ELSEWHERE in words_on(app)
    assert "300,000" not in words_on(app)
    assert not hasattr(app, "tabs")


def test_only_the_model_that_was_asked_about_waits(session):
    Prediction(TASK, session)
    for key in models():
        assert session.owed(key) is (key == "counting.ceiling")
    assert Explore(model("counting.quiet"), session).chart is not None


def test_recording_opens_them(session, press):
    asked, app = Prediction(TASK, session), Explore(MODEL, session)
    asked._entry.value = "0.5"
    press(asked, "record my prediction")
    assert asked.feedback.startswith("Recorded; the controls below are open. You predicted 0.5.")
    assert "0.627" in asked.feedback
    assert app.chart is not None
    assert not session.owed("counting.ceiling")
    assert (app.chart.guess["at"], app.chart.guess["open"], app.chart.guess["words"]) == (0.5, False, "you: 0.5")
    assert entries(session)["counting.ceiling"]["value"] == 0.5
    assert entries(session)["counting.ceiling"]["state"] == "recorded"
    app.set(hosts=1_400_000)
    assert app.result["hosts"] == 1_400_000


def test_skipping_opens_them_and_says_so(session, press):
    asked, app = Prediction(TASK, session), Explore(MODEL, session)
    press(asked, "skip")
    assert asked.feedback.startswith("Skipped")
    assert app.chart is not None
    assert entries(session)["counting.ceiling"]["state"] == "skipped"


def test_their_own_button_opens_them_and_counts_as_skipping(session, session_in, press):
    Prediction(TASK, session)
    app = Explore(MODEL, session)
    press(app, "open without predicting")
    assert app.chart is not None
    assert app.chart.frame["message"] == ""
    assert not session.owed("counting.ceiling")
    assert entries(session)["counting.ceiling"]["state"] == "skipped"
    later = session_in(session.folder)
    Prediction(TASK, later)
    assert Explore(MODEL, later).chart is not None


@pytest.mark.parametrize("text", ["", "many", "nan", "1,5"])
def test_what_is_no_number_is_no_prediction(session, press, text):
    asked, app = Prediction(TASK, session), Explore(MODEL, session)
    asked._entry.value = text
    press(asked, "record my prediction")
    assert "number" in asked.feedback or "decimal point" in asked.feedback
    assert app.chart is None
    assert session.answers.get(TASK.key) is None


def test_a_choice_must_be_made_before_it_is_recorded(session, press):
    asked = Prediction(find_task("counting.present"), session)
    app = Explore(model("counting.stock"), session)
    press(asked, "record my prediction")
    assert asked.feedback == "Choose an answer first."
    assert app.chart is None
    asked._entry.value = "c"
    press(asked, "record my prediction")
    assert "You predicted (c). The model gives about 99,000 present." in asked.feedback
    assert app.chart is not None


def test_a_prediction_is_never_marked(session):
    for key, values in (
        ("counting.ceiling", ("0", "12", "1e6")),
        ("counting.ratio", ("0", "12", "1e6")),
        ("counting.taste", ("0", "0.4", "1")),
    ):
        asked = Prediction(find_task(key), session)
        for value in values:
            said = asked.answer(value)
            assert said.startswith("Recorded")
            assert session.answers.get(key)["state"] == "recorded"


def test_an_app_that_stood_before_its_prediction_stays_open(session):
    app = Explore(MODEL, session)
    Prediction(TASK, session)
    assert app.chart is not None
    assert Explore(MODEL, session).chart is None


def card(session, key="counting.ceiling", only=()):
    return Explore(model(key), session, only, session.before(key))


def test_a_card_asks_what_comes_before_it_and_shows_nothing_of_the_answer(session, words_on):
    app = card(session)
    (guess,) = app.ahead.guesses
    assert (app.chart, app.controls) == (None, {})
    assert guess.task.key == TASK.key
    assert "0.627" not in words_on(app) + app.html() + app.plain() + str(app.ahead.chart.frame)
    assert "starting case" not in str(app.ahead.chart.frame)


def test_a_guess_is_put_on_the_picture_by_hand_or_typed_and_stays_as_a_mark(session, press):
    app = card(session)
    (guess,), ahead = app.ahead.guesses, app.ahead.chart
    assert (ahead.guess["axis"], ahead.guess["open"], ahead.guess["at"]) == ("x", True, None)
    ahead.placed = 0.5  # what the page sends when a hand has put it there
    assert guess._entry.value == "0.5"
    assert ahead.guess["words"] == "you: 0.5"
    guess._entry.value = "0.8"
    assert ahead.guess["at"] == 0.8
    press(app, "record my guess")
    assert guess.feedback.startswith("You: 0.8; the model: 0.627.")
    assert app.chart.guess == {**ahead.guess, "open": False}
    assert entries(session)[TASK.key]["value"] == 0.8


def test_a_guess_at_a_share_ends_at_all_where_its_axis_goes_on(session):
    assert card(session, "choice.switch").ahead.chart.guess["ends"] == [0, 1]
    assert card(session).ahead.chart.guess["ends"] is None  # people: as far as the axis goes


def test_skipping_within_the_card_is_one_press_and_leaves_no_mark(session, press):
    app = card(session)
    press(app, "open without predicting")
    assert app.chart.guess == {}
    assert entries(session)[TASK.key]["state"] == "skipped"


def test_a_guess_of_before_stands_on_the_picture_and_is_not_asked_again(session, session_in, press):
    app = card(session)
    app.ahead.guesses[0].answer("0.4")
    later = card(session_in(session.folder))
    assert later.chart.guess["words"] == "you: 0.4"
    assert later.ahead.guesses[0].feedback.startswith("You: 0.4; the model: 0.627.")


def test_a_guess_by_choice_is_said_in_the_words_of_its_option(session, press):
    app = card(session, "counting.stock")
    assert app.ahead.chart is None
    app.ahead.guesses[0].answer("c")
    assert app.ahead.guesses[0].feedback.startswith("You: about 20,000. ")
    assert app.chart is not None


def test_the_second_card_of_a_model_waits_and_does_not_ask_again(session, words_on):
    first, second = card(session), card(session, only=("hosts",))
    assert [len(c.ahead.guesses) for c in (first, second)] == [1, 0]
    assert ELSEWHERE in words_on(second)
    first.ahead.guesses[0].answer("1")
    assert second.chart is not None


def test_a_card_that_has_its_guess_and_waits_for_another_says_so_and_can_be_opened(session, words_on, press):
    other = find_task("counting.taste").model_copy(update={"model": "", "hides": ("counting.ceiling",)})
    Prediction(other, session)
    app = card(session)
    press(app.ahead.guesses[0], "open without predicting")
    assert app.chart is None
    assert ELSEWHERE in words_on(app)
    app.children[-1].click()
    assert app.chart is not None
    assert entries(session)["counting.taste"]["state"] == "skipped"


def test_a_picture_that_would_answer_waits_wherever_it_stands(session, words_on):
    from tumen.brief import exhibits

    asked = predictions_of("dialogue.recognition")
    assert [t.key for t in asked] == ["dialogue.members"]
    shown = Closed(exhibits()["dialogue.recognition"], session, asked)
    stored = shown.html()
    assert "13 of 15" not in words_on(shown) + stored + shown.plain()
    Prediction(asked[0], session).answer("c")
    assert "13 of 15" in words_on(shown)
    assert shown.html() == stored


def test_two_predictions_must_both_be_made(session):
    second = find_task("counting.taste").model_copy(update={"model": "counting.ceiling"})
    first, other = Prediction(TASK, session), Prediction(second, session)
    app = Explore(MODEL, session)
    first.answer("1")
    assert app.chart is None
    other.answer("0.5")
    assert app.chart is not None


def test_a_prediction_made_before_is_back_and_nothing_waits(session, session_in):
    Prediction(TASK, session).answer("0.4")
    later = session_in(session.folder)
    asked = Prediction(TASK, later)
    assert asked.feedback.startswith("From before: You predicted 0.4.")
    assert asked._entry.value == "0.4"
    assert not later.owed("counting.ceiling")
    assert Explore(MODEL, later).chart is not None


def test_skipping_does_not_throw_a_recorded_prediction_away(session, press):
    asked = Prediction(TASK, session)
    asked.answer("0.4")
    press(asked, "skip")
    assert "recorded already" in asked.feedback
    assert entries(session)["counting.ceiling"]["value"] == 0.4
    assert entries(session)["counting.ceiling"]["state"] == "recorded"


def test_one_who_skipped_can_still_predict(session, press):
    asked = Prediction(TASK, session)
    press(asked, "skip")
    asked.answer("0.4")
    assert entries(session)["counting.ceiling"]["state"] == "recorded"


def test_a_folder_that_cannot_be_written_does_not_keep_the_controls_closed(session, press, monkeypatch):
    def refuse(path, text, patience=0.0):
        raise OSError(30, "Read-only file system")

    asked, app = Prediction(TASK, session), Explore(MODEL, session)
    monkeypatch.setattr("tumen.tasks.answers.write_atomic", refuse)
    asked._entry.value = "0.5"
    press(asked, "record my prediction")
    assert "answers.json could not be written here (Read-only file system)" in asked.feedback
    assert app.chart is not None
    Prediction(find_task("counting.present"), session)
    other = Explore(model("counting.stock"), session)
    press(other, "open without predicting")
    assert "could not be written" in other.chart.frame["message"]

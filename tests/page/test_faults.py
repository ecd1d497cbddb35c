"""A fault reaches the reader as one sentence and a test as the exception; never silence, never half a change."""

from dataclasses import replace

import pytest

import tumen
from tumen.brief import model, models
from tumen.brief import picture as picture_of
from tumen.core import Problem, store
from tumen.page.explore import Explore
from tumen.page.guard import STRICT, guarded, sentence

OURS = "Something went wrong inside the workbook (ZeroDivisionError)."


def boom(*args, **kwargs):
    raise ZeroDivisionError("the secret of the fault")


@pytest.fixture(params=[True, False], ids=["strict", "not strict"])
def strict(request, monkeypatch):
    monkeypatch.setenv(STRICT, "1") if request.param else monkeypatch.delenv(STRICT)
    return request.param


def provoke(strict, move):
    """Make a move that meets a fault: it is raised only under TUMEN_STRICT."""
    if strict:
        with pytest.raises(ZeroDivisionError, match="the secret"):
            move()
    else:
        move()


def test_a_fault_of_ours_is_told_and_raised_only_under_strict(strict):
    said = []
    run = guarded(said.append)(boom)
    provoke(strict, run)
    assert len(said) == 1
    assert said[0].startswith(OURS)
    assert "secret" not in said[0]


def test_a_readers_slip_is_told_and_never_raised(strict):
    said = []

    @guarded(said.append)
    def slip():
        """What it does."""
        raise Problem("hosts needs a number above 0.")

    assert slip() is None
    assert said == ["Hosts needs a number above 0."]
    assert slip.__doc__ == "What it does."


def test_what_goes_well_is_returned_and_nothing_said():
    said = []
    assert guarded(said.append)(lambda x: x + 1)(2) == 3
    assert said == []


def test_the_sentence_of_a_fault_names_its_kind_and_what_to_do():
    words = sentence(KeyError("x"))
    assert "(KeyError)" in words
    assert "run the cell again" in words
    assert "Traceback" not in words


BROKEN = {
    "rows": lambda app: setattr(app, "picture", replace(app.picture, rows=boom)),
    "words": lambda app: setattr(app, "picture", replace(app.picture, words=boom)),
    "verdict": lambda app: setattr(app, "model", replace(app.model, verdict=boom)),
    "model": lambda app: setattr(app, "model", replace(app.model, check=boom)),
}


@pytest.mark.parametrize("part", BROKEN)
@pytest.mark.parametrize("key", ["counting.ceiling", "counting.stock"])
def test_a_fault_while_a_control_moves_leaves_everything_as_it_was(open_apps, app_of, strict, key, part):
    app = app_of(key)
    name, control = next(iter(app.controls.items()))
    control.slider.value = control.q.high
    kept, was, result = app.chart.frame, dict(app.settings), app.result
    whole = app.picture, app.model
    BROKEN[part](app)
    try:
        provoke(strict, lambda: setattr(control.slider, "value", control.q.low))
        assert app.chart.frame["message"].startswith(OURS)
        assert "Your last setting is kept" in app.chart.frame["message"]
        assert {**app.chart.frame, "message": ""} == kept
        assert app.settings == was
        assert app.result is result
        assert control.value == was[name]
        assert control.slider.value == control.q.high
        provoke(strict, lambda: setattr(control.box, "value", "1"))
        assert app.settings == was
    finally:
        app.picture, app.model = whole
    control.back.click()
    assert app.chart.frame["message"] == ""
    assert app.settings == app.model.start


def test_a_fault_while_a_tab_is_filled_is_told(app_of, turn_to, strict):
    app = app_of("counting.ceiling")
    whole = app.picture
    app.picture = replace(app.picture, words=boom)
    try:
        provoke(strict, lambda: turn_to(app, "table"))
    finally:
        app.picture = whole
    assert app.chart.frame["message"].startswith(OURS)


def test_a_fault_in_a_button_is_told(app_of, press, strict):
    app = app_of("counting.ceiling")
    whole = app.picture
    app.picture = replace(app.picture, rows=boom)
    try:
        press(app, "reset all")  # ipywidgets itself lets no exception out of a click
    finally:
        app.picture = whole
    assert app.chart.frame["message"].startswith(OURS)


def test_a_picture_that_cannot_be_drawn_leaves_a_sentence_in_its_place(session, words_on, strict, monkeypatch):
    broken = replace(picture_of("counting.ceiling"), draw=boom, make=None, told=None)
    monkeypatch.setattr("tumen.brief.Brief.picture", lambda brief, key: broken)
    opened = []
    provoke(strict, lambda: opened.append(Explore(model("counting.ceiling"), session)))
    if not strict:
        assert opened[0].chart is None
        assert OURS in words_on(opened[0])
        assert 'role="alert"' in words_on(opened[0])
        assert "How many people could the hosts carry?" in words_on(opened[0])


def test_a_verb_that_meets_a_fault_says_so_in_its_cell(strict, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    broken = replace(picture_of("counting.ceiling"), rows=boom, make=None)
    monkeypatch.setattr("tumen.brief.Brief.picture", lambda brief, key: broken)
    told = []
    provoke(strict, lambda: told.append(tumen.show("counting.pool")))
    if not strict:
        assert repr(told[0]).startswith(OURS)


def test_a_picture_fails_before_it_is_displayed_not_while(monkeypatch, tmp_path):
    """IPython prints a traceback for what fails while it is displayed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(STRICT)
    monkeypatch.setenv(store.PLACE, str(tmp_path / "store"))  # a picture that was kept need not be drawn
    monkeypatch.setattr("vl_convert.vegalite_to_png", boom)
    assert repr(tumen.show("counting.pool")).startswith(OURS)


def test_no_model_starts_in_trouble(app_of):
    for key in models():
        assert app_of(key).chart.frame["message"] == ""

"""The seven verbs as a notebook calls them: each puts one thing on the page, or one sentence."""

import pytest

import tumen
from suh2002 import counting
from tumen.page.explore import Explore
from tumen.page.questions import Argument, Prediction, Question
from tumen.page.reading import Reading
from tumen.page.show import Note, Still
from tumen.page.verbs import Told
from tumen.page.widgets import Card


@pytest.fixture(autouse=True)
def in_an_empty_folder(monkeypatch, tmp_path, engine):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tumen.page.chart_widget.Engine", lambda: engine)


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (lambda: tumen.read("S2P3"), Reading),
        (lambda: tumen.predict("counting.ratio"), Prediction),
        (lambda: tumen.explore(counting.quiet), Explore),
        (lambda: tumen.explore("counting.quiet"), Explore),
        (lambda: tumen.explore(counting.quiet, only="prior"), Explore),
        (lambda: tumen.ask("counting.guests"), Question),
        (lambda: tumen.argue("counting.ethics"), Argument),
        (lambda: tumen.progress("counting"), Card),
        (lambda: tumen.progress(), Card),
    ],
)
def test_a_verb_gives_its_card(call, kind):
    assert isinstance(call(), kind)


def test_only_can_name_one_control_or_several():
    assert set(tumen.explore(counting.recapture, only="both").controls) == {"both"}
    assert set(tumen.explore(counting.recapture, only=["first", "both"]).controls) == {"first", "both"}


@pytest.mark.parametrize("thing", ["counting.pool", counting.estimates])
def test_show_displays_a_still_and_a_note(monkeypatch, thing):
    displayed = []
    monkeypatch.setattr("IPython.display.display", displayed.append)
    assert tumen.show(thing) is None
    assert [type(x) for x in displayed] == [Still, Note]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: tumen.read("S2P33"), "The report has no paragraph 'S2P33'; the nearest is 'S2P3'"),
        (lambda: tumen.read(23), "The report has no paragraph 23"),
        (
            lambda: tumen.show("counting.cieling"),
            "There is no model or exhibit 'counting.cieling'; the nearest is 'counting.ceiling'",
        ),
        (lambda: tumen.show(counting), "There is no model or exhibit"),
        (lambda: tumen.show(["counting.ceiling"]), "There is no model or exhibit"),
        (lambda: tumen.show("counting.estimate"), "the nearest is 'counting.estimates'"),
        (lambda: tumen.explore("counting.estimates"), "counting.estimates is evidence, not a model"),
        (lambda: tumen.explore(counting.ceiling, only=["host"]), "the nearest is 'hosts'"),
        (lambda: tumen.explore(counting.ceiling, only="host"), "the nearest is 'hosts'"),
        (
            lambda: tumen.predict("counting.guests"),
            "counting.guests is a task, not a prediction; use ask('counting.guests')",
        ),
        (lambda: tumen.predict("counting.ratoi"), "the nearest is 'counting.ratio'"),
        (
            lambda: tumen.ask("counting.ratio"),
            "counting.ratio is a prediction, not a task; use predict('counting.ratio')",
        ),
        (lambda: tumen.ask("countin.guests"), "There is no task 'countin.guests'"),
        (lambda: tumen.argue("counting.guests"), "counting.guests has a checked answer; use ask('counting.guests')"),
        (lambda: tumen.progress("count"), "No tasks are kept for 'count'"),
        (lambda: tumen.read(), "Read cannot be called like this: missing a required argument: 'ref'"),
        (lambda: tumen.explore(counting.ceiling, onyl=["hosts"]), "Explore cannot be called like this"),
    ],
)
def test_a_slip_is_answered_in_one_sentence(call, said):
    told = call()
    assert isinstance(told, Told)
    assert said in repr(told)
    assert "\n" not in repr(told)
    assert repr(told).endswith(".")


def test_a_broken_task_file_is_told_where_a_task_is_asked(tmp_path):
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "counting.toml").write_text(
        '[[task]]\nkey = "counting.guests"\nkind = "numbr"\nprompt = "?"\n'
    )
    for call in (lambda: tumen.ask("counting.guests"), lambda: tumen.progress("counting")):
        assert "counting.toml, task counting.guests: kind" in repr(call())


def test_the_package_offers_the_verbs_and_nothing_it_does_not_have():
    assert set(tumen.VERBS) <= set(dir(tumen))
    for verb in tumen.VERBS:
        assert getattr(tumen, verb).__doc__
    with pytest.raises(AttributeError, match="tumen has no verb or name 'shwo'; the verbs are argue, "):
        tumen.shwo  # noqa: B018

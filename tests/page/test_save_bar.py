"""Save, load and copy code, as a hand does it."""

import pytest
from moves import MODELS

from tumen.core import Case, Override
from tumen.core.code import decode, encode
from tumen.page.explore import Explore

CEILING = MODELS["counting.ceiling"]
MOVED = {"hosting_share": 0.45, "guests": 2.4}


@pytest.fixture
def app(session):
    return Explore(CEILING, session)


def field(app, label):
    """The text field or list of that label in the open form."""
    return next(w for w in app.save_bar.children[-1].children if getattr(w, "description", "") == label)


def test_a_setting_is_saved_and_loaded_by_hand(app, press):
    app.set(**MOVED)
    press(app, "save")
    field(app, "name for this setting").value = "full houses"
    press(app, "save under this name")
    assert app.save_bar.said == "Saved as “full houses” in cases/full-houses.toml; compare shows it."
    press(app, "reset all")
    assert app.settings == CEILING.start
    press(app, "load")
    assert [name for name, _ in field(app, "saved case").options] == ["full houses"]
    press(app, "load this case")
    assert app.settings == {**CEILING.start, **MOVED}
    assert app.save_bar.said == "Loaded “full houses”."
    assert app.chart.frame["message"] == ""


def test_a_case_saved_while_compare_is_open_appears_there(app):
    compare = app.tabs.turn_to("compare")
    assert "No case of this model is saved yet" in compare.said.value
    app.set(**MOVED)
    app.save_bar.save("full houses")
    assert compare.found.names == ("starting case", "your setting", "full houses")
    assert "No case" not in compare.said.value
    assert "full houses" in compare.board.table.value
    app.reset()
    assert "turns S2P3-d (holds only in “starting case” and “your setting”)" in compare.board.chart.frame["verdict"]
    assert "does not hold" in compare.board.table.value


def test_what_cannot_be_read_is_told_in_compare_and_in_no_way_of_the_rest(app):
    app.set(**MOVED)
    app.save_bar.save("good")
    (app.session.saved.folder / "bad.toml").write_text("hosts = 3\n")
    app.session.saved.reload()
    compare = app.tabs.turn_to("compare")
    assert "cases/bad.toml" in compare.said.value
    assert "good" in compare.found.names


def test_a_code_brings_a_setting_to_another_readers_app(app, session_in, tmp_path_factory, press):
    app.set(**MOVED)
    press(app, "copy code")
    (box,) = app.save_bar.children[-1].children
    assert decode(box.code, MODELS.values()).apply(CEILING).start == app.settings
    other = Explore(CEILING, session_in(tmp_path_factory.mktemp("other")))
    press(other, "load")
    field(other, "a code").value = f"> {box.code[:30]}\n> {box.code[30:]}\n"
    press(other, "load this code")
    assert other.settings == app.settings
    assert other.save_bar.said == "Loaded the code."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "begin with tumen1-"),
        ("hello", "begin with tumen1-"),
        (encode(Case(overrides={"counting.ceiling": {"guests": Override(2.0)}}))[:-1] + "z", "damaged"),
        (encode(Case(overrides={"counting.stock": {"stay": Override(1.0)}})), "speaks of counting.stock"),
        (encode(Case(title="nothing")), "speaks of no model"),
        (encode(Case(overrides={"counting.ceiling": {"hots": Override(2.0)}})), "the nearest is"),
    ],
)
def test_a_code_that_cannot_be_used_changes_nothing(app, press, text, said):
    app.set(**MOVED)
    before = app.settings
    press(app, "load")
    field(app, "a code").value = text
    press(app, "load this code")
    assert said in app.chart.frame["message"]
    assert app.settings == before


def test_the_starting_case_has_nothing_to_save_or_send(app, press):
    press(app, "save")
    field(app, "name for this setting").value = "mine"
    press(app, "save under this name")
    assert "nothing to save" in app.chart.frame["message"]
    press(app, "copy code")
    assert "nothing to send" in app.chart.frame["message"]
    assert not app.session.saved.folder.exists()


def test_what_a_loaded_case_cannot_set_here_is_said(session):
    app = Explore(CEILING, session, only=("hosts", "guests"))
    case = Case(overrides={CEILING.key: {"guests": Override(2.4, 1.0, 4.0), "household": Override(4.0)}})
    app.save_bar.load_code(encode(case))
    assert app.settings["guests"] == 2.4
    assert app.settings["household"] == CEILING.start["household"]
    assert "no control here: people in a host household" in app.save_bar.said
    assert "Its ranges of guests are not those of this app" in app.save_bar.said


def test_a_case_of_the_folder_is_undone_by_loading_one_that_says_nothing_of_it(session_in, tmp_path):
    (tmp_path / "case.toml").write_text('title = "class"\n[counting.ceiling]\nhousehold = 3.9\n')
    app = Explore(CEILING, session_in(tmp_path))
    assert app.settings["household"] == 3.9
    app.save_bar.load_code(encode(Case(overrides={CEILING.key: {"guests": Override(2.4)}})))
    assert app.settings == {**CEILING.start, "guests": 2.4}
    app.set(household=3.9)
    assert app.save_bar.case().overrides[CEILING.key] == {"household": Override(3.9), "guests": Override(2.4)}


def test_a_case_that_is_gone_is_told(app, press):
    app.set(**MOVED)
    app.save_bar.save("full houses")
    press(app, "load")
    (app.session.saved.folder / "full-houses.toml").unlink()
    app.session.saved.reload()
    press(app, "load this case")
    assert "no saved case 'full houses'" in app.chart.frame["message"]


def test_every_field_and_button_has_a_name(app, press):
    app.set(**MOVED)
    app.save_bar.save("full houses")
    for button in ("save", "load"):
        press(app, button)
        assert all(getattr(w, "description", "") for w in app.save_bar.children[-1].children)

"""A range set with two handles or typed; and a slow model that answers from fewer cases while a hand moves."""

import asyncio

import pytest

from suh2002 import alternatives
from tumen.page.controls import RangeControl, _step, is_range
from tumen.page.explore import Explore

NAMES = ("credibility", "weight_leavers", "rule")


@pytest.fixture
def app(session):
    return Explore(alternatives.robust, session, NAMES)


def test_a_range_has_two_handles_and_opens_on_its_ends(app):
    control = app.controls["credibility"]
    assert isinstance(control, RangeControl)
    assert (control.slider.min, control.slider.max) == (0.1, 0.9)
    assert control.slider.value == (0.1, 0.9)
    assert control.box.value == "0.1 to 0.9"
    assert not is_range(alternatives.robust.quantity("rule"))


def test_the_handles_move_numbers_words_and_picture(app):
    before = app.chart.frame
    app.controls["credibility"].slider.value = (0.7, 0.9)
    assert app.settings["credibility"] == ((0.7, 0.9),)
    assert app.result["best_share"] == alternatives.robust(credibility=((0.7, 0.9),))["best_share"]
    assert app.chart.frame["rows"] != before["rows"]
    assert app.chart.frame["values"]["credibility"] == "0.7|0.9"
    assert app.controls["credibility"].box.value == "0.7 to 0.9"
    app.controls["credibility"].back.click()
    assert app.chart.frame == before


@pytest.mark.parametrize("text", ["0.5 to 0.8", "0.5:0.8", "0.5–0.8", " 0.5 : 0.8 "])
def test_a_range_can_be_typed_in_several_ways(app, text):
    app.controls["credibility"].box.value = text
    assert app.chart.frame["message"] == ""
    assert app.settings["credibility"] == ((0.5, 0.8),)
    assert app.controls["credibility"].slider.value == (0.5, 0.8)
    assert app.controls["credibility"].box.value == "0.5 to 0.8"


@pytest.mark.parametrize("text", ["", "0.8 to 0.5", "about half", "0.5", "0.2 to 0.3, 0.4 to 0.5", "0.5 to 1.5"])
def test_what_is_no_range_is_told_and_the_last_setting_kept(app, text):
    app.controls["credibility"].slider.value = (0.3, 0.6)
    app.controls["credibility"].box.value = text
    assert app.chart.frame["message"].endswith("Your last setting is kept.")
    assert app.settings["credibility"] == ((0.3, 0.6),)
    assert app.controls["credibility"].box.value == "0.3 to 0.6"


def test_a_range_beyond_the_handles_is_kept_as_typed(app):
    app.controls["credibility"].box.value = "0.05 to 0.95"
    assert app.settings["credibility"] == ((0.05, 0.95),)
    assert app.controls["credibility"].slider.value == (0.1, 0.9)


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [(0, 1, 0.01), (0.1, 0.9, 0.01), (0.002, 0.05, 0.0005), (0, 2, 0.02), (-0.3, 0.8, 0.01), (0, 1 / 3, 1 / 180)],
)
def test_handles_stop_at_round_places_and_reach_both_ends(low, high, step):
    assert _step(low, high) == pytest.approx(step)
    assert (high - low) / _step(low, high) == pytest.approx(round((high - low) / _step(low, high)))


def test_handles_that_meet_leave_a_range_of_one_step(app):
    control = app.controls["weight_leavers"]
    control.slider.value = (0.6, 0.6)
    assert app.settings["weight_leavers"] == ((0.6, 0.61),)
    control.slider.value = (1.0, 1.0)
    assert app.settings["weight_leavers"] == ((0.99, 1.0),)
    assert app.chart.frame["message"] == ""


def test_the_page_moving_a_handle_to_its_nearest_step_sets_nothing(app):
    control = app.controls["weight_leavers"]
    control.box.value = "0.2043 to 0.8"
    control.slider.value = (0.2, 0.8)  # as the page sends back what it was sent
    assert app.settings["weight_leavers"] == ((0.2043, 0.8),)


def test_each_unknown_says_beside_its_control_where_the_lead_changes(app):
    assert "on the conditional mix" in app.chart.frame["beside"]["credibility"]
    assert "weight_leavers" not in app.chart.frame["beside"]


def test_while_a_hand_moves_few_cases_are_drawn_and_all_when_it_rests(app):
    async def drag():
        app._rest.seconds = 0.05
        for low in (0.3, 0.5, 0.7):
            app.controls["credibility"].slider.value = (low, 0.9)
            assert app.result["draws"] == 4_096
            assert app.settings["draws"] == 65_536  # what a saved case would keep
            assert app.save_bar.case().overrides["alternatives.robust"].keys() == {"credibility"}
        hurried = app.chart.frame
        for _ in range(6_000):
            await asyncio.sleep(0.05)
            if app.result["draws"] == 65_536:
                break
        return hurried

    hurried = asyncio.run(drag())
    full = alternatives.robust(credibility=((0.7, 0.9),))
    assert app.result["draws"] == 65_536
    assert app.result["best_share"] == full["best_share"]
    assert hurried["rows"] != app.chart.frame["rows"]
    for policy, share in full["best_share"].items():
        few = alternatives.robust(credibility=((0.7, 0.9),), draws=4_096)["best_share"][policy]
        assert few == pytest.approx(share, abs=0.02)


def test_an_open_tab_waits_for_the_hand_to_rest(app):
    tab = app.tabs.turn_to("Is it robust?")
    said = tab.said[0].value

    async def drag():
        app._rest.seconds = app.tabs._rest.seconds = 0.05
        app.controls["credibility"].slider.value = (0.7, 0.9)
        assert tab.said[0].value == said
        for _ in range(6_000):
            await asyncio.sleep(0.05)
            if tab.said[0].value != said:
                break

    asyncio.run(drag())
    assert tab.said[0].value != said

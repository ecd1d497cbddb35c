"""Every control of every model moved, typed into and set back, as a hand would."""

import math
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ipywidgets import HTML
from moves import CONTROLS, MODELS, NUMBERS, alike, between, moves

from tumen.core.words import amount, exact
from tumen.page.controls import Control, head_html, is_range, typed

# Controls that move no mark, no word of the verdict and none of the picture's: what they change stands in the table.
ONLY_IN_THE_TABLE = {("counting.ratio", "household")}


def visible(frame):
    return frame["rows"], frame["alt"], frame["verdict"]


@pytest.mark.parametrize(("key", "name"), CONTROLS)
def test_a_control_opens_on_the_starting_case(app_of, key, name):
    app, q = app_of(key), MODELS[key].quantity(name)
    control = app.controls[name]
    assert control.value == MODELS[key].start[name]
    assert not control.moved
    assert control.box.value == (q.value if q.kind == "choice" else typed(q, q.value))
    assert app.settings[name] == MODELS[key].start[name]
    if q.sampled:
        assert control.slider.value == pytest.approx(q.value, rel=1e-9)
        assert control.slider.min < control.slider.max


def test_the_ends_of_a_track_in_years_are_years():
    quantities = [MODELS[key].quantity(name) for key, name in CONTROLS]
    years = [q for q in quantities if q.sampled and q.unit == "year"]
    assert years
    for q in years:
        told = head_html(q, ends=True)
        assert f'<span class="tumen-end">{q.low:.0f}</span><span class="tumen-end">{q.high:.0f}</span>' in told


@pytest.mark.parametrize(("key", "name"), NUMBERS)
def test_a_slider_moves_numbers_words_and_picture(app_of, key, name):
    app, model = app_of(key), MODELS[key]
    control, start = app.controls[name], app.chart.frame
    seen = []
    for value in moves(key, name):
        before = app.chart.frame
        control.slider.value = value
        assert app.chart.frame["message"] == ""
        assert app.settings[name] == pytest.approx(value, rel=1e-6)
        assert alike(app.result.outputs, model(**{name: app.settings[name]}).outputs)
        assert app.chart.frame["verdict"] == app.verdict()
        assert app.chart.frame["values"][name] == amount(app.settings[name], control.q.unit)
        assert app.chart.frame["values"][name] != before["values"][name]
        assert control.box.value == exact(control.value, control.q.unit)
        seen.append(app.chart.frame)
    if (key, name) not in ONLY_IN_THE_TABLE:
        assert any(visible(frame) != visible(start) for frame in seen)


def test_a_slider_by_ratios_stops_at_whole_people(app_of):
    control = app_of("publicity.entry").controls["people"]
    for place in (0.1, 0.31, 0.57, 0.83):
        control.slider.value = 10 ** (control.slider.min + place * (control.slider.max - control.slider.min))
        assert control.value == int(control.value) and "." not in control.box.value


@pytest.mark.parametrize(("key", "name"), CONTROLS)
def test_a_box_takes_what_is_typed_and_reset_puts_it_back(app_of, key, name):
    app, model = app_of(key), MODELS[key]
    control, start = app.controls[name], app.chart.frame
    for value in moves(key, name):
        control.box.value = value if control.q.kind == "choice" else typed(control.q, value)
        assert app.chart.frame["message"] == ""
        assert alike(app.settings[name], value)
        assert alike(app.result.outputs, model(**{name: value}).outputs)
        assert control.moved
        if control.slider is not None:
            assert control.slider.value == pytest.approx(value[0] if is_range(control.q) else value, rel=1e-9)
    control.back.click()
    assert not control.moved
    assert app.settings == model.start
    assert app.chart.frame == start


@pytest.mark.parametrize("key", MODELS)
def test_reset_puts_one_control_back_and_leaves_the_others(app_of, key):
    app = app_of(key)
    if len(app.controls) < 2:
        return
    one, other = list(app.controls)[:2]
    app.set(**{other: moves(key, other)[0]})
    kept = app.chart.frame
    app.set(**{one: moves(key, one)[0]})
    assert app.controls[one].moved
    app.controls[one].back.click()
    assert not app.controls[one].moved
    assert app.controls[other].moved
    assert app.chart.frame == kept


@pytest.mark.parametrize("key", MODELS)
def test_reset_all_gives_back_the_starting_case(app_of, press, key):
    app, model = app_of(key), MODELS[key]
    start = app.chart.frame
    for name, control in app.controls.items():
        control.put(moves(key, name)[-1])
        assert control.moved
    press(app, "reset all")
    assert app.settings == model.start
    assert app.chart.frame == start
    assert not any(c.moved for c in app.controls.values())


NO_USE = ("", "about ten", "nan", "inf", "1e999", "-1e9", "3,3", "1,50", "0x10", "half", "<b>2</b>")


@pytest.mark.parametrize(("key", "name"), NUMBERS)
def test_what_is_no_use_is_told_and_the_last_setting_kept(app_of, key, name):
    app = app_of(key)
    control = app.controls[name]
    control.slider.value = moves(key, name)[0]
    kept, value, shown = app.chart.frame, control.value, control.box.value
    for text in NO_USE if control.q.domain != "real" else set(NO_USE) - {"-1e9"}:
        control.box.value = text
        message = app.chart.frame["message"]
        assert message.endswith("Your last setting is kept."), text
        assert message[0] == message[0].upper()
        assert "needs" not in message or message.lower().startswith(control.q.label.lower())
        assert {**app.chart.frame, "message": ""} == kept
        assert (control.value, control.box.value, app.settings[name]) == (value, shown, value)
    control.box.value = typed(control.q, control.q.value)
    assert app.chart.frame["message"] == ""
    assert app.settings[name] == control.q.value


@pytest.mark.parametrize(("key", "name"), NUMBERS)
def test_a_number_beyond_the_range_is_used_and_marked(app_of, key, name):
    app = app_of(key)
    control, q = app.controls[name], app.controls[name].q
    taken, (least, most) = 0, q.limits if q.kind == "number" else (-math.inf, math.inf)
    for value, end in ((q.high + 0.5 * (q.high - q.low), q.high), (q.low - 0.25 * (q.high - q.low), q.low)):
        if not least < value < most:  # halfway to what the formula can take
            value = (end + (most if value >= most else least)) / 2
        if value == end:
            continue
        value = float(round(value)) if q.whole else float(f"{value:.6g}")
        control.box.value = typed(q, value)
        if app.chart.frame["message"]:  # beyond what the formula can take, not only beyond the range
            continue
        taken += 1
        assert app.settings[name] == pytest.approx(value)
        assert app.result.beyond_range == (name,)
        beside = app.chart.frame["beside"][name]
        assert f"{exact(control.value, q.unit)} is beyond the range our sources support" in beside
        assert f"({exact(q.low, q.unit)} to {exact(q.high, q.unit)})" in beside
        assert control.box.value == typed(q, control.value)
        assert control.slider.value == pytest.approx(end)
    assert taken or (least, most) == (q.low, q.high) or app.model.check, (
        "a value beyond the range is refused without need"
    )
    app.controls[name].back.click()
    assert "beyond the range our sources" not in app.chart.frame["beside"].get(name, "")


@pytest.mark.parametrize(
    ("typed_text", "value"), [("1400000", 1.4e6), (" 1,400,000 ", 1.4e6), ("1.4e6", 1.4e6), ("1 400 000", 1.4e6)]
)
def test_a_number_can_be_typed_in_several_ways(app_of, typed_text, value):
    app = app_of("counting.ceiling")
    app.controls["hosts"].box.value = typed_text
    assert app.settings["hosts"] == value
    assert app.controls["hosts"].box.value == "1,400,000"


def test_lists_and_ranges_can_be_typed(app_of):
    app = app_of("counting.pool")
    app.controls["points"].box.value = "10000, 40000"
    assert app.settings["points"] == (10_000, 40_000)
    assert app.result["mean"] == 25_000
    app.controls["experts"].box.value = "5000:10000, 50000:100000"
    assert app.settings["experts"] == ((5_000, 10_000), (50_000, 100_000))
    for text, said in (
        ("5000:10000, 7", "item 2"),
        ("9:3", "low below its high"),
        ("", "at least one"),
        ("1:x", "no number"),
    ):
        app.controls["experts"].box.value = text
        assert said in app.chart.frame["message"]
        assert app.chart.frame["message"].startswith("Five speakers' ranges")
        assert len(app.settings["experts"]) == 2
        assert app.controls["experts"].box.value == "5000:10000, 50000:100000"


def test_values_that_make_no_sense_together_are_told_and_undone(app_of):
    app = app_of("counting.recapture")
    app.controls["both"].slider.value = 60
    kept = app.chart.frame
    app.controls["second"].box.value = "50"
    assert app.chart.frame["message"] == "No more names can be on both lists than on either. Your last setting is kept."
    assert app.settings["second"] == 300
    assert app.controls["second"].box.value == "300"
    assert app.chart.frame["rows"] == kept["rows"]
    app.controls["second"].box.value = "70"
    assert app.chart.frame["message"] == ""
    assert app.settings["second"] == 70


@pytest.mark.parametrize("key", [k for k, m in MODELS.items() if any(f.margin for f in m.findings)])
def test_a_move_changes_the_break_evens_of_others_not_its_own(app_of, key):
    app = app_of(key)
    numbers = [n for k, n in NUMBERS if k == key]
    before, others = app.chart.frame["beside"], set()
    for name in numbers:
        app.set(**{name: moves(key, name)[0]})
        after = app.chart.frame["beside"]
        if "flips at" in before.get(name, "") and len(app.flips()[name].others) == 0:
            assert after[name] == before[name]
        others |= {n for n in numbers if n != name and after.get(n) != before.get(n)}
        app.controls[name].back.click()
    assert others or sum("flips at" in words for words in before.values()) < 2  # one alone may hang on nothing else


def test_at_its_break_even_the_finding_turns(app_of):
    app = app_of("counting.ceiling")
    flip = app.flips()["hosting_share"]
    app.set(hosting_share=flip.value * 1.001)
    assert app.result["ceiling"] > 300_000
    assert "S2P3-d does not hold in this setting" in app.chart.frame["verdict"]
    app.set(hosting_share=flip.value * 0.999)
    assert "S2P3-d holds in this setting" in app.chart.frame["verdict"]
    assert "flips at about 0.482 (beyond the range)" in app.chart.frame["beside"]["hosting_share"]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=30) | st.floats().map(str) | st.from_regex(r"[-+0-9.,:eE% ]{1,12}", fullmatch=True))
def test_whatever_is_typed_the_control_holds_a_value_the_formula_takes(app_of, text):
    app = app_of("counting.ceiling")
    control = app.controls["hosting_share"]
    control.box.value = text
    assert control.q.check(control.value) == control.value
    assert app.settings["hosting_share"] == control.value
    assert control.box.value in (exact(control.value), text)
    if control.value != control.q.value:
        assert app.chart.frame["message"] == ""


@pytest.mark.parametrize(("key", "name"), NUMBERS)
def test_a_slider_gives_no_dust_of_floating_point(app_of, key, name):
    app = app_of(key)
    control = app.controls[name]
    low, step = control.slider.min, control.slider.step
    log = control.q.shape == "log-uniform"
    for k in (1, 7, 33, 61):  # as the page computes a handle's place
        control.slider.value = 10 ** (low + k * step) if log else low + k * step
        assert len(control.box.value.replace(",", "").lstrip("-0.").replace(".", "")) <= 7
        assert not control.q.whole or control.value == int(control.value)


def test_settings_from_code_are_all_or_nothing(app_of, refusal):
    app = app_of("counting.ceiling")
    kept = app.chart.frame
    assert "share" in refusal(app.set, hosts=1_400_000, hosting_share=7)
    assert "'hosts'" in refusal(app.set, hots=1_400_000)
    assert "no control here" in refusal(app.set, claimed=5)
    assert app.chart.frame == kept
    assert app.controls["hosts"].value == 1_500_000
    app.set(hosts=1_400_000, hosting_share=between(MODELS["counting.ceiling"].quantity("hosting_share"), 0.5))
    assert app.controls["hosts"].box.value == "1,400,000"


@pytest.mark.parametrize(("key", "name"), CONTROLS)
def test_every_number_that_can_be_typed_has_its_unit_beside_it(key, name):
    """A task may give any of them in its prompt, and its reader types it there."""
    q = MODELS[key].quantity(name)
    if q.kind in ("choice", "table"):  # a choice has words, and a table a line a row
        return
    control = Control(q, lambda: None, lambda _: None)
    head = control.widget.children[0]
    assert isinstance(head, HTML)
    assert q.unit
    assert f'<span class="tumen-unit">{q.unit}</span>' in unescape(head.value)


@pytest.mark.parametrize(("key", "name"), [(k, n) for k, n in CONTROLS if MODELS[k].quantity(n).sampled])
def test_every_number_a_slider_shows_has_room_in_its_box(key, name):
    control = Control(MODELS[key].quantity(name), lambda: None, lambda _: None)
    slider, by_ratio = control.slider, control.q.shape == "log-uniform"
    places = [slider.min + i * slider.step for i in range(int((slider.max - slider.min) / slider.step) + 1)]
    longest = max((typed(control.q, control._rounded(10**at if by_ratio else at)) for at in places), key=len)
    assert int(control.box.layout.width.removesuffix("px")) >= 7.5 * len(longest) + 16, longest

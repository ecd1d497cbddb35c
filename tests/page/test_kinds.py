"""Controls of the kinds counting has no model for: a word to choose, a table, a fixed number, a case beyond a log range."""

import pytest

from tumen.charts.parts import dots
from tumen.charts.picture import Picture
from tumen.core import Finding, Model, Output, Quantity
from tumen.page.explore import Explore

WORDS = Quantity(
    key="setting",
    label="where it happens",
    kind="choice",
    value="embassy",
    choices=("embassy", "border"),
    basis="report",
    source="S1P1-a",
)
ROWS = Quantity(
    key="payoffs",
    label="what each costs",
    kind="table",
    value=((3.0, 0.0), (2.0, 1.0)),
    basis="assumption",
    note="ours",
)
FIXED = Quantity(key="limit", label="the limit", value=5, unit="points", basis="assumption", note="ours")
MODEL = Model(
    key="test.kinds",
    question="Does it fit?",
    quantities=(WORDS, ROWS, FIXED),
    run=lambda setting, payoffs, limit: {"total": sum(map(sum, payoffs)) + (setting == "border"), "best": setting},
    outputs=(Output("total", "the total", "points"), Output("best", "the best", kind="label")),
    findings=(Finding("S1P1-a", "it fits", "tests", lambda out, v: v["limit"] + 2 - out["total"]),),
    leaves_out="Everything else.",
)
PICTURE = Picture(
    title="The total",
    columns=("part", "x"),
    draw=lambda: dots("total", "x:Q", "x:Q") + dots("total", "x:Q", "x:Q"),
    rows=lambda now, start: [["total", now["total"]]],
    words=lambda now, start: f"The total is {now['total']}.",
    caption="Ours.",
)


@pytest.fixture
def app(session, monkeypatch):
    monkeypatch.setattr("tumen.brief.Brief.picture", lambda brief, key: PICTURE)
    return Explore(MODEL, session)


def test_a_word_is_chosen_from_a_list(app):
    control = app.controls["setting"]
    assert control.slider is None
    assert tuple(control.box.options) == ("embassy", "border")
    control.box.value = "border"
    assert app.settings["setting"] == "border"
    assert app.result["total"] == 7
    assert app.chart.frame["verdict"] == "S1P1-a: it fits: holds in this setting."
    assert "setting" not in app.chart.frame["values"]
    control.back.click()
    assert (control.box.value, app.settings["setting"]) == ("embassy", "embassy")


def test_a_table_is_typed_in_rows(app):
    control = app.controls["payoffs"]
    assert control.box.value == "3, 0; 2, 1"
    control.box.value = "10, 0; 2, 1"
    assert app.settings["payoffs"] == ((10, 0), (2, 1))
    assert "does not hold" in app.chart.frame["verdict"]
    for text in ("1, 2; 3", "1, x", ""):
        control.box.value = text
        assert app.chart.frame["message"].startswith("What each costs")
        assert control.box.value == "10, 0; 2, 1"
    control.back.click()
    assert app.settings == app.model.start


def test_a_fixed_number_has_a_control_only_where_it_is_asked_for(app, session):
    assert set(app.controls) == {"setting", "payoffs"}
    asked = Explore(MODEL, session, ("limit",))
    assert set(asked.controls) == {"limit"}
    control = asked.controls["limit"]
    assert control.slider is None
    control.box.value = "3"
    assert asked.result["limit"] == 3
    assert "does not hold" in asked.chart.frame["verdict"]
    assert asked.chart.frame["beside"] == {}


def test_a_case_beyond_a_range_opens_with_the_slider_at_its_end(session_in, tmp_path):
    from tumen.brief import model

    (tmp_path / "case.toml").write_text("[counting.multiplier]\nshare = 0.5\n[counting.ceiling]\nhosts = 854000\n")
    session = session_in(tmp_path)
    share = Explore(model("counting.multiplier"), session).controls["share"]
    assert (share.value, share.box.value) == (0.5, "0.5")
    assert share.slider.value == pytest.approx(0.30)
    hosts = Explore(model("counting.ceiling"), session).controls["hosts"]
    assert (hosts.value, hosts.slider.value, hosts.box.value) == (854_000, 1_300_000, "854,000")


def test_a_value_nobody_chose_follows_what_it_depends_on(session):
    from suh2002 import choice

    app = Explore(choice.table, session)
    assert app.settings["visibility"] == 1
    app.controls["setting"].box.value = "border"
    assert app.settings["visibility"] == app.controls["visibility"].slider.value == 0.05
    app.controls["setting"].box.value = "embassy"
    assert app.settings["visibility"] == 1
    app.controls["visibility"].box.value = "0.3"
    app.controls["setting"].box.value = "border"
    assert app.settings["visibility"] == 0.3
    app.controls["visibility"].back.click()
    assert app.settings["visibility"] == 0.05

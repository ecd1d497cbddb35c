"""A picture that moves on a phone: laid out for its width once the page asks, and as before where the page is wide again."""

import xml.etree.ElementTree as ET

import pytest
import vl_convert

from tumen.brief import models, picture
from tumen.charts.lettering import frame
from tumen.charts.phone import phone_spec
from tumen.charts.picture import tidy

SCREEN = 390
MOST = 400  # units across: at this its letters of 12 are set in 11 pixels
DRAWN = [key for key in models() if picture(key) is not None]


@pytest.mark.parametrize("key", DRAWN)
def test_picture_of_a_model_is_as_wide_as_a_phone(key):
    start = models()[key]()
    drawn = picture(key)
    svg = vl_convert.vegalite_to_svg(phone_spec(drawn, drawn.rows(start, start)))
    left, _, right, _ = frame(ET.fromstring(svg))
    assert right - left <= MOST


def test_page_that_is_narrow_is_given_a_drawing_and_its_rows(app_of):
    app = app_of("choice.table")
    wide = app.chart.frame["rows"]
    assert app.chart.small == {}
    app.chart.narrow = True
    assert app.chart.small["width"] < app.chart.spec["width"] <= 2 * SCREEN
    narrow = app.chart.frame["rows"]
    assert narrow == tidy(app.picture.small(wide)[1]) != wide
    app.set(visibility=0.5)
    moved = app.picture.rows(app.result, app.start)
    assert app.chart.frame["rows"] == tidy(app.picture.small(moved)[1])
    app._trouble("Something went wrong.")
    assert app.chart.frame["rows"] == tidy(app.picture.small(moved)[1])
    assert app.chart.frame["message"] == "Something went wrong."
    app.chart.narrow = False
    assert app.chart.frame["rows"] == tidy(moved)


def test_picture_whose_rows_do_not_follow_from_its_width_keeps_them(app_of):
    app = app_of("counting.ceiling")
    before = app.chart.frame
    app.chart.narrow = True
    assert app.chart.frame == before
    assert app.chart.small["width"] < app.chart.spec["width"]

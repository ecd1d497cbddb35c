"""The sheet of the pages: the house's colours by day, readable ones by night, and one for every colour a picture uses."""

import re

import pytest
from colours import contrast
from reader import WORKBOOKS

from tumen.charts.style import BASIS, INK, PAPER, QUIET, RULE, START

SOURCE = WORKBOOKS.parent / "src" / "tumen"
SHEET = (SOURCE / "site" / "site.css").read_text(encoding="utf-8")
DAY, NIGHT = (
    dict(re.findall(r"--(\w+): (#\w{6})", root)) for root in re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)[:2]
)
AT_NIGHT = dict(re.findall(r'\.drawn \[fill="(#\w{6})"\] \{ fill: ([^;]+);', SHEET))
LINES = dict(re.findall(r'\.drawn \[stroke="(#\w{6})"\] \{ stroke: ([^;]+);', SHEET))
STATUS = ("#2E6B34", "#5B4A9C", "#8A5A00", "#A3234B")
BOXES = ("#FFFFFF", "#F1EFE8")


def by_night(color):
    """A picture's colour as it is shown in the dark."""
    value = AT_NIGHT[color]
    return NIGHT[value[6:-1]] if value.startswith("var(") else value


def test_by_day_the_pages_have_the_colours_of_the_charts():
    house = {"paper": PAPER, "ink": INK, "quiet": QUIET, "rule": RULE, "start": START, **BASIS}
    assert {name: DAY[name] for name in house} == house
    assert set(DAY) == set(NIGHT)


@pytest.mark.parametrize("sheet", [DAY, NIGHT], ids=["day", "night"])
def test_words_and_marks_stand_out_by_day_and_by_night(sheet):
    for name in ("ink", "quiet", "report", "data", "assumption"):
        assert contrast(sheet[name], sheet["paper"]) >= 4.5
    for name in ("start", "edge"):
        assert contrast(sheet[name], sheet["paper"]) >= 3


def test_every_colour_of_every_picture_has_one_for_the_dark():
    files = [*(SOURCE / "charts").glob("*.py"), *(SOURCE / "themes").rglob("charts*.py")]
    used = {c.upper() for f in files for c in re.findall(r"#[0-9A-Fa-f]{6}\b", f.read_text(encoding="utf-8"))}
    assert len(used) > 10
    assert used <= set(AT_NIGHT)
    assert AT_NIGHT == LINES


def test_words_in_pictures_can_be_read_in_the_dark():
    for color in (INK, QUIET, *BASIS.values(), *STATUS):
        for ground in (PAPER, *BOXES):
            assert contrast(by_night(color), by_night(ground)) >= 4.5, (color, ground)
    assert contrast(by_night(START), by_night(PAPER)) >= 3

"""The style sheet and the palette of the charts are one: what is written on the page can be read on its ground."""

import re

import pytest
from colours import contrast

from tumen.charts.style import BASIS, INK, PAPER, QUIET
from tumen.page.chart_widget import HERE

SHEET = (HERE / "chart_widget.css").read_text(encoding="utf-8")
RULES = re.findall(r"([^{}]+)\{([^{}]*)\}", SHEET)


def written():
    """Every text colour of the sheet with the selector that sets it."""
    found = []
    for selector, body in RULES:
        found += [(selector.strip(), c) for c in re.findall(r"(?<![-\w])color:\s*(#[0-9A-Fa-f]{6})", body)]
    return found


def test_the_ground_and_the_ink_are_those_of_the_charts():
    first = RULES[0][1]
    assert f"color: {INK}" in first
    assert f"background: {PAPER}" in first


@pytest.mark.parametrize("basis", BASIS)
def test_a_basis_has_one_colour_on_the_page_and_in_the_pictures(basis):
    assert (f".tumen-{basis}", BASIS[basis]) in [(s.rpartition(" ")[2], c) for s, c in written()]


def test_every_word_on_the_page_can_be_read():
    assert len(written()) > 6
    for selector, color in written():
        assert contrast(color) >= 4.5, selector
    assert {c for _, c in written()} <= {INK, QUIET, *BASIS.values(), "#8A1C1C"}


def test_what_can_be_moved_and_what_has_the_focus_can_be_seen():
    for pattern in (
        r"noUi-handle\s*\{[^}]*border:[^;]*(#\w{6})",
        r"noUi-target\s*\{[^}]*background:\s*(#\w{6})",
        r"outline:[^;]*(#\w{6})",
    ):
        colors = re.findall(pattern, SHEET)
        assert colors
        assert all(contrast(color) >= 3 for color in colors)

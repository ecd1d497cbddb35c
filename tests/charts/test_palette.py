"""Colours: only the house's, with contrast enough to be read, and never alone."""

import re

import pytest
from drawn import PICTURES, layers, spec

from tumen.charts.style import BASIS, INK, PAPER, QUIET, RULE, START

PALETTE = {PAPER, INK, QUIET, RULE, START, *BASIS.values()}
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def luminance(color):
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other=PAPER):
    """The contrast ratio of two colours (WCAG 2.2): 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def every(thing):
    """Every colour written anywhere in a specification, with the names on the way to it."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from ((f"{key}.{path}", color) for path, color in every(value))
    elif isinstance(thing, list):
        for value in thing:
            yield from every(value)
    elif isinstance(thing, str):
        yield from (("", color) for color in HEX.findall(thing))


@pytest.mark.parametrize(
    ("color", "on_white"), [("#0B5FA5", 6.6), ("#00735C", 5.8), ("#B34700", 5.5), ("#767676", 4.5), ("#000000", 21)]
)
def test_contrast_is_computed_as_published(color, on_white):
    assert contrast(color, "#FFFFFF") == pytest.approx(on_white, abs=0.06)


def test_the_palette_can_be_read_on_its_ground():
    for color in PALETTE - {PAPER, RULE}:
        assert contrast(color) >= 3
    for color in (INK, QUIET, *BASIS.values()):
        assert contrast(color) >= 4.5


@pytest.mark.parametrize("key", PICTURES)
def test_only_the_houses_colours_are_used(key):
    used = dict(every(spec(key)))
    assert set(used.values()) <= PALETTE
    assert spec(key)["background"] == PAPER


@pytest.mark.parametrize("key", PICTURES)
def test_every_mark_and_every_word_stands_out_from_the_ground(key):
    marks = [(part, layer["mark"]) for part, layer in layers(key) if layer["mark"].get("opacity") != 0]
    boxes = {mark["fill"] for _, mark in marks if mark["type"] == "rect" and "fill" in mark}
    for part, mark in marks:
        inks = {mark[name] for name in ("color", "fill", "stroke") if name in mark} - {PAPER}
        if mark["type"] == "text" and mark["color"] == PAPER:  # white on a dark box
            assert any(contrast(box) >= 4.5 for box in boxes), part
            continue
        assert inks, part
        assert all(contrast(ink) >= (4.5 if mark["type"] == "text" else 3) for ink in inks - {RULE}), part
        # only a surface, which something else bounds or labels, may let the ground through
        assert mark.get("opacity", 1) == 1 or mark["type"] in ("area", "bar", "rect", "rule"), part
    config = spec(key)["config"]
    for where, name in (
        ("axis", "labelColor"),
        ("axis", "titleColor"),
        ("text", "color"),
        ("title", "color"),
        ("header", "labelColor"),
    ):
        assert contrast(config[where][name]) >= 4.5
    for name in ("domainColor", "tickColor"):
        assert contrast(config["axis"][name]) >= 3


@pytest.mark.parametrize("key", PICTURES)
def test_the_starting_case_is_never_told_by_its_colour_alone(key):
    for part, layer in layers(key):
        mark = layer["mark"]
        if part.startswith("start") and mark["type"] == "line":
            assert mark["strokeDash"]
            assert mark["color"] == START
        if part.startswith("start") and mark["type"] == "point":
            assert mark["fill"] == PAPER


@pytest.mark.parametrize("key", PICTURES)
def test_type_is_large_enough(key):
    for _, layer in layers(key):
        if layer["mark"]["type"] == "text":
            assert layer["mark"]["fontSize"] >= 10
    assert spec(key)["config"]["axis"]["labelFontSize"] >= 12

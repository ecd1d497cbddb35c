"""Colours: only the house's, with contrast enough to be read, and never alone."""

import itertools
import re

import numpy as np
import pytest
from colours import contrast
from drawn import PICTURES, layers, spec

from tumen.charts.style import BASIS, INK, PAPER, QUIET, RULE, START

PALETTE = {PAPER, INK, QUIET, RULE, START, *BASIS.values()}
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


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
        if (
            mark["type"] == "text" and mark["color"] == mark.get("stroke") == PAPER
        ):  # the ground round words drawn on it
            assert any(p == part and m["type"] == "text" and m["color"] != PAPER for p, m in marks), part
            continue
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


# --- as three kinds of colour blindness see them ----------------------------------------------------

# Machado, Oliveira and Fernandes 2009, “A Physiologically-based Model for Simulation of Color Vision Deficiency”, IEEE
# Transactions on Visualization and Computer Graphics 15(6): the matrices of severity 1.0, for linear RGB.
BLIND = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
SRGB = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
CLEAR = 10.0  # CIE 1976 colour difference: about 2.3 is just noticed side by side; marks stand apart and are small
KINDS = pytest.mark.parametrize("kind", ["none", *BLIND])


def lab(color, kind="none"):
    """CIELAB coordinates (D65) of an sRGB colour as a kind of colour blindness sees it."""
    rgb = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    if kind in BLIND:
        linear = np.clip(np.array(BLIND[kind]) @ linear, 0, 1)
    xyz = np.array(SRGB) @ linear / (0.95047, 1.0, 1.08883)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one, other, kind="none"):
    """The colour difference of two colours as a kind of colour blindness sees them."""
    return float(np.linalg.norm(lab(one, kind) - lab(other, kind)))


def test_the_simulation_agrees_with_what_is_known_of_it():
    assert lab("#FFFFFF") == pytest.approx([100, 0, 0], abs=0.02)
    assert lab("#FF0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.05)  # the published coordinates of sRGB red
    for kind in BLIND:
        assert np.sum(BLIND[kind], axis=1) == pytest.approx(1, abs=1e-4)  # greys stay grey
        assert apart("#808080", "#808080", kind) == 0
    # red and green of one lightness are told apart by most eyes and not by those they are named after
    assert apart("#B05A00", "#5F7F00") > 40
    assert apart("#B05A00", "#5F7F00", "deuteranopia") < 15
    assert apart("#0000FF", "#006600", "tritanopia") < apart("#0000FF", "#006600") / 2


@KINDS
def test_the_three_bases_and_the_ink_differ_for_every_eye(kind):
    for one, other in itertools.combinations([*BASIS.values(), INK], 2):
        assert apart(one, other, kind) >= CLEAR, (one, other)
    for color in (*BASIS.values(), INK, START, QUIET):
        assert apart(color, PAPER, kind) >= 40


def look(layer):
    """What a mark looks like but for its colour."""
    mark = layer["mark"]
    hollow = mark.get("fill") == PAPER
    return (
        mark["type"],
        mark.get("shape", "circle"),
        tuple(mark.get("strokeDash", ())),
        hollow,
        mark.get("strokeWidth"),
    )


@KINDS
@pytest.mark.parametrize("key", PICTURES)
def test_marks_that_differ_in_colour_only_differ_for_every_eye(key, kind):
    drawn = {}
    for _, layer in layers(key):
        mark = layer["mark"]
        if mark["type"] != "text" and mark.get("opacity") != 0 and "color" in mark:
            drawn.setdefault(look(layer), set()).add(mark["color"])
    for colors in drawn.values():
        for one, other in itertools.combinations(colors, 2):
            assert apart(one, other, kind) >= CLEAR, (one, other)

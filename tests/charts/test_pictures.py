"""Every picture by its specification: what it declares, what stays fixed, what each layer draws, what it says in words."""

import json
import re

import pytest
from drawn import EXHIBITS, FIXED, MODELS, PICTURES, all_rows, domains, fields_of, layers, outside, settings, spec

from tumen.charts.picture import tidy
from tumen.core.words import number

# What the words under each picture must hold in every setting, in three or in two digits.
SAID = {
    "counting.ratio": ("guests_per_1000_hosts",),
    "counting.ceiling": ("ceiling", "occupancy_needed_100k", "occupancy_needed_300k"),
    "counting.stock": ("entered", "present"),
    "counting.quiet": ("posterior",),
    "counting.pool": ("mean", "geometric_mean", "median", "linear_median", "linear_low", "linear_high", "log_median"),
    "counting.multiplier": ("people",),
    "counting.recapture": ("estimate", "low", "high"),
}


# Where a setting changes which rows or which boxes there are, the starting ones have no place beside them.
NO_PLACE = ("counting.pool", "hindsight.graph")


@pytest.mark.parametrize("key", PICTURES)
def test_the_specification_is_one_of_vega_lite_6_and_says_what_it_shows(key):
    found = spec(key)
    assert found["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    assert found["description"] == PICTURES[key].title
    assert len(found["description"]) > 15, "a title says what is drawn, in more than a word or two"
    assert (found["width"], found["height"]) == PICTURES[key].size
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize("key", PICTURES)
def test_the_caption_says_something_and_exclaims_nothing(key):
    caption = PICTURES[key].caption
    assert len(caption) > 60, "a caption says what each mark means (its `means`), and whose the numbers are (`numbers`)"
    assert caption.endswith(".")
    assert "!" not in caption + PICTURES[key].title


@pytest.mark.parametrize("key", PICTURES)
def test_the_rows_travel_as_one_parameter(key):
    found, rows, columns = spec(key), all_rows(key)[0], PICTURES[key].columns
    assert found["params"] == [{"name": "rows", "value": tidy(rows)}]
    assert found["data"] == {"values": [{}]}
    assert columns[0] == "part"
    made = {step["as"]: step["calculate"] for step in found["transform"] if "calculate" in step}
    assert made == {"r": "rows", **{c: f"datum.r[{i}]" for i, c in enumerate(columns)}}
    assert {"flatten": ["r"]} in found["transform"]
    assert all(0 < len(row) <= len(columns) for row in rows)


@pytest.mark.parametrize("key", list(MODELS)[::4])  # `draw` is given no rows, so a few say it for all
def test_nothing_but_the_rows_changes_from_setting_to_setting(key):
    first = {k: v for k, v in spec(key, 0).items() if k != "params"}
    other = spec(key, len(all_rows(key)) - 1)
    assert {k: v for k, v in other.items() if k != "params"} == first
    assert other["params"] != spec(key, 0)["params"]


@pytest.mark.parametrize("key", PICTURES)
def test_every_axis_of_numbers_has_fixed_ends_and_a_title_or_a_label(key):
    ends = domains(key)
    channels = {
        (channel, layer["encoding"][channel]["type"])
        for _, layer in layers(key)
        for channel in ("x", "y")
        if channel in layer["encoding"]
    }
    for channel, kind in channels:
        if kind == "quantitative":
            low, high = ends[channel]
            assert low < high
            drawn = [layer["encoding"][channel] for _, layer in layers(key) if channel in layer["encoding"]]
            assert any(e.get("title") for e in drawn) or all(e.get("axis", 0) is None for e in drawn)
        else:
            assert (channel, "quantitative") not in channels
    for _, layer in layers(key):
        for channel in ("x", "y"):
            scale = layer["encoding"].get(channel, {}).get("scale", {})
            if scale.get("type") == "log":
                assert scale["domain"][0] > 0
                words = layer["encoding"][channel]["title"] + PICTURES[key].caption
                assert "multipl" in words, "a logarithmic axis is said in words"


@pytest.mark.parametrize("key", PICTURES)
def test_every_layer_draws_something_and_every_row_is_drawn(key):
    alike = [k for k in PICTURES if PICTURES[k].draw is PICTURES[key].draw]
    parts = {row[0] for k in alike for rows in all_rows(k) for row in rows}
    drawn = {part for part, _ in layers(key)} - {FIXED}
    assert None not in drawn
    # a table may have been read to the last row: the mark for what is known from memory then waits for a reader’s own
    # and the words of a bar may be only those that say where it is cut off
    unused = {
        part for part in drawn - parts if not part.endswith("from memory") and part.removesuffix(" label") not in parts
    }
    assert unused == set(), "layers that no row reaches"
    assert parts - drawn == set(), "rows that no layer draws"


@pytest.mark.parametrize("key", PICTURES)
def test_every_field_a_layer_draws_is_there(key):
    for part, layer in layers(key):
        fields = {e["field"] for e in layer["encoding"].values() if isinstance(e, dict) and "field" in e}
        assert fields <= fields_of(key, part, layer)


@pytest.mark.parametrize("key", PICTURES)
def test_the_starting_case_lies_inside_the_axes(key):
    lines = {part for part, layer in layers(key) if layer["mark"]["type"] in ("line", "area")}  # clipped at the edge
    assert [row for row in all_rows(key)[0] if row[0] not in lines and outside(row, key)] == []


@pytest.mark.parametrize("key", PICTURES)
def test_words_in_the_picture_stay_inside_it_in_every_setting(key):
    written = {part for part, layer in layers(key) if layer["mark"]["type"] == "text"}
    for rows in all_rows(key):
        assert [row for row in rows if row[0] in written and outside(row, key)] == []


@pytest.mark.parametrize("key", MODELS)
def test_the_starting_case_is_drawn_behind_every_other_setting_and_only_then(key):
    start, *others = all_rows(key)
    assert not [row for row in start if row[0].startswith("start")]
    for rows in others:
        behind = [row for row in rows if row[0].startswith("start")]
        if key not in NO_PLACE:
            assert behind
        assert len(rows) - len(behind) > 0


@pytest.mark.parametrize("key", MODELS)
def test_the_words_hold_the_numbers_of_the_setting(key):
    start, *others = settings(key)
    say = PICTURES[key].words
    for now in (start, *others):
        words = say(now, start)
        assert words.endswith(".")
        assert re.search(r"\d", words)
        assert not re.search(r"no number|\bnan\b|\binf\b|np\.", words)
        for name in SAID.get(key, ()):
            assert any(number(now[name], digits) in words for digits in (2, 3)), (name, now[name], words)
    assert len({say(now, start) for now in (start, *others)}) > len(others) / 2


@pytest.mark.parametrize("key", SAID)
def test_the_words_hold_the_starting_case_beside_the_setting(key):
    start, *others = settings(key)
    if key == "counting.pool":
        return
    name = SAID[key][0]
    assert "starting case" in PICTURES[key].words(others[0], start)
    assert any(number(start[name], d) in PICTURES[key].words(others[-1], start) for d in (2, 3))


@pytest.mark.parametrize(
    "key", ["counting.ratio", "counting.ceiling", "counting.stock", "counting.multiplier", "counting.recapture"]
)
def test_what_lies_beyond_the_picture_is_said(key):
    """A number too large for the axis is written at its edge with the words for it, not dropped."""
    place = PICTURES[key].columns.index("label")
    points = ("here", "here not", "present", "entered", "estimate")
    met = 0
    for now, rows in zip(settings(key), all_rows(key), strict=True):
        said = any("beyond the picture" in str(row[place : place + 1]) for row in rows)
        met += said
        assert said or not [row for row in rows if row[0] in points and outside(row, key)], now.inputs
    assert met or key in ("counting.ratio", "counting.recapture")


def test_exhibits_and_models_are_all_drawn():
    assert set(PICTURES) == {*MODELS, *EXHIBITS}
    assert all(callable(p.draw) and callable(p.rows) and callable(p.words) for p in PICTURES.values())

"""The pictures of analysis results: what is drawn is what the analysis gave, in the house's form."""

import json
import math
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from drawn import MODELS
from hypothesis import given
from hypothesis import strategies as st

from tumen.analysis import Ensemble, Pairs, compare, estimate, flip_map, flips, reach, sensitivity, tornado
from tumen.analysis.breakevens import Turn
from tumen.charts import breakeven, lanes, matters, sure
from tumen.charts import flip_map as maps
from tumen.charts.cases import compared
from tumen.charts.lanes import Ruler
from tumen.charts.picture import tidy
from tumen.charts.style import BASIS, INK, PAPER, QUIET, RULE, START
from tumen.core import Finding, Model, Output, Quantity

CEILING = MODELS["counting.ceiling"]
MOVED = {"hosting_share": 0.4, "guests": 1.8, "hosts": 1_400_000.0}
SETTINGS = ({}, MOVED, {"hosting_share": 0.05, "guests": 1.0}, {"hosts": 9_000_000.0, "guests": 30.0})


def of_sure(model, at):
    kept = Ensemble(model, 4096)
    return sure.how_sure(model), estimate(kept, at), estimate(kept)


def of_matters(model, at, name="S2P3-d"):
    kept = Pairs(model, 1024)
    found = [(tornado(model, a), sensitivity(kept, a)) for a in (at, {})]
    return matters.what_matters(model, name, reach(model)[name]), *found


def of_flips(model, at):
    return breakeven.where_it_flips(model, "S2P3-d"), flips(model, at=at), flips(model)


def of_map(model, at):
    spots = {
        maps.STARTING: model.start,
        "a case of mine": {**model.start, **MOVED},
        "far": {**model.start, "guests": 99.0},
    }
    found = flip_map(model, "hosting_share", "guests", at=at, spots=spots)
    return maps.flip_map_picture(model, "S2P3-d", "hosting_share", "guests"), found, found


def of_cases(model, at):
    found = compare(model, {"your setting": {**model.start, **at}, "a case of mine": {**model.start, **MOVED}})
    return compared(model, "ceiling", 3, (0.0, 500_000.0)), found, found


KINDS = {"sure": of_sure, "matters": of_matters, "flips": of_flips, "map": of_map, "cases": of_cases}
EVERY = pytest.mark.parametrize("kind", KINDS)


def rows_of(part, rows):
    return [row for row in rows if row[0] == part]


@EVERY
def test_a_picture_is_drawn_in_the_houses_form(kind):
    picture, now, start = KINDS[kind](CEILING, MOVED)
    rows = picture.rows(now, start)
    spec = picture.spec(rows)
    assert (spec["width"], spec["height"]) == picture.size
    assert spec["params"] == [{"name": "rows", "value": tidy(rows)}]
    assert {step["as"] for step in spec["transform"] if "calculate" in step} == {"r", *picture.columns}
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps({**spec, "params": 0})))
    assert colours <= {PAPER, INK, QUIET, RULE, START, *BASIS.values()}
    assert picture.caption.endswith(".") and len(picture.caption) > 80
    assert len(picture.title) > 15
    assert picture.png(rows, scale=1).startswith(b"\x89PNG")


@EVERY
@pytest.mark.parametrize("at", SETTINGS, ids=["start", "moved", "low", "far"])
def test_only_the_rows_change_and_each_is_drawn_by_some_layer(kind, at):
    picture, now, start = KINDS[kind](CEILING, at)
    rows = picture.rows(now, start)
    spec = picture.spec(rows)
    first = KINDS[kind](CEILING, {})
    plain = first[0].spec(first[0].rows(*first[1:]))
    assert {k: v for k, v in spec.items() if k != "params"} == {k: v for k, v in plain.items() if k != "params"}
    drawn = set(re.findall(r"datum\.part === '([^']+)'", json.dumps(spec)))
    assert {row[0] for row in rows} <= drawn
    assert all(len(row) <= len(picture.columns) for row in rows)
    json.dumps(tidy(rows), allow_nan=False)
    assert len(json.dumps(tidy(rows))) < 7_000
    words = picture.words(now, start)
    assert words.endswith(".") and re.search(r"\d", words) and "nan" not in words


@pytest.mark.parametrize("kind", ["sure", "matters", "flips"])
@pytest.mark.parametrize("at", SETTINGS)
def test_every_mark_of_a_lane_lies_in_the_picture(kind, at):
    picture, now, start = KINDS[kind](CEILING, at)
    tall = picture.spec([])["layer"][0]["encoding"]["y"]["scale"]["domain"][0]
    for part, x, y, _, x2 in picture.rows(now, start):
        assert 0 <= x <= 1, part
        assert 0 <= y <= tall
        if x2 is not None:
            assert 0 <= x2 <= (tall if part in ("here", "zero") and kind == "matters" else 1)


# --- how sure ------------------------------------------------------------------------------------


def test_the_share_is_drawn_as_long_as_it_is_and_said():
    picture, now, start = of_sure(CEILING, MOVED)
    (row,) = rows_of("share", picture.rows(now, start))
    assert (row[1], row[4]) == (0, now.share().share)
    (whole,) = rows_of("whole", picture.rows(now, start))
    assert (whole[1], whole[4]) == (0, 1)
    (error,) = rows_of("error", picture.rows(now, start))
    assert error[4] - error[1] == pytest.approx(4 * now.share().error)
    said = [row[3] for row in rows_of("value", picture.rows(now, start))]
    assert said[0].startswith(f"holds in {100 * now.share().share:.1f} of 100 cases (± ")


def test_a_range_keeps_its_scale_and_the_start_stays_behind_it():
    picture, now, start = of_sure(CEILING, MOVED)
    moved, still = picture.rows(now, start), picture.rows(start, start)
    assert not rows_of("start", still)
    ghosts = {row[3] for row in rows_of("start", moved)}
    assert ghosts == {o.key for o in CEILING.outputs}
    for i, spread in enumerate(now.spreads):
        low, high = rows_of("range", moved)[i][1], rows_of("range", moved)[i][4]
        ends = sorted(row[1] for row in rows_of("start", moved) if row[3] == spread.output)
        assert ends == pytest.approx([rows_of("range", still)[i][1], rows_of("range", still)[i][4]])
        assert low < rows_of("middle", moved)[i][1] < high


def test_ranges_far_apart_run_by_ratios_and_say_so():
    model = MODELS["counting.multiplier"]
    picture, now, start = of_sure(model, {})
    (name,) = [row[3] for row in rows_of("name", picture.rows(now, start))]
    assert name.endswith("each step to the right multiplies")
    (middle,) = rows_of("middle", picture.rows(now, start))
    assert 0.3 < middle[1] < 0.7


def test_a_range_too_narrow_to_be_said_is_drawn_narrow():
    picture, now, start = of_sure(CEILING, {})
    narrow = replace(start.spreads[0], low=198.9, middle=199.0, high=199.2, here=199.1)
    found = replace(now, spreads=(narrow,)), replace(start, spreads=(narrow,))
    (bar,) = rows_of("range", picture.rows(*found))
    assert 0 < bar[4] - bar[1] < 0.05


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_no_diamond_stands_on_a_number(share):
    """The reader's setting from below a range to beyond it: where the diamond comes, the number makes room."""
    picture, now, start = of_sure(CEILING, {})
    spread = now.spreads[0]
    width, here = spread.high - spread.low, []
    for part in range(-20, 61):
        at = spread.low + width * (part / 20 - 0.5)
        moved = replace(now, spreads=(replace(spread, here=at, middle=spread.low + share * width),))
        rows = {row[0]: row for row in picture.rows(moved, start)}
        diamond = rows["here"][1] * lanes.WIDTH
        for end, side in (("low", -1), ("high", 1)):
            edge = rows[end][1] * lanes.WIDTH + side * sure.GAP
            other = edge + side * lanes.letters(rows[end][3])
            held = min(edge, other) - 6 < diamond < max(edge, other) + 6
            assert not (held and rows[end][2] == rows["here"][2]), (part, end)
            if rows[end][2] == rows["value"][2]:
                words = lanes.letters(rows["value"][3]) / 2
                assert abs(edge - rows["value"][1] * lanes.WIDTH) >= words, (part, end)
        here.append(rows["here"][1])
    assert len(set(here)) > 5


def many(outputs=3, quantities=3):
    """A model with many outputs and quantities."""
    keys = [f"q{i}" for i in range(quantities)]
    return Model(
        key="test.many",
        question="Many?",
        quantities=tuple(Quantity(key=k, label=f"the {k}", value=1.0 + i, low=0.5, high=30.0, basis="assumption") for i, k in enumerate(keys)),
        run=lambda **q: {f"o{i}": sum(q.values()) * (i + 1) for i in range(outputs)},
        outputs=tuple(Output(f"o{i}", f"output {i}", "people") for i in range(outputs)),
        findings=(Finding("S2P3-d", "so", "tests", lambda out, q: out["o0"] - 12),),
    )  # fmt: skip


def test_a_long_picture_is_cut_and_says_so():
    model = many(outputs=14, quantities=12)
    picture, now, start = of_sure(model, {})
    assert len(rows_of("name", picture.rows(now, start))) == sure.MOST
    assert f"The first {sure.MOST} of 15 results" in picture.caption
    picture, now, start = of_matters(model, {})
    assert len(rows_of("name", picture.rows(now, start))) == matters.MOST
    assert f"The {matters.MOST} that matter most in the starting case, of 12." in picture.caption
    picture, now, start = of_flips(model, {"q0": 9.0})
    drawn = {row[3] for row in rows_of("name", picture.rows(now, start))}
    assert drawn == {t.label for t in start.turns[: breakeven.MOST]}
    assert f"The {breakeven.MOST} that flip it soonest" in picture.caption


# --- what matters ----------------------------------------------------------------------------------


def test_bars_stay_bars_where_the_cases_reach_far_beyond_them():
    kept = Pairs(CEILING, 256)
    found = tornado(CEILING), sensitivity(kept)
    picture = matters.what_matters(CEILING, "S2P3-d", (-1e9, 1e9))
    longest = max(row[4] - row[1] for row in rows_of("swing", picture.rows(found, found)))
    assert longest > 0.09


def test_a_dumbbell_ends_where_the_ends_of_the_range_lead():
    picture, now, start = of_matters(CEILING, MOVED, "ceiling")
    rows = picture.rows(now, start)
    bars = {b.quantity: b for b in now[0].of("ceiling")}
    order = [i.quantity for i in start[1].of("ceiling")]
    assert [row[3] for row in rows_of("name", rows)] == [bars[k].label for k in order]
    assert not rows_of("off left", rows) + rows_of("off right", rows)
    for k, low, high in zip(order, rows_of("low end", rows), rows_of("high end", rows), strict=True):
        assert (low[1] < high[1]) == (bars[k].at_low < bars[k].at_high)
        assert low[2] == high[2]


def test_an_end_beyond_the_picture_is_pointed_at():
    picture, now, start = of_matters(CEILING, {"hosts": 9_000_000.0, "guests": 30.0}, "ceiling")
    rows = picture.rows(now, start)
    inside = rows_of("low end", rows) + rows_of("high end", rows)
    assert rows_of("off right", rows) and not rows_of("off left", rows)
    assert len(inside) + len(rows_of("off right", rows)) == 2 * len(now[0].of("ceiling"))
    assert max(row[1] for row in rows_of("off right", rows)) < matters.SPLIT


def test_the_indices_are_drawn_on_one_scale_from_zero():
    picture, now, start = of_matters(CEILING, MOVED)
    rows = picture.rows(now, start)
    found = {i.quantity: i for i in now[1].of("S2P3-d")}
    for k, first, total in zip(
        [i.quantity for i in start[1].of("S2P3-d")], rows_of("first", rows), rows_of("total", rows), strict=True
    ):
        for row, value in ((first, found[k].first), (total, found[k].total)):
            assert row[1] == matters.PART.left
            assert (row[4] - row[1]) / (1 - matters.PART.left) == pytest.approx(value)
    assert len(rows_of("interval", rows)) == 2 * len(found)


def test_zero_is_marked_only_for_a_finding():
    for name, marked in (("S2P3-d", True), ("ceiling", False)):
        picture, now, start = of_matters(CEILING, {}, name)
        assert bool(rows_of("zero", picture.rows(now, start))) is marked
        assert ("The solid rule is 0" in picture.caption) is marked


# --- where it flips ---------------------------------------------------------------------------------


@pytest.mark.parametrize("at", SETTINGS)
def test_a_range_is_filled_exactly_where_the_finding_holds(at):
    found = flips(CEILING, at=at)
    for turn in found.turns:
        pieces = breakeven.pieces(turn, found.holds_here)
        assert pieces[0][1] == turn.low and pieces[-1][2] == turn.high
        for part, low, high in pieces:
            middle = {**CEILING.start, **at, turn.quantity: (low + high) / 2}
            assert CEILING(**middle).findings[0].holds is (part == "holds")


@given(st.lists(st.floats(0.05, 9.95), min_size=1, max_size=5, unique=True), st.booleans(), st.data())
def test_pieces_of_a_range_with_several_turning_points(points, below, data):
    """The finding changes at every point, beginning with `below` under the first."""
    points = sorted(points)
    value = data.draw(st.sampled_from(points))
    above = below if (points.index(value) + 1) % 2 == 0 else not below
    others = tuple(p for p in points if p != value)
    turn = Turn("q", "q", "", 1.0, 1.0, 8.0, value, 0.0, 1.0 <= value <= 8.0, above, others)
    for part, low, high in breakeven.pieces(turn, None):
        middle = (low + high) / 2
        truth = below if sum(p <= middle for p in points) % 2 == 0 else not below
        assert part == ("holds" if truth else "fails")


def test_a_flip_inside_points_down_and_one_far_out_to_the_edge():
    picture, now, start = of_flips(CEILING, MOVED)
    rows = picture.rows(now, start)
    turns = {t.label: t for t in now.turns}
    lanes_ = {row[3]: row[2] for row in rows_of("name", rows)}
    for part in ("inside", "below", "above"):
        for row in rows_of(part, rows):
            label = next(k for k, y in lanes_.items() if 0 < row[2] - y < 1)
            turn = turns[label]
            if part != "inside":
                assert not turn.inside
                assert (turn.value > turn.high) is (part == "above")
    assert len(rows_of("value", rows)) == len(turns)
    assert sum("beyond the range" in row[3] for row in rows_of("value", rows)) == sum(
        t.value is not None and not t.inside for t in now.turns
    )


# --- the map -----------------------------------------------------------------------------------------


def test_the_lines_lie_where_the_finding_holds_and_nowhere_else():
    _, found, _ = of_map(CEILING, {})
    strips = found.strips()
    for i, y in enumerate(found.ys.tolist()):
        mine = [(low, high) for row, low, high in strips if row == y]
        for j, x in enumerate(found.xs.tolist()):
            assert any(low <= x <= high for low, high in mine) == bool(found.holds[i, j])
    for y, low, high in strips:
        assert found.xs[0] <= low <= high <= found.xs[-1]
        if high < found.xs[-1]:  # an edge inside the map is where the margin is nought
            margin = CEILING(hosting_share=high, guests=y).findings[0].margin
            assert abs(margin) < 1_500


def test_strips_of_a_finding_that_holds_in_two_parts():
    model = Model(
        key="test.two",
        question="?",
        quantities=tuple(Quantity(key=k, label=k, value=0.1, low=-2.0, high=2.0, basis="assumption") for k in "xy"),
        run=lambda x, y: {"out": x * x - 1 + 0 * y},
        outputs=(Output("out", "out"),),
        findings=(Finding("S2P3-d", "so", "tests", lambda out, q: out["out"]),),
    )
    found = flip_map(model, "x", "y", size=81)
    rows = [(low, high) for y, low, high in found.strips() if y == found.ys[0]]
    assert rows == [(-2.0, pytest.approx(-1, abs=0.02)), (pytest.approx(1, abs=0.02), 2.0)]


def test_marks_are_filled_where_it_holds_and_hollow_where_not():
    picture, now, start = of_map(CEILING, {"hosting_share": 0.45, "guests": 2.4})
    marks = {row[5]: row for row in rows_of("mark", picture.rows(now, start))}
    assert marks["circle"][7] == PAPER and marks["circle"][6] == INK
    assert marks["diamond"][7] == marks["diamond"][6] == START
    assert [row[5] for row in rows_of("mark", picture.rows(now, start))][-1] == "circle"
    words = [row[3] for part, *_ in maps.PLACES for row in rows_of(part, picture.rows(now, start))]
    assert {"your setting", "starting case"} <= set(words)
    assert any(w.startswith("far") and w.endswith("beyond the map") for w in words)
    assert any(w == "a case of mine *" for w in words)


def test_labels_do_not_cover_one_another():
    near = {f"case {i}": {**CEILING.start, "guests": 1.3 + i / 100} for i in range(2)}
    high = {f"full houses {i}": {**CEILING.start, "hosting_share": 0.4, "guests": 1.7 + i / 5} for i in range(3)}
    spots = {maps.STARTING: CEILING.start, **near, **high}
    found = flip_map(CEILING, "hosting_share", "guests", spots=spots)
    picture = maps.flip_map_picture(CEILING, "S2P3-d", "hosting_share", "guests")
    boxes = []
    for place in maps.PLACES:
        for row in rows_of(place[0], picture.rows(found, found)):
            qx, qy = CEILING.quantity("hosting_share"), CEILING.quantity("guests")
            boxes.append(maps._box(place, row[3], maps._part(row[1], qx), maps._part(row[2], qy)))
    for row in rows_of("region", picture.rows(found, found)):
        x, y = maps._part(row[1], qx) * maps.SIZE[0], (1 - maps._part(row[2], qy)) * maps.SIZE[1]
        boxes.append((x - 3.2 * len(row[3]), x + 3.2 * len(row[3]), y - 8, y + 7))
    assert len(boxes) == 6 + 2
    assert not any(maps._touch(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_a_map_over_a_logarithmic_range_is_drawn_so_and_says_so():
    model = MODELS["counting.multiplier"]
    judged = Model(**{
        **{f: getattr(model, f) for f in ("key", "question", "quantities", "run", "outputs")},
        "findings": (Finding("S2P3-f", "so", "neighbours", lambda out, q: 100_000 - out["people"]),),
    })  # fmt: skip
    picture = maps.flip_map_picture(judged, "S2P3-f", "arrivals", "share")
    found = flip_map(judged, "arrivals", "share")
    spec = picture.spec(picture.rows(found, found))
    for channel in ("x", "y"):
        assert spec["layer"][0]["encoding"][channel]["scale"]["type"] == "log"
        assert "each step multiplies" in spec["layer"][0]["encoding"][channel]["title"]


# --- compare --------------------------------------------------------------------------------------------


def test_each_case_is_a_mark_at_its_result():
    picture, now, start = of_cases(CEILING, {"guests": 2.0})
    marks = rows_of("mark", picture.rows(now, start))
    values = next(line.values for line in now.part("output") if line.key == "ceiling")
    assert [(row[2], row[1]) for row in marks] == list(zip(now.names, values, strict=True))
    assert [row[5] for row in marks] == ["diamond", "circle", "circle"]
    held = now.part("finding")[0].values
    assert [row[7] != PAPER for row in marks] == list(held)


def test_a_result_beyond_the_axis_is_said():
    picture, now, start = of_cases(CEILING, {"guests": 25.0, "hosts": 9_000_000.0})
    assert any("beyond the picture" in str(row[3]) for row in picture.rows(now, start))


# --- rulers ----------------------------------------------------------------------------------------------


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=6), st.floats(-1e12, 1e12))
def test_a_ruler_keeps_order_and_stays_in_the_picture(values, value):
    ruler = Ruler.over(values)
    assert ruler.first <= ruler.at(value) <= ruler.last
    ordered = sorted([*values, value])
    places = [ruler.at(v) for v in ordered]
    assert places == sorted(places)
    assert ruler.inside(ruler.low) and ruler.inside(ruler.high)
    if not ruler.log:
        assert ruler.at(ruler.low) == pytest.approx(ruler.left)


def test_a_ruler_by_ratios_puts_equal_ratios_at_equal_distances():
    ruler = Ruler.over([1.0, 10_000.0])
    assert ruler.log
    places = [ruler.at(10.0**i) for i in range(5)]
    assert [b - a for a, b in pairwise(places)] == pytest.approx([0.15] * 4)
    assert ruler.at(-3) == ruler.first


def test_words_are_centred_inside_the_picture():
    for words in ("a", "holds in 83.1 of 100 cases (± 0.1)", "x" * 300):
        for x in (0.0, 0.4, 1.0):
            half = min(0.5, len(words) * 3.3 / lanes.WIDTH)
            assert half <= lanes.middle(x, words) <= 1 - half
    assert lanes.middle(0.4, "a") == 0.4
    assert math.isclose(lanes.middle(0.0, "ab"), 2 * 3.3 / lanes.WIDTH)

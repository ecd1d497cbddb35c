import itertools
import re
from collections import Counter

import numpy as np
import pytest
import vl_convert
from ensembles import check_ensemble
from hypothesis import given
from hypothesis import strategies as st

from suh2002 import hindsight
from suh2002.flows.series import aid_kt, arrivals
from suh2002.hindsight import causes, curves
from suh2002.hindsight.charts import PICTURES
from suh2002.hindsight.charts_graph import ACROSS, DOWN, _arrows, _boxes, _scale
from suh2002.hindsight.exhibits import SINCE_WORDS, THEN_WORDS
from suh2002.hindsight.models import distinct, fit_break
from suh2002.hindsight.models_windows import misfits
from tumen.analysis.judgements import agreement
from tumen.charts.picture import tidy
from tumen.evidence.ledger import bearing, claims, kinds
from tumen.evidence.tables import names, table

OURS = hindsight.three_ways.tables
MOVES = {
    "hindsight.break": {"first_year": 1998},
    "hindsight.scan": {"last_year": 2024},
    "hindsight.three_ways": {"first_year": 2002},
    "hindsight.graph": {"network": "held", "policy": "held"},
}


def get(as_of=None):
    return lambda name: table(name, as_of=as_of)


def parts(rows, *names):
    return [r for r in rows if r[0] in names]


def drawn(model, **given):
    return PICTURES[model.key].rows(model(**given), model())


# Every picture


def test_every_model_and_exhibit_has_a_picture():
    assert set(PICTURES) == {m.key for m in hindsight.MODELS} | {
        e.key for e in hindsight.EXHIBITS if e is not hindsight.arrows
    }


@pytest.mark.parametrize("model", hindsight.MODELS, ids=lambda m: m.key)
def test_picture_of_a_model_validates_and_each_layer_draws_some_row(model):
    picture, moved = PICTURES[model.key], model(**MOVES[model.key])
    rows = picture.rows(moved, model())
    spec = picture.spec(rows)
    assert spec["params"][0]["value"] == tidy(rows)
    vl_convert.vegalite_to_vega(spec)
    asked = set(re.findall(r"datum.part === '([^']+)'", str(spec)))
    # those of a layer's own data are the same in every setting
    asked -= {row["part"] for layer in spec["layer"] for row in layer.get("data", {}).get("values", ())}
    both = {r[0] for r in [*rows, *picture.rows(model(), model())]}
    assert both <= asked
    assert asked - both <= {"free", "held", "unseen", "beside"}
    assert all(2 <= len(r) <= len(picture.columns) for r in rows)
    assert picture.caption.endswith(".")
    assert "ssumption" in picture.caption
    assert all(str(x) != "nan" for r in rows for x in r)


@pytest.mark.parametrize("model", hindsight.MODELS, ids=lambda m: m.key)
def test_axes_stand_still_while_a_control_moves(model):
    picture = PICTURES[model.key]
    specs = [picture.spec(picture.rows(r, model())) for r in (model(), model(**MOVES[model.key]))]
    for spec in specs:
        spec["params"] = None
    assert specs[0] == specs[1]


@pytest.mark.parametrize("exhibit", [e for e in hindsight.EXHIBITS if e is not hindsight.arrows], ids=lambda e: e.key)
def test_picture_of_an_exhibit_validates_and_its_words_hold_its_numbers(exhibit):
    picture, rows = PICTURES[exhibit.key], exhibit.rows(get(exhibit.as_of))
    spec = picture.spec(picture.rows(rows))
    asked = set(re.findall(r"datum.part === '([^']+)'", str(spec)))
    assert {r[0] for r in picture.rows(rows)} == asked
    said = picture.words(rows)
    for row in rows:
        assert str(row.get("total")) in said.replace(",", "")
    assert all(c in row for row in rows for c in exhibit.columns)


# The break


def test_break_draws_what_was_counted_inside_the_window_and_outside():
    rows = drawn(hindsight.break_)
    inside, outside = parts(rows, "in"), parts(rows, "out")
    assert [r[1] for r in inside] == list(range(2002, 2020))
    assert [r[1] for r in outside] == [*range(1998, 2002), *range(2020, 2026)]
    assert [r[2] for r in inside] == arrivals(OURS, 2002, 2019).tolist()


def test_fitted_line_breaks_where_the_break_is():
    for move in ({}, {"first_year": 1998, "break_year": 2008}):
        result = hindsight.break_(**move)
        people, at = dict(zip(*curves.fitted(result), strict=True)), result["break_year"]
        before, after = (
            [r for r in parts(drawn(hindsight.break_, **move), "fitted") if r[3] == side]
            for side in ("before", "after")
        )
        assert [r[1] for r in before] == [result["first_year"], at - 1]
        assert [r[1] for r in after] == [at, 2019]
        assert all(r[2] == people[r[1]] for r in (*before, *after))
        carried = dict(zip(*curves.fan(result)[int(result["first_year"])], strict=True))
        assert after[0][2] == pytest.approx(result["level_ratio"] * carried[at])
        assert before[-1][2] == pytest.approx(carried[at - 1])
        mine = parts(drawn(hindsight.break_, **move), "carried")
        assert [(r[1], r[2]) for r in mine] == [(x, carried[x]) for x in (at - 1, 2019)]


def test_fan_ends_where_each_window_alone_would_end():
    for first, (years, people) in curves.fan(hindsight.break_()).items():
        alone = hindsight.break_(first_year=first)
        level, bend = np.log(alone["level_ratio"]), alone["slope_change"]
        assert people[-1] == pytest.approx(curves.fitted(alone)[1][-1] / np.exp(level + 7 * bend))
        assert (years[0], years[-1]) == (2011, 2019)
    assert list(curves.fan(hindsight.break_())) == [1998, 1999, 2000, 2001, 2002, 2003]
    assert list(curves.fan(hindsight.break_(first_year=1998, break_year=2004))) == [1998, 1999, 2000, 2001, 2002]


def test_labels_of_the_fan_never_meet_and_name_the_readers_own_window():
    spec = PICTURES["hindsight.break"].spec([])
    for move in ({}, {"first_year": 1998}, {"last_year": 2024}, {"break_year": 2006}):
        labels = parts(drawn(hindsight.break_, **move), "fan label", "own label")
        heights = sorted(np.log10([r[2] for r in labels]))
        assert all(b - a >= 0.14 for a, b in itertools.pairwise(heights))
        own = [r[3] for r in labels if r[0] == "own label"]
        assert own == [f"from {move.get('first_year', 2002)}: this window"]
        (at,) = [r[1] for r in labels if r[0] == "own label"]
        low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
        assert (high - at) / (high - low) * spec["width"] > 6 * len(own[0])  # about six pixels a letter


def test_starting_case_is_drawn_only_behind_a_moved_one():
    for model in (hindsight.break_, hindsight.scan, hindsight.three_ways):
        assert not [r for r in drawn(model) if r[0].startswith("start")]
        assert [r for r in drawn(model, **MOVES[model.key]) if r[0].startswith("start")]


@given(st.integers(1998, 2003), st.integers(2006, 2015), st.integers(2017, 2024))
def test_any_window_offered_can_be_drawn(first, at, last):
    now = hindsight.break_(first_year=first, break_year=at, last_year=last)
    rows = PICTURES["hindsight.break"].rows(now, hindsight.break_())
    assert all(np.isfinite(x) for r in rows for x in r[1:3] if x is not None)
    assert f"{now['level_ratio']:.2g}"[:3] in PICTURES["hindsight.break"].words(now, hindsight.break_())


def test_arrivals_fell_in_2012_in_every_window_offered():
    first, last = (x.ravel().astype(float) for x in np.meshgrid(range(1998, 2004), range(2017, 2025)))
    assert np.all(hindsight.break_(first_year=first, last_year=last)["level_ratio"] < 1)


def test_the_columnists_trends():
    result = hindsight.break_(break_year=2008)
    before, after = result["trend_before"], result["trend_before"] + result["slope_change"]
    assert round(100 * np.expm1(before), 1) == 15.6
    assert round(100 * np.expm1(after), 1) == -9.5
    assert result["level_change"] == pytest.approx(100 * (result["level_ratio"] - 1))


# The scan


def test_scan_finds_what_fitting_each_year_finds():
    at, squares, ratio = misfits(OURS, 2002.0, 2019.0)
    assert at.tolist() == list(range(2004, 2018))
    for year, s, level in zip(at, squares[0], ratio[0], strict=True):
        assert s == fit_break(OURS, year, 2002, 2019).squares[0]
        assert level == hindsight.break_(break_year=year)["level_ratio"]
    assert (hindsight.scan()["best_year"], hindsight.scan()["second_year"]) == (2012, 2010)


def test_counts_change_their_mind_with_the_window():
    assert hindsight.scan(first_year=1998)["best_year"] == 2004
    assert hindsight.scan(last_year=2024)["best_year"] == 2011
    assert hindsight.scan(first_year=1998)["runner_up"] == pytest.approx(1.03, abs=0.005)


def test_breaks_a_window_cannot_hold_are_neither_chosen_nor_drawn():
    _, squares, ratio = misfits(OURS, 2003.0, 2017.0)
    assert np.isinf(squares[0][[0, -1]]).all()
    assert np.isnan(ratio[0][[0, -1]]).all()
    rows = drawn(hindsight.scan, first_year=2003, last_year=2017)
    assert [r[1] for r in sorted(parts(rows, "year", "best"), key=lambda r: r[1])] == list(range(2005, 2017))


def test_scan_of_many_windows_is_the_scan_of_each():
    first = np.array([1998.0, 2002.0, 2003.0])
    together = hindsight.scan(first_year=first)
    for i, year in enumerate(first):
        alone = hindsight.scan(first_year=year)
        assert all(together[k][i] == pytest.approx(alone[k]) for k in alone.outputs)


def test_an_ensemble_of_windows_is_its_windows_one_by_one():
    for model in (hindsight.break_, hindsight.scan, hindsight.three_ways):
        check_ensemble(model)


def test_windows_are_fitted_once_each():
    first, last = np.array([1998.0, 2002.0, 1998.0, 2002.0]), 2019.0
    (a, b), where = distinct(first, last)
    assert (a.tolist(), b.tolist()) == ([1998, 2002], [2019, 2019])
    assert where.tolist() == [0, 1, 0, 1]
    assert a[where].tolist() == first.tolist()


def test_windows_without_room_are_refused(refusal):
    assert "needs room on both sides" in refusal(hindsight.scan, first_year=2009)
    assert "needs room on both sides" in refusal(hindsight.scan, last_year=2011)
    assert "from 1998 to 2025 only" in refusal(hindsight.scan, first_year=1990)


def test_lowest_stem_is_the_best_year_and_stands_at_one():
    best = parts(drawn(hindsight.scan), "best")
    assert [(r[1], r[2]) for r in best] == [(2012, pytest.approx(1))]
    assert all(r[2] > 1 for r in parts(drawn(hindsight.scan), "year"))
    tops = [r[3] for r in parts(drawn(hindsight.scan), "ratio label")]
    assert tops[8] == "0.45"


# Aid three ways


windows = st.tuples(st.integers(1998, 2003), st.integers(2010, 2019), st.integers(2005, 2009))


@given(windows)
def test_clouds_have_the_slope_that_is_said(window):
    result = hindsight.three_ways(**dict(zip(("first_year", "last_year", "break_year"), window, strict=True)))
    for way, cloud in curves.three_clouds(result).items():
        assert np.polyfit(cloud["aid"], cloud["arrivals"], 1)[0] == pytest.approx(result[f"{way}_r"], abs=1e-8)
        assert len(cloud["years"]) == window[1] - window[0] + (way != "differences")


def test_levels_are_the_tables_own_numbers():
    cloud = curves.three_clouds(hindsight.three_ways())["levels"]
    x, y = aid_kt(OURS, 2000, 2011), np.log(arrivals(OURS, 2000, 2011))
    assert cloud["years"].tolist() == list(range(2000, 2012))
    assert cloud["aid"] == pytest.approx((x - x.mean()) / x.std())
    assert cloud["arrivals"] == pytest.approx((y - y.mean()) / y.std())


def test_any_sign_can_be_had():
    assert hindsight.three_ways()["levels_r"] < -0.4
    assert hindsight.three_ways(first_year=1998)["levels_r"] > 0
    assert hindsight.three_ways(first_year=1998)["with_break_r"] > 0.5
    assert "fewer arrivals year by year (−0.47)" in hindsight.three_ways.verdict(hindsight.three_ways())


def test_years_without_change_of_aid_are_refused_in_a_sentence(refusal):
    assert "aid does not change" in refusal(hindsight.three_ways, first_year=2010, last_year=2016, break_year=2013)
    assert "two years before it" in refusal(hindsight.three_ways, break_year=2011)


# The graph


def moral_separates(held, cut_aid_arrows):
    """Whether aid and arrivals are apart in the moral graph of their ancestors, held things taken out (Lauritzen 1990).

    With the arrows out of aid cut, what joins them is every way but aid's own.
    """
    arrows = [(a.cause, a.effect) for a in causes.ARROWS if not (cut_aid_arrows and a.cause == "aid")]
    into = {}
    for cause, effect in arrows:
        into.setdefault(effect, set()).add(cause)
    kept, left = {"aid", "arrivals", *held}, ["aid", "arrivals", *held]
    while left:
        for cause in into.get(left.pop(), set()) - kept:
            kept.add(cause)
            left.append(cause)
    joined = {k: set() for k in kept}
    for effect in kept:
        family = into.get(effect, set()) & kept
        for one, other in itertools.combinations([*family, effect], 2):
            joined[one].add(other)
            joined[other].add(one)
    reached, left = {"aid"}, ["aid"]
    while left:
        for step in joined[left.pop()] - reached - set(held):
            reached.add(step)
            left.append(step)
    return "arrivals" not in reached


@pytest.mark.parametrize("size", range(len(causes.HOLDABLE) + 1))
def test_open_ways_agree_with_the_moral_graph(size):
    for held in itertools.combinations(causes.HOLDABLE, size):
        along, beside = causes.open_ways(held)
        assert moral_separates(held, cut_aid_arrows=False) == (not along and not beside), held
        if not set(held) & causes.moved_by("aid"):  # else ways that leave along aid's own arrows open too
            assert moral_separates(held, cut_aid_arrows=True) == (not beside), held


def test_graph_has_no_circle_and_every_box_is_on_an_arrow():
    assert all(key not in causes.moved_by(key) for key in causes.BY_KEY)
    assert {x for a in causes.ARROWS for x in (a.cause, a.effect)} == set(causes.BY_KEY)
    assert len({(a.cause, a.effect) for a in causes.ARROWS}) == len(causes.ARROWS)


def test_arrows_name_claims_and_rows_that_exist():
    ids = {c.id for c in claims()}
    for arrow in causes.ARROWS:
        name, _, row = arrow.source.partition(":")
        assert not arrow.source or arrow.source in ids or table(name).row(row)
        assert arrow.why
    rows = hindsight.arrows.rows(None)
    assert [r["why we draw it"] for r in rows] == [a.why for a in causes.ARROWS]


def test_three_boxes_close_every_other_way_and_no_two_do():
    closing = [
        set(held)
        for size in range(len(causes.HOLDABLE) + 1)
        for held in itertools.combinations(causes.HOLDABLE, size)
        if hindsight.graph(**dict.fromkeys(held, "held"))["shows_effect"] == "yes"
    ]
    assert min(map(len, closing)) == 3
    assert [c for c in closing if len(c) == 3] == [{"harvest", "policy", "leadership"}]


def test_holding_the_network_closes_some_ways_and_opens_more():
    free, network = hindsight.graph(), hindsight.graph(network="held")
    assert (free["open_ways"], network["open_ways"]) == (7, 10)
    opened = set(causes.open_ways(("network",))[1]) - set(causes.open_ways(())[1])
    assert all("earlier" in way for way in opened)


def test_holding_what_lies_on_aids_own_way_hides_its_effect():
    for key in ("food", "crossings"):
        result = hindsight.graph(harvest="held", policy="held", leadership="held", **{key: "held"})
        assert (result["own_ways"], result["shows_effect"]) == (0, "no")
        assert "closed by what is held" in hindsight.graph.verdict(result)


def test_two_held_boxes_leave_three_ways_from_pyongyang():
    result = hindsight.graph(harvest="held", policy="held")
    assert result["open_ways"] == 3
    assert all(way[1] == "leadership" for way in causes.open_ways(("harvest", "policy"))[1])


def test_boxes_do_not_overlap_and_stand_in_the_picture():
    kx, ky = _scale()
    boxes = [(b["x"] * kx, b["x2"] * kx, b["y"] * ky, b["y2"] * ky) for b in _boxes()]
    assert len(boxes) == len(causes.NODES)
    for left, right, top, bottom in boxes:
        assert ACROSS[0] * kx <= left < right <= ACROSS[1] * kx
        assert DOWN[0] * ky <= top < bottom <= DOWN[1] * ky
        assert bottom - top == pytest.approx(22)
    for a, b in itertools.combinations(boxes, 2):
        assert a[1] < b[0] or b[1] < a[0] or a[3] < b[2] or b[3] < a[2]


def test_no_arrow_runs_through_a_box_it_does_not_join():
    boxes = {n.key: b for n, b in zip(causes.NODES, _boxes(), strict=True)}
    for arrow, drawn_as in zip(causes.ARROWS, _arrows(), strict=True):
        share = np.linspace(0, 1, 400)
        x = drawn_as["x"] + share * (drawn_as["x2"] - drawn_as["x"])
        y = drawn_as["y"] + share * (drawn_as["y2"] - drawn_as["y"])
        for key, b in boxes.items():
            inside = (b["x"] < x) & (x < b["x2"]) & (b["y"] < y) & (y < b["y2"])
            assert not inside.any(), f"{arrow.cause} to {arrow.effect} through {key}"


def test_heads_point_the_way_of_their_arrow():
    kx, ky = _scale()
    for a in _arrows():
        turn = np.radians(a["turn"])
        along = np.array([(a["x2"] - a["x"]) * kx, (a["y2"] - a["y"]) * ky])
        assert np.array([np.sin(turn), -np.cos(turn)]) == pytest.approx(along / np.hypot(*along), abs=1e-9)


def states(rows, *names):
    """The arrows, as pairs, in one of these states."""
    return {(causes.ARROWS[k].cause, causes.ARROWS[k].effect) for part, k in rows if part in names}


def test_arrows_are_drawn_by_what_they_carry():
    rows = drawn(hindsight.graph)
    own = {("aid", "food"), ("food", "crossings"), ("crossings", "present"), ("present", "arrivals")}
    assert states(rows, "own") == own
    beside = states(rows, "beside")
    assert {("earlier", "network"), ("leadership", "aid"), ("harvest", "aid"), ("crossings", "present")} <= beside
    assert ("publicity", "enforcement") in states(rows, "idle")
    assert not states(rows, "idle") & (beside | own)
    closed = drawn(hindsight.graph, harvest="held", policy="held", leadership="held")
    assert (states(closed, "own"), states(closed, "beside")) == (own, set())
    assert [causes.NODES[k].key for part, k in closed if part == "held"] == ["harvest", "policy", "leadership"]


def test_dashed_boxes_are_those_without_a_series():
    unseen = {causes.NODES[k].key for part, k in drawn(hindsight.graph) if part == "unseen"}
    assert unseen == {n.key for n in causes.NODES if not n.series}
    assert {n.series for n in causes.NODES if n.series} <= set(names())


def test_words_of_the_graph_list_every_arrow_at_the_start():
    start = hindsight.graph()
    said = PICTURES["hindsight.graph"].words(start, start)
    assert all(f"{causes.BY_KEY[a.cause].name} to {causes.BY_KEY[a.effect].name}" in said for a in causes.ARROWS)
    moved = PICTURES["hindsight.graph"].words(hindsight.graph(network="held"), start)
    assert "open besides: 10 (starting case 7)" in moved
    assert moved.split("The open ones pass")[1].count(";") == 9


# The scorecard


def test_scorecard_counts_the_ledger():
    every = claims()
    for exhibit, words, word in (
        (hindsight.then, THEN_WORDS, lambda c: c.status_at_writing),
        (hindsight.since, SINCE_WORDS, lambda c: bearing(c.status)),
    ):
        counted = Counter((c.kind, word(c)) for c in every)
        heavy = Counter((c.kind, word(c)) for c in every if c.load_bearing)
        rows = exhibit.rows(get())
        assert [r["claims"] for r in rows] == list(kinds())
        assert {(r["claims"], w): c for r in rows for w, (c, _) in r["counts"].items()} == dict(counted)
        assert {(r["claims"], w): h for r in rows for w, (_, h) in r["counts"].items() if h} == dict(heavy)
        assert {w for _, w in counted} <= set(words)
        assert sum(r["total"] for r in rows) == len(every)


def test_one_mark_is_drawn_for_each_claim():
    for exhibit in (hindsight.then, hindsight.since):
        rows = PICTURES[exhibit.key].rows(exhibit.rows(get()))
        assert len(parts(rows, "claim", "weight")) == len(claims()) + 2  # two more explain the marks
        assert len(parts(rows, "weight")) == sum(c.load_bearing for c in claims()) + 1
        places = [tuple(r[1:3]) for r in parts(rows, "claim", "weight")]
        assert len(set(places)) == len(places)


def test_bands_carry_every_claim_from_one_side_to_the_other():
    rows = PICTURES["hindsight.carried"].rows(hindsight.carried.rows(get()))
    bands = parts(rows, "band", "strong", "weak")
    for side in (0, 1):
        edges = sorted((r[2], r[4]) for r in bands if r[1] == side)
        assert sum(b - a for a, b in edges) == len(claims())
        assert all(after[0] >= before[1] - 1e-9 for before, after in itertools.pairwise(edges))
    assert {r[3].split(" to ")[0] for r in parts(rows, "strong")} == {"well supported in May 2002"}


def test_what_came_later_is_left_out_under_an_early_date():
    for exhibit in (hindsight.since, hindsight.carried):
        rows = exhibit.rows(get("2008-01-01"))
        assert rows == []
        assert PICTURES[exhibit.key].rows(rows) == []
        assert "leaves out what came later" in PICTURES[exhibit.key].words(rows)
    assert len(hindsight.then.rows(get("2008-01-01"))) == len(kinds())


def test_the_kappa_of_the_task():
    both = [("a", "a")] * 10 + [("b", "b")] * 2 + [("c", "c")] * 2 + [("a", "b"), ("a", "c")]
    both += [("b", "c"), ("b", "c"), ("c", "b"), ("c", "b")]
    found = agreement(*({i: pair[k] for i, pair in enumerate(both)} for k in (0, 1)))
    assert (found.items, found.items - len(found.apart)) == (20, 14)
    assert found.chance * 20 == pytest.approx(8)
    assert found.kappa == pytest.approx(0.5)


# What was in print


def test_four_counts_were_in_print_and_a_total():
    rows = hindsight.known.rows(get("2002-05-07"))
    assert [(r["id"], r["total"]) for r in rows] == [
        ("A41", 71),
        ("A42", 148),
        ("A56", 312),
        ("A45", 583),
        ("A46", 1_990),
    ]
    assert all(r["verified"] == "seen" for r in rows)
    stems = parts(PICTURES["hindsight.known"].rows(rows), "stem")
    assert {r[1] for r in stems} == {1998, 1999, 2000, 2001}
    assert all(r["public"] <= "2002-05-07" for r in rows)

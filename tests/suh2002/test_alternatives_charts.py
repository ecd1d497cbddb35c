"""The pictures of the alternatives by their rows and words: the order of the rule, panels, map, path, box, bars, lines."""

import json
from html import escape

import pytest

from suh2002 import alternatives
from suh2002.alternatives import charts_box, charts_learning, charts_map, charts_unknowns, curves
from suh2002.alternatives import charts_policies as policies
from suh2002.alternatives import charts_table as table
from suh2002.alternatives import quantities as q
from suh2002.alternatives.models import SAID, in_hundred
from tumen.brief import boards, picture
from tumen.charts.picture import tidy
from tumen.core import Case, Override
from tumen.page.explore import Explore
from tumen.page.session import Session
from tumen.page.show import stills
from tumen.page.tabs import LEADS

START = alternatives.robust()
BELIEVED = {"credibility": ((0.7, 0.9),)}


def parts(drawn, rows, part):
    """The rows of one part, each as a dict by column."""
    return [dict(zip(drawn.columns, row, strict=False)) for row in rows if row[0] == part]


# The four policies


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        ("share best", ("engage", "conditional", "quiet", "pressure")),
        ("mean regret", ("engage", "conditional", "quiet", "pressure")),
        ("max regret", ("quiet", "conditional", "engage", "pressure")),
    ],
)
def test_the_policies_stand_as_the_rule_ranks_them(rule, order):
    rows = policies.POLICIES.rows(alternatives.robust(rule=rule), START)
    names = sorted(parts(policies.POLICIES, rows, "name"), key=lambda r: r["y"])
    assert [r["label"] for r in names] == [f"{i}. {SAID[p]}" for i, p in enumerate(order, 1)]
    assert policies.POLICIES.words(alternatives.robust(rule=rule), START).startswith(
        f"Four policies as the rule “{rule}” ranks them: {SAID[order[0]]}, best in"
    )


def test_only_what_the_rule_reads_is_marked():
    by_share = policies.POLICIES.rows(START, START)
    assert len(parts(policies.POLICIES, by_share, "share chosen")) == 2  # the bar and its number
    assert not parts(policies.POLICIES, by_share, "largest chosen")
    by_regret = policies.POLICIES.rows(alternatives.robust(rule="max regret"), START)
    assert not parts(policies.POLICIES, by_regret, "share chosen")
    assert len(parts(policies.POLICIES, by_regret, "largest chosen")) == 1
    assert [r["label"] for r in parts(policies.POLICIES, by_share, "ruling")] == ["best in so many of 100 cases"]
    assert "largest regret" in parts(policies.POLICIES, by_regret, "ruling")[0]["label"]


def test_bars_and_triangles_stand_at_the_numbers_of_the_model():
    now = alternatives.robust(**BELIEVED)
    rows = policies.POLICIES.rows(now, START)
    bars = [r for r in rows if r[0].startswith("share") and len(r) == 5]
    wide = policies.SHARE.right - policies.SHARE.left
    assert sorted(r[4] / wide for r in bars) == pytest.approx(sorted(now["best_share"].values()))
    said = {r["label"] for r in parts(policies.POLICIES, rows, "largest label")}
    assert said == {f"{v:.2f}" for v in now["max_regret"].values()}
    assert {in_hundred(v) for v in now["best_share"].values()} <= {r[3] for r in rows if r[0].startswith("share")}
    begun = parts(policies.POLICIES, rows, "start")
    assert len(begun) == 2 * len(q.POLICIES)


def test_a_regret_beyond_the_axis_is_said():
    far = alternatives.robust(per_protected=1_000.0, draws=4_096)
    rows = policies.POLICIES.rows(far, START)
    assert any("beyond the picture" in str(row[3]) for row in rows if len(row) > 3)
    assert all(0 <= row[1] <= 1 for row in rows)


# Along each unknown


def test_every_unknown_has_a_panel_and_the_last_place_is_the_key():
    rows = charts_unknowns.ALONG.rows(START)
    names = [r["label"] for r in parts(charts_unknowns.ALONG, rows, "name")]
    assert names[:2] == ["what full aid relieves", "promises believed"]
    assert sorted(names[:-1]) == sorted(charts_unknowns.SHORT.values())
    assert {r["label"] for r in parts(charts_unknowns.ALONG, rows, "key")} == {
        SAID[p].removeprefix("the ") for p in q.POLICIES
    }
    assert set(charts_unknowns.SHORT) == {x.key for x in q.UNCERTAIN}


def test_a_line_of_a_panel_is_the_share_along_it():
    rows = charts_unknowns.ALONG.rows(START)
    left, bottom = charts_unknowns._corner(0)
    drawn = [r["y"] - bottom for r in parts(charts_unknowns.ALONG, rows, "engage") if r["group"] == "0"]
    along = curves.share_along(START, curves.ranked_unknowns(START)[0], charts_unknowns.SLICES)
    assert drawn == pytest.approx(along["engage"])
    (ring,) = [r for r in parts(charts_unknowns.ALONG, rows, "turn") if left <= r["x"] <= left + 1 and r["y"] > bottom]
    assert 0.6 * (ring["x"] - left) == pytest.approx(curves.turns(START, "aid_effect")[0][0])


def test_panels_keep_their_order_and_show_the_start_beside():
    now = alternatives.robust(**BELIEVED)
    beside = charts_unknowns.ALONG_BESIDE
    names = [r["label"] for r in parts(beside, beside.rows(now, START), "name")]
    assert names == [r["label"] for r in parts(beside, beside.rows(START, START), "name")]
    assert len(parts(beside, beside.rows(now, START), "start")) == len(q.UNCERTAIN) * charts_unknowns.SLICES
    assert beside.words(now, START) != beside.words(START, START)


# The map


def test_a_cell_is_shaded_where_engagement_leads_and_lettered_elsewhere():
    rows = charts_map.MAP.rows(START)
    led, other = (parts(charts_map.MAP, rows, part) for part in ("engage", "other"))
    assert len(led) + len(other) == curves.CELLS**2
    shares = curves.share_map(START, "credibility", "aid_effect")
    best = [max(q.POLICIES, key=lambda p, i=i, j=j: shares[p][i, j]) for i in range(10) for j in range(10)]
    assert best.count("engage") == len(led)
    words = [row[3] for row in rows if row[0] in ("deep", "pale")]
    assert sum(w[0] in "CQP" for w in words) == len(other)
    assert all(int(w) >= 75 for w in (row[3] for row in rows if row[0] == "deep"))


def test_nothing_lies_between_dark_and_pale():
    shades = [charts_map._shade(s / 100) for s in range(101)]
    assert not [s for s in shades if 0.35 < s < 0.65]
    assert shades == sorted(shades)
    assert shades[0] > 0 and shades[-1] < 1


def test_a_narrower_range_fills_only_its_part_of_the_map():
    rows = charts_map.MAP.rows(alternatives.robust(credibility=((0.5, 0.7),), draws=16_384))
    edges = [(r[1], r[4]) for r in rows if r[0] in ("engage", "other")]
    assert min(e[0] for e in edges) == pytest.approx(0.5)
    assert max(e[1] for e in edges) == pytest.approx(0.7)


# The box


def test_the_path_begins_with_all_and_the_dot_is_the_box_of_the_result():
    rows = charts_box.BOX.rows(START)
    path = sorted(parts(charts_box.BOX, rows, "path"), key=lambda r: r["label"])
    assert path[0]["x"] == pytest.approx(charts_box.COVERAGE.at(1))
    assert path[0]["y"] == pytest.approx(charts_box.DENSITY.at(START["best_share"]["engage"]))
    (dot,) = parts(charts_box.BOX, rows, "chosen")
    assert (dot["x"], dot["y"]) == (
        charts_box.COVERAGE.at(START["box"]["coverage"]), charts_box.DENSITY.at(START["box"]["density"])
    )  # fmt: skip
    assert len(parts(charts_box.BOX, rows, "inside")) == len(curves.limits(START))
    assert len(parts(charts_box.BOX, rows, "range")) == len(q.UNCERTAIN)


def test_the_box_is_said_in_words():
    said = charts_box.said(START)
    assert said.startswith(
        f"Engagement is best in {in_hundred(START['box']['density'])} of 100 cases of this box: what"
    )
    assert "promises believed at most 0.72" in said
    assert charts_box.conditions(START)[0] == "what full aid relieves at least 0.32"
    assert "anywhere" in charts_box.said(alternatives.robust(box_density=0.3))


def test_where_engagement_is_never_best_there_is_no_box():
    hopeless = tuple((0.0,) * 7 + (9.0 if i == 0 else 0.0, 0.0) for i in range(4))
    never = alternatives.robust(levers=hopeless, draws=4_096, weight_tension=((0.3, 0.4),))
    rows = charts_box.BOX.rows(never)
    assert [r["label"] for r in parts(charts_box.BOX, rows, "chosen label")] == ["engagement is best in no case"]
    assert "no box" in charts_box.said(never)


# The value of knowing


def test_a_bar_is_what_knowing_is_worth_and_nothing_is_said_to_be_nothing():
    rows = charts_learning.LEARNING.rows(START)
    (everything,) = parts(charts_learning.LEARNING, rows, "all")
    assert everything["x2"] == pytest.approx(charts_learning.WORTH.at(START["evpi"]))
    zero = sum(v == 0 for v in START["evppi"].values())
    assert zero > 0
    assert len(parts(charts_learning.LEARNING, rows, "nothing")) == zero
    assert len(parts(charts_learning.LEARNING, rows, "one")) == len(q.UNCERTAIN) - zero
    assert "promises are kept and believed" in charts_learning.reading(START)


# The table typed in


def test_lines_of_the_table_run_from_state_to_state_and_the_rules_are_the_regrets():
    now = alternatives.regret()
    rows = table.TABLE.rows(now, now)
    lines = {(r["label"], r["x"]): r["y"] for part in ("policy", "chosen") for r in parts(table.TABLE, rows, part)}
    assert lines == {("Engage", 0): 0, ("Engage", 1): 3, ("Quiet exits", 0): 1.5, ("Quiet exits", 1): 2}
    assert {r["label"] for r in parts(table.TABLE, rows, "chosen")} == {now["minimax_choice"]}
    said = {r["label"] for r in parts(table.TABLE, rows, "payoff label")}
    assert said == {"Engage: 0", "3", "Quiet exits: 1.5", "2"}
    gaps = sorted(r["x2"] - r["y"] for r in parts(table.TABLE, rows, "regret"))
    assert gaps == sorted(v for row in now["regrets"].values() for v in row if v)
    (worth,) = parts(table.TABLE, rows, "worth")
    assert worth["x2"] - worth["y"] == pytest.approx(now["evpi"])
    assert worth["x"] == now["p"]


def test_a_table_of_other_size_is_drawn_and_what_lies_beyond_is_said():
    start = alternatives.regret()
    wide = alternatives.regret(payoffs=((9.0, -4.0), (1.0, 1.0), (0.0, 3.0), (2.0, 2.0)))
    rows = table.TABLE.rows(wide, start)
    assert len({r["label"] for part in ("policy", "chosen") for r in parts(table.TABLE, rows, part)}) == 4
    said = [r["label"] for r in rows_with_words(rows)]
    assert "row 1: 9, beyond the picture" in said
    assert {"regret", "8, 9, 7"} < set(said)  # the rules are cut off with their payoffs, which say so
    assert not [r for r in rows_with_words(table.TABLE.rows(start, start)) if "beyond" in r["label"]]
    assert "row 3: regret 9 in the first state" in table.TABLE.words(wide, start)


def rows_with_words(rows):
    """The rows of words in the declared picture of the table."""
    return [
        one
        for part in ("payoff", "regret before", "regret behind", "knowing")
        for one in parts(table.TABLE, rows, f"{part} label")
    ]


# Studies and tabs


@pytest.mark.parametrize("study", alternatives.EXHIBITS, ids=lambda s: s.key)
def test_a_study_is_shown_with_its_picture_and_its_table(study, tmp_path):
    still, note = stills(study, Session(tmp_path))
    assert len(note.rows) == (
        4 if study is alternatives.by_regret else 10 if study is alternatives.lead else len(note.rows)
    )
    assert all(all(cell for cell in row) for row in note.rows)
    assert "assumption of ours" in repr(note) or "assumptions of ours" in repr(note)
    drawn = picture(study.key)
    assert repr(still) == drawn.words(study.rows())
    json.dumps(tidy(drawn.rows(study.rows())), allow_nan=False)


def test_the_study_of_regrets_reads_the_other_rule():
    rows = alternatives.by_regret.rows()
    assert rows[0]["policy"] == SAID["quiet"]
    assert rows[0]["result"]["rule"] == "max regret"
    drawn = picture("alternatives.by_regret")
    assert not [row for row in drawn.rows(rows) if row[0] == "start"]


def test_a_study_follows_the_case_in_use(tmp_path):
    case = Case(overrides={"alternatives.robust": {"credibility": Override(((0.7, 0.9),)), "draws": Override(4_096.0)}})
    rows = alternatives.box.under(case).rows()
    assert rows != alternatives.box.rows()
    assert "0.7 to 0.9" in [row["range drawn"] for row in rows]


def test_the_robust_model_answers_whether_it_is_robust_with_its_own_pictures(tmp_path):
    app = Explore(alternatives.robust, Session(tmp_path), ("credibility", "rule"))
    own = boards("alternatives.robust")
    assert tuple(own) == LEADS
    tab = app.tabs.turn_to("Is it robust?")
    folds = [tab.fold(fold.behind) for fold in tab.folds]
    assert [f.own for f in folds] == [o for each in own.values() for o in each]
    before = [f.board.chart.frame for f in folds]
    app.set(credibility=((0.7, 0.9),))
    assert all(f.board.chart.frame != was for f, was in zip(folds, before, strict=True))
    for html, each in zip(tab.said, own.values(), strict=True):
        assert escape((each[0].says or each[0].reading)(app.result)) in html.value
    assert "follow them" in tab.page.children[0].value
    assert boards("alternatives.regret") == {}

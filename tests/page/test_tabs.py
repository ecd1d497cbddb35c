"""The tabs: one declared list, each filled when opened, refreshed while open, and never silent."""

import asyncio
import json
import re

import pytest
from moves import MODELS

from tumen.analysis import AT_REST, MOVING, estimate, flip_map, flips, robust, robustness, sensitivity, tornado
from tumen.core import Problem
from tumen.page import folds, tab, tabs
from tumen.page.debounce import Debounce

ROBUST = "Is it robust?"
TITLES = [ROBUST, "compare", "table", "sources", "what this leaves out"]
SPREAD, ENDS, TURNS, MAP = (kind.behind for kind in (folds.Spread, folds.Ends, folds.BreakEvens, folds.Map))
COUNTING = [key for key in MODELS if key.startswith("counting.")]
MOVED = {"hosting_share": 0.4, "guests": 1.8}


def boards(app):
    """The boards on the open page."""

    def inside(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from inside(child)

    return [w for w in inside(app.tabs.now_open.page) if isinstance(w, tab.Board)]


@pytest.fixture
def ceiling(app_of):
    return app_of("counting.ceiling")


def test_the_tabs_stand_in_their_order(ceiling):
    assert [ceiling.tabs.get_title(i) for i in range(len(ceiling.tabs.children))] == TITLES


def test_only_the_tab_that_is_open_is_ever_filled(session):
    from tumen.page.explore import Explore

    app = Explore(MODELS["counting.ceiling"], session)
    pages = [t.page for t in app.tabs.tabs]
    assert not any(page.children for page in pages)
    app.set(**MOVED)
    assert not any(page.children for page in pages)
    for i, title in enumerate(TITLES):
        app.tabs.turn_to(title)
        assert [bool(page.children) for page in pages] == [j <= i for j in range(len(pages))]


def test_with_the_picture_open_a_move_asks_for_no_analysis(ceiling, monkeypatch):
    for title in TITLES:
        ceiling.tabs.turn_to(title)
    ceiling.tabs.selected_index = None
    for kept in ceiling.tabs.tabs:
        monkeypatch.setattr(kept, "refresh", lambda moving: pytest.fail("an unseen tab was refreshed"))
    ceiling.set(**MOVED)


def test_an_open_tab_follows_and_a_closed_one_catches_up(ceiling):
    table = ceiling.tabs.turn_to("table")
    assert "0.4" not in table.html.value
    ceiling.set(**MOVED)
    assert "<td>0.4</td>" in table.html.value
    ceiling.tabs.turn_to("sources")
    ceiling.set(hosting_share=0.33)
    assert "<td>0.4</td>" in table.html.value
    ceiling.tabs.turn_to("table")
    assert "<td>0.33</td>" in table.html.value


@pytest.mark.parametrize("key", COUNTING)
@pytest.mark.parametrize("title", TITLES[:2])
def test_each_analysis_has_pictures_their_words_readings_and_tables_or_says_why_not(app_of, words_on, key, title):
    app = app_of(key)
    opened = app.tabs.turn_to(title)
    for fold in getattr(opened, "folds", ()):
        fold.turn()
    found = boards(app)
    if not found:
        said = words_on(app.tabs.now_open.page)
        assert re.search(r"<p[^>]*>[A-Z][^<]{40,}\.</p>", said)
        return
    for board in found:
        frame = board.chart.frame
        assert frame["rows"] == json.loads(json.dumps(frame["rows"], allow_nan=False))
        assert len(json.dumps(frame)) < 9_000
        assert len(frame["alt"]) > 40 and re.search(r"\d", frame["alt"])
        assert re.match(r"^([A-Z“].*\.)?$", frame["verdict"])
        assert board.chart.controls == []
        assert board.table.value.count("<tr>") >= 2
        assert '<th scope="col"' in board.table.value
        assert len(board.chart.caption) > 60


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in MODELS if key not in COUNTING])
def test_the_tabs_of_every_other_model_answer_too(app_of, words_on, key):
    app = app_of(key)
    for title in TITLES[:2]:
        opened = app.tabs.turn_to(title)
        assert "<p" in words_on(opened.page)
        for fold in getattr(opened, "folds", ()):
            fold.turn()
            assert fold.board.chart.frame["rows"]


@pytest.mark.parametrize("key", ["counting.pool", "crisis.crowd"])
def test_a_model_that_cannot_be_analysed_says_so_plainly(app_of, words_on, key):
    app = app_of(key)
    app.tabs.turn_to(ROBUST)
    assert "number with a range, so there are no cases to draw and nothing to turn" in words_on(app.tabs.now_open.page)
    assert not app.chart.frame["message"]


# --- is it robust? ------------------------------------------------------------------------------


@pytest.fixture
def robust_tab(ceiling):
    """The tab, open, with every fold closed."""
    opened = ceiling.tabs.turn_to(ROBUST)
    for fold in opened.folds:
        if fold.opened:
            fold.turn()
    return opened


def text(words: str) -> str:
    return re.sub("<[^>]+>", "", words)


def test_three_sentences_and_nothing_drawn_until_it_is_asked_for(session, words_on, monkeypatch):
    from tumen.page.explore import Explore

    asked = []
    monkeypatch.setattr(robust, "robustness", lambda model: asked.append(model) or robustness(model))
    app = Explore(MODELS["counting.ceiling"], session)
    app.set(**MOVED)
    assert not asked
    opened = app.tabs.turn_to(ROBUST)
    assert len(asked) == 1
    said = text(words_on(opened.page))
    for lead, sentence in zip(tabs.LEADS, robustness(app.model).sentences, strict=True):
        assert f"{lead} {sentence}" in said
    assert "speak of the starting case and the ranges declared in it, wherever the controls stand" in said
    assert not boards(app) and [f.button.description for f in opened.folds] == [
        f"show {n}" for n in (SPREAD, ENDS, TURNS, MAP)
    ]


def test_the_sentences_stay_where_they_are_while_a_control_moves(ceiling, robust_tab, words_on, monkeypatch):
    before = words_on(robust_tab.page)
    monkeypatch.setattr(robust, "robustness", lambda _: pytest.fail("drawn anew"))
    ceiling.set(**MOVED)
    assert words_on(robust_tab.page) == before
    ceiling.set(hosts=2_500_000)
    assert words_on(robust_tab.page) == before


def test_a_course_s_case_is_named(session, tmp_path, words_on):
    from tumen.core import Case, Override
    from tumen.page.explore import Explore

    model = Case(title="autumn", overrides={"counting.ceiling": {"hosts": Override(9e5)}}).apply(
        MODELS["counting.ceiling"]
    )
    app = Explore(MODELS["counting.ceiling"], session)
    app.model = model
    said = text(words_on(app.tabs.turn_to(ROBUST).page))
    assert "of the case “autumn” and the ranges declared in it" in said and "in the case “autumn”" in said


def test_a_fold_opens_and_closes_and_keeps_what_was_chosen(ceiling, robust_tab, press):
    press(robust_tab.page, f"show {ENDS}")
    ends = robust_tab.fold(ENDS)
    assert boards(ceiling) == [ends.board]
    ends.of.value = "ceiling"
    press(robust_tab.page, f"hide {ENDS}")
    assert not boards(ceiling)
    press(robust_tab.page, f"show {ENDS}")
    assert boards(ceiling) == [ends.board] and ends.of.value == "ceiling"


def test_nothing_behind_the_last_sentence_where_there_is_no_verdict(app_of):
    opened = app_of("counting.ratio").tabs.turn_to(ROBUST)
    assert [f.behind for f in opened.folds] == [SPREAD, ENDS]


# --- the pictures behind it -----------------------------------------------------------------------


def test_the_spread_is_of_the_declared_ranges_and_marks_the_setting(ceiling, robust_tab):
    spread = robust_tab.fold(SPREAD)
    ceiling.set(**MOVED)
    want = estimate(MODELS["counting.ceiling"])
    assert spread.found.n == AT_REST
    assert spread.found.rows() == want.beside(ceiling.settings).rows()
    assert spread.found.spread("ceiling").here == pytest.approx(ceiling.result["ceiling"])
    said = spread.board.chart.frame["verdict"]
    assert want.caution() in said
    assert f"{100 * want.share().share:.1f} of 100 cases" in spread.board.chart.frame["alt"]
    assert f"in {100 * want.share().share:.1f} of 100 cases" in spread.board.table.value
    assert "no probability of the world" in spread.board.chart.caption


def test_what_is_supposed_to_be_known_is_held_at_the_setting(ceiling, robust_tab):
    spread = robust_tab.fold(SPREAD)
    ceiling.set(**MOVED)
    spread.held.value = "hosting_share"
    held = {"hosting_share": MOVED["hosting_share"]}
    want = estimate(MODELS["counting.ceiling"], held, hold=held)
    assert spread.found.shares[0].share == want.shares[0].share
    assert "held" in spread.board.chart.frame["verdict"]
    ceiling.set(hosting_share=0.44)
    assert spread.found.shares[0].share < want.shares[0].share
    spread.held.value = ""
    assert spread.found.held == ()


def test_a_new_sample_moves_the_answer_by_its_error_only(robust_tab, press):
    spread = robust_tab.fold(SPREAD)
    before, seed = spread.found.share(), spread.found.seed
    press(robust_tab.page, "new sample")
    after = spread.found.share()
    assert spread.found.seed == seed + 1
    assert after.share != before.share
    assert abs(after.share - before.share) < 6 * before.error


def test_a_setting_beyond_its_range_is_said(ceiling, robust_tab):
    spread = robust_tab.fold(SPREAD)
    ceiling.set(hosts=2_500_000)
    assert "Beyond its range as set: Korean Chinese who could host" in spread.board.chart.frame["verdict"]


def test_a_share_is_never_called_a_probability(app_of, words_on):
    for key in COUNTING:
        app = app_of(key)
        opened = app.tabs.turn_to(ROBUST)
        for fold in getattr(opened, "folds", ())[:2]:
            fold.turn()
        words = words_on(opened.page) + "".join(b.chart.caption + b.chart.frame["verdict"] for b in boards(app))
        own = {q.unit for q in app.model.quantities} | {out.unit for out in app.model.outputs}
        for said in ("it is no probability of the world", *(own & {"probability"})):  # of a belief it is the unit
            words = words.replace(said, "")
        assert "probab" not in words


def test_the_ends_follow_the_setting_and_the_parts_are_of_the_declared_ranges(ceiling, robust_tab):
    ends = robust_tab.fold(ENDS)
    ends.of.value = "S2P3-d"
    ceiling.set(**MOVED)
    model = MODELS["counting.ceiling"]
    alone, shared = tornado(model, MOVED), sensitivity(model)
    assert [x.rows() for x in ends.found] == [alone.rows(), shared.rows()]
    assert ends.board.chart.frame["verdict"] == alone.reading()
    first = shared.of()[0]
    assert f"{first.label}</td>" in ends.board.table.value
    assert f"{100 * first.first:.0f} in 100" in ends.board.table.value


def test_another_result_can_be_chosen(ceiling, robust_tab):
    ends = robust_tab.fold(ENDS)
    ends.of.value = "ceiling"
    assert boards(ceiling) == [ends.board]
    assert ends.found[1].reading("ceiling") in ends.board.chart.frame["verdict"]
    assert "most people the hosts could carry" in ends.board.chart.frame["alt"]
    ends.of.value = "S2P3-d"
    assert "margin of S2P3-d" in ends.board.chart.frame["alt"]


def test_the_lanes_keep_their_order_while_a_control_moves(ceiling, robust_tab):
    ends = robust_tab.fold(ENDS)

    def order():
        return [row[3] for row in ends.board.chart.frame["rows"] if row[0] == "name"]

    before = order()
    ceiling.set(hosting_share=0.06, guests=2.4)
    assert order() == before


def test_the_break_evens_are_those_of_the_setting(ceiling, robust_tab):
    turns = robust_tab.fold(TURNS)
    assert turns.board.chart.frame["verdict"] == ""  # said above
    ceiling.set(**MOVED)
    want = flips(MODELS["counting.ceiling"], at=ceiling.settings)
    assert turns.found.rows() == want.rows()
    assert turns.board.chart.frame["verdict"] == want.reading()
    assert turns.board.table.value.count("<tr>") == 1 + len(want.turns)
    assert sum(word in turns.board.table.value for word in ("inside the range", "beyond the range")) >= 1


def test_the_map_marks_the_start_the_setting_and_saved_cases(session):
    from tumen.page.explore import Explore

    app = Explore(MODELS["counting.ceiling"], session)
    app.set(hosting_share=0.44, guests=2.4)
    app.save_bar.save("full houses")
    app.set(**MOVED)
    drawn = app.tabs.turn_to(ROBUST).fold(MAP)
    drawn.x.value = "hosts"
    want = flip_map(MODELS["counting.ceiling"], "hosts", drawn.y.value, at=app.settings)
    assert drawn.found.share == want.share
    assert (drawn.found.holds == want.holds).all()
    assert [s.label for s in drawn.found.spots] == ["the present setting", "starting case", "full houses"]
    assert {s.label: s.holds for s in drawn.found.spots}["full houses"] is False
    labels = [row[3] for row in drawn.board.chart.frame["rows"] if len(row) > 3]
    assert "your setting" in labels
    assert any(label.startswith("full houses") for label in labels)
    assert "full houses" in drawn.board.chart.frame["alt"]


def test_an_axis_that_takes_the_others_quantity_gives_its_own(ceiling, robust_tab):
    drawn = robust_tab.fold(MAP)
    x, y = drawn.x.value, drawn.y.value
    assert x != y
    drawn.x.value = y
    assert (drawn.x.value, drawn.y.value) == (y, x)
    assert (drawn.found.x, drawn.found.y) == (y, x)
    assert not ceiling.chart.frame["message"]


# --- while a control moves ------------------------------------------------------------------------------


def test_a_slow_model_waits_for_the_hand_to_rest(session, monkeypatch):
    from tumen.page.explore import Explore

    monkeypatch.setattr(robust, "QUICK", -1.0)
    monkeypatch.setattr(robust, "PATIENCE", -1.0)
    app = Explore(MODELS["counting.ceiling"], session)
    opened = app.tabs.turn_to(ROBUST)
    assert (opened.found.cases.n, opened.quick) == (MOVING, False)
    spread = opened.fold(SPREAD)
    first = spread.found

    async def move():
        app.tabs._rest.seconds = 0.3
        app.set(**MOVED)
        assert spread.found is first
        for _ in range(6_000):
            await asyncio.sleep(0.05)
            if spread.found is not first:
                break

    asyncio.run(move())
    assert spread.found.spread("ceiling").here == pytest.approx(app.result["ceiling"])


def test_what_is_put_off_happens_once_after_the_last_call():
    done = []

    async def moves():
        later = Debounce(lambda: done.append("now"), seconds=600)
        assert all(later.put_off() for _ in range(5))
        await asyncio.sleep(0.02)
        assert done == []
        later.seconds = 0.02
        assert later.put_off()
        await asyncio.sleep(0.1)  # what fell due in the meantime goes first, however late it is
        later.put_off()
        later.drop()
        await asyncio.sleep(0.1)

    asyncio.run(moves())
    assert done == ["now"]
    assert Debounce(lambda: None).put_off() is False


# --- faults -----------------------------------------------------------------------------------------------


def test_a_problem_stands_in_place_of_the_page_and_goes_when_it_is_over(session, monkeypatch, words_on):
    from tumen.page.explore import Explore

    ceiling = Explore(MODELS["counting.ceiling"], session)

    def refuse(*args, **kwargs):
        raise Problem("these ranges hold combinations that cannot be.")

    with monkeypatch.context() as m:
        m.setattr(robust, "robustness", refuse)
        opened = ceiling.tabs.turn_to(ROBUST)
        assert "These ranges hold combinations that cannot be." in words_on(opened.page)
        ceiling.set(**MOVED)
        assert ceiling.result["hosting_share"] == MOVED["hosting_share"]
    ceiling.set(hosting_share=0.3)
    assert tabs.LEADS[0] in words_on(opened.page)


def test_a_fault_of_ours_is_told_and_raised_under_test(ceiling, robust_tab, monkeypatch):
    spread = robust_tab.fold(SPREAD)

    def fails(*args, **kwargs):
        raise ZeroDivisionError("inside")

    with monkeypatch.context() as m:
        m.setattr(folds, "estimate", fails)
        with pytest.raises(ZeroDivisionError):
            spread.held.value = "hosts"
        assert "Something went wrong inside the workbook" in ceiling.chart.frame["message"]
        m.delenv("TUMEN_STRICT", raising=False)
        spread.held.value = "guests"
    spread.held.value = ""
    assert spread.found.held == ()

"""The tabs: one declared list, each filled when opened, refreshed while open, and never silent."""

import asyncio
import json
import re

import pytest
from moves import MODELS

from tumen.analysis import AT_REST, MOVING, Ensemble, estimate, flip_map, flips, sensitivity, tornado
from tumen.analysis.sensitivity import BASE, BASE_MOVING
from tumen.apps import tab, tab_sure
from tumen.apps.later import Later
from tumen.apps.tab_flips import TOGETHER
from tumen.core import Problem

TITLES = [
    "how sure?", "what matters?", "where it flips", "compare", "table", "sources", "what this leaves out",
]  # fmt: skip
ANALYSES = TITLES[:4]
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


def test_only_the_tab_that_is_open_is_ever_filled(desk):
    from tumen.apps.explore import Explore

    app = Explore(MODELS["counting.ceiling"], desk)
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
@pytest.mark.parametrize("title", ANALYSES)
def test_each_analysis_has_a_picture_its_words_a_reading_and_a_table_or_says_why_not(app_of, words_on, key, title):
    app = app_of(key)
    app.tabs.turn_to(title)
    found = boards(app)
    if not found:
        said = words_on(app.tabs.now_open.page)
        assert re.search(r"<p[^>]*>[A-Z][^<]{40,}\.</p>", said)
        return
    for board in found:
        frame = board.stage.frame
        assert frame["rows"] == json.loads(json.dumps(frame["rows"], allow_nan=False))
        assert len(json.dumps(frame)) < 9_000
        assert len(frame["alt"]) > 40 and re.search(r"\d", frame["alt"])
        assert re.match(r"^[A-Z“].*\.$", frame["verdict"])
        assert board.stage.controls == []
        assert board.table.value.count("<tr>") >= 2
        assert '<th scope="col"' in board.table.value
        assert len(board.stage.caption) > 60


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in MODELS if key not in COUNTING])
def test_the_tabs_of_every_other_model_answer_too(app_of, words_on, key):
    app = app_of(key)
    for title in ANALYSES:
        app.tabs.turn_to(title)
        assert boards(app) or "<p" in words_on(app.tabs.now_open.page)


@pytest.mark.parametrize(
    ("key", "title", "said"),
    [
        ("counting.pool", "how sure?", "number with a range"),
        ("counting.pool", "what matters?", "number with a range"),
        ("counting.pool", "where it flips", "number with a range"),
        ("counting.ratio", "where it flips", "judges no claim"),
    ],
)
def test_a_model_that_cannot_be_analysed_says_so_plainly(app_of, words_on, key, title, said):
    app = app_of(key)
    app.tabs.turn_to(title)
    assert said in words_on(app.tabs.now_open.page)
    assert not app.stage.frame["message"]


# --- how sure? ----------------------------------------------------------------------------------


def test_how_sure_shows_what_the_analysis_gives(ceiling):
    sure = ceiling.tabs.turn_to("how sure?")
    ceiling.set(**MOVED)
    want = estimate(MODELS["counting.ceiling"], MOVED)
    assert sure.found.n == AT_REST
    assert sure.found.rows() == want.rows()
    said = sure.board.stage.frame["verdict"]
    assert want.reading() in said
    assert want.caution() in said
    assert f"{100 * want.share().share:.1f} of 100 cases" in sure.board.stage.frame["alt"]
    assert f"in {100 * want.share().share:.1f} of 100 cases" in sure.board.table.value
    assert "no probability of the world" in sure.board.stage.caption


def test_what_is_supposed_to_be_known_is_held(ceiling):
    sure = ceiling.tabs.turn_to("how sure?")
    ceiling.set(**MOVED)
    sure.held.value = "hosting_share"
    assert sure.found.rows() == estimate(MODELS["counting.ceiling"], MOVED, hold="hosting_share").rows()
    assert "held" in sure.board.stage.frame["verdict"]
    sure.held.value = ""
    assert sure.found.held == ()


def test_a_new_sample_moves_the_answer_by_its_error_only(ceiling, press):
    sure = ceiling.tabs.turn_to("how sure?")
    before, seed = sure.found.share(), sure.found.seed
    press(sure.page, "new sample")
    after = sure.found.share()
    assert sure.found.seed == seed + 1
    assert after.share != before.share
    assert abs(after.share - before.share) < 6 * before.error


def test_a_setting_beyond_its_range_is_said(ceiling):
    sure = ceiling.tabs.turn_to("how sure?")
    ceiling.set(hosts=2_500_000)
    assert "Beyond its range as set: Korean Chinese who could host" in sure.board.stage.frame["verdict"]


def test_a_share_is_never_called_a_probability(app_of):
    for key in COUNTING:
        app = app_of(key)
        for title in ANALYSES[:2]:
            app.tabs.turn_to(title)
            for board in boards(app):
                words = board.stage.caption + board.stage.frame["verdict"]
                assert "probab" not in words.replace("it is no probability of the world", "")


# --- what matters? --------------------------------------------------------------------------------


def test_what_matters_shows_what_the_analysis_gives(ceiling):
    matters = ceiling.tabs.turn_to("what matters?")
    ceiling.set(**MOVED)
    model = MODELS["counting.ceiling"]
    alone, shared = tornado(model, MOVED), sensitivity(model, MOVED, n=BASE)
    assert [x.rows() for x in matters.found] == [alone.rows(), shared.rows()]
    assert matters.board.stage.frame["verdict"] == shared.reading()
    first = shared.of()[0]
    assert f"{first.label}</td>" in matters.board.table.value
    assert f"{100 * first.first:.0f} in 100" in matters.board.table.value


def test_another_result_can_be_chosen(ceiling):
    matters = ceiling.tabs.turn_to("what matters?")
    matters.of.value = "ceiling"
    assert boards(ceiling) == [matters.board]
    assert matters.board.stage.frame["verdict"] == matters.found[1].reading("ceiling")
    assert "most people the hosts could carry" in matters.board.stage.frame["alt"]
    matters.of.value = "S2P3-d"
    assert "margin of S2P3-d" in matters.board.stage.frame["alt"]


def test_the_lanes_keep_their_order_while_a_control_moves(ceiling):
    matters = ceiling.tabs.turn_to("what matters?")

    def order():
        return [row[3] for row in matters.board.stage.frame["rows"] if row[0] == "name"]

    before = order()
    ceiling.set(hosting_share=0.06, guests=2.4)
    assert order() == before


# --- where it flips ---------------------------------------------------------------------------------


def test_where_it_flips_shows_what_the_analysis_gives(ceiling):
    flip = ceiling.tabs.turn_to("where it flips")
    ceiling.set(**MOVED)
    want = flips(MODELS["counting.ceiling"], at=ceiling.settings)
    assert flip.found.rows() == want.rows()
    assert flip.board.stage.frame["verdict"] == want.reading()
    assert flip.board.table.value.count("<tr>") == 1 + len(want.turns)
    assert sum(word in flip.board.table.value for word in ("inside the range", "beyond the range")) >= 1


def test_the_map_marks_the_start_the_setting_and_saved_cases(desk):
    from tumen.apps.explore import Explore

    app = Explore(MODELS["counting.ceiling"], desk)
    app.set(hosting_share=0.44, guests=2.4)
    app.shelf.save("full houses")
    app.set(**MOVED)
    flip = app.tabs.turn_to("where it flips")
    flip.view.value = TOGETHER
    flip.x.value = "hosts"
    want = flip_map(MODELS["counting.ceiling"], "hosts", flip.y.value, at=app.settings)
    assert flip.found.share == want.share
    assert (flip.found.holds == want.holds).all()
    assert [s.label for s in flip.found.spots] == ["the present setting", "starting case", "full houses"]
    assert {s.label: s.holds for s in flip.found.spots}["full houses"] is False
    drawn = [row[3] for row in flip.board.stage.frame["rows"] if len(row) > 3]
    assert "your setting" in drawn
    assert any(label.startswith("full houses") for label in drawn)
    assert "full houses" in flip.board.stage.frame["alt"]


def test_an_axis_that_takes_the_others_quantity_gives_its_own(ceiling):
    flip = ceiling.tabs.turn_to("where it flips")
    flip.view.value = TOGETHER
    x, y = flip.x.value, flip.y.value
    assert x != y
    flip.x.value = y
    assert (flip.x.value, flip.y.value) == (y, x)
    assert (flip.found.x, flip.found.y) == (y, x)
    assert not ceiling.stage.frame["message"]


# --- while a control moves ------------------------------------------------------------------------------


def test_few_cases_while_a_control_moves_and_all_at_rest(ceiling):
    sure, matters = (ceiling.tabs.tab(t) for t in ("how sure?", "what matters?"))
    seen = []

    async def move(title, note):
        ceiling.tabs._rest.seconds = 1.0
        ceiling.tabs.turn_to(title)
        for share in (0.11, 0.12, 0.13):
            ceiling.set(hosting_share=share)
            seen.append(note())
        at_once = len(seen)
        for _ in range(6_000):
            await asyncio.sleep(0.05)
            if note() != seen[-1]:
                break
        seen.append(note())
        assert len(seen) == at_once + 1

    asyncio.run(move("how sure?", lambda: sure.found.n))
    assert seen == [MOVING] * 3 + [AT_REST]
    seen.clear()
    asyncio.run(move("what matters?", lambda: matters.found[1].n))
    assert seen == [BASE_MOVING] * 3 + [BASE]


def test_a_slow_model_waits_for_the_hand_to_rest(desk, monkeypatch):
    from tumen.apps.explore import Explore

    monkeypatch.setattr(tab, "QUICK", -1.0)
    monkeypatch.setattr(tab, "PATIENCE", -1.0)
    app = Explore(MODELS["counting.ceiling"], desk)
    sure = app.tabs.turn_to("how sure?")
    assert (sure.n, sure.quick) == (MOVING, False)
    first = sure.found

    async def move():
        app.tabs._rest.seconds = 0.3
        app.set(**MOVED)
        assert sure.found is first
        for _ in range(6_000):
            await asyncio.sleep(0.05)
            if sure.found is not first:
                break

    asyncio.run(move())
    assert sure.found.n == MOVING
    assert sure.found.rows() == estimate(Ensemble(MODELS["counting.ceiling"]), MOVED, n=MOVING).rows()


def test_what_is_put_off_happens_once_after_the_last_call():
    done = []

    async def moves():
        later = Later(lambda: done.append("now"), seconds=600)
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
    assert Later(lambda: None).put_off() is False


# --- faults -----------------------------------------------------------------------------------------------


def test_a_problem_stands_in_place_of_the_page_and_goes_when_it_is_over(ceiling, monkeypatch, words_on):
    sure = ceiling.tabs.turn_to("how sure?")

    def refuse(*args, **kwargs):
        raise Problem("these ranges hold combinations that cannot be.")

    with monkeypatch.context() as m:
        m.setattr(tab_sure, "estimate", refuse)
        ceiling.set(**MOVED)
        assert "These ranges hold combinations that cannot be." in words_on(sure.page)
        assert not boards(ceiling)
        assert ceiling.result["hosting_share"] == MOVED["hosting_share"]
    ceiling.set(hosting_share=0.3)
    assert boards(ceiling) == [sure.board]
    assert sure.found.rows() == estimate(MODELS["counting.ceiling"], {**MOVED, "hosting_share": 0.3}).rows()


def test_a_fault_of_ours_is_told_and_raised_under_test(ceiling, monkeypatch):
    sure = ceiling.tabs.turn_to("how sure?")

    def fails(*args, **kwargs):
        raise ZeroDivisionError("inside")

    with monkeypatch.context() as m:
        m.setattr(tab_sure, "estimate", fails)
        with pytest.raises(ZeroDivisionError):
            sure.held.value = "hosts"
        assert "Something went wrong inside the workbook" in ceiling.stage.frame["message"]
        m.delenv("TUMEN_STRICT", raising=False)
        sure.held.value = "guests"
    sure.held.value = ""
    assert sure.found.held == ()


def test_the_number_of_cases_follows_what_a_run_takes(monkeypatch):
    clock = iter([0.0, 0.25])
    monkeypatch.setattr(tab, "perf_counter", lambda: next(clock))
    drawn = []
    n, quick, found = tab.affordable(lambda n: drawn.append(n) or n, 4_096, 65_536)
    assert (n, quick, found) == (16_384, False, 16_384)
    assert drawn == [4_096, 16_384]
    clock = iter([0.0, 0.001])
    assert tab.affordable(lambda n: n, 4_096, 65_536)[:2] == (65_536, True)
    clock = iter([0.0, 30.0])
    assert tab.affordable(lambda n: n, 4_096, 65_536) == (4_096, False, 4_096)

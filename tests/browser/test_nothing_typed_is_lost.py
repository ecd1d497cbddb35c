"""A text that was typed and not recorded, seven times over: Run All, reload, restart, a stopped server, the next day, another view, a hand-in."""

import json

import lab
import pytest
import room as rooms
from playwright.sync_api import expect
from room import NAME, box, run, run_all, type_in

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

KEY, WORDS = "counting.mind", "What I think, not recorded: 탈북자 “so”."


@pytest.fixture
def room(chromium, tmp_path):
    made = rooms.Room(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def view(browser):
    """A function that opens a browser that remembers nothing of another."""
    opened = []

    def new():
        opened.append(browser.new_context(viewport={"width": 1400, "height": 1000}))
        opened[-1].set_default_timeout(90_000)
        return opened[-1].new_page()

    yield new
    for context in opened:
        context.close()


def kept(page, room, words=WORDS):
    """Wait until the page says that the text is kept, and see that it is."""
    expect(page.locator(".tumen-kept").filter(has_text="kept · not yet recorded").first).to_be_visible()
    lab.until(page, lambda: room.draft(KEY) == words)


def test_run_all_pressed_in_the_same_moment(page, room):
    run(page, room)
    type_in(page, WORDS)
    run_all(page)  # before the second of rest is over
    expect(box(page)).to_have_value(WORDS)
    kept(page, room)
    assert KEY not in room.answers["answers"]


def test_a_reload(page, room):
    run(page, room)
    type_in(page, WORDS)
    page.reload()
    run(page, room)
    expect(box(page)).to_have_value(WORDS)
    kept(page, room)


def test_a_restart_of_the_kernel_and_what_is_typed_while_none_answers(page, room):
    run(page, room)
    type_in(page, WORDS)
    page.evaluate(rooms.RESTART)
    rooms.said_within(page, "from before", 30)
    type_in(page, " And more.")
    expect(page.locator(".tumen-away").filter(has_text="kept in this browser").first).to_be_visible()
    page.wait_for_function(lab.KERNEL_READY)
    run_all(page)
    expect(box(page)).to_have_value(f"{WORDS} And more.")
    kept(page, room, f"{WORDS} And more.")


def test_a_stopped_server(page, room):
    run(page, room)
    type_in(page, WORDS)
    kept(page, room)
    room.stop()
    rooms.said_within(page, "lost its server", 30)
    type_in(page, " Typed to nobody.")
    room.start()
    page.reload()
    run(page, room)
    expect(box(page)).to_have_value(f"{WORDS} Typed to nobody.")
    kept(page, room, f"{WORDS} Typed to nobody.")


def test_the_next_day(page, room, view):
    run(page, room)
    type_in(page, WORDS)
    kept(page, room)
    page.evaluate(rooms.SAVE)
    room.stop()
    page.close()
    room.start()
    later = view()
    later.goto(f"{room.base}/lab/tree/{NAME}?reset", wait_until="domcontentloaded")
    rooms.said_within(later, "not running", 90)
    assert "model not found" not in later.locator(".jp-Notebook").inner_text()
    rooms.banner(later).get_by_role("button", name="Run the chapter").click()
    later.wait_for_function(rooms.LIVE, timeout=180_000)
    expect(box(later)).to_have_value(WORDS)


def test_another_view_and_the_later_text_stands(page, room, view):
    lab.write_notebook(room.root / "other.ipynb", *rooms.CELLS[:2])
    run(page, room)
    type_in(page, WORDS)
    kept(page, room)
    other = view()
    lab.open_and_run(other, room.base, "other.ipynb")
    expect(box(other)).to_have_value(WORDS)
    box(other).fill("A later text, from the other view.")
    lab.until(other, lambda: room.draft(KEY) == "A later text, from the other view.")
    type_in(page, " Still here.")
    lab.until(page, lambda: room.draft(KEY) == f"{WORDS} Still here.")
    assert "A later text, from the other view." in [e["value"] for e in room.answers["history"][KEY]]


def test_a_hand_in_holds_what_stands_in_the_box(page, room):
    (room.root / "student.toml").write_text('course = "korea"\nstudent = "ann"\n[graded]\n"counting.mind" = 4\n')
    lab.write_notebook(room.root / NAME, *rooms.CELLS[:2], "tumen.hand_in()")
    run(page, room)
    type_in(page, WORDS)
    run_all(page)
    lab.until(page, lambda: (room.root / "hand-in-korea-ann.json").exists())
    page.evaluate(lab.RUN_ALL)
    page.get_by_text("though it was not recorded: mind").wait_for()
    handed = json.loads((room.root / "hand-in-korea-ann.json").read_text(encoding="utf-8"))
    assert (handed["answers"][KEY]["value"], handed["answers"][KEY]["state"]) == (WORDS, "draft")
    expect(page.locator(".tumen-kept").first).to_have_text("handed in")

"""A page that has lost its kernel or its server says so, rests, and comes back by the one button; nobody meets a library's complaint."""

import lab
import pytest
import room as rooms
from playwright.sync_api import expect
from room import NAME, banner, box, run, said_within, type_in

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

SECONDS = 10  # within which the page says what it has lost
SENTENCE = "Run the first cell of this page first"
FIRST_ALONE = """() => { const n = jupyterapp.shell.currentWidget.content; n.activeCellIndex = 1; n.deselectAll();
  jupyterapp.commands.execute('notebook:run-cell'); }"""


@pytest.fixture
def room(chromium, tmp_path):
    made = rooms.Room(tmp_path)
    made.start()
    yield made
    made.stop()


def rests(page) -> None:
    """No control on the page answers, in words and in deed; the reader's own words can still be written."""
    press = page.get_by_role("button", name="check").first
    expect(press).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".tumen-from-before").first).to_be_visible()
    box(page).fill("written meanwhile")
    expect(box(page)).to_have_value("written meanwhile")


def comes_back(page) -> None:
    """The one button runs the chapter, and what was written meanwhile is there."""
    banner(page).get_by_role("button").click()
    page.wait_for_function(rooms.LIVE, timeout=180_000)
    expect(page.get_by_role("button", name="check").first).not_to_have_attribute("aria-disabled", "true")
    expect(page.locator(".tumen-from-before")).to_have_count(0)
    expect(box(page)).to_have_value("written meanwhile")


def test_a_killed_kernel(page, room):
    run(page, room)
    room.kill(page)
    said_within(page, "from before", SECONDS)
    rests(page)
    comes_back(page)


def test_a_restarted_kernel(page, room):
    run(page, room)
    page.evaluate(rooms.RESTART)
    said_within(page, "from before", SECONDS)
    rests(page)
    page.wait_for_function(lab.KERNEL_READY)
    comes_back(page)


def test_a_kernel_that_the_server_culled(page, room):
    run(page, room)
    page.request.delete(f"{room.base}/api/kernels/{page.evaluate(rooms.KERNEL)}")
    said_within(page, "from before", SECONDS)
    rests(page)
    comes_back(page)


def test_a_stopped_server_that_comes_back(page, room):
    run(page, room)
    room.stop()
    said_within(page, "lost its server", SECONDS)
    rests(page)
    room.start()
    said_within(page, "from before", 120)
    comes_back(page)


def test_a_network_that_is_gone_for_a_while(page, room):
    run(page, room)
    page.context.set_offline(True)
    said_within(page, "lost its server", SECONDS)
    rests(page)
    page.context.set_offline(False)
    banner(page).get_by_role("button", name="Try again").click()
    page.wait_for_function(rooms.LIVE, timeout=120_000)
    expect(page.get_by_role("button", name="check").first).not_to_have_attribute("aria-disabled", "true")
    lab.until(page, lambda: room.draft("counting.mind") == "written meanwhile")


def test_a_cell_that_is_run_before_the_first_is_answered_in_a_sentence(page, room):
    page.goto(f"{room.base}/lab/tree/{NAME}?reset", wait_until="domcontentloaded")
    page.wait_for_function("!!window.jupyterapp && !!jupyterapp.commands")
    page.wait_for_function(lab.KERNEL_READY)
    page.evaluate(FIRST_ALONE)
    page.get_by_text(SENTENCE).wait_for()
    assert "Traceback" not in page.locator(".jp-Notebook").inner_text()


def test_a_chapter_opened_again_shows_what_was_saved_and_no_complaint(page, room, browser):
    run(page, room)
    type_in(page, "some words")
    page.evaluate(rooms.SAVE)
    page.request.delete(f"{room.base}/api/kernels/{page.evaluate(rooms.KERNEL)}")
    page.goto("about:blank")
    page.goto(f"{room.base}/lab/tree/{NAME}?reset", wait_until="domcontentloaded")
    said_within(page, "not running", 90)
    page.wait_for_function(lab.KERNEL_READY)
    words = page.locator(".jp-Notebook").inner_text()
    assert "model not found" not in words and "Loading widget" not in words
    assert "what would change your mind" in words.lower() or "guests" in words
    expect(page.locator(".tumen-still").first).to_be_visible()
    banner(page).get_by_role("button", name="Run the chapter").click()
    page.wait_for_function(rooms.LIVE, timeout=180_000)
    expect(page.locator(".tumen-still")).to_have_count(0)

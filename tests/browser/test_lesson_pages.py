"""A lesson in Chromium: phone, wall and desk, by keyboard, at 360 px, in the dark, through a restart, and beside an open chapter."""

import json
import re
import subprocess
import sys
import time
import urllib.request

import lab
import pytest
import room as rooms
from access import findings, too_wide, walk
from playwright.sync_api import expect

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
KINDS = {"number": "counting.ceiling", "choice": "counting.bound", "text": "counting.mind"}


class Lesson:
    """A lesson as the command serves it."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, lab.free_port(), None

    def start(self):
        command = [sys.executable, "-m", "tumen.cli", "poll", "02", str(self.folder), "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        told = ""
        for line in self.process.stdout:
            told += line
            if "Ctrl-C" in line:
                break
        self.base = f"http://127.0.0.1:{self.port}"
        self.code, self.key = re.search(r"\(code (\w+)\)", told)[1], re.search(r"/teach/([\w-]+)\n", told)[1]
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def do(self, **what):
        sent = urllib.request.Request(
            f"{self.base}/do",
            json.dumps(what).encode(),
            {"Content-Type": "application/json", "Cookie": f"tumen_teacher={self.key}"},
        )
        with urllib.request.urlopen(sent, timeout=20) as reply:
            assert reply.status == 200


@pytest.fixture
def lesson(chromium, tmp_path):
    made = Lesson(tmp_path).start()
    yield made
    made.kill()


def joined(page, lesson, width=390):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{lesson.base}/{lesson.code}/")
    page.get_by_text("You are in.").wait_for()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_answers_by_keyboard_at_360_px_with_nothing_axe_finds_and_nobody_else_is_asked(page, lesson, scheme):
    page.emulate_media(color_scheme=scheme)
    joined(page, lesson, 360)
    assert findings(page) == [] and too_wide(page, "main") == []
    for kind, key in KINDS.items():
        lesson.do(do="open", key=key)
        page.get_by_role("button", name="send", exact=True).wait_for()
        assert findings(page) == [] and too_wide(page, "main") == []
        page.evaluate("document.activeElement.blur()")
        names = [stop["name"] for stop in walk(page, 1)]
        assert names[0], "the field has no name"
        if kind == "choice":
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type("0.6" if kind == "number" else "<b>a shorter stay</b>")
        stops = walk(page, 1)
        assert stops[0]["name"] == "send" and stops[0]["shown"]
        page.keyboard.press("Enter")
        page.locator("[role=status]", has_text="Sent").first.wait_for()
        assert findings(page) == []
        lesson.do(do="close")
        page.get_by_text("The question is closed. Your answer counts.").wait_for()
        assert findings(page) == [] and too_wide(page, "main") == []
    page.get_by_text("Something confused me").click()
    page.locator("#unclear input[type=checkbox]").first.check()
    page.get_by_label("what is unclear").first.fill("who counted")
    page.get_by_role("button", name="send this line").first.click()
    expect(page.locator("#unclear > .said")).to_have_text("Sent.")
    assert findings(page) == [] and too_wide(page, "main") == []
    assert page.seen.outside == [] and page.seen.errors == []


def test_the_wall_goes_on_with_page_down_and_shows_what_was_answered_when_it_is_closed(page, lesson, browser):
    phone = joined(browser.new_context().new_page(), lesson)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{lesson.base}/teach/{lesson.key}?wall=1")
    page.get_by_text("1 phone is in").wait_for()
    assert lesson.key not in page.url and page.locator("#join .code").inner_text().endswith(lesson.code)
    assert findings(page) == []
    lesson.do(do="open", key="counting.ceiling")
    phone.get_by_label("your answer").fill("0.4")
    phone.get_by_role("button", name="send", exact=True).click()
    expect(page.locator("#come")).to_have_text("1")
    assert page.locator("#question svg").count() == 0
    page.keyboard.press("PageDown")
    page.locator("#question svg circle").wait_for()
    assert "model" not in page.locator("#question").inner_text() and findings(page) == []
    deadline = time.time() + 60
    while time.time() < deadline:  # the pictures are drawn while the class comes in
        page.keyboard.press("PageDown") if page.get_by_role(
            "button", name="show what the model gives"
        ).count() else None
        if page.get_by_text("300,000: hosts lacking").count():
            break
        page.wait_for_timeout(300)
    page.locator("#question svg").get_by_text("model: 0.627").wait_for()
    assert findings(page) == [] and too_wide(page, "main") == []
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.seen.outside == [] and page.seen.errors == []


def test_the_desk_enters_hands_shows_texts_one_by_one_and_writes_the_file(page, lesson, browser):
    phone = joined(browser.new_context().new_page(), lesson)
    page.goto(f"{lesson.base}/teach/{lesson.key}")
    page.get_by_text("No question was opened yet.").wait_for()
    assert findings(page) == []
    page.get_by_role("button", name="open: Suppose the hosts").click()
    page.get_by_text("A show of hands").click()
    page.get_by_role("spinbutton", name="(c)").fill("4")
    page.get_by_role("button", name="enter hands for (c)").click()
    page.get_by_text("4 answered, 4 of them by a show of hands.").wait_for()
    page.get_by_role("button", name="close the question").click()
    page.get_by_text("4 of 4").wait_for()
    lesson.do(do="open", key="counting.mind")
    phone.get_by_label("your answer").fill("<img src=x onerror=document.title='x'>")
    phone.get_by_role("button", name="send", exact=True).click()
    phone.locator("[role=status]", has_text="Sent").first.wait_for()
    page.get_by_role("button", name="close the question").click()
    page.get_by_role("button", name="show on the wall").click()
    page.get_by_role("button", name="take off the wall").wait_for()
    assert page.locator("blockquote").inner_text().startswith("<img") and page.locator("blockquote img").count() == 0
    page.get_by_role("button", name="90 minutes").click()
    page.get_by_text("cold; each pair").wait_for()
    assert findings(page) == [] and too_wide(page, "main") == []
    page.get_by_role("button", name="write the lesson's file").click()
    page.get_by_text("Written: lesson-02").wait_for()
    page.get_by_text("End the lesson", exact=True).click()
    page.get_by_role("button", name="end the lesson").click()
    lesson.process.wait(30)
    assert [p.name[:9] for p in lesson.folder.iterdir()] == ["lesson-02"]


def test_a_phone_outlives_a_restart_of_the_lesson(page, lesson):
    joined(page, lesson)
    lesson.do(do="open", key="counting.ceiling")
    page.get_by_label("your answer").fill("0.4")
    page.get_by_role("button", name="send", exact=True).click()
    page.locator("[role=status]", has_text="Sent").first.wait_for()
    lesson.kill()
    page.get_by_text("The lesson does not answer.").wait_for()
    page.get_by_label("your answer").fill("0.5")
    lesson.start()
    expect(page.locator("#trouble")).to_be_empty()
    assert page.get_by_label("your answer").input_value() == "0.5"
    page.locator("#question button").click()
    page.locator("[role=status]", has_text="Sent").first.wait_for()
    lesson.do(do="close")
    page.get_by_text("Your answer counts.").wait_for()


def test_the_question_stands_in_an_open_reader_s_view_and_in_the_hall_its_count_and_result(
    page, lesson, tmp_path_factory
):
    room = rooms.Room(tmp_path_factory.mktemp("room"))
    lab.write_notebook(room.root / rooms.NAME, "import tumen", 'tumen.ask("counting.guests")')
    room.start()
    try:
        lesson.do(do="open", key="counting.bound")
        page.set_viewport_size({"width": 360, "height": 780})
        page.goto(f"{room.base}/voila/render/{rooms.NAME}", wait_until="domcontentloaded")
        card = page.locator(".tumen-lesson")
        card.get_by_label("(c)").check()
        card.get_by_role("button", name="send").click()
        card.locator("[role=status]", has_text="Sent").first.wait_for()
        assert findings(page, (".tumen-lesson",)) == [] and too_wide(page, ".tumen-lesson") == []
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.goto(f"{room.base}/voila/render/{rooms.NAME}?present", wait_until="domcontentloaded")
        card.get_by_text("1 of 1 answered").wait_for()
        assert "(c)" not in card.inner_text()
        card.get_by_role("button", name="close the question").click()
        card.get_by_text("excluded; nothing below is favoured.: 1").wait_for()
        assert findings(page, (".tumen-lesson",)) == []
        assert page.seen.outside == []
    finally:
        room.stop()

"""The reader's view in Chromium: a chapter opens and is there, moves, answers, asks nobody else, and says what it has lost."""

import json
import re
import urllib.request

import lab
import nbformat
import pytest
import room as rooms
from access import findings, too_wide, walk
from playwright.sync_api import expect

from tumen.core.folds import MARK
from tumen.core.words import number
from tumen.tasks import tasks_of
from tumen.tasks.check import filled, run_answer

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

BOOK = "02-counting-the-hidden.ipynb"
RAN = "() => document.documentElement.dataset.ran === 'true'"
KERNEL = "() => JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"
OUTPUTS = "() => [...document.querySelectorAll('.part')].map((e) => e.querySelectorAll('.jp-OutputArea-child').length)"
WAITED = """new MutationObserver(() => {
  const said = (which, words) => [...document.querySelectorAll(which)].some((e) => e.textContent.includes(words));
  window.waits ||= said('.wait', 'waits for what stands above'); window.comes ||= said('.coming', 'still to come');
}).observe(document, { subtree: true, childList: true, characterData: true })"""
LINE = """() => { const p = [...document.querySelectorAll('.prose p')].find((e) => e.textContent.length > 200);
  const text = document.createRange(), lines = []; text.selectNodeContents(p);
  const seen = new Set(); for (const r of text.getClientRects()) seen.add(Math.round(r.top));
  return [p.textContent.length / seen.size, parseFloat(getComputedStyle(p).fontSize)]; }"""


def opened(page, base: str, path: str, query: str = "") -> None:
    """Open a chapter in the reader's view and wait until all of it is there."""
    page.goto(f"{base}/voila/render/{path}{query}", wait_until="domcontentloaded")
    page.wait_for_function(RAN)


def kernels(base: str) -> list[str]:
    with urllib.request.urlopen(f"{base}/api/kernels", timeout=10) as answer:
        return [k["id"] for k in json.load(answer)]


@pytest.fixture
def room(chromium, tmp_path):
    made = rooms.Room(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def small(room, page):
    """A short chapter, open."""
    opened(page, room.base, rooms.NAME)
    return page


def test_02_opens_moves_a_slider_and_answers_a_task_without_another_host_or_an_error(page, served):
    base, folder = served
    page.add_init_script(WAITED)
    page.goto(f"{base}/voila/render/workbooks/{BOOK}", wait_until="domcontentloaded")
    page.get_by_role("heading", level=1, name="Counting the hidden").wait_for()
    page.wait_for_function(RAN)
    assert page.evaluate("[window.waits, window.comes]") == [True, True]  # gone by now, and said while it ran
    expect(page.locator(".wait")).to_have_count(0)
    expect(page.locator(".coming")).to_be_hidden()
    for gone in ("Run All", "import tumen", "Traceback", "Error displaying widget", "javascript error"):
        assert gone not in page.locator("body").inner_text()

    box = page.locator(".tumen-app").filter(has_text="How many people could the hosts carry")
    lab.open_card(page, box)
    box.locator(".tumen-verdict").filter(has_text="124,000").wait_for()
    picture = box.locator(".tumen-picture svg").inner_html()
    box.get_by_role("slider", name=re.compile("share of households that host")).focus()
    page.keyboard.press("ArrowRight")
    lab.until(page, lambda: box.locator(".tumen-picture svg").inner_html() != picture)
    box.locator(".tumen-verdict").filter(has_not_text="124,000").wait_for()

    task = page.locator(".tumen-card").filter(has_text="How many guests are there for every 1,000 hosts")
    task.get_by_role("textbox", name="your answer, guests for every 1,000 hosts").fill("200")
    task.get_by_role("button", name="check", exact=True).click()
    task.locator(".tumen-feedback").filter(has_text=re.compile(r"\w")).wait_for()
    answered = page.locator(".dots a[data-name=guests]")
    expect(answered).to_have_attribute("data-state", "right")
    expect(answered).to_have_accessible_name("guests: right")
    assert json.loads((folder / "answers.json").read_text())["answers"]["counting.guests"]["state"] == "right"

    # nothing that a cell leaves is lost on its way
    stored = json.loads((folder / BOOK).read_text(encoding="utf-8"))["cells"]
    assert page.evaluate(OUTPUTS) == [len(c["outputs"]) for c in stored if c["cell_type"] == "code"]
    here = kernels(base)
    page.get_by_role("link", name="next 03").first.click()
    page.get_by_role("heading", level=1, name="Crisis or hardship").wait_for()
    lab.until(page, lambda: not set(here) & set(kernels(base)))  # a page that was left keeps no kernel
    assert page.seen.outside == []
    assert page.seen.errors == []


def test_both_views_lead_to_each_other_and_keep_the_same_answers(page, room):
    opened(page, room.base, rooms.NAME)
    rooms.type_in(page, "said in one view")
    lab.until(page, lambda: room.draft("counting.mind") == "said in one view")
    page.get_by_role("link", name="Open in JupyterLab").click()
    page.wait_for_url(f"**/lab/tree/{rooms.NAME}")
    page.wait_for_function("!!window.jupyterapp && !!jupyterapp.commands")
    rooms.run(page, room)
    expect(rooms.box(page)).to_have_value("said in one view")
    link = page.get_by_role("link", name="Reader's view")
    assert link.get_attribute("href").endswith(f"/voila/render/{rooms.NAME}")
    folded = (
        "() => jupyterapp.shell.currentWidget.content.widgets.every((c) => c.model.type !== 'code' || c.inputHidden)"
    )
    assert page.evaluate(folded)
    page.wait_for_function("() => jupyterapp.shell.leftCollapsed")


def test_a_claim_is_shown_on_tap_and_by_keyboard(page, served):
    base, _ = served
    page.goto(f"{base}/voila/render/workbooks/{BOOK}", wait_until="domcontentloaded")
    claim = page.get_by_role("button", name="S2P2-f", exact=True).first
    claim.focus()
    page.keyboard.press("Enter")
    said = page.locator("#claim")
    expect(said).to_be_visible()
    known = json.loads(page.locator("#claims").text_content())
    expect(said).to_contain_text(known["S2P2-f"])
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    claim.click()
    expect(said).to_be_visible()
    claim.click()
    expect(said).to_be_hidden()


def test_all_of_it_is_reached_by_keyboard_with_names_and_visible_focus(small):
    small.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    stops = walk(small, 60)
    assert stops[0]["name"] == "Skip to the text"
    assert [s for s in stops if s["inside"] or s["what"] in ("a", "button") if not s["name"]] == []
    assert [s for s in stops if s["what"] in ("a", "button", "summary", "slider") and not s["shown"]] == []
    names = " ".join(s["name"] for s in stops)
    for wanted in ("Open in JupyterLab", "check", "your answer"):
        assert wanted in names


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_light_and_dark(page, served, scheme):
    base, _ = served
    page.emulate_media(color_scheme=scheme)
    opened(page, base, f"workbooks/{BOOK}")
    page.get_by_role("button", name="S2P2-f", exact=True).first.click()
    assert findings(page) == []


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (683, 384), (390, 844), (360, 740)])
def test_no_word_runs_out_of_the_window_and_lines_are_short(small, width, height):
    small.set_viewport_size({"width": width, "height": height})
    assert small.evaluate("document.documentElement.scrollWidth") <= width
    assert too_wide(small, "body") == []


def test_lines_have_at_most_70_letters_of_18_pixels_and_grow_in_a_hall(page, served):
    base, _ = served
    page.goto(f"{base}/voila/render/workbooks/{BOOK}", wait_until="domcontentloaded")
    letters, size = page.evaluate(LINE)
    assert size == 18
    assert letters <= 70
    page.goto(f"{base}/voila/render/workbooks/{BOOK}?present", wait_until="domcontentloaded")
    assert page.evaluate(LINE)[1] >= 24


def test_a_killed_kernel_is_told_and_the_chapter_runs_again_with_what_was_typed(small, room):
    kernel = small.evaluate(KERNEL)
    room.kill_named(kernel)
    rooms.said_within(small, "from before", 10)
    expect(small.get_by_role("button", name="check", exact=True).first).to_have_attribute("aria-disabled", "true")
    rooms.box(small).fill("written meanwhile")
    rooms.banner(small).get_by_role("button", name="Run the chapter again").click()
    small.wait_for_function(RAN)
    expect(rooms.box(small)).to_have_value("written meanwhile")
    lab.until(small, lambda: room.draft("counting.mind") == "written meanwhile")
    expect(small.locator(".tumen-from-before")).to_have_count(0)


def test_a_stopped_server_is_told_and_found_again(small, room):
    room.stop()
    rooms.said_within(small, "lost its server", 10)
    rooms.box(small).fill("written meanwhile")
    room.start()
    rooms.said_within(small, "from before", 120)
    rooms.banner(small).get_by_role("button", name="Run the chapter again").click()
    small.wait_for_function(RAN)
    expect(rooms.box(small)).to_have_value("written meanwhile")


def test_a_chapter_that_is_not_there_is_told_without_another_host(page, served):
    base, _ = served
    page.goto(f"{base}/voila/render/workbooks/none.ipynb")
    page.get_by_role("heading", name="There is no such chapter here").wait_for()
    page.goto(f"{base}/voila/tree")
    page.wait_for_load_state("networkidle")
    assert page.seen.outside == []


WHOLE = "() => [...document.querySelectorAll('.tumen-picture svg, .jp-RenderedImage img')].map((e) => e.getBoundingClientRect().width)"


@pytest.fixture
def folded(room, page):
    """A chapter with a section folded within a folded one, and one after them, open in the reader's view."""
    word, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    made = nbformat.v4.new_notebook(
        cells=[
            word("# A title\n\n[further](#Going-further)"),
            code(rooms.CELLS[0]),
            word("## Going further\n\nOne line.", metadata={MARK: True}),
            code("tumen.explore(counting.ratio)"),
            code('tumen.show("counting.estimates")'),
            word("### Deeper", metadata={MARK: True}),
            word("Only here stands marmalade."),
            code('tumen.ask("counting.bound")'),
            word("## Open again"),
            code('tumen.ask("counting.guests")'),
        ]
    )
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, room.root / "folded.ipynb")
    opened(page, room.base, "folded.ipynb")
    return page


def test_a_folded_section_opens_by_press_and_keyboard_all_in_it_is_drawn_right_and_paper_shows_it(folded):
    more = folded.get_by_role("heading", level=2, name="Going further").get_by_role("button")
    expect(more).to_have_attribute("aria-expanded", "false")
    picture = folded.locator(".jp-RenderedImage img")
    expect(folded.get_by_text("One line.")).to_be_visible()
    folded.emulate_media(media="print")  # paper cannot be opened
    expect(folded.get_by_text("marmalade")).to_be_visible()
    folded.emulate_media(media="screen")
    expect(folded.get_by_text("marmalade")).to_be_hidden()
    expect(folded.get_by_role("button", name="open without predicting")).to_have_count(0)
    expect(folded.get_by_role("heading", name="Open again")).to_be_visible()
    more.focus()
    folded.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    lab.open_card(folded, folded.locator(".tumen-app"))
    expect(folded.locator(".tumen-ask .tumen-feedback")).to_be_focused()  # what was pressed is gone
    picture.wait_for()
    assert min(folded.evaluate(WHOLE)) > 400
    deeper = folded.get_by_role("heading", level=3, name="Deeper").get_by_role("button")
    expect(folded.get_by_role("button", name="check", exact=True)).to_have_count(1)
    deeper.click()
    expect(folded.get_by_role("button", name="check", exact=True)).to_have_count(2)
    assert findings(folded) == []
    more.click()
    expect(deeper).to_be_hidden()
    assert folded.seen.errors == []


def test_a_link_a_dot_and_a_found_word_open_the_sections_they_lie_in(folded):
    more = folded.get_by_role("heading", name="Going further").get_by_role("button")
    bound = folded.locator(".tumen-card").filter(has=folded.get_by_role("radio")).first
    folded.locator(".dots a[data-name=bound]").click()
    expect(bound).to_be_in_viewport()
    more.click()
    folded.get_by_role("navigation", name="In this chapter").get_by_role("link", name="Going further").click()
    expect(more).to_have_attribute("aria-expanded", "true")
    more.click()
    assert folded.evaluate("() => document.querySelector('.fold .fold .inside').hidden") is False
    folded.locator(".fold .fold .unfold").evaluate("(button) => button.click()")
    folded.evaluate("() => { location.hash = ':~:text=marmalade'; }")  # as the browser's own search does
    expect(folded.get_by_text("marmalade")).to_be_in_viewport()
    folded.goto(f"{folded.url.partition('#')[0]}#Deeper")
    folded.reload()
    expect(folded.get_by_text("marmalade")).to_be_visible()


# what can be seen or heard: the text that is drawn, and what stands in its place for who does not see it
SEEN = """() => { const main = document.getElementById("chapter"), said = [main.innerText];
  for (const e of main.querySelectorAll("svg text, [aria-label], [alt], [title], [aria-valuetext]")) {
    if (!e.checkVisibility()) continue;
    said.push(e.textContent, ...["aria-label", "alt", "title", "aria-valuetext"].map((name) => e.getAttribute(name) || ""));
  }
  return said.join("\\n"); }"""


def tells(task) -> list[re.Pattern]:
    """The sentence that answers a prediction, and its number where the question itself does not hold it."""
    found = [re.compile(re.escape(filled(task.right, task)))]
    said = filled(task.prompt, task) + " ".join(task.options.values())
    answer = number(run_answer(task.answer)[0]) if task.answer else ""
    if len(re.sub(r"\D", "", answer).strip("0")) >= 2 and answer not in said:
        found.append(re.compile(rf"(?<![\w.,-]){re.escape(answer)}(?!\w|[.,]\d)"))
    return found


@pytest.mark.parametrize(("book", "theme", "numbers"), [(BOOK, "counting", 3), ("04-aid-and-flows.ipynb", "flows", 2)])
def test_no_answer_of_an_open_prediction_stands_on_the_page(page, served, book, theme, numbers):
    base, _ = served
    opened(page, base, f"workbooks/{book}")
    page.evaluate("() => document.querySelectorAll('.unfold[aria-expanded=false]').forEach((button) => button.click())")
    asked = [t for t in tasks_of(theme).values() if t.prediction]
    sought = [(task.key, pattern) for task in asked for pattern in tells(task)]
    assert len(sought) >= len(asked) + numbers  # numbers are looked for and not sentences alone
    said = page.evaluate(SEEN)
    assert len(said) > 10_000
    assert [(key, hit[0]) for key, pattern in sought if (hit := pattern.search(said))] == []
    ask = page.locator(".tumen-ask").first  # and they would be found: a guess made is answered with them
    ask.get_by_role("radio").or_(ask.get_by_role("textbox")).first.focus()
    page.keyboard.press("Space")
    page.keyboard.type("1")
    ask.get_by_role("button", name="record my guess").click()
    ask.locator(".tumen-feedback").filter(has_text="You: ").wait_for()
    assert any(pattern.search(page.evaluate(SEEN)) for _, pattern in sought)

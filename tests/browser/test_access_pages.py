"""The reading copies in Chromium: axe-core, the keyboard, zoom, narrow and dark pages, no script, paper; nothing is fetched."""

import re

import pytest
from access import STOP, findings, too_wide, walk
from lab import Seen

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

CHAPTER = "02-counting-the-hidden"
EVERY = pytest.mark.parametrize(
    "stem", ["00-start-here", CHAPTER, "glossary", "references", "code", "instructor", "index"]
)
OPEN = """() => { for (const d of document.querySelectorAll('details')) d.open = true;
  for (const b of document.querySelectorAll('.unfold[aria-expanded=false]')) b.click(); }"""


@pytest.fixture
def visit(browser, pages):
    """A function that opens a page of the site in a window of its own."""
    contexts = []

    def go(stem, width=1280, height=900, **more):
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda r: page.asked.append(r.url))
        page.seen = Seen(page)
        page.goto((pages / f"{stem}.html").as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


def test_axe_would_find_what_is_wrong(visit):
    page = visit("glossary")
    assert findings(page) == []
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', "
        '\'<img src="data:,"><input type=range><p style="color:#bbb;background:#fff">pale</p>\')'
    )
    assert {v["id"] for v in findings(page)} == {"image-alt", "label", "color-contrast"}


@EVERY
def test_axe_finds_nothing_serious_and_the_page_asks_for_nothing(visit, stem):
    page = visit(stem)
    assert findings(page) == []
    assert len(page.asked) == 1
    assert page.seen.errors == []


def test_axe_finds_nothing_serious_in_the_dark_on_a_phone_with_everything_open(visit):
    page = visit(CHAPTER, 360, 740, color_scheme="dark")
    page.evaluate(OPEN)
    assert findings(page) == []


@EVERY
@pytest.mark.parametrize("width", [640, 360])  # 640 is what 1280 leaves at a zoom of 200 percent
def test_text_fits_at_200_percent_and_on_a_phone(visit, stem, width):
    page = visit(stem, width, 740)
    page.evaluate(OPEN)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert too_wide(page, "body") == []
    smallest = "Math.min(...[...document.querySelectorAll('main p, main td, main li')].map((e) => parseFloat(getComputedStyle(e).fontSize)))"
    assert page.evaluate(smallest) >= 12


@pytest.mark.parametrize("width", [390, 600, 640, 1280])
def test_a_picture_that_scrolls_says_so(visit, width):
    page = visit(CHAPTER, width)
    page.evaluate(OPEN)
    told = page.evaluate(
        """() => [...document.querySelectorAll('figure:has(.drawn)')].filter((f) => f.checkVisibility()).map((f) => [
          [...f.querySelectorAll('.scroll:has(.drawn)')].some((e) => e.scrollWidth > e.clientWidth),
          getComputedStyle(f.querySelector('figcaption'), '::before').content.includes('sideways')])"""
    )
    assert len(told) > 5
    assert [scrolls for scrolls, _ in told] == [says for _, says in told]


def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit):
    page = visit(CHAPTER, 400)  # as narrow as a phone: what scrolls sideways there has to be reached too
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["name"] == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reachable = page.evaluate(
        """() => [...document.querySelectorAll('main a[href], main summary, main select, main input, main textarea, main button, main [tabindex="0"]')]
          .filter((e) => e.checkVisibility())
          .filter((e, i, all) => e.type !== 'radio' || all.findIndex((o) => o.name === e.name) === i).length"""
    )
    stops = walk(page, reachable)
    assert [(i, s["what"], s["name"]) for i, s in enumerate(stops) if not s["inside"]] == []
    assert [(s["what"], s["name"], s["shown"]) for s in stops if not s["name"] or not s["shown"]] == []
    assert {"summary", "a", "input", "select", "button", "textarea"} <= {s["what"] for s in stops}
    page.keyboard.press("Tab")
    assert not page.evaluate(STOP)["inside"]  # no trap: the next stop lies behind the text


def test_a_slider_steps_among_computed_runs_by_keyboard(visit):
    page = visit(CHAPTER)
    page.evaluate(OPEN)
    box = page.locator(".stepper").filter(has_text="share of households that host").first
    box.get_by_label("assumption to move").select_option(label="share of households that host")
    panel = box.locator(".panel:visible")
    slider = panel.get_by_role("slider")
    slider.focus()
    said = panel.get_by_role("status")
    assert "124,000" in said.inner_text()
    ring = panel.locator(".wide .ring")
    before = ring.get_attribute("transform")
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "0.45"
    assert panel.locator(".value").inner_text() == "0.45"
    assert "280,000" in said.inner_text() or "279,000" in said.inner_text()
    marks = panel.locator(".wide svg [class*='steps0_marks'] path")
    last = marks.last.get_attribute("transform")
    assert ring.get_attribute("transform") == last != before
    assert marks.count() == 21 == int(slider.get_attribute("max")) + 1
    page.keyboard.press("Home")
    assert slider.get_attribute("aria-valuetext") == "0.05"
    panel.get_by_role("button", name="starting case").click()
    assert "starting case" in panel.locator(".value").inner_text()
    assert ring.get_attribute("transform") == before
    assert re.search(
        "share of households that host, .*assumption|share of households that host \\(assumption\\)", panel.inner_text()
    )


def test_without_scripts_everything_but_the_slider_is_there(visit):
    page = visit(CHAPTER, java_script_enabled=False)
    assert page.get_by_role("slider").count() == 0
    for guess in page.locator("details.guess > summary").all():
        guess.click()
    panels = page.locator(".stepper").nth(1).locator(".panel")
    assert panels.count() == 5
    assert all(p.locator(".wide svg").is_visible() for p in panels.all())


def test_where_colours_are_forced_pictures_keep_their_ground(visit):
    page = visit(CHAPTER, forced_colors="active")
    ground = page.locator(".drawn svg").first.evaluate("e => getComputedStyle(e.querySelector('rect')).fill")
    assert ground == "rgb(251, 250, 247)"


def test_on_paper_what_was_closed_stands_at_the_end(visit):
    page = visit(CHAPTER)
    page.emulate_media(media="print")
    assert page.locator("section.paper").is_visible()
    assert page.locator("section.task details").first.is_hidden()
    assert any(table.is_visible() for table in page.locator("figure details.table table").all())
    assert page.locator(".places").is_hidden()


def test_a_page_is_printed_as_a_tagged_pdf(chromium, pages, tmp_path):
    import shutil

    from tumen.site.printing import printed

    shutil.copy(pages / "glossary.html", tmp_path / "glossary.html")
    made = printed(tmp_path / "glossary.html", chromium)
    data = made.read_bytes()
    assert data.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang"):
        assert mark in data

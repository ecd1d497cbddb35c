"""The pages beside the chapters in the reader's view: found from the contents, moved, filtered, and laid out for a phone."""

import pytest
from access import findings
from playwright.sync_api import expect

from tumen.core.home import home
from tumen.page.glossary import words

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

PAGES = home().meta.pages
RAN = "() => document.documentElement.dataset.ran === 'true'"


def opened(page, base: str, stem: str) -> None:
    page.goto(f"{base}/voila/render/workbooks/{stem}.ipynb", wait_until="domcontentloaded")
    page.wait_for_function(RAN)


def test_the_contents_lead_to_them_and_the_map_keeps_open_what_was_opened(page, served):
    base, _ = served
    page.set_viewport_size({"width": 1366, "height": 768})
    opened(page, base, "map")
    beside = page.locator("aside details").filter(has_text="Beside the chapters")
    beside.locator("summary").click()
    assert [a.get_attribute("href") for a in beside.get_by_role("link").all()] == [f"{s}.ipynb" for s in PAGES]
    expect(beside.locator("[aria-current=page]")).to_have_attribute("href", "map.ipynb")
    expect(page.locator("nav.ways")).to_have_count(0)

    card = page.locator(".tumen-map")
    assert card.locator(".tumen-picture").get_attribute("aria-label").startswith("A map of the argument")
    fold = card.get_by_role("button", name="every conclusion and how it stands")
    expect(card.locator("table").first).to_be_hidden()
    fold.click()
    expect(card.locator("table").first).to_be_visible()
    before = card.locator("table").first.inner_text()
    card.get_by_role("checkbox", name="too few for 300,000").or_(
        card.get_by_label("most likely 1.5 million")
    ).first.check()
    expect(card.locator("table").first).not_to_have_text(before)
    expect(card.locator("table").first).to_be_visible()
    assert findings(page) == []


def test_on_a_phone_they_are_not_wider_than_the_screen_and_the_timeline_is_laid_out_anew(page, served):
    base, _ = served
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, base, "timeline")
    timeline, provinces = (page.locator(".jp-RenderedImage img").nth(i) for i in (0, 1))
    for image in (timeline, provinces):
        image.scroll_into_view_if_needed()
        page.wait_for_function("(img) => img.complete && img.naturalWidth / 2 < 430", arg=image.element_handle())
        assert len(image.get_attribute("alt")) > 60
    assert timeline.evaluate("(img) => img.naturalHeight / img.naturalWidth") > 2
    page.set_viewport_size({"width": 1366, "height": 768})
    page.wait_for_function("(img) => img.naturalWidth / 2 > 700", arg=timeline.element_handle())
    page.set_viewport_size({"width": 390, "height": 844})
    for stem in PAGES:
        opened(page, base, stem)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390, stem


def test_the_glossary_shows_the_words_of_a_chapter(page, served):
    base, _ = served
    opened(page, base, "glossary")
    rows = page.locator(".tumen-card tbody tr")
    expect(rows).to_have_count(len(words()))
    page.get_by_label("words of").select_option("06 · Recognition and dialogue")
    expect(rows).to_have_count(sum("06" in w.chapters for w in words()))
    assert findings(page) == []
    assert page.seen.outside == [] and page.seen.errors == []

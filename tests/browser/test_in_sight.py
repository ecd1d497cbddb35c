"""The slider under the hand and its picture stand in one sight: in the first card of every chapter, in both views, on a phone."""

import lab
import pytest

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

RAN = "() => document.documentElement.dataset.ran === 'true'"
CHAPTERS = sorted((lab.Path(__file__).parents[2] / "workbooks").glob("[0-9][0-9]-*.ipynb"))

# every slider of the card brought into sight by its own focus: the least part of the picture that is then seen
SIGHT = """async (card) => {
  const port = (e) => { // what is scrolled, or the window
    for (let up = e.parentElement; up; up = up.parentElement)
      if (/auto|scroll/.test(getComputedStyle(up).overflowY) && up.scrollHeight > up.clientHeight + 1) return up.getBoundingClientRect();
    return { top: 0, bottom: innerHeight };
  };
  let least = 1, which = "";
  for (const handle of card.querySelectorAll(".tumen-row .noUi-handle, .tumen-row input, .tumen-row select")) {
    if (!handle.checkVisibility()) continue;
    handle.focus({ preventScroll: true });
    handle.scrollIntoView({ block: "nearest" });
    await new Promise((done) => setTimeout(done, 60));
    const room = port(card), at = handle.getBoundingClientRect();
    if (at.top < room.top - 1 || at.bottom > room.bottom + 1) return [0, `${handle.getAttribute("aria-label")} is out of sight`];
    const picture = card.querySelector(".tumen-body .tumen-picture svg").getBoundingClientRect();
    const seen = (Math.min(picture.bottom, room.bottom) - Math.max(picture.top, room.top)) / picture.height;
    const under = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
    const covered = under && under.closest(".tumen-stage") ? 0 : seen;
    if (covered < least) { least = covered; which = handle.getAttribute("aria-label"); }
  }
  return [least, which];
}"""

ROWS = """(card) => [...card.querySelectorAll(".tumen-row")].filter((e) => e.checkVisibility() && e.querySelector(".noUi-base"))
  .map((e) => [e.className.match(/tumen-row-(\\w+)/)[1], Math.round(e.getBoundingClientRect().height)])"""

SIZES = [(1366, 768), (1280, 720)]


def first_card(page):
    """The first card of a page, opened."""
    card = page.locator(".tumen-app").first
    card.scroll_into_view_if_needed()
    card.locator(".tumen-body, button").first.wait_for()
    for button in (
        card.locator("button", has_text="skip and see"),
        card.locator("button", has_text="open without predicting"),
    ):
        if not card.locator(".tumen-body").count() and button.count():
            button.first.click()
            page.wait_for_timeout(1000)
    card.locator(".tumen-body .tumen-picture svg").wait_for()
    page.wait_for_timeout(400)
    return card


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem[:2])
def test_in_the_readers_view(page, served, path):
    base, _ = served
    page.goto(f"{base}/voila/render/workbooks/{path.name}", wait_until="domcontentloaded")
    page.wait_for_function(RAN)
    card = first_card(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        seen, which = card.evaluate(SIGHT)
        assert seen >= 0.8, f"{width} x {height}: {seen:.2f} of the picture at {which}"
    assert [row for row in card.evaluate(ROWS) if row[1] > 56] == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(400)
    seen, which = card.evaluate(SIGHT)
    assert seen >= 0.6, f"on a phone: {seen:.2f} of the picture at {which}"
    stuck = card.evaluate(
        "(e) => e.querySelector('.tumen-stuck, .tumen-body > .tumen-stage').getBoundingClientRect().height"
    )
    assert stuck <= 0.45 * 844


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem[:2])
def test_in_jupyterlab(page, served, path):
    base, _ = served
    page.set_viewport_size({"width": 1366, "height": 768})
    lab.open_and_run(page, base, f"workbooks/{path.name}")
    at = page.evaluate(
        "() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells.findIndex((c) => c.source.includes('tumen.explore('))"
    )
    lab.show(page, at)
    card = first_card(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        seen, which = card.evaluate(SIGHT)
        assert seen >= 0.8, f"{width} x {height}: {seen:.2f} of the picture at {which}"

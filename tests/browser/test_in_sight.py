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
    handle.blur();
    handle.focus(); // as a hand takes hold of it: it is in sight already, and the page may bring the picture there too
    await new Promise((done) => setTimeout(done, 60));
    const room = port(card), at = handle.getBoundingClientRect();
    if (at.top < room.top - 1 || at.bottom > room.bottom + 1) return [0, `${handle.getAttribute("aria-label")} is out of sight`];
    const picture = card.querySelector(".tumen-body .tumen-picture svg").getBoundingClientRect();
    const seen = (Math.min(picture.bottom, room.bottom) - Math.max(picture.top, room.top)) / picture.height;
    const under = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
    const covered = under && under.closest(".tumen-chart") ? 0 : seen;
    if (covered < least) { least = covered; which = handle.getAttribute("aria-label"); }
  }
  return [least, which];
}"""

ROWS = """(card) => [...card.querySelectorAll(".tumen-row")].filter((e) => e.checkVisibility() && e.querySelector(".noUi-base"))
  .map((e) => [e.className.match(/tumen-row-(\\w+)/)[1], Math.round(e.getBoundingClientRect().height)])"""

# the least letters of the picture as they are seen, and how far it, or what scrolls in its frame, goes beyond the screen
LETTERS = """(card) => {
  const svg = card.querySelector(".tumen-body .tumen-picture svg.marks"), box = svg.getBoundingClientRect(), around = svg.closest(".tumen-drawn");
  const seen = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() && text.getAttribute("opacity") !== "0");
  const size = Math.min(...seen.map((text) => parseFloat(text.getAttribute("font-size"))));
  return [size * box.width / svg.viewBox.baseVal.width, Math.max(box.right - document.documentElement.clientWidth, around.scrollWidth - around.clientWidth)];
}"""

# the badges are seen whole in the part of the card that stays
FINDING = """(card) => {
  const stuck = card.querySelector(".tumen-body .tumen-stuck").getBoundingClientRect();
  return [...card.querySelectorAll(".tumen-stuck .tumen-badge")].every((e) => e.getBoundingClientRect().bottom <= stuck.bottom + 1);
}"""

SIZES = [(1366, 768), (1280, 720)]


def firsts(folder) -> int:
    """Write a notebook of the first card of every chapter, each as its chapter has it; returns how many."""
    cells = ["\n".join(lab.first_card(path)) for path in CHAPTERS]
    lab.write_notebook(folder / "firsts.ipynb", *cells)
    return len(cells)


def opened(page, card):
    """A card with its guess skipped and its picture drawn."""
    lab.open_card(page, card)
    page.wait_for_timeout(600)
    return card


def seen(card, least: float, where: str) -> list[str]:
    part, which = card.evaluate(SIGHT)
    return [] if part >= least else [f"{where}: {part:.2f} of the picture at {which}"]


def test_in_the_readers_view_and_on_a_phone(page, served):
    base, folder = served
    cards = firsts(folder)
    page.goto(f"{base}/voila/render/workbooks/firsts.ipynb", wait_until="domcontentloaded")
    page.wait_for_function(RAN)
    amiss = []
    for i in range(cards):
        page.set_viewport_size({"width": 1366, "height": 768})
        card = opened(page, page.locator(".tumen-app").nth(i))
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(300)
            amiss += seen(card, 0.8, f"{i}, {width} x {height}")
        amiss += [f"{i}: {key} takes {tall} px" for key, tall in card.evaluate(ROWS) if tall > 56]
        page.set_viewport_size({"width": 683, "height": 384})  # a laptop's window at 200 per cent
        lab.until(page, lambda card=card: card.locator(".tumen-body .tumen-phone").count())
        page.wait_for_timeout(600)
        letters, beyond = card.evaluate(LETTERS)
        amiss += [f"{i}: letters of {letters:.1f} px at 200 per cent"] if letters < 9 else []
        amiss += [f"{i}: a picture goes {beyond:.0f} px beyond its place at 200 per cent"] if beyond > 1 else []
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_timeout(900)
        page.wait_for_timeout(600)
        amiss += seen(card, 0.6, f"{i}, on a phone")
        stuck = card.locator(".tumen-body .tumen-stuck").evaluate("(e) => e.getBoundingClientRect().height")
        letters, beyond = card.evaluate(LETTERS)
        amiss += [f"{i}: letters of {letters:.1f} px on a phone"] if letters < 10 else []
        amiss += [f"{i}: a picture goes {beyond:.0f} px beyond a phone's screen"] if beyond > 1 else []
        amiss += [] if card.evaluate(FINDING) else [f"{i}: the finding is cut on a phone"]
        amiss += [] if stuck <= 0.45 * 844 else [f"{i}: {stuck:.0f} px stay on a phone"]
    assert amiss == []


def test_a_guess_on_a_phone_has_all_its_words_in_the_card_and_ends_where_a_share_ends(page, served):
    base, folder = served
    page.set_viewport_size({"width": 390, "height": 844})
    lab.write_notebook(folder / "guess.ipynb", "import tumen\nfrom suh2002 import choice\ntumen.explore(choice.switch)")
    page.goto(f"{base}/voila/render/workbooks/guess.ipynb", wait_until="domcontentloaded")
    page.wait_for_function(RAN)
    card = page.locator(".tumen-app")
    hand = card.get_by_role("slider", name="your guess")
    hand.wait_for()
    room = card.bounding_box()
    for words in (card.locator("text.tumen-yours"), card.locator(".tumen-ask .widget-label").locator("visible=true")):
        box = words.bounding_box()
        assert room["x"] <= box["x"] and box["x"] + box["width"] <= room["x"] + room["width"]
    assert card.locator(".tumen-ask .widget-label").evaluate_all(
        "es => es.every((e) => e.scrollHeight <= e.clientHeight + 1)"
    )
    numbers = card.locator(".role-axis-label text").evaluate_all("es => es.map((e) => e.getBoundingClientRect().top)")
    knob = card.locator(".tumen-knob").bounding_box()
    assert knob["y"] + knob["height"] <= max(numbers) + 1  # on the axis, not over its numbers
    hand.focus()
    page.keyboard.press("End")
    lab.until(page, lambda: card.get_by_role("textbox").input_value() == "1")
    assert card.locator("text.tumen-yours").text_content() == "you: 1"


def test_in_jupyterlab(page, served):
    base, folder = served
    page.set_viewport_size({"width": 1366, "height": 768})
    cards = firsts(folder)
    lab.open_and_run(page, base, "workbooks/firsts.ipynb")
    amiss = []
    for i in range(cards):
        lab.show(page, i)
        card = opened(page, page.locator(f".jp-CodeCell >> nth={i}").locator(".tumen-app"))
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(400)
            lab.show(page, i)
            amiss += seen(card, 0.8, f"{i}, {width} x {height}")
    assert amiss == []

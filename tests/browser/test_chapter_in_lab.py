"""Workbook 02 as a student meets it: a real JupyterLab in Chromium, no network, mostly by keyboard."""

import json
import re

import pytest
from lab import DRAWN, open_and_run, open_card, show, until

from tumen.tasks import find_task

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

BOOK = "workbooks/02-counting-the-hidden.ipynb"
CEILING = "How many people could the hosts carry"


def app(page, question: str):
    """The app that asks this question."""
    return page.locator(".tumen-app").filter(has_text=question)


def question(page, words: str):
    """The task whose prompt holds these words."""
    return page.locator(".tumen-card").filter(has_text=words).filter(has=page.locator("input, textarea"))


def shutdown(page) -> None:
    """End the kernels, so that the next page starts its own."""
    page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()")


def pixels(locator) -> str:
    """What a picture shows: the places and words of its marks."""
    return locator.locator(".tumen-picture svg").evaluate(
        "e => [...e.querySelectorAll('path,line,text')].map(n => (n.getAttribute('d')||'') "
        "+ (n.getAttribute('transform')||'') + n.textContent).join('|')"
    )


def test_a_student_works_through_the_ceiling_and_finds_the_answer_again(page, served):
    base, folder = served
    open_and_run(page, base, BOOK)

    # the model's card asks for a guess first and has no controls till then; recording it opens them
    show(page, "tumen.explore(counting.ceiling)")
    box = app(page, CEILING)
    ask = box.locator(".tumen-ask").filter(has_text="For 300,000 people to find a bed")
    guess = ask.get_by_label(f"your answer, {find_task('counting.ceiling').unit}")
    guess.wait_for()
    assert box.locator(".tumen-row").count() == 0
    assert "124,000" not in box.inner_text()
    guess.fill("0.5")
    ask.get_by_role("button", name="record my guess").click()
    ask.get_by_role("status").filter(has_text="You: 0.5; the model:").wait_for()
    picture = box.locator(".tumen-body .tumen-picture")
    box.locator(DRAWN).wait_for()

    # every control has a name; the picture has words
    box.get_by_role("button", name="more assumptions").click()
    box.locator(".tumen-row-hosts").wait_for()
    handle = box.get_by_role("slider", name=re.compile("share of households that host"))
    names = [h.get_attribute("aria-label") for h in box.get_by_role("slider").all()]
    assert len(names) == len(set(names)) == 5
    assert all(names)
    named = "e => e.getAttribute('aria-label') || e.labels[0]?.textContent"
    assert all(i.evaluate(named) for i in box.locator("input[type=text]").all())
    assert box.locator(".tumen-row").count() == 6
    assert box.locator(".tumen-back").count() == 0  # the way back comes with the first move
    assert "124,000" in picture.get_attribute("aria-label")
    assert picture.get_attribute("role") == "img"

    # a slider by keyboard: picture, words, verdict and break-even change
    before = (pixels(box), box.locator(".tumen-verdict").inner_text(), _flip(box, "hosts"))
    handle.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    until(page, lambda: (handle.get_attribute("aria-valuetext") or "").startswith("0.28"))
    box.locator(".tumen-verdict").filter(has_text="174,000").wait_for()
    until(page, lambda: "174,000" in pixels(box))
    until(page, lambda: _flip(box, "hosts") != before[2])
    (back,) = box.locator(".tumen-back").all()
    assert back.get_attribute("aria-label").startswith("reset share of households that host")
    after = (pixels(box), box.locator(".tumen-verdict").inner_text(), _flip(box, "hosts"))
    assert all(a != b for a, b in zip(before, after, strict=True))

    # what cannot be used is told in one sentence and nothing is lost
    typed = box.get_by_label(re.compile("^Korean Chinese who could host.*typed$"))
    typed.fill("many")
    typed.press("Enter")
    alert = box.get_by_role("alert")
    alert.filter(has_text="'many' is no number").wait_for()
    assert pixels(box) == after[0]
    page.screenshot(path=str(folder.parent / "error.png"))

    # back to the starting case
    box.get_by_role("button", name="reset all").click()
    box.locator(".tumen-verdict").filter(has_text="124,000").wait_for()
    until(page, lambda: pixels(box) == before[0])

    # a task: a slip gets its own sentence, the right number is kept
    show(page, 'tumen.ask("counting.guests")')
    task = question(page, "How many guests are there for every 1,000 hosts?")
    answer = task.get_by_label(f"your answer, {find_task('counting.guests').unit}")
    answer.fill("5")
    task.get_by_role("button", name="check", exact=True).click()
    task.get_by_role("status").filter(has_text="You divided hosts by guests").wait_for()
    answer.fill("200")
    task.get_by_role("button", name="check", exact=True).click()
    task.get_by_role("status").filter(has_text="who decides").wait_for()
    kept = json.loads((folder / "answers.json").read_text(encoding="utf-8"))["answers"]
    assert kept["counting.guests"]["value"] == 200
    assert kept["counting.guests"]["state"] == "right"
    assert kept["counting.ceiling"]["state"] == "recorded"

    # reopened, the answer is there and the controls are open
    shutdown(page)
    open_and_run(page, base, BOOK)
    show(page, 'tumen.ask("counting.guests")')
    again = question(page, "How many guests are there for every 1,000 hosts?")
    again.get_by_role("status").filter(has_text="Your answer from before").wait_for()
    assert again.get_by_label(f"your answer, {find_task('counting.guests').unit}").input_value() == "200"
    show(page, "tumen.explore(counting.ceiling)")
    app(page, CEILING).locator(DRAWN).wait_for()
    shutdown(page)

    assert page.seen.outside == []
    assert page.seen.errors == []


def _flip(box, key: str) -> str:
    return box.locator(f".tumen-row-{key} .tumen-flip").inner_text()


def test_the_start_page_runs_and_its_one_slider_moves(page, served):
    base, _ = served
    open_and_run(page, base, "workbooks/00-start-here.ipynb")
    show(page, "tumen.explore(counting.quiet")
    box = app(page, "What does it say to hear of no serious problem?")
    open_card(page, box)
    assert box.get_by_role("slider").count() == 1
    before, words = pixels(box), box.locator(".tumen-verdict").inner_text()
    box.get_by_role("slider").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    until(page, lambda: box.locator(".tumen-verdict").inner_text() != words)
    until(page, lambda: pixels(box) != before)
    shutdown(page)
    assert page.seen.outside == []
    assert page.seen.errors == []

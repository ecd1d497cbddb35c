"""A slow machine is slow, never wrong: a browser slowed twentyfold and busy processors, and every app still moves its picture."""

import subprocess
import sys
from contextlib import contextmanager

import pytest
from lab import Path, first_card, open_and_run, open_card, show, until, write_notebook

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

WORKBOOKS = sorted((Path(__file__).parents[2] / "workbooks").glob("[0-9][0-9]-*.ipynb"))
OFTEN = [p for p in WORKBOOKS if p.stem[:2] in ("02", "04", "08")]
TIMES = 20
PATIENCE = 15 * 60  # seconds for what a quick machine does in two: nothing here is measured
BUSY = "while True: pass"
SOURCES = """() => [...jupyterapp.shell.currentWidget.content.model.sharedModel.cells].map((c) => c.source)"""
MARKS = """(app) => [...app.querySelectorAll('.tumen-picture svg')].map((svg) => [...svg.querySelectorAll('path, line, text')]
  .map((n) => (n.getAttribute('d') || '') + (n.getAttribute('transform') || '') + n.textContent).join('|')).join('#')"""


@contextmanager
def busy(loops: int = 2):
    """Keep this many processors from doing anything else."""
    running = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(loops)]
    try:
        yield
    finally:
        for loop in running:
            loop.kill()
            loop.wait()


@contextmanager
def slowed(page, times: int = TIMES):
    """Chromium with its processor this many times as slow."""
    page.set_default_timeout(PATIENCE * 1000)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
    try:
        yield
    finally:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def opened(page, source: str):
    """The app of a cell, with what stood locked before it opened and its picture drawn."""
    show(page, source)
    app = page.locator(".jp-CodeCell").filter(has_text=source).locator(".tumen-app").first
    app.wait_for()
    open_card(page, app, PATIENCE)
    return app


def move(page, app) -> None:
    """Move the first control there is, by keyboard, and wait until the picture is another."""
    before = app.evaluate(MARKS)
    handle = app.get_by_role("slider").first
    handle.wait_for()
    handle.focus()
    for key in ("ArrowRight", "ArrowLeft"):  # one of them has room
        page.keyboard.press(key)
        page.keyboard.press(key)
        if key == "ArrowRight" and handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax"):
            continue
        break
    until(page, lambda: app.evaluate(MARKS) != before, PATIENCE)


def works_through(page, base: str, name: str) -> None:
    """Run a workbook, open its apps, move each, and hear what the page complained of."""
    open_and_run(page, base, f"workbooks/{name}", PATIENCE)
    for source in [source for source in page.evaluate(SOURCES) if source.startswith("tumen.explore(")]:
        app = opened(page, source)
        if app.get_by_role("slider").count():
            move(page, app)
        assert [said for said in app.locator(".tumen-message").all_inner_texts() if said] == []
    assert page.seen.outside == []
    assert page.seen.errors == []
    page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()")  # JupyterLab complains of what it cuts off


def test_in_a_browser_slowed_twentyfold_the_first_sliders_of_three_chapters_move_their_pictures(page, served):
    base, folder = served
    write_notebook(folder / "firsts.ipynb", *(cell for path in OFTEN for cell in first_card(path)))
    with slowed(page):
        works_through(page, base, "firsts.ipynb")


@pytest.mark.slow
@pytest.mark.parametrize("path", WORKBOOKS, ids=[p.stem for p in WORKBOOKS])
def test_in_a_slowed_browser_beside_busy_processors_every_app_opens_and_moves(page, served, path):
    """Two minutes a workbook on a machine that does nothing else, eight on one that does."""
    base, _ = served
    with busy(), slowed(page):
        works_through(page, base, path.name)

"""The fixtures that open a page in Chromium, for every folder of tests that needs one."""

import os

import lab
import pytest

PATIENCE = lab.PATIENCE * 1000  # milliseconds


@pytest.fixture(scope="session")
def chromium():
    """The path of Chromium; without one the browser tests are skipped, unless REQUIRE_BROWSER is set."""
    if lab.CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set and no Chromium was found")
        pytest.skip("no Chromium here")
    return lab.CHROMIUM


@pytest.fixture(scope="module")
def browser(chromium):
    """Chromium, with every outside host unresolvable; a module's own, for while it lives its loop runs in this thread
    and no other test of the worker could run one."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=chromium, args=lab.FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A fresh page, with what it asks for and complains of in `page.seen`."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.seen = lab.Seen(page)
    yield page
    context.close()

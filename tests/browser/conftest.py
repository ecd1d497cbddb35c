"""One JupyterLab and one Chromium for all browser tests of a worker."""

import os
import shutil

import lab
import pytest

WORKBOOKS = lab.Path(__file__).parents[2] / "workbooks"


@pytest.fixture(scope="session")
def chromium():
    """The path of Chromium; without one the browser tests are skipped, unless REQUIRE_BROWSER is set."""
    if lab.CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set and no Chromium was found")
        pytest.skip("no Chromium here")
    return lab.CHROMIUM


@pytest.fixture(scope="session")
def served(chromium, tmp_path_factory):
    """The address of a JupyterLab that serves a fresh copy of the workbooks, and that copy's folder."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(WORKBOOKS, root / "workbooks", ignore=shutil.ignore_patterns("answers*.json", "case.toml"))
    with lab.serving(root) as base:
        yield base, root / "workbooks"


@pytest.fixture(scope="session")
def browser(chromium):
    """Chromium, with every outside host unresolvable."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=chromium, args=lab.FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A fresh page, with what it asks for and complains of in `page.seen`."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.seen = lab.Seen(page)
    yield page
    context.close()

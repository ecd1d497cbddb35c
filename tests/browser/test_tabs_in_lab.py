"""The tabs of an app in a real JupyterLab, by keyboard alone: opened, moved, saved, compared, sent as a code."""

import re

import pytest
from lab import DRAWN, open_and_run, until, write_notebook
from playwright.sync_api import expect

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

CELLS = ("import tumen\nfrom suh2002 import counting", "tumen.explore(counting.ceiling)")
NAME = """() => {
  const e = document.activeElement;
  const label = e.labels && e.labels.length ? e.labels[0].textContent : '';
  return `${e.getAttribute('role') || e.tagName.toLowerCase()}: ${e.getAttribute('aria-label') || label || e.textContent}`.trim();
}"""


@pytest.fixture
def notebook(served):
    """A notebook with one app."""
    base, folder = served
    write_notebook(folder / "tabs.ipynb", *CELLS)
    return base, "workbooks/tabs.ipynb", folder


class Keys:
    """A hand that has only a keyboard."""

    def __init__(self, page):
        self.page = page

    @property
    def at(self) -> str:
        """The role and the name of what has the focus."""
        return self.page.evaluate(NAME)

    def go(self, pattern: str, key: str = "Tab", most: int = 40) -> None:
        """Press a key until what has the focus fits the pattern."""
        for _ in range(most):
            if re.match(pattern, self.at):
                return
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(30)
        pytest.fail(f"{pattern} was not reached by {key}; the focus is on {self.at}")

    def press(self, pattern: str, key: str = "Tab") -> None:
        """Go there and press Enter."""
        self.go(pattern, key)
        self.page.keyboard.press("Enter")

    def tab(self, title: str) -> None:
        """Open a tab of the app from wherever the focus is."""
        self.go("tab:", "Tab" if not self.at.startswith(("tab", "combobox")) else "Shift+Tab")
        self.go("tab: Is it robust", "ArrowLeft")
        self.press(f"tab: {re.escape(title)}", "ArrowRight")


def test_every_tab_opens_moves_and_speaks_by_keyboard_alone(page, notebook):
    base, path, folder = notebook
    open_and_run(page, base, path)
    app = page.locator(".tumen-app")
    keys = Keys(page)
    app.get_by_role("button", name="record my guess").wait_for()
    app.get_by_role("textbox").focus()
    keys.press("button: open without predicting")
    app.locator(DRAWN).first.wait_for()
    app.get_by_role("slider").first.focus()
    shown = app.get_by_role("tabpanel").locator("visible=true")
    words = shown.locator(".tumen-verdict")

    keys.go("slider: share of households that host")
    keys.tab("Is it robust?")
    words.filter(has_text="holds in 83 of 100 cases drawn from the declared ranges").wait_for()
    words.filter(has_text="weighs most").wait_for()
    words.filter(has_text="two together do").wait_for()
    assert shown.get_by_role("img").count() == 0
    said = words.all_inner_texts()
    keys.press("button: show how far each result goes")
    shown.locator(".tumen-picture svg").wait_for()
    assert "83.1 of 100 cases" in shown.get_by_role("img").first.get_attribute("aria-label")
    assert shown.get_by_role("table").get_by_role("row").count() == 5
    tall = shown.locator(".tumen-picture").bounding_box()["height"]

    # the controls are beside every tab: the picture marks where they stand, what is said and drawn stays
    keys.go("slider: share of households that host", "Shift+Tab")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    shown.get_by_role("cell", name="162,000").wait_for()
    assert words.all_inner_texts()[0] == said[0]
    assert "83.1 of 100 cases" in shown.get_by_role("img").first.get_attribute("aria-label")
    assert shown.locator(".tumen-picture").bounding_box()["height"] == tall

    keys.go("button: hide how far each result goes")
    page.keyboard.press("Enter")
    shown.locator(".tumen-picture svg").wait_for(state="detached")
    for behind, spoken in (
        ("what each number does", "Taken alone"),
        ("where each number turns it", "turns if|two together"),
    ):
        keys.press(f"button: show {behind}")
        words.filter(has_text=re.compile(spoken)).last.wait_for()
        shown.locator(".tumen-picture svg").wait_for()
        assert shown.get_by_role("img").first.get_attribute("aria-label")
        assert shown.get_by_role("table").count() == 1
        keys.press(f"button: hide {behind}")
        shown.locator(".tumen-picture svg").wait_for(state="detached")
    keys.press("button: show two numbers together")
    words.filter(has_text="parts of the map").wait_for()
    assert "your setting: 0.26 and 1.3" in shown.get_by_role("img").first.get_attribute("aria-label")

    # saved under a name, compared, sent as a code
    keys.go("slider: share of the people", "Shift+Tab")
    keys.press("button: save")
    app.get_by_label("name for this setting").wait_for()
    keys.go("input: name for this setting")
    page.keyboard.type("more homes")
    keys.press("button: save under this name")
    expect(app.locator(".tumen-controls [role=status]")).to_contain_text("Saved as “more homes”")
    assert "hosting_share = 0.26" in (folder / "cases" / "more-homes.toml").read_text(encoding="utf-8")
    keys.tab("compare")
    shown.get_by_role("table").get_by_role("columnheader", name="more homes").wait_for()
    keys.go("slider: share of the people", "Shift+Tab")
    keys.press("button: copy code")
    code = app.get_by_label("code of this setting")
    expect(code).to_have_value(re.compile("^tumen1-"))
    expect(code).to_be_focused()

    for title in ("table", "sources", "what this leaves out"):
        keys.tab(title)
        until(page, lambda: len(shown.inner_text()) > 100)

    # what cannot be used is told by the controls whichever tab is open
    typed = app.get_by_label(re.compile("^share of households that host.*typed$"))
    typed.fill("many")
    typed.press("Enter")
    app.get_by_role("alert").filter(has_text="'many' is no number").wait_for()

    page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()")
    assert page.seen.outside == []
    assert page.seen.errors == []

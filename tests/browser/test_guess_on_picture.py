"""A guess put on the picture's own axis in a real JupyterLab, by keyboard and by pointer, and where it stands afterwards."""

import pytest
from lab import DRAWN, open_and_run, until, write_notebook

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

CELLS = ("import tumen\nfrom suh2002 import counting", "tumen.explore(counting.ceiling)")


@pytest.fixture
def notebook(served):
    """A notebook with one app, whose prediction is read off an axis."""
    base, folder = served
    write_notebook(folder / "guess.ipynb", *CELLS)
    return base, "workbooks/guess.ipynb"


def test_a_guess_is_put_by_keyboard_and_by_pointer_and_stays_as_a_mark(page, notebook):
    open_and_run(page, *notebook)
    app = page.locator(".tumen-app")
    handle = app.locator(".tumen-guess [role=slider]")
    handle.wait_for()
    assert handle.get_attribute("aria-label").startswith("your guess")
    assert handle.get_attribute("aria-valuetext") == "not put yet"
    typed = app.get_by_role("textbox").first

    handle.focus()
    page.keyboard.press("End")  # the handle is drawn anew under the keys and keeps the focus
    until(
        page, lambda: typed.input_value() and float(typed.input_value()) == float(handle.get_attribute("aria-valuemax"))
    )
    page.keyboard.press("PageDown")
    until(page, lambda: float(typed.input_value()) < float(handle.get_attribute("aria-valuemax")))
    assert handle.get_attribute("aria-valuenow") == str(float(typed.input_value())).removesuffix(".0")
    assert app.locator(".tumen-guess .tumen-yours").text_content().startswith("you: ")

    before = float(typed.input_value())
    room = app.locator(".tumen-guess .tumen-room").bounding_box()
    page.mouse.click(room["x"] + room["width"] / 4, room["y"] + room["height"] / 2)
    until(page, lambda: float(typed.input_value()) < before)
    at = float(handle.get_attribute("aria-valuenow")) / float(handle.get_attribute("aria-valuemax"))
    assert at == pytest.approx(0.25, abs=0.02)

    app.get_by_role("button", name="record my guess").click()
    app.locator(DRAWN).first.wait_for()
    app.locator(".tumen-body .tumen-guess .tumen-mine").wait_for(state="attached")
    assert handle.count() == 0  # what is recorded is moved no more

"""The drawing library is a file that the browser keeps; a page that cannot read it is sent it by the kernel."""

import pytest
from lab import open_and_run, open_card, until, write_notebook

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

FILE = "**/tumen-widgets/static/vega-embed-*"
APP = ("import tumen\nfrom suh2002 import counting", "tumen.explore(counting.ceiling)")
LONG = 500_000  # letters: more than anything but the library


@pytest.fixture
def notebook(served):
    """A notebook with one app."""
    base, folder = served
    write_notebook(folder / "library.ipynb", *APP)
    return base, "workbooks/library.ipynb"


def opened(page, notebook) -> list[int]:
    """Run the notebook until its picture is drawn; the lengths of what the kernel sent meanwhile."""
    received = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda sent: received.append(len(sent))))
    open_and_run(page, *notebook)
    open_card(page, page.locator(".tumen-app"))
    return received


def moves(page) -> None:
    """The first slider moves the picture."""
    app = page.locator(".tumen-app").first
    picture = app.locator(".tumen-picture svg").first
    before = picture.inner_html()
    app.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowRight")
    until(page, lambda: picture.inner_html() != before)


def test_it_is_served_as_a_file_to_be_kept_and_not_sent_by_the_kernel(page, notebook):
    answers = []
    page.on("response", lambda r: answers.append(r) if "/static/vega-embed-" in r.url else None)
    received = opened(page, notebook)
    assert max(received) < LONG
    assert [r.status for r in answers] == [200]
    assert "no-cache" not in answers[0].headers.get("cache-control", "")
    moves(page)
    page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()")
    assert page.seen.errors == []


def test_a_page_that_cannot_read_the_file_draws_all_the_same(page, notebook):
    page.route(FILE, lambda route: route.abort())
    received = opened(page, notebook)
    assert max(received) > LONG
    moves(page)
    page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()")

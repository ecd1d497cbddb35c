"""What we put on a page of JupyterLab: axe-core, names and focus along the keyboard's path, zoom. JupyterLab's own parts are not ours."""

import nbformat
import pytest
from access import OURS, findings, too_wide, walk
from lab import Path, open_and_run, show

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

WORKBOOKS = sorted((Path(__file__).parents[2] / "workbooks").glob("*.ipynb"))
TABS = (
    "Is it robust?",
    "compare",
    "table",
    "sources",
    "what this leaves out",
    "explore",
)
SMALL = (
    "import tumen\nfrom suh2002 import counting",
    "tumen.show(counting.ceiling)",
    "tumen.explore(counting.ceiling)",
    "tumen.explore(counting.quiet)",
    'tumen.recall("counting")',
    'tumen.read("S2P3")',
    'tumen.predict("counting.present")',
    'tumen.ask("counting.bound")',
    'tumen.argue("counting.mind")',
    "tumen.ledger()",
    "tumen.traps()",
)
SOURCES = "() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells.map((c) => c.source)"
DARK = "() => jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })"
NODE = "(i) => jupyterapp.shell.currentWidget.content.widgets[i].node"


def close(page) -> None:
    """End the kernels, and hear what the page complained of."""
    page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()")
    assert page.seen.outside == []
    assert page.seen.errors == []


def cell(page, i: int):
    """Bring a cell into view and give its node, with every guess of a card skipped."""
    node = asked(page, i)
    skip = "button:has-text('open without predicting')"
    while button := next((b for b in node.query_selector_all(skip) if b.is_visible()), None):
        button.click()
        button.wait_for_element_state("hidden")
        node.wait_for_selector(f"{skip}:visible, .tumen-body, img[alt]")
    if node.query_selector(".tumen-body"):
        node.wait_for_selector(".tumen-body .tumen-picture svg")
    return node


def asked(page, i: int):
    """Bring a cell into view and give its node, with the guess that comes before a model still open."""
    show(page, i)
    node = page.evaluate_handle(NODE, i).as_element()
    if node.query_selector(".tumen-chart"):
        node.wait_for_selector(".tumen-picture svg")
    return node


@pytest.fixture
def small(served):
    """A notebook with one of most things a reader meets."""
    base, folder = served
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in SMALL])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, folder / "access.ipynb")
    return base, "workbooks/access.ipynb"


def test_ours_is_named_reachable_and_fits_at_200_percent(page, small):
    base, path = small
    open_and_run(page, base, path)
    for i in range(1, len(SMALL)):
        assert findings(page, OURS, asked(page, i)) == [], f"{SMALL[i]}, with its guess open"
        node = cell(page, i)
        assert node.query_selector(", ".join(OURS)), SMALL[i]
        assert findings(page, OURS, node) == [], SMALL[i]
    picture = cell(page, 1).wait_for_selector("img[alt]")  # closed until its guess was skipped
    assert "124,000" in picture.get_attribute("alt")

    app = cell(page, 2)
    for words in ("save", "load"):
        next(b for b in app.query_selector_all("button") if b.inner_text().strip() == words).click()
        page.wait_for_timeout(600)
        assert findings(page, OURS, app) == [], words

    # from the first slider on, every stop of the Tab key has a name and shows that it has the focus
    app.query_selector("[role=slider]").focus()
    stops = [s for s in walk(page, 24) if s["inside"]]
    assert len(stops) >= 15
    assert [(s["what"], s["name"], s["shown"]) for s in stops if not s["name"] or not s["shown"]] == []
    assert {"slider", "input", "button", "tab"} <= {s["what"] for s in stops}

    page.set_viewport_size({"width": 700, "height": 500})  # what 1400 by 1000 leaves at 200 percent
    page.wait_for_function("() => jupyterapp.shell.leftCollapsed")
    for i in range(2, len(SMALL)):
        cell(page, i)
        assert too_wide(page, ".tumen-app") == []
        assert too_wide(page, ".tumen-card") == []
    close(page)


def test_ours_can_be_read_in_the_dark_theme(page, small):
    base, path = small
    open_and_run(page, base, path)
    page.evaluate(DARK)
    page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")
    page.wait_for_timeout(1_000)
    for i in range(1, len(SMALL)):
        assert findings(page, OURS, asked(page, i)) == [], f"{SMALL[i]}, with its guess open"
        node = cell(page, i)
        assert findings(page, OURS, node) == [], SMALL[i]
    close(page)


@pytest.mark.slow
@pytest.mark.parametrize("path", WORKBOOKS, ids=[p.stem for p in WORKBOOKS])
def test_axe_finds_nothing_serious_in_any_cell_of_a_workbook(page, served, path):
    """Every cell of every workbook, and every tab of every app: about two minutes a workbook."""
    base, _ = served
    open_and_run(page, base, f"workbooks/{path.name}")
    for i, source in enumerate(page.evaluate(SOURCES)):
        assert findings(page, OURS, asked(page, i)) == [], f"{source}, with its guess open"
        node = cell(page, i)
        assert findings(page, OURS, node) == [], source
        for title in TABS if node.query_selector(".tumen-tabs") else ():
            next(t for t in node.query_selector_all("[role=tab]") if t.inner_text().strip() == title).click()
            page.wait_for_timeout(1_500)
            assert findings(page, OURS, node) == [], (source, title)
    close(page)

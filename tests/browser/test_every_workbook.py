"""Every workbook runs whole in JupyterLab in Chromium without a network: every app opens, draws and has names."""

import pytest
from lab import Path, open_and_run, open_card, show

WORKBOOKS = sorted((Path(__file__).parents[2] / "workbooks").glob("*.ipynb"))

CELLS = """() => {
  const cells = [...jupyterapp.shell.currentWidget.content.model.cells].filter(c => c.type === 'code');
  return cells.map(c => ({
    source: c.sharedModel.source,
    failed: [...Array(c.outputs.length).keys()].some(i => c.outputs.get(i).type === 'error'),
  }));
}"""


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", WORKBOOKS, ids=[p.stem for p in WORKBOOKS])
def test_a_workbook_runs_and_all_its_apps_open(page, served, path):
    base, _ = served
    open_and_run(page, base, f"workbooks/{path.name}")
    cells = page.evaluate(CELLS)
    assert not [c["source"] for c in cells if c["failed"]]
    for source in [c["source"] for c in cells if c["source"].startswith("tumen.explore(")]:
        show(page, source)
        box = page.locator(".jp-CodeCell").filter(has_text=source).locator(".tumen-app").first
        box.wait_for()
        open_card(page, box, bring=lambda s=source: show(page, s))
        assert box.locator(".tumen-picture").first.get_attribute("aria-label")
        assert box.locator(".tumen-message").first.inner_text() == ""
        names = [h.get_attribute("aria-label") for h in box.get_by_role("slider").all()]
        assert all(names)
        assert len(set(names)) == len(names)
    page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()")
    assert page.seen.outside == []
    assert page.seen.errors == []

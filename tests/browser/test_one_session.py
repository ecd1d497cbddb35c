"""All workbooks, whole and in order, in one JupyterLab session: no cell fails, nothing is asked of another host, no error is logged."""

import pytest
from lab import ALL_RAN, KERNEL_READY, RUN_ALL, Path

WORKBOOKS = sorted((Path(__file__).parents[2] / "workbooks").glob("[0-9][0-9]-*.ipynb"))
READY = "!!window.jupyterapp && jupyterapp.commands.hasCommand('docmanager:open')"
OPEN = """(path) => jupyterapp.restored.then(() => jupyterapp.commands.execute('docmanager:open', { path }))
  .then((w) => { jupyterapp.shell.activateById(w.id); })"""
CURRENT = "(path) => jupyterapp.shell.currentWidget?.context?.path === path"
FAILED = """() => [...jupyterapp.shell.currentWidget.content.model.cells].filter((c) => c.type === 'code'
  && [...Array(c.outputs.length).keys()].some((i) => c.outputs.get(i).type === 'error')).map((c) => c.sharedModel.source)"""
OPENED = "() => [...jupyterapp.shell.widgets('main')].map((w) => w.context?.path).filter(Boolean)"
MINUTES = 5 * 60_000


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_workbooks_run_in_order_in_one_session(page, served):
    """Each in a tab and a kernel of its own, none closed before the last has run: seven minutes on a busy machine with two cores."""
    base, _ = served
    page.goto(f"{base}/lab?reset", wait_until="domcontentloaded")
    page.wait_for_function(READY, timeout=MINUTES)
    for path in WORKBOOKS:
        name = f"workbooks/{path.name}"
        page.evaluate(OPEN, name)
        page.wait_for_function(CURRENT, arg=name, timeout=MINUTES)
        page.wait_for_function(KERNEL_READY, timeout=MINUTES)
        page.evaluate(RUN_ALL)
        page.wait_for_function(ALL_RAN, timeout=MINUTES)
        assert page.evaluate(FAILED) == [], path.name
    assert set(page.evaluate(OPENED)) >= {f"workbooks/{p.name}" for p in WORKBOOKS}
    page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()")
    assert page.seen.outside == []
    assert page.seen.errors == []

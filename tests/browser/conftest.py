"""One JupyterLab for all browser tests of a worker."""

import shutil

import lab
import pytest
from pages import browser, chromium, page  # noqa: F401 (fixtures)

WORKBOOKS = lab.Path(__file__).parents[2] / "workbooks"


@pytest.fixture(scope="session")
def jupyterlab(chromium, tmp_path_factory):  # noqa: F811
    """The address of a JupyterLab, and the folder it serves."""
    root = tmp_path_factory.mktemp("root")
    with lab.serving(root) as base:
        yield base, root


@pytest.fixture
def served(jupyterlab):
    """Its address and the workbooks' folder in it, copied anew: no test meets another's answers or saved outputs."""
    base, root = jupyterlab
    shutil.rmtree(root / "workbooks", ignore_errors=True)
    shutil.copytree(WORKBOOKS, root / "workbooks", ignore=shutil.ignore_patterns("answers*.json", "case.toml"))
    return base, root / "workbooks"

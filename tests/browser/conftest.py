"""One JupyterLab for all browser tests of a worker."""

import shutil

import lab
import pytest
from pages import browser, chromium, page  # noqa: F401 (fixtures)

WORKBOOKS = lab.Path(__file__).parents[2] / "workbooks"


@pytest.fixture(scope="session")
def served(chromium, tmp_path_factory):  # noqa: F811
    """The address of a JupyterLab that serves a fresh copy of the workbooks, and that copy's folder."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(WORKBOOKS, root / "workbooks", ignore=shutil.ignore_patterns("answers*.json", "case.toml"))
    with lab.serving(root) as base:
        yield base, root / "workbooks"

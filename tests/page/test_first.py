"""A chapter's cell run before its first one: a sentence for the names the first cell brings, nothing changed for others."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client import KernelManager

from tumen.page.first import SENTENCE, load_ipython_extension, names

CONFIG = Path(__file__).parents[2] / "binder" / "ipython_kernel_config.py"


@pytest.fixture
def shell():
    made = InteractiveShell()
    load_ipython_extension(made)
    return made


@pytest.mark.parametrize(
    "cell",
    ['tumen.argue("counting.mind")', "counting.quiet", "print(check.summary())", "tumen.explore(counting.quiet)"],
)
def test_it_is_answered_in_one_sentence(shell, capsys, cell):
    done = shell.run_cell(cell)
    assert not done.success
    said = capsys.readouterr()
    assert said.out.strip() == SENTENCE
    assert said.err == ""


def test_every_theme_is_among_the_names():
    assert {"tumen", "check", "counting", "choice", "crisis", "flows", "alternatives"} <= names()


@pytest.mark.parametrize("cell", ["nothing_of_ours", "1 / 0", "import tumen\ncountnig"])
def test_another_fault_is_shown_as_ever(shell, capsys, cell):
    shell.run_cell(cell)
    said = capsys.readouterr()
    assert "Error" in said.out + said.err
    assert SENTENCE not in said.out


def test_once_the_first_cell_has_run_a_missing_name_is_a_missing_name(shell, capsys):
    shell.run_cell("import tumen")
    shell.run_cell("counting.quiet")
    assert SENTENCE not in capsys.readouterr().out


def test_kernels_load_it_from_the_configuration_that_is_shipped(tmp_path):
    code = f"""
from traitlets.config import PyFileConfigLoader
config = PyFileConfigLoader({CONFIG.name!r}, path={str(CONFIG.parent)!r}).load_config()
print(list(config.InteractiveShellApp.extensions.get_value([])) if hasattr(config.InteractiveShellApp.extensions, 'get_value') else config.InteractiveShellApp.extensions)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "tumen.page.first" in said


@contextmanager
def running(**environment):
    """A client of a kernel that was started with the shipped configuration and these variables."""
    manager = KernelManager()
    manager.start_kernel(extra_arguments=[f"--config={CONFIG}"], env=os.environ | environment)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel()


def said_by(client, *cells: str) -> str:
    """What these cells print."""
    seen = []
    for cell in cells:
        client.execute_interactive(cell, timeout=60, store_history=True, output_hook=seen.append)
    return "".join(m["content"]["text"] for m in seen if m["msg_type"] == "stream")


def test_no_input_is_missing_from_the_history(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    with running() as client:
        said = said_by(client, "1 + 1", "2 + 2", "%history -g 1 +")
    assert "1 + 1" in said, "asked for while the notebook runs"
    with closing(sqlite3.connect(tmp_path / "profile_default" / "history.sqlite")) as kept:
        assert kept.execute("select line, source_raw from history").fetchall()[:2] == [(1, "1 + 1"), (2, "2 + 2")]


@pytest.mark.parametrize(("environment", "debugger"), [({}, True), ({"VOILA_BASE_URL": "/"}, False)])
def test_only_a_page_without_cells_starts_without_the_debugger(tmp_path, environment, debugger):
    with running(IPYTHONDIR=str(tmp_path), **environment) as client:
        assert said_by(client, "import sys; print('pydevd' in sys.modules)").strip() == str(debugger)
        offered = client.kernel_info(reply=True, timeout=60)["content"]["supported_features"]
    assert ("debugger" in offered) == debugger

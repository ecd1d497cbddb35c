"""CONTRIBUTING's example of a chapter is built from the page and run."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"```(?:python|toml)\n# (\S+)\n(.*?)```", re.S)
CELLS = (
    "import tumen\nfrom suh2002 import settling",
    'tumen.predict("settling.guess")',
    "tumen.show(settling.wait)",
    "tumen.explore(settling.wait)",
    'tumen.ask("settling.months")',
)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the house with the chapter of the page in it, and the environment that uses it."""
    root = tmp_path_factory.mktemp("house")
    for package in ("tumen", "suh2002"):
        shutil.copytree(ROOT / "src" / package, root / "src" / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(ROOT / "workbooks" / "tasks", root / "workbooks" / "tasks")
    for path, text in BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        file = root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    listed = root / "data" / "brief.toml"
    listed.write_text(listed.read_text().replace("chapters = [", 'chapters = ["settling", '), encoding="utf-8")
    return root, {**os.environ, "PYTHONPATH": str(root / "src")}


def tumen_(house, *words):
    root, env = house
    done = subprocess.run(
        [sys.executable, "-m", "tumen.cli", *words], env=env, cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_command_line_knows_the_new_model(house):
    found = tumen_(house, "run", "settling.wait", "--set", "places=583", "--json")
    assert found["outputs"] == {"months": 12} and found["findings"][0]["holds"] is True
    assert tumen_(house, "models", "--json")[0]["key"] == "settling.wait"
    rows = tumen_(house, "flip", "settling.wait", "--json")["rows"]
    turn = next(row for row in rows if row["quantity"] == "places")
    assert turn["value"] == pytest.approx(583, rel=1e-6)
    assert "settling.wait" in str(next(c for c in tumen_(house, "claims", "--json") if c["id"] == "S3P1-h")["models"])


def test_the_notebook_of_the_page_runs(house):
    root, env = house
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, root / "workbooks" / "09-settling.ipynb")
    words = [sys.executable, "-m", "tumen.commands.notebooks", "workbooks/09-settling.ipynb"]
    done = subprocess.run(words, env=env, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    ran = nbformat.read(root / "workbooks" / "09-settling.ipynb", as_version=4)
    said = "\n".join(str(o.get("data", {}).get("text/plain", "")) for c in ran.cells for o in c.get("outputs", ()))
    assert "17.5 months" in said and "Predict first" in said

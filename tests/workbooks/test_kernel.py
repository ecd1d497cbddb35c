"""What the kernel of a chapter imports and makes, once the store holds what the chapter opens with."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from books import FOLDER, NAMES, PAGES, PATHS, code_cells

# Libraries that cost a tenth of a second or ten megabytes and more, and smaller ones that one line brings in, such as
# NumPy's median its masked arrays: none of them does a chapter load without a reason.
COSTLY = {
    "altair",
    "jsonschema",
    "lark",
    "matplotlib",
    "nbconvert",
    "nbformat",
    "numpy.ma",
    "pandas",
    "pydantic",
    "rfc3987_syntax",
    "scipy.interpolate",
    "scipy.linalg",
    "scipy.optimize",
    "scipy.spatial",
    "scipy.special",
    "scipy.stats",
    "statistics",
    "tumen.analysis.uncertainty",
    "tumen.evidence.taking",
    "vl_convert",
    "xml.etree.ElementTree",
}
NORMAL = {"numpy.ma", "scipy.special"}
REASONS = {
    "03-crisis-or-hardship": (NORMAL, "in a crowd, thresholds are spread as the normal distribution"),
    "04-aid-and-flows": ({"numpy.ma", "pandas"}, "a cell for those who compute asks for a table as a frame"),
    "05-publicity-and-crackdown": (NORMAL, "the best effort is a value of Lambert's function"),
    "map": (NORMAL, "the map of the argument asks every model whether its claims hold"),
    "ledger": (NORMAL, "the ledger asks every model whether its claims hold"),
}
RUN = """
import json, sys
import IPython.display  # what a kernel has by itself
IPython.display.display = lambda *a, **k: None
shown = {}
for source in json.load(sys.stdin):
    exec(source, shown)
print("\\n" + json.dumps(sorted(sys.modules)))
"""


def modules(path, folder, place) -> set[str]:
    """What a new process holds after all code cells of a workbook, with a store at that place."""
    env = os.environ | {"TUMEN_STORE": str(place), "TUMEN_STRICT": "1"}
    cells = json.dumps([c.source for c in code_cells(path)])
    ran = subprocess.run(
        [sys.executable, "-c", RUN], input=cells, cwd=folder, env=env, capture_output=True, text=True, timeout=600
    )
    assert ran.returncode == 0, ran.stderr
    return set(json.loads(ran.stdout.splitlines()[-1]))


@pytest.fixture
def folder(tmp_path):
    """A copy of the workbooks with nobody's answers."""
    there = tmp_path / "workbooks"
    shutil.copytree(FOLDER, there, ignore=shutil.ignore_patterns("answers*.json", "case.toml", "cases", "*.html"))
    return there


def test_every_chapter_with_a_reason_is_one():
    assert set(REASONS) <= set(NAMES)


@pytest.mark.parametrize(
    "path", [pytest.param(p, marks=() if p.name.startswith("02") else pytest.mark.slow, id=p.stem) for p in PATHS]
)
def test_a_chapter_that_was_opened_here_before_imports_only_what_it_has_a_reason_for(path, folder, tmp_path):
    place = tmp_path / "store"
    first = modules(path, folder, place)
    assert {"altair", "vl_convert"} <= first or path in PAGES  # with nothing kept everything is drawn
    kept = {p.name for p in place.glob("*")}  # none where a page draws nothing
    allowed, _why = REASONS.get(path.stem, (set(), ""))
    assert COSTLY & modules(path, folder, place) == allowed
    assert {p.name for p in place.glob("*")} == kept

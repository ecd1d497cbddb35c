"""A hub that uses nbgrader can release and collect a course; proved with nbgrader itself, in subprocesses."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from plans import PLAN

from tumen.course.build import build
from tumen.course.copies import asked
from tumen.course.handed import read_text
from tumen.course.handin import write_hand_in
from tumen.tasks import Answers

HERE = importlib.util.find_spec("nbgrader") is not None
GRADED = {"counting.guests", "counting.bound", "law.ceiling", "law.reason"}


@pytest.fixture
def released(make_course):
    """A course built for nbgrader."""
    folder = make_course(plan=PLAN.replace('course = "korea-301"', 'course = "korea-301"\nnbgrader = true'))
    build(folder)
    return folder / "built"


def graded_cells(folder):
    """Every cell that asks a graded task, by the task's key."""
    found = {}
    for path in folder.glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            found.update({key: cell for key in asked([cell]) if key in GRADED})
    return found


def test_cells_that_count_carry_nbgraders_metadata_and_no_other_does(released):
    for copy in ("nbgrader/source/korea-301", "students/ann"):
        cells = graded_cells(released / copy)
        assert set(cells) == GRADED
        for cell in cells.values():
            about = cell.metadata.nbgrader
            assert (about.schema_version, about.locked) == (3, True)
            assert not (about.grade or about.solution or about.task)  # nbgrader gives no marks: marking stays ours
        ids = [c.metadata.nbgrader.grade_id for c in cells.values()]
        assert len(set(ids)) == len(ids)
        every = [c for p in (released / copy).glob("*.ipynb") for c in nbformat.read(p, as_version=4).cells]
        assert sum("nbgrader" in c.metadata for c in every) == len(GRADED)


def test_what_is_released_names_no_student_and_has_the_courses_numbers(released):
    folder = released / "nbgrader/source/korea-301"
    assert 'student = ""' in (folder / "student.toml").read_text(encoding="utf-8")
    assert "hosts" not in (folder / "case.toml").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not HERE, reason="nbgrader is not installed; make test-all installs the extra nbgrader")
def test_nbgrader_releases_and_collects_what_we_then_read(released, tmp_path):
    home, exchange, student = (tmp_path / name for name in ("home", "exchange", "student"))
    for folder in (home, exchange, student):
        folder.mkdir()
    exchange.chmod(0o777)
    scripts = Path(sys.executable).parent
    env = {
        **os.environ,
        "HOME": str(home),
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        **{f"JUPYTER_{part}_DIR": str(home / part.lower()) for part in ("DATA", "RUNTIME", "CONFIG")},
    }
    hub = released / "nbgrader"
    config = (hub / "nbgrader_config.py").read_text(encoding="utf-8") + f'c.Exchange.root = "{exchange}"\n'

    def nbgrader(action, folder):
        (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
        command = [str(scripts / "nbgrader"), action, "korea-301"]
        run = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300)
        assert run.returncode == 0, run.stdout + run.stderr
        assert "ERROR" not in run.stderr, run.stderr

    nbgrader("generate_assignment", hub)
    nbgrader("release_assignment", hub)
    nbgrader("fetch_assignment", student)
    fetched = student / "korea-301"
    for cell in graded_cells(fetched).values():
        assert cell.metadata.editable is False and cell.metadata.deletable is False
    Answers(fetched).put("law.reason", "Because.", "recorded")
    write_hand_in(fetched, "ann")
    nbgrader("submit", student)
    nbgrader("collect", hub)
    (collected,) = (hub / "submitted").glob("*/korea-301/hand-in-korea-301-ann.json")
    read = read_text(collected.read_bytes())
    assert read.intact is True
    assert read.answers["law.reason"].value == "Because."
    assert json.loads(collected.read_text())["course"] == "korea-301"

"""A student's copy opened and run as a student does: with the package alone, far from the instructor's folder."""

import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from plans import PLAN

from tumen.course.build import build
from tumen.page.guard import STRICT

EVERY = PLAN.replace('workbooks = ["00", "02-counting-the-hidden"]\n', "")


RUNNER = """
import sys, nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
path, connection, folder = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
manager = AsyncKernelManager(kernel_name="python3", transport="ipc", connection_file=connection)
client = NotebookClient(notebook, km=manager, timeout=300, resources={"metadata": {"path": folder}}, store_widget_state=False)
client.execute()
nbformat.write(notebook, connection + ".ipynb")
"""


def run(path, work):
    """What a notebook's cells say, in text, after a run in its folder; in a process of its own, which closes its sockets."""
    command = [sys.executable, "-c", RUNNER, str(path), str(work / "kernel.json"), str(path.parent)]
    ran = subprocess.run(command, env={**os.environ, STRICT: "1"}, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, ran.stderr[-3000:]
    said = []
    for cell in nbformat.read(work / "kernel.json.ipynb", as_version=4).cells:
        for out in cell.get("outputs", []):
            assert out.output_type != "error"
            said.append(out.get("data", {}).get("text/plain", out.get("text", "")))
    return "\n".join(said)


def unpacked(make_course, tmp_path, plan, copy="students/ann", end=""):
    """A copy in another place, and the instructor's folder gone."""
    folder = make_course(plan=plan, end=end)
    build(folder)
    shutil.copytree(folder / "built" / copy, tmp_path / "home of a student")
    shutil.rmtree(folder)
    return tmp_path / "home of a student"


def test_the_assignment_asks_with_the_students_numbers_and_hands_in(make_course, tmp_path):
    copy = unpacked(make_course, tmp_path, PLAN)
    said = run(copy / "assignment.ipynb", tmp_path)
    hosts = next(line for line in (copy / "case.toml").read_text().splitlines() if line.startswith("hosts"))
    assert f"{int(hosts.split(' = ')[1]):,} hosts live 3.5 to a household" in said
    assert "Written: hand-in-korea-301-ann.json" in said
    assert json.loads((copy / "hand-in-korea-301-ann.json").read_text())["student"] == "ann"
    assert "Which of these is a bound?" in said
    assert "solution" not in said  # of what counts nothing is told


def test_a_courses_own_notebook_runs_in_a_students_copy(make_course, tmp_path):
    folder = make_course(
        plan=PLAN.replace('"00", ', '"00", "09-law", '),
        end='\n[[passage]]\nworkbook = "09-law"\ntext = """A word of ours."""\n',
    )
    cells = [
        nbformat.v4.new_markdown_cell("# Law"),
        nbformat.v4.new_code_cell('import tumen\ntumen.ask("law.warm_up")'),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "09-law.ipynb")
    build(folder)
    copy = shutil.copytree(folder / "built/students/ann", tmp_path / "home of a student")
    shutil.rmtree(folder)
    assert "Which of these is a bound?" in run(copy / "09-law.ipynb", tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("copy", ["students/ann", "solutions", "instructor"])
def test_every_notebook_of_every_copy_runs(copy, make_course, tmp_path):
    folder = unpacked(make_course, tmp_path, EVERY, copy)
    for path in sorted(folder.glob("*.ipynb")):
        assert run(path, tmp_path)


@pytest.mark.slow
def test_a_copy_of_few_sections_runs(make_course, tmp_path):
    end = '\n[leave_out]\n"02" = ["What was in print differed thirtyfold and more", "What does silence say?", "Sources"]\n"00" = ["Who is who", "Where"]\n'
    folder = unpacked(make_course, tmp_path, PLAN, end=end)
    for path in sorted(folder.glob("*.ipynb")):
        assert run(path, tmp_path)

"""The wheel, installed in an empty folder: `tumen lab` copies the workbooks there, serves them, and keeps what was changed."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

import lab
import pytest
from dockerfile import ROOT

FIRST, SECOND = "00-start-here.ipynb", "02-counting-the-hidden.ipynb"


pytestmark = pytest.mark.slow

# JupyterLab's own pages and the widgets' lie beside the packages that are lent
LENT = {"JUPYTERLAB_DIR": f"{sys.prefix}/share/jupyter/lab", "JUPYTER_PATH": f"{sys.prefix}/share/jupyter"}
LENT["JUPYTER_CONFIG_PATH"] = f"{sys.prefix}/etc/jupyter"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A new environment with the wheel, built from this source; the packages it needs are lent by the tests' own."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    (site,) = (folder / "env" / "lib").glob("python3.*/site-packages")
    lent = next(p for p in sys.path if p.endswith("site-packages"))
    (site / "lent.pth").write_text(lent)  # the links to editable packages in there are not followed from here
    python = folder / "env" / "bin" / "python"
    command = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--disable-pip-version-check",
        wheel,
    ]
    subprocess.run(command, check=True)
    return folder / "env" / "bin"


class Serving:
    """`tumen lab --no-browser`, or what is given in its place, in a folder, with a token of ours."""

    def __init__(self, bin_: Path, folder: Path, tumen: tuple[str, ...] = ()):
        lent = {} if tumen else LENT
        self.port = lab.free_port()
        env = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "TUMEN"))}
        env |= lent | {"JUPYTER_TOKEN": "t", "HOME": str(folder.parent), "PATH": f"{bin_}:{env['PATH']}"}
        command = [*(tumen or (str(bin_ / "tumen"), "lab")), "--no-browser", "--port", str(self.port)]
        self.log = folder.parent / "log"
        with self.log.open("w") as sink:
            self.process = subprocess.Popen(command, cwd=folder, env=env, stderr=sink)

    def get(self, path: str) -> str:
        """What the server answers."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Authorization": "token t"})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.read().decode()

    def __enter__(self):
        end = time.monotonic() + 600
        while time.monotonic() < end:
            try:
                self.get("/api")
                return self
            except OSError as refused:
                if isinstance(refused, urllib.error.HTTPError):
                    refused.close()
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


def test_the_library_used_is_the_wheels(installed):
    where = "import tumen; print(tumen.__file__)"
    said = subprocess.run([installed / "python", "-c", where], capture_output=True, text=True, check=True, cwd="/")
    assert Path(said.stdout.strip()).is_relative_to(installed.parent)


def test_it_serves_in_an_empty_folder_and_keeps_what_was_changed(installed, tmp_path):
    empty = tmp_path / "mine"
    empty.mkdir()
    with Serving(installed, empty) as server:
        listing = server.get("/api/contents/workbooks")
        assert FIRST in listing
        assert SECOND in listing
    shipped = {p.name for p in (ROOT / "workbooks").glob("*.ipynb")}
    assert {p.name for p in (empty / "workbooks").glob("*.ipynb")} == shipped
    assert (empty / "workbooks" / "tasks" / "counting.toml").is_file()
    assert f"/lab/tree/workbooks/{FIRST}" in server.log.read_text()

    (empty / "workbooks" / FIRST).write_text("mine")
    (empty / "workbooks" / SECOND).unlink()
    with Serving(installed, empty) as server:
        pass
    assert (empty / "workbooks" / FIRST).read_text() == "mine"
    assert (empty / "workbooks" / SECOND).is_file()
    assert f"workbooks/{FIRST} differs from the one in this version; yours is kept." in server.log.read_text()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_workbook_02_runs_from_the_wheel_and_a_slider_moves(installed, tmp_path, page):
    empty = tmp_path / "mine"
    empty.mkdir()
    with Serving(installed, empty):
        pass  # has copied the workbooks
    command = [str(installed / "python"), "-m", "jupyterlab"]
    with lab.serving(empty, command, PATH=f"{installed}:/usr/bin:/bin", **LENT) as base:
        lab.open_and_run(page, base, f"workbooks/{SECOND}")
        lab.move_a_slider(page)
    assert page.seen.outside == []
    assert page.seen.errors == []
    assert (empty / "workbooks" / "answers.json").is_file()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("runner", [("uvx", "--from"), ("pipx", "run", "--spec")], ids=("uvx", "pipx"))
def test_without_clone_and_make_the_readers_view_opens_in_an_empty_folder(installed, tmp_path, page, runner):
    """As the README has it, in an environment that the runner makes: its packages come from the index it is set up for."""
    if shutil.which(runner[0]) is None:
        pytest.skip(f"no {runner[0]} here")
    (wheel,) = installed.parent.parent.glob("*.whl")
    empty = tmp_path / "mine"
    empty.mkdir()
    with Serving(Path(sys.executable).parent, empty, (*runner, str(wheel), "tumen", "read")) as server:
        page.goto(f"http://127.0.0.1:{server.port}/?token=t", wait_until="domcontentloaded")
        page.wait_for_url(f"**/voila/render/workbooks/{FIRST}**")
        page.locator(".tumen-app").first.wait_for()
    assert page.seen.outside == []
    assert (empty / "workbooks" / SECOND).is_file()

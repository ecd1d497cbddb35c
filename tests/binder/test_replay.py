"""Binder's steps replayed in an empty folder: packages, Tumen, the started server, and workbook 02 in Chromium."""

import json
import subprocess

import dockerfile
import lab
import link
import pytest
from replay import Replay

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]

LARGEST = 850_000_000  # bytes of the whole environment, the image's own packages included


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The environment after all of Binder's steps."""
    replay = Replay(tmp_path_factory.mktemp("binder"))
    replay.base()
    replay.build()
    return replay


@pytest.fixture(scope="module")
def started(built, chromium):
    """The address of the server mybinder.org would start: jupyter-lab, where it is installed."""
    with lab.serving(built.home, [str(built.prefix / "bin" / "jupyter-lab")], **built.env) as base:
        yield base


def test_every_step_passes_and_the_environment_stays_small(built):
    for name, seconds in built.seconds.items():
        print(f"{name}: {seconds:.0f} s, then {built.bytes[name] / 1e6:.0f} MB")
    assert built.bytes["Tumen"] < LARGEST
    assert (built.prefix / "etc" / "jupyter" / "jupyter_server_config.json").is_file()
    assert "Tumen can run and draw here." in built.run("cd workbooks && tumen check")
    installed = built.run("pip list --format=freeze").lower()
    for unneeded in ("pytest", "playwright", "hypothesis", "ruff", "notebook-intelligence", "matplotlib"):
        assert f"\n{unneeded}==" not in installed


def test_what_is_installed_is_the_lock(built):
    installed = dict(line.split("==") for line in built.run("pip list --format=freeze").split() if "==" in line)
    installed = {name.lower().replace("_", "-"): version for name, version in installed.items()}
    missed = []
    for line in (built.home / "binder" / "requirements.txt").read_text().splitlines():
        name, _, rest = line.partition("==")
        name = name.partition("[")[0]
        if rest and ";" not in rest and installed.get(name) != rest.rstrip(" \\"):
            missed.append(f"{name}: {installed.get(name)}, not {rest}")
    assert not missed


def test_the_server_opens_the_first_workbook_by_default(started, page):
    page.goto(started, wait_until="domcontentloaded")
    page.wait_for_url("**/voila/render/workbooks/00-start-here.ipynb*")
    page.locator("main").get_by_role("heading", level=1).first.wait_for()
    assert page.seen.outside == []


def test_the_images_own_command_opens_it_too(built, page):
    command = json.loads(next(s.rest for s in dockerfile.steps(dockerfile.printed()) if s.keyword == "CMD"))
    with lab.serving(built.home, [str(built.prefix / "bin" / command[0]), command[1]], **built.env) as base:
        page.goto(base, wait_until="domcontentloaded")
        page.wait_for_url("**/voila/render/workbooks/00-start-here.ipynb*")


def test_workbook_02_runs_and_a_slider_moves(started, page):
    lab.open_and_run(page, started, "workbooks/02-counting-the-hidden.ipynb")
    lab.move_a_slider(page)
    assert page.seen.outside == []


def test_a_pull_link_brings_an_instructors_own_notebook(started, page, built, tmp_path):
    own = tmp_path / "seminar"
    own.mkdir()
    lab.write_notebook(own / "week-1.ipynb", "import tumen\nfrom suh2002 import counting", "counting.ceiling()")
    for line in ("init -q -b main", "add .", "-c user.name=T -c user.email=t@example.org commit -q -m first"):
        subprocess.run(["git", *line.split()], cwd=own, check=True)
    page.goto(f"{started}/{link.pull(f'file://{own}', 'week-1.ipynb')}")
    page.wait_for_url("**/voila/render/seminar/week-1.ipynb")
    lab.open_and_run(page, started, "seminar/week-1.ipynb")
    assert "124,000 people" in page.locator(".jp-OutputArea-output").last.inner_text()
    assert (built.home / "seminar" / "week-1.ipynb").is_file()

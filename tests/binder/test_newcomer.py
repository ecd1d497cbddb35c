"""A newcomer with a fresh clone and the README: `make read`, and the first slider moves within five minutes."""

import os
import re
import shutil
import subprocess
import time

import lab
import pytest
from dockerfile import ROOT
from replay import LEFT_OUT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]
MOST = 300  # seconds


def fresh_clone(folder):
    """A clone of what is committed, or a copy where this is no repository."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    else:
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))


@pytest.fixture
def opened(tmp_path):
    """The address `make read` prints in a fresh clone, and when it was typed. pip only, and nothing from its cache."""
    fresh_clone(tmp_path / "tumen")
    start = time.monotonic()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "TUMEN", "VIRTUAL_ENV", "MAKE"))}
    env = kept | {"HOME": str(tmp_path), "PIP_NO_CACHE_DIR": "1", "PYTHON": "python3.11"}
    env["PATH"] = os.pathsep.join(p for p in env["PATH"].split(os.pathsep) if shutil.which("uv", path=p) is None)
    command = ["make", "read", "PYTHON=python3.11", f"ARGS=--no-browser --port {lab.free_port()}"]
    log = tmp_path / "log"
    with log.open("w") as sink:
        process = subprocess.Popen(command, cwd=tmp_path / "tumen", env=env, stdout=sink, stderr=subprocess.STDOUT)
    try:
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/\S*token=\S+", log.read_text())):
            assert process.poll() is None, log.read_text()[-3000:]
            assert time.monotonic() - start < 600, log.read_text()[-3000:]
            time.sleep(0.5)
        yield found[0], start
    finally:
        process.terminate()
        process.wait(30)


def test_the_first_slider_moves_within_five_minutes(opened, page):
    address, start = opened
    installed = time.monotonic() - start
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_url("**/voila/render/workbooks/00-start-here.ipynb**")
    box = page.locator(".tumen-app").first
    box.get_by_role("button", name="open without predicting").click()
    box.locator(".tumen-picture svg").wait_for()
    verdict = box.locator(".tumen-verdict").inner_text()
    slider = box.get_by_role("slider").first
    handle = slider.bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(handle["x"] + 60, handle["y"] + handle["height"] / 2, steps=5)
    page.mouse.up()
    box.locator(".tumen-verdict").filter(has_not_text=verdict).wait_for()
    seconds = time.monotonic() - start
    print(f"installed and served after {installed:.0f} s, the first slider moved after {seconds:.0f} s")
    assert page.seen.outside == []
    assert seconds < MOST

"""What opening a notebook takes: a kernel's cells, a server's start, a page in Chromium, and the plain notebook beside."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
PRIVATE = ("answers*.json", "case.toml", "cases", "notes*.html", "memo*.html", "instructor")

SETUP = """
import ipywidgets as W
import numpy as np
"""
OPEN_ALL = """
import ipywidgets
for widget in list(ipywidgets.widgets.widget._instances.values()):
    if isinstance(widget, ipywidgets.Button) and widget.description == "open without predicting":
        widget.click()
"""
TEACHER = """
import altair as alt
import ipywidgets as W
import numpy as np
import pandas as pd
from IPython.display import display
def v5(spec, **kw):  # JupyterLab draws no later version by itself
    spec = {**spec, "$schema": "https://vega.github.io/schema/vega-lite/v5.20.1.json"}
    options = {"embed_options": {"renderer": "svg", "actions": False}}
    return {"application/vnd.vegalite.v5+json": spec, "text/plain": "chart"}, {"application/vnd.vegalite.v5+json": options}
alt.renderers.register("v5", v5); alt.renderers.enable("v5")
def chart(**k):
    x = np.linspace(0, 10, 61)
    rows = pd.DataFrame({"x": x, "y": sum(k.values()) + np.sqrt(x), "case": "yours"})
    points = pd.DataFrame({"x": [2, 5], "y": [k and max(k.values()) or 3, 4], "label": ["one", "two"]})
    across = alt.X("x:Q", title="guests per household", scale=alt.Scale(domain=[0, 10]))
    up = alt.Y("y:Q", title="people", scale=alt.Scale(domain=[0, 40]))
    line = alt.Chart(rows).mark_line(clip=True).encode(across, up, tooltip=["x", "y"])
    rule = alt.Chart(pd.DataFrame({"y": [3, 8]})).mark_rule(color="#0B5FA5").encode(y="y:Q")
    dots = alt.Chart(points).mark_point(size=90, filled=True).encode(across, up)
    words = alt.Chart(points).mark_text(dx=20).encode(across, up, text="label")
    return (line + rule + dots + words).properties(width=560, height=320)
"""


def teacher(pictures: int, apps: list[int]) -> list[str]:
    """The cells of the plain notebook: so many charts, and for each app a chart under so many sliders."""
    cells = [TEACHER, *["display(chart())"] * pictures]
    for count in apps:
        sliders = ", ".join(f"s{i}=W.FloatSlider(value=1, min=0, max=5, step=0.1)" for i in range(count))
        cells.append(f"W.interact(lambda **k: display(chart(**k)), {sliders})")
    return cells


# --- a kernel, cell by cell ---------------------------------------------------------------------------


class Opened:
    """What running a notebook's cells in a new kernel took: seconds, seconds of processor, megabytes, and what it showed."""

    def __init__(self, python: Path, folder: Path, cells: list[str]):
        from jupyter_client import KernelManager

        manager = KernelManager(transport="ipc", ip=f"{folder}/ipc")
        manager.kernel_spec.argv[0] = str(python)
        begun = time.perf_counter()
        manager.start_kernel(cwd=str(folder), env=as_installed())
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=300)
            process = manager.provisioner.process.pid
            self.ready = time.perf_counter() - begun
            self.first, self.pictures, self.apps = None, 0, []
            ran = time.perf_counter()
            for cell in cells:
                answer = client.execute_interactive(
                    cell, timeout=600, output_hook=lambda message: self._saw(message, time.perf_counter() - ran)
                )
                if answer["content"]["status"] != "ok":
                    raise RuntimeError(f"{cell.splitlines()[-1]}: {answer['content'].get('evalue', 'no reason given')}")
            self.wall = time.perf_counter() - begun
            self.processor, self.peak = spent(process)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    def _saw(self, message: dict, seconds: float) -> None:
        content = message["content"]
        if message["msg_type"] == "comm_open":
            state = content.get("data", {}).get("state", {})
            if "spec" in state and "frame" in state:
                self.apps.append(sum("start" in control for control in state["controls"]))
            else:
                return
        elif "image/png" in content.get("data", {}) or "application/vnd.vegalite.v5+json" in content.get("data", {}):
            self.pictures += 1
        else:
            return
        self.first = seconds if self.first is None else self.first

    def shown(self) -> tuple[int, list[int]]:
        """How many pictures it showed without a slider, and how many sliders stand by each of the others."""
        return self.pictures + self.apps.count(0), [n for n in self.apps if n]


def as_installed() -> dict[str, str]:
    """This environment, in which Python keeps its bytecode as it does for a reader; the first round writes it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def spent(process: int) -> tuple[float, float]:
    """Seconds of processor a process has used, and the most memory it ever held, in MB."""
    parts = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    status = Path(f"/proc/{process}/status").read_text()
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1000
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK"), peak


def chapter(root: Path, number: str) -> tuple[Path, list[str]]:
    """A chapter's file and the sources of its code cells."""
    (path,) = (root / "workbooks").glob(f"{number}-*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return path, ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]


@contextmanager
def copied(root: Path):
    """A copy of the workbooks with nobody's answers, in a folder of a short name."""
    with tempfile.TemporaryDirectory(prefix="open") as folder:
        there = Path(folder, "workbooks")
        shutil.copytree(root / "workbooks", there, ignore=shutil.ignore_patterns(*PRIVATE))
        yield there


def opened(python: Path, root: Path, cells: list[str]) -> Opened:
    """These cells in a new kernel, in a new copy of the workbooks."""
    with copied(root) as folder:
        return Opened(python, folder, cells)


def earlier(commit: str) -> Path:
    """That commit of this repository, with an environment of its own; made where it is not there yet."""
    place = ROOT / ".make" / f"earlier-{commit}"
    if not (place / ".venv" / ".installed").exists():
        place.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", str(place)], input=packed, check=True)
        subprocess.run(
            ["make", "env", f"PYTHON={sys.base_prefix}/bin/python3"], cwd=place, check=True, stdout=sys.stderr
        )
    return place


# --- the server, and the page as a reader meets it ----------------------------------------------------


def server(python: Path) -> float:
    """Seconds of processor that a Jupyter server has used when it first answers."""
    import lab

    port = lab.free_port()
    words = [
        str(python),
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--IdentityProvider.token=",
    ]
    with tempfile.TemporaryDirectory(prefix="open") as folder:
        names = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
        env = as_installed() | {f"JUPYTER_{name}": f"{folder}/{name}" for name in names}
        with Path(folder, "log").open("w") as sink:
            run = subprocess.Popen(words, cwd=folder, env=env, stdout=sink, stderr=sink)
            try:
                lab._wait(run, port, Path(folder, "log"))
                return spent(run.pid)[0]
            finally:
                run.terminate()
                run.wait(60)


PAINTED = "() => (performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"
HANDLE = "() => { const e = document.querySelector('.tumen-app .noUi-handle, .widget-slider .noUi-handle'); if (e) { e.scrollIntoView(); return true; } }"
SEEN = "() => [...document.querySelectorAll('.tumen-picture svg, .vega-embed svg')].map((e) => e.innerHTML).join('')"


def page(browser, address: str, lab_view: bool, first: str) -> tuple[float, float]:
    """Seconds from the address to the first paint, and to the picture that a first moved slider has changed."""
    import lab

    seen = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
    begun = time.perf_counter()
    seen.goto(address, wait_until="commit")
    if lab_view:
        seen.wait_for_function(
            lab.KERNEL_READY.replace("const w = jupyterapp", "if (!window.jupyterapp) return; const w = jupyterapp"),
            timeout=300_000,
        )
        seen.evaluate(lab.RUN_ALL)
        seen.wait_for_function("() => window.tumenRan", timeout=300_000)
        lab.show(seen, first)
    seen.wait_for_function(HANDLE, timeout=300_000, polling=50)
    handle = seen.locator(".noUi-handle").first
    seen.wait_for_function(f"() => ({SEEN})().length > 0", timeout=300_000, polling=50)
    before = seen.evaluate(SEEN)
    handle.focus()
    end = time.perf_counter() + 300
    while seen.evaluate(SEEN) == before:  # the first keys may come before the page listens
        if time.perf_counter() > end:
            raise RuntimeError(f"{address}: no slider moved")
        seen.keyboard.press("ArrowRight")
        seen.wait_for_timeout(100)
    moved = time.perf_counter() - begun
    painted = seen.evaluate(PAINTED) / 1000
    seen.context.close()
    return painted, moved

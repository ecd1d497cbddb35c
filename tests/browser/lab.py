"""A real JupyterLab and a real Chromium, with every outside host unresolvable."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tumen.site import printing

FLAGS = [*printing.FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 300  # seconds: a busy machine is no fault of a page, and nothing waits so long that comes at all
PLUGIN = "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings"
# a workbook comes with the counts of an earlier run: only the command's own end says that it has run now
RUN_ALL = """() => {
  window.tumenRan = false;
  jupyterapp.commands.execute('notebook:run-all-cells').catch(() => {}).finally(() => { window.tumenRan = true; });
}"""
KERNEL_READY = """() => {
  const w = jupyterapp.shell.currentWidget, k = w && w.sessionContext && w.sessionContext.session && w.sessionContext.session.kernel;
  return !!k && k.status === 'idle' && k.connectionStatus === 'connected' && w.context.isReady;
}"""
ALL_RAN = """() => {
  const w = jupyterapp.shell.currentWidget;
  const cells = [...w.content.model.cells].filter(c => c.type === 'code' && c.sharedModel.source.trim());
  const k = w.sessionContext.session.kernel;
  return window.tumenRan && cells.length > 0 && cells.every(c => c.executionCount !== null && c.executionState !== 'running') && k.status === 'idle';
}"""


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def serving(root: Path, command: list[str] | None = None, port: int | None = None, **env: str):
    """Serve a folder in JupyterLab and yield its address; `env` is set over the environment."""
    # the name of an IPC socket has about a hundred letters at most: a test's own folder is too deep for it
    with tempfile.TemporaryDirectory(prefix="lab") as short:
        yield from _served(root, Path(short), command, port or free_port(), env)


def _served(root: Path, scratch: Path, command: list[str] | None, port: int, given: dict[str, str]):
    names = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    env = {**os.environ, **{f"JUPYTER_{n}": str(scratch / n[0].lower()) for n in names}}
    env |= {"JUPYTERLAB_SETTINGS_DIR": str(scratch / "s"), "JUPYTERLAB_WORKSPACES_DIR": str(scratch / "w")}
    # a notebook saved while a test goes on would, opened again, complain of every widget until it is run
    (scratch / "s" / PLUGIN).parent.mkdir(parents=True)
    (scratch / "s" / PLUGIN).write_text('{"autosave": false}')
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    env |= given
    parts = [*(command or [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}"])]
    parts += ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--ServerApp.port={port}", "--IdentityProvider.token="]
    parts += ["--ServerApp.disable_check_xsrf=True", "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"]
    parts += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--KernelManager.transport=ipc"]
    log = scratch / "lab.log"
    with log.open("w") as sink:
        server = subprocess.Popen(parts, env=env, stdout=sink, stderr=subprocess.STDOUT, cwd=root)
        try:
            _wait(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(60)
            except subprocess.TimeoutExpired:  # it waits for a kernel that is only starting: no test asks for that
                server.kill()
                server.wait()


def _wait(server, port: int, log: Path) -> None:
    end = time.time() + PATIENCE
    while time.time() < end:
        if server.poll() is not None:
            raise RuntimeError(log.read_text()[-3000:])
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=10)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not answer within {PATIENCE} seconds:\n{log.read_text()[-3000:]}")


class Seen:
    """What a page asked for and complained of: outside requests, console errors, failed responses."""

    def __init__(self, page):
        self.outside: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._asked)
        page.on("console", lambda m: self.errors.append(f"{m.text} {m.location}") if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))

    def _asked(self, request):
        if not re.match(r"(http|ws)s?://(127\.0\.0\.1|localhost)[:/]|data:|blob:", request.url):
            self.outside.append(request.url)


def open_and_run(page, base: str, notebook: str, seconds: int = PATIENCE) -> None:
    """Open a notebook in JupyterLab, run all its cells and wait until every one has run."""
    page.goto(f"{base}/lab/tree/{notebook}?reset", wait_until="domcontentloaded")
    page.wait_for_function("!!window.jupyterapp && !!jupyterapp.commands", timeout=seconds * 1000)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=seconds * 1000)
    page.wait_for_function(KERNEL_READY, timeout=seconds * 1000)
    page.evaluate("() => jupyterapp.commands.execute('notebook:expand-all-headings')")  # what is folded is there too
    page.evaluate(RUN_ALL)
    page.wait_for_function(ALL_RAN, timeout=seconds * 1000)


# JupyterLab draws only what is near, and what it draws above pushes the rest down: scroll until the cell stays.
SHOW = """async (which) => {
  const content = jupyterapp.shell.currentWidget.content;
  const cells = content.model.sharedModel.cells;
  const at = typeof which === 'number' ? which : cells.findIndex(c => c.source.startsWith(which));
  let top = null, still = 0;
  for (let tries = 0; tries < 100 && still < 3; tries++) {
    await content.scrollToItem(at, 'start');
    await new Promise((done) => setTimeout(done, 150));
    const { node } = content.widgets[at];
    const now = node.isConnected ? Math.round(node.getBoundingClientRect().top) : null;
    still = now !== null && now === top ? still + 1 : 0;
    top = now;
  }
  return still === 3;
}"""


def show(page, which: str | int) -> None:
    """Bring a cell into view: the first whose source starts so, or the one at this place."""
    assert page.evaluate(SHOW, which), f"{which} did not come to rest in view"


def until(page, true, seconds: int = PATIENCE) -> None:
    """Wait until a function of no argument gives a true value."""
    end = time.time() + seconds
    while not true():
        assert time.time() < end, f"not so after {seconds} seconds"
        page.wait_for_timeout(100)


DRAWN = ".tumen-body .tumen-picture svg"  # the model's own picture: one of axes alone may stand before the guess


def open_card(page, card, seconds: int = PATIENCE, bring=None) -> None:
    """Skip every guess that comes before a model in its card, one after another, until its picture is drawn.

    `bring()` brings a card back that JupyterLab has left out of the page because what stands above it grew.
    """
    drawn = card.locator(DRAWN).first
    skip = card.get_by_role("button", name="open without predicting").locator("visible=true")

    def there() -> bool:
        if bring and not card.count():
            bring()
        return bool(drawn.count() or skip.count())

    until(page, there, seconds)
    while not drawn.count():
        button = skip.first.element_handle()
        button.click()
        until(page, lambda b=button: not b.is_visible(), seconds)  # each guess has a button of its own
        until(page, there, seconds)
    drawn.wait_for()


def move_a_slider(page) -> float:
    """In workbook 02, already run: open the first app and move a slider by keyboard; the seconds from key to picture."""
    show(page, "tumen.explore(counting.ceiling)")
    box = page.locator(".tumen-app").filter(has_text="How many people could the hosts carry")
    open_card(page, box)
    box.locator(".tumen-verdict").filter(has_text="124,000").wait_for()
    return press_and_wait(page, "ArrowRight")


WATCH = """() => {
  const app = [...document.querySelectorAll('.tumen-app')].find(e => e.textContent.includes('How many people could the hosts carry'));
  const shown = () => app.querySelector('.tumen-picture svg').innerHTML;
  const before = shown(), start = performance.now();
  window.tumenMoved = new Promise((done) => {
    const look = () => shown() !== before ? done(performance.now() - start) : setTimeout(look, 2);
    look();
  });
}"""


def press_and_wait(page, key: str) -> float:
    """Press a key on that app's slider; the seconds, by the page's own clock, until its picture has changed."""
    box = page.locator(".tumen-app").filter(has_text="How many people could the hosts carry")
    box.get_by_role("slider", name=re.compile("share of households that host")).focus()
    page.evaluate(WATCH)
    page.keyboard.press(key)
    return page.evaluate("window.tumenMoved") / 1000


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook with these code cells."""
    import nbformat

    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, path)


def first_card(path: Path) -> tuple[str, str]:
    """What a chapter imports, and the cell of its first card."""
    import nbformat

    code = [c.source for c in nbformat.read(path, 4).cells if c.cell_type == "code"]
    card = next(c for c in code if "tumen.explore(" in c)
    return "\n".join(line for line in code[0].splitlines() if "import" in line), card

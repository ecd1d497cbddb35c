"""A JupyterLab that a test may stop and start again at the same address, and a chapter of a few cells in it."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from contextlib import ExitStack
from pathlib import Path

import lab

CELLS = (
    "import tumen\nfrom suh2002 import counting",
    'tumen.argue("counting.mind")',
    'tumen.ask("counting.guests")',
    'tumen.ask("counting.bound")',
    "tumen.explore(counting.quiet)",
)
NAME = "chapter.ipynb"
SAVE = "() => jupyterapp.shell.currentWidget.context.save()"
KERNEL = "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.id"
RESTART = "() => { jupyterapp.shell.currentWidget.sessionContext.restartKernel(); }"
LIVE = "() => { const b = document.querySelector('.tumen-banner'); return !!b && b.hidden; }"


class Room:
    """A folder with a chapter, served; `base` is its address."""

    def __init__(self, root: Path):
        self.root, self.port, self.stack = root, lab.free_port(), ExitStack()
        lab.write_notebook(root / NAME, *CELLS)
        self.base = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve the folder."""
        self.stack.enter_context(lab.serving(self.root, port=self.port))

    def stop(self) -> None:
        """End the server, and its kernels with it, as SIGTERM does."""
        self.stack.close()

    def kernel(self, page) -> int:
        """The process of the kernel of the open notebook."""
        return self.process(page.evaluate(KERNEL))

    def process(self, wanted: str) -> int:
        """The process of the kernel of that name."""
        for proc in Path("/proc").iterdir():
            try:
                words = (proc / "cmdline").read_bytes().decode() if proc.name.isdigit() else ""
            except OSError:
                continue
            if "ipykernel_launcher" in words and wanted in words:
                return int(proc.name)
        raise AssertionError(f"no process of kernel {wanted}")

    def kill(self, page) -> None:
        """End that process as nothing but the system can."""
        os.kill(self.kernel(page), signal.SIGKILL)

    def kill_named(self, kernel: str) -> None:
        """The same for the kernel of that name."""
        os.kill(self.process(kernel), signal.SIGKILL)

    @property
    def answers(self) -> dict:
        """What answers.json holds, nothing where there is none."""
        path = self.root / "answers.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def draft(self, key: str) -> str | None:
        """The draft of a task in answers.json."""
        return self.answers.get("drafts", {}).get(key, {}).get("value")


def run(page, room) -> None:
    """Open the chapter and run it."""
    dismiss(page)
    lab.open_and_run(page, room.base, NAME)
    page.wait_for_function(LIVE)


def dismiss(page) -> None:
    """Press away every box of JupyterLab's own that lies over the page, as it comes."""
    page.add_locator_handler(page.locator(".jp-Dialog").first, lambda box: box.get_by_role("button").last.click())


def run_all(page) -> None:
    """Run every cell of the open chapter again."""
    page.evaluate(lab.RUN_ALL)
    page.wait_for_timeout(300)
    page.wait_for_function(lab.ALL_RAN, timeout=180_000)


def box(page):
    """The field for the reader's own words."""
    return page.get_by_label("your answer", exact=True).locator("visible=true").first


def banner(page):
    """The sentence across the top of the page, where there is one."""
    return page.locator(".tumen-banner").locator("visible=true")


def type_in(page, words: str) -> None:
    """Type into that field with the keyboard, and leave it."""
    box(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def said_within(page, pattern: str, seconds: float) -> float:
    """How long it takes until the sentence across the top fits the pattern; fails after so many seconds."""
    start = time.monotonic()
    banner(page).filter(has_text=re.compile(pattern)).wait_for(timeout=seconds * 1000)
    return time.monotonic() - start

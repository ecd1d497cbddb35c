"""Pages onto paper, by the Chromium that is there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tumen.core import Problem

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge")
FLAGS = (  # a browser without a window that asks nobody for anything
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 180  # seconds for one page, which takes about one


def browser() -> str | None:
    """The path of a Chromium, or None."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


def printed(page: Path, chromium: str) -> Path:
    """Print a page to a tagged PDF beside it, with no network; raises `Problem` where the browser fails."""
    goal = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory(prefix="print") as profile:
        part = Path(profile) / "page.pdf"
        command = [
            chromium,
            *FLAGS,
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
            "--export-tagged-pdf",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={part}",
            page.resolve().as_uri(),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
            shutil.move(part, goal)
        except (OSError, subprocess.SubprocessError):
            raise Problem(
                f"{page.name} could not be printed with {Path(chromium).name}; the page itself is written."
            ) from None
    return goal

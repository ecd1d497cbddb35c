"""The Dockerfile repo2docker prints for this repository, as a list of instructions. No Docker is needed for that."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
TUMEN_FILES = ("binder/requirements.txt", "binder/postBuild")


class Step(NamedTuple):
    """One instruction of a Dockerfile: its keyword, and the rest on one line."""

    keyword: str
    rest: str


def printed(folder: Path = ROOT) -> str:
    """What `jupyter-repo2docker --no-build --debug` prints for a folder."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "--user-id=1000", "--user-name=jovyan"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def steps(text: str) -> list[Step]:
    """The instructions in their order, comments left out and continued lines joined."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    return [Step(*line.strip().split(None, 1)) for line in joined.splitlines() if line.strip()]


def ours(found: list[Step]) -> list[Step]:
    """The instructions from the first that names a file of ours: those before it make the base environment."""
    first = next(i for i, s in enumerate(found) if TUMEN_FILES[0] in s.rest)
    return found[first:]

"""Binder's steps in an empty folder, without Docker: the same commands, in the printed order, as bash runs them.

Three things differ from the image. The operating system is this machine's. The base environment, which the image takes
from conda, is a virtual environment with the same packages in the same versions from the package index. And the steps
run as whoever runs the tests.
"""

from __future__ import annotations

import importlib.resources
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import dockerfile
from dockerfile import ROOT

LEFT_OUT = (".git", ".venv", ".venv-*", "node_modules", "__pycache__", ".*_cache", ".hypothesis", "dist", "build")
KEPT = re.compile(r"^(PIP_|LANG|LC_|TMPDIR|.*_CA_|.*CERT|.*_proxy$)")  # how this machine reaches a package index


def base_packages(python: str) -> list[str]:
    """The packages repo2docker's base environment is asked for, in the versions of its lock."""
    conda = importlib.resources.files("repo2docker") / "buildpacks" / "conda"
    asked = re.findall(r"^- ([\w-]+)==", (conda / f"environment.py-{python}.yml").read_text(), re.M)
    lock = (conda / f"environment.py-{python}-linux-64.lock").read_text()
    found = {name: re.search(rf"/{re.escape(name)}-(\d[\w.]*)-", lock)[1] for name in asked}
    return [f"{name.removesuffix('-singleuser')}=={version}" for name, version in found.items()]


def size(folder: Path) -> int:
    """How many bytes the files of a folder take."""
    return sum(p.lstat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


class Replay:
    """An empty folder in which the steps are run; `seconds` and `bytes` say what each took."""

    def __init__(self, folder: Path):
        self.prefix = folder / "srv" / "conda" / "envs" / "notebook"
        self.home = folder / "home" / "jovyan"
        self.home.mkdir(parents=True)
        self.python = (ROOT / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
        kept = {k: v for k, v in os.environ.items() if KEPT.match(k)}
        places = {"REPO_DIR": self.home, "NB_PYTHON_PREFIX": self.prefix, "KERNEL_PYTHON_PREFIX": self.prefix}
        self.env = kept | {k: str(v) for k, v in places.items()}
        self.env |= {"HOME": str(self.home), "USER": "jovyan", "NB_USER": "jovyan", "CONDA_DIR": f"{folder}/srv/conda"}
        self.env["PATH"] = f"{self.prefix}/bin:/usr/local/bin:/usr/bin:/bin"
        self.seconds: dict[str, float] = {}
        self.bytes: dict[str, int] = {}

    def run(self, line: str) -> str:
        """Run one line in bash in the reader's home; what it printed."""
        done = subprocess.run(["bash", "-c", line], cwd=self.home, env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout

    def timed(self, name: str, line: str) -> str:
        """The same, noting the time it took and the size of the environment after it."""
        start = time.monotonic()
        said = self.run(line)
        self.seconds[name], self.bytes[name] = time.monotonic() - start, size(self.prefix)
        return said

    def base(self) -> None:
        """The environment the image starts with."""
        python = shutil.which(f"python{self.python}")
        assert python, f"Python {self.python}, which binder/runtime.txt asks for, is not on the PATH"
        self.run(f"{python} -m venv {self.prefix}")
        self.timed("base", f"pip install --quiet --no-cache-dir {' '.join(base_packages(self.python))}")

    def build(self) -> None:
        """Every step of the Dockerfile from the first that names a file of ours."""
        for step in dockerfile.ours(dockerfile.steps(dockerfile.printed())):
            if step.keyword == "COPY" and " src/" in f" {step.rest}":
                self.copy(*step.rest.split()[-2:])
            elif step.keyword == "RUN":
                name = "packages" if "requirements.txt" in step.rest else "Tumen"
                self.timed(name, step.rest)

    def copy(self, source: str, target: str) -> None:
        """A COPY of one of our files, or of all of them."""
        start, goal = ROOT / source.removeprefix("src/"), Path(target.replace("${REPO_DIR}", str(self.home)))
        if start.is_dir():
            shutil.copytree(start, goal, ignore=shutil.ignore_patterns(*LEFT_OUT), dirs_exist_ok=True)
        else:
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(start, goal)

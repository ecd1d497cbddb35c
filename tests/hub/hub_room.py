"""A class server of its own for the tests: `make hub` in a new folder, with accounts that are removed afterwards."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import accounts
import lab

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"^  (\S+) +(\w{4}-\w{4}-\w{4})$", re.M)
NEW_NETWORK = 0x4000_0000  # CLONE_NEWNET
LOOPBACK_UP = """
import fcntl, os, socket, struct, sys
with socket.socket() as s:
    fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 1))
os.execvp(sys.argv[1], sys.argv[1:])
"""


def missing() -> str:
    """Why no class server can run here, or nothing."""
    if os.geteuid() != 0:
        return "a class server needs root"
    if shutil.which("npm") is None:
        return "its proxy needs npm"
    if readable_python() is None:
        return "it needs a Python 3.11 that every account can read"
    return ""


def readable_python() -> str | None:
    """A Python new enough that an account without rights can run."""
    for name in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        asked = [os.path.realpath(name), "-c", "import sys, ensurepip; sys.exit(sys.version_info < (3, 11))"]
        try:
            if subprocess.run(asked, user=65_534, group=65_534, extra_groups=[], cwd="/", env={}).returncode == 0:
                return asked[0]
        except OSError:
            continue
    return None


class Classroom:
    """`make hub` for some students; `codes` are the sign-in codes it printed, `base` its address."""

    def __init__(self, names: list[str]):
        self.kept = os.environ.get("TUMEN_TEST_HUB")  # a folder in which all is installed already, to try things out
        self.folder = Path(self.kept or tempfile.mkdtemp(prefix="h", dir="/tmp"))
        self.folder.chmod(0o755)
        tag = secrets.token_hex(3)  # accounts of this machine: no test may meet another's
        self.names = [f"{name}-{tag}" for name in names]
        self.list = self.folder / "class.txt"
        self.list.write_text("\n".join(self.names))
        self.codes: dict[str, str] = {}
        self.process = None
        self.apart = False
        self.log = self.folder / "log"

    def make(self, *args: str) -> list[str]:
        """The documented command, with this room's folder and list."""
        chosen = [f"HUB={self.folder}", f"CLASS={self.list}", f"PYTHON={readable_python()}"]
        return ["make", "--no-print-directory", "-C", str(ROOT), "hub", *chosen, f"ARGS={' '.join(args)}"]

    @property
    def source(self) -> str | None:
        """The address the class comes from in a network of its own: as from another machine, with ports nobody here holds."""
        return "127.0.0.2" if self.apart else None

    @contextlib.contextmanager
    def network(self):
        """Let the calling thread, alone, stand in the server's network where that is a network of its own."""
        if not self.apart:
            yield
            return
        with Path(f"/proc/{self.process.pid}/ns/net").open() as its, Path("/proc/thread-self/ns/net").open() as own:
            assert ctypes.CDLL(None).setns(its.fileno(), NEW_NETWORK) == 0
            try:
                yield
            finally:
                assert ctypes.CDLL(None).setns(own.fileno(), NEW_NETWORK) == 0

    def open(self, *args: str, seconds: float = 600, apart: bool = False) -> Classroom:
        """Start the server and wait until its sign-in page comes; `apart` gives it a network of its own, loopback alone."""
        port = lab.free_port()
        self.base = f"http://127.0.0.1:{port}"
        command = self.make("--address", "127.0.0.1", "--port", str(port), *args)
        self.apart = apart
        if apart:
            command = ["unshare", "--net", sys.executable, "-c", LOOPBACK_UP, *command]
        with self.log.open("w") as sink:
            self.process = subprocess.Popen(command, stdout=sink, stderr=subprocess.STDOUT, start_new_session=True)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()[-4000:]
            if "JupyterHub is now running" in self.log.read_text():
                with self.network(), urllib.request.urlopen(f"{self.base}/hub/login", timeout=30) as answer:
                    assert answer.status == 200
                self.codes |= dict(CODE.findall(self.log.read_text()))
                return self
            time.sleep(0.3)
        raise AssertionError(self.log.read_text()[-4000:])

    def account(self, name: str) -> accounts.Account:
        """A student's account of this machine."""
        return accounts.find(name, self.folder / "students")

    def new_code(self, name: str) -> None:
        """Give a student another code while the server runs, in another terminal."""
        told = subprocess.run(self.make("--new-code", name), check=True, capture_output=True, text=True).stdout
        assert "The server is running" in told
        self.codes |= dict(CODE.findall(told))

    def close(self) -> None:
        """End the server as Ctrl-C does."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait(60)

    def remove(self) -> None:
        """End the server, remove its accounts and its folder."""
        self.close()
        subprocess.run(self.make("--remove-accounts"), check=True, capture_output=True)
        if not self.kept:
            shutil.rmtree(self.folder)


def expose_app(room: Classroom, name: str) -> None:
    """Let JupyterLab's page show its application object to this student: how tests see that every cell has run."""
    settings = room.folder / "students" / name / "work" / ".jupyter"
    settings.mkdir(exist_ok=True)
    (settings / "jupyter_server_config.json").write_text('{"LabApp": {"expose_app_in_browser": true}}')
    settings.chmod(0o777)  # within a folder only the student enters

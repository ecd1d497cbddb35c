"""What `make hub` asks before it installs anything. The standard library only: it runs under any Python there is.

Ends with 0 where all is there, with 2 and a sentence where something is missing, with 3 where the server is running.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

NOBODY = 65534
OTHERS = (
    "/usr/bin/python3",
    "/usr/local/bin/python3",
    "/usr/bin/python3.13",
    "/usr/bin/python3.12",
    "/usr/bin/python3.11",
)


def ran(python, code):
    """What an account without rights gets for an exit status where it runs code with this Python; none where it cannot."""
    try:
        return subprocess.run([python, "-c", code], user=NOBODY, group=NOBODY, extra_groups=[], cwd="/", env={},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode  # fmt: skip
    except OSError:  # a folder on the way is closed to it
        return None


def closed(python):
    """The sentence about a Python that students' accounts cannot run."""
    fits = "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))"
    other = next((path for path in OTHERS if Path(path).exists() and ran(path, fits) == 0), "")
    hint = f"for example sudo make hub PYTHON={other}" if other else "for example one of your system's packages"
    return f"students' accounts cannot run {python}; choose a Python that every account can read, {hint}."


def running(hub):
    """Whether a class server holds this folder now."""
    try:
        with Path(hub, "state", "lock").open() as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def missing():
    """What is missing, in a sentence, or nothing."""
    if os.geteuid() != 0:
        return "the class server needs root (sudo make hub): each student gets an account of this machine."
    if sys.version_info < (3, 11):  # noqa: UP036 (this asks before anything is installed)
        return f"Tumen needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}."
    if shutil.which("npm") is None:
        return "npm is missing; the proxy needs Node.js 20 or newer."
    python = os.path.realpath(sys.executable)
    return "" if ran(python, "") == 0 else closed(python)


if __name__ == "__main__":
    fault = missing()
    if fault:
        print("make hub:", fault, file=sys.stderr)
    sys.exit(2 if fault else 3 if running(sys.argv[1]) else 0)

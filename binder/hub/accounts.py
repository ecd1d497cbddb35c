"""An account of this machine for each student, and the folder only that account can enter."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from tumen.core import Problem

PREFIX = "tumen-"  # so that a student named root or www-data is neither


class Account(NamedTuple):
    """A student's account: its system name, its numbers and its folders.

    `door` belongs to root and lets only the student's group through: even a student who opens `work` to all
    lets nobody in. `work` is what JupyterLab shows, `run` holds the sockets of the student's kernels.
    """

    system: str
    uid: int
    gid: int
    door: Path

    @property
    def work(self) -> Path:
        """The student's own folder."""
        return self.door / "work"

    @property
    def run(self) -> Path:
        """Where the kernels' sockets and connection files lie."""
        return self.door / "run"


def find(name: str, students: Path) -> Account:
    """The account of a student; raises `KeyError` where there is none."""
    entry = pwd.getpwnam(PREFIX + name)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, students / name)


def make(name: str, students: Path) -> Account:
    """Make the account and its folders, or mend their owners and modes; raises `Problem` where that cannot be."""
    home = students / name / "work"
    try:
        there = pwd.getpwnam(PREFIX + name)
    except KeyError:
        add = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(home)]
        _run([*add, "--shell", _nologin(), "--comment", "Tumen class server", PREFIX + name])
    else:
        if there.pw_dir != str(home):
            raise Problem(
                f"the account {PREFIX}{name} of this machine belongs to {there.pw_dir}, not to {home}; "
                "remove it or give the student another name."
            )
    account = find(name, students)
    _folder(students, 0, 0, 0o711)
    _folder(account.door, 0, account.gid, 0o750)
    _folder(account.work, account.uid, account.gid, 0o700)
    _folder(account.run, account.uid, account.gid, 0o700)
    return account


def remove(students: Path) -> list[str]:
    """Remove every account whose folder lies here; the folders themselves stay and are root's to read."""
    gone = [
        e.pw_name for e in pwd.getpwall() if e.pw_name.startswith(PREFIX) and Path(e.pw_dir).is_relative_to(students)
    ]
    for name in gone:
        _run(["userdel", name])
    return gone


def _folder(path: Path, uid: int, gid: int, mode: int) -> None:
    # a student owns `work` and `run` but not the folder they stand in, so neither can have become a link
    path.mkdir(exist_ok=True)
    os.chown(path, uid, gid, follow_symlinks=False)
    path.chmod(mode)


def _nologin() -> str:
    return shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin:/bin") or "/bin/false"


def _run(command: list[str]) -> None:
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PATH": path})
    if done.returncode:
        raise Problem(f"{command[0]} refused ({' '.join(done.stderr.split()) or done.returncode}).")

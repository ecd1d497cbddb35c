"""An account of this machine for each student, named by the server, and the folders only that account can enter."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import string
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from tumen.core import Problem
from tumen.core.files import write_atomic

PREFIX = "tumen-"  # tumen-001, tumen-002, ...: who a student is stands only in the table, which root alone reads
PLAIN = set(string.ascii_lowercase + string.digits + "-_.")


class Account(NamedTuple):
    """A student's account: its system name, its numbers and its folders.

    `door` belongs to root and lets only the student's group through: even a student who opens `work` to all
    lets nobody in. `work` is what JupyterLab shows; `run` holds the student's sockets, `way` is the one the proxy uses.
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
    def place(self) -> Path:
        """The door before the sockets: root's, and no path that names the student, as every account sees paths of processes."""
        return self.door.parent.parent / "run" / self.system

    @property
    def run(self) -> Path:
        """Where the kernels' sockets and connection files lie."""
        return self.place / "own"

    @property
    def socket(self) -> Path:
        """The socket the student's server listens at."""
        return self.run / "server.sock"

    @property
    def way(self) -> Path:
        """A second name of that socket, in a folder the student cannot write to: it can never lead elsewhere."""
        return self.place / "server.sock"


def socket_url(path: Path) -> str:
    """The address of a socket, for the hub and its proxy; capitals are written as numbers, as hosts know none."""
    return "http+unix://" + "".join(chr(b) if chr(b) in PLAIN else f"%{b:02x}" for b in os.fsencode(path))


def table(students: Path) -> dict[str, str]:
    """Which account is whose: the system name for each name of the class list there has ever been."""
    path = _table(students)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def find(name: str, students: Path) -> Account:
    """The account of a student; raises `KeyError` where there is none."""
    entry = pwd.getpwnam(table(students)[name])
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, students / name)


def make(name: str, students: Path) -> Account:
    """Make the account and its folders, or mend their owners and modes; raises `Problem` where that cannot be."""
    system, there = _assigned(name, students)
    home = students.parent / "run" / system
    if not there:
        add = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(home)]
        _run([*add, "--shell", _nologin(), "--comment", "Tumen class server", system])
    account = find(name, students)
    for above in (students, home.parent):
        _folder(above, 0, 0, 0o711)
    _folder(account.door, 0, account.gid, 0o750)
    _folder(account.place, 0, account.gid, 0o750)
    for own in (account.work, account.run):
        _folder(own, account.uid, account.gid, 0o700)
        _give(own, account)
    return account


def of(hub: Path) -> list[pwd.struct_passwd]:
    """This machine's accounts that belong to the server in a folder, also those of students who are no longer in the class."""
    return [e for e in pwd.getpwall() if e.pw_name.startswith(PREFIX) and Path(e.pw_dir).is_relative_to(hub)]


def remove(students: Path) -> list[str]:
    """Remove every account whose home lies in this server's folder; the students' folders stay and are root's to read."""
    gone = of(students.parent)
    end({e.pw_uid for e in gone})
    for entry in gone:
        _run(["userdel", entry.pw_name])
    return [e.pw_name for e in gone]


def end(uids: set[int], seconds: float = 10) -> None:
    """End every process of these accounts: what an earlier run of the server left must not stand in its place."""
    until = time.monotonic() + seconds
    while (left := [p for p in Path("/proc").iterdir() if p.name.isdigit() and _owner(p) in uids]) and (
        time.monotonic() < until
    ):
        for process in left:
            try:
                os.kill(int(process.name), signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.05)


def _owner(path: Path) -> int:
    try:
        return path.stat().st_uid
    except OSError:
        return -1


def _table(students: Path) -> Path:
    return students.parent / "state" / "accounts.json"


def _assigned(name: str, students: Path) -> tuple[str, bool]:
    """The system name of a student's account, written down before the account is made, and whether it is there."""
    known = table(students)
    taken = {e.pw_name: e.pw_dir for e in pwd.getpwall()}
    system = known.get(name, "")
    if not system or taken.get(system, str(students.parent / "run" / system)) != str(students.parent / "run" / system):
        number = 1
        while (system := f"{PREFIX}{number:03}") in taken or system in known.values():
            number += 1
        write_atomic(_table(students), json.dumps(known | {name: system}, indent=1)).chmod(0o600)
    return system, system in taken


def _folder(path: Path, uid: int, gid: int, mode: int) -> None:
    # a student owns `work` and `run` but not the folder they stand in, so neither can have become a link
    path.mkdir(exist_ok=True)
    os.chown(path, uid, gid, follow_symlinks=False)
    path.chmod(mode)


def _give(folder: Path, account: Account) -> None:
    """Give all below a folder to the account, where another has it: an account made anew may have another number."""
    for _, folders, files, here in os.fwalk(folder, follow_symlinks=False):
        for name in (*folders, *files):
            if os.stat(name, dir_fd=here, follow_symlinks=False).st_uid != account.uid:
                os.chown(name, account.uid, account.gid, dir_fd=here, follow_symlinks=False)


def _nologin() -> str:
    return shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin:/bin") or "/bin/false"


def _run(command: list[str]) -> None:
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PATH": path})
    if done.returncode:
        raise Problem(f"{command[0]} refused ({' '.join(done.stderr.split()) or done.returncode}).")

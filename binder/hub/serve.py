"""Serve a class from this machine: `sudo make hub` calls this once the packages are in place.

Prepares the folder (content, accounts, sign-in codes), prints what the teacher needs, and becomes JupyterHub.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import accounts
import classlist

from tumen.core import Problem

NOT_CONTENT = ("instructor", "answers*.json", "cases", "notes*.html", ".*", "__pycache__")
LONGEST = 20  # letters of the folder's path: a kernel's socket lies below it, and its whole name may have 107
NOBODY = 65_534


def prepare(hub: Path, names: list[str], content: Path) -> None:
    """The folder as the server needs it: read-only content, a closed state folder, an account and a folder a student."""
    if len(str(hub)) > LONGEST:
        raise Problem(
            f"the folder {hub} has too long a path; a kernel's socket below it needs one of at most {LONGEST}."
        )
    for above in (hub, *hub.parents):
        if above.stat().st_mode & 0o001 == 0:
            raise Problem(f"students could not reach {hub}: {above} is closed to other accounts; choose another HUB=.")
    state = hub / "state"
    state.mkdir(exist_ok=True)
    state.chmod(0o700)
    usable(hub / "env" / "bin" / "python")
    hand_out(content, hub / "content", {name: accounts.make(name, hub / "students") for name in names})


def usable(python: Path) -> None:
    """Raise `Problem` unless an account without rights can run this Python."""
    done = subprocess.run([str(python), "-c", "import tumen"], user=NOBODY, group=NOBODY, extra_groups=[], cwd="/",
                          env={}, capture_output=True, text=True)  # fmt: skip
    if done.returncode:
        where = python.resolve()
        raise Problem(
            f"students' accounts cannot run {where}; install with a Python that every account can read, "
            "for example sudo make hub PYTHON=/usr/bin/python3."
        )


def hand_out(source: Path, target: Path, accounts_of: dict[str, accounts.Account] | None = None) -> None:
    """A copy of the content that belongs to root and that nobody else can change; the old one is replaced whole.

    A folder with notebooks is handed to all. One with a folder `students`, as `tumen course build` makes it, gives each
    student the own copy in it, which no other can read.
    """
    each = source / "students"
    new = target.with_name("content.new")
    shutil.rmtree(new, ignore_errors=True)
    if any(source.glob("*.ipynb")):
        _read_only(source, new, 0, 0o444)
    elif each.is_dir() and accounts_of:
        new.mkdir()
        for name, account in accounts_of.items():
            if not any((each / name).glob("*.ipynb")):
                raise Problem(f"{each} has no notebooks for {name}; the class list and the course's roster must agree.")
            _read_only(each / name, new / name, account.gid, 0o440)
    else:
        raise Problem(
            f"there is no workbook in {source}; CONTENT= names a folder with notebooks, or a course's `built`."
        )
    if target.exists():
        target.rename(old := target.with_name("content.old"))
        shutil.rmtree(old)
    new.rename(target)


def _read_only(source: Path, target: Path, group: int, mode: int) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*NOT_CONTENT))
    for path in [target, *target.rglob("*")]:
        os.chown(path, 0, group)
        path.chmod(mode | (mode >> 2) & 0o111 if path.is_dir() else mode)  # who may read a folder may enter it


def tell(given: dict[str, str], args) -> None:
    """What the teacher needs to know, in words."""
    if given:
        print("Sign-in codes, shown this once (only a hash of each is kept):")
        for name, code in given.items():
            print(f"  {name:<20}  {code}")
        print("A code that was lost is given anew by ARGS='--new-code NAME'.")
    scheme = "https" if args.cert else "http"
    print(f"The class signs in at {scheme}://{args.address or 'THIS-MACHINE'}:{args.port}. Ctrl-C ends the server.")
    if not args.cert:
        print("Without KEY= and CERT= codes and answers cross the network unencrypted.")
    sys.stdout.flush()


def options() -> argparse.ArgumentParser:
    """What can be chosen."""
    p = argparse.ArgumentParser(prog="make hub", description="Serve a class from this machine.")
    p.add_argument("--hub", type=Path, required=True, help="the folder everything lies in")
    p.add_argument("--class-list", type=Path, required=True, help="a text file with a name a line")
    p.add_argument("--content", type=Path, required=True, help="the folder with the workbooks to hand out")
    p.add_argument("--address", default="", help="the address to listen at (default: all)")
    p.add_argument("--port", type=int, default=8000, help="the port; the two after it are used on loopback")
    p.add_argument("--memory", default="1G", help="memory a student (default 1G)")
    p.add_argument("--cpu", type=float, default=1.0, help="processors a student (default 1)")
    p.add_argument("--idle", type=int, default=3600, help="seconds after which an idle server is stopped")
    p.add_argument("--key", default="", help="a TLS key file")
    p.add_argument("--cert", default="", help="a TLS certificate file")
    p.add_argument("--domain", default="", help="https://NAME, where *.NAME leads here too: each student a host name")
    p.add_argument("--new-code", action="append", default=[], metavar="NAME", help="give this student another code")
    p.add_argument("--remove-accounts", action="store_true", help="remove the students' accounts, keep their folders")
    return p


def become_jupyterhub(args) -> None:
    """Hand over to JupyterHub, with what was chosen in its environment (none of which a student's server gets)."""
    chosen = {"": args.hub, "_CLASS": args.class_list.resolve(), "_ADDRESS": args.address, "_PORT": args.port}
    chosen |= {"_MEMORY": args.memory, "_CPU": args.cpu, "_IDLE": args.idle, "_DOMAIN": args.domain}
    chosen |= {"_KEY": args.key and Path(args.key).resolve(), "_CERT": args.cert and Path(args.cert).resolve()}
    here = Path(__file__).resolve().parent
    env = os.environ | {f"TUMEN_HUB{k}": str(v) for k, v in chosen.items()} | {"PYTHONPATH": str(here)}
    env["PATH"] = f"{args.hub}/env/bin:{env.get('PATH', os.defpath)}"
    os.chdir(args.hub / "state")
    hub = str(args.hub / "env" / "bin" / "jupyterhub")
    os.execve(hub, [hub, "-f", str(here / "jupyterhub_config.py")], env)


def main(argv: list[str] | None = None) -> int:
    """Prepare, tell, and become JupyterHub; exit status 2 and one sentence after a slip."""
    args = options().parse_args(argv)
    try:
        if os.geteuid() != 0:
            raise Problem("the class server needs root (sudo make hub): each student gets an account of this machine.")
        args.hub = args.hub.resolve()
        if args.remove_accounts:
            gone = accounts.remove(args.hub / "students")
            print(f"Removed: {', '.join(gone) or 'none'}. The folders in {args.hub}/students are kept.")
            return 0
        names = classlist.read(args.class_list)
        for name in args.new_code:
            if name not in names:
                raise Problem(f"{name} is not in {args.class_list}.")
        prepare(args.hub, names, args.content)
        tell(classlist.Codes(args.hub / "state" / "codes.json").issue(names, tuple(args.new_code)), args)
    except Problem as fault:
        print("make hub:", fault, file=sys.stderr)
        return 2
    become_jupyterhub(args)
    return 1  # not reached: this process is JupyterHub by now


if __name__ == "__main__":
    sys.exit(main())

"""Serve a class from this machine: `sudo make hub` calls this once the packages are in place.

Prepares the folder (content, accounts, sign-in codes), prints what the teacher needs, and becomes JupyterHub.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import socket
import sys
from pathlib import Path

import accounts
import before
import classlist
import private

from tumen.core import Problem

NOT_CONTENT = ("instructor", "answers*.json", "cases", "notes*.html", ".*", "__pycache__")
LONGEST = 36  # letters of the folder's path: a kernel's socket lies below it, and its whole name may have 107


def prepare(hub: Path, names: list[str], content: Path) -> None:
    """The folder as the server needs it: read-only content, a closed state folder, an account and a folder a student."""
    if len(str(hub)) > LONGEST:
        raise Problem(
            f"the folder {hub} has too long a path; a kernel's socket below it needs one of at most {LONGEST}."
        )
    for above in (hub, *hub.parents):
        if above.stat().st_mode & 0o001 == 0:
            raise Problem(f"students could not reach {hub}: {above} is closed to other accounts; choose another HUB=.")
    usable(hub / "env" / "bin" / "python")
    private.check(content, NOT_CONTENT)
    made = {name: accounts.make(name, hub / "students") for name in names}
    accounts.end({entry.pw_uid for entry in accounts.of(hub)})
    hand_out(content, hub / "content", made)


def hold(hub: Path) -> int | None:
    """Take the folder for this server, which holds it until it ends; none where another server has it."""
    state = hub / "state"
    state.mkdir(exist_ok=True)
    state.chmod(0o700)
    held = os.open(state / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        return None
    os.set_inheritable(held, True)  # this process becomes the hub, and what the hub starts gets no open files
    return held


def usable(python: Path) -> None:
    """Raise `Problem` unless an account without rights can run this Python."""
    if before.ran(str(python), "import tumen") != 0:
        raise Problem(before.closed(python.resolve()))


def free(address: str, port: int) -> None:
    """Raise `Problem` where the class could not be served at this address and port."""
    if not 0 < port < 65_536:
        raise Problem(f"there is no port {port}; choose one below 65,536: ARGS='--port 8888'.")
    try:
        with socket.create_server((address, port)):
            pass
    except OSError as e:
        raise Problem(f"port {port} cannot be had ({e.strerror}); choose another: ARGS='--port 8888'.") from None


def hand_out(source: Path, target: Path, accounts_of: dict[str, accounts.Account] | None = None) -> None:
    """A copy of the content that belongs to root and that nobody else can change; the old one is replaced whole.

    A folder with notebooks is handed to all. One with a folder `students`, as `tumen course build` makes it, gives each
    student the own copy in it, which no other can read; it lies under the account's name, which says nothing of whose it is.
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
            _read_only(each / name, new / account.system, account.gid, 0o440)
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


def tell_codes(given: dict[str, str]) -> None:
    """The new codes, in clear this once."""
    if given:
        print("Sign-in codes, shown this once (only a hash of each is kept):")
        for name, code in given.items():
            print(f"  {name:<20}  {code}")
        print("A code that was lost is given anew by ARGS='--new-code NAME'.")


def tell(given: dict[str, str], args) -> None:
    """What the teacher needs to know, in words."""
    tell_codes(given)
    print(f"Whose account is whose stands in {args.hub}/state/accounts.json, which root alone reads.")
    scheme = "https" if args.cert else "http"
    print(f"The class signs in at {scheme}://{args.address or 'THIS-MACHINE'}:{args.port}. Ctrl-C ends the server.")
    if not args.cert:
        print("Without KEY= and CERT= codes and answers cross the network unencrypted.")
    sys.stdout.flush()


def options() -> argparse.ArgumentParser:
    """What can be chosen."""
    p = argparse.ArgumentParser(prog="make hub", description="Serve a class from this machine.")
    p.add_argument("--hub", type=Path, required=True, help="the folder everything lies in")
    p.add_argument("--class-list", type=Path, required=True, help="a text file with a name a line, or a roster")
    p.add_argument("--content", type=Path, required=True, help="the folder with the workbooks to hand out")
    p.add_argument("--address", default="", help="the address to listen at (default: all)")
    p.add_argument("--port", type=int, default=8000, help="the port (default 8000)")
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
        if not ready(args):
            return 0
    except Problem as fault:
        print("make hub:", fault, file=sys.stderr)
        return 2
    become_jupyterhub(args)
    return 1  # not reached: this process is JupyterHub by now


def ready(args) -> bool:
    """Do what was asked; whether the server is to start. Raises `Problem`."""
    alone = hold(args.hub) is not None
    if args.remove_accounts and alone:
        gone = accounts.remove(args.hub / "students")
        print(f"Removed: {', '.join(gone) or 'none'}. The folders in {args.hub}/students are kept.")
        return False
    names, state = classlist.read(args.class_list), args.hub / "state"
    anew = tuple(by_name(name, names, args.class_list) for name in args.new_code)
    codes = classlist.Codes(state / "codes.json")
    if not alone and anew:
        tell_codes(codes.issue([], anew))
        print("The server is running: whoever signed in with the old code is out within seconds.")
        return False
    if not alone:
        raise Problem(f"a class server is running in {args.hub}; end it first, with Ctrl-C where it was started.")
    free(args.address, args.port)
    prepare(args.hub, names, args.content)
    members = classlist.ClassList(args.class_list, state / "class.json")
    members.names()
    tell(codes.issue(names, anew), args)
    return True


def by_name(name: str, names: list[str], listed: Path) -> str:
    """A name as the class list spells it; raises `Problem` where it is not in the list."""
    for known in names:
        if classlist.same(known) == classlist.same(name):
            return known
    raise Problem(f"{name} is not in {listed}.")


if __name__ == "__main__":
    sys.exit(main())

"""Run as the student: bring the handed-out workbooks into the student's folder, then start the student's server.

Nothing here runs with more rights than the student has: a link a student laid leads nowhere the student could not go.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import runpy
import shutil
import sys
from pathlib import Path

LEDGER = ".handed-out.json"
FIRST = "00-start-here.ipynb"


def digest(path: Path) -> str:
    """What stands in a file, as a short fingerprint."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hand_out(content: Path, target: Path) -> list[str]:
    """Copy what is new or has been corrected; a file the student changed is left alone and its name returned."""
    ledger = target / LEDGER
    known = {}
    with contextlib.suppress(OSError, ValueError):
        known = json.loads(ledger.read_text(encoding="utf-8"))
    kept = []
    for path in sorted(p for p in content.rglob("*") if p.is_file()):
        name = path.relative_to(content).as_posix()
        goal, new = target / name, digest(path)
        if goal.exists() and digest(goal) not in (new, known.get(name)):
            kept.append(name)
            continue
        if not goal.exists() or digest(goal) != new:
            goal.parent.mkdir(parents=True, exist_ok=True)
            part = goal.with_name(f".{goal.name}.part")
            shutil.copyfile(path, part)
            part.replace(goal)
        known[name] = new
    ledger.write_text(json.dumps(known), encoding="utf-8")
    return kept


def own(content: Path, account: str) -> Path:
    """The content of the student's account where each has one, else the content of all."""
    return content / account if account and (content / account).is_dir() else content


def first_page(workbooks: Path) -> str:
    """The address of the notebook that opens: the start page, or else the first by name."""
    books = sorted(p.name for p in workbooks.glob("*.ipynb"))
    return f"/voila/render/{workbooks.name}/{FIRST if FIRST in books or not books else books[0]}"


def main(content: Path, command: list[str]) -> None:
    """Hand out, link the read-only originals, and become the server."""
    content = own(content, os.environ.get("USER", ""))
    target = Path.home() / "workbooks"
    try:
        target.mkdir(exist_ok=True)
        for name in hand_out(content, target):
            print(f"workbooks/{name} was changed by its student and is kept.", file=sys.stderr)
        original = Path.home() / "handed-out"
        if not original.is_symlink() and not original.exists():
            original.symlink_to(content)
    except OSError as e:  # a full disk or an odd folder must not keep a student from the server
        print(f"The workbooks could not be handed out: {e}.", file=sys.stderr)
    os.environ["JUPYTERHUB_DEFAULT_URL"] = first_page(target)
    become(command)


def become(command: list[str]) -> None:
    """Become the student's server, a script of this environment, with its arguments.

    JupyterLab asks node at its import for a registry that only a build of extensions uses: a third of a second of processor
    for each of a class. No node is found meanwhile.
    """
    here = str(Path(__file__).parent)
    sys.path[:] = [p for p in sys.path if p != here]  # nothing of ours stands in for a module of the server
    path = os.environ.get("PATH", "")
    os.environ["PATH"] = str(Path(sys.executable).parent)
    try:
        import jupyterlab.labapp  # noqa: F401
    finally:
        os.environ["PATH"] = path
    script = shutil.which(command[0]) or command[0]
    sys.argv = [script, *command[1:]]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

"""`tumen check`: can this installation run and draw? In words."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import shipped, write_atomic

OLDEST = (3, 11)
NEEDED = (
    "jupyterlab",
    "ipywidgets",
    "altair",
    "vl-convert-python",
    "numpy",
    "scipy",
    "pandas",
    "pydantic",
)


def register(commands) -> None:
    """Add the subcommand to the parser."""
    p = commands.add_parser(
        "check", help="check this installation", description="Say whether Tumen can run and draw here."
    )
    p.set_defaults(do=do)


def _python() -> str:
    if sys.version_info[:2] < OLDEST:
        raise Problem(f"Tumen needs Python {'.'.join(map(str, OLDEST))} or newer; this is {sys.version.split()[0]}")
    return f"Python {sys.version.split()[0]}"


def _packages() -> str:
    missing = []
    for name in NEEDED:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        raise Problem(f"missing: {', '.join(missing)}; install tumen-workbook again")
    return f"the {len(NEEDED)} packages it needs are installed (JupyterLab {version('jupyterlab')}, Altair {version('altair')})"


def _data() -> str:
    from tumen.evidence.ledger import claims
    from tumen.evidence.tables import names, table

    for name in names():
        table(name)
    return f"{len(names())} tables and a ledger of {len(claims())} claims are readable"


def _models(whole: bool = True) -> str:
    from tumen.brief import models

    every = models()
    for m in every.values() if whole else list(every.values())[:1]:
        m()
    return f"{len(every)} models run"


def _draws(whole: bool = True) -> str:
    from tumen.brief import models, picture_of
    from tumen.charts.picture import drawn, with_rows

    model = next(iter(models().values()))
    start = model()
    found = picture_of(model)
    rows = found.rows(start, start)
    png = drawn(with_rows(found.compiled(), rows), 1) if whole else found.png(rows)
    if not png.startswith(b"\x89PNG"):
        raise Problem("a picture could not be drawn; install vl-convert-python again")
    return "a picture can be drawn without a network"


def _page() -> str:
    from tumen.page.engine import home, keep

    if home() is None:
        raise Problem("what draws pictures in the page is not where JupyterLab looks; install tumen-workbook again")
    file, _ = keep()
    slow = "" if file else ", though its library cannot be kept here and is sent anew in each session"
    return f"JupyterLab serves what draws pictures in the page{slow}"


def _apps() -> str:
    from tumen.brief import models
    from tumen.page.explore import Explore
    from tumen.page.session import Session

    with tempfile.TemporaryDirectory() as folder:
        app = Explore(next(iter(models().values())), Session(folder))
        if app.chart is None:  # it has told the reader why, in place of its controls
            raise Problem("an app could not be drawn; install tumen-workbook again")
        app.reset()
    return "an app opens and its controls move"


def _workbooks() -> str:
    found = sorted(shipped("workbooks").glob("*.ipynb"))
    if not found:
        raise Problem("no workbook was found; install tumen-workbook again")
    return f"{len(found)} workbooks are in place"


def _folder() -> str:
    try:
        write_atomic(Path(".tumen-check"), "").unlink()
    except OSError as e:
        raise Problem(f"this folder cannot be written ({e.strerror}), so answers could not be kept here") from None
    return "answers can be kept in this folder"


CHECKS: tuple[Callable[..., str], ...] = (_python, _packages, _data, _models, _draws, _page, _apps, _workbooks, _folder)
LONG = (_models, _draws)  # a chapter's first cell runs one model, and takes a picture that may have been drawn before


def report(whole: bool = True) -> list[tuple[bool, str]]:
    """Every check in turn: whether it passed, and one sentence; what takes seconds is left to a `whole` one."""
    out = []
    for check in CHECKS:
        try:
            out.append((True, check() if whole or check not in LONG else check(False)))
        except Exception as fault:  # an installation can be broken in any way; each is told, none stops the rest
            out.append((False, str(fault) if isinstance(fault, Problem) else f"{type(fault).__name__}: {fault}"))
    return out


def summary() -> str:
    """The report in one or a few sentences, without version numbers; quick, for the first cell of a chapter."""
    wrong = [words for good, words in report(whole=False) if not good]
    if wrong:
        return "Something is missing. " + " ".join(f"{w[:1].upper()}{w[1:]}." for w in wrong)
    return f"All {len(CHECKS)} checks passed: this installation can run and draw."


def do(_args) -> None:
    """Print the report; exit status 1 where anything is wrong."""
    lines = report()
    for good, words in lines:
        print(f"{'ok   ' if good else 'WRONG'}  {words}")
    if not all(good for good, _ in lines):
        sys.exit(1)
    print("Tumen can run and draw here.")

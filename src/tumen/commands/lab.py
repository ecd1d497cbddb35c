"""`tumen read` and `tumen lab`: open the workbook as pages without code, or in JupyterLab."""

from __future__ import annotations

import filecmp
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from tumen.commands.ready import begin
from tumen.core import Problem
from tumen.core.files import shipped
from tumen.tasks.definitions import COPY

FIRST = "00-start-here.ipynb"
HOMES = ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
OF_COURSE = "assignment.ipynb"  # what a copy of a course opens with
WHICH = (
    "In a folder that a course made, that copy is opened; else, outside a clone, the workbooks are first copied to "
    "./workbooks."
)
IN_LAB, IN_READER = "/lab/tree/", "/voila/render/"
UNSEEN = 1800  # seconds after which a kernel that no page is connected to, and that does nothing, ends


def register(commands) -> None:
    """Add the subcommands to the parser."""
    p = commands.add_parser(
        "read",
        help="open the workbook as pages without code",
        description="Open the workbook in the reader's view: pages without code, that run by themselves. Without a "
        "folder: " + WHICH[0].lower() + WHICH[1:],
    )
    p.add_argument("folder", nargs="?", metavar="FOLDER", help="a folder with notebooks that use Tumen")
    _options(p)
    p.set_defaults(do=do_read)
    p = commands.add_parser(
        "lab",
        help="open the workbook in JupyterLab, with the code behind it",
        description="Open the workbook in JupyterLab. " + WHICH,
    )
    _options(p)
    p.set_defaults(do=do_lab)


def _options(parser) -> None:
    parser.add_argument("--no-browser", action="store_true", help="serve, but open no browser")
    parser.add_argument("--port", type=int, metavar="N", help="the port to serve on (default: JupyterLab's own, 8888)")


def workbook_folder() -> Path:
    """The folder with the workbooks: a course's copy, the clone's own, or a copy in ./workbooks that keeps changes."""
    if (Path.cwd() / COPY).is_file():
        return Path.cwd()
    source = shipped("workbooks")
    if not source.is_dir():
        raise Problem("the workbooks are not where this installation expects them; install tumen-workbook again.")
    if source.parent.name != "_shipped":
        return source
    target = Path.cwd() / "workbooks"
    try:
        kept = copy_new(source, target)
    except OSError as e:
        raise Problem(
            f"the workbooks cannot be copied to ./workbooks ({e.strerror}); go to a folder of yours."
        ) from None
    for name in kept:
        print(f"workbooks/{name} differs from the one in this version; yours is kept.", file=sys.stderr)
    return target


def notebooks_in(folder: str) -> Path:
    """The folder of that name; raises `Problem` where it is none or holds no notebook."""
    path = Path(folder).expanduser().resolve()
    if not path.is_dir():
        raise Problem(f"there is no folder {folder!r}; give one with notebooks in it, or none to open the workbook.")
    if not any(path.glob("*.ipynb")):
        raise Problem(
            f"there is no notebook in {folder!r}; give a folder with notebooks, or none to open the workbook."
        )
    return path


def copy_new(source: Path, target: Path) -> list[str]:
    """Copy what is not there yet; files that differ are left alone and their names returned."""
    kept = []
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        name = path.relative_to(source)
        goal = target / name
        if not goal.exists():
            goal.parent.mkdir(parents=True, exist_ok=True)
            part = goal.with_name(f".{goal.name}.part")  # a copy broken off must not pass for a reader's own
            shutil.copyfile(path, part)
            part.replace(goal)
        elif not filecmp.cmp(path, goal, shallow=False):
            kept.append(name.as_posix())
    return kept


def first_page(folder: Path) -> str:
    """The notebook a folder opens with: a course's, the start page, or else the first by name."""
    named = [name for name in (OF_COURSE, FIRST) if (folder / name).is_file()]
    return next(iter([*named, *sorted(p.name for p in folder.glob("*.ipynb"))]), FIRST)


def served(folder: Path) -> Path:
    """What the browser is shown of this machine: the folder one stands in, or only the workbooks where they lie elsewhere."""
    here = Path.cwd()
    return here if folder == here or here in folder.parents else folder


def command(folder: Path, no_browser: bool = False, port: int | None = None, view: str = IN_LAB) -> list[str]:
    """The command line that serves the folder and opens its first workbook in the view at that address.

    Python takes no module from where it stands. Raises `Problem` for a port that cannot be.
    """
    root = served(folder)
    page = (folder / first_page(folder)).relative_to(root).as_posix()
    parts = [
        sys.executable,
        "-P",
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={root}",
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url={view}{quote(page)}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None",
        "--LanguageServerManager.autodetect=False",  # it asks npm where it keeps its programs
        f"--MappingKernelManager.cull_idle_timeout={UNSEEN}",
        "--MappingKernelManager.cull_connected=False",
    ]
    if no_browser:
        parts.append("--no-browser")
    if port is not None:
        if not 1 <= port <= 65_535:
            raise Problem(f"a port lies between 1 and 65,535; you gave {port}.")
        parts += [f"--port={port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        parts.append("--allow-root")
    return parts


def lent_folders() -> dict[str, str]:
    """Folders for one session, by variable, where Jupyter and IPython cannot write this account's own; it is said."""
    from jupyter_core import paths

    own = (
        paths.jupyter_data_dir(),
        paths.jupyter_config_dir(),
        paths.jupyter_runtime_dir(),
        os.environ.get("IPYTHONDIR") or Path("~/.ipython").expanduser(),
    )
    shut = [name for name, path in zip(HOMES, map(Path, own), strict=True) if not _writable(path)]
    if not shut:
        return {}
    lent = Path(tempfile.mkdtemp(prefix="tumen-"))
    if "JUPYTER_CONFIG_DIR" in shut:  # beside it JupyterLab keeps its settings and the arrangement of the page
        shut += ["JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"]
    print(
        "Your home folder cannot be written, so JupyterLab's own settings last for this session only; "
        "workbooks and answers are kept where they are.",
        file=sys.stderr,
    )
    return {name: str(lent / name.lower()) for name in shut}


def _writable(path: Path) -> bool:
    """Whether a folder, there already or to be made, can be written."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)


def do_read(args) -> None:
    """Hand over to JupyterLab's server, which opens the first chapter in the reader's view."""
    folder = notebooks_in(args.folder) if args.folder is not None else workbook_folder()
    hand_over(command(folder, args.no_browser, args.port, IN_READER))


def do_lab(args) -> None:
    """Hand over to JupyterLab."""
    hand_over(command(workbook_folder(), args.no_browser, args.port))


def hand_over(parts: list[str]) -> None:
    """Become the server that the command line starts."""
    # nor do the kernels start from modules that lie beside a workbook, such as a file called random.py
    environment = os.environ | {"PYTHONSAFEPATH": "1"} | lent_folders()
    with suppress(OSError):
        begin()
    sys.stdout.flush()
    os.execve(parts[0], parts, environment)

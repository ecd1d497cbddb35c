"""`tumen read`: open the workbook in the reader's view, as pages without code."""

from __future__ import annotations

from pathlib import Path

from tumen.commands import lab
from tumen.core import Problem

IN_READER = "/voila/render/"


def register(commands) -> None:
    """Add the subcommand to the parser."""
    p = commands.add_parser(
        "read",
        help="open the workbook as pages without code",
        description="Open the workbook in the reader's view: pages without code, that run by themselves. Without a "
        "folder: " + lab.WHICH[0].lower() + lab.WHICH[1:],
    )
    p.add_argument("folder", nargs="?", metavar="FOLDER", help="a folder with notebooks that use Tumen")
    lab.options(p)
    p.set_defaults(do=do)


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


def do(args) -> None:
    """Hand over to JupyterLab's server, which opens the first chapter in the reader's view."""
    folder = notebooks_in(args.folder) if args.folder is not None else lab.workbook_folder()
    lab.hand_over(lab.command(folder, args.no_browser, args.port, IN_READER))

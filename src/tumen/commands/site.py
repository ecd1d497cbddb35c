"""`tumen site`: every workbook as a page to read and on paper."""

from __future__ import annotations

from pathlib import Path

from tumen.core import Problem
from tumen.core.files import shipped
from tumen.course.plan import FILE as PLAN


def register(commands) -> None:
    """Add the subcommand to the parser."""
    p = commands.add_parser(
        "site",
        help="write reading copies",
        description=(
            "Write every workbook as a page that needs no kernel and no network, and as a PDF where Chromium is installed, "
            "with contents, glossary, references and the instructor set."
        ),
    )
    p.add_argument("folder", nargs="?", default="site", metavar="FOLDER", help="where to write (default: ./site)")
    p.add_argument(
        "--workbooks", metavar="FOLDER", help="the workbooks to copy (default: ./workbooks, else Tumen's own)"
    )
    p.add_argument("--no-pdf", action="store_true", help="write pages only")
    p.set_defaults(do=do)


def do(args) -> None:
    """Write the site and say what was written."""
    from tumen.site import build
    from tumen.site.printing import browser

    target = Path(args.folder)
    if target.exists() and not target.is_dir():
        raise Problem(f"{args.folder!r} is a file; name a folder to write to.")
    if any(target.glob("*.ipynb")) or (target / PLAN).is_file():
        raise Problem(
            f"{args.folder!r} holds notebooks or a course, and pages are not written among them; to have pages of its notebooks in "
            f"./site, write: tumen site --workbooks {args.folder}"
        )
    chromium = None if args.no_pdf else browser()
    made = build(target, _workbooks(args.workbooks), chromium, lambda name: print(f"  {name}", flush=True))
    pages = [p for p in made if p.suffix == ".html"]
    print(
        f"{len(pages)} pages and {len(made) - len(pages)} PDFs are in {target}; open {target / 'index.html'} in any browser."
    )
    if chromium is None and not args.no_pdf:
        print("No PDF was made, for no Chromium was found here; the pages print from any browser.")


def _workbooks(named: str | None) -> Path:
    if named:
        return Path(named)
    here = Path.cwd() / "workbooks"
    return here if any(here.glob("*.ipynb")) else shipped("workbooks")

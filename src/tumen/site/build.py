"""Make the site: every workbook as a page and on paper, with contents, glossary, references and the instructor's set."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tumen.core import Problem
from tumen.core.case import CASE
from tumen.core.files import write_atomic
from tumen.page.session import Session
from tumen.site import api, parts
from tumen.site.books import Book, books, pages
from tumen.site.cells import settled
from tumen.site.page import Link, Page, site_links, written
from tumen.site.page import minutes as minutes_of
from tumen.site.printing import printed
from tumen.site.sheet import Sheet

PRIVATE = ("answers*.json", "cases", "notes*.html", "report.txt", ".ipynb_checkpoints")
LIVE = (
    "This is a reading copy. Where the text speaks of cells to run and controls to move, it means the live workbook: "
    "<code>tumen lab</code> opens it."
)


def build(
    target: Path, workbooks: Path, chromium: str | None = None, tell: Callable[[str], None] = lambda _: None
) -> list[Path]:
    """Write the pages of a folder of workbooks into `target`, and a PDF of each where a Chromium is named.

    A case.toml and tables beside the workbooks are followed, as in the notebooks; answers and saved cases are
    left alone. `tell(sentence)` hears of each file. Returns the files written. Raises `Problem` for a folder
    without workbooks, a case or a cell that cannot be used, and a page that cannot be written or printed.
    """
    with tempfile.TemporaryDirectory(prefix="site") as copy:
        folder = Path(copy) / "workbooks"
        if not workbooks.is_dir():
            raise Problem(f"there is no folder {str(workbooks)!r} with workbooks.")
        shutil.copytree(workbooks, folder, ignore=shutil.ignore_patterns(*PRIVATE))  # a reader's answers stay theirs
        found = books(folder)
        if not found:
            raise Problem(f"the folder {str(workbooks)!r} holds no workbook, a file such as 00-start-here.ipynb.")
        session = Session(folder)
        if session.trouble:
            raise Problem(session.trouble.removesuffix(" The workbook goes on without it."))
        goal = target.resolve()
        with contextlib.chdir(folder):  # where the models look for tables of the reader's own, as in a notebook
            return _write(_pages(found, folder, session, bool(chromium)), goal, folder, chromium, tell)


def _pages(found: Sequence[Book], folder: Path, session: Session, on_paper: bool) -> dict[str, Callable[[dict], Page]]:
    """How to make each page, by its stem; a page is made when it is wanted, from the minutes of those before it."""
    notes = parts.notes_of(folder)
    case = (session.case.title or CASE) if (folder / CASE).is_file() else ""
    links = [Link("index", "Contents"), *(Link(b.stem, b.title) for b in found), None]
    made: dict[str, Callable[[dict], Page]] = {}
    for before, book, after in zip(links, found, links[2:], strict=False):
        made[book.stem] = lambda _, b=before, k=book, a=after: _chapter(k, b, a, session)
    for book in pages(folder):
        made[book.stem] = lambda _, k=book: replace(_chapter(k, None, None, session), kind="plain")
    made["references"] = lambda _: parts.references()
    made["code"] = lambda _: api.page()
    if notes:
        made["instructor"] = lambda _: parts.instructor(notes, parts.sheets_of(folder))
    aside = [link for link in site_links() if link.stem in made]
    made["index"] = lambda minutes: parts.index(found, minutes, aside, on_paper, case)
    return made


def _chapter(book: Book, before: Link | None, after: Link | None, session: Session) -> Page:
    sheet = Sheet(session, book.path.name)
    notebook = settled(book.path, sheet)
    return Page(book.stem, book.title, notebook, before, after, tuple(sheet.closed), LIVE)


def _write(made, target: Path, folder: Path, chromium: str | None, tell) -> list[Path]:
    out, minutes = [], {}
    try:
        target.mkdir(parents=True, exist_ok=True)
        for stem, make in made.items():
            html = written(make(minutes), made, folder)
            minutes[stem] = minutes_of(html)
            out.append(write_atomic(target / f"{stem}.html", html))
            tell(out[-1].name)
            if chromium and stem != "index":
                out.append(printed(out[-1], chromium))
                tell(out[-1].name)
        for sheet in parts.sheets_of(folder) if "instructor" in made else ():
            copy = target / f"{parts.sheet_name(sheet)}.html"
            out.append(write_atomic(copy, parts.sheet_page(sheet)))
            out += [printed(copy, chromium)] if chromium else []
            tell(out[-1].name)
    except OSError as e:
        raise Problem(f"the folder {str(target)!r} cannot be written: {e.strerror}.") from None
    return out

"""What belongs to the whole report and to no chapter, each a page of its own: argument, ledger, traps, and what a brief names."""

from __future__ import annotations

from collections.abc import Callable

from tumen.apps.desk import Desk
from tumen.core import Problem
from tumen.core.home import home
from tumen.site import verbs
from tumen.site.page import Page, html_cell, notebook
from tumen.site.sheet import Sheet


def pages(desk: Desk) -> dict[str, Callable[[dict], Page]]:
    """How to make each page that there is something for, by its stem."""
    parts = {
        "argument": ("How the claims hang together", [("show", "report.argument"), ("argument",)]),
        "ledger": ("The ledger of claims", [("ledger",)]),
        **{stem: (title, [("show", f"report.{stem}")]) for stem, title in home().meta.pages.items()},
        "traps": ("Numbers that trap", [("traps",)]),
    }
    return {stem: lambda _, s=stem, p=part: _page(s, *p, desk) for stem, part in parts.items() if _there(part[1])}


def _there(calls) -> bool:
    """Whether what is shown is there: a report need not have a map."""
    try:
        return all(verbs.find(name) is not None for verb, *named in calls for name in named)
    except Problem:
        return False


def _page(stem: str, title: str, calls, desk: Desk) -> Page:
    sheet = Sheet(desk, stem)
    made = notebook(f"# {title}")
    for verb, *named in calls:
        made.cells.append(html_cell(verbs.READ[verb](sheet, *named)))
    return Page(stem, title, made, closed=tuple(sheet.closed), kind="plain")

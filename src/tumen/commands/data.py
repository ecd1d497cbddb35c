"""`tumen data`: the tables of evidence, as known on a date, in words, as JSON or as CSV."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import asdict

from tumen.apps.frame import case_here
from tumen.commands.console import print_json
from tumen.core import Problem
from tumen.core.cells import safe
from tumen.core.words import exact
from tumen.evidence.dates import as_date
from tumen.evidence.package import PROVENANCE, schemas
from tumen.evidence.tables import Table, names, table

WIDEST = 42  # characters of a cell in words


def register(commands) -> None:
    """Add the subcommand to the parser."""
    p = commands.add_parser(
        "data",
        help="list the tables of evidence, or print one",
        description="List the tables of evidence, or print one: all of it, or what was public on a date.",
    )
    p.add_argument("table", nargs="?", metavar="TABLE", help="a table by its name; all are listed where none is given")
    p.add_argument(
        "--as-of", metavar="DATE", help="leave out what was not public on that day, such as 2024-05-31, or `written`"
    )
    p.add_argument("--case", metavar="FILE", help="use a case file's tables and date (default: case.toml here, if any)")
    form = p.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--csv", action="store_true", help="print CSV that a spreadsheet can open safely")
    p.set_defaults(do=do)


def do(args) -> None:
    """Print the list of tables, or one table."""
    if args.table is None:
        _listed(args)
        return
    read = table(_evidence(args.table), as_of=as_date(args.as_of), case=case_here(args.case))
    if args.json:
        print_json(as_dict(read))
    elif args.csv:
        _print_csv(read)
    else:
        _in_words(read)


def _evidence(name: str) -> str:
    """The name, or `Problem` where it is one of the package's files that hold no evidence."""
    if name == "claims":
        raise Problem("claims is the ledger, not a table of evidence; use tumen claims.")
    if name in schemas() and name not in names():
        raise Problem(f"{name} is not a table of evidence; it stands in data/{name}.csv.")
    return name


def _listed(args) -> None:
    if args.as_of or args.csv:
        raise Problem(f"name a table, such as tumen data {names()[0]} --as-of written.")
    known = schemas()
    found = [{"name": n, "title": known[n].title, "description": known[n].description} for n in names()]
    if args.json:
        print_json(found)
        return
    width = max(len(n) for n in names())
    for one in found:
        print(f"{one['name'].ljust(width)}  {one['title']}")
    print(f"{len(found)} tables; tumen data TABLE prints one.")


def as_dict(read: Table) -> dict:
    """A table as JSON holds it: whose it is, the date, what the date leaves out, columns and rows."""
    return {
        "table": read.name,
        "title": read.schema.title,
        "data": read.whose,
        "as_of": read.as_of.isoformat() if read.as_of else None,
        "left_out": asdict(read.left_out),
        "columns": read.columns,
        "rows": read.rows,
    }


def write_csv(read: Table, to) -> None:
    """Write a table as CSV; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = csv.writer(to, lineterminator="\n")
    out.writerow(read.columns)
    out.writerows([safe(row[c]) for c in read.columns] for row in read.rows)


def _print_csv(read: Table) -> None:
    """Print a table as CSV, as UTF-8 with its mark where the console's encoding would lose a letter of it."""
    text = io.StringIO()
    write_csv(read, text)
    try:
        text.getvalue().encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        sys.stdout.reconfigure(encoding="utf-8-sig")
    print(text.getvalue(), end="")


def _in_words(read: Table) -> None:
    shown = [c for c in read.columns if c not in PROVENANCE]
    rows = [[_short(row[c], "year" if c.endswith("year") else "") for c in shown] for row in read.rows]
    widths = [max(len(line[i]) for line in [shown, *rows]) for i in range(len(shown))]
    print(f"{read.schema.title}. {read.note()}")
    for line in [shown, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    print(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}; --json or --csv gives every column, with sources.")


def _short(value, unit: str) -> str:
    text = "" if value is None else value if isinstance(value, str) else exact(value, unit)
    text = " ".join(text.split())
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"

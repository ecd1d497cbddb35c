"""`tumen models`, `tumen claims` and `tumen data`: what there is; a table of evidence as known on a date, in words, as JSON or as CSV."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import asdict, fields

from tumen.brief import models
from tumen.commands.console import print_json
from tumen.core import Problem, nearest
from tumen.core.cells import safe
from tumen.core.home import home
from tumen.core.model import Model
from tumen.core.result import plain
from tumen.core.words import exact
from tumen.evidence.dates import as_date
from tumen.evidence.ledger import Claim, claims
from tumen.evidence.package import PROVENANCE, schemas
from tumen.evidence.tables import Table, names, table
from tumen.page.frame import case_here


def register(commands) -> None:
    """Add the subcommands to the parser."""
    p = commands.add_parser("models", help="list the models", description="List every model with its quantities.")
    p.add_argument("--json", action="store_true", help="print JSON")
    p.set_defaults(do=do_models)
    p = commands.add_parser("claims", help="list the report's claims", description="List the claim ledger.")
    p.add_argument("where", nargs="?", help="a claim or a paragraph by its id; all where none is given")
    p.add_argument(
        "--as-of", metavar="DATE", help="leave out what was not known on that day, such as 2024-05-31, or `written`"
    )
    p.add_argument("--json", action="store_true", help="print JSON")
    p.set_defaults(do=do_claims)
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
    p.set_defaults(do=do_data)


def described(model: Model) -> dict:
    """A model's declaration as plain words and numbers."""
    parts = ("key", "label", "unit", "kind", "value", "low", "high", "shape", "basis", "source", "note")
    quantities = []
    for q in model.quantities:
        row = {p: plain(getattr(q, p)) for p in parts}
        if q.choices:
            row["choices"] = list(q.choices)
        if q.entries:
            row["entries"] = [
                {"value": plain(e.value), "speaker": e.speaker, "basis": e.basis, "source": e.source, "note": e.note}
                for e in q.entries
            ]
        quantities.append(row)
    return {
        "key": model.key,
        "theme": model.theme,
        "question": model.question,
        "claims": list(model.claims),
        "quantities": quantities,
        "outputs": [
            {"key": o.key, "label": o.label, "unit": o.unit, "kind": o.kind, "flow": o.flow} for o in model.outputs
        ],
        "findings": [{"claim": f.claim, "says": f.says, "relation": f.relation} for f in model.findings],
    }


def do_models(args) -> None:
    """Print every model."""
    if args.json:
        print_json([described(m) for m in models().values()])
        return
    for m in models().values():
        print(f"{m.key}: {m.question}")
        for q in m.quantities:
            print(f"    {q.key}: {q.label} [{q.basis}]")
        print(*(f"    gives {o.key}: {o.label}{f' ({o.unit})' if o.unit else ''}" for o in m.outputs), sep="\n")


def speaking_to(claim: str) -> list[str]:
    """The keys of the models that have a finding on a claim, or name it among those they speak to."""
    return [m.key for m in models().values() if claim in m.claims or any(f.claim == claim for f in m.findings)]


def as_row(claim: Claim) -> dict:
    """A claim as the ledger's columns, and the models that speak to it."""
    row = {f.name: getattr(claim, f.name) for f in fields(Claim)}
    return {**row, "models": speaking_to(claim.id)}


def do_claims(args) -> None:
    """Print the ledger, or a part of it."""
    chosen = claims(args.as_of)
    if args.where:
        chosen = [c for c in chosen if args.where in (c.id, c.place)]
        if not chosen:
            known = {x for c in claims() for x in (c.id, c.place)}
            raise Problem(f"there is no claim or paragraph {args.where!r}; {nearest(args.where, known)}.")
    if args.json:
        print_json([as_row(c) for c in chosen])
        return
    known = f"to {home().meta.evidence_to.year}"
    for c in chosen:
        weight = "*" if c.load_bearing else " "
        print(
            f"{c.id:8}{weight} {c.paraphrase} [{c.kind}; then: {c.status_at_writing}; {known}: {c.status or 'left out'}]"
        )
    if not args.where:
        print(f"{len(chosen)} claims; * marks the {sum(c.load_bearing for c in chosen)} the argument rests on.")


# --- `tumen data` ---------------------------------------------------------------------------------

WIDEST = 42  # characters of a cell in words


def do_data(args) -> None:
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

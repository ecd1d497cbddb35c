"""`tumen case`: is a case file sound, what is its code, and which case does a code hold?"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from tumen.brief import models
from tumen.core import Case, Problem
from tumen.core.cells import shown_name
from tumen.core.code import decode, encode
from tumen.core.toml import toml_value
from tumen.evidence.package import PROVENANCE
from tumen.evidence.tables import Table, table

ACTIONS = ("check", "code", "read")


def register(commands) -> None:
    """Add the subcommands to the parser."""
    p = commands.add_parser("case", help="check a case file, or turn it into a short code and back")
    kinds = p.add_subparsers(dest="action", metavar="ACTION", parser_class=type(p))
    q = kinds.add_parser("check", help="say whether a case file can be used", description="Check a case file.")
    q.add_argument("file", help="a case file, such as case.toml")
    q.set_defaults(do=do_check)
    q = kinds.add_parser("code", help="print a case file's code", description="Print the code of a case file.")
    q.add_argument("file", help="a case file, such as case.toml")
    q.set_defaults(do=do_code)
    q = kinds.add_parser("read", help="print the case file a code holds", description="Print the case a code holds.")
    q.add_argument("code", nargs="+", help="the code, as it came; - reads it from standard input")
    q.set_defaults(do=do_read)
    p.set_defaults(do=do_nothing)


def do_nothing(_args) -> None:
    """Say what there is to choose from."""
    raise Problem(f"tumen case needs one of {', '.join(ACTIONS)}; see tumen case --help.")


def contents(case: Case) -> str:
    """What a case changes, in words."""
    parts = [f"{len(o)} of {key} ({', '.join(o)})" for key, o in case.overrides.items()]
    parts += [f"the table {name}" for name in case.data]
    if case.as_of:
        parts.append(f"evidence only as known on {case.as_of}")
    return "it changes " + "; ".join(parts) if parts else "it changes nothing"


def do_check(args) -> None:
    """Say how a case's tables are read, that it can be used, and what it changes."""
    case = Case.read(args.file, models().values())
    for name in case.data:
        print("\n".join(preview(table(name, case=replace(case, as_of=None)))))
        if case.as_of:
            print(f"  {table(name, case=case).note()}")
    for key, changes in case.overrides.items():
        model = case.apply(models()[key])
        ranged = [model.quantity(name) for name, o in changes.items() if o.low is not None or o.high is not None]
        for q in ranged:
            if q.beyond(q.value):
                value, low, high = map(toml_value, (q.value, q.low, q.high))
                print(f"To look at: {key} {q.key} is {value}, outside its range of {low} to {high}.")
    title = shown_name(case.title)
    name = f"{Path(args.file).name} ({title})" if title else Path(args.file).name
    print(f"{name} can be used: {contents(case)}.")


def preview(read: Table) -> list[str]:
    """How an own table was read, in words: its rows and years, whose heading became which of ours, what was left out."""
    how, ours = read.read, set(read.schema.columns)
    named = [f"{their} is {our}" for their, our in how.matched if their != our]
    same = [our for their, our in how.matched if their == our]
    said = [
        f"{read.name} is read from {read.own}: {how.how}, headings on line {how.heading}.",
        f"{len(read.rows):,} {'row' if len(read.rows) == 1 else 'rows'}{_years(read)}.",
        f"Columns matched: {'; '.join([*named, *([f'{len(same)} by our own names'] if same else [])])}.",
        f"The same in every row: {', '.join(f'{k} = {v}' for k, v in read.own.fill)}." if read.own.fill else "",
        f"Kept beside, not ours: {', '.join(how.beside)}." if how.beside else "",
        f"Missing, and empty here: {', '.join(c for c in how.lacking if c in ours)}." if how.lacking else "",
        f"Left out: {'; '.join(how.left_out)}." if how.left_out else "No line was left out.",
        *(f"To look at: {doubt}" for doubt in how.doubts),
        *(f"Read otherwise than it stands in {change}." for change in how.changed),
        f"{read.unsourced:,} of {len(read.rows):,} rows name no source; the note under each chart says so."
        if read.unsourced
        else "",
    ]
    return [said[0], *(f"  {line}" for line in said[1:] if line)]


def _years(read: Table) -> str:
    """The first and last year that the rows speak of, in words; empty where no column tells."""
    own = [f for f in read.schema.fields if f.name not in PROVENANCE]
    years = [row[f.name] for f in own if f.unit == "year" for row in read.rows if row[f.name] is not None]
    dates = [row[f.name] for f in own if f.pattern for row in read.rows if row[f.name]]
    found = years or [int(date[:4]) for date in dates]
    return f", {min(found)} to {max(found)}" if found else ""


def do_code(args) -> None:
    """Print the code of a case file."""
    print(encode(Case.read(args.file, models().values())))


def do_read(args) -> None:
    """Print the case file that a code holds."""
    text = sys.stdin.read() if args.code == ["-"] else " ".join(args.code)
    print(decode(text, models().values()).to_toml(), end="")

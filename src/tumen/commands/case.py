"""`tumen case`: is a case file sound, what is its code, and which case does a code hold?"""

from __future__ import annotations

import sys
from pathlib import Path

from tumen.core import Case, Problem
from tumen.core.code import decode, encode
from tumen.evidence.tables import table
from tumen.themes import models

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
    """Say that a case file and its tables can be used, and what it changes."""
    case = Case.read(args.file, models().values())
    for name in case.data:
        table(name, case=case)
    name = f"{Path(args.file).name} ({case.title})" if case.title else Path(args.file).name
    print(f"{name} can be used: {contents(case)}.")


def do_code(args) -> None:
    """Print the code of a case file."""
    print(encode(Case.read(args.file, models().values())))


def do_read(args) -> None:
    """Print the case file that a code holds."""
    text = sys.stdin.read() if args.code == ["-"] else " ".join(args.code)
    print(decode(text, models().values()).to_toml(), end="")

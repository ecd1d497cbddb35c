"""`tumen argument`: what carries what, with premises taken away, as Argdown out and in."""

from __future__ import annotations

import re
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import read_patiently, write_atomic

SIDES = re.compile(r"^\s*(?:(\+|pro\b|for\b)|(-|−|–|con\b|contra\b|against\b))[:.,]?\s*", re.IGNORECASE)
NAMED = re.compile(r"\bS\d+P\d+-[a-z]+\b")


def register(commands) -> None:
    """Add the subcommand to the parser."""
    p = commands.add_parser(
        "argument",
        help="the map of the argument, in words or as Argdown",
        description="Say what carries what in the report's argument, or in an Argdown file of a class's own, with premises taken away.",
    )
    p.add_argument("file", nargs="?", metavar="FILE", help="an Argdown file to read in place of the report's map")
    p.add_argument("--without", default="", metavar="NAMES", help="premises to take away, with commas between")
    p.add_argument(
        "--argdown", nargs="?", const="-", metavar="OUT", help="write the map as Argdown, into a file or to the screen"
    )
    p.add_argument(
        "--answers", default=".", metavar="FOLDER", help="the folder whose recorded texts go along (default: this one)"
    )
    p.set_defaults(do=do)


def do(args) -> None:
    """Write Argdown, or say what stands."""
    from tumen.evidence.argdown import written
    from tumen.evidence.argument import argument

    found = _read(args.file) if args.file else None
    the = found.argument if found else argument()
    if args.argdown is None:
        _said(the, found.against if found else {}, [n.strip() for n in args.without.split(",") if n.strip()])
        return
    title = f"The argument of {Path(args.file).name}" if args.file else "The report's argument, as we read it"
    text = written(the, [] if args.file else own(args.answers, the.points), title)
    if args.argdown == "-":
        print(text, end="")
        return
    write_atomic(args.argdown, text)
    print(
        f"written: {args.argdown}, with {len(the.points)} points. Any editor changes it; tumen argument {args.argdown} reads it back."
    )


def _read(name: str):
    from tumen.evidence.argdown import read

    try:
        return read(read_patiently(name), Path(name).name)
    except UnicodeDecodeError:
        raise Problem(f"{Path(name).name} is no text in UTF-8; save it as such, with the ending .argdown.") from None


def own(folder: str, points) -> list:
    """The recorded texts of a folder as words of one's own on the claim they name, or their task does.

    A text that begins with + or “for” supports it, one with - or “against” attacks it.
    """
    from tumen.evidence.argdown import Own
    from tumen.tasks import Answers, find_task

    out = []
    for key, entry in Answers(folder).standing().items():
        words = entry.get("value")
        if not isinstance(words, str) or not words.strip() or key.startswith("verdict."):
            continue
        try:
            task = find_task(key, folder)
        except Problem:
            continue
        on = next((c for c in [*NAMED.findall(words), *task.claims] if c in points), None)
        if task.kind != "text" or on is None:
            continue
        side = SIDES.match(words)
        out.append(
            Own(
                f"mine: {key}",
                words[side.end() :] if side else words,
                on,
                "+" if side and side[1] else "-" if side else "",
            )
        )
    return out


def _said(the, against, without: list[str]) -> None:
    from tumen.evidence.argument_words import carried_by, verdict

    standing = the.without(without)
    for id in the.conclusions():
        print(f"{id}: {the.points[id].short}\n  carried by {carried_by(the, id)}; {standing[id].words}")
        for words in against.get(id, ()):
            print(f"  against it: {the.points[words].says if words in the.points else words}")
    alone = [id for id in against if id not in the.conclusions()]
    for id in alone:
        print(f"{id}: against it: {'; '.join(against[id])}")
    print(verdict(the, standing))

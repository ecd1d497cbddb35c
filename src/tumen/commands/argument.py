"""`tumen argument`: what carries what, with premises taken away, as Argdown out and in."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import write_atomic
from tumen.core.words import counted

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
    p.add_argument("--picture", metavar="OUT", help="draw the map into a file that ends in .svg or .png")
    p.add_argument(
        "--answers", default=".", metavar="FOLDER", help="the folder whose recorded texts go along (default: this one)"
    )
    p.set_defaults(do=do)


def do(args) -> None:
    """Write Argdown, or say what stands."""
    from tumen.evidence.argdown import read_file, written
    from tumen.evidence.argument import argument

    if not Path(args.answers).is_dir():
        raise Problem(f"--answers names a folder; there is none called {args.answers}.")
    found = read_file(args.file) if args.file else None
    the = found.argument if found else argument()
    if args.picture:
        _draw(args, found)
    elif args.argdown is None:
        _said(the, found.against if found else {}, _names(args.without))
    if args.argdown is None:
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


def _draw(args, found) -> None:
    """Write the picture of the map, with what was taken away struck out."""
    from tumen.charts.argument import MAP, whole
    from tumen.charts.own_map import OwnMap

    kind = Path(args.picture).suffix.lower()
    if kind not in (".svg", ".png"):
        raise Problem(f"{args.picture}: a picture is written to a name that ends in .svg or .png.")
    own = OwnMap(found) if found else None
    drawn, picture = (own.drawn(), own.picture) if own else (whole(), MAP)
    drawn = replace(drawn, standing=drawn.argument.without(_names(args.without)))
    rows = picture.rows(drawn)
    write_atomic(args.picture, picture.svg(rows) if kind == ".svg" else picture.png(rows))
    print(f"drawn: {args.picture}. {picture.words(drawn)}")


def _names(given: str) -> list[str]:
    return [n.strip() for n in given.split(",") if n.strip()]


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
    if not the.conclusions() and not against:
        print(
            f"It holds {counted(len(the.points), 'statement')}, none of which carries or attacks another; in Argdown a line "
            "below one, indented, begins with + for a reason and with - for an objection."
        )
        return
    for id in the.conclusions():
        print(f"{id}: {the.points[id].short}\n  carried by {carried_by(the, id)}; {standing[id].words}")
        for words in against.get(id, ()):
            print(f"  against it: {the.points[words].says if words in the.points else words}")
    alone = [id for id in against if id not in the.conclusions()]
    for id in alone:
        print(f"{id}: against it: {'; '.join(against[id])}")
    print(verdict(the, standing))

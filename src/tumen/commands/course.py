"""`tumen course`: plan a course, build every student's copy."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tumen.core import Problem

ACTIONS = ("new", "build")
WIDTH = 30  # characters of the bar


def register(commands) -> None:
    """Add the subcommands to the parser."""
    p = commands.add_parser("course", help="plan a course and build every student's copy")
    kinds = p.add_subparsers(dest="action", metavar="ACTION", parser_class=type(p))
    q = kinds.add_parser("new", help="write a course.toml to fill in", description="Begin a course in a folder.")
    q.add_argument("folder", metavar="FOLDER", help="a folder for the course; it is made where there is none")
    q.set_defaults(do=do_new)
    q = kinds.add_parser(
        "build",
        help="build the students' copies, the worked solutions and the instructor's copy",
        description="Build what a course.toml plans, into FOLDER/built. What has not changed is not written again.",
    )
    q.add_argument("folder", metavar="FOLDER", nargs="?", default=".", help="the course's folder (default: this one)")
    q.set_defaults(do=do_build)
    p.set_defaults(do=do_nothing)


def do_nothing(_args) -> None:
    """Say what there is to choose from."""
    raise Problem(f"tumen course needs one of {', '.join(ACTIONS)}; see tumen course --help.")


def do_new(args) -> None:
    """Write the files of a new course."""
    from tumen.course.template import new

    for path in new(args.folder):
        print(f"written: {path}")
    print(f"Read and change course.toml, then: tumen course build {args.folder}")


def do_build(args) -> None:
    """Build the course, and say what was done."""
    from tumen.course.build import build

    done = build(args.folder, bar("copies"))
    files = f"{done.written:,} files written, {done.same:,} as they were, {done.removed:,} taken away"
    who = "one copy for all" if not done.students else f"{done.students:,} student{'' if done.students == 1 else 's'}"
    print(f"{who}; {files} in {done.path}.")
    for note in done.notes:
        print(f"Note: {note}")
    if done.students:
        print(f"Give each student their zip from {done.path / 'zips'}, and nothing else of {done.path}.")


def bar(what: str) -> Callable[[int, int], None]:
    """A function that draws a bar of progress where somebody is looking, and nothing elsewhere."""

    def show(done: int, whole: int) -> None:
        if not sys.stderr.isatty():
            return
        filled = WIDTH * done // whole
        end = "\n" if done == whole else ""
        print(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {whole:,} {what}", end=end, file=sys.stderr)
        sys.stderr.flush()

    return show

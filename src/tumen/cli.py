"""The command `tumen`: every answer in words, every slip in one sentence with exit status 2."""

from __future__ import annotations

import argparse
import re
import sys

from tumen import __version__
from tumen.commands import analyse, argument, case, check, course, ensemble, lab, listing, new, poll, run, site
from tumen.commands.console import prepare, told
from tumen.core import Problem, nearest

FAMILIES = (lab, poll, site, run, ensemble, analyse, listing, argument, case, course, new, check)


# argparse's words for what is no number
WHOLE = re.compile(r"argument (\S+): invalid int value: (.*)", re.DOTALL)


class _Parser(argparse.ArgumentParser):
    """argparse, but a slip is one sentence and a mistyped command gets the nearest one."""

    def error(self, message):
        if wrong := WHOLE.match(message):
            message = f"{wrong[1]} needs a whole number in digits; {wrong[2]} is none."
        raise Problem(f"{message}; see {self.prog} --help." if not message.endswith(".") else message)

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise Problem(
                f"there is no {action.dest or 'choice'} {value!r}; {nearest(str(value), map(str, action.choices))}."
            )


def parser() -> argparse.ArgumentParser:
    """The parser with every subcommand."""
    top = _Parser(prog="tumen", description="A workbook that takes one policy report's argument apart, with respect.")
    top.add_argument("--version", action="version", version=f"tumen {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for family in FAMILIES:
        family.register(commands)
    return top


def _check_given(argv: list[str]) -> None:
    """Raise `Problem` for an argument that holds nothing, as a variable of the shell that is not set gives one."""
    for i, given in enumerate(argv):
        if not given.strip() or re.fullmatch(r"--[a-z-]+=\s*", given):
            where = given.strip("= ") or (f"what stands behind {argv[i - 1]}" if i else "the command")
            raise Problem(f"{where} is empty; write something there, or leave it out.")


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0, or 2 after a slip)."""
    prepare()
    top = parser()
    try:
        _check_given(sys.argv[1:] if argv is None else argv)
        args = top.parse_args(argv)
        if args.command is None:
            top.print_help()
            return 0
        args.do(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader of our output has gone (tumen claims | head): nothing is wrong
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as fault:  # whatever it is, nobody is left with a traceback
        print("tumen:", told(fault), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

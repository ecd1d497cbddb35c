"""The marks of Argdown, and a text of it as it is read: without what says nothing, each line where it stood."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import NO_WIDTH, TURNS, plain_text
from tumen.core.files import decoded

LARGEST = 1_000_000  # characters
MOST_BRACES = 20  # deep
NAMED = r"(\[[^\[\]]{1,200}\]|<[^<>]{1,200}>)"
SIGN = r"(?P<sign><\+|<-|<_|\+>|->|_>|><|<>|[+\-_])"
ITEM = re.compile(rf"{SIGN}?\s*{NAMED}\s*(?:[:：]\s*(?P<text>.*))?$")
UNNAMED = re.compile(rf"{SIGN}\s+(?P<text>[^\s\[<].*)$")  # a sentence that supports or attacks, without a name
PREMISE = re.compile(r"\((\d+)\)\s*(.*)$")
NUMBERED = re.compile(r"(?:\d+[.)]|\([a-z]+\))\s")  # as premises are numbered elsewhere
LINE = re.compile(r"[=_*-]{2,}|```.*")  # a line drawn across, or a fence around the whole
COMMENTS = (("/*", "*/"), ("<!--", "-->"))
NOTE = re.compile(r"(?:^|(?<=\s))//[^\n]*", re.MULTILINE)
DATA = re.compile(r"[ \t]*\{[^{}]*\}")
TAG = re.compile(r"\s#(?:\([^()\n]*\)|[\w-]+)")
HEADING = re.compile(r"^(\w.*)\n={3,}[ \t]*$", re.MULTILINE)
FRONT = re.compile(r"\A\s*={3,}\s*\n.*?\n={3,}\s*\n", re.DOTALL)
SIGNS = str.maketrans("–—−＋", "---+")  # as word processors and East Asian keyboards write them
OTHER_FILES = ("PK", "%PDF", "{\\rtf", "<!doctype", "<html")
MARKS = str.maketrans({"[": "(", "]": ")", "<": "‹", ">": "›", "{": "(", "}": ")", "#": "", "*": ""})


def text_of_argdown(path: Path) -> str:
    """The text of a file; raises `Problem` where it cannot be read or is no text."""
    try:
        text = decoded(path.read_bytes())
    except OSError as e:
        raise Problem(
            f"{path.name or path} cannot be read ({e.strerror}); name a text with the ending .argdown."
        ) from None
    except UnicodeDecodeError:
        raise Problem(f"{path.name} is no text in UTF-8; save it as such, with the ending .argdown.") from None
    if text.lstrip("\ufeff \n")[:9].lower().startswith(tuple(o.lower() for o in OTHER_FILES)):
        raise Problem(
            f"{path.name} is a file of another program and no Argdown; save its text alone, with the ending .argdown."
        )
    return text


def bare_text(text: str, source: str) -> str:
    """The text without front matter, comments, data in braces and tags, each line where it stood.

    Raises `Problem` where a comment ends nowhere.
    """

    def emptied(m: re.Match) -> str:
        return "\n" * m[0].count("\n")

    text = FRONT.sub(emptied, unicodedata.normalize("NFC", TURNS.sub("", NO_WIDTH.sub("", plain_text(text)))))
    for begins, ends in COMMENTS:
        parts: list[str] = []
        rest = text
        while (at := rest.find(begins)) >= 0:
            end = rest.find(ends, at + len(begins))
            if end < 0:
                line = "".join([*parts, rest[:at]]).count("\n") + 1
                raise Problem(
                    f"{source}, line {line}: a comment begins with {begins} and ends nowhere; end it with {ends}."
                )
            parts += [rest[:at], "\n" * rest.count("\n", at, end)]
            rest = rest[end + len(ends) :]
        text = "".join([*parts, rest])
    text = NOTE.sub("", text)
    for _ in range(MOST_BRACES):
        text, n = DATA.subn(emptied, text)
        if not n:
            break
    return TAG.sub("", HEADING.sub(r"# \1\n", text))


def named(words: str) -> str:
    """A name for a sentence that has none: its own words."""
    return " ".join(words.translate(MARKS).split())[:200] or "…"

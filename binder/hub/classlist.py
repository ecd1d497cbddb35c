"""The class: a list of names, and a sign-in code for each that is kept only as a hash."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import time
import unicodedata
from collections.abc import Callable
from hmac import compare_digest
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import write_atomic
from tumen.course.roster import read_roster

# letters of any script, digits and . _ + @ -, a letter or digit first: every id of a roster, and an e-mail address
NAME = re.compile(r"[^\W_][\w.+@-]{0,99}")
LONGEST = 200  # bytes: a name is a folder's, too
LARGEST = 10_000_000  # bytes
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another: no i, l, o, 0, 1
LENGTH = (
    12  # 31 ** 12 is about 2 ** 59: drawn, not chosen, so a quick hash keeps it, and many tries cost the server little
)
QUICK, SLOW = 2**10, 2**14  # the cost of a hash now, and of those an earlier version kept


def read(path: Path) -> list[str]:
    """The names in a class list, one a line, or the ids of a roster; raises `Problem` for one that cannot be used."""
    lines = _lines(path)
    if lines is None:
        names = [student.id for student in read_roster(path)]
    else:
        names = [unicodedata.normalize("NFC", line.partition("#")[0].strip()) for line in lines]
    seen: dict[str, tuple[int, str]] = {}
    for number, name in enumerate(names, 1):
        if not name:
            continue
        if not NAME.fullmatch(name) or len(name.encode()) > LONGEST:
            raise Problem(
                f"{path}, line {number}: {name!r} cannot be a name here; use letters, digits, dots and _ + @ -, "
                "a letter or a digit first, at most 100."
            )
        first, spelt = seen.setdefault(same(name), (number, name))
        if first != number:
            raise Problem(f"{path}, line {number}: {_twice(name, spelt, first)}")
    if not seen:
        raise Problem(f"the class list {path} holds no name; write a name a line.")
    return [name for _, name in seen.values()]


def same(name: str) -> str:
    """What two spellings of one name have in common."""
    return unicodedata.normalize("NFC", name.strip()).casefold()


def _twice(name: str, spelt: str, first: int) -> str:
    if name == spelt:
        return f"{name} is in the list twice; give one of the two another name."
    return (
        f"is {name} the same person as {spelt} in line {first}? If so, strike one out, "
        "and if not, let their names differ in more than capitals."
    )


def _lines(path: Path) -> list[str] | None:
    """The lines of a class list; none where the file is a table, which is read as a roster."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        text = data.decode(next((code for mark, code in MARKS.items() if data.startswith(mark)), _unmarked(data)))
    except OSError as e:
        raise Problem(f"the class list {path} cannot be read ({e.strerror}); {ASKED}") from None
    except UnicodeDecodeError:
        if data.startswith(b"PK"):  # a spreadsheet: what can be read of it is the roster's to say
            return None
        raise Problem(f"the class list {path} cannot be read (it is no text in UTF-8 or UTF-16); {ASKED}") from None
    lines = text.replace("\0", "\ufffd").splitlines()
    first = next((bare for line in lines if (bare := line.partition("#")[0].strip())), "")
    return None if any(mark in first for mark in ",;\t") else lines


def _unmarked(data: bytes) -> str:
    """How a text without a mark is written: in UTF-16 every other byte of plain letters is nought."""
    return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be" if data[:1] == b"\0" else "utf-8"


ASKED = "it is a text file with a name a line."


class ClassList:
    """The class as the list has it now, or as it last had it where the list cannot be used as it is.

    `good` is a file that keeps the last good list over a restart; `say` is told, once, what is wrong and when it is right
    again; `trouble` is what is wrong now, or nothing.
    """

    def __init__(self, path: Path, good: Path | None = None, say: Callable[[str], object] = lambda _: None):
        self.path, self.good, self.say, self.trouble = path, good, say, ""
        self.kept: list[str] | None = None

    def names(self) -> list[str]:
        """The names; raises `Problem` only where there has never been a list that could be used."""
        try:
            names = read(self.path)
        except Problem as fault:
            names = self._last_good(fault)
            if self.trouble != (trouble := str(fault)):
                self.say(f"The class list cannot be used as it is now, so the last good one holds: {trouble}")
            self.trouble = trouble
            return names
        if self.trouble:
            self.say("The class list can be used again.")
        self.trouble = ""
        if names != self.kept:
            self.kept = names
            self.keep()
        return names

    def keep(self) -> None:
        """Write the list down as the last good one."""
        if self.good is not None:
            write_atomic(self.good, json.dumps(self.kept)).chmod(0o600)

    def _last_good(self, fault: Problem) -> list[str]:
        if self.kept is None and self.good is not None and self.good.exists():
            self.kept = json.loads(self.good.read_text(encoding="utf-8"))
        if self.kept is None:
            raise fault
        return self.kept


def new_code() -> str:
    """A code such as 'k7xm-29ab-htqe'."""
    drawn = [secrets.choice(LETTERS) for _ in range(LENGTH)]
    return "-".join("".join(drawn[i : i + 4]) for i in range(0, LENGTH, 4))


def _hash(code: str, salt: bytes, cost: int = QUICK) -> str:
    plain = re.sub(r"[\s-]", "", code).lower()
    return hashlib.scrypt(plain.encode(errors="replace"), salt=salt, n=cost, r=8, p=1).hex()


class Codes:
    """The hashed codes in a file that only the server's administrator reads."""

    def __init__(self, path: Path):
        self.path = path

    def _kept(self) -> dict[str, dict]:
        return json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}

    def issue(self, names: list[str], anew: tuple[str, ...] = ()) -> dict[str, str]:
        """Give a code to each name that has none, and to those `anew`; returns what was given, in clear, this once."""
        kept, given = self._kept(), {}
        for name in dict.fromkeys((*names, *anew)):
            if name not in kept or name in anew:
                salt, given[name] = secrets.token_bytes(16), new_code()
                kept[name] = {"salt": salt.hex(), "scrypt": _hash(given[name], salt), "cost": QUICK}
                kept[name]["given"] = time.time()
        if given:
            write_atomic(self.path, json.dumps(kept, indent=1)).chmod(0o600)
        return given

    def all_given(self) -> dict[str, float]:
        """When each name was given its code, in seconds since 1970; whoever came in before came in with another."""
        return {name: float(kept.get("given", 0)) for name, kept in self._kept().items()}

    def fits(self, name: str, code: str) -> bool:
        """Whether this is that name's code. A name that has none takes as long to refuse as a wrong code."""
        kept = self._kept().get(name)
        salt = bytes.fromhex(kept["salt"]) if kept else b"nobody has this salt"
        hashed = _hash(code, salt, kept.get("cost", SLOW) if kept else QUICK)
        return kept is not None and compare_digest(hashed, kept["scrypt"])

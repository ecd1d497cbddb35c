"""The class: a list of names, and a sign-in code for each that is kept only as a hash."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from hmac import compare_digest
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import write_atomic

NAME = re.compile(r"[a-z][a-z0-9-]{0,19}")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another: no i, l, o, 0, 1
LENGTH = 12  # 31 ** 12 is about 2 ** 59
COST = {"n": 2**14, "r": 8, "p": 1}


def read(path: Path) -> list[str]:
    """The names in a class list, one a line; raises `Problem` for a name that cannot be used."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        why = e.strerror if isinstance(e, OSError) else "it is no text"
        raise Problem(f"the class list {path} cannot be read ({why}); it is a text file with a name a line.") from None
    names: list[str] = []
    for number, line in enumerate(lines, 1):
        name = line.partition("#")[0].strip()
        if not name:
            continue
        if not NAME.fullmatch(name):
            raise Problem(
                f"{path}, line {number}: {name!r} cannot be a name here; use at most 20 of a-z, 0-9 and -, a letter first."
            )
        if name in names:
            raise Problem(f"{path}, line {number}: {name} is in the list twice; give one of the two another name.")
        names.append(name)
    if not names:
        raise Problem(f"the class list {path} holds no name; write a name a line.")
    return names


def new_code() -> str:
    """A code such as 'k7xm-29ab-htqe'."""
    drawn = [secrets.choice(LETTERS) for _ in range(LENGTH)]
    return "-".join("".join(drawn[i : i + 4]) for i in range(0, LENGTH, 4))


def _hash(code: str, salt: bytes) -> str:
    plain = re.sub(r"[\s-]", "", code).lower()
    return hashlib.scrypt(plain.encode(), salt=salt, **COST).hex()


class Codes:
    """The hashed codes in a file that only the server's administrator reads."""

    def __init__(self, path: Path):
        self.path = path

    def _kept(self) -> dict[str, dict[str, str]]:
        return json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}

    def issue(self, names: list[str], anew: tuple[str, ...] = ()) -> dict[str, str]:
        """Give a code to each name that has none, and to those `anew`; returns what was given, in clear, this once."""
        kept, given = self._kept(), {}
        for name in names:
            if name not in kept or name in anew:
                salt, given[name] = secrets.token_bytes(16), new_code()
                kept[name] = {"salt": salt.hex(), "scrypt": _hash(given[name], salt)}
        if given:
            write_atomic(self.path, json.dumps(kept, indent=1)).chmod(0o600)
        return given

    def fits(self, name: str, code: str) -> bool:
        """Whether this is that name's code. A name that has none takes as long to refuse as a wrong code."""
        kept = self._kept().get(name)
        hashed = _hash(code, bytes.fromhex(kept["salt"]) if kept else b"nobody has this salt")
        return kept is not None and compare_digest(hashed, kept["scrypt"])

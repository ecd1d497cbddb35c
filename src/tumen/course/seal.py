"""The checksum of a hand-in, as it is written and as it is checked: against accidental damage, it is no secret."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

FORMAT, VERSION = "tumen hand-in", 1
LARGEST = 1_000_000  # bytes of a hand-in's file


def seal(hand_in: Mapping) -> str:
    """SHA-256, in hexadecimal, of everything in a hand-in but `check`, written with sorted keys and no spaces."""
    rest = {k: v for k, v in hand_in.items() if k != "check"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def sealed_for(hand_in: Mapping) -> Callable[[str], bool]:
    """A function that says whether the checksum of a hand-in fits another student's id in it, and all else as it is.

    Where it does, the file was made as that student's and only the id was changed afterwards.
    """
    check, before, after = hand_in.get("check"), [], []
    for key in sorted(k for k in hand_in if k != "check"):
        if key != "student":
            part = f"{json.dumps(key)}:{json.dumps(hand_in[key], sort_keys=True, separators=(',', ':'))}"
            (before if key < "student" else after).append(part)
    first = hashlib.sha256(("{" + "".join(f"{p}," for p in before) + '"student":').encode("ascii"))
    rest = ("".join(f",{p}" for p in after) + "}").encode("ascii")

    def fits(student: str) -> bool:
        digest = first.copy()
        digest.update(json.dumps(student).encode("ascii") + rest)
        return digest.hexdigest() == check

    return fits

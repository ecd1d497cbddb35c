"""Verdicts on the claims: where a coder's words are kept among the answers, and how another coder's file is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tumen.core import Problem
from tumen.core.files import read_patiently
from tumen.evidence.ledger import EARLIER, bearing, claims, kinds
from tumen.evidence.package import Kind

PREFIX = "verdict."  # before the key of each
STATE = "verdict"  # the state of such an entry in the answers file
COLUMNS = {"then": "status_at_writing", "since": "status"}  # the ledger's column that holds the same kind of verdict
LARGEST = 5_000_000  # bytes; an answers file of a whole course is far smaller


def words(which: str, kind: str = "") -> tuple[str, ...]:
    """The words a verdict may have, `which` being then (as of when the report was written) or since (on later evidence).

    Of a claim of one kind those that the kind may take; without a kind those of all.
    """
    chosen = [kinds()[kind]] if kind else kinds().values()
    return tuple(dict.fromkeys(word for k in chosen for word in _of(k, which)))


def _of(kind: Kind, which: str) -> tuple[str, ...]:
    return {"then": kind.grounds, "since": kind.verdicts}[which]


def coded(which: str) -> tuple[str, ...]:
    """The claims there is something to code of: not those whose kind leaves one word only, as a norm does."""
    several = {word for word, kind in kinds().items() if len(_of(kind, which)) > 1}
    return tuple(c.id for c in claims() if c.kind in several)


def key(which: str, claim: str) -> str:
    """The key of a verdict among the answers; verdict, then or since, and the claim."""
    return f"{PREFIX}{which}.{claim}"


def verdicts(entries: Mapping[str, Mapping], which: str) -> dict[str, str]:
    """The verdicts among a coder's answers, by claim; what is no claim or none of the words is passed over.

    Words that verdicts could take before each kind had its own are kept as they are.
    """
    known = {*words(which), *(EARLIER if which == "since" else ())}
    out = {}
    for claim in claims():
        value = (entries.get(key(which, claim.id)) or {}).get("value")
        if isinstance(value, str) and value in known:
            out[claim.id] = value
    return out


def alike(found: Mapping[str, str], which: str) -> dict[str, str]:
    """Verdicts as two coders are compared, on the claims there is something to code of.

    Kinds have words of their own, so later evidence is compared by what a word bears on its claim: chance
    agreement would else be counted over words that no coder could have chosen.
    """
    return {c: bearing(found[c]) if which == "since" else found[c] for c in coded(which) if c in found}


def of_the_ledger(which: str) -> dict[str, str]:
    """The ledger's own verdicts, by claim: a reading like any other."""
    return {c.id: getattr(c, COLUMNS[which]) for c in claims()}


def read_coder(path: str | Path) -> dict[str, dict]:
    """The entries of another coder's answers file, as data and nothing else; raises `Problem` naming the file."""
    path = Path(path)
    try:
        large = path.stat().st_size > LARGEST
        entries = {} if large else json.loads(read_patiently(path))["answers"]
    except FileNotFoundError:
        raise Problem(f"{path.name}: there is no such file beside this notebook.") from None
    except OSError as e:
        raise Problem(f"{path.name} cannot be read: {e.strerror}.") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Problem(
            f"{path.name} is no answers file; ask the other coder for the answers.json of their folder."
        ) from None
    if large:
        raise Problem(f"{path.name} is too large to be an answers file.")
    if not isinstance(entries, dict) or not all(isinstance(e, dict) for e in entries.values()):
        raise Problem(f"{path.name} is no answers file: its answers are no table.")
    return entries

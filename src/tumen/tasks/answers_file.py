"""The text of an answers.json: what its bytes hold, of which nothing is lost, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tumen.core.files import decoded

VERSION = 1
MOST = 20  # replaced texts of one field
LONGEST = 200_000  # characters of all of them together


class Newer(ValueError):
    """A file that a newer Tumen wrote, in a sentence's part."""


def as_text(entry: Mapping | None) -> str:
    """What stands in the box for an entry: its words, or its number as it is shown."""
    value = (entry or {}).get("value")
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


def with_text(history: list[dict], entry: Mapping) -> list[dict]:
    """A history, oldest first, with one more replaced text; the oldest are let go where they are too many."""
    text = as_text(entry)
    if not text.strip() or any(as_text(e) == text for e in history):
        return history
    kept = [*history, {"value": entry.get("value"), "when": str(entry.get("when") or "")}][-MOST:]
    while len(kept) > 1 and sum(len(as_text(e)) for e in kept) > LONGEST:
        kept = kept[1:]
    return kept


def read(data: bytes) -> dict:
    """What the bytes of an answers file hold: tables of entries, by task.

    Of an answer that stands twice in it the later counts, and the earlier goes into the history. Raises `Newer` for a file
    of a later version, `ValueError`, `KeyError`, `TypeError` or `RecursionError` where it is no answers file.
    """
    twice: list[tuple[str, dict]] = []

    def pairs(found: list[tuple[str, object]]) -> dict:
        out: dict = {}
        for key, value in found:
            if key in out:
                value = _joined(key, out[key], value, twice)
            out[key] = value
        return out

    raw = _checked(json.loads(decoded(data), object_pairs_hook=pairs))
    version = raw.get("version")
    if isinstance(version, int) and version > VERSION:
        raise Newer("a newer Tumen wrote it")
    for key, entry in twice:
        raw.setdefault("history", {})[key] = with_text(raw.get("history", {}).get(key, []), entry)
    return raw


def _joined(key: str, first, second, twice: list[tuple[str, dict]]):
    """What a name that stands twice holds: of two entries the second, of two tables both, else the one if they are alike."""
    if first == second:
        return second
    if not isinstance(first, dict) or not isinstance(second, dict):
        raise ValueError("a name stands twice")
    if "value" in first or "value" in second:
        twice.append((key, first))
        return second
    return {**first, **{k: _joined(k, first[k], v, twice) if k in first else v for k, v in second.items()}}


def _checked(raw: dict) -> dict:
    """What an answers file holds, if it is one as we write it: tables of entries; raises `ValueError` else."""
    tables = [raw["answers"], raw.get("drafts", {}), raw.get("history", {})]
    if not all(isinstance(table, dict) for table in tables):
        raise ValueError("answers is no table of entries")
    texts = [*tables[2].values()]
    if not all(isinstance(t, list) for t in texts):
        raise ValueError("history is no table of lists")
    if not all(map(_flat, [*tables[0].values(), *tables[1].values(), *(e for t in texts for e in t)])):
        raise ValueError("an entry is none")
    return raw


def _flat(entry) -> bool:
    """Whether an entry is one as `put` writes it: words, numbers and nothing nested."""
    return isinstance(entry, dict) and all(isinstance(v, (str, int, float, type(None))) for v in entry.values())


def written(answers: dict) -> str:
    """The text of an answers file, in the reader's own letters unless half of a character is among them."""
    text = json.dumps(answers, ensure_ascii=False, indent=1)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(answers, indent=1)
    return text + "\n"

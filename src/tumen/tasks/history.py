"""What an answer's text was before: when a replaced text is worth keeping, and how many are kept."""

from __future__ import annotations

from collections.abc import Mapping

MOST = 20  # replaced texts of one field
LONGEST = 200_000  # characters of all of them together
MUCH = 12  # characters taken out of a text at which it counts as replaced, and not as written on


def as_text(entry: Mapping | None) -> str:
    """What stands in the box for an entry: its words, or its number as it is shown."""
    value = (entry or {}).get("value")
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


def taken_out(old: str, new: str) -> int:
    """How many characters of an old text a new one has lost, between what both begin and what both end with."""
    most = min(len(old), len(new))
    start = next((i for i in range(most) if old[i] != new[i]), most)
    end = next((i for i in range(most - start) if old[-1 - i] != new[-1 - i]), most - start)
    return len(old) - start - end


def with_text(history: list[dict], entry: Mapping) -> list[dict]:
    """A history, oldest first, with one more replaced text; the oldest are let go where they are too many."""
    text = as_text(entry)
    if not text.strip() or any(as_text(e) == text for e in history):
        return history
    kept = [*history, {"value": entry.get("value"), "when": str(entry.get("when") or "")}][-MOST:]
    while len(kept) > 1 and sum(len(as_text(e)) for e in kept) > LONGEST:
        kept = kept[1:]
    return kept

"""What stands in the rows of a card beside the controls themselves: break-evens, marks on the track, badges, and the rest folded."""

from __future__ import annotations

from tumen.core import Flip
from tumen.core.result import Verdict, place
from tumen.core.words import amount, exact
from tumen.page.controls import Control, is_range


def beside_words(flip: Flip | None, q, value) -> str:
    """What stands under a control: its break-even, and whether its value is beyond what the sources support."""
    parts = []

    def written(x):
        return exact(x, q.unit)

    if flip is not None:
        if flip.value is None:
            parts.append(f"alone it cannot flip {flip.claim}")
        else:
            where = "" if flip.inside else " (beyond the range)"
            parts.append(f"{flip.claim} flips at about {amount(flip.value, q.unit)}{where}")
    if q.beyond(value):
        parts.append(
            f"{written(value)} is beyond the range our sources support ({written(q.low)} to {written(q.high)})"
        )
    return "; ".join(parts)


def turning(flip: Flip | None, q, value) -> str:
    """The same in few words, for under a track that shows the range and names one finding."""
    if flip is None or q.beyond(value):
        return ""
    if flip.value is None:
        return "does not flip it alone"
    return f"flips at about {amount(flip.value)}{'' if flip.inside else ', beyond'}"


def spoken_value(control: Control) -> str:
    """A control's value as it is read aloud; the two ends of a range are parted by a bar, one a handle."""
    if is_range(control.q):
        return "|".join(amount(end, control.q.unit) for end in control.value[0])
    return amount(control.value, control.q.unit) if control.q.kind == "number" else ""


def track(control: Control, flip: Flip | None) -> dict:
    """What a move marks on a control: `moved` where it was, and `flip` (0 to 1) where its break-even is inside the range."""
    marks = {"moved": True} if control.moved else {}
    if flip is not None and flip.value is not None and flip.inside:
        marks["flip"] = round(control.place(flip.value), 3)
    return marks


def spoken_of(control: Control, name: str) -> dict:
    """What the page knows of a control from the first: its key, its accessible name and, on a track, its start (0 to 1)."""
    start = {"start": round(control.place(control.q.value), 3)} if control.q.kind == "number" else {}
    return {"key": control.q.key, "name": name, **start}


def badge(v: Verdict) -> dict:
    """A finding as a badge: what it says, in one word whether it holds in this setting, and which claim it is on or beside."""
    words = ("holds", "does not hold") if v.relation == "tests" else ("true", "false")
    return {"says": v.says, "word": words[0] if v.holds else words[1], "holds": bool(v.holds), "on": place(v)}

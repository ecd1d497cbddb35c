"""One file that came back, from a folder or from an archive: a hand-in that can be marked, or a reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import shown_name
from tumen.course.handed import LARGEST, HandIn, looks_like_one, read_text

# in one folder, or in one archive: each has its own count, so that no student's uses up the others'
MOST_FILES = 20_000
JUNK = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".ipynb_checkpoints", "timestamp.txt")
KINDS = {
    ".ipynb": "a notebook, which is never opened here",
    ".py": "a program, which is never run here",
    ".html": "a page, which is never opened here",
    ".htm": "a page, which is never opened here",
    ".pkl": "a pickle, which is never loaded here",
    ".pickle": "a pickle, which is never loaded here",
    ".pdf": "a PDF",
    ".docx": "a document",
}


@dataclass(frozen=True)
class Received:
    """One hand-in that can be read: where it was found, when the file is from, what is in it."""

    path: str
    dated: datetime | None
    hand_in: HandIn
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """One file that cannot be marked, and why; it stays where it is."""

    path: str
    reason: str


@dataclass
class Seen:
    """What a walk has met: where hand-ins were, and other files that may turn out to lie beside one."""

    good: set[tuple[str, ...]] = field(default_factory=set)
    beside: list[tuple[tuple[str, ...], str]] = field(default_factory=list)


def single(
    name: str, above: tuple[str, ...], size: int, read: Callable[[], bytes], dated: datetime | None, seen: Seen
) -> Iterator[Received | Refused]:
    """A file that is no archive: read where it may be a hand-in, else noted as lying there."""
    where, kind = shown_place((*above, name)), suffix(name)
    if kind not in ("", ".json", ".txt") and ".json" not in name.lower():
        seen.beside.append((above, f"{where}\0{KINDS.get(kind, 'a file of another kind')}"))
        return
    if size > LARGEST:
        yield Refused(where, f"the file is larger than a hand-in can be ({LARGEST // 1_000_000} MB).")
        return
    try:
        data = read()
    except Exception as e:  # zlib, lzma and bz2 each raise faults of their own for a damaged member
        yield Refused(where, f"it cannot be read: {why(e)}.")
        return
    if kind != ".json" and not looks_like_one(data):
        seen.beside.append((above, f"{where}\0a file of another kind"))
        return
    try:
        hand_in = read_text(data)
    except Problem as e:
        if name.lower() == "answers.json":
            seen.beside.append((above, f"{where}\0the notebooks' own answers.json, damaged"))
        else:
            yield Refused(where, str(e))
        return
    if not hand_in.whole:  # answers.json as the notebooks keep it; beside a hand-in it says nothing new
        seen.beside.append((above, f"{where}\0the notebooks' own answers.json, which does not say whose it is"))
        return
    seen.good.add(above)
    yield Received(where, dated, hand_in, _tricks((*above, name)))


def suffix(name: str) -> str:
    """The end of a file's name, in small letters."""
    return Path(name.replace("\\", "/")).suffix.lower()


def shown_place(parts: tuple[str, ...]) -> str:
    """A place as it is shown."""
    return "/".join(map(shown_name, parts))


def _tricks(parts: tuple[str, ...]) -> tuple[str, ...]:
    """A flag where a name tries to lead elsewhere; it has led nowhere."""
    names = [piece for part in parts for piece in part.replace("\\", "/").split("/")]
    odd = ".." in names or any(p.startswith(("/", "\\")) or ":" in p for p in parts)
    return ("a name in the archive points outside it; only its content was read.",) if odd else ()


def why(fault: Exception) -> str:
    """A fault of a library in a few words."""
    words = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    return shown_name(words.rstrip("."), 100)

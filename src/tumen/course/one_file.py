"""One file that came back, from a folder or from an archive: a hand-in that can be marked, or a reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tumen.core import Problem
from tumen.core.cells import shown_name
from tumen.course.handed import LARGEST, HandIn, read_text
from tumen.course.kinds import HEAD, OFFICE, ZIP, kind_of

# in one folder, or in one archive: each has its own count, so that no student's uses up the others'
MOST_FILES = 20_000
JUNK = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".ipynb_checkpoints", "timestamp.txt")
ONLINE = "assignsubmission_onlinetext_"  # in the name of a folder or file that holds what was typed into the platform
TOO_LARGE = f"the file is larger than a hand-in can be ({LARGEST // 1_000_000} MB)."
NOT_WHOSE = (
    "the notebooks' own answers.json, which does not say whose it is: the last cell of the page “assignment”, "
    "tumen.hand_in(), writes the file to send"
)


@dataclass(frozen=True)
class Received:
    """One hand-in that can be read: where it was found, what is in it, and what is odd about the file.

    `dated` is the date of a file on disk, None in an archive. It says which of two copies is newer where nothing else
    does, and makes nobody late. `data` are its bytes, until they are kept.
    """

    path: str
    dated: datetime | None
    hand_in: HandIn
    flags: tuple[str, ...] = ()
    data: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True)
class Refused:
    """One file that cannot be marked, and why; it stays where it is."""

    path: str
    reason: str


@dataclass
class Seen:
    """What a walk has met: where hand-ins were, other files that may turn out to lie beside one, texts typed online."""

    good: set[tuple[str, ...]] = field(default_factory=set)
    beside: list[tuple[tuple[str, ...], str, str]] = field(default_factory=list)
    online: list[str] = field(default_factory=list)


Read = Callable[[int], bytes]  # the next bytes of a file, at most so many


def single(
    name: str, above: tuple[str, ...], size: int, read: Read, dated: datetime | None, seen: Seen, odd: bool = False
) -> Iterator[Received | Refused]:
    """A file: read whole where its content may be a hand-in, else noted as lying there.

    `odd` says that its name tried to lead out of an archive.
    """
    where = shown_place((*above, name))
    try:
        data = read(HEAD)
        kind = kind_of(data, name)
        if kind == "note" or _junk(where, seen):
            return
        if kind:
            seen.beside.append((above, where, kind if kind != ZIP else "a damaged zip"))
            return
        if size > LARGEST:
            yield Refused(where, TOO_LARGE)
            return
        if len(data) == HEAD:
            data += read(LARGEST + 1 - HEAD)
    except Exception as e:  # zlib raises faults of its own for a damaged member
        yield Refused(where, f"it cannot be read: {why(e)}.")
        return
    try:
        hand_in = read_text(data)
    except Problem as e:
        if name.lower() == "answers.json":
            seen.beside.append((above, where, "the notebooks' own answers.json, damaged"))
        else:
            yield Refused(where, str(e))
        return
    if not hand_in.whole:  # answers.json as the notebooks keep it; beside a hand-in it says nothing new
        seen.beside.append((above, where, NOT_WHOSE))
        return
    seen.good.add(above)
    yield Received(where, dated, hand_in, (TRICK,) if odd or tricky((*above, name)) else (), data)


def _junk(where: str, seen: Seen) -> bool:
    """Whether a file holds what a student typed into the platform's own box; it is counted."""
    if ONLINE in where or where.endswith(("/onlinetext.html", "_text.html")):
        seen.online.append(where)
        return True
    return False


def is_document(names) -> bool:
    """Whether a zip of these members is a document of an office program."""
    return any(n.lower() in OFFICE for n in names)


def shown_place(parts: tuple[str, ...]) -> str:
    """A place as it is shown."""
    return "/".join(map(shown_name, parts))


TRICK = "a name in the archive points outside it; only its content was read."


def tricky(parts: tuple[str, ...]) -> bool:
    """Whether a name tries to lead elsewhere; it has led nowhere."""
    names = [piece for part in parts for piece in part.replace("\\", "/").split("/")]
    return ".." in names or any(p.startswith(("/", "\\")) or p[1:2] == ":" for p in parts)


def why(fault: Exception) -> str:
    """A fault of a library in a few words."""
    words = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    return shown_name(words.rstrip("."), 100)

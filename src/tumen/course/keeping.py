"""One file of what came, and every hand-in that grading ever read, kept byte for byte: a later, smaller set takes nothing away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from tumen.core import Problem
from tumen.core.cells import harmless, shown_name
from tumen.core.frozen import frozen
from tumen.course.file_kinds import HEAD, OFFICE, ZIP, kind_of
from tumen.course.handed import LARGEST, HandIn, read_text
from tumen.course.written import write_private

# in one folder, or in one archive: each has its own count, so that no student's uses up the others'
MOST_FILES = 20_000
JUNK = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".ipynb_checkpoints", "timestamp.txt")
ONLINE = "assignsubmission_onlinetext_"  # in the name of a folder or file that holds what was typed into the platform
TOO_LARGE = f"the file is larger than a hand-in can be ({LARGEST // 1_000_000} MB)."
NOT_WHOSE = (
    "the notebooks' own answers.json, which does not say whose it is: the last cell of the page “assignment”, "
    "tumen.hand_in(), writes the file to send"
)


@frozen
class Received:
    """One hand-in that can be read: where it was found, what is in it, and what is odd about the file.

    `dated` is the date of a file on disk, None in an archive. It says which of two copies is newer where nothing else
    does, and makes nobody late. `data` are its bytes, until they are kept; `kept` is the name of the file that then holds them.
    """

    path: str
    dated: datetime | None
    hand_in: HandIn
    flags: tuple[str, ...] = ()
    data: bytes = field(default=b"", compare=False, repr=False)
    kept: str = ""


@frozen
class Refused:
    """One file that cannot be marked, and why; it stays where it is."""

    path: str
    reason: str


@dataclass
class Seen:
    """What a walk has met: where hand-ins were, other files that may turn out to lie beside one, texts typed online.

    `people` are the names of the class.
    """

    people: tuple[str, ...] = ()
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


# --- kept in marked/received ----------------------------------------------------------------------

FOLDER, INDEX = "received", "index.json"


class Kept:
    """The hand-ins kept in a folder of marks.

    One is known by its bytes and by where it lay below a download, so that the same download under another name brings
    nothing new, and the same bytes in two students' places are two. Raises `Problem` where the index cannot be used.
    """

    def __init__(self, marked: Path):
        self.folder = marked / FOLDER
        self._met: set[tuple[str, str]] = set()
        self._rows: dict[tuple[str, str], dict] = {}
        try:
            rows = json.loads((self.folder / INDEX).read_text(encoding="utf-8"))
            self._rows = {(r["file"], _tail(r["path"])): r for r in rows}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, TypeError, KeyError):
            raise Problem(
                f"{FOLDER}/{INDEX} of the marks cannot be read; put it back from a copy, or move the folder {FOLDER} away and "
                "grade everything that came once more."
            ) from None
        self._before = len(self._rows)

    @property
    def any(self) -> bool:
        """Whether anything was kept."""
        return bool(self._rows)

    def add(self, one: Received) -> Received:
        """Keep a hand-in; it is returned without its bytes, and by the name it was first read under."""
        key = hashlib.sha256(one.data).hexdigest()[:24], _tail(one.path)
        self._met.add(key)
        if key not in self._rows:
            if not (at := self._at(key[0])).is_file():
                self._write(at, one.data)
            dated = one.dated.isoformat() if one.dated else ""
            self._rows[key] = {"file": key[0], "path": one.path, "dated": dated, "flags": list(one.flags)}
        return replace(one, path=self._rows[key]["path"], data=b"", kept=_name(key[0]))

    def others(self) -> Iterator[Received | Refused]:
        """The hand-ins read in earlier runs and not in this one, in the order in which they came."""
        for key, row in self._rows.items():
            if key in self._met:
                continue
            try:
                data = self._at(key[0]).read_bytes()
                if hashlib.sha256(data).hexdigest()[:24] != key[0]:
                    raise Problem("the file was changed.")
                dated = datetime.fromisoformat(row["dated"]) if row["dated"] else None
                yield Received(row["path"], dated, read_text(data), tuple(row["flags"]), kept=_name(key[0]))
            except (OSError, ValueError) as e:
                yield Refused(
                    row["path"], f"it was read earlier, and {FOLDER}/{key[0]}.json cannot be read any more: {e}"
                )

    def meant(self, names: Container[str]) -> set[tuple[str, str]]:
        """The hand-ins, by kept name and path, that the instructor's words on these paths are about.

        A name is not one hand-in: students send theirs again under it, and an instructor's trial bears a student's. So a word
        stays with the hand-in that bore the name when the word was first read; where several did, it is about none.
        """
        by_path: dict[str, list[dict]] = {}
        for row in self._rows.values():
            by_path.setdefault(harmless(row["path"]), []).append(row)
        found, changed = set(), False
        for path, rows in by_path.items():
            said = [row for row in rows if row.get("said")] if path in names else []
            if path in names and not said and len({row["file"] for row in rows}) == 1:
                said = rows
            for row in rows:
                if bool(row.get("said")) != (row in said):
                    row["said"], changed = row in said, True
            found |= {(_name(row["file"]), row["path"]) for row in said}
        if changed:
            self._save()
        return found

    def save(self) -> None:
        """Write what was added to the index, whole or not at all."""
        if len(self._rows) != self._before:
            self._save()

    def remove(self, gone: set[str]) -> int:
        """Take the hand-ins of these paths away; how many there were."""
        left = {key: row for key, row in self._rows.items() if row["path"] not in gone}
        taken = {key[0] for key in self._rows.keys() - left.keys()} - {key[0] for key in left}
        count, self._rows = len(self._rows) - len(left), left
        if count:
            self._save()
        for digest in taken:
            self._at(digest).unlink(missing_ok=True)
        return count

    def _save(self) -> None:
        rows = ",\n".join(json.dumps(row) for row in self._rows.values())
        self._write(self.folder / INDEX, f"[\n{rows}\n]\n".encode("ascii"))
        self._before = len(self._rows)

    def _at(self, digest: str) -> Path:
        return self.folder / f"{digest}.json"

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_private(path, data)
        except OSError as e:
            raise Problem(f"{FOLDER}/{path.name} of the marks cannot be written: {e.strerror}.") from None


def _name(digest: str) -> str:
    """What a kept hand-in is called below the folder of marks, in the index's words and in the instructor's."""
    return f"{FOLDER}/{digest}.json"


def _tail(path: str) -> str:
    """A hand-in's place below a download, whatever the download is called and whether it was unpacked."""
    return "/".join(part for part in path.split("/") if not part.lower().endswith(".zip"))

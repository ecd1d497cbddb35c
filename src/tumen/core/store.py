"""What was worked out once and is the same wherever it is worked out again: pictures, specifications, sample points.

Each is kept under the digest of all that it follows from, so that nothing in the store can be out of date. What comes
with the installation is only read; what is new is kept in a folder of the account's own, so that nobody is handed what
another account wrote. A store that is missing, damaged or cannot be written costs time and nothing else.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tumen.core.files import shipped, write_atomic

PLACE = "TUMEN_STORE"  # a folder in place of both
MOST = 96_000_000  # bytes kept in a folder, four times what all chapters open with; beyond it the oldest go
MARK = 64  # letters of the digest before what is kept, by which a damaged file is known


def kept(kind: str, follows_from: object, make: Callable[[], bytes]) -> bytes:
    """The bytes that `make()` gives, from the store where they are there, else made and kept.

    `follows_from` is everything they depend on, as plain words, numbers, lists and dicts; what cannot be told so, or is
    None, is made and not kept. `kind` ends the file's name. Raises what `make()` raises.
    """
    name = _name(kind, follows_from)
    if name is None:
        return make()
    places = _places()
    for place in places:
        if (found := _read(place / name)) is not None:
            return found
    made = make()
    # no turn is taken: whoever else writes this file now writes the same bytes, and each writes them whole
    with suppress(OSError):
        _write(places[-1], name, made)
    return made


def kept_value(kind: str, follows_from: object, make: Callable[[], object]):
    """The value that `make()` gives, likewise: kept as Python writes it, where it is plain words, numbers, lists and dicts."""
    made = []

    def written() -> bytes:
        made.append(make())
        text = repr(made[0])
        if ast.literal_eval(text) != made[0]:
            raise ValueError("it cannot be read back")
        return text.encode("utf-8")

    try:
        body = kept(kind, follows_from, written)
    except (ValueError, SyntaxError, TypeError, RecursionError):
        if not made:
            raise
        return made[0]
    return made[0] if made else ast.literal_eval(body.decode("utf-8"))


def has(kind: str, follows_from: object) -> bool:
    """Whether it is there, and sound."""
    name = _name(kind, follows_from)
    return name is not None and any(_read(place / name) is not None for place in _places())


def writable() -> Path:
    """The folder that comes with the installation where it can be written, else the account's own."""
    places = _places()
    first = places[0]
    return first if os.access(first if first.is_dir() else first.parent, os.W_OK) else places[-1]


def _name(kind: str, follows_from: object) -> str | None:
    try:
        told = json.dumps(follows_from, sort_keys=True)
    except (TypeError, ValueError):
        return None
    return None if told == "null" else f"{hashlib.sha256(told.encode('utf-8')).hexdigest()[:40]}.{kind}"


def _places() -> tuple[Path, ...]:
    """Where is looked, in this order; what is new is kept in the last."""
    if place := os.environ.get(PLACE):
        return (Path(place),)
    from platformdirs import user_cache_path

    return made_with_us(), user_cache_path("tumen", appauthor=False)


def _read(path: Path) -> bytes | None:
    """What is kept in a file; None where there is none, or it is not what was written."""
    try:
        mark, body = (whole := path.read_bytes())[:MARK], whole[MARK:]
    except OSError:
        return None
    return body if mark == _digest(body) else None


def _write(place: Path, name: str, body: bytes) -> None:
    place.mkdir(parents=True, exist_ok=True)
    write_atomic(place / name, _digest(body) + body, patience=0)
    files = sorted(((p.stat(), p) for p in place.iterdir()), key=lambda f: f[0].st_mtime, reverse=True)
    total = 0
    for found, path in files:
        total += found.st_size
        if total > MOST:
            path.unlink(missing_ok=True)


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")


# --- what things follow from -------------------------------------------------------------------------


@cache
def version(package: str) -> str:
    """The installed version of a package, empty where it is not installed."""
    try:
        found = distribution(package)
    except PackageNotFoundError:
        return ""
    # metadata's own `version` has the whole file, a licence of 50 kB at worst, taken apart as a mail
    line = re.search(r"^Version: *(\S+)", found.read_text("METADATA") or "", re.MULTILINE)
    return line[1] if line else found.version


def called(function) -> list | None:
    """What a function gives follows from its name, its bound arguments and all code and data of its package and ours.

    None where that cannot be told: for a function made within another, or one that stands in no package.
    """
    bound, name = [], function
    if hasattr(function, "func"):
        bound, name = [list(function.args), function.keywords], function.func
    where = getattr(name, "__qualname__", "<")
    known = None if "<" in where else code_of(name)
    return [name.__module__, where, bound, known] if known else None


def code_of(function) -> str | None:
    """The digest of the code and tables of a function's package and ours; None where it stands in no package."""
    package = getattr(function, "__module__", "").partition(".")[0]
    return code(package) if hasattr(sys.modules.get(package), "__path__") else None


def made_with_us() -> Path:
    """The folder that was filled with the environment: of a wheel its own, of a clone `store` beside `src`."""
    package = Path(__file__).parents[1]
    carried = package / "_store"
    return carried if carried.is_dir() else package.parents[1] / "store"


@cache
def code(package: str) -> str:
    """The digest of our source code and tables and of a package's source code, as they stood when first asked for.

    It is kept under size and times of every file, so that a new kernel need not read all of them.
    """
    import tumen

    tops = [Path(tumen.__file__).parent, *map(Path, import_module(package).__path__), shipped("data")]
    files = sorted((f"{top}", *found) for top in dict.fromkeys(tops) for found in _files(f"{top}"))

    def read() -> bytes:
        digest = hashlib.sha256()
        for top, name, *_ in files:
            body = Path(top, name).read_bytes()
            digest.update(f"{name}\0{len(body)}\0".encode() + body)
        return digest.hexdigest().encode("ascii")

    return kept("code", files, read).decode("ascii")


def _files(top: str, under: str = "") -> Iterator[tuple]:
    """The name, size and times of each source file and table under a folder."""
    with os.scandir(f"{top}/{under}") as here:
        for entry in here:
            name = f"{under}{entry.name}"
            if entry.is_dir():
                if name not in ("_shipped", "_store"):
                    yield from _files(top, f"{name}/")
            elif name.endswith((".py", ".csv", ".json")):
                about = entry.stat()
                yield name, about.st_size, about.st_mtime_ns, about.st_ctime_ns

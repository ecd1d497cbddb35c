"""Where the data and workbooks stand, and how a file is written: whole or not at all, in turn, and with patience."""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PASSING = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EAGAIN, errno.EINTR}  # a scanner, a sync client
NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}  # some network folders
PATIENCE = 3.0  # seconds for which what is refused is tried again
FORGOTTEN = 3600.0  # seconds after which a temporary file of another machine's process is nobody's


def shipped(room: str, *parts: str) -> Path:
    """A path in one of the two folders of the brief in use: its `data` or its `workbooks`."""
    from tumen.core.home import home

    return getattr(home(), room).joinpath(*parts)


def write_atomic(path: str | Path, text: str | bytes, patience: float = PATIENCE) -> Path:
    """Write text, or bytes as they are, to a file so that a reader finds the old text or the new, never half of one.

    Mode, patience and errors are those of `in_place_of`.
    """
    path = Path(path)
    with in_place_of(path, patience) as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return path


@contextmanager
def in_place_of(path: Path, patience: float = PATIENCE) -> Iterator[BinaryIO]:
    """An open file that takes the place of the one named when the block ends well, and is gone when it does not.

    A rename that a scanner or a sync client refuses is tried again for `patience` seconds. What a killed process left
    of an earlier write is taken away. The file gets the mode the umask leaves. Raises `OSError` where the folder
    cannot be written; the old file is then untouched.
    """
    with _named(path):
        temporary = path.with_name(f".{path.name}.{_machine()}-{os.getpid()}-{secrets.token_hex(4)}.part")
        handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with _named(path), os.fdopen(handle, "w+b") as f:
            yield f
            f.flush()
            os.fsync(f.fileno())
        with _named(path):
            patiently(lambda: temporary.replace(path), patience)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sweep(path)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an `OSError` name the file that was to be written, and not one of ours beside it."""
    if not path.name:  # a folder, such as .
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        yield
    except OSError as e:
        if e.filename and not Path(os.fsdecode(e.filename)).name.startswith(f".{path.name}."):
            raise  # another file's, which the block opened
        why = "there is no such folder" if isinstance(e, FileNotFoundError) else e.strerror
        raise type(e)(e.errno, why, str(path)) from None


def patiently(do: Callable, patience: float = PATIENCE):
    """What `do()` gives, tried again for `patience` seconds while the system refuses it for now; raises `OSError`."""
    end = time.monotonic() + patience
    while True:
        try:
            return do()
        except OSError as e:
            if e.errno not in PASSING or time.monotonic() >= end:
                raise
        time.sleep(0.05)


def read_patiently(path: str | Path) -> str:
    """A file's text in UTF-8, UTF-16 or UTF-32, one sign at each line's end; asked for again while it is refused for now.

    Raises `OSError` where it cannot be read, and `UnicodeDecodeError` where it is no such text.
    """
    path = Path(path)
    text = decoded(patiently(path.read_bytes, 0 if path.is_dir() else PATIENCE))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes, errors: str = "strict") -> str:
    """The text of bytes in UTF-8, UTF-16 or UTF-32, with or without a mark at their head; raises `UnicodeDecodeError`.

    With `errors` "replace" it is the text of whatever the bytes are.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    return data.decode(json.detect_encoding(data[:4]), errors).removeprefix("\ufeff")


@contextmanager
def in_turn(path: str | Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the one turn to write a file, among threads, processes and, where the folder's system can, machines.

    The turn is a lock that the operating system ends with the process, on a hidden file beside the one named; the file
    goes with the lock. Raises `TimeoutError` after `patience` seconds, and `OSError` where the folder cannot be
    written. A folder whose system has no locks is written without one.
    """
    path = Path(path)
    with _named(path):
        lock, end = path.with_name(f".{path.name}.turn"), time.monotonic() + patience
    while (handle := _asked(lock, path)) is None:
        if time.monotonic() >= end:
            raise TimeoutError(errno.ETIMEDOUT, "another page is writing it")
        time.sleep(0.005)
    try:
        yield
    finally:
        if sys.platform == "win32":  # an open file cannot be taken away there; another's open one then stays
            os.close(handle)
            handle = None
        with suppress(OSError):
            lock.unlink()
        if handle is not None:
            os.close(handle)


def _asked(lock: Path, path: Path) -> int | None:
    with _named(path):
        return _taken(lock)


def _taken(lock: Path) -> int | None:
    """The handle of the lock file if it is ours now, None if another holds it."""
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        if sys.platform == "win32" and lock.parent.is_dir() and lock.exists():  # being taken away at this moment
            return None
        raise
    try:
        _lock(handle)
        if sys.platform == "win32" or os.path.samestat(os.fstat(handle), lock.stat()):
            return handle
    except FileNotFoundError:
        pass  # whoever had it has taken it away: take a new one
    except OSError as e:
        if e.errno in NO_LOCKS:
            return handle
        if e.errno not in PASSING | {errno.EDEADLK}:
            os.close(handle)
            raise
    os.close(handle)
    return None


def _lock(handle: int) -> None:
    """Lock an open file without waiting; the system ends the lock with the handle."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


# --- what a killed process leaves ---------------------------------------------------------------------


def _machine() -> str:
    """A short name of this machine that may stand in a file's name."""
    import platform

    return re.sub(r"[^a-z0-9]", "", platform.node().lower())[:20] or "machine"


def _sweep(path: Path) -> None:
    """Take away the temporary files of this file whose process is no more; nobody else's, and none in use."""
    ours = re.compile(rf"\.{re.escape(path.name)}\.(?:(\w+)-(\d+)-[0-9a-f]{{8}}\.part|[a-z0-9_]{{8}})")
    with suppress(OSError):
        left = [(other, found) for other in path.parent.iterdir() if (found := ours.fullmatch(other.name))]
        for other, found in left:
            with suppress(OSError):
                if _abandoned(other, *found.groups()):
                    other.unlink()


def _abandoned(left: Path, machine: str | None, process: str | None) -> bool:
    if machine == _machine() and process:
        if sys.platform == "win32":  # there a file in use cannot be taken away, and none else is worth keeping
            return True
        try:
            os.kill(int(process), 0)
        except (ProcessLookupError, OverflowError):
            return True
        except OSError:
            return False
        return False
    return time.time() - left.stat().st_mtime > FORGOTTEN

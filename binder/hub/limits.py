"""What a student may use: control groups hold a student's processes together, resource limits each by itself."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import time
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
PERIOD = 100_000  # microseconds over which a share of the processors is counted
LARGEST_FILE = 500_000_000
MOST_FILES = 4096
RESERVED = 4  # a process may reserve more than it uses: the drawing library alone 0.7 GB, of which it fills 0.1


class Group:
    """One student's control group: memory, processors and number of processes of all they run.

    `places` maps what is limited to the folder that limits it; it is empty where this machine gives none.
    Version 2 has one tree, in which a group of ours stands at the top, as one that holds processes may have no groups
    below it; version 1 has a tree for each resource, in which ours stands below the group the server runs in.
    """

    def __init__(self, name: str, root: Path = GROUPS, own: str = "/proc/self/cgroup"):
        self.version = 2 if (root / "cgroup.controllers").exists() else 1
        if self.version == 2:
            there = (root / "cgroup.controllers").read_text().split()
            self.places = {c: root / "tumen" / name for c in ("memory", "cpu", "pids") if c in there}
        else:
            mine = dict(line.split(":", 2)[1:] for line in Path(own).read_text().split())
            self.places = {
                c: root / c / path.strip("/") / "tumen" / name
                for c in ("memory", "cpu", "pids")
                if (path := mine.get(c, mine.get("cpu,cpuacct") if c == "cpu" else None)) is not None
            }

    def set(self, memory: int, cpu: float, processes: int) -> dict[str, str]:
        """Make the group and write its limits (bytes, processors, number); what could not be set, with the reason."""
        refused = {}
        values = {
            "memory": ("memory.max" if self.version == 2 else "memory.limit_in_bytes", str(memory)),
            "cpu": (
                ("cpu.max", f"{int(cpu * PERIOD)} {PERIOD}")
                if self.version == 2
                else ("cpu.cfs_quota_us", str(int(cpu * PERIOD)))
            ),
            "pids": ("pids.max", str(processes)),
        }
        for what, (file, value) in values.items():
            try:
                self._make(self.places[what])
                (self.places[what] / file).write_text(value)
            except (OSError, KeyError) as e:
                self.places.pop(what, None)
                refused[what] = getattr(e, "strerror", None) or "this machine has no such control group"
        return refused

    def _make(self, place: Path) -> None:
        if self.version == 2:
            place.parent.mkdir(exist_ok=True)
            for above in (place.parent.parent, place.parent):
                for what in self.places:
                    with contextlib.suppress(
                        OSError
                    ):  # often on already; whether it is shows when the limit is written
                        (above / "cgroup.subtree_control").write_text(f"+{what}")
        place.mkdir(parents=True, exist_ok=True)

    def join(self) -> None:
        """Put the calling process, and so all it starts, into the group."""
        for place in set(self.places.values()):
            (place / "cgroup.procs").write_text(str(os.getpid()))

    def members(self) -> set[int]:
        """The numbers of the processes in the group."""
        found: set[int] = set()
        for place in self.places.values():
            with contextlib.suppress(OSError):
                found |= {int(line) for line in (place / "cgroup.procs").read_text().split()}
        return found

    def peak(self) -> int | None:
        """The most memory the group has used, in bytes, where this machine tells."""
        with contextlib.suppress(OSError, KeyError):
            file = "memory.peak" if self.version == 2 else "memory.max_usage_in_bytes"
            return int((self.places["memory"] / file).read_text())
        return None

    def end(self, seconds: float = 5) -> None:
        """End whatever is left in the group and remove it."""
        until = time.monotonic() + seconds
        while (left := self.members()) and time.monotonic() < until:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        for place in set(self.places.values()):
            with contextlib.suppress(OSError):
                place.rmdir()


def confine(memory: int, processes: int) -> None:
    """Limit the calling process and each it starts; in force also where there are no control groups.

    `memory` (bytes) times `RESERVED` bounds what one process may reserve to write to, which only keeps the worst from
    a machine without control groups; `processes` counts all of one account.
    """
    for what, most in (
        (resource.RLIMIT_DATA, RESERVED * memory),
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))

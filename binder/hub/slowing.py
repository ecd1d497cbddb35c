"""Wrong codes are slowed: the answer to one comes later the more there were, and few of one kind are looked at together."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

FREE = 3  # wrong codes that anyone may type
FIRST, LONGEST = 0.5, 8.0  # seconds
FORGET = 900.0  # seconds after which a wrong code is forgotten
TOGETHER = 3  # tries at one name from one address that are looked at or held back at once
MOST = 5_000  # names and addresses that are remembered; the longest unseen are forgotten first
MOST_TRIES = 500  # tries that are looked at or held back at once, of everyone


class Slowing:
    """Counts wrong codes by address and by name. A right code is never held back, so nobody locks a neighbour out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self.clock = clock
        self.wrong: OrderedDict[Hashable, tuple[int, float]] = OrderedDict()
        self.under_way: dict[tuple[str, str], int] = {}

    def begin(self, address: str, name: str) -> bool:
        """Whether this try is looked at; where it is, `end` has to follow."""
        pair = (address, name)
        if self.under_way.get(pair, 0) >= TOGETHER or sum(self.under_way.values()) >= MOST_TRIES:
            return False
        self.under_way[pair] = self.under_way.get(pair, 0) + 1
        return True

    def end(self, address: str, name: str) -> None:
        """The try is over, and its answer given."""
        pair = (address, name)
        self.under_way[pair] -= 1
        if not self.under_way[pair]:
            del self.under_way[pair]

    def wait(self, address: str, name: str) -> float:
        """Note a wrong code; the seconds its answer is to be held back.

        A whole class may sit behind one address, so an address counts a tenth of what a name does.
        """
        return max(_seconds(self._count(("name", name))), _seconds(self._count(("address", address)) // 10))

    def right(self, name: str) -> None:
        """The name's wrong codes are forgotten."""
        self.wrong.pop(("name", name), None)

    def _count(self, key: Hashable) -> int:
        count, last = self.wrong.pop(key, (0, 0.0))
        now = self.clock()
        count = count + 1 if now - last < FORGET else 1
        self.wrong[key] = (count, now)
        while len(self.wrong) > MOST:
            self.wrong.popitem(last=False)
        return count


def _seconds(count: int) -> float:
    return min(LONGEST, FIRST * 2 ** min(count - FREE, 10)) if count > FREE else 0.0

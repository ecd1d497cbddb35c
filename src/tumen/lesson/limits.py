"""How much one phone and one address may ask of a lesson, so that nobody can disturb it for the others."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

DEVICES = 500  # phones in one lesson
FROM_ONE_ADDRESS = 150  # phones at one address: a class may sit behind one, a single machine may not fill the lesson
CONNECTIONS = 1200
CONNECTIONS_FROM_ONE = 400
BODY = 8_000  # bytes of what one request may carry: 500 letters of any script, and what is around them
ADDRESSES = 4_000  # remembered at most


class Rate:
    """So many at once and so many a second, for each of many askers; the longest silent is forgotten first."""

    def __init__(self, at_once: float, a_second: float, clock: Callable[[], float] = time.monotonic):
        self.at_once, self.a_second, self.clock = at_once, a_second, clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def allows(self, who: Hashable) -> bool:
        """Whether one more is allowed now; it is then counted."""
        now = self.clock()
        left, then = self._left.pop(who, (self.at_once, now))
        left = min(self.at_once, left + (now - then) * self.a_second)
        allowed = left >= 1
        self._left[who] = (left - 1 if allowed else left, now)
        while len(self._left) > ADDRESSES:
            self._left.popitem(last=False)
        return allowed

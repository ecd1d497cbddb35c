"""Do something once a hand has come to rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Debounce:
    """Calls `do` when `seconds` have passed since it was last put off; in an event loop, with no thread."""

    def __init__(self, do: Callable[[], None], seconds: float = 0.35):
        self.do, self.seconds = do, seconds
        self._waiting: asyncio.TimerHandle | None = None

    def put_off(self) -> bool:
        """Wait anew; returns False where no event loop runs, so that the caller must act at once."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return False
        self.drop()
        self._waiting = loop.call_later(self.seconds, self._now)
        return True

    @property
    def waiting(self) -> bool:
        """Whether it is still to be called."""
        return self._waiting is not None

    def drop(self) -> None:
        """Wait no more."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _now(self) -> None:
        self._waiting = None
        self.do()

"""Words in a declared picture that belong to no mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY

from tumen.charts.placing import Page, Words
from tumen.charts.style import INK
from tumen.core import Result
from tumen.core.frozen import frozen


@frozen
class Note:
    """Words that belong to no mark: they stand where there is room, at the top if they can.

    With `places(result)` they are many, each at (x, y, words), whatever is drawn there, or where `spare` is set only if they cross
    nothing; `at` is such a place for `label`. They go on in a line below at each line break.
    """

    name: str
    label: Words = ""
    _: KW_ONLY
    at: tuple | None = None
    places: Callable[[Result], list[tuple]] | None = None
    align: str = "left"
    off: tuple[int, int] = (0, 0)  # pixels to the right and down
    spare: bool = False
    color: str = INK
    letters: int = 13
    fixed: bool = False  # whether it is the same in every setting, and so not sent at a move

    def draw(self, x, y):
        """No layer of its own."""
        return ()

    def rows(self, page: Page, now: Result, start: Result | None) -> None:
        """Put the words on a page."""
        if self.at is None and self.places is None:
            page.label(self.name, [], self.label, now, free=True, ways=(), size=self.letters)
        for x, y, words in self.places(now) if self.places else [(*self.at, self.label)] if self.at else []:
            if self.spare:
                ways = ((self.align, *self.off),)
                page.label(self.name, [(x, y)], words, now, ways=ways, size=self.letters, spare=True)
            else:
                page.write(self.name, (x, y), words, now, align=self.align, off=self.off, size=self.letters)

    def texts(self):
        """The part that holds the words, with its color and size in pixels."""
        yield self.name, self.color, self.letters

    def legend(self):
        """Words speak for themselves."""
        return ()

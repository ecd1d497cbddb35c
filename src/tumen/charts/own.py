"""A model's own answer to a question of “Is it robust?”, where the general one does not fit it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tumen.charts.picture import Picture
from tumen.core import Result
from tumen.core.frozen import frozen


@frozen
class Own:
    """A picture of a model's result, its reading in a sentence, and its table.

    `picture` draws two results (the reader's and the starting one); `reading(now)` is one sentence or two;
    `head` and `table(now)` are the table's header and rows. `says(now)` is what is said before it is opened: its
    reading, where nothing else is given.
    """

    picture: Picture
    reading: Callable[[Result], str]
    head: Sequence[str]
    table: Callable[[Result], list[list[str]]]
    says: Callable[[Result], str] | None = None

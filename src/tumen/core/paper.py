"""A memo that a report asks of its reader, as a chapter declares it: what it is about, what is written, what is computed."""

from __future__ import annotations

from collections.abc import Callable

from tumen.core.frozen import frozen
from tumen.core.quantity import Quantity
from tumen.core.result import Result


@frozen
class Piece:
    """One piece of the reader's writing: the task it is the answer to, its heading, and what it is called where it is missing."""

    task: str
    heading: str
    missing: str


@frozen
class Paper:
    """A memo on one claim: the model whose setting it speaks of, and the pieces written `first` and `then`.

    `conditions` gives sentences on a result; `fares`, with its heading, the head and the rows of a table of it; `kind`
    says of a quantity what it is; `closing` ends the page.
    """

    title: str
    claim: str
    model: str
    first: tuple[Piece, ...]
    then: tuple[Piece, ...]
    conditions: Callable[[Result], tuple[str, ...]]
    fares: tuple[str, Callable[[Result], tuple[list[str], list[list[str]]]]]
    kind: Callable[[Quantity], str]
    closing: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Every piece of writing, in the order in which they are asked for where they are missing."""
        return (*self.first, *self.then)

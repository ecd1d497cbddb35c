"""A page in the making: what it has numbered, what it has shown, and what stays closed on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from itertools import count

from tumen.page.session import Session


@dataclass
class Closed:
    """Something a reader opens: what it belongs to, what it is called, and what is in it (HTML)."""

    of: str
    name: str
    html: str


@dataclass
class Sheet:
    """What one page remembers while its cells are set: `session` has the folder's case, `source` is the workbook's file name.

    `level` is that of the last heading; `shown` are the keys of what was drawn, `asked` those of the predictions; `closed` is printed at the end, since
    paper cannot be opened. `answers` are the keys of the models that answer a prediction of the page, `veiled` the level of
    heading that ends what a prediction keeps closed now, None where none does; `outside` is the same around each folded
    section that is being set.
    """

    session: Session
    source: str
    level: int = 1
    shown: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    closed: list[Closed] = field(default_factory=list)
    answers: set[str] = field(default_factory=set)
    veiled: int | None = None
    outside: list[int | None] = field(default_factory=list)
    counts: dict[str, count] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return self.source.rpartition(".")[0] or self.source

    def number(self, kind: str) -> int:
        """The next number of a kind of thing, from 1."""
        return next(self.counts.setdefault(kind, count(1)))

    def close(self, of: str, name: str, html: str) -> str:
        """HTML that a reader opens on the page, and finds at its end in print."""
        self.closed.append(Closed(of, name, html))
        return f'<details class="answer"><summary>{escape(name)}</summary><div>{html}</div></details>'

    def heading(self, words: str, css: str = "") -> str:
        """A heading one level below the last one in the text."""
        level = min(self.level + 1, 6)
        kind = f' class="{css}"' if css else ""
        return f"<h{level}{kind}>{escape(words)}</h{level}>"

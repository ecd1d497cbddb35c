"""The tensions inside the report as a walk: one at a time, with its claims and a question."""

from __future__ import annotations

from html import escape

from tumen.core import Problem
from tumen.evidence.ledger import Tension, claims, tensions
from tumen.page import widgets as W
from tumen.page.session import Session
from tumen.page.tool import Tool, row

LATER = "What became known later opens when you have recorded a prediction in this notebook, or chosen to skip one."


class Walk(Tool):
    """One tension at a time; `go(number)` turns to one, counted from 1."""

    def __init__(self, session: Session, first: int = 1):
        self.tensions: list[Tension] = tensions(session.case.as_of)
        self._check(first)
        self._paraphrase = {c.id: c.paraphrase for c in claims()}
        self.number = first
        super().__init__(session)
        options = [(f"{i}. {t.title}", i) for i, t in enumerate(self.tensions, 1)]
        self._list = self.choice("tension", options, first, lambda: self.go(self._list.value), "420px")
        self._back = self.button("previous", lambda: self.go(self.number - 1))
        self._next = self.button("next", lambda: self.go(self.number + 1))
        self._page = W.HTML()
        self.children = (
            W.HTML("<h3>Where the report pulls against itself</h3>"),
            row(self._back, self._next, self._list),
            self.said,
            self._page,
        )
        session.listen(lambda _key: self._turn())
        self._turn()

    def _check(self, number: int) -> None:
        if not isinstance(number, int) or not 1 <= number <= len(self.tensions):
            raise Problem(f"the tensions are numbered from 1 to {len(self.tensions)}; you gave {number!r}.")

    def go(self, number: int) -> None:
        """Turn to one tension; raises `Problem` for a number there is not."""
        self._check(number)
        self.number = number
        self._turn()

    def _turn(self) -> None:
        t = self.tensions[self.number - 1]
        self._list.value = self.number
        self._back.disabled, self._next.disabled = self.number == 1, self.number == len(self.tensions)
        self._page.value = self._html(t, later=True)
        self.say(f"{self.number} of {len(self.tensions)}: {t.title}.")

    def _html(self, t: Tension, later: bool) -> str:
        items = "".join(f"<li><b>{id}</b> {escape(self._paraphrase[id])}</li>" for id in t.claims)
        model = f'<p class="tumen-note">A model that shows it: {escape(t.model)}.</p>' if t.model else ""
        since = ""
        if later and t.later:
            rows = f" ({escape(', '.join(t.rows))})" if t.rows else ""
            since = (
                f"<p>Later: {escape(t.later)}{rows}</p>" if self.since_open else f'<p class="tumen-note">{LATER}</p>'
            )
        return f"<ul>{items}</ul><p>{escape(t.says)}</p><p><b>{escape(t.question)}</b></p>{since}{model}"

    def html(self) -> str:
        """All tensions in order."""
        items = "".join(f"<li><b>{escape(t.title)}.</b>{self._html(t, later=False)}</li>" for t in self.tensions)
        return f"<ol>{items}</ol>"

    def plain(self) -> str:
        """All tensions as text."""
        lines = [
            f"{i}. {t.title} ({', '.join(t.claims)}). {t.says} {t.question}" for i, t in enumerate(self.tensions, 1)
        ]
        return "\n".join(lines)

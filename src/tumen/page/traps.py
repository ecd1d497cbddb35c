"""Numbers that trap: a tempting sentence, and what the rows say instead."""

from __future__ import annotations

from functools import partial
from html import escape

from tumen.brief import exhibits
from tumen.evidence.tables import table
from tumen.page import widgets as W
from tumen.page.session import Session
from tumen.page.tool import Tool


class Traps(Tool):
    """Each trap as the tempting sentence, which opens to why it is wrong and to the rows that show it."""

    def __init__(self, session: Session):
        super().__init__(session)
        traps = exhibits().get("report.traps")
        get = partial(table, case=session.case, folder=session.folder)
        self.traps, self.missing = traps.found(get) if traps else ([], [])
        self.children = (W.HTML(self.html()), self.said)

    def html(self) -> str:
        """The traps, each closed until it is opened."""
        items = "".join(
            f'<details><summary>“{escape(t.tempting)}”</summary><div class="tumen-inside"><p><b>{escape(t.title)}.</b> '
            f"{escape(t.why)}</p><p><i>rows:</i> {escape(span(t.rows))}</p></div></details>"
            for t in self.traps
        )
        return f"<h3>Sentences the tables tempt one to write: what is wrong with each?</h3>{items}{self.left_out()}"

    def left_out(self) -> str:
        """How many traps cannot be shown, as HTML; empty where all are."""
        return f'<p class="tumen-note">{escape(self._missing())}</p>' if self.missing else ""

    def _missing(self) -> str:
        """How many traps the tables in use cannot show, and why."""
        why = " ".join(s[:1].upper() + s[1:] for s in dict.fromkeys(self.missing))
        return f"{len(self.missing)} more {'is' if len(self.missing) == 1 else 'are'} left out. {why}"

    def plain(self) -> str:
        """The traps as text, each with its answer."""
        lines = [f"“{t.tempting}”\n    {t.title}. {t.why} Rows: {span(t.rows)}." for t in self.traps]
        return "\n".join([*lines, *([self._missing()] if self.missing else [])])


def span(rows: tuple[str, ...]) -> str:
    """Rows in short: the first and the last where there are many."""
    return ", ".join(rows) if len(rows) <= 4 else f"{rows[0]}, {rows[1]}, {rows[2]} to {rows[-1]} ({len(rows)} rows)"

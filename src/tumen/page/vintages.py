"""One figure through its published versions, oldest first."""

from __future__ import annotations

from html import escape

from tumen.core import Problem
from tumen.core.words import number
from tumen.evidence.tables import table, vintages
from tumen.page import widgets as W
from tumen.page.session import Session
from tumen.page.tables import html_table, text_table
from tumen.page.tool import Tool, row

SAID = ("source_org", "source_title", "verified", "trust", "id")  # what is told of each version besides its figures


class Vintages(Tool):
    """A stepper through the versions of one period's figure, as far as the date in use lets them be known.

    `go(step)` turns to a version, counted from 1; `sentence` is what is said of it.
    """

    def __init__(self, name: str, period: str | int, session: Session):
        self.table, self.period = table(name, case=session.case, folder=session.folder), str(period)
        self.versions = vintages(self.table, period)
        self.figures = _figures(self.table)
        super().__init__(session)
        self.step = 1
        self._back = self.button("older", lambda: self.go(self.step - 1))
        self._next = self.button("newer", lambda: self.go(self.step + 1))
        self._page = W.HTML()
        self.children = (
            W.HTML(f"<h3>{escape(self._title())}</h3>"),
            row(self._back, self._next),
            self.said,
            self._page,
            W.HTML(f'<p class="tumen-note">{escape(self.table.note())}</p>'),
        )
        self._turn()

    def _title(self) -> str:
        return f"{self.table.schema.title}: {self.period}, as published"

    def go(self, step: int) -> None:
        """Turn to one version; raises `Problem` for a number there is not."""
        if not 1 <= step <= len(self.versions):
            raise Problem(f"there are {len(self.versions)} versions; you asked for number {step}.")
        self.step = step
        self._turn()

    def _turn(self) -> None:
        self._back.disabled, self._next.disabled = self.step == 1, self.step == len(self.versions)
        head, rows = self._rows(self.step)
        self._page.value = html_table(head, rows, "The versions up to this one; a dash where a release gives no figure")
        self.say(self._say(self.step))

    def _say(self, step: int) -> str:
        now = self.versions[step - 1]
        first = self.figures[0]
        said = f"Version {step} of {len(self.versions)}, {_published(now)}: {_cell(now[first])} ({_label(first)})"
        before = self.versions[step - 2] if step > 1 else {first: None}
        if before[first] is None or now[first] is None:
            return f"{said}."
        change = now[first] - before[first]
        word = "more" if change > 0 else "fewer"
        return f"{said}, {f'{number(abs(change), 6)} {word} than' if change else 'the same as'} the version before."

    def _rows(self, upto: int) -> tuple[list[str], list[list[str]]]:
        head = ["published", *(_label(c) for c in self.figures), "source", "title", "verified", "trust", "row"]
        rows = [
            [
                v["public"] or "not known",
                *(_cell(v[c]) for c in self.figures),
                *("" if v[c] is None else str(v[c]) for c in SAID),
            ]
            for v in self.versions[:upto]
        ]
        return head, rows

    def html(self) -> str:
        """Every version in a table."""
        head, rows = self._rows(len(self.versions))
        return f"<p>{escape(self._title())}. {escape(self.table.note())}</p>{html_table(head, rows)}"

    def plain(self) -> str:
        """Every version as text."""
        steps = "\n".join(self._say(i) for i in range(1, len(self.versions) + 1))
        head, rows = self._rows(len(self.versions))
        short = [[*r[: 1 + len(self.figures)], r[-1]] for r in rows]
        return f"{self._title()}\n{text_table([*head[: 1 + len(self.figures)], 'row'], short)}\n{steps}"


def _figures(of) -> list[str]:
    """The columns that hold figures: numbers that are neither years nor what makes rows versions of each other."""
    kept = [f.name for f in of.schema.fields if f.type in ("integer", "number")]
    return [c for c in kept if c not in of.schema.same and not c.endswith("year")]


def _label(column: str) -> str:
    """The name of a column as a reader would write it."""
    return column.replace("_pct", ", percent").replace("_", " ")


def _published(row: dict) -> str:
    return f"published {row['public']}" if row["public"] else "date of publication not known"


def _cell(value) -> str:
    return "-" if value is None else number(value, 6)

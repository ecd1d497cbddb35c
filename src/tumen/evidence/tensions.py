"""The tensions inside the report: where its own claims pull against each other, each with a question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from tumen.core.files import shipped
from tumen.core.home import home
from tumen.evidence.dates import as_date
from tumen.evidence.package import schema
from tumen.evidence.reading import read_rows


@dataclass(frozen=True)
class Tension:
    """One tension: the claims that pull against each other, what pulls, and a question.

    `later` is what became known later, None where there is nothing or the date in use withholds it; `rows`
    name the table rows it rests on; `model` is the key of the model that makes the tension visible, or empty.
    """

    id: str
    title: str
    claims: tuple[str, ...]
    says: str
    question: str
    later: str | None = None
    rows: tuple[str, ...] = ()
    model: str = ""


def tensions(as_of: dt.date | str | None = None) -> list[Tension]:
    """Every tension, in the order of the walk; under an `as_of` before the day to which later evidence speaks without what came later."""
    found = [_tension(row) for row in read_rows(shipped("data") / "tensions.csv", schema("tensions"))]
    date = as_date(as_of)
    if date is None or date >= home().meta.evidence_to:
        return found
    return [replace(t, later=None, rows=()) if t.later else t for t in found]


def _tension(row: dict) -> Tension:
    return Tension(
        id=row["id"],
        title=row["title"],
        claims=_parts(row["claims"]),
        says=row["says"],
        question=row["question"],
        later=row["later"],
        rows=_parts(row["rows"]),
        model=row["model"] or "",
    )


def _parts(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split(";") if part.strip())

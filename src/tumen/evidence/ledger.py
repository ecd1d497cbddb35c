"""The ledger: the report's claims in paraphrase, with what each assumes and how it has fared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.files import shipped
from tumen.core.home import home
from tumen.core.own import ANOTHER
from tumen.evidence.citations import cited_works, known_by, parts_known_by
from tumen.evidence.dates import as_date
from tumen.evidence.package import schema
from tumen.evidence.reading import read_rows


@dataclass(frozen=True)
class Claim:
    """One claim of the report, as the ledger's columns give it.

    `sentence` is a number or a span such as 3-4, as text; `kind` is one of those of `kinds`. `status` (the
    verdict on later evidence) and `later_evidence` are None where the date in use withholds them; so is
    `strongest_counter` where it draws on what came later, and `linked_data` then names only what was there.
    """

    id: str
    section: int
    section_title: str
    paragraph: int
    sentence: str
    paraphrase: str
    kind: str
    hidden_assumptions: str
    what_to_vary: str
    strongest_counter: str | None
    later_evidence: str | None
    status: str | None
    status_at_writing: str
    load_bearing: bool
    linked_data: str
    theme: str

    @property
    def place(self) -> str:
        """The paragraph it stands in, its id without the last letter."""
        return self.id.rpartition("-")[0]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences it restates, such as B1.4 of the claim B1-a; a span such as 3-4 is two."""
        first, _, last = self.sentence.partition("-")
        return tuple(f"{self.place}.{n}" for n in range(int(first), int(last or first) + 1))

    @property
    def themes(self) -> tuple[str, ...]:
        """The chapters it belongs to, by their names."""
        return tuple(t.strip() for t in self.theme.split(","))


def claims(as_of: dt.date | str | None = None) -> list[Claim]:
    """Every claim, in the report's order.

    Under an `as_of` before the day to which later evidence speaks, it and the status by it are withheld, and so is a
    counter-argument that cites what was not in print by then.
    """
    rows = read_rows(_ledger(), schema("claims"))
    found = [_claim(row) for row in rows]
    date = as_date(as_of)
    if date is None or date >= home().meta.evidence_to:
        return found
    works = cited_works()
    return [_as_known(c, date, works) for c in found]


def _ledger() -> Path:
    """The file of the ledger; raises `Problem` where another lies in the working folder, which no brief.toml goes with."""
    ours, other = shipped("data") / "claims.csv", Path("data", "claims.csv")
    if other.is_file() and other.resolve() != ours.resolve():
        raise Problem(f"data/claims.csv in the working folder cannot be used: {ANOTHER}.")
    return ours


def _as_known(c: Claim, date: dt.date, works: list) -> Claim:
    counter = c.strongest_counter if c.strongest_counter and known_by(c.strongest_counter, date, works) else None
    linked = parts_known_by(c.linked_data, date, works)
    return replace(c, later_evidence=None, status=None, strongest_counter=counter, linked_data=linked)


def claim(id: str, as_of: dt.date | str | None = None) -> Claim:
    """One claim by its id; raises `Problem` with the nearest id."""
    by_id = {c.id: c for c in claims(as_of)}
    if id not in by_id:
        raise Problem(f"There is no claim {id!r}; {_nearest(id, by_id)}.")
    return by_id[id]


def paragraph(ref: str, as_of: dt.date | str | None = None) -> list[Claim]:
    """The claims of one paragraph, in order; raises `Problem` with the nearest paragraph."""
    found = [c for c in claims(as_of) if c.place == ref]
    if not found:
        raise Problem(f"The report has no paragraph {ref!r}; {_nearest(ref, paragraphs())}.")
    return found


def paragraphs() -> list[str]:
    """The paragraphs that hold claims, in the report's order."""
    return list(dict.fromkeys(c.place for c in claims()))


def _claim(row: dict) -> Claim:
    given = {f.name: row[f.name] for f in fields(Claim)}
    return Claim(**{**given, "load_bearing": row["load_bearing"] == "yes"})


def _nearest(name: str, valid) -> str:
    said = nearest(name, valid)
    some = sorted(valid)
    return f"ids look like {some[0]} or {some[-1]}" if said.startswith("valid names") else said

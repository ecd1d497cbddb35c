"""The ledger: the report's claims in paraphrase, of what kind each is, what it assumes, how it has fared, and where claims pull apart."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.errors import shown
from tumen.core.files import shipped
from tumen.core.frozen import frozen
from tumen.core.home import home
from tumen.core.own import ANOTHER
from tumen.evidence.dates import MONTHS, as_date, span_of
from tumen.evidence.package import Kind, Schema, schema
from tumen.evidence.reading import read_rows

SENTENCES = re.compile(r"([1-9]\d{0,3})(?:\s*[-–]\s*([1-9]\d{0,3}))?", re.ASCII)  # 3, or 3-4
DATED = re.compile(
    r"(?:\b(?P<day>\d{1,2}) )?(?:\b(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* )?\b(?P<year>(?:19|20)\d\d)\b"
)


def known_by(text: str | None, date: dt.date, works: list[tuple[str, str]]) -> bool:
    """Whether all a text cites, and every date it names, lies on or before a day.

    `works` are the cited works (see `cited_works`). A work counts from the last day its date of issue can
    mean, so one dated 2015 is not known in May 2015; so does a date in the text.
    """
    text = text or ""
    for phrase, issued in works:
        if phrase in text:
            if _last_day(issued) > date:
                return False
            text = text.replace(phrase, "")
    return all(_last_day(_iso(found)) <= date for found in DATED.finditer(text))


def parts_known_by(text: str, date: dt.date, works: list[tuple[str, str]]) -> str:
    """A list parted by semicolons without the items that were not there by a day."""
    return "; ".join(part for part in (p.strip() for p in text.split(";")) if known_by(part, date, works))


def _iso(found: re.Match) -> str:
    month = found["month"]
    if not month:
        return found["year"]
    number = MONTHS.index(month.title()) + 1
    return f"{found['year']}-{number:02d}" + (f"-{int(found['day']):02d}" if found["day"] else "")


def _last_day(iso: str) -> dt.date:
    try:
        return span_of(iso)[1]
    except ValueError:  # such as 31 June: the year alone is sure
        return span_of(iso[:4])[1]


def cited_works() -> list[tuple[str, str]]:
    """Each phrase by which the ledger cites a work with the work's date of issue (ISO), longest phrase first.

    Raises `Problem` where the file of references cannot be read.
    """
    try:
        references = json.loads((shipped("data") / "references.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Problem("Tumen's data/references.json cannot be read; install Tumen again.") from None
    found = []
    for work in references:
        parts = work.get("issued", {}).get("date-parts", [[]])[0]
        if parts:
            issued = "-".join(f"{int(part):02d}" for part in parts)
            found += [(phrase, issued) for phrase in work.get("custom", {}).get("cited_as", ())]
    return sorted(found, key=lambda pair: -len(pair[0]))


# --- kinds of claim -------------------------------------------------------------------------------

FOR, AGAINST, OPEN, UNTESTABLE, NO_VERDICT = BEARINGS = ("for it", "against it", "open", "untestable", "no verdict")
BEARS = {
    FOR: ("held", "supported", "came true", "fires"),
    AGAINST: ("did not hold", "not supported", "did not come true", "does not fire"),
    OPEN: ("contested", "depends on its coding", "a model's", "not yet"),
    UNTESTABLE: ("untestable",),
    NO_VERDICT: ("no verdict",),
}
EARLIER = {"contradicted": AGAINST}  # words that verdicts could take before each kind had its own


def kinds() -> dict[str, Kind]:
    """Every kind of claim by its word, in the order in which they are asked: the first that fits."""
    return {k.word: k for k in schema("claims").kinds}


def bearing(verdict: str) -> str:
    """What a verdict bears on its claim, the same for every kind: one of `BEARINGS`.

    >>> bearing("held"), bearing("came true"), bearing("a model's")
    ('for it', 'for it', 'open')
    """
    return EARLIER.get(verdict) or next(b for b, words in BEARS.items() if verdict in words)


# --- the ledger -----------------------------------------------------------------------------------


@frozen
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
    path, form = _ledger(), schema("claims")
    try:
        stamp = path.stat()
    except OSError:
        found = _read(path, form)  # says what is wrong
    else:
        found = list(_kept(path, form, stamp.st_mtime_ns, stamp.st_size))
    date = as_date(as_of)
    if date is None or date >= home().meta.evidence_to:
        return found
    works = cited_works()
    return [_as_known(c, date, works) for c in found]


def _read(path: Path, form: Schema) -> list[Claim]:
    return [_claim(row, f"{path.name}, row {row['id']}") for row in read_rows(path, form)]


@lru_cache(maxsize=2)  # a page asks for the claims of each paragraph it shows
def _kept(path: Path, form: Schema, *_stamp: int) -> list[Claim]:
    return _read(path, form)


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


def _claim(row: dict, where: str) -> Claim:
    meta = home().meta
    if not re.fullmatch(meta.ids, row["id"]) or "-" not in row["id"]:
        raise Problem(f"{where}: an id here looks like {meta.first}-a, as ids in brief.toml says.")
    span = SENTENCES.fullmatch(row["sentence"])
    if not span or int(span[2] or span[1]) < int(span[1]):
        raise Problem(
            f"{where}, column sentence: {shown(row['sentence'])} is no sentence's number; write 3, or 3-4 for two."
        )
    given = {f.name: row[f.name] for f in fields(Claim)}
    sentence = span[1] + (f"-{span[2]}" if span[2] else "")
    return Claim(**{**given, "sentence": sentence, "load_bearing": row["load_bearing"] == "yes"})


def own_words(claim: Claim, own: dict[str, str]) -> str:
    """The sentences a claim restates, out of `own_sentences`; empty where they are not all there."""
    return " ".join(own[place] for place in claim.sentences) if set(claim.sentences) <= set(own) else ""


def spoken(claim: Claim) -> str:
    """Where a claim stands in the report: its paragraph, a point and the sentence."""
    return f"{claim.place}.{claim.sentence}"


def _nearest(name: str, valid) -> str:
    said = nearest(name, valid)
    some = sorted(valid)
    return f"ids look like {some[0]} or {some[-1]}" if said.startswith("valid names") else said


# --- the tensions inside the report ---------------------------------------------------------------


@frozen
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

"""Evidence shown as it stands: the entries and how long they took, what came before what, and yearly returns."""

from __future__ import annotations

from collections.abc import Callable

from suh2002 import written
from tumen.core import Problem
from tumen.core.words import number
from tumen.evidence.dates import WRITTEN, public_span
from tumen.evidence.exhibit import Exhibit, Gathered
from tumen.evidence.tables import Table

KINDS = ("asylum entry", "asylum entries", "asylum entry blocked")
COLUMNS = (
    "id",
    "date_entry",
    "place",
    "people",
    "kind",
    "date_left_china",
    "days_entry_to_leaving_china",
    "people_in_by_then",
    "people_out_by_then",
    "outcome",
    "verified",
)
HEADS = {"kind": "kind of case", "outcome": "last heard"}


def _entries(rows: list[dict]) -> list[dict]:
    """Entries to missions and schools, in the order of their dates; a case counted inside another is left out."""
    found = [r for r in rows if r["kind"] in KINDS and not (r["note"] or "").startswith("included in")]
    return sorted(found, key=lambda r: public_span(r["date_entry"]))


def _since(rows: list[dict]) -> list[dict]:
    return _entries([r for r in rows if r["date_entry"] > written()])


# What stands in the chronicle: its column, the row it is from, and that row in a few words.
PUBLIC, RETURNS, TALKS = "entries and flights out", "crackdowns and returns", "talks and law"
CHRONICLE_ROWS = (
    (RETURNS, "incidents:I00", "UN-recognised refugees returned"),
    (RETURNS, "repatriations:R06", "returned in a month, one crossing"),
    (TALKS, "timeline:T21", "summit in Pyongyang"),
    (RETURNS, "incidents:I02", "strike-hard campaign, also on helpers"),
    (RETURNS, "repatriations:R08", "arrests in two months"),
    (PUBLIC, "incidents:I01", "enter UNHCR, Beijing"),
    (PUBLIC, "incidents:I06", "enter the Spanish embassy"),
    (RETURNS, "incidents:I07", "house-to-house checks"),
    (TALKS, "timeline:T30", "Seoul's envoy announced"),
    (TALKS, "timeline:T31", "envoy in Pyongyang, joint statement"),
    (TALKS, "timeline:T88", "North calls off economic talks"),
    (PUBLIC, "incidents:I10", "seized at a consulate, Shenyang"),
    (PUBLIC, "incidents:I13", "in Seoul's own missions, a month"),
    (RETURNS, "incidents:I14", "note: hand intruders over"),
    (TALKS, "timeline:T37", "clash at sea"),
    (PUBLIC, "incidents:I20", "enter the German school"),
    (RETURNS, "incidents:I21", "returned in a “100-day campaign”"),
    (RETURNS, "incidents:I22", "held before leaving by boat"),
    (TALKS, "timeline:T46", "first UN Commission resolution"),
    (PUBLIC, "incidents:I24", "flown out by Seoul, a government"),
    (TALKS, "timeline:T86", "North stays away from talks"),
    (PUBLIC, "incidents:I25", "enter the Japanese school"),
    (PUBLIC, "incidents:I26", "enter the Canadian embassy"),
    (TALKS, "timeline:T52", "US human rights act"),
)
COUNTED = (PUBLIC, RETURNS)  # what happens in the third column has no number of people


def _chronicle(get: Callable[[str], Table]) -> list[dict]:
    """Events in order: date, column, words with the number of people, row, and whether it was read or is from memory."""
    out = []
    for column, source, words in CHRONICLE_ROWS:
        name, _, id = source.partition(":")
        try:
            row = get(name).row(id)
        except Problem:  # not public yet on the date in use
            continue
        people = row.get("people") or row.get("central") if column in COUNTED else None
        out.append(
            {
                "row": source,
                "date": row.get("date_entry") or row.get("date") or row["start"],
                "column": column,
                "says": f"{number(people, 4)} {words}" if people else words,
                "known": "from memory" if row["verified"] == "recalled" else "read",
            }
        )
    return sorted(out, key=lambda e: public_span(e["date"])[0])


OPENED = ("I01", "I06")  # the first two entries: the family of seven, and the 25
LAST_YEAR = 2007
PARTS = ("northeastern border cities", "handed over through Yanbian")  # how the table words a part of the border


def _figure(low, central, high) -> str:
    """A yearly figure in words, in all its digits."""
    if central is not None:
        return number(central, 4)
    return f"{number(low, 4)} or more" if low is not None else f"up to {number(high, 4)}"


def _returns(get: Callable[[str], Table]) -> list[dict]:
    """Returns in a year as reported, and the first two entries: where in time each lies, its figures and scope."""
    out = []
    for r in get("repatriations").rows:
        whole = r["row_type"] == "returns" and r["unit"] == "people per year" and r["start"] == r["end"]
        if (
            whole
            and r["trust"] != "low"
            and r["verified"] == "seen"
            and int(r["start"]) <= LAST_YEAR
            and r["id"] != "R12"
        ):
            figures = {k: r[k] for k in ("low", "central", "high")}
            part = any(p in r["scope"] for p in PARTS)
            out.append(
                {
                    "row": f"repatriations:{r['id']}",
                    "when": r["start"],
                    "time": float(r["start"]),
                    "says": _figure(**figures),
                    **figures,
                    "scope": r["scope"],
                    "covers": "part of the border" if part else "China",
                }
            )
    for r in get("incidents").rows:
        if r["id"] in OPENED:
            first, _ = public_span(r["date_entry"])
            out.append(
                {
                    "row": f"incidents:{r['id']}",
                    "when": r["date_entry"],
                    "time": round(
                        first.year + (first.timetuple().tm_yday - 183) / 365, 3
                    ),  # a year's mark stands at its middle
                    "says": f"{r['people']} enter",
                    "scope": r["place"],
                    "covers": "",
                }
            )
    return sorted(out, key=lambda e: e["time"])


ENTRIES = Exhibit(
    key="publicity.entries",
    question="How long did the entries take that the report could know?",
    table="incidents",
    choose=_entries,
    columns=COLUMNS,
    heads=HEADS,
    as_of=WRITTEN,
    leaves_out="entries nobody filmed or printed; countries of transit; who helped.",
    claims=("S1P1-a", "S3P3-b"),
)
ENTRIES_SINCE = Exhibit(
    key="publicity.entries_since",
    question="How long did the entries take from the next day on?",
    table="incidents",
    choose=_since,
    columns=COLUMNS,
    heads=HEADS,
    leaves_out="entries nobody filmed or printed; countries of transit; who helped; how the cases without a day ended.",
    claims=("S3P3-e",),
)
CHRONICLE = Gathered(
    key="publicity.chronicle",
    question="What came before what?",
    tables=("incidents", "repatriations", "timeline"),
    gather=_chronicle,
    columns=("row", "date", "column", "says", "known"),
    heads={"column": "column of the picture", "says": "event"},
    leaves_out="what nobody printed: quiet departures, most returns; what the governments said to one another.",
    claims=("S3P3-b", "S3P3-d", "S3P3-e"),
)
YEARLY = Gathered(
    key="publicity.returns",
    question="Did returns jump when the entries began?",
    tables=("repatriations", "incidents"),
    gather=_returns,
    columns=("row", "when", "says", "scope", "covers"),
    heads={"says": "people", "scope": "place or area"},
    leaves_out="figures by month, week or day, which cannot be made yearly ones; figures of low trust; years without a figure.",
    claims=("S3P3-e",),
)
EXHIBITS = (ENTRIES, ENTRIES_SINCE, CHRONICLE, YEARLY)

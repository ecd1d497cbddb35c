"""Exhibits of the whole report: its timeline, a schematic map, who is who, and the map of its argument."""

from __future__ import annotations

from collections.abc import Callable

from suh2002 import folder
from tumen.core.home import home
from tumen.core.words import number
from tumen.evidence.dates import public_span
from tumen.evidence.exhibit import Gathered
from tumen.evidence.package import schema
from tumen.evidence.reading import read_rows
from tumen.evidence.tables import Table

FIRST, LAST = "2000", "2005"  # the timeline holds what is dated from the one up to the other
LANES = {
    "North Koreans abroad": ("defection", "refugees", "incident"),
    "the two Koreas": ("inter-Korean", "ROK politics", "DPRK economy"),
    "other powers": ("US-DPRK", "nuclear", "Japan-DPRK", "EU", "recognition"),
    "law and UN": ("law", "US law", "UN"),
    "the report": ("report",),
}
# flights out say where people were taken; the fuel decision repeats the line before it
LEFT_OUT = ("T28", "T34", "T42")
# entries and one note that the timeline does not hold
INCIDENTS = ("I14", "I20", "I25", "I26")
DAY_RECALLED = ("T22", "T25", "T26")  # the month was read in a source, the day is from memory
CENSUS_YEAR, ORIGIN = 2000, "S47"


def _timeline(get: Callable[[str], Table]) -> list[dict]:
    """Events from 2000 to 2004 in order: id, date, lane, label, and whether it was read or is from memory."""
    lanes = {category: lane for lane, categories in LANES.items() for category in categories}
    events = [
        _event(r["id"], r["date"], lanes[r["category"]], r["event"].split(";")[0].split(" (")[0], r)
        for r in get("timeline").rows
        if FIRST <= r["date"] < LAST and r["category"] in lanes and r["id"] not in LEFT_OUT
    ]
    for r in get("incidents").rows:
        if r["id"] in INCIDENTS:
            said = (
                f"{number(r['people'])} enter: {r['place']}"
                if r["people"]
                else f"{r['kind']} {r['outcome'].split(';')[0]}"
            )
            events.append(_event(r["id"], r["date_entry"], lanes["incident"], said, r))
    return sorted(events, key=lambda e: public_span(e["date"]) or ())


def _event(id: str, date: str, lane: str, label: str, row: dict) -> dict:
    known = "from memory" if row["verified"] == "recalled" else "read"
    return {"id": id, "date": date[:7] if id in DAY_RECALLED else date, "lane": lane, "label": label, "known": known}


def _map(get: Callable[[str], Table]) -> list[dict]:
    """The blocks of the map, each with what the tables say of it, and the row that says it."""
    blocks = [{**r, "says": "", "row": ""} for r in read_rows(folder() / "places.csv", schema("places"))]
    by_name = {b["name"]: b for b in blocks}
    for r in get("korean_chinese_population").rows:
        if r["area"] in by_name and r["year"] == CENSUS_YEAR and r["measure"] == "census":
            said = f"{number(r['koreans'])} Korean Chinese"
            by_name[r["area"]] |= {"says": said, "row": f"korean_chinese_population:{r['id']}"}
    for r in get("border_survey").rows:
        if r["id"] == ORIGIN:
            said = f"{r['value']:g} % of arrivals"
            by_name["North Hamgyong"] |= {"says": said, "row": f"border_survey:{r['id']}"}
    return blocks


def _who(get: Callable[[str], Table]) -> list[dict]:
    """Who is who; what became known later is left out under an early date."""
    early = get("timeline").as_of
    rows = read_rows(folder() / "who.csv", schema("who"))
    if early and early < home().meta.evidence_to:
        rows = [{**r, "later": None} for r in rows]
    return rows


TIMELINE = Gathered(
    key="report.timeline",
    question="What happened around the report, from 2000 to 2004?",
    tables=("timeline", "incidents"),
    gather=_timeline,
    columns=("id", "date", "lane", "label", "known"),
    leaves_out="how people travelled and who helped them; most entries after June 2002; events the tables hold only before 2000 or after 2004.",
)
MAP = Gathered(
    key="report.map",
    question="Which lies beside which?",
    tables=("korean_chinese_population", "border_survey"),
    gather=_map,
    columns=("name", "country", "says", "row"),
    heads={"name": "block", "says": "from our tables"},
    leaves_out="borders, crossings, towns and routes, on purpose.",
)
WHO = Gathered(
    key="report.who",
    question="Who is who in the report?",
    tables=("timeline",),
    gather=_who,
    columns=("who", "part", "later", "claims", "rows"),
    heads={"part": "part in the report"},
    leaves_out="private persons, and anyone who helps.",
)

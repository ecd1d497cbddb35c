"""Exhibits of the whole report: its timeline, a schematic map, who is who, the map of its argument, and numbers that trap."""

from __future__ import annotations

from collections.abc import Callable

from suh2002 import folder
from tumen.core import Problem
from tumen.core.home import home
from tumen.core.words import number
from tumen.evidence.dates import public_span
from tumen.evidence.exhibit import Gathered, Trap, Traps
from tumen.evidence.package import schema
from tumen.evidence.reading import read_rows
from tumen.evidence.tables import Table

FIRST, LAST = "2000", "2005"  # the timeline holds what is dated from the one up to the other
LANES = {
    "North Koreans abroad": ("exit", "refugees", "incident"),
    "the two Koreas": ("inter-Korean", "ROK politics", "DPRK economy"),
    "other powers": ("US-DPRK", "nuclear", "Japan-DPRK", "EU", "recognition"),
    "law and UN": ("law", "US law", "UN"),
    "the report": ("report",),
}
# flights out say where people were taken; the fuel decision and the missed talks repeat the line before
LEFT_OUT = ("T28", "T34", "T42", "T86")
# entries and one note that the timeline does not hold
INCIDENTS = ("I14", "I20", "I25", "I26")
DAY_RECALLED = ("T22", "T26", "T87")  # the month was read in a source, the day is from memory
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
    question="Who is who in the report and around it?",
    tables=("timeline",),
    gather=_who,
    columns=("who", "part", "later", "claims", "rows"),
    heads={"part": "part in the story"},
    leaves_out="private persons, and anyone who helps.",
)


TRAPS_LAST = 2024  # the year up to which the sum of the trap runs: 2025 was first released, then corrected


def _row(of: Table, id: str) -> dict:
    """A row, also one that a newer figure has replaced by the date in use."""
    replaced = next((r for r in of.older if r["id"] == id), None)
    return replaced or of.row(id)


def _number(of: Table, id: str, column: str = "total") -> int:
    value = _row(of, id)[column]
    if value is None:
        raise Problem(f"{of.name}, row {id}, column {column}, is empty.")
    return int(value)


def _block_to_1998(get: Callable[[str], Table]) -> Trap:
    arrivals = get("arrivals")
    block, year = _number(arrivals, "A01"), _number(arrivals, "A41")
    since, to = _row(arrivals, "A01")["start_year"], _row(arrivals, "A01")["end_year"]
    return Trap(
        "block",
        f"{block} is not {to}",
        f"{block} people arrived in {to}.",
        f"{block} is everyone from {since} to {to}, printed in one row. In {to} itself, {year} people arrived.",
        ("arrivals:A01", "arrivals:A41"),
    )


def _block_of_three(get) -> Trap:
    arrivals = get("arrivals")
    block = _number(arrivals, "A02")
    years = [_number(arrivals, id) for id in ("A42", "A56", "A45")]
    said = " + ".join(f"{n:,}" for n in years)
    return Trap(
        "three_years",
        f"{block:,} is not 2001",
        f"{block:,} people arrived in 2001.",
        f"The row covers three years together: {said} = {sum(years):,}. In 2001 alone, {years[-1]} people arrived.",
        ("arrivals:A02", "arrivals:A42", "arrivals:A56", "arrivals:A45"),
    )


def _sum_of_rows(get) -> Trap:
    arrivals = get("arrivals")
    first, second = _number(arrivals, "A01"), _number(arrivals, "A02")
    both = [*arrivals.rows, *arrivals.older]
    rest = [r for r in both if r["series"] == "main_revised" and r["start_year"] > 2001]
    years = {r["start_year"]: int(r["total"]) for r in rest if r["end_year"] <= TRAPS_LAST}
    if sorted(years) != list(range(2002, TRAPS_LAST + 1)):
        raise Problem(
            f"{arrivals.name} has no row of the series main_revised for every year from 2002 to {TRAPS_LAST}."
        )
    total, since = first + second + sum(years.values()), _row(arrivals, "A01")["start_year"]
    spans = [_row(arrivals, id)["end_year"] - _row(arrivals, id)["start_year"] + 1 for id in ("A01", "A02")]
    return Trap(
        "sum",
        f"{total:,} is not 1998 to {TRAPS_LAST}",
        f"{total:,} people arrived from 1998 to {TRAPS_LAST}: {first} + {second:,} + the yearly rows from 2002.",
        f"The sum is right and the sentence is wrong. {total:,} is everyone since {since}: the first row is a block of "
        f"{spans[0]} years and the second one of {spans[1]}. The yearly rows alone give {sum(years.values()):,}.",
        ("arrivals:A01", "arrivals:A02", *(f"arrivals:{r['id']}" for r in rest if r["end_year"] <= TRAPS_LAST)),
    )


def _misprint(get) -> Trap:
    arrivals = get("arrivals")
    wrong, right = _row(arrivals, "A26"), _row(arrivals, "A25")
    men, women, total = (int(wrong[c]) for c in ("men", "women", "total"))
    return Trap(
        "misprint",
        f"{men} + {women} is not {total}",
        f"Of the {total} arrivals of {wrong['period']}, {men} were men and {women} women.",
        f"{men} + {women} = {men + women}, not {total}: a misprint that several outlets passed on. Women were {int(right['women'])}.",
        ("arrivals:A26", "arrivals:A25"),
    )


def _not_departures(get) -> Trap:
    arrivals, survey = get("arrivals"), get("border_survey")
    came, abroad = _number(arrivals, "A06"), _row(survey, "S46")
    return Trap(
        "departures",
        "Arrivals are not departures",
        f"{came:,} people left North Korea for the South in 2005.",
        f"{came:,} arrived in 2005. They had been abroad for {abroad['value']:g} years on average: some had left well "
        "before. A table of arrivals tells little of when people left and nothing of those who stayed in China.",
        ("arrivals:A06", "border_survey:S46"),
    )


def _stock_flow_cumulative(get) -> Trap:
    arrivals, estimates = get("arrivals"), get("china_estimates")
    total, year = _number(arrivals, "A46"), _number(arrivals, "A45")
    stock = _number(estimates, "E30", "central")
    return Trap(
        "kinds",
        "A stock, a flow and a total since 1948",
        f"{total:,}, {year} and {stock:,} can be set side by side.",
        f"{total:,} is everyone who arrived by the end of 2001 (a total since 1948), {year} is who arrived in 2001 (a flow), and "
        f"about {stock:,} is the report’s figure for people in China at one time (a stock). Only like goes with like.",
        ("arrivals:A46", "arrivals:A45", "china_estimates:E30"),
    )


TRAPS = Traps(
    key="report.traps",
    question="Which sentences do the tables tempt one to write?",
    tables=("arrivals", "border_survey", "china_estimates"),
    builders=(_block_to_1998, _block_of_three, _sum_of_rows, _misprint, _not_departures, _stock_flow_cumulative),
)

"""Evidence shown as it stands: hunger and arrivals, what those who left said, the autumn of 1989, two cases side by side."""

from __future__ import annotations

from collections.abc import Callable

from suh2002.counting.quantities import NEARER
from tumen.core.words import number
from tumen.evidence.exhibit import Exhibit, Gathered
from tumen.evidence.tables import Table

FIRST_YEAR, LAST_YEAR = 1990, 2005
# series of single years that we have read; the revised one begins with 2002
ONE_YEAR = ("early_seen", "early_vintage_2000", "vintage_2002", "vintage_2002_NIS", "main_revised")
SURVEYED = ("S25", "S35", "S26", "S51", "S28", "S21")
EAST, NORTH = "East Germany, 1989", "North Korea, 2001 or 2002"
PEOPLE = {EAST: "gdr:G151", NORTH: "macro:M032"}


def _found(get: Callable[[str], Table], source: str) -> dict | None:
    """The row that a source such as gdr:G133 names, or None where the date in use leaves it out."""
    name, _, id = source.partition(":")
    return next((r for r in get(name).rows if r["id"] == id), None)


# --- hunger, growth and arrivals -----------------------------------------------------------------------


def _hardship(get: Callable[[str], Table]) -> list[dict]:
    """Year by year: growth by the Bank of Korea, deaths in migrants' families, arrivals in the South."""
    arrivals = {
        r["start_year"]: r for r in get("arrivals").rows if r["start_year"] == r["end_year"] and r["series"] in ONE_YEAR
    }
    deaths = {r["year"]: r for r in get("macro").rows if r["series"] == "crude_death_rate_migrant_households"}
    out = []
    for r in get("macro").rows:
        if r["series"] != "gdp_growth_real" or not FIRST_YEAR <= r["year"] <= LAST_YEAR:
            continue
        year, died, came = r["year"], deaths.get(r["year"]), arrivals.get(r["year"])
        rows = [f"macro:{r['id']}", died and f"macro:{died['id']}", came and f"arrivals:{came['id']}"]
        out.append(
            {
                "year": year,
                "growth, % a year": r["value"],
                "deaths per 1,000": died and died["value"],
                "arrivals": came and came["total"],
                "rows": ", ".join(filter(None, rows)),
            }
        )
    return out


HARDSHIP = Gathered(
    key="crisis.hardship",
    question="When was hunger worst, and when did people arrive in the South?",
    tables=("macro", "arrivals"),
    gather=_hardship,
    columns=("year", "growth, % a year", "deaths per 1,000", "arrivals", "rows"),
    leaves_out="food and prices; who was hungry where; departures, which nobody counted.",
    claims=("S2P1-c", "S2P5-a"),
)

# --- what those who left said -----------------------------------------------------------------------------


MOTIVES = Exhibit(
    key="crisis.motives",
    question="What did those who left say?",
    table="border_survey",
    choose=lambda rows: sorted((r for r in rows if r["id"] in SURVEYED), key=lambda r: SURVEYED.index(r["id"])),
    columns=("id", "survey", "fieldwork", "n", "indicator", "value", "unit", "source_org", "design"),
    leaves_out="those who stayed, those who had gone back, and those whom no interviewer reached.",
    claims=("S2P1-c", "S2P5-a"),
)

# --- the autumn of 1989 -----------------------------------------------------------------------------------


# two rows of which only a day is used: when the border opened, and when the count that ends with the Wall ended
DAYS = {"G227": ("Hungary opens its border", "start"), "G133": ("the Wall opens", "end")}


def _autumn(get: Callable[[str], Table]) -> list[dict]:
    """Departures by month, estimates of the Leipzig crowds, and two dates; figures of low trust are left out."""
    kinds = {"emigration_month": "left in the month", "leipzig_demonstration": "crowd in Leipzig"}
    out = []
    for r in get("gdr").rows:
        if r["id"] in DAYS:
            said, end = DAYS[r["id"]]
            out.append(_dated(r, "event", r[end], 0, said))
        elif r["topic"] in kinds and r["value"] and len(r["start"]) >= 7 and r["trust"] != "low":
            out.append(_dated(r, kinds[r["topic"]], r["start"], r["value"], number(r["value"])))
    return sorted(out, key=lambda e: (e["what"], e["date"], e["value"]))


def _dated(row, what, date, value, said):
    known = "from memory" if row["verified"] == "recalled" else "read"
    source = {"source": row["source_org"], "known": known}
    return {"row": row["id"], "what": what, "date": date, "value": value, "said": said} | source


AUTUMN = Gathered(
    key="crisis.autumn",
    question="In which order did exit and protest come in 1989?",
    tables=("gdr",),
    gather=_autumn,
    columns=("row", "what", "date", "said", "source", "known"),
    heads={"said": "how many"},
    leaves_out="other towns; what Moscow did; estimates we know only roughly. One evening's crowd is put at up to six times as many by one source as by another.",
    claims=("S2P4-d", "S2P4-g"),
)

# --- two cases for every 1,000 people ------------------------------------------------------------------------


# measure, case, the row that holds it, its column, and what to multiply it by; None: divide by the people of the case
_COUNTED = (
    ("left or arrived, about a year", EAST, "gdr:G133", "value", None),
    ("left or arrived, about a year", NORTH, "arrivals:A45", "total", None),
    ("soldiers of its own", EAST, "gdr:G177", "value", None),
    ("soldiers of its own", NORTH, "gdr:G185", "value", None),
    ("soldiers of its patron", EAST, "gdr:G181", "value", None),
    ("could watch the rival’s television", EAST, "gdr:G223", "value", 10),  # the row counts in a hundred
)


def _two_cases(get: Callable[[str], Table]) -> list[dict]:
    """What can be counted in either case, for every 1,000 inhabitants; the quotients are ours, their parts are rows."""
    people = {case: _found(get, source) for case, source in PEOPLE.items()}
    out = []
    for measure, case, source, column, times in _COUNTED:
        row = _found(get, source)
        if row is None or (times is None and people[case] is None):
            continue  # the date in use leaves it out
        per = row[column] * times if times else 1000 * row[column] / people[case]["value"]
        rows = source if times else f"{source} ÷ {PEOPLE[case]}"
        known = "from memory" if row["verified"] == "recalled" else "read"
        out.append({"measure": measure, "case": case, "per 1,000": per, "rows": rows, "known": known})
    if people[NORTH] is not None:
        per, rows = 1000 * NEARER.value / people[NORTH]["value"], f"{NEARER.source} ÷ {PEOPLE[NORTH]}"
        said = {
            "measure": "in China, as the report has it",
            "case": NORTH,
            "per 1,000": per,
            "rows": rows,
            "known": "report",
        }
        out.insert(2, said)
    return [{**r, "per 1,000": float(f"{r['per 1,000']:.3g}")} for r in out]


TWO_CASES = Gathered(
    key="crisis.two_cases",
    question="How do the two cases compare where both can be counted?",
    tables=("gdr", "macro", "arrivals"),
    gather=_two_cases,
    columns=("measure", "case", "per 1,000", "rows", "known"),
    leaves_out="loyalty, fear, nationalism and cohesion, which nobody counted; who gave the orders.",
    claims=("S2P4-a", "S2P4-c", "S2P4-d", "S2P4-e", "S2P4-f"),
)

EXHIBITS = (HARDSHIP, MOTIVES, AUTUMN, TWO_CASES)

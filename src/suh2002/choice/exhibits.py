"""Evidence on China's choice as it stands: the legal path, what was done with whom, and who was let in before."""

from __future__ import annotations

from collections.abc import Callable

from suh2002.cases import days, out_of
from tumen.core.words import exact
from tumen.evidence.dates import WRITTEN
from tumen.evidence.exhibit import Gathered
from tumen.evidence.tables import Table

# The walk along the law, a step a row of the table: the question, what the row answers in our words, and which
# way that points for the person concerned. An open answer depends on the person.
PROTECT, OPEN, RETURN = "protect", "depends", "return"
STEPS = (
    ("L01", "Who is|a refugee?", "who is abroad with a well-founded fear, on one of five grounds", OPEN),
    ("L03", "Abroad|from where?", "from the country of nationality; nobody is a refugee at home", OPEN),
    ("L05", "And who left|for food?", "can become one later, by what awaits on return (sur place)", PROTECT),
    ("L32", "And who has two|nationalities?", "London: won in 2011, lost in 2014; US law: no bar", OPEN),
    ("L02", "May refugees|be sent back?", "not to persecution, save art. 33(2); Beijing: illegal migrants", PROTECT),
    ("L08", "And those who|are none?", "no return where substantial grounds point to torture", PROTECT),
    ("L09", "Who may|look?", "UNHCR at refugees, consulting Beijing; not enforced", OPEN),
    ("L12", "What does the|border say?", "disaster victims are helped, offenders are handed back", OPEN),
    ("L13", "And in 1986?", "illegal crossers are handed back; first known by a leak", RETURN),
    ("L34", "Is disaster still|excepted?", "yes, later; whether hunger is one, none says", OPEN),
    ("L33", "And China’s|own law?", "applicants may stay; who may apply is not said", OPEN),
    ("L28", "Was another|state so torn?", "yes: Hungary; in 1988 it still handed over", PROTECT),
)
RENAMED = {  # how the instrument stands in the picture, where the table's name is long
    "L01": "Refugee Convention, article 1A(2)",
    "L02": "Refugee Convention, article 33",
    "L03": "the same, as the Handbook reads it",
    "L05": "UNHCR Handbook",
    "L08": "Convention against Torture, article 3",
    "L09": "UNHCR and China, agreement",
    "L12": "China and North Korea, protocol",
    "L13": "China and North Korea, protocol",
    "L32": "GP, KK before it, and the US act",
    "L33": "Exit and Entry Law, by a newspaper",
    "L34": "a later protocol, year recalled",
    "L28": "Hungary and East Germany",
}
DAY_RECALLED = ("L13",)  # the month was read in a source, the day is from memory


def _path(get: Callable[[str], Table]) -> list[dict]:
    """The steps whose rows the table in use holds, in the order of the walk."""
    rows = {r["id"]: r for r in get("law").rows}
    return [
        {
            **rows[id],
            "date": rows[id]["date"][:7] if id in DAY_RECALLED else rows[id]["date"],
            "asks": asks.replace("|", " "),
            "step": asks,
            "says": says,
            "points to": way,
            "named": RENAMED[id],
        }
        for id, asks, says, way in STEPS
        if id in rows
    ]


LEGAL_PATH = Gathered(
    key="choice.legal_path",
    question="What does the law ask, step by step?",
    tables=("law",),
    gather=_path,
    columns=("id", "asks", "instrument", "date", "says", "points to", "source_org", "verified", "trust"),
    heads={"asks": "question", "instrument": "text", "date": "of", "says": "answer, in our words"},
    leaves_out=(
        "the law of Seoul itself, which counts North Koreans as its own nationals (L22); North Korea's penal law; another British "
        "judgment on that nationality (L31); what China's officials do with these texts."
    ),
    claims=("S1P2-b", "S1P3-b", "S1P3-c", "S1P3-f"),
)

LET_LEAVE, SENT_BACK = "let leave", "sent back"


def _practice(get: Callable[[str], Table], entries: tuple[str, ...], returns: tuple[str, ...]) -> list[dict]:
    """Those let leave by date, then those sent back: how many people, and after how many days."""
    left = [_entry(r) for r in get("incidents").rows if r["id"] in entries]
    back = [_returns(r) for r in get("repatriations").rows if r["id"] in returns]
    return sorted([*left, *back], key=lambda c: (c["fate"] == SENT_BACK, c["date"]))


def _entry(row: dict) -> dict:
    fate = SENT_BACK if row["kind"] == "repatriation" else LET_LEAVE
    where = "recognised by UNHCR" if row["id"] == "I00" else row["place"]
    told = f"{out_of(row)} {fate}" + (f", after {days(row)}" if fate == LET_LEAVE else "")
    people = row["people_out_by_then"] or row["people"]
    since = row["days_entry_to_leaving_china"]
    return _case("incidents", row, row["date_entry"], fate, where=where, central=people, days=since, told=told)


def figure(case: dict) -> str:
    """The number of a case in words, with what is only a bound said to be one."""
    low, mid, high = case["low"], case["central"], case["high"]
    if mid is not None:
        return exact(mid)
    if low is not None and high is not None:
        return f"{exact(low)} to {exact(high)}"
    return f"{exact(low)} or more" if high is None else f"up to {exact(high)}"


COUNTED_BY = {"verified": "in part verified", "one informant": "one informant's count"}  # by what the row's scope says


def _returns(row: dict) -> dict:
    per = "" if row["unit"] == "people" else f" {row['unit'].removeprefix('people ')}"
    return _case(
        "repatriations",
        row,
        row["start"] if row["start"] == row["end"] else f"{row['start']} to {row['end']}",
        SENT_BACK,
        where=next((says for words, says in COUNTED_BY.items() if words in row["scope"]), "at the border"),
        told=f"{figure(row)} {SENT_BACK}{per}",
        **{k: row[k] for k in ("low", "central", "high", "unit")},
    )


def _case(table: str, row: dict, date: str, fate: str, **more) -> dict:
    return {
        "row": f"{table}:{row['id']}",
        "date": date,
        "low": None,
        "high": None,
        "unit": "people",
        "fate": fate,
        "days": None,
        "source": f"{row['source_org']}, {row['source_year']}",
        "verified": row["verified"],
        "trust": row["trust"],
        **more,
    }


COLUMNS = ("row", "date", "where", "low", "central", "high", "unit", "told", "source", "verified", "trust")
HEADS = {"told": "what became of them"}
PRACTICE = Gathered(
    key="choice.practice",
    question="What was in print by 7 May 2002 of those let leave and those sent back?",
    tables=("incidents", "repatriations"),
    gather=lambda get: _practice(get, ("I00", "I01", "I06", "I08", "I09"), ("R05",)),
    columns=COLUMNS,
    heads=HEADS,
    as_of=WRITTEN,
    leaves_out="cases that never reached the press; counts for a single crossing or week, which cannot be made into a year's.",
    claims=("S1P1-a", "S1P1-c", "S1P3-i"),
)
PRACTICE_SINCE = Gathered(
    key="choice.practice_since",
    question="What has become known since of those let leave and those sent back?",
    tables=("incidents", "repatriations"),
    gather=lambda get: _practice(
        get, ("I10", "I12", "I13", "I15", "I20", "I25", "I28"), ("R01", "R02", "R03", "R11", "R14", "R21", "R23", "R30")
    ),
    columns=COLUMNS,
    heads=HEADS,
    leaves_out=(
        "cases that never reached the press; printed entries whose end our sources do not give, among them two in which most were "
        "detained (I19, I27); sources of low trust; counts for a single crossing."
    ),
    claims=("S1P1-a", "S1P1-b", "S1P1-e", "S1P3-i"),
)

# The people the precedent speaks of, and people China let in, each with what they were given in our words.
AT_HOME, CAME_IN, ELSEWHERE = "at home in China", "came into China", "came into Nepal"
GROUPS = (
    ("C04", "Uighurs in China", AT_HOME, "nationals at home: no refugees by the definition"),
    ("C02", "Tibetans in China", AT_HOME, "nationals at home: no refugees by the definition"),
    ("C17", "from Indochina", CAME_IN, "settled; nearly all of them ethnic Chinese"),
    ("C22", "Kachin from Myanmar", CAME_IN, "a year without status or UNHCR; many then forced back"),
    ("C30", "Tibetans in Nepal", ELSEWHERE, "Nepal is no party, and lets UNHCR work"),
)


def _years(row: dict) -> str:
    """The years of arrival where the indicator names them, else the year of the figure."""
    return row["indicator"].removeprefix("arrivals ") if row["indicator"].startswith("arrivals ") else f"{row['year']}"


def _precedents(get: Callable[[str], Table]) -> list[dict]:
    """The groups whose rows the table in use holds: how many, when, where they stand, what they were given."""
    rows = {r["id"]: r for r in get("china_minorities").rows}
    return [
        {**rows[id], "who": who, "when": _years(rows[id]), "stand": stand, "given": given, "central": rows[id]["value"]}
        for id, who, stand, given in GROUPS
        if id in rows
    ]


PRECEDENTS = Gathered(
    key="choice.precedents",
    question="Whom does the precedent speak of, and who was let in before?",
    tables=("china_minorities",),
    gather=_precedents,
    columns=("id", "who", "when", "low", "central", "high", "stand", "given", "source_org", "source_year", "verified"),
    heads={"who": "group", "when": "years", "stand": "where they were", "given": "how they stand or were taken"},
    leaves_out="groups whose figures we know from memory only; why Beijing acted as it did, which no row can show.",
    claims=("S1P3-e", "S1P3-f"),
)
EXHIBITS = (LEGAL_PATH, PRACTICE, PRACTICE_SINCE, PRECEDENTS)

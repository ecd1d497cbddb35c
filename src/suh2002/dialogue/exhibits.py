"""Evidence on ties, talks and votes, as the tables hold it: who recognised whom, what was said when, what moved since."""

from __future__ import annotations

from collections.abc import Callable

from suh2002 import written
from tumen.evidence.dates import public_span
from tumen.evidence.exhibit import Gathered
from tumen.evidence.tables import Table

# Members of the European Union in May 2002; row N030 counts how many of them had relations.
EU_15 = frozenset(
    (
        "Austria",
        "Belgium",
        "Denmark",
        "Finland",
        "France",
        "Germany",
        "Greece",
        "Ireland",
        "Italy",
        "Luxembourg",
        "Netherlands",
        "Portugal",
        "Spain",
        "Sweden",
        "United Kingdom",
    )
)
UNION, MEMBER, OTHER = "the Union", "member", "other"
ZERO = 2000  # a picture’s rows travel in five digits, so that its dates are counted from here


def in_years(date: str) -> float:
    """The middle of a date, or of the month or year it names, in years since 2000: July 2002 is about 2.54."""
    first, last = public_span(date)
    middle = first + (last - first) / 2
    return middle.year - ZERO + (middle.timetuple().tm_yday - 1) / 365.25


def _known(row: dict) -> str:
    return "from memory" if row["verified"] == "recalled" else "read"


def _sure(rows: list[dict]) -> list[dict]:
    return [r for r in rows if r["trust"] != "low"]


# --- who had relations with Pyongyang ----------------------------------------------------------


def _recognition(get: Callable[[str], Table]) -> list[dict]:
    """Every party of the table with the day its relations began, empty where it had none; the Union's members first."""
    rows = [r for r in _sure(get("recognition").rows) if r["kind"] == "diplomatic_relations"]
    group = {r["id"]: _group(r["party"]) for r in rows}
    order = (MEMBER, UNION, OTHER)
    rows = sorted(rows, key=lambda r: (order.index(group[r["id"]]), r["date"] or "9999"))
    return [
        {
            "id": r["id"],
            "party": r["party"],
            "of the EU": group[r["id"]],
            "relations since": r["date"] or "none",
            "known": _known(r),
            "then": bool(r["date"]) and r["date"] <= written(),
        }
        for r in rows
    ]


def _group(party: str) -> str:
    if party in EU_15:
        return MEMBER
    return UNION if "Union" in party else OTHER


RECOGNITION = Gathered(
    key="dialogue.recognition",
    question="Who had relations with Pyongyang in May 2002, and since when?",
    tables=("recognition",),
    gather=_recognition,
    columns=("id", "party", "of the EU", "relations since", "known"),
    heads={"party": "state or union"},
    leaves_out=(
        "rows of low trust; states outside the Union that took up relations before 2000; what each state asked for. Reported "
        "conditions stand in rows N014 and N015."
    ),
    claims=("S3P4-e", "S3P4-g"),
)

# --- talks and votes, dated ---------------------------------------------------------------------

TALKS, RIGHTS, VOTES, SEOUL, SPONSOR, SUMMITS, ARMS = (
    "EU political talks",
    "EU talks on rights",
    "UN votes on rights",
    "how Seoul voted",
    "Seoul as co-sponsor",
    "summits",
    "nuclear crises",
)
LANES = (TALKS, RIGHTS, VOTES, SEOUL, SPONSOR, SUMMITS, ARMS)
ABSENT, ABSTAINS, YES = "absent", "abstains", "yes"
_VOTED = {"did not take part": ABSENT, "abstain": ABSTAINS, "yes": YES}
_TALKED = {  # the table's rows of talks, by lane, and what to call them
    "N031": (TALKS, "first round"),
    "N035": (TALKS, "fourth round"),
    "N038": (TALKS, "round led by Italy"),
    "N039": (TALKS, "13th round: no talks on rights while the EU sponsors UN texts"),
    "N032": (RIGHTS, "agreed to"),
    "N034": (RIGHTS, "first talks"),
    "N100": (RIGHTS, "the EU asks for concrete improvements"),
    "N037": (RIGHTS, "held in these two years only"),
}
_SPONSORED = ("N101", "N102", "N103", "N105")  # in the General Assembly; the Council’s years are row N104
_MET = {
    "T21": "the two Koreas",
    "T39": "Tokyo",
    "T58": "the two Koreas",
    "T76": "the two Koreas",
    "T77": "Washington",
    "T78": "Washington, nothing signed",
}
_ARMED = ("T41", "T44", "T56")


def _calendar(get: Callable[[str], Table]) -> list[dict]:
    """Talks, votes, summits and crises by lane and date; a committee's vote and marked misprints are left out."""
    rows = _sure(get("recognition").rows)
    out = [_event(r, *_TALKED[r["id"]]) for r in rows if r["id"] in _TALKED]
    for r in _as_announced(rows):
        count = "-".join(str(int(r[k])) for k in ("yes", "no", "abstain"))
        out += [_event(r, VOTES, count), _event(r, SEOUL, _VOTED[r["rok_vote"]])]
    out += [_event(r, SPONSOR, r["event_or_status"]) for r in rows if r["id"] in _SPONSORED]
    for r in get("timeline").rows:
        if r["id"] in _MET:
            out.append(_event(r, SUMMITS, _MET[r["id"]]))
        elif r["id"] in _ARMED:
            out.append(_event(r, ARMS, r["event"]))
    return sorted(out, key=lambda e: (LANES.index(e["lane"]), e["at"]))


def _as_announced(rows: list[dict]) -> list[dict]:
    """One row a recorded vote: where a later data set differs, the count that was public first."""
    votes: dict[str, dict] = {}
    for r in rows:
        if r["kind"] == "un_vote" and r["yes"] is not None and "Committee" not in r["party"]:
            votes[r["event_or_status"]] = min(votes.get(r["event_or_status"], r), r, key=lambda v: v["public"])
    return list(votes.values())


def _event(row: dict, lane: str, label: str) -> dict:
    end = row["end"] if row["id"] == "N037" or lane == SPONSOR else None
    return {
        "id": row["id"],
        "date": f"{row['date']} to {end}" if end else row["date"],
        "lane": lane,
        "what": label,
        "known": _known(row),
        "at": in_years(row["date"]) if not end else float(row["date"]) - ZERO,
        "until": float(end) + 1 - ZERO if end else None,
    }


CALENDAR = Gathered(
    key="dialogue.calendar",
    question="When did they talk, and when did they vote?",
    tables=("recognition", "timeline"),
    gather=_calendar,
    columns=("id", "date", "lane", "what", "known"),
    leaves_out=(
        "rounds we have no date for; a second round on rights in June 2002 that is known to us from memory only (row N036); years "
        "for which the table holds no vote; votes in committee and in the Human Rights Council; other summits, talks and tests."
    ),
    claims=("S3P4-g", "S3P4-h", "S3P4-a"),
)

# --- spring 2002 and what followed --------------------------------------------------------------

OPENS, CLOSES, REPORT = "opens", "closes", "the report"
_YEAR = {  # which way each event points is our reading
    "T26": (CLOSES, "“axis of evil” speech"),
    "T31": (OPENS, "Lim Dong-won in Pyongyang"),
    "T87": (OPENS, "divided families meet"),
    "T88": (CLOSES, "economic talks called off"),
    "T32": (REPORT, "the report"),
    "T37": (CLOSES, "clash in the Yellow Sea"),
    "T38": (OPENS, "price and wage measures"),
    "T71": (OPENS, "Pyongyang regrets the clash"),
    "T72": (OPENS, "Powell meets Paek"),
    "T73": (OPENS, "ministers meet in Seoul"),
    "T39": (OPENS, "Koizumi in Pyongyang"),
    "T74": (OPENS, "both armies clear mines"),
    "T75": (OPENS, "the North at the games in Busan"),
    "T41": (CLOSES, "US charge: a uranium programme"),
    "T42": (CLOSES, "fuel oil to be stopped"),
    "T43": (OPENS, "Roh Moo-hyun elected"),
    "T44": (CLOSES, "out of the nuclear treaty"),
}


def _spring(get: Callable[[str], Table]) -> list[dict]:
    """Events of 2002 to January 2003 in order, each with the way we read it to point."""
    rows = sorted((r for r in get("timeline").rows if r["id"] in _YEAR), key=lambda r: in_years(r["date"]))
    return [
        {
            "id": r["id"],
            "date": r["date"],
            "what": _YEAR[r["id"]][1],
            "our reading": _YEAR[r["id"]][0],
            "known": _known(r),
            "at": in_years(r["date"]),
        }
        for r in rows
    ]


SPRING = Gathered(
    key="dialogue.spring",
    question="What followed the opening of spring 2002?",
    tables=("timeline",),
    gather=_spring,
    columns=("id", "date", "what", "our reading", "known"),
    leaves_out="family reunions and trade talks of the later year, for which the tables hold no rows; and what each event caused.",
    claims=("S3P5-a", "S3P5-b", "S3P5-c", "S3P5-f"),
)

# --- arrivals and the climate between the Koreas --------------------------------------------------

FIRST_YEAR = 1998
_CLIMATE = {"T21": "summit", "T58": "second summit", "T59": "large aid ends"}


def _climate(get: Callable[[str], Table]) -> list[dict]:
    """Arrivals of each year with the women among them, and the events that bound the thaw."""
    best: dict[int, dict] = {}
    for r in get("arrivals").rows:
        single = r["start_year"] == r["end_year"] and r["start_year"] >= FIRST_YEAR and r["total"] is not None
        if single and r["series"] != "press_error" and r["verified"] != "recalled":
            best[r["start_year"]] = max(best.get(r["start_year"], r), r, key=_counted)
    out = [
        {
            "id": r["id"],
            "year": year,
            "arrivals": int(r["total"]),
            "women": "" if r["women"] is None else int(r["women"]),
            "event": "",
            "at": float(year - ZERO),
        }
        for year, r in sorted(best.items())
    ]
    for r in get("timeline").rows:
        if r["id"] in _CLIMATE:
            said = {"id": r["id"], "year": r["date"], "arrivals": "", "women": "", "event": _CLIMATE[r["id"]]}
            out.append({**said, "at": in_years(r["date"])})
    return out


def _counted(row: dict) -> tuple:
    """Of several rows for one year the revised series counts most, then one that counts the women, then the newest."""
    return row["series"] == "main_revised", row["women"] is not None, row["public"] or ""


CLIMATE = Gathered(
    key="dialogue.climate",
    question="Did arrivals follow the climate between the two Koreas?",
    tables=("arrivals", "timeline"),
    gather=_climate,
    columns=("id", "year", "arrivals", "women", "event"),
    leaves_out=(
        "people in China, people returned, and everything else that changed in these years. S3P5-g says that a climate for better ties "
        "is a key to resolving the question; the picture asks whether one number moved with it."
    ),
    claims=("S3P5-g",),
)

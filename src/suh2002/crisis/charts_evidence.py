"""How the evidence is drawn: growth, deaths and arrivals, what those who left said, the autumn of 1989, and two cases side by side."""

from __future__ import annotations

from itertools import groupby

from suh2002.crisis.exhibits import EAST, FIRST_YEAR, LAST_YEAR, NORTH
from tumen.charts.axis import Axis, Names
from tumen.charts.declared import declared
from tumen.charts.marks import Each
from tumen.charts.parts import DASH, dots, level, mark_at, span, stem, text, told
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET
from tumen.core.words import number
from tumen.evidence.dates import MONTHS, short

DATA = BASIS["data"]


# --- hunger, growth and arrivals ------------------------------------------------------------------------

GROWTH = 9


def _draw_hardship():
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    x = Axis("year", FIRST_YEAR - 1.6, LAST_YEAR + 0.6, form="d", grid=False, ticks=years).encoding("x", labelAngle=-45)
    growth = "growth of output, per cent a year"
    y = Axis(growth, -GROWTH - 3.5, GROWTH + 3, ticks=(-8, -4, 0, 4, 8), form="d").encoding("y")
    return (
        level("zero", y, color=QUIET)
        + stem("growth", x, y, color=DATA, width=14, **told("row"))
        + text("arrivals", x, y, align="center", dx=0, size=11)
        + text("arrivals head", x, y, dx=0, size=12)
        + text("deaths", x, y, align="center", dx=0, size=11)
        + text("deaths head", x, y, dx=0, size=12)
    )


def _hardship_rows(rows):
    out = [["zero", FIRST_YEAR - 1, 0, "", "", None]]
    for r in rows:
        out.append(["growth", r["year"], 0, "", r["rows"], r["growth, % a year"]])
        if r["arrivals"] is not None:
            out.append(["arrivals", r["year"], GROWTH, number(r["arrivals"], 4), r["rows"], None])
        if r["deaths per 1,000"] is not None:
            out.append(["deaths", r["year"], -GROWTH - 0.4, number(r["deaths per 1,000"]), r["rows"], None])
    if rows:
        out.append(["arrivals head", FIRST_YEAR + 7.6, GROWTH + 1.8, "arrivals in the South in the year", "", None])
        said = "deaths a year per 1,000 in families of people who left"
        out.append(["deaths head", FIRST_YEAR + 0.5, -GROWTH - 2.2, said, "", None])
    return out


def _hardship_words(rows):
    def said(r):
        parts = [f"growth {number(r['growth, % a year'])} per cent"]
        if r["deaths per 1,000"] is not None:
            parts.append(f"{number(r['deaths per 1,000'])} deaths per 1,000")
        if r["arrivals"] is not None:
            parts.append(f"{number(r['arrivals'], 4)} arrivals")
        return f"{r['year']}: {', '.join(parts)}"

    return f"Hardship and arrivals by year, {len(rows)} years." + (f" {'; '.join(map(said, rows))}." if rows else "")


HARDSHIP = Picture(
    title="Output fell until 1998; arrivals in the South rose afterwards",
    columns=("part", "x", "y", "label", "tip", "y2"),
    draw=_draw_hardship,
    rows=_hardship_rows,
    words=_hardship_words,
    caption=(
        "Bars: the Bank of Korea's estimate of growth in the North. Deaths: 440 adults from 15 sites in China, asked in 1998 about their "
        "households, most of them from the north-east; the census of 1993 had 5.5 per 1,000. Arrivals: by year of arrival in the South, "
        "not of leaving. Rows of the tables macro and arrivals stand beside each year."
    ),
    size=(620, 320),
)

# --- what those who left said ------------------------------------------------------------------------------

WHERE = {"HRNK / Chang": "asked in China, 2004 to 2005", "Seoul survey": "asked in the South, 2008"}


def _name(r) -> str:
    return f"{r['indicator']} [{r['id']}]"


def _answers(survey, where=""):
    """A bar for each answer in one of the two surveys."""

    def places(rows):
        return [
            (0, r["value"], _name(r), f"{number(r['value'])}{where}", f"{r['id']}: {r['design']}; {r['source_org']}")
            for r in rows
            if r["survey"] == survey
        ]

    return places


def _motives_words(rows):
    said = "; ".join(
        f"{r['indicator']}: {number(r['value'])} per cent of {number(r['n'], 4)}, {WHERE[r['survey']]}" for r in rows
    )
    return f"What those who left said, {len(rows)} answers." + (f" {said}." if rows else "")


MOTIVES = declared(
    None,
    "What those who left said of why they left",
    Axis("per cent of those asked", 0, 118, ticks=(0, 25, 50, 75, 100), nice=False),
    Names(lambda rows: [_name(r) for r in rows]),
    Each("in China", _answers("HRNK / Chang"), bar=True, size=14, color=DATA, tip="row"),
    Each("in the South", _answers("Seoul survey", ", in the South"), bar=True, size=5, tip="row"),
    words=_motives_words,
    note="Wide bars: 1,346 adults asked in China in 2004 and 2005, reached through helpers and churches. Thin bars: 300 asked in the South in "
    "2008. Neither is a sample of those who stayed, and one person can have more than one reason. Rows of the table border_survey.",
    size=(380, 180),
)


# --- the autumn of 1989 ------------------------------------------------------------------------------------

DAYS_A_MONTH = 31


def place(date: str) -> float:
    """Where a date of 1989 stands on the axis: 1 is the first of January, 12 the first of December."""
    _, month, *day = date.split("-")
    return int(month) + ((int(day[0]) - 1) / DAYS_A_MONTH if day else 0)


def _draw_autumn():
    middles = tuple(m + 0.5 for m in range(1, 13))
    x = Axis("1989", 1, 13, ticks=middles, grid=False, labels=_month_names()).encoding("x", ticks=False)
    people = "people (each step up multiplies)"
    y = Axis(people, 600, 900_000, log=True, ticks=(1_000, 10_000, 100_000), form=",.0f").encoding("y")
    tip = told("row")
    return (
        mark_at("day", x, color=QUIET, dash=[2, 3])
        + text("day label", x, y, angle=270, baseline="top", dx=0, dy=4, color=QUIET)
        + span("month", x, "x2:Q", y, color=DATA, width=3, dash=DASH, **tip)
        + text("month label", x, y, dx=0, dy=-24, color=DATA)
        + stem("crowd", x, y, width=2, **tip)
        + dots("one source", x, y, size=34, **tip)
        + text("crowd label", x, y, dx=-8, align="right", color=INK)
    )


def _month_names() -> str:
    listed = ", ".join(f"'{m}'" for m in MONTHS)
    return f"[{listed}][floor(datum.value) - 1]"


def _autumn_rows(rows):
    out = []
    for r in [r for r in rows if r["what"] == "event"]:
        day = f"{short(r['date'], year=False)}: {r['said']}"
        out += [["day", place(r["date"]), None, "", r["row"], None, None]]
        out += [["day label", place(r["date"]), 700, day, r["row"], None, None]]
    months = [r for r in rows if r["what"] == "left in the month"]
    for r in months:
        left, tip = place(r["date"]), f"{r['row']}: {r['said']}, {r['source']}, {r['known']}"
        out.append(["month", left + 0.06, r["value"], "", tip, left + 0.94, None])
    if months:
        out.append(["month label", 1.06, months[0]["value"], "left for the West in the month", "", None, None])
    crowds = [r for r in rows if r["what"] == "crowd in Leipzig"]
    for date, evening in groupby(crowds, key=lambda r: r["date"]):
        told = list(evening)
        out.append(["crowd", place(date), told[0]["value"], "", date, None, told[-1]["value"]])
        out += [
            ["one source", place(date), r["value"], "", f"{r['row']}: {r['said']}, {r['source']}", None, None]
            for r in told
        ]
    if crowds:
        label = "Monday crowds in Leipzig, one dot a source"
        out.append(["crowd label", place(crowds[0]["date"]), crowds[0]["value"], label, "", None, None])
    return out


def _autumn_words(rows):
    months = [f"{short(r['date'], year=False)} {r['said']}" for r in rows if r["what"] == "left in the month"]
    crowds = []
    told = [r for r in rows if r["what"] == "crowd in Leipzig"]
    for date, evening in groupby(told, key=lambda r: r["date"]):
        said = list(dict.fromkeys(r["said"] for r in evening))
        crowds.append(f"{short(date, year=False)} {said[0]}" + (f" to {said[-1]}" if len(said) > 1 else ""))
    parts = [f"East Germany in 1989, {len(rows)} rows."]
    if months:
        parts.append(f"Left for the West by month, known to us from memory: {', '.join(months)}.")
    if crowds:
        parts.append(f"Crowds on Mondays in Leipzig by the sources read: {', '.join(crowds)}.")
    return " ".join(parts)


AUTUMN = Picture(
    title="Exit came first: departures and crowds, East Germany 1989",
    columns=("part", "x", "y", "label", "tip", "x2", "y2"),
    draw=_draw_autumn,
    rows=_autumn_rows,
    words=_autumn_words,
    caption=(
        "Dashed bars: people who left for West Germany in the month, known to us from memory; their sum agrees with a yearly count we read. "
        "Dots: what one source says of one Monday in Leipzig; the line joins the least and the most. The upright axis multiplies. "
        "Rows of the table gdr."
    ),
    size=(600, 360),
)

# --- two cases ---------------------------------------------------------------------------------------------------


def _counted(case, *known):
    """A dot for each number of one case that is known to us so, with the case's name and the number."""

    def places(rows):
        found = [(r, r["per 1,000"]) for r in rows if r["case"] == case and r["known"] in known]
        who = case.split(",")[0]
        return [(x, x, r["measure"], f"{who} {number(x)}", f"{r['rows']}, {r['known']}") for r, x in found]

    return places


def _two_cases_words(rows):
    said = "; ".join(f"{r['measure']}, {r['case']}: {number(r['per 1,000'])} ({r['known']})" for r in rows)
    return f"Two cases for every 1,000 inhabitants, {len(rows)} numbers." + (f" {said}." if rows else "")


LOOK = {"size": 110, "tip": "row"}
TWO_CASES = declared(
    None,
    "East Germany and North Korea, for every 1,000 inhabitants",
    Axis(
        "for every 1,000 inhabitants (each step to the right multiplies)",
        0.005,
        5_000,
        log=True,
        ticks=(0.01, 0.1, 1, 10, 100, 1_000),
        form="~g",
    ),
    Names(lambda rows: [r["measure"] for r in rows]),
    Each("east", _counted(EAST, "read"), color=DATA, **LOOK),
    Each("east, from memory", _counted(EAST, "from memory"), filled=False, color=DATA, **LOOK),
    Each("north", _counted(NORTH, "read", "from memory"), shape="square", **LOOK),
    Each("north, report", _counted(NORTH, "report"), color=BASIS["report"], shape="square", **LOOK),
    words=_two_cases_words,
    note="Circle: East Germany in 1989, its own army in 1988 and its patron's in October 1990; square: North Korea in 2001 or 2002. "
    "Hollow: known to us from memory. The axis multiplies. No soldiers of a patron stood in North Korea; nobody knows how many there "
    "could watch foreign television. Its army is counted with paramilitary forces; without them it is 46 (gdr:G197). The quotients are ours, their parts are rows of the tables gdr, arrivals and macro.",
    size=(420, 290),
)

"""How the evidence on two cases is drawn: exits and crowds in the autumn of 1989, and both for every 1,000 inhabitants."""

from __future__ import annotations

from itertools import groupby

from suh2002.crisis.charts_crowds import along
from suh2002.crisis.charts_evidence import DATA, upright
from suh2002.crisis.exhibits import EAST
from tumen.charts.parts import DASH, dots, mark_at, names, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET
from tumen.core.words import number
from tumen.evidence.dates import MONTHS

# --- the autumn of 1989 ------------------------------------------------------------------------------------

DAYS_A_MONTH = 31


def place(date: str) -> float:
    """Where a date of 1989 stands on the axis: 1 is the first of January, 12 the first of December."""
    _, month, *day = date.split("-")
    return int(month) + ((int(day[0]) - 1) / DAYS_A_MONTH if day else 0)


def _draw_autumn():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="1989",
        scale=alt.Scale(domain=[1, 13]),
        axis=alt.Axis(values=[m + 0.5 for m in range(1, 13)], grid=False, ticks=False, labelExpr=_month_names()),
    )
    y = alt.Y(
        "y:Q",
        title="people (each step up multiplies)",
        scale=alt.Scale(type="log", domain=[600, 900_000]),
        axis=alt.Axis(values=[1_000, 10_000, 100_000], format=",.0f"),
    )
    tip = [alt.Tooltip("tip:N", title="row")]
    return (
        mark_at("day", x, color=QUIET, dash=[2, 3])
        + along("day label", x, y, foot=True)
        + span("month", x, "x2:Q", y, color=DATA, width=3, strokeDash=alt.value(DASH), tooltip=tip)
        + text("month label", x, y, dx=0, dy=-24, color=DATA)
        + upright("crowd", x, y, color=INK, width=2)
        + dots("one source", x, y, size=34, tooltip=tip)
        + text("crowd label", x, y, dx=-8, align="right", color=INK)
    )


def _month_names() -> str:
    listed = ", ".join(f"'{m}'" for m in MONTHS)
    return f"[{listed}][floor(datum.value) - 1]"


def _autumn_rows(rows, _start=None):
    out = []
    for r in [r for r in rows if r["what"] == "event"]:
        day = f"{int(r['date'][8:])} {MONTHS[int(r['date'][5:7]) - 1]}: {r['said']}"
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


def _autumn_words(rows, _start=None):
    months = [f"{MONTHS[int(r['date'][5:7]) - 1]} {r['said']}" for r in rows if r["what"] == "left in the month"]
    crowds = []
    told = [r for r in rows if r["what"] == "crowd in Leipzig"]
    for date, evening in groupby(told, key=lambda r: r["date"]):
        said = list(dict.fromkeys(r["said"] for r in evening))
        day = f"{int(date[8:])} {MONTHS[int(date[5:7]) - 1]}"
        crowds.append(f"{day} {said[0]}" + (f" to {said[-1]}" if len(said) > 1 else ""))
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

ENDS = (0.005, 5_000)


def _draw_two_cases():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="for every 1,000 inhabitants (each step to the right multiplies)",
        scale=alt.Scale(type="log", domain=list(ENDS)),
        axis=alt.Axis(values=[0.01, 0.1, 1, 10, 100, 1000], format="~g"),
    )
    y = alt.Y("y:N", title=None, sort=None, axis=alt.Axis(labelLimit=300, labelPadding=8, ticks=False, domain=False))
    tip = [alt.Tooltip("tip:N", title="row")]
    return (
        names("name", x, y)
        + dots("east", x, y, color=DATA, size=110, tooltip=tip)
        + dots("east, from memory", x, y, color=DATA, size=110, filled=False, tooltip=tip)
        + dots("north", x, y, color=INK, shape="square", size=110, tooltip=tip)
        + dots("north, report", x, y, color=BASIS["report"], shape="square", size=110, tooltip=tip)
        + text("east label", x, y, dx=0, dy=-15, align="center")
        + text("north label", x, y, dx=0, dy=16, align="center")
    )


def _two_cases_rows(rows, _start=None):
    out = []
    for r in rows:
        case = "east" if r["case"] == EAST else "north"
        part = case + {"from memory": ", from memory", "report": ", report"}.get(r["known"], "")
        per, tip = r["per 1,000"], f"{r['rows']}, {r['known']}"
        out.append(["name", per, r["measure"], "", ""])
        out.append([part, per, r["measure"], "", tip])
        out.append([f"{case} label", per, r["measure"], f"{r['case'].split(',')[0]} {number(per)}", tip])
    return out


def _two_cases_words(rows, _start=None):
    said = "; ".join(f"{r['measure']}, {r['case']}: {number(r['per 1,000'])} ({r['known']})" for r in rows)
    return f"Two cases for every 1,000 inhabitants, {len(rows)} numbers." + (f" {said}." if rows else "")


TWO_CASES = Picture(
    title="East Germany and North Korea, for every 1,000 inhabitants",
    columns=("part", "x", "y", "label", "tip"),
    draw=_draw_two_cases,
    rows=_two_cases_rows,
    words=_two_cases_words,
    caption=(
        "Circle: East Germany in 1989; square: North Korea in 2001 or 2002. Hollow: known to us from memory. The axis multiplies. No "
        "soldiers of a patron stood in North Korea; nobody knows how many there could watch foreign television. Another count of its "
        "army gives 46 (gdr:G197). The quotients are ours, their parts are rows of the tables gdr, arrivals and macro."
    ),
    size=(420, 290),
)

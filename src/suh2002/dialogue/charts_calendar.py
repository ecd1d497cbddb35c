"""How talks, votes and crises are drawn: lanes of dates."""

from __future__ import annotations

from itertools import groupby

from suh2002 import written
from suh2002.dialogue.charts_ties import YEAR, when
from suh2002.dialogue.exhibits import (
    ABSENT,
    ABSTAINS,
    ARMS,
    LANES,
    RIGHTS,
    SEOUL,
    SPONSOR,
    SUMMITS,
    TALKS,
    VOTES,
    in_years,
)
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered, named
from tumen.charts.parts import dots, mark_at, names, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS
from tumen.core.words import number

DATA, REPORT = BASIS["data"], BASIS["report"]
FIRST, LAST = -2.2, 26.4
LATE = 15.0  # summits after it stand close together
HEARD = {ABSENT: "absent", ABSTAINS: "abstained"}  # the marks of Seoul's votes; yes is the third


def _draw_calendar():
    x = Axis("beginning of the year", FIRST, LAST, ticks=range(0, 26, 5), labels=YEAR).encoding("x")
    y = named(grid=True)
    return layered(
        names("name", x, y),
        mark_at("report", x, color=REPORT, dash=[4, 3]),
        text("report name", x, y, align="right", dx=-6, color=REPORT),
        span("years", x, "x2:Q", y, color=DATA, width=3),
        dots("talk", x, y, color=DATA, size=80),
        dots("vote", x, y, color=DATA, shape="diamond", size=80),
        dots("voted yes", x, y, color=DATA, size=80),
        dots("abstained", x, y, color=DATA, filled=False, size=80),
        dots("absent", x, y, color=DATA, shape="cross", filled=False, size=80),
        dots("crisis", x, y, shape="triangle-up", size=70),
        text("above", x, y, align="center", dx=0, dy=-15, size=11.5),
        text("under", x, y, align="center", dx=0, dy=16, size=11.5),
        text("from here", x, y, dx=-4, dy=-15, size=11.5),
        text("from under", x, y, dx=-4, dy=16, size=11.5),
        text("to here", x, y, align="right", dx=4, dy=-15, size=11.5),
        text("beside", x, y, dx=8, size=11.5),
    )


def _calendar_rows(rows):
    out = [["name", FIRST, lane, "", None] for lane in LANES]
    out += [
        ["report", in_years(written()), TALKS, "", None],
        ["report name", in_years(written()), VOTES, "the report", None],
    ]
    by_lane = {lane: [r for r in rows if r["lane"] == lane] for lane in LANES}
    out += _talks(by_lane[TALKS]) + _rights(by_lane[RIGHTS]) + _votes(by_lane[VOTES]) + _seoul(by_lane[SEOUL])
    return out + _sponsor(by_lane[SPONSOR]) + _summits(by_lane[SUMMITS]) + _crises(by_lane[ARMS])


def _talks(rows):
    out = [["talk", r["at"], TALKS, "", None] for r in rows]
    for row in rows:
        if row["id"] == "N039":
            out.append(["to here", row["at"], TALKS, "Dec 2011: no talks on rights while there are UN texts", None])
        elif row["id"] in ("N031", "N038"):
            out.append(["under", row["at"], TALKS, when(row["date"]), None])
    return out


def _rights(rows):
    out = []
    for row in rows:
        if row["until"]:
            out.append(["years", row["at"], RIGHTS, "", row["until"]])
            out.append(["beside", row["until"], RIGHTS, "2001 and 2002 only", None])
        else:
            out.append(["talk", row["at"], RIGHTS, "", None])
            if row["id"] == "N034":
                out.append(["above", row["at"], RIGHTS, f"first, {when(row['date'])}", None])
            elif row["id"] == "N100":
                out.append(["from under", row["at"], RIGHTS, f"{when(row['date'])}: expects improvements", None])
    return out


def _votes(rows):
    out = [["vote", r["at"], VOTES, "", None] for r in rows]
    if rows:
        first, last = rows[0], rows[-1]
        out.append(["from here", first["at"], VOTES, f"{when(first['date'])}: {_count(first)}", None])
        if last is not first:
            out.append(["from here", last["at"], VOTES, f"{when(last['date'])}: {_count(last)}", None])
    return out


def _count(row: dict) -> str:
    yes, no, _ = row["what"].split("-")
    return f"{yes} for, {no} against"


def _seoul(rows):
    out = [[HEARD.get(r["what"], "voted yes"), r["at"], SEOUL, "", None] for r in rows]
    for i, (said, group) in enumerate(groupby(rows, key=lambda r: r["what"])):
        places = [r["at"] for r in group]
        out.append(["under" if i % 2 else "above", sum(places) / len(places), SEOUL, said, None])
    return out


def _sponsor(rows):
    """Bars for the years as co-sponsor; words alone for the years without."""
    out, again = [], [r for r in rows if not r["until"]]
    for row in (r for r in rows if r["until"]):
        years = f"{row['date'][:4]} to {row['date'][-4:]}"
        if row["what"].startswith("no "):
            middle = (row["at"] + row["until"]) / 2
            out.append(["under", middle, SPONSOR, f"not {years}", None])
        else:
            out.append(["years", row["at"], SPONSOR, "", row["until"]])
            out.append(["above", (row["at"] + row["until"]) / 2, SPONSOR, years, None])
    if again:
        out.append(["years", again[0]["at"], SPONSOR, "", again[-1]["at"]])
        out.append(["to here", again[-1]["at"], SPONSOR, f"again, {when(again[0]['date'])}", None])
    return out


def _summits(rows):
    """A mark a summit; named above and below in turn, the last three, of one spring to the next, together."""
    out = [["talk", r["at"], SUMMITS, "", None] for r in rows]
    early = [r for r in rows if r["at"] < LATE]
    for i, row in enumerate(early):
        side = "under" if i % 2 else "above"
        out.append([side, row["at"], SUMMITS, f"{row['what']}, {when(row['date'])}", None])
    late = [r for r in rows if r["at"] >= LATE]
    if late:
        who = " and ".join(dict.fromkeys(r["what"].split(",")[0] for r in late))
        middle, years = (late[0]["at"] + late[-1]["at"]) / 2, f"{late[0]['date'][:4]} to {late[-1]['date'][:4]}"
        out.append(["under", middle, SUMMITS, f"{who}, {years}", None])
    return out


def _crises(rows):
    side = {"T41": ("to here", "uranium"), "T44": ("under", "out of the nuclear treaty")}
    out = []
    for row in rows:
        part, said = side.get(row["id"], ("above", "first test"))
        out += [["crisis", row["at"], ARMS, "", None], [part, row["at"], ARMS, f"{said}, {when(row['date'])}", None]]
    return out


def _calendar_words(rows) -> str:
    parts = []
    for lane in LANES:
        said = "; ".join(f"{r['date']} {r['what']}" for r in rows if r["lane"] == lane)
        parts.append(f"{lane}: {said or 'nothing known'}.")
    return f"Talks, votes, summits and crises, {number(len(rows))} rows in {len(LANES)} lanes. {' '.join(parts)}"


CALENDAR = Picture(
    title="Talks, votes, summits and crises, 1998 to 2025",
    columns=("part", "x", "y", "label", "x2"),
    draw=_draw_calendar,
    rows=_calendar_rows,
    words=_calendar_words,
    caption=(
        "Circles: talks the tables can date, and summits with Pyongyang; first bar: the years of the talks on rights, row N037. Diamonds: "
        "votes, in the Commission on Human Rights to April 2005, then in the General Assembly. How Seoul voted: cross absent, hollow "
        "abstained, filled yes. Lower bars: Seoul as co-sponsor in the Assembly. The count of each vote, as announced, is in the table."
    ),
    size=(560, 470),
)

"""The pictures of the dialogue theme by the key of what they draw; the year of the report and the arrivals since."""

from __future__ import annotations

from suh2002.dialogue import charts_calendar as calendar
from suh2002.dialogue import charts_game as game
from suh2002.dialogue import charts_ties as ties
from suh2002.dialogue.charts_ties import YEAR
from suh2002.dialogue.exhibits import CLOSES, OPENS
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered, plane
from tumen.charts.parts import chart_of, dots, line, stem, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, PAPER, QUIET
from tumen.core.words import number
from tumen.evidence.dates import short

DATA, REPORT = BASIS["data"], BASIS["report"]

# --- spring 2002 and what followed --------------------------------------------------------------

FROM, TO, HIGHEST, DEEPEST = 1.96, 3.5, 7.6, 5.4

TICKS = {2: "Jan 2002", 2.25: "Apr", 2.5: "Jul", 2.75: "Oct", 3: "Jan 2003", 3.25: "Apr"}


def _draw_spring():
    named = " : ".join(f"datum.value == {at} ? '{said}'" for at, said in TICKS.items()) + " : ''"
    x = Axis("month", FROM, TO, ticks=tuple(TICKS), labels=named, grid=False).encoding("x")
    y = plane((FROM, TO), (-DEEPEST, HIGHEST))[1].title("closes, opens")
    return layered(
        line("zero", x, y, width=1),
        stem("stem", x, y),
        dots("read", x, y, size=80),
        dots("from memory", x, y, filled=False, size=80),
        dots("report", x, y, color=REPORT, shape="diamond", size=110),
        text("report name", x, y, align="right", dx=-9, dy=12, color=REPORT),
        text("event", x, y, dx=9),
        text("side", x, y, align="right", dx=0, color=QUIET, size=13),
    )


def _spring_rows(rows):
    out = [["zero", FROM, 0, ""], ["zero", TO, 0, ""]]
    out += [["side", TO, 0.45, "opens"], ["side", TO, -0.45, "closes"]]
    for reading, end, step in ((OPENS, HIGHEST - 0.5, 0.7), (CLOSES, 0.6 - DEEPEST, -0.75)):
        # stems shorten with time, so that no label meets a later one
        for i, row in enumerate([r for r in rows if r["our reading"] == reading]):
            top = end - i * step
            out += [["stem", row["at"], 0, "", top], [row["known"], row["at"], top, ""]]
            out.append(["event", row["at"], top, f"{row['what']}, {short(row['date'][:7], year=False)}"])
    for row in rows:
        if row["our reading"] not in (OPENS, CLOSES):
            out += [["report", row["at"], 0, ""], ["report name", row["at"], 0, row["what"]]]
    return out


def _spring_words(rows) -> str:
    said = [f"{short(r['date'][:7])}, {r['what']} ({r['our reading']}, {r['known']})" for r in rows]
    return f"{len(rows)} events from January 2002 to January 2003, each with the way we read it to point: {'; '.join(said)}."


SPRING = Picture(
    title="What opened and what closed, January 2002 to January 2003",
    columns=("part", "x", "y", "label", "y2"),
    draw=_draw_spring,
    rows=_spring_rows,
    words=_spring_words,
    caption=(
        "Up: we read the event as an opening; down: as a closing. The heights only make room for the words. A hollow mark: from "
        "memory. Diamond: the report. Rows T26 to T44, T71 to T75, T87 and T88 of the timeline."
    ),
    size=(560, 420),
)

# --- arrivals and the climate --------------------------------------------------------------------

YEARS, MOST = (-2.7, 25.7), 3_700
BRACKET, LOWEST, KEY = 3_400, 270, 18


def _bars(part, x, y, *, filled):
    look = {"filled": True} if filled else {"filled": False, "strokeWidth": 1.3, "fill": PAPER}
    return chart_of(part).mark_bar(size=13, color=DATA, clip=True, **look).encode(x=x, y=y)


def _draw_climate():
    x = Axis("year", *YEARS, ticks=(-2, *range(0, 26, 5)), labels=YEAR, grid=False).encoding("x")
    y = Axis("arrivals in the South in the year", 0, MOST, form=",.0f").encoding("y")
    return layered(
        _bars("all", x, y, filled=False),
        _bars("women", x, y, filled=True),
        line("bracket", x, y, width=1.5),
        dots("event", x, y, size=60),
        text("thaw", x, y, dx=6, size=12),
        text("thaw begins", x, y, align="center", dx=0, dy=-12),
        text("year", x, y, align="center", dx=0, dy=-10, color=DATA),
    )


def _climate_rows(rows):
    years, events = [r for r in rows if not r["event"]], [r for r in rows if r["event"]]
    out = []
    for row in years:
        out.append(["all", row["at"], row["arrivals"], ""])
        if row["women"] != "":
            out.append(["women", row["at"], row["women"], ""])
    if years:
        for row in (max(years, key=lambda r: r["arrivals"]), min(years, key=lambda r: r["arrivals"])):
            # the lowest bar’s number stands clear of its neighbours
            height = max(row["arrivals"], LOWEST)
            out.append(["year", row["at"], height, f"{row['year']}: {number(row['arrivals'], 4)}"])
        out.append(["year", KEY, 1_650, "filled: women"])
    # a bar stands for its whole year, so June 2000 lies in the middle of the bar of 2000
    for row in events:
        out += [["bracket", row["at"] - 0.5, BRACKET, ""], ["event", row["at"] - 0.5, BRACKET, ""]]
    if len(events) > 1:
        first, last = events[0], events[-1]
        out.append(["thaw begins", first["at"] - 0.5, BRACKET, f"{first['event']}, {first['year'][:4]}"])
        out.append(["thaw", last["at"] - 0.5, BRACKET, f"{last['event']}, {last['year'][:4]}"])
    return out


def _climate_words(rows) -> str:
    years = "; ".join(
        f"{r['year']}: {number(r['arrivals'], 4)}"
        + (f", {number(r['women'], 4)} of them women" if r["women"] != "" else "")
        for r in rows
        if not r["event"]
    )
    events = "; ".join(f"{r['year']}, {r['event']}" for r in rows if r["event"])
    return f"Arrivals in the South by year. {years or '0 years known'}. Events: {events or 'none known'}."


CLIMATE = Picture(
    title="Arrivals in the South by year, and the years of summits and large aid",
    columns=("part", "x", "y", "label"),
    draw=_draw_climate,
    rows=_climate_rows,
    words=_climate_words,
    caption=(
        "Bars: arrivals in the year; filled: women among them (not given for 1998). Line: from the first summit to the end of large aid, "
        "the dot between them the second summit (rows T21, T58, T59 of the timeline). Those who arrived in 2005 had been abroad for four years on average."
    ),
)


PICTURES = {
    "dialogue.holdup": game.HOLDUP,
    "dialogue.trigger": game.TRIGGER,
    "dialogue.recognition": ties.RECOGNITION,
    "dialogue.calendar": calendar.CALENDAR,
    "dialogue.partners": game.PARTNERS,
    "dialogue.trust": game.TRUST,
    "dialogue.spring": SPRING,
    "dialogue.climate": CLIMATE,
}

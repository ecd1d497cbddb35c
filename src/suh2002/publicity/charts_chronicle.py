"""A chronicle in three columns read from top to bottom: rescues, crackdowns, talks."""

from __future__ import annotations

from suh2002 import written
from suh2002.publicity.exhibits import PUBLIC, RETURNS, TALKS
from tumen.charts.parts import dots, level, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, QUIET
from tumen.evidence.dates import MONTHS

SHAPES = {PUBLIC: "circle", RETURNS: "square", TALKS: "triangle-up"}
LEFT = {PUBLIC: 46, RETURNS: 264, TALKS: 502}  # where each column stands
WIDTH, HEIGHT = 730, 500
LINE, TOP = 19, 50  # pixels from event to event, and above the first


def _draw():
    import altair as alt

    x = alt.X("x:Q", title="column", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False))
    y = alt.Y("y:Q", title="order in time", axis=None, scale=alt.Scale(domain=[0, HEIGHT], reverse=True, nice=False))
    tip = [alt.Tooltip("tip:N", title="row")]
    drawn = level("year", y, color=QUIET, dash=[1, 5]) + level("report line", y, color=BASIS["report"], dash=[4, 3])
    for column, shape in SHAPES.items():
        drawn += dots(column, x, y, shape=shape, size=50, tooltip=tip)
    return (
        drawn
        + dots("from memory", x, y, shape=SHAPES[TALKS], size=50, filled=False, tooltip=tip)
        + text("heading", x, y, dx=0, size=13)
        + text("year name", x, y, dx=0, color=QUIET)
        + text("event", x, y, dx=0, size=11)
        + text("cut", x, y, dx=0, size=11, color=BASIS["report"])
    )


def _rows(events: list[dict], _start=None) -> list[list]:
    out = []
    for column, left in LEFT.items():
        out += [[column, left, TOP - 30, "", column], ["heading", left + 11, TOP - 30, column, ""]]
    height, year, cut = TOP, "", False
    for e in events:
        if not cut and e["date"] > written():
            cut = True
            out += [["report line", None, height, "", ""], ["cut", 0, height - 8, "7 May 2002: the report", ""]]
            height += LINE - 2
        if e["date"][:4] != year:
            year = e["date"][:4]
            out += [["year", None, height - LINE / 2 + 1, "", ""], ["year name", 0, height, year, ""]]
        left, tip = LEFT[e["column"]], f"{e['row']}: {e['says']}"
        out.append(["from memory" if e["known"] == "from memory" else e["column"], left, height, "", tip])
        out.append(["event", left + 11, height, f"{_day(e['date'])}: {e['says']}", tip])
        height += LINE
    return out


def _day(date: str) -> str:
    month, _, day = date[5:].partition("-")
    return f"{day.lstrip('0')} {MONTHS[int(month) - 1]}".strip()


def _words(events: list[dict], _start=None) -> str:
    said = "; ".join(f"{_day(e['date'])} {e['date'][:4]}, {e['column']}: {e['says']}" for e in events)
    return f"A chronicle of {len(events)} events from 2000 to 2004 in three columns: {said}."


CHRONICLE = Picture(
    title="Rescues in public, crackdowns and talks, in the order of their dates",
    columns=("part", "x", "y", "label", "tip"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Read downwards; the lines are in order, not to scale. Where only the month is known, an event stands at the head of its month: "
        "it may have come later in it. Hollow: known to us from memory. Rows of the incidents, repatriations and timeline tables. "
        "What comes before is not therefore a cause."
    ),
    size=(WIDTH, HEIGHT),
)

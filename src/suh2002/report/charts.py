"""The pictures of the report as a whole, and its timeline: in two columns, up to the report and after it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from textwrap import wrap

from suh2002 import written
from suh2002.report.charts_provinces import MAP
from tumen.charts.lanes import plane
from tumen.charts.parts import dots, span, text, told
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET, RULE
from tumen.evidence.dates import short

SHAPES = {
    "North Koreans abroad": "circle",
    "the two Koreas": "square",
    "other powers": "triangle-up",
    "law and UN": "cross",
    "the report": "diamond",
}
LINE, MORE, TOP = 20, 13, 64  # pixels from event to event, for each further line of one, and above the first
COLUMN, GAP = 366, 24  # how wide a column is, and what parts the two
WIDTH, HEIGHT = 2 * COLUMN + GAP, 734
DATE, MARK, LABEL = 72, 86, 98  # where in a column its parts stand
LETTERS = 41  # of an event in one line
BEFORE, AFTER = "up to the report", "after it: the author could not know"


def _draw(width: int = WIDTH, height: int = HEIGHT):
    (x, y), tip = plane((0, width), (height, 0)), told("row")
    drawn = span("year", x, "x2:Q", y, color=RULE, width=1.2)
    drawn += span("head", x, "x2:Q", y, color=BASIS["report"], width=1.2)
    for lane, shape in SHAPES.items():
        color = BASIS["report"] if lane == "the report" else INK
        drawn += dots(lane, x, y, shape=shape, size=55, color=color, **tip)
        drawn += dots(f"{lane}, from memory", x, y, shape=shape, size=55, color=color, filled=False, **tip)
    return (
        drawn
        + text("year name", x, y, dx=0, size=12, color=INK)
        + text("date", x, y, dx=0, align="right", size=11, color=QUIET)
        + text("event", x, y, dx=0, size=11.5, color=INK)
        + text("report", x, y, dx=0, size=11.5, color=BASIS["report"])
    )


def _key(width: int) -> list[list]:
    """The first lines of the picture: which mark is whose story."""
    out, left, height = [], 6, 12
    for lane in SHAPES:
        if left + 20 + 7 * len(lane) > width:
            left, height = 6, height + 17
        out += [[lane, left, height, "", lane, None], ["event", left + 10, height, lane, "", None]]
        left += 32 + 6.5 * len(lane)
    return out


def _rows(events: list[dict]) -> list[list]:
    before = [e for e in events if e["date"] <= written()]
    after = [e for e in events if e["date"] > written()]
    out = _key(WIDTH)
    for left, head, mine in ((0, BEFORE, before), (COLUMN + GAP, AFTER, after)):
        if mine:
            out += _column(left, head, mine)
    return out


def _column(left: int, head: str, events: list[dict]) -> list[list]:
    """The rows of one column: its head, and under it each year with its events."""
    out = [["report", left, TOP - 28, head, "", None], ["head", left, TOP - 17, "", "", left + COLUMN]]
    height, year = TOP, ""
    for e in events:
        if e["date"][:4] != year:
            if year:
                out.append(["year", left, height - LINE / 2 + 1, "", "", left + COLUMN])
            year = e["date"][:4]
            out.append(["year name", left, height, year, "", None])
        tip = f"{e['id']}: {e['label']}"
        lane = e["lane"] + (", from memory" if e["known"] == "from memory" else "")
        words = "report" if e["lane"] == "the report" else "event"
        out.append(["date", left + DATE, height, short(e["date"], year=False), tip, None])
        out.append([lane, left + MARK, height, "", tip, None])
        lines = wrap(e["label"], LETTERS)
        out += [[words, left + LABEL, height + MORE * i, said, tip, None] for i, said in enumerate(lines)]
        height += LINE + MORE * (len(lines) - 1)
    return out


def _words(events: list[dict]) -> str:
    said = "; ".join(f"{short(e['date'])}, {e['label']}" for e in events)
    return f"A timeline of {len(events)} events from 2000 to 2004: {said}."


def _fit(rows: list[list]) -> Picture:
    """The picture no longer than its events: read as of an early date it has few."""
    return _sized(WIDTH, min(HEIGHT, round(max(row[2] for row in rows)) + LINE))


def _small(rows: list[list]) -> tuple[Picture, list[list]]:
    """For a phone: the second column under the first one."""
    own, lead = rows[len(_key(WIDTH)) :], _key(COLUMN)
    down = lead[-1][2] - 12
    first = [row for row in own if row[1] < COLUMN]
    under = max((row[2] for row in first), default=0) + LINE + down - TOP + 40
    moved = [[part, x, y + down, *rest] for part, x, y, *rest in first]
    for part, x, y, label, tip, x2 in own:
        if x >= COLUMN:
            moved.append([part, x - COLUMN - GAP, y + under, label, tip, x2 and x2 - COLUMN - GAP])
    made = [*lead, *moved]
    return _sized(COLUMN, round(max(row[2] for row in made)) + LINE), made


def _sized(width: int, height: int) -> Picture:
    return replace(TIMELINE, size=(width, height), draw=partial(_draw, width, height))


TIMELINE = Picture(
    title="Around the report, 2000 to 2004",
    columns=("part", "x", "y", "label", "tip", "x2"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Circle: North Koreans abroad; square: the two Koreas; triangle: other powers; cross: law and UN; diamond: the report. "
        "A hollow mark is known to us from memory only. Where no day stands, the source gives the month, or we know the day from memory."
    ),
    size=(WIDTH, HEIGHT),
    fit=_fit,
    small=_small,
)


PICTURES = {"report.timeline": TIMELINE, "report.map": MAP}

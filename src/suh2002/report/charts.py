"""The pictures of the report as a whole: its dates, and the provinces people came from."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from suh2002 import written
from tumen.charts.parts import dots, level, text
from tumen.charts.picture import Picture, rows_of
from tumen.charts.style import BASIS, INK, QUIET, RULE
from tumen.evidence.dates import MONTHS

SHAPES = {
    "North Koreans abroad": "circle",
    "the two Koreas": "square",
    "other powers": "triangle-up",
    "law and UN": "cross",
    "the report": "diamond",
}
LINE, TOP = 19, 40  # pixels from event to event, and above the first
WIDTH, HEIGHT = 660, 815
DATE, MARK, LABEL = 70, 88, 102  # where each column stands


def _draw(height: int = HEIGHT):
    import altair as alt

    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False))
    tip = [alt.Tooltip("tip:N", title="row")]
    drawn = level("year", y, color=RULE) + level("report line", y, color=BASIS["report"], dash=[4, 3])
    for lane, shape in SHAPES.items():
        color = BASIS["report"] if lane == "the report" else INK
        drawn += dots(lane, x, y, shape=shape, size=55, color=color, tooltip=tip)
        drawn += dots(f"{lane}, from memory", x, y, shape=shape, size=55, color=color, filled=False, tooltip=tip)
    return (
        drawn
        + text("year name", x, y, dx=0, size=12, color=INK)
        + text("date", x, y, dx=0, align="right", size=11, color=QUIET)
        + text("event", x, y, dx=0, size=11.5, color=INK)
        + text("report", x, y, dx=0, size=11.5, color=BASIS["report"])
        + text("cut", x, y, dx=0, align="right", size=11, color=BASIS["report"])
    )


def day(date: str) -> str:
    """A date of a row as it stands beside its event: 14 Mar, or the month alone."""
    month, _, number = date[5:].partition("-")
    return f"{int(number)} {MONTHS[int(month) - 1]}" if number else MONTHS[int(month) - 1]


def _key() -> list[list]:
    """The first line of the picture: which mark is whose story."""
    out, left = [], 6
    for lane in SHAPES:
        out += [[lane, left, TOP - 26, "", lane], ["event", left + 10, TOP - 26, lane, ""]]
        left += 32 + 6 * len(lane)
    return out


def _rows(events: list[dict], _start=None) -> list[list]:
    out, height, year, cut = _key(), TOP, "", False
    for e in events:
        if e["date"][:4] != year:
            year = e["date"][:4]
            out += [["year", 0, height - LINE / 2 + 1, "", ""], ["year name", 0, height, year, ""]]
        if not cut and e["date"] > written():
            cut = True
            out += [["report line", 0, height, "", ""], ["cut", WIDTH, height - 9, "above: up to the report", ""]]
            out.append(["cut", WIDTH, height + 9, "below: the author could not know", ""])
            height += LINE
        tip = f"{e['id']}: {e['label']}"
        lane = e["lane"] + (", from memory" if e["known"] == "from memory" else "")
        words = "report" if e["lane"] == "the report" else "event"
        out.append(["date", DATE, height, day(e["date"]), tip])
        out.append([lane, MARK, height, "", tip])
        out.append([words, LABEL, height, e["label"], tip])
        height += LINE
    return out


def _words(events: list[dict], _start=None) -> str:
    said = "; ".join(f"{day(e['date'])} {e['date'][:4]}, {e['label']}" for e in events)
    return f"A timeline of {len(events)} events from 2000 to 2004: {said}."


def _fit(rows: list[list]) -> Picture:
    """The picture no longer than its events: read as of an early date it has few."""
    height = min(HEIGHT, max(row[2] for row in rows) + LINE)
    return replace(TIMELINE, size=(WIDTH, height), draw=partial(_draw, height))


TIMELINE = Picture(
    title="Around the report, 2000 to 2004",
    columns=("part", "x", "y", "label", "tip"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Circle: North Koreans abroad; square: the two Koreas; triangle: other powers; cross: law and UN; diamond: the report. "
        "A hollow mark is known to us from memory only. Where no day stands, the source gives the month, or we know the day from memory."
    ),
    size=(WIDTH, HEIGHT),
    fit=_fit,
)


PROVINCES_WIDTH, PROVINCES_HEIGHT = 698, 436


def _provinces_draw():
    import altair as alt

    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, PROVINCES_WIDTH], nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[PROVINCES_HEIGHT, 0], nice=False, zero=False))
    tip = alt.Tooltip("tip:N", title=" ")

    def block(part, fill, stroke):
        drawn = (
            alt.Chart().transform_filter(rows_of(part)).mark_rect(fill=fill, stroke=stroke, strokeWidth=1, opacity=1)
        )
        return drawn.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", tooltip=tip)

    return (
        block("country", "#F1EFE8", "#C9C5BA")
        + block("province", "#FFFFFF", "#8A8F98")
        + text("over", x, y, dx=0, size=12, color=QUIET)
        + text("name", x, y, dx=0, align="center", size=12, color=INK)
        + text("says", x, y, dx=0, align="center", size=10.5, color=BASIS["data"])
    )


def _provinces_rows(blocks: list[dict], _start=None) -> list[list]:
    out, seen = [], set()
    for b in blocks:
        tip = f"{b['name']}{', ' + b['country'] if b['country'] else ''}{': ' + b['says'] if b['says'] else ''}"
        out.append([b["kind"], b["x"], b["y"], "", tip, b["x2"], b["y2"]])
        centre, middle = (b["x"] + b["x2"]) / 2, (b["y"] + b["y2"]) / 2
        out.append(["name", centre, middle - (8 if b["says"] else 0), b["name"], "", None, None])
        if b["says"]:
            out.append(["says", centre, middle + 9, b["says"], "", None, None])
        if b["country"] and b["country"] not in seen:
            seen.add(b["country"])
            mine = [o for o in blocks if o["country"] == b["country"]]
            left, top = min(o["x"] for o in mine), min(o["y"] for o in mine)
            out.append(["over", left, top - 12, b["country"], "", None, None])
    return out


def _provinces_words(blocks: list[dict], _start=None) -> str:
    countries = dict.fromkeys(b["country"] or b["name"] for b in blocks)
    parts = []
    for country in countries:
        mine = [b["name"] + (f" ({b['says']})" if b["says"] else "") for b in blocks if b["country"] == country]
        parts.append(f"{country}: {', '.join(mine)}" if mine else country)
    return (
        f"A schematic map of {len(blocks)} blocks. North Korea lies between China’s north-eastern provinces and South Korea, "
        f"Japan across the sea, Russia to the north-east. {'; '.join(parts)}."
    )


MAP = Picture(
    title="Countries and provinces, schematically",
    columns=("part", "x", "y", "label", "tip", "x2", "y2"),
    draw=_provinces_draw,
    rows=_provinces_rows,
    words=_provinces_words,
    caption=(
        "Blocks say roughly which lies beside which; sizes and distances mean nothing. In China: Korean Chinese by the census of 2000; "
        "in North Hamgyong: the share of the arrivals of 2003 who came from there; both where the tables in use have it."
    ),
    size=(PROVINCES_WIDTH, PROVINCES_HEIGHT),
)


PICTURES = {"report.timeline": TIMELINE, "report.map": MAP}

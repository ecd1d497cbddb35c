"""How cases are drawn: days from entry to leaving China, people returned, and the chronicle beside the talks."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from suh2002 import written
from suh2002.cases import days as how_long
from suh2002.cases import out_of
from suh2002.publicity.exhibits import PUBLIC, TALKS
from suh2002.publicity.exhibits import RETURNS as RETURNED
from tumen.charts.axis import Axis
from tumen.charts.lanes import named, outlined, plane
from tumen.charts.parts import dots, level, mark_at, names, span, text, told
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET
from tumen.evidence.dates import short

# --- days from entry to leaving China ------------------------------------------------------------

DAYS_TOP = 45


def _draw_days():
    x = Axis("days from entry to leaving China", 0, DAYS_TOP, ticks=range(0, 41, 10), grid=False).encoding("x")
    y, tip = named(labelLimit=360, labelFontSize=11), told("row")
    return (
        names("name", x, y)
        + span("days", x, "x2:Q", y, color=BASIS["data"], width=11, **tip)
        + outlined("blocked", x, y, width=11, color=BASIS["data"])
        + dots("unknown", x, y, shape="diamond", filled=False, color=BASIS["data"], size=70, **tip)
        + text("label", x, y, dx=8, size=11, color=INK)
    )


def _place(row) -> str:
    return row["place"].replace("Consulate-General of the United States", "US consulate").split(" and its ")[0]


def _name(row) -> str:
    return f"{short(row['date_entry'])} · {_place(row)}: {row['people']} [{row['id']}]"


def _blocked(row) -> bool:
    return row["kind"].endswith("blocked")


def _ended(row) -> str:
    """How long the case took, or that our source ends before it did."""
    days = row["days_entry_to_leaving_china"]
    if days is None:
        left = row["date_left_china"]
        return f"left {short(left)}, first day unknown" if left else f"{row['outcome']}; our source ends"
    said = how_long(row) + (f", {out_of(row)} people" if row["people_out_by_then"] else "")
    return f"{said}, the last day from memory" if "day recalled" in (row["note"] or "") else said


def _day_rows(rows):
    out = []
    for row in rows:
        name, days, ended = _name(row), row["days_entry_to_leaving_china"], _ended(row)
        said = f"{ended}; seized by police first" if _blocked(row) and days is not None else ended
        tip = f"{row['id']}: {said}"
        out.append(["name", 0, name, "", tip, None])
        if days is None:
            out += [["unknown", 0.6, name, "", tip, None], ["label", 0.6, name, said, tip, None]]
        else:
            out.append(["blocked" if _blocked(row) else "days", 0, name, "", tip, days])
            out.append(["label", days, name, said, tip, None])
    return out


def spoken(row) -> str:
    """One case in words."""
    seized = ", seized by police first" if _blocked(row) else ""
    return f"{short(row['date_entry'])}, {_place(row)}, people: {row['people']}{seized}: {_ended(row)}"


def _picture(title: str, caption: str, lines: int) -> Picture:
    return Picture(
        title=title,
        columns=("part", "x", "y", "label", "tip", "x2"),
        draw=_draw_days,
        rows=_day_rows,
        words=lambda rows: f"{title}. {len(rows)} cases." + (f" {'; '.join(map(spoken, rows))}." if rows else ""),
        caption=caption,
        size=(340, 24 * lines),
    )


ENTRIES = _picture(
    "Entries in print by 7 May 2002, and the days until the people left China",
    "Bars: days from entry to leaving China. The number after the place is how many people entered; numbers in brackets are rows "
    "of the incidents table. Only cases that reached the press are in it.",
    4,
)
ENTRIES_SINCE = _picture(
    "Entries from 8 May 2002 on, and the days until the people left China",
    "Filled bars: days from entry to leaving China; outlined: police had seized people first. Hollow diamonds: our source ends before "
    "the case does, or gives no first day. “Up to”: the first to enter waited so long, the others came later. Numbers in brackets are rows of the incidents table.",
    12,
)

# --- returns by year -----------------------------------------------------------------------------

RETURNS_TOP = 9_500


def _draw_returns():
    x = Axis("year", 1995.3, 2007.8, ticks=range(1996, 2008), form="d", grid=False).encoding("x")
    y = Axis("people returned in the year, as reported", 0, RETURNS_TOP).encoding("y")
    data = {"color": BASIS["data"], **told("row")}
    return (
        mark_at("entry", x, color=QUIET, dash=[4, 3]).encode(**told("row"))
        + text("entry name", x, y, dx=5, size=11, color=QUIET)
        + text("entry name left", x, y, align="right", dx=-5, size=11, color=QUIET)
        + dots("China", x, y, **data)
        + dots("part of the border", x, y, filled=False, **data)
        + dots("at least", x, y, shape="triangle-up", size=110, **data)
        + dots("at most", x, y, shape="triangle-down", size=110, **data)
        + text("label", x, y, align="center", dx=9, dy=-15, size=11)
    )


def _return_rows(rows):
    out, entered = [], 0
    for r in rows:
        tip = f"{r['row']}: {r['scope']}"
        if not r["covers"]:
            side, height = ("entry name left", 9_200) if entered == 0 else ("entry name", 9_200)
            out += [
                ["entry", r["time"], None, "", tip],
                [side, r["time"], height, f"{r['says']}: {r['scope'].split(',')[0]}", tip],
            ]
            entered += 1
            continue
        part, at = _marked(r)
        out += [[part, r["time"], at, "", tip], ["label", r["time"], at, r["says"], tip]]
    return out


def _marked(r) -> tuple[str, float]:
    """The mark of a yearly figure, and its height."""
    if r["central"] is not None:
        return r["covers"], r["central"]
    return ("at least", r["low"]) if r["low"] is not None else ("at most", r["high"])


def _returns_words(rows) -> str:
    said = [f"{r['when']}, {r['covers']}: {r['says']}" for r in rows if r["covers"]]
    entered = [f"{r['when']}, {r['says']} ({r['scope']})" for r in rows if not r["covers"]]
    return f"People returned in a year, as reported. {'; '.join(said)}. The first two entries: {'; '.join(entered)}."


RETURNS = Picture(
    title="People returned in a year, as reported, and the first two entries",
    columns=("part", "x", "y", "label", "tip"),
    draw=_draw_returns,
    rows=_return_rows,
    words=_returns_words,
    caption=(
        "Filled: China as a whole. Hollow: a part of the border. Triangle up: or more; triangle down: or fewer. No line joins them: "
        "they do not count the same thing. Dashed rules: the first two entries of the chapter. Rows of the repatriations table; "
        "a year without a mark has no yearly figure in it."
    ),
)


SHAPES = {PUBLIC: "circle", RETURNED: "square", TALKS: "triangle-up"}
LEFT = {PUBLIC: 46, RETURNED: 264, TALKS: 502}  # where each column stands
WIDTH, HEIGHT = 730, 519
LINE, TOP = 19, 50  # pixels from event to event, and above the first
PHONE = dict(
    zip(LEFT.values(), (42, 58, 74), strict=True)
)  # the same columns on a phone: steps of one, since three stand on each other there
NARROW = 360


def _draw(width: int = WIDTH, height: int = HEIGHT):
    x, y = plane((0, width), (height, 0))
    x, y, tip = x.title("column"), y.title("order in time"), told("row")
    drawn = level("year", y, color=QUIET, dash=[1, 5]) + level("report line", y, color=BASIS["report"], dash=[4, 3])
    for column, shape in SHAPES.items():
        drawn += dots(column, x, y, shape=shape, size=50, **tip)
    return (
        drawn
        + dots("from memory", x, y, shape=SHAPES[TALKS], size=50, filled=False, **tip)
        + text("heading", x, y, dx=0, size=13)
        + text("year name", x, y, dx=0, color=QUIET)
        + text("event", x, y, dx=0, size=11)
        + text("cut", x, y, dx=0, size=11, color=BASIS["report"])
    )


def _rows(events: list[dict]) -> list[list]:
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
        out.append(["event", left + 11, height, f"{short(e['date'], year=False)}: {e['says']}", tip])
        height += LINE
    return out


def _small(rows: list[list]) -> tuple[Picture, list[list]]:
    """For a phone: the columns as steps, each under its own head."""
    down, made = LINE * (len(PHONE) - 1), []
    for part, x, y, *rest in rows:
        left = next((n for n in PHONE if x in (n, n + 11)), None)
        under = LINE * list(PHONE).index(left) if left and y < TOP - LINE else down
        made.append([part, x + PHONE[left] - left if left else x, y + under, *rest])
    size = (NARROW, HEIGHT + down)
    return replace(CHRONICLE, size=size, draw=partial(_draw, *size)), made


def _words(events: list[dict]) -> str:
    said = "; ".join(f"{short(e['date'])}, {e['column']}: {e['says']}" for e in events)
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
    small=_small,
)

"""How the dated cases and the yearly returns are drawn: bars of days, marks by year, never dots for people."""

from __future__ import annotations

from suh2002.cases import days as how_long
from suh2002.cases import out_of
from tumen.charts.lanes import outlined
from tumen.charts.parts import dots, mark_at, names, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET
from tumen.evidence.dates import MONTHS

# --- days from entry to leaving China ------------------------------------------------------------

DAYS_TOP = 45


def _draw_days():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="days from entry to leaving China",
        scale=alt.Scale(domain=[0, DAYS_TOP]),
        axis=alt.Axis(values=[0, 10, 20, 30, 40], grid=False),
    )
    y = alt.Y("y:N", title=None, sort=None, axis=alt.Axis(labelLimit=360, ticks=False, domain=False, labelFontSize=11))
    tip = [alt.Tooltip("tip:N", title="row")]
    return (
        names("name", x, y)
        + span("days", x, "x2:Q", y, color=BASIS["data"], width=11, tooltip=tip)
        + outlined("blocked", x, y, width=11, color=BASIS["data"])
        + dots("unknown", x, y, shape="diamond", filled=False, color=BASIS["data"], size=70, tooltip=tip)
        + text("label", x, y, dx=8, size=11, color=INK)
    )


def day(date: str) -> str:
    """A date of a row in words, as closely as the row has it: 14 Mar 2002, or Jun 2002."""
    year, month, number_ = ([*date.split("-"), "", ""])[:3]
    return " ".join(p for p in (number_.lstrip("0"), month and MONTHS[int(month) - 1], year) if p)


def _place(row) -> str:
    return row["place"].replace("Consulate-General of the United States", "US consulate").split(" and its ")[0]


def _name(row) -> str:
    return f"{day(row['date_entry'])} · {_place(row)}: {row['people']} [{row['id']}]"


def _blocked(row) -> bool:
    return row["kind"].endswith("blocked")


def _ended(row) -> str:
    """How long the case took, or that our source ends before it did."""
    days = row["days_entry_to_leaving_china"]
    if days is None:
        left = row["date_left_china"]
        return f"left {day(left)}, first day unknown" if left else f"{row['outcome']}; our source ends"
    said = how_long(row) + (f", {out_of(row)} people" if row["people_out_by_then"] else "")
    return f"{said}, the last day from memory" if "day recalled" in (row["note"] or "") else said


def _day_rows(rows, _start=None):
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
    return f"{day(row['date_entry'])}, {_place(row)}, people: {row['people']}{seized}: {_ended(row)}"


def _picture(title: str, caption: str, lines: int) -> Picture:
    return Picture(
        title=title,
        columns=("part", "x", "y", "label", "tip", "x2"),
        draw=_draw_days,
        rows=_day_rows,
        words=lambda rows, start=None: (
            f"{title}. {len(rows)} cases." + (f" {'; '.join(map(spoken, rows))}." if rows else "")
        ),
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
    import altair as alt

    x = alt.X(
        "x:Q",
        title="year",
        scale=alt.Scale(domain=[1995.3, 2007.8], nice=False),
        axis=alt.Axis(values=list(range(1996, 2008)), format="d", grid=False),
    )
    y = alt.Y("y:Q", title="people returned in the year, as reported", scale=alt.Scale(domain=[0, RETURNS_TOP]))
    tip, data = (
        [alt.Tooltip("tip:N", title="row")],
        {"color": BASIS["data"], "tooltip": [alt.Tooltip("tip:N", title="row")]},
    )
    return (
        mark_at("entry", x, color=QUIET, dash=[4, 3]).encode(tooltip=tip)
        + text("entry name", x, y, dx=5, size=11, color=QUIET)
        + text("entry name left", x, y, align="right", dx=-5, size=11, color=QUIET)
        + dots("China", x, y, **data)
        + dots("part of the border", x, y, filled=False, **data)
        + dots("at least", x, y, shape="triangle-up", size=110, **data)
        + dots("at most", x, y, shape="triangle-down", size=110, **data)
        + text("label", x, y, align="center", dx=9, dy=-15, size=11)
    )


def _return_rows(rows, _start=None):
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


def _returns_words(rows, _start=None) -> str:
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

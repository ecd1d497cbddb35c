"""How the published estimates are drawn: a range or a mark for each speaker, never one line."""

from __future__ import annotations

from tumen.charts.parts import dots, names, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK
from tumen.core.words import number

KINDS = {
    "government": "governments",
    "IGO": "UN bodies",
    "academic": "scholars",
    "NGO": "NGOs",
    "press": "press",
}
MOST = 40  # letters of a speaker's name beside a row


def _draw():
    import altair as alt

    x = alt.X(
        "x:Q",
        title="people (each step to the right multiplies)",
        scale=alt.Scale(type="log", domain=[1_500, 500_000]),
        axis=alt.Axis(values=[3_000, 10_000, 30_000, 100_000, 300_000], format=",.0f"),
    )
    y = alt.Y(
        "y:N",
        title=None,
        sort=None,
        axis=alt.Axis(labelLimit=360, ticks=False, domain=False, labelFontSize=11),
    )
    tip = [alt.Tooltip("tip:N", title="row")]
    return (
        names("name", x, y)
        + span("range", x, "x2:Q", y, color=BASIS["data"], width=7, tooltip=tip)
        + dots("single", x, y, color=BASIS["data"], size=70, tooltip=tip)
        + dots("at least", x, y, color=BASIS["data"], shape="triangle-right", size=80, tooltip=tip)
        + dots("at most", x, y, color=BASIS["data"], shape="triangle-left", size=80, tooltip=tip)
        + dots("suh", x, y, color=BASIS["report"], shape="diamond", size=130, tooltip=tip)
        + text("label", x, y, dx=9, size=11, color=INK)
    )


def _name(row):
    who = row["who"].split(",")[0].removeprefix("Government of ").split(" (")[0]
    if len(who) > MOST:
        who = who[:MOST].rsplit(" ", 1)[0] + "…"
    return f"{KINDS[row['who_type']]} · {who}, {row['reference_year']} [{row['id']}]"


def _rows(rows, _start=None):
    out = []
    for row in rows:
        name, low, mid, high = _name(row), row["low"], row["central"], row["high"]
        out.append(["name", low or mid or high, name, "", "", None])
        tip = f"{row['id']}: {row['definition']}; {row['source_org']}, {row['source_year']}"
        if row["id"] == "E30":
            out += [["suh", mid, name, "", tip, None], ["label", mid, name, "the report", tip, None]]
        elif low is not None and high is not None:
            out.append(["range", low, name, "", tip, high])
            if mid is not None:
                out.append(["single", mid, name, "", tip, None])
        elif mid is not None:
            out.append(["single", mid, name, "", tip, None])
        else:
            part, at, words = ("at least", low, "or more") if low is not None else ("at most", high, "or fewer")
            out += [[part, at, name, "", tip, None], ["label", at, name, words, tip, None]]
    return out


def spoken(row) -> str:
    """One estimate in words."""
    low, mid, high = (None if row[k] is None else number(row[k]) for k in ("low", "central", "high"))
    if low and high:
        figure = f"{low} to {high}"
    elif mid:
        figure = mid
    else:
        figure = f"{low} or more" if low else f"{high} or fewer"
    return f"{row['who']}, for {row['reference_year']}: {figure}"


def _picture(title: str, caption: str, lines: int) -> Picture:
    return Picture(
        title=title,
        columns=("part", "x", "y", "label", "tip", "x2"),
        draw=_draw,
        rows=_rows,
        words=lambda rows, start=None: (
            f"{title}. {len(rows)} figures." + (f" {'; '.join(map(spoken, rows))}." if rows else "")
        ),
        caption=caption,
        size=(400, 21 * lines),
    )


ESTIMATES = _picture(
    "Figures for North Koreans in China in print by 7 May 2002",
    "Bars: ranges; dots: single figures; triangles: or more, or fewer. Diamond: the report. Numbers in brackets are rows of the "
    "estimates table. The speakers mean different things by the number: some a stock, some everyone who passed through.",
    22,
)
ESTIMATES_SINCE = _picture(
    "Figures printed later for the years to 2003",
    "Bars: ranges; dots: single figures; triangles: or more, or fewer. Numbers in brackets are rows of the estimates table. "
    "The author could not have seen these.",
    17,
)

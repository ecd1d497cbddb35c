"""The pictures of the counting theme by the key of what they draw; the published estimates and the study of shapes."""

from __future__ import annotations

from suh2002.counting import charts_beliefs as beliefs
from suh2002.counting import charts_hosts as hosts
from suh2002.counting.curves import AS_DECLARED, WITHIN
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered, named
from tumen.charts.parts import dots, line, mark_at, names, span, text, told
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET
from tumen.core.words import amount, number

KINDS = {
    "government": "governments",
    "IGO": "UN bodies",
    "academic": "scholars",
    "NGO": "NGOs",
    "press": "press",
}
MOST = 40  # letters of a speaker's name beside a row


def _draw():
    ticks = (3_000, 10_000, 30_000, 100_000, 300_000)
    x = Axis("people (each step to the right multiplies)", 1_500, 500_000, log=True, ticks=ticks, form=",.0f").encoding(
        "x"
    )
    y = named(labelLimit=360, labelFontSize=11)
    data, tip = {"color": BASIS["data"], **told("row")}, told("row")
    return (
        names("name", x, y)
        + span("range", x, "x2:Q", y, width=7, **data)
        + dots("single", x, y, size=70, **data)
        + dots("at least", x, y, shape="triangle-right", size=80, **data)
        + dots("at most", x, y, shape="triangle-left", size=80, **data)
        + dots("suh", x, y, color=BASIS["report"], shape="diamond", size=130, **tip)
        + text("label", x, y, dx=9, size=11, color=INK)
    )


def _name(row):
    who = row["who"].split(",")[0].removeprefix("Government of ").split(" (")[0]
    if len(who) > MOST:
        who = who[:MOST].rsplit(" ", 1)[0] + "…"
    return f"{KINDS[row['who_type']]} · {who}, {row['reference_year']} [{row['id']}]"


def _rows(rows):
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
        words=lambda rows: f"{title}. {len(rows)} figures." + (f" {'; '.join(map(spoken, rows))}." if rows else ""),
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


TOP = 600_000
NAMED = 75  # how high on its curve a name stands, clear of the dotted lines


def _shapes_draw():
    x = Axis("ceiling, people", 0, TOP, form=",.0f", grid=False).encoding("x")
    y = Axis("cases with a ceiling no higher, in 100", 0, 100).encoding("y")
    blue = BASIS["report"]
    return layered(
        mark_at("figure", x, color=blue, dash=[2, 3]),
        text("figure", x, y, dx=4, dy=-8, color=blue),
        line("declared", x, y, width=3, order="y:Q"),
        line("flat", x, y, color=QUIET, order="y:Q"),
        dots("declared at", x, y),
        dots("flat at", x, y, filled=False, color=QUIET),
        text("left", x, y, align="right", dx=-9, dy=-5),
        text("right", x, y, dx=9, dy=6),
    )


def _shapes_rows(rows):
    out = []
    for row in rows:
        declared = row[WITHIN] == AS_DECLARED
        part = "declared" if declared else "flat"
        out += [[part, x, y, ""] for x, y in row["curve"]]
        low, high = row["shares"].items()
        for figure, share in (low, high):
            # the two curves cross between the figures, so the labels change sides
            side = "left" if declared == (figure == high[0]) else "right"
            out += [[f"{part} at", figure, share, ""], [side, figure, share, f"{number(share, 2)}"]]
        named = next(point for point in row["curve"] if point[1] >= NAMED)
        out.append(["left" if declared else "right", *named, row[WITHIN]])
    return [["figure", figure, 100, amount(figure)] for figure in rows[0]["shares"]] + out


def _words(rows) -> str:
    parts = []
    for row in rows:
        shares = [f"{number(share, 2)} in 100 cases it is at most {amount(f)}" for f, share in row["shares"].items()]
        parts.append(f"With {row[WITHIN]} within each range, in {' and in '.join(shares)}.")
    return f"How high the ceiling of the hosts is, over the same ranges. {' '.join(parts)}"


SHAPES = Picture(
    title="The ceiling over the same ranges, with middle values likelier and with all values alike",
    columns=("part", "x", "y", "label"),
    draw=_shapes_draw,
    rows=_shapes_rows,
    words=_words,
    caption=(
        "Each curve: in how many of 100 cases the ceiling is no higher than a number of people. Thick: middle values of every range "
        "are taken to be likelier; thin: every value alike. Dotted: the report's two figures. The ranges are the same in both, most "
        "of them assumptions of ours, and these shares say nothing on how likely anything was."
    ),
)


PICTURES = {
    "counting.ratio": hosts.RATIO,
    "counting.ceiling": hosts.CEILING,
    "counting.stock": hosts.STOCK,
    "counting.quiet": beliefs.QUIET,
    "counting.pool": beliefs.POOL,
    "counting.multiplier": beliefs.MULTIPLIER,
    "counting.recapture": beliefs.RECAPTURE,
    "counting.estimates": ESTIMATES,
    "counting.estimates_since": ESTIMATES_SINCE,
    "counting.shapes": SHAPES,
}

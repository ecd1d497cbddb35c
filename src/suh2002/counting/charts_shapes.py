"""How the study of shapes is drawn: two curves of the ceiling over the same ranges."""

from __future__ import annotations

from suh2002.counting.study import AS_DECLARED, WITHIN
from tumen.charts.lanes import layered
from tumen.charts.parts import dots, line, mark_at, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, QUIET
from tumen.core.words import amount, number

TOP = 600_000
NAMED = 75  # how high on its curve a name stands, clear of the dotted lines


def _draw():
    import altair as alt

    x = alt.X(
        "x:Q", title="ceiling, people", scale=alt.Scale(domain=[0, TOP]), axis=alt.Axis(format=",.0f", grid=False)
    )
    y = alt.Y("y:Q", title="cases with a ceiling no higher, in 100", scale=alt.Scale(domain=[0, 100]))
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


def _rows(rows, _start=None):
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


def _words(rows, _start=None) -> str:
    parts = []
    for row in rows:
        shares = [f"{number(share, 2)} in 100 cases it is at most {amount(f)}" for f, share in row["shares"].items()]
        parts.append(f"With {row[WITHIN]} within each range, in {' and in '.join(shares)}.")
    return f"How high the ceiling of the hosts is, over the same ranges. {' '.join(parts)}"


SHAPES = Picture(
    title="The ceiling over the same ranges, with middle values likelier and with all values alike",
    columns=("part", "x", "y", "label"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Each curve: in how many of 100 cases the ceiling is no higher than a number of people. Thick: middle values of every range "
        "are taken to be likelier; thin: every value alike. Dotted: the report's two figures. The ranges are the same in both, most "
        "of them assumptions of ours, and these shares say nothing on how likely anything was."
    ),
)

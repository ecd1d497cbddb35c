"""How aid and arrivals are drawn, compared in three ways."""

from __future__ import annotations

from suh2002.hindsight import curves
from suh2002.hindsight.aid import WAYS
from suh2002.hindsight.models_windows import signed
from tumen.charts.parts import dots, line, start_line, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET
from tumen.core.words import number

STEP, REACH = 7.0, 2.9  # from one panel to the next, and half a panel, in standard deviations
CORNER = ((-REACH, REACH), (-REACH, -REACH), (REACH, -REACH))
PANELS = {
    "levels": ("in levels: year by year", "kt of food aid →", "↑ arrivals, in logs"),
    "differences": ("in differences: year to year", "change of aid →", "↑ change of arrivals"),
    "with_break": ("around a trend that breaks", "aid off its trend →", "↑ arrivals off their trend"),
}


def _draw_three():
    import altair as alt

    x = alt.X("x:Q", title=None, scale=alt.Scale(domain=[-3.3, 2 * STEP + 3.3]), axis=None)
    y = alt.Y("y:Q", title=None, scale=alt.Scale(domain=[-3.7, 4.3]), axis=None)
    tip = [alt.Tooltip("label:N", title="year")]

    def words(dx, align, size, color, *places):
        there = alt.Chart(alt.Data(values=[dict(zip(("x", "y", "label"), p, strict=True)) for p in places]))
        return there.mark_text(align=align, dx=dx, fontSize=size, color=color).encode(x=x, y=y, text="label:N")

    middles = [(i * STEP, *panel) for i, panel in enumerate(PANELS.values())]
    frame = [{"x": i * STEP + a, "y": b, "i": i, "k": k} for i in range(3) for k, (a, b) in enumerate(CORNER)]
    return (
        alt.Chart(alt.Data(values=frame))
        .mark_line(color=QUIET, strokeWidth=1)
        .encode(x=x, y=y, detail="i:N", order="k:Q")
        + words(0, "center", 12, INK, *((m, 4.05, title) for m, title, _, _ in middles))
        + words(0, "center", 11, QUIET, *((m, -3.35, across) for m, _, across, _ in middles))
        + words(6, "left", 11, QUIET, *((m - REACH, REACH - 0.3, up) for m, _, _, up in middles))
        + start_line("start", x, y, detail="label:N")
        + line("slope", x, y, width=2.5, detail="label:N")
        + dots("year", x, y, filled=False, color=BASIS["data"], size=36, tooltip=tip)
        + dots("named", x, y, filled=False, color=BASIS["data"], size=36, tooltip=tip)
        + text("named", x, y, dx=6, size=10, color=QUIET)
        + text("r", x, y, dx=0, align="center", size=16)
    )


def _three_rows(now, start):
    rows = []
    clouds = curves.three_clouds(now)
    for i, way in enumerate(PANELS):
        middle = i * STEP
        rows.append(["r", middle, 3.3, f"correlation {signed(now[f'{way}_r'])}"])
        for part, r in (("slope", now), *((("start", start),) if now.inputs != start.inputs else ())):
            rows += [[part, middle + d, d * r[f"{way}_r"], str(i)] for d in (-REACH, REACH)]
        rows += _cloud(middle, **clouds[way])
    return rows


def _cloud(middle, years, aid, arrivals):
    """A panel's years; a year is named where its name meets no other."""
    rows, named = [], []
    for year, a, n in zip(years, aid, arrivals, strict=True):
        free = all(abs(a - x) > 0.9 or abs(n - y) > 0.28 for x, y in named)
        named += [(a, n)] if free else []
        rows.append(["named" if free else "year", middle + a, n, f"’{year % 100:02d}"])
    return rows


def _three_words(now, start):
    each = "; ".join(
        f"{WAYS[way]} {signed(now[f'{way}_r'])}, starting case {signed(start[f'{way}_r'])}, with "
        f"{number(now[way], 2)} log points for each 100 kt"
        for way in WAYS
    )
    return f"Aid across and arrivals up, three ways, each a cloud of years with its line. Correlations: {each}."


THREE_WAYS = Picture(
    title="Two series, three ways to compare them",
    columns=("part", "x", "y", "label"),
    draw=_draw_three,
    rows=_three_rows,
    words=_three_words,
    caption=(
        "Each dot is a year; across is food sent by the government in Seoul (grain, flour and beans in the table rok_aid, rows B204 to "
        "B225), up is the logarithm of arrivals, both in standard deviations, so that a line’s slope is the correlation. The window and "
        "the break are assumptions of ours."
    ),
)

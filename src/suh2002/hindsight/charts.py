"""The pictures of the hindsight theme by the key of what they draw; the break, the break years on trial, aid compared in three ways."""

from __future__ import annotations

import math

from suh2002.hindsight import charts_graph as graph
from suh2002.hindsight import charts_ledger as ledger
from suh2002.hindsight import curves, models, models_windows
from suh2002.hindsight.models import counted
from suh2002.hindsight.models_windows import WAYS, signed
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.lanes import plane
from tumen.charts.marks import Each, Line, Note, Rule
from tumen.charts.parts import dots, line, start_line, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET, START
from tumen.core.words import number

DOTTED = (2, 3)
FIRST, LAST, TOP = 1997.5, 2029.5, 200_000
APART = 0.14  # the least distance of two labels, in powers of ten: a line of words

# --- the break -------------------------------------------------------------------------------


def _both_sides(result, _axis):
    """The fitted line by its four ends: straight on a scale where each step multiplies."""
    drawn = curves.lines(result)
    after = int(result["break_year"] - result["first_year"])
    ends = [0, after - 1, after, -1]
    return drawn["years"][ends], drawn["fitted"][ends], ("before", "before", "after", "after")


def _carried(own):
    """The trends before, carried on past the break, each by its two ends: that of this window, or those of other windows."""

    def along(result, _axis):
        lines = [(first, line) for first, line in curves.fan(result).items() if (first == result["first_year"]) == own]
        return zip(
            *((years[i], people[i], str(first)) for first, (years, people) in lines for i in (0, -1)), strict=True
        )

    return along


def _names(own):
    """Where a trend carried on ends, with its first year, as far as there is room; this window's first."""

    def places(result):
        mine, found, ends = int(result["first_year"]), [], []
        lines = curves.fan(result)
        for first in (mine, *(f for f in lines if f != mine)):
            years, people = lines[first]
            end = min(people[-1], 0.9 * TOP)
            if all(abs(math.log10(end / other)) >= APART for other in ends):
                ends.append(end)
                found += [(years[-1], end, f"from {first}{': this window' * own}")] if (first == mine) == own else []
        return found

    return places


def _counted(inside):
    """The counted arrivals inside the window, or outside it."""

    def places(result):
        within = result["first_year"], result["last_year"]
        return [
            (year, year, people, "", f"{year:.0f}: {people:,.0f} arrivals")
            for year, people in zip(*counted(result.model.tables), strict=True)
            if (within[0] <= year <= within[1]) == inside
        ]

    return places


def _break_words(now, start):
    lines = curves.fan(now)
    ends = {first: people[-1] for first, (_, people) in lines.items()}
    return (
        f"Arrivals a year on a scale where each step multiplies. From {now['break_year']:.0f} the fitted level is "
        f"{number(now['level_ratio'], 2)} times the trend before (starting case {number(start['level_ratio'], 2)}). Carried on to "
        f"{now['last_year']:.0f}, the trend would give, by first year of the window: "
        + ", ".join(f"{first} {number(end)}" for first, end in ends.items())
        + f". Counted were {number(curves.lines(now)['counted'][-1], 4)}."
    )


GREY = {"color": START, "width": 1, "dash": DOTTED, "pieces": True, "begins": False}
SEEN = {"color": BASIS["data"], "label": False, "tip": "year"}

BREAK = declared(
    models.BREAK,
    "One break, six first years",
    # room for the name of the trend carried on, however late the window ends
    Axis("year", FIRST, LAST + 3, form="d", grid=False, ticks=range(2000, 2026, 5)),
    Axis(
        "arrivals a year (each step up multiplies)",
        40,
        TOP,
        log=True,
        ticks=(100, 1_000, 10_000, 100_000),
        form=",.0f",
    ),
    Rule("break", x=lambda r: r["break_year"] - 0.5, dash=(1, 4)),
    Note("break", places=lambda r: [(r["break_year"] - 0.5, 55, "break")], off=(5, 0), color=QUIET, letters=12),
    Line("fan", _carried(False), **GREY),
    Line("carried", _carried(True), **GREY | {"color": INK, "width": 2}),
    Line("fitted", _both_sides, width=2.5, pieces=True),
    Each("out", _counted(False), filled=False, size=34, **SEEN),
    Each("in", _counted(True), size=42, **SEEN),
    Note("fan", places=_names(False), off=(5, 0), color=QUIET, letters=11),
    Note("own", places=_names(True), off=(5, 0), letters=12),
    words=_break_words,
    numbers="Dots: counted arrivals, filled inside the window (rows A41, A42, A44, A45, A03 to A25 and A28 of the arrivals table). Thick: the "
    "fitted line on each side. Dotted: the trend before, carried on, for this window and, grey, for windows with other first "
    "years. Break and window are assumptions of ours.",
    size=(560, 375),
)

# --- the scan ----------------------------------------------------------------------------------

FLOOR, MISFIT_TOP = 0.7, 7
RATIOS = "level after the break, times the trend before, if it is put in that year:"


def _stems(result, _axis):
    found = curves.every_break(result)
    tops = [min(misfit, MISFIT_TOP) for misfit in found["misfit"]]
    ends = [(at, end, str(at)) for at, top in zip(found["break_year"], tops, strict=True) for end in (FLOOR, top)]
    return zip(*ends, strict=True)


def _misfits(best):
    """A place for the best break year, or for each of the others."""

    def places(result):
        found = curves.every_break(result)
        return [
            (at, at, misfit, "best" * best)
            for at, misfit in zip(found["break_year"], found["misfit"], strict=True)
            if (at == result["best_year"]) == best
        ]

    return places


def _ratios(result):
    found = curves.every_break(result)
    return [
        (at, MISFIT_TOP * 0.93, number(r, 2)) for at, r in zip(found["break_year"], found["level_ratio"], strict=True)
    ]


def _scan_words(now, start):
    found = curves.every_break(now)
    each = ", ".join(f"{at} {number(m)} ({number(r, 2)})" for at, m, r in zip(*found.values(), strict=True))
    return (
        f"For each break year, what it leaves unexplained against the best year, and in brackets the level after the break in "
        f"times the trend before: {each}. Best: {now['best_year']:.0f} (starting case {start['best_year']:.0f})."
    )


SCAN = declared(
    models_windows.SCAN,
    "Every break year on trial",
    Axis("first year after the break", 2003.2, 2017.8, form="d", grid=False, ticks=range(2004, 2018)),
    Axis("left unexplained, times the best", FLOOR, MISFIT_TOP, ticks=(1, 2, 3, 4, 5, 6)),
    Line("stem", _stems, color=QUIET, width=1.2, pieces=True, begins=False),
    Each("year", _misfits(False), filled=False, label=False, begins=True),
    Each("best", _misfits(True), size=140, letters=13, begins=True),
    Note("ratio", places=_ratios, align="center", color=QUIET, letters=11),
    Note("ratio title", RATIOS, at=(2003.4, MISFIT_TOP * 0.985), color=QUIET, letters=11),
    words=_scan_words,
    note="Low is good: each stem is what a break in that year leaves unexplained, against the best year (filled). Numbers at the top: "
    "the level each would report. Arrivals as in the picture of the break; the window is an assumption of ours.",
    numbers="",
)


STEP, REACH = 7.0, 2.9  # from one panel to the next, and half a panel, in standard deviations
CORNER = ((-REACH, REACH), (-REACH, -REACH), (REACH, -REACH))
PANELS = {
    "levels": ("in levels: year by year", "kt of food aid →", "↑ arrivals, in logs"),
    "differences": ("in differences: year to year", "change of aid →", "↑ change of arrivals"),
    "with_break": ("around a trend that breaks", "aid off its trend →", "↑ arrivals off their trend"),
}


def _draw_three():
    import altair as alt

    x, y = plane((-3.3, 2 * STEP + 3.3), (-3.7, 4.3))
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


PICTURES = {
    "hindsight.break": BREAK,
    "hindsight.scan": SCAN,
    "hindsight.three_ways": THREE_WAYS,
    "hindsight.graph": graph.GRAPH,
    "hindsight.then": ledger.THEN,
    "hindsight.since": ledger.SINCE,
    "hindsight.carried": ledger.CARRIED,
    "hindsight.known": ledger.KNOWN,
}

"""How the break and the break years on trial are drawn."""

from __future__ import annotations

import math

from suh2002.hindsight import curves
from suh2002.hindsight.models import counted
from tumen.charts.parts import dots, line, mark_at, start_line, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET, START
from tumen.core.words import number

DOTTED = [2, 3]
FIRST, LAST, TOP = 1997.5, 2029.5, 200_000
APART = 0.14  # the least distance of two labels, in powers of ten

# --- the break -------------------------------------------------------------------------------


def _years(x: str = "x:Q", low: float = FIRST, high: float = LAST, values=range(2000, 2026, 5)):
    import altair as alt

    return alt.X(
        x, title="year", scale=alt.Scale(domain=[low, high]), axis=alt.Axis(format="d", grid=False, values=list(values))
    )


def _draw_break():
    import altair as alt

    x = _years(high=LAST + 3)  # room for the name of the trend carried on, however late the window ends
    y = alt.Y(
        "y:Q",
        title="arrivals a year (each step up multiplies)",
        scale=alt.Scale(type="log", domain=[40, TOP]),
        axis=alt.Axis(values=[100, 1_000, 10_000, 100_000], format=",.0f"),
    )
    tip = [alt.Tooltip("x:Q", title="year", format="d"), alt.Tooltip("y:Q", title="arrivals", format=",.0f")]
    carried = {"order": "x:Q", "color": START, "width": 1, "detail": "group:N"}
    return (
        mark_at("break", x, color=QUIET, dash=[1, 4])
        + line("fan", x, y, **carried).encode(strokeDash=alt.value(DOTTED))
        + start_line("start line", x, y, detail="group:N")
        + line("carried", x, y, color=INK, width=2).encode(strokeDash=alt.value(DOTTED))
        + line("fitted", x, y, width=2.5, detail="group:N")
        + dots("out", x, y, filled=False, color=BASIS["data"], size=34, tooltip=tip)
        + dots("in", x, y, color=BASIS["data"], size=42, tooltip=tip)
        + text("fan label", x, y, dx=5, size=11, color=QUIET)
        + text("own label", x, y, dx=5, size=12)
        + text("break label", x, y, dx=5, size=12, color=QUIET)
    )


def _both_sides(part, result):
    """The fitted line by its four ends: straight on a scale where each step multiplies."""
    drawn = curves.lines(result)
    ends = [(year, people) for year, people in zip(drawn["years"], drawn["fitted"], strict=True)]
    after = int(result["break_year"] - result["first_year"])
    sides = {"a": (ends[0], ends[after - 1]), "b": (ends[after], ends[-1])}
    return [[part, *end, "", side] for side, both in sides.items() for end in both]


def _fan_rows(now):
    """The trends carried on, each by its two ends, and their names where there is room."""
    rows, labels = [], []
    lines = curves.fan(now)
    own = int(now["first_year"])
    for first in (own, *(f for f in lines if f != own)):
        years, people = lines[first]
        mine = first == own
        rows += [["carried" if mine else "fan", years[i], people[i], "", str(first)] for i in (0, -1)]
        end = min(people[-1], TOP)
        if all(abs(math.log10(end / other)) >= APART for other in labels):
            labels.append(end)
            said = f"from {first}: this window" if mine else f"from {first}"
            rows.append(["own label" if mine else "fan label", years[-1], end, said])
    return rows


def _break_rows(now, start):
    rows = [["break", now["break_year"] - 0.5], ["break label", now["break_year"] - 0.5, 55, "break"]]
    if now.inputs != start.inputs:
        rows += _both_sides("start line", start)
    rows += _fan_rows(now) + _both_sides("fitted", now)
    years, people = counted()
    for year, n in zip(years, people, strict=True):
        part = "in" if now["first_year"] <= year <= now["last_year"] else "out"
        rows.append([part, year, n])
    return rows


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


BREAK = Picture(
    title="One break, six first years",
    columns=("part", "x", "y", "label", "group"),
    draw=_draw_break,
    rows=_break_rows,
    words=_break_words,
    caption=(
        "Dots: counted arrivals, filled inside the window (rows A41, A42, A44, A45, A03 to A25 and A28 of the arrivals table). Thick: the "
        "fitted line on each side. Dotted: the trend before, carried on, for this window and, grey, for windows with other first "
        "years. Break and window are assumptions of ours."
    ),
)

# --- the scan ----------------------------------------------------------------------------------

FLOOR, MISFIT_TOP = 0.7, 7
RATIOS = "level after the break, times the trend before, if it is put in that year:"


def _draw_scan():
    import altair as alt

    x = _years(low=2003.2, high=2017.8, values=range(2004, 2018))
    x.title = "first year after the break"
    y = alt.Y(
        "y:Q",
        title="left unexplained, times the best",
        scale=alt.Scale(domain=[FLOOR, MISFIT_TOP]),
        axis=alt.Axis(values=[1, 2, 3, 4, 5, 6]),
    )
    return (
        line("stem", x, y, color=QUIET, width=1.2, detail="label:N")
        + dots("start", x, y, filled=False, color=START, shape="diamond", size=60)
        + dots("year", x, y, filled=False, size=80)
        + dots("best", x, y, size=140)
        + text("ratio", x, y, dx=0, align="center", size=11, color=QUIET)
        + text("ratio title", x, y, dx=0, align="left", size=11, color=QUIET)
        + text("best label", x, y, dx=0, dy=-14, align="center", size=13)
    )


def _scan_rows(now, start):
    found = curves.every_break(now)
    rows = [["ratio title", 2003.4, MISFIT_TOP * 0.985, RATIOS]]
    for at, misfit, ratio in zip(*found.values(), strict=True):
        rows += [["stem", at, FLOOR, str(at)], ["stem", at, min(misfit, MISFIT_TOP), str(at)]]
        best = at == now["best_year"]
        rows.append(["best" if best else "year", at, misfit, ""])
        rows.append(["ratio", at, MISFIT_TOP * 0.93, number(ratio, 2)])
        if best:
            rows.append(["best label", at, misfit, "best"])
    if now.inputs != start.inputs:
        before = curves.every_break(start)
        rows += [["start", at, m, ""] for at, m in zip(before["break_year"], before["misfit"], strict=True)]
    return rows


def _scan_words(now, start):
    found = curves.every_break(now)
    each = ", ".join(f"{at} {number(m)} ({number(r, 2)})" for at, m, r in zip(*found.values(), strict=True))
    return (
        f"For each break year, what it leaves unexplained against the best year, and in brackets the level after the break in "
        f"times the trend before: {each}. Best: {now['best_year']:.0f} (starting case {start['best_year']:.0f})."
    )


SCAN = Picture(
    title="Every break year on trial",
    columns=("part", "x", "y", "label"),
    draw=_draw_scan,
    rows=_scan_rows,
    words=_scan_words,
    caption=(
        "Low is good: each stem is what a break in that year leaves unexplained, against the best year (filled). Numbers at the top: "
        "the level each would report. Grey diamonds: the starting case. Arrivals as in the picture of the break; the window is an assumption of ours."
    ),
)

"""How two codings of the rule are drawn: each with what it found, and below them where they part."""

from __future__ import annotations

from suh2002.flows import coding
from suh2002.flows.charts_rule import WATCHED, _times, _years, axes
from suh2002.flows.models_codings import years_said
from suh2002.flows.series import YEARS
from tumen.charts.lanes import layered
from tumen.charts.parts import dots, level, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, INK, QUIET, RULE, START
from tumen.core.words import number

COLUMNS = ("part", "x", "y", "label")
WIDTH, HEIGHT = 620, 330
FIRST = 1992.0  # room on the left for the names of the lanes
TOPS = {"first": 20, "second": 142}  # where each coding begins, in pixels
STEP, APART = 24, 276


def _draw():
    x, y = axes(HEIGHT, FIRST)
    return layered(
        level("line", y, color=RULE),
        dots("enough", x, y, shape="square", size=75, color=BASIS["data"]),
        dots("rising", x, y, shape="triangle-up", size=75),
        dots("fires", x, y, shape="diamond", size=170),
        dots("start fires", x, y, shape="diamond", size=60, filled=False, color=START),
        dots("apart", x, y, shape="cross", size=170),
        text("year", x, y, align="center", dx=0, dy=19, size=11, color=INK),
        text("heading", x, y, dx=0, size=12),
        text("lane", x, y, dx=0, dy=-7, size=11, color=QUIET),
    )


def _coding(now, coder: str) -> str:
    v = {part: now[f"{coder}_{part}"] for part in ("indicator", "counted", "threshold", "window", "rises")}
    return (
        f"{coder} coding: {number(v['threshold'], 4)} kt of {v['counted']} in {_years(v['window'])}; {WATCHED[v['indicator']]}, up "
        f"{_times(v['rises'])}"
    )


def _found(now, coder: str):
    """For each of a coder's three lanes, whether it is so in each year."""
    watched = coding.indicator_series(now[f"{coder}_indicator"], now["aid_effect"], now["variant"], now["stocks"])
    aid = coding.aid_in_window(now[f"{coder}_window"], now[f"{coder}_counted"])[0]
    fires = [year in now[f"years_{coder}"] for year in YEARS]
    rising = coding.rises_in_a_row(watched)[0] >= now[f"{coder}_rises"]
    return {"enough": aid >= now[f"{coder}_threshold"], "rising": rising, "fires": fires}


NAMES = {"enough": "enough aid", "rising": "still rising", "fires": "it fires"}


def _rows(now, start):
    rows = []
    for coder, top in TOPS.items():
        rows.append(["heading", FIRST, top, _coding(now, coder)])
        for i, (part, found) in enumerate(_found(now, coder).items(), start=1):
            height = top + STEP * i
            rows.append(["lane", FIRST, height, NAMES[part]])
            rows.append(["line", FIRST, height])
            rows += [[part, year, height] for year, so in zip(YEARS, found, strict=True) if so]
        if now.inputs != start.inputs:
            rows += [["start fires", year, top + STEP * 3 + 16] for year in start[f"years_{coder}"]]
            rows.append(["lane", FIRST, top + STEP * 3 + 16, "starting case"])
    rows += [["line", FIRST, APART], ["lane", FIRST, APART, "they disagree"]]
    rows += [["apart", year, APART] for year in now["years_apart"]]
    return rows + [["year", year, APART, str(year)] for year in _roomy(now["years_apart"])]


def _roomy(years):
    """The years whose names have room beside each other."""
    out = []
    for year in years:
        if not out or year - out[-1] >= 2:
            out.append(year)
    return out


def _words(now, start):
    return (
        f"Two codings from {YEARS[0]} to {YEARS[-1]}. {_coding(now, 'first').capitalize()}: fires {years_said(now['years_first'])}. "
        f"{_coding(now, 'second').capitalize()}: fires {years_said(now['years_second'])}. They disagree {years_said(now['years_apart'])} "
        f"(starting case: {years_said(start['years_apart'])})."
    )


CODINGS = Picture(
    title="Two codings of one rule, side by side",
    columns=COLUMNS,
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "For each coding: a square where aid is enough, a triangle where its number still rises, a diamond where both are so and it fires. "
        "Crosses: years in which one coding fires and the other does not. Both codings are ours; the report names no number, amount or clock."
    ),
    size=(WIDTH, HEIGHT),
)

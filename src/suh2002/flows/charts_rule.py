"""How the rule is drawn: enough aid, a number that still rises, the years in which both are so, and two codings side by side."""

from __future__ import annotations

import numpy as np

from suh2002.flows import curves, models_year, scenario
from suh2002.flows.models_year import years_said
from suh2002.flows.series import YEARS
from tumen.charts.axis import Axis, Names
from tumen.charts.declared import declared
from tumen.charts.lanes import layered, plane
from tumen.charts.marks import Each, Note
from tumen.charts.parts import DASH, HALO, block, dots, line, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import BASIS, PAPER, QUIET, START
from tumen.core import once
from tumen.core.words import number

COLUMNS = ("part", "x", "y", "label", "x2", "y2")
WIDTH, HEIGHT = 620, 332
FIRST, LAST = 1997.2, 2025.8
AID_FOOT, AID_ROOM, MOST_AID = 128, 86, 2_200  # the lane of aid: its foot and height in pixels, kt at its top or more
NUMBER_FOOT, NUMBER_ROOM = 246, 78
FIRES = 282
WATCHED = {
    "arrivals": "arrivals, as counted",
    "present": "people in China, as modelled",
    "crossings": "crossings, as modelled",
}


def axes(height: int, first: float = FIRST):
    """Years across; lanes in pixels from the top, which have no axis."""
    years = Axis("year", first, LAST, form="d", grid=False, ticks=range(1998, 2025, 2))
    return years.encoding("x"), plane((first, LAST), (height, 0))[1]


def _draw():
    x, y = axes(HEIGHT)
    return layered(
        block("enough", x, y, color=BASIS["data"]),
        block("short", x, y, fill=PAPER, stroke=BASIS["data"], strokeWidth=1.2),
        span("threshold", x, "x2:Q", y, width=1, dash=DASH),
        text("threshold label", x, y, align="right", dx=0, dy=-9),
        *(text("aid", x, y, align="center", dx=0, dy=-7, size=10, **look) for look in (HALO, {"color": QUIET})),
        line("other", x, y, color=QUIET, width=1),
        line("seen", x, y, width=2),
        dots("rising", x, y, shape="triangle-up", size=70),
        dots("flat", x, y, shape="circle", size=14, color=QUIET),
        text("peak", x, y, dx=6, dy=-9, size=11),
        dots("fires", x, y, shape="diamond", size=190),
        dots("no", x, y, shape="square", size=22, color=QUIET, filled=False),
        dots("start fires", x, y, shape="diamond", size=90, filled=False, color=START),
        text("lane", x, y, dx=0, size=12),
        text("start label", x, y, dx=0, size=11, color=QUIET),
    )


def _aid_rows(now, at):
    rows, labelled = [], {}
    most = max(MOST_AID, now.model.quantity("threshold").high, now["threshold"])
    for year, kt in zip(at["years"], at["aid_in_window"], strict=True):
        if not kt:
            continue
        top = round(AID_FOOT - AID_ROOM * min(kt, most) / most, 1)
        rows.append(["enough" if kt >= now["threshold"] else "short", year - 0.38, AID_FOOT, "", year + 0.38, top])
        if kt == at["aid_in_window"][max(year - YEARS[0] - 1, 0)] and year > YEARS[0]:
            continue  # said once for years in a row
        close = kt >= 1_000 and abs(labelled.get(year - 1, 0) - top) <= 11  # four digits are wider than a year
        labelled[year] = labelled[year - 1] - 11 if close else top
        rows.append(["aid", year, labelled[year], number(kt, 4 if kt >= 1_000 else 3)])
    cut = f"; cut at {number(most)}" if max(at["aid_in_window"]) > most else ""
    line_at = round(AID_FOOT - AID_ROOM * now["threshold"] / most, 1)
    said = f"enough: {number(now['threshold'], 4)} kt in {_years(now['window'])}"
    return [
        *rows,
        ["threshold", FIRST, line_at, "", LAST],
        ["threshold label", LAST, line_at, said],
        ["lane", FIRST + 0.1, 14, f"aid of the year and the {_before(now['window'])}: {now['counted']}, kt{cut}"],
    ]


def _years(n: float) -> str:
    return "one year" if int(n) == 1 else f"{int(n)} years"


def _before(n: float) -> str:
    return "years before it" if int(n) < 2 else f"{int(n) - 1} before it"


def _number_rows(now, at):
    series, other = at["indicator"], curves.same_by_the_other_count(now)
    both = series if other is None else np.concatenate([series, other])
    scale = NUMBER_ROOM / float(both.max())
    rows = [["seen", year, round(NUMBER_FOOT - scale * n, 1)] for year, n in zip(YEARS, series, strict=True)]
    if other is not None:
        rows += [["other", year, round(NUMBER_FOOT - scale * n, 1)] for year, n in zip(YEARS, other, strict=True)]
    for year, n, risen in zip(YEARS, series, at["rises"], strict=True):
        if risen >= now["rises"] or other is None:  # a counted year may be a dot; people in hiding are never one
            rows.append(["rising" if risen >= now["rises"] else "flat", year, round(NUMBER_FOOT - scale * n, 1)])
    top = int(series.argmax())
    rows.append(["peak", YEARS[top], NUMBER_FOOT - scale * series[top], number(series[top], 4 if other is None else 3)])
    thin = "; thin: by the other count" if other is not None else ""
    said = f"{WATCHED[now['indicator']]}{thin}; triangles: up {_times(now['rises'])}"
    return [*rows, ["lane", FIRST + 0.1, NUMBER_FOOT - NUMBER_ROOM - 26, said]]


def _times(n: float) -> str:
    return "on the year before" if int(n) == 1 else f"{int(n)} years running"


def _rows(now, start):
    at = curves.rule_timeline(now)
    rows = _aid_rows(now, at) + _number_rows(now, at)
    for year, fires in zip(YEARS, at["fires"], strict=True):
        rows.append(["fires" if fires else "no", year, FIRES])
    rows.append(["lane", FIRST + 0.1, FIRES - 20, f"the rule fires {years_said(now['years'])}"])
    if now.inputs != start.inputs:
        before = curves.rule_timeline(start)["fires"]
        rows += [["start fires", year, FIRES + 28] for year, fires in zip(YEARS, before, strict=True) if fires]
        rows.append(["start label", YEARS[10], FIRES + 28, "fires in the starting case"])
    return rows


def _words(now, start):
    at = curves.rule_timeline(now)
    enough = [str(y) for y, kt in zip(YEARS, at["aid_in_window"], strict=True) if kt >= now["threshold"]]
    rising = [str(y) for y, n in zip(YEARS, at["rises"], strict=True) if n >= now["rises"]]

    def said(years):
        return ", ".join(map(str, years)) or "no year"

    return (
        f"A time line from {YEARS[0]} to {YEARS[-1]}. Aid ({now['counted']}) reaches {number(now['threshold'], 4)} kt in "
        f"{_years(now['window'])} in {said(enough)}. {WATCHED[now['indicator']].capitalize()}, is up {_times(now['rises'])} in "
        f"{said(rising)}. Both, so the rule fires: {said(now['years'])} (starting case: {said(start['years'])})."
    )


RULE = Picture(
    title="One coding of the rule on a time line",
    columns=COLUMNS,
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Top: aid the government in Seoul sent in the years of the window, in thousand tonnes; filled: enough. Middle: the number watched, on its "
        "own scale, with a triangle where it has risen often enough. Below: a diamond where both are so. Amount, clock and number are "
        "ours; the report names none. Aid: rows of rok_aid; arrivals: the ministry's table, before 2002 as printed at the time."
    ),
    size=(WIDTH, HEIGHT),
)


CODERS, APART = ("first", "second"), "they disagree"
FOUND = {"enough": "enough aid", "rising": "still rising", "fires": "it fires"}


def _lane(coder: str, found: str = "") -> str:
    return f"{FOUND.get(found, f'{coder} coding')}{' ' * CODERS.index(coder)}"  # no two lanes may have one name


LANES = [*(_lane(coder, found) for coder in CODERS for found in ("", *FOUND)), APART]


def _coding(now, coder: str) -> str:
    v = {part: now[f"{coder}_{part}"] for part in ("indicator", "counted", "threshold", "window", "rises")}
    return (
        f"{coder} coding: {number(v['threshold'], 4)} kt of {v['counted']} in {_years(v['window'])}; {WATCHED[v['indicator']]}, up "
        f"{_times(v['rises'])}"
    )


@once
def _found(now, coder: str):
    """For each of a coder's three lanes, whether it is so in each year."""
    tables = now.model.tables
    watched = scenario.indicator_series(
        tables, now[f"{coder}_indicator"], now["aid_effect"], now["variant"], now["stocks"]
    )
    aid = scenario.aid_in_window(tables, now[f"{coder}_window"], now[f"{coder}_counted"])[0]
    fires = [year in now[f"years_{coder}"] for year in YEARS]
    rising = scenario.rises_in_a_row(watched)[0] >= now[f"{coder}_rises"]
    return {"enough": (aid >= now[f"{coder}_threshold"]).tolist(), "rising": rising.tolist(), "fires": fires}


def _so(part):
    """A place for each year in which something is so, in the lane of each coding."""

    def places(now):
        found = [
            (year, _lane(c, part)) for c in CODERS for year, so in zip(YEARS, _found(now, c)[part], strict=True) if so
        ]
        return [(year, year, lane, "") for year, lane in found]

    return places


def _roomy(now):
    """The years in which they disagree that have room beside each other."""
    out = []
    for year in now["years_apart"]:
        if not out or year - out[-1] >= 2:
            out.append(year)
    return [(year, APART, str(year)) for year in out]


def _codings_words(now, start):
    return (
        f"Two codings from {YEARS[0]} to {YEARS[-1]}. {_coding(now, 'first').capitalize()}: fires {years_said(now['years_first'])}. "
        f"{_coding(now, 'second').capitalize()}: fires {years_said(now['years_second'])}. They disagree {years_said(now['years_apart'])} "
        f"(starting case: {years_said(start['years_apart'])})."
    )


MARK = {"label": False}
CODINGS = declared(
    models_year.CODINGS,
    "Two codings of one rule, side by side",
    Axis("year", 1997.2, 2025.8, ticks=range(1998, 2025, 2), form="d", grid=False, nice=False),
    Names(lambda _: LANES, padding=0.8),
    Note("coding", places=lambda r: [(1997.5, _lane(c), _coding(r, c).partition(": ")[2]) for c in CODERS], letters=12),
    Each("enough", _so("enough"), shape="square", size=75, color=BASIS["data"], **MARK),
    Each("rising", _so("rising"), shape="triangle-up", size=75, **MARK),
    Each("fires", _so("fires"), shape="diamond", size=170, begins=True, **MARK),
    Each("apart", lambda r: [(y, y, APART, "") for y in r["years_apart"]], shape="cross", size=170, **MARK),
    Note("year", places=_roomy, align="center", off=(0, 19), letters=11),
    words=_codings_words,
    numbers="For each coding: a square where aid is enough, a triangle where its number still rises, a diamond where both are so and it fires. "
    "Crosses: years in which one coding fires and the other does not. Both codings are ours; the report names no number, amount or clock.",
    size=(620, 330),
)

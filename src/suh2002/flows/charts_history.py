"""How the history of flows is drawn: arrivals as counted and as modelled, and the crossings nobody counts."""

from __future__ import annotations

from functools import partial
from math import inf

import numpy as np

from suh2002.flows import curves, models
from suh2002.flows.series import YEARS
from suh2002.flows.stockflow import STEPS
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.marks import Each, Line, Rule
from tumen.charts.note import Note
from tumen.charts.style import BASIS, QUIET
from tumen.core.words import number

LOW, TOP = 20, 60_000


def years(end: float) -> Axis:
    """The axis of years, with room for words behind the last of them."""
    return Axis("year", 1997.3, end, form="d", grid=False, ticks=range(2000, 2025, 5))


def axis_of_people(title: str, low: float, top: float) -> Axis:
    """The axis of people a year, on which each step up multiplies."""
    ticks = [v for v in (10, 100, 1_000, 10_000, 100_000) if low <= v <= top]
    return Axis(f"{title} (each step up multiplies)", low, top, log=True, ticks=ticks, form=",.0f")


def yearly(result, _axis, series: str):
    """What a line of one of a result's yearly series runs through; what lies below the picture stays below it."""
    return YEARS, np.maximum(result[series], 1.0)


def counted_dots(observed) -> tuple[Each, Each]:
    """The counted arrivals, rows of the table that `observed(result)` gives: filled the ministry's, hollow as printed at the time."""

    def dots(result, revised):
        rows = [r for r in observed(result) if (r["series"] == "main_revised") == revised]
        return [(r["start_year"],) * 2 + (r["total"], "", f"{r['id']}: {r['total']:,.0f}") for r in rows]

    look = {"color": BASIS["data"], "size": 40, "label": False, "tip": "row of arrivals"}
    return (
        Each("counted", partial(dots, revised=True), **look),
        Each("printed", partial(dots, revised=False), filled=False, **look),
    )


def _comes(step: str):
    """When a step of enforcement comes, on the axis of years; one left out comes nowhere."""
    return lambda result: curves.steps(result).get(step, inf) - 0.5


def _tightened(result):
    return [(year - 0.5, TOP / 1.4, "tightened as in 2012") for year in [curves.steps(result).get("step_2012")] if year]


def _words(now, start):
    def peak(series, digits=3):
        return f"{number(max(series), digits)} in {YEARS[int(np.argmax(series))]}"

    seen = [r["total"] for r in curves.observed(now.model.tables)]
    return (
        f"Arrivals and crossings a year on a scale where each step multiplies. Modelled arrivals add up to "
        f"{number(now['arrivals'].sum())} from {YEARS[0]} to {YEARS[-1]} (starting case {number(start['arrivals'].sum())}; counted "
        f"{number(sum(seen), 5)}) and peak at {peak(now['arrivals'])}; counted arrivals peak at {peak(seen, 4)}. Modelled crossings "
        f"peak at {peak(now['crossings'])}, and nobody counts them."
    )


HISTORY = declared(
    models.HISTORY,
    "Arrivals as counted and as modelled, and the crossings nobody counts",
    years(2032.5),
    axis_of_people("people a year", LOW, TOP),
    *(Rule(name, x=_comes(name), dash=(6, 4) if name.startswith("relief") else (1, 4)) for name in STEPS),
    Note("tightened", places=_tightened, off=(4, 0), color=QUIET, letters=11),
    Line(
        "crossings", partial(yearly, series="crossings"), label="crossings, modelled", width=1.5, size=12, yearly=True
    ),
    Line("arrivals", partial(yearly, series="arrivals"), label="arrivals, modelled", width=3, size=12, yearly=True),
    *counted_dots(lambda result: curves.observed(result.model.tables)),
    words=_words,
    numbers="Dots: arrivals as counted, filled from the ministry's revised table, hollow as printed at the time (1998 to 2001; rows A41, "
    "A42, A44, A45). Thick: arrivals by the model; thin: crossings by the model. Dotted uprights: the border is tightened as fitted; "
    "dashed upright: eased. Nothing of 2025 is in it.",
)

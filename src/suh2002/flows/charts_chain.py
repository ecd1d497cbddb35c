"""How the chain of people who follow people is drawn, and how settling is: who came, who waits, what grant they were given."""

from __future__ import annotations

from functools import partial

import numpy as np

from suh2002.flows import curves, models, models_year
from suh2002.flows.series import YEARS
from tumen.charts.axis import Axis, swept
from tumen.charts.declared import declared
from tumen.charts.marks import Dot, Each, Line, Rule
from tumen.charts.note import Note
from tumen.charts.style import BASIS, INK, QUIET
from tumen.core.words import number


def _fitted(result):
    """The fitted years on the line; one that lies on the year before it shares that one's words."""
    out = []
    for year, e, brings in curves.fitted_chain(result):
        said = str(year)
        if out and abs(e - out[-1][0]) < 0.2:
            said, out[-1] = f"{out[-1][3]}, {year}", (*out[-1][:3], "")
        out.append((e, e, brings, said))
    return out


REPRODUCTION = declared(
    models.REPRODUCTION,
    "What each arrival brings, against one",
    Axis(
        "enforcement added since 1998, log points: 0.7 halves passage, 1.4 quarters it",
        -0.12,
        4.25,
        follows=("enforcement",),
        ticks=(0, 1, 2, 3, 4),
        grid=False,
    ),
    Axis(
        "further arrivals each one brings (each step up multiplies)", 0.02, 30, log=True, ticks=(0.1, 1, 10), form="~g"
    ),
    Rule("one", "above one: grows by itself", y=1, color=INK, side="above"),
    Rule("below", "below one: dies out by itself", y=1, color=INK, side="below"),
    Rule("turn", "one at {enforcement_at_one}", x="enforcement_at_one", dash=(1, 4), size=11),
    Line(
        "brings", swept("enforcement", "reproduction", 5), "further arrivals each arrival brings in the end", width=2.5
    ),
    Dot(
        "here",
        "enforcement",
        "reproduction",
        "in this setting each brings {reproduction}",
        ("your setting above one", "your setting below one"),
        holds=lambda r: r["reproduction"] > 1,
        size=140,
    ),
    Each(
        "fitted",
        _fitted,
        "diamonds: the years in which enforcement changed, by the fit of the history (flows_fits:F04)",
        filled=False,
        color=QUIET,
        shape="diamond",
        size=60,
        letters=11,
    ),
    guess={"reproduction": "y", "enforcement_at_one": "x"},
    known=("one", "below"),
    also={"fitted": lambda r: ", ".join(f"{year} {number(brings, 2)}" for year, _, brings in curves.fitted_chain(r))},
    words="Further arrivals each arrival brings in the end, against enforcement. At an enforcement of {enforcement} each brings "
    "{reproduction} (starting case {start.reproduction}); it is one at {enforcement_at_one}. By the fit of the history: {fitted}.",
    numbers="All of it is ours; nobody counts who was brought by whom.",
)


LANE = 0.84  # of the height, where the lane of the grant begins
BASIC = "basic grant, one person, million won (not corrected for prices)"
FIRST, LAST, MOST = 1997.3, 2028.5, 28e6  # the ends of the axis of years; the largest grant drawn, won


def _top(model) -> float:
    """How high the picture reaches, in people: above the room there may be there is a lane for the grant."""
    return max(6_000, 1.2 * model.quantity("capacity").high)


def _came(result, over: bool):
    """The counted arrivals of each year up to the room there is, or above it."""
    room, rows = result["capacity"], curves.observed(result.model.tables)
    ends = [(r["start_year"], *((room, r["total"]) if over else (0, min(room, r["total"])))) for r in rows]
    return [(year, foot, top, "") for year, foot, top in ends if top > foot]


def _waiting(result, _axis):
    return YEARS, np.minimum(result["waiting"], LANE * _top(result.model))


def _last(result):
    """How many wait at the end, beside the line, clear of the axis and of the grant's lane."""
    top, waits = _top(result.model), result["waiting"][-1]
    end = min(max(float(waits), 0.07 * top), 0.72 * top)
    said = f"{number(waits)} wait" if waits else "nobody waits"
    most = [(2010.3, 0.78 * top, f"{number(result['most'])} wait, beyond the picture")]
    return [(YEARS[-1], end, said), *(most if result["most"] > LANE * top else [])]


def _grants(result):
    """The basic grant in million won, as bars on their own lane at the top."""
    top = _top(result.model)
    return [
        (r["year"], LANE * top, (LANE + 0.06 * r["value"] / MOST) * top, number(r["value"] / 1e6))
        for r in curves.grants(result)
    ]


BAR = {"upright": True, "size": 13, "label": False}
SMALL = {"color": QUIET, "letters": 11}
SETTLING = declared(
    models_year.SETTLING,
    "Who came, who waits, and the settlement grant",
    Axis("year", FIRST, LAST, form="d", grid=False, ticks=range(2000, 2025, 5)),
    Axis("people", 0, 6_000, follows=(lambda m: (0, _top(m)),), form=",.0f", ticks=range(0, 5_001, 1_000)),
    Each("settled", partial(_came, over=False), color=BASIS["data"], **BAR),
    Each("over", partial(_came, over=True), color=BASIS["data"], filled=False, **BAR),
    Line(
        "capacity",
        lambda r, x: ((FIRST, LAST), [r["capacity"]] * 2),
        label="room for {capacity:4} a year",
        width=1.2,
        size=12,
    ),
    Line("waiting", _waiting, width=3),
    Note("waiting", places=_last, off=(6, 0), letters=12),
    Each("grant", _grants, filled=False, **BAR),
    Note(
        "grant", places=lambda r: [(x, top, won) for x, _, top, won in _grants(r)], align="center", off=(0, -8), **SMALL
    ),
    Note("lane", places=lambda r: [(FIRST + 0.2, 0.985 * _top(r.model), BASIC)], **SMALL),
    also={
        "last": lambda r: r["waiting"][-1],
        "grants": lambda r: ", ".join(f"{year} {won}" for year, _, _, won in _grants(r)),
    },
    words="Arrivals a year against room for {capacity:4} a year. At most {most} people wait at the end of a year (starting case "
    f"{{start.most}}), and {{last}} at the end of {YEARS[-1]}. Basic grant in million won: {{grants}}.",
    note="Bars: arrivals as counted, filled up to the room there is, hollow above it. Thick line: people waiting at the end of the year. At the "
    "top, on a lane of its own, the basic settlement grant (rows H08, H09, H11, H12, H14 to H16 of the resettlement table). The room is an "
    "assumption of ours.",
    numbers="",
)

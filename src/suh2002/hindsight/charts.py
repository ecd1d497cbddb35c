"""The pictures of the hindsight theme by the key of what they draw; the break, the break years on trial, aid compared in three ways."""

from __future__ import annotations

from suh2002.hindsight import charts_graph as graph
from suh2002.hindsight import charts_ledger as ledger
from suh2002.hindsight import curves, models, models_windows
from suh2002.hindsight.models import counted
from suh2002.hindsight.models_windows import WAYS, signed
from tumen.charts.axis import Axis
from tumen.charts.declared import declared
from tumen.charts.marks import Each, Line, Rule
from tumen.charts.note import Note
from tumen.charts.style import BASIS, INK, QUIET, START
from tumen.core.words import number

TOP = 200_000

# --- the break -------------------------------------------------------------------------------


def _both_sides(result, _axis):
    """The fitted line by its four ends: straight on a scale where each step multiplies."""
    years, people = curves.fitted(result)
    after = int(result["break_year"] - result["first_year"])
    ends = [0, after - 1, after, -1]
    return years[ends], people[ends], ("before", "before", "after", "after")


def _fan(result, own):
    """The trends before, carried on past the break: that of this window, or those of windows with other first years."""
    return [(first, line) for first, line in curves.fan(result).items() if (first == result["first_year"]) == own]


def _carried(result, own):
    ends = [(years[i], people[i], str(first)) for first, (years, people) in _fan(result, own) for i in (0, -1)]
    return zip(*ends, strict=True)


def _names(result, own):
    """Where each of them ends, with its first year."""
    ends = [(*(side[-1] for side in line), first) for first, line in _fan(result, own)]
    return [(year, min(people, 0.85 * TOP), f"from {first}{': this window' * own}") for year, people, first in ends]


def _counted(result, inside):
    """The counted arrivals inside the window, or outside it."""
    years, people = counted(result.model.tables)
    within = (result["first_year"] <= years) & (years <= result["last_year"])
    dots = zip(years[within == inside], people[within == inside], strict=True)
    return [(year, year, n, "", f"{year:.0f}: {n:,.0f} arrivals") for year, n in dots]


GREY = {"color": START, "width": 1, "dash": (2, 3), "pieces": True, "begins": False}
SEEN = {"color": BASIS["data"], "label": False, "tip": "year"}

BREAK = declared(
    models.BREAK,
    "One break, six first years",
    # room for the name of the trend carried on, however late the window ends
    Axis("year", 1997.5, 2032.5, form="d", grid=False, ticks=range(2000, 2026, 5)),
    Axis("arrivals a year (each step up multiplies)", 40, TOP, log=True, form=",.0f"),
    Rule("break", x=lambda r: r["break_year"] - 0.5, dash=(1, 4)),
    Note("break", places=lambda r: [(r["break_year"] - 0.5, 55, "break")], off=(5, 0), color=QUIET, letters=12),
    Line("fan", lambda r, _: _carried(r, False), **GREY),
    Line("carried", lambda r, _: _carried(r, True), **GREY | {"color": INK, "width": 2}),
    Line("fitted", _both_sides, width=2.5, pieces=True),
    Each("out", lambda r: _counted(r, False), filled=False, size=34, **SEEN),
    Each("in", lambda r: _counted(r, True), size=42, **SEEN),
    Note("own", places=lambda r: _names(r, True), off=(5, 0), letters=12),
    Note("fan", places=lambda r: _names(r, False), off=(5, 0), color=QUIET, letters=11, spare=True),
    also={
        "ends": lambda r: ", ".join(f"{first} {number(people[-1])}" for first, (_, people) in curves.fan(r).items()),
        "counted": lambda r: _counted(r, True)[-1][2],
    },
    words="Arrivals a year on a scale where each step multiplies. From {break_year} the fitted level is {level_ratio:2} times the trend "
    "before (starting case {start.level_ratio:2}). Carried on to {last_year}, the trend would give, by first year of the window: {ends}. "
    "Counted were {counted:4}.",
    numbers="Dots: counted arrivals, filled inside the window (rows A41, A42, A44, A45, A03 to A25 and A28 of the arrivals table). Thick: the "
    "fitted line on each side. Dotted: the trend before, carried on, for this window and, grey, for windows with other first "
    "years. Break and window are assumptions of ours.",
    size=(560, 375),
)

# --- the scan ----------------------------------------------------------------------------------

FLOOR, HIGH = 0.7, 7


def _stems(result, _axis):
    found = curves.every_break(result)
    return zip(*((at, end, str(at)) for at, misfit, _ in found for end in (FLOOR, min(misfit, HIGH))), strict=True)


def _misfits(result, best):
    """A place for the best break year, or for each of the others."""
    found = curves.every_break(result)
    return [(at, at, misfit, "best" * best) for at, misfit, _ in found if (at == result["best_year"]) == best]


SCAN = declared(
    models_windows.SCAN,
    "Every break year on trial",
    Axis("first year after the break", 2003.2, 2017.8, form="d", grid=False, ticks=range(2004, 2018)),
    Axis("left unexplained, times the best", FLOOR, HIGH, ticks=(1, 2, 3, 4, 5, 6)),
    Line("stem", _stems, color=QUIET, width=1.2, pieces=True, begins=False),
    Each("year", lambda r: _misfits(r, False), filled=False, label=False, begins=True),
    Each("best", lambda r: _misfits(r, True), size=140, letters=13, begins=True),
    Note(
        "ratio",
        places=lambda r: [(at, HIGH * 0.93, number(ratio, 2)) for at, _, ratio in curves.every_break(r)],
        align="center",
        color=QUIET,
        letters=11,
    ),
    Note(
        "ratio title",
        "level after the break, times the trend before, if it is put in that year:",
        at=(2003.4, HIGH * 0.985),
        color=QUIET,
        letters=11,
    ),
    also={"each": lambda r: ", ".join(f"{at} {number(m)} ({number(x, 2)})" for at, m, x in curves.every_break(r))},
    words="For each break year, what it leaves unexplained against the best year, and in brackets the level after the break in times the "
    "trend before: {each}. Best: {best_year} (starting case {start.best_year}).",
    note="Low is good: each stem is what a break in that year leaves unexplained, against the best year (filled). Numbers at the top: "
    "the level each would report. Arrivals as in the picture of the break; the window is an assumption of ours.",
    numbers="",
)

# --- aid compared in three ways ------------------------------------------------------------------

REACH = 2.9  # half a panel, in standard deviations
# the middle of each panel, its title, and what it sets across and up
PANELS = {
    "levels": (0, "in levels: year by year", "kt of food aid →", "↑ arrivals, in logs"),
    "differences": (7, "in differences: year to year", "change of aid →", "↑ change of arrivals"),
    "with_break": (14, "around a trend that breaks", "aid off its trend →", "↑ arrivals off their trend"),
}


def _corners(_result, _axis):
    corners = ((-REACH, REACH), (-REACH, -REACH), (REACH, -REACH))
    return zip(*((middle + a, b, title) for middle, title, *_ in PANELS.values() for a, b in corners), strict=True)


def _heads(column, height, left=0):
    return lambda _result: [(panel[0] + left, height, panel[column]) for panel in PANELS.values()]


def _slopes(result, _axis):
    ends = [(PANELS[way][0], end, result[f"{way}_r"], way) for way in PANELS for end in (-REACH, REACH)]
    return zip(*((middle + end, end * r, way) for middle, end, r, way in ends), strict=True)


def _years(result):
    """Where each year stands in each panel, and its name."""
    clouds = curves.three_clouds(result).items()
    each = [(PANELS[way][0], *one) for way, cloud in clouds for one in zip(*cloud.values(), strict=True)]
    return [(middle + aid, middle + aid, up, *[f"’{year % 100:02d}"] * 2) for middle, year, aid, up in each]


def _three_words(now, start):
    each = "; ".join(
        f"{words} {signed(now[f'{way}_r'])}, starting case {signed(start[f'{way}_r'])}, with "
        f"{number(now[way], 2)} log points for each 100 kt"
        for way, words in WAYS.items()
    )
    return f"Aid across and arrivals up, three ways, each a cloud of years with its line. Correlations: {each}."


QUIETLY = {"color": QUIET, "letters": 11, "fixed": True}

THREE_WAYS = declared(
    models_windows.THREE_WAYS,
    "Two series, three ways to compare them",
    Axis("", -3.3, 17.3, bare=True),
    Axis("", -3.7, 4.3, bare=True),
    Line("frame", _corners, color=QUIET, width=1, pieces=True, begins=False, fixed=True),
    Note("title", places=_heads(1, 4.05), align="center", letters=12, fixed=True),
    Note("across", places=_heads(2, -3.35), align="center", **QUIETLY),
    Note("up", places=_heads(3, REACH - 0.3, -REACH), off=(6, 0), **QUIETLY),
    Line("slope", _slopes, width=2.5, pieces=True),
    Each("year", _years, filled=False, color=BASIS["data"], size=36, letters=10, spare=True, tip="year"),
    Note(
        "r",
        places=lambda r: [(PANELS[way][0], 3.3, f"correlation {signed(r[f'{way}_r'])}") for way in PANELS],
        align="center",
        letters=16,
    ),
    words=_three_words,
    numbers="Each dot is a year; across is food sent by the government in Seoul (grain, flour and beans in the table rok_aid, rows B204 to "
    "B225), up is the logarithm of arrivals, both in standard deviations, so that a line’s slope is the correlation. The window and "
    "the break are assumptions of ours.",
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

"""How the rule is drawn: enough aid, a number that still rises, the years in which both are so, and two codings side by side."""

from __future__ import annotations

from functools import partial

from suh2002.flows import models_rule
from suh2002.flows import quantities_rule as qr
from suh2002.flows.models_rule import CODERS, WATCHED, time_line, years_said
from suh2002.flows.scenario import OTHER_COUNT
from suh2002.flows.series import YEARS
from tumen.charts.axis import Axis, Names
from tumen.charts.declared import declared
from tumen.charts.marks import Each, Line, Rule
from tumen.charts.note import Note
from tumen.charts.parts import DASH
from tumen.charts.style import BASIS, INK, QUIET
from tumen.core import once
from tumen.core.words import number

FIRST, LAST = 1997.2, 2025.8
YEAR = Axis("year", FIRST, LAST, form="d", grid=False, ticks=range(1998, 2025, 2))
# lanes one above the other, in pixels from the foot: where the bars of aid stand, the number watched, and what fires
HEIGHT, AID, WATCHED_AT, FIRES, STARTS = 340, (204, 290), (86, 164), 50, 22
MOST_AID = 2_200  # kt at the top of its lane, or more


@once
def _line(now, coder: str = "", **other) -> dict[str, list]:
    """The rule's time line of one setting, or of one like it with `other` inputs, a list of a value a year each."""
    found = time_line(now.model.tables, {**now.inputs, **other}, coder)
    return {what: values[0].tolist() for what, values in found.items()}


def _years(found: list[bool]) -> list[int]:
    return [year for year, so in zip(YEARS, found, strict=True) if so]


def _clock(n: float) -> str:
    return "one year" if int(n) == 1 else f"{int(n)} years"


def _times(n: float) -> str:
    return "on the year before" if int(n) == 1 else f"{int(n)} years running"


def _most(now) -> float:
    return max(MOST_AID, now.model.quantity("threshold").high, now["threshold"])


def _height(now, kt: float) -> float:
    low, top = AID
    return low + (top - low) * min(kt / _most(now), 1)


def _bars(now, enough: bool):
    """The aid of each year's window, where it is enough or where it is not."""
    at = _line(now)
    years = [(year, kt) for year, kt, so in zip(YEARS, at["aid"], at["enough"], strict=True) if kt and so == enough]
    return [(year, AID[0], _height(now, kt), "") for year, kt in years]


def _sent(now):
    """The aid of each window over its bar, said once for years in a row; four digits are wider than a year and give way."""
    enough, labels, before = _height(now, now["threshold"]), {}, 0
    for year, kt in zip(YEARS, _line(now)["aid"], strict=True):
        if kt not in (0, before):
            top, beside = _height(now, kt), labels.get(year - 1, (-99, ""))[0]
            top = enough if enough - 13 < top < enough else top  # no words on the line
            close = kt >= 1_000 and abs(beside - top) < 15
            labels[year] = beside + 15 if close else top, number(kt, 4 if kt >= 1_000 else 3)
        before = kt
    return [(year, *label) for year, label in labels.items()]


@once
def _heights(now):
    """How high the number watched stands in its lane each year, and by the other estimate of people in China, if it has one."""
    both = [_line(now)["watched"]]
    if now["indicator"] != "arrivals":
        both.append(_line(now, stocks=OTHER_COUNT[now["stocks"]])["watched"])
    (low, top), most = WATCHED_AT, max(map(max, both))
    return [[low + (top - low) * n / most for n in series] for series in both]


def _watched(now, _axis, count: int):
    return (YEARS, _heights(now)[count]) if count < len(_heights(now)) else ((), ())


def _risen(now, so: bool):
    """The years in which the number has risen often enough, or has not: a counted year may be a dot, people in hiding are never one."""
    found, heights = _line(now)["rising"], _heights(now)
    years = zip(YEARS, heights[0], found, strict=True)
    return [(year, year, y, "") for year, y, risen in years if risen == so and (so or len(heights) == 1)]


def _peak(now):
    series, heights = _line(now)["watched"], _heights(now)
    top = series.index(max(series))
    return [(YEARS[top], heights[0][top], number(series[top], 4 if len(heights) == 1 else 3))]


def _fires(now, so: bool = True, height: float = FIRES):
    return [(year, year, height, "") for year, fires in zip(YEARS, _line(now)["fires"], strict=True) if fires == so]


def _lanes(now):
    """What each lane shows."""
    before = "years before it" if now["window"] < 2 else f"{now['window'] - 1:.0f} before it"
    cut = f"; cut at {number(_most(now))}" if max(_line(now)["aid"]) > _most(now) else ""
    thin = "; thin: by the other estimate" if len(_heights(now)) > 1 else ""
    words = {
        AID[1] + 36: f"aid of the year and the {before}: {now['counted']}, kt{cut}",
        WATCHED_AT[1] + 26: f"{WATCHED[now['indicator']]}{thin}; triangles: up {_times(now['rises'])}",
        FIRES + 20: f"the rule fires {years_said(now['years'])}",
    }
    return [(FIRST + 0.1, height, said) for height, said in words.items()]


def _words(now, start):
    at = _line(now)
    return (
        f"A time line from {YEARS[0]} to {YEARS[-1]}. Aid ({now['counted']}) reaches {number(now['threshold'], 4)} kt in "
        f"{_clock(now['window'])} {years_said(_years(at['enough']))}. What is watched, {WATCHED[now['indicator']]}, is up "
        f"{_times(now['rises'])} {years_said(_years(at['rising']))}. Both, so the rule fires {years_said(now['years'])} (starting case: "
        f"{years_said(start['years'])})."
    )


BARE = {"label": False}
RULE = declared(
    models_rule.RULE,
    "One coding of the rule on a time line",
    YEAR,
    Axis("", 0, HEIGHT, bare=True),
    Each("enough", partial(_bars, enough=True), upright=True, size=16, color=BASIS["data"], **BARE),
    Each("short", partial(_bars, enough=False), upright=True, size=16, color=BASIS["data"], filled=False, **BARE),
    Note("aid", places=_sent, align="center", off=(0, -7), color=QUIET, letters=10),
    Rule(
        "threshold", "enough: {threshold:4} kt in {clock}", y=lambda r: _height(r, r["threshold"]), color=INK, dash=DASH
    ),
    Line("other", partial(_watched, count=1), width=1, color=QUIET, begins=False),
    Line("seen", partial(_watched, count=0), begins=False, yearly=True),
    Each("rising", partial(_risen, so=True), shape="triangle-up", size=70, **BARE),
    Each("flat", partial(_risen, so=False), size=14, color=QUIET, **BARE),
    Note("peak", places=_peak, off=(6, -9), letters=11),
    Each("fires", _fires, shape="diamond", size=190, begins=partial(_fires, height=STARTS), **BARE),
    Each("no", partial(_fires, so=False), shape="square", size=22, color=QUIET, filled=False, **BARE),
    Note("lane", places=_lanes, letters=12),
    also={"clock": lambda r: _clock(r["window"])},
    words=_words,
    numbers="Top: aid the government in Seoul sent in the years of the window, in thousand tonnes; filled: enough. Middle: the number watched, on its "
    "own scale, with a triangle where it has risen often enough. Below: a diamond where both are so. Amount, clock and number are "
    "ours; the report names none. Aid: rows of rok_aid; arrivals: the ministry's table, before 2002 as printed at the time.",
    size=(620, HEIGHT),
)

# --- two codings -----------------------------------------------------------------------------

APART = "they disagree"
FOUND = {"enough": "enough aid", "rising": "still rising", "fires": "it fires"}


def _lane(coder: str, found: str = "") -> str:
    return f"{FOUND.get(found, f'{coder} coding')}{' ' * CODERS.index(coder)}"  # no two lanes may have one name


LANES = [*(_lane(coder, found) for coder in CODERS for found in ("", *FOUND)), APART]


def _coding(now, coder: str, between: str = " ") -> str:
    """One coding in words, without its name."""
    v = {part.key: now[f"{coder}_{part.key}"] for part in qr.RULE_PARTS}
    return f"{number(v['threshold'], 4)} kt of {v['counted']} in {_clock(v['window'])};{between}{WATCHED[v['indicator']]}, up {_times(v['rises'])}"


def _so(now, part: str):
    """A place for each year in which something is so, in the lane of each coding."""
    found = {c: _years(_line(now, f"{c}_")[part]) for c in CODERS}
    return [(year, year, _lane(c, part), "") for c, years in found.items() for year in years]


def _roomy(now):
    """The years in which they disagree that have room beside each other, on a phone too."""
    out = []
    for year in now["years_apart"]:
        if not out or year - out[-1] >= 4:
            out.append(year)
    return [(year, APART, str(year)) for year in out]


def _codings_words(now, start):
    each = [f"{c.capitalize()} coding: {_coding(now, c)}: fires {years_said(now[f'years_{c}'])}." for c in CODERS]
    return (
        f"Two codings from {YEARS[0]} to {YEARS[-1]}. {' '.join(each)} They disagree {years_said(now['years_apart'])} (starting "
        f"case: {years_said(start['years_apart'])})."
    )


CODINGS = declared(
    models_rule.CODINGS,
    "Two codings of one rule, side by side",
    YEAR,
    Names(lambda _: LANES, padding=0.8),
    Note("coding", places=lambda r: [(1997.5, _lane(c), _coding(r, c, "\n")) for c in CODERS], off=(0, -9), letters=11),
    Each("enough", partial(_so, part="enough"), shape="square", size=75, color=BASIS["data"], **BARE),
    Each("rising", partial(_so, part="rising"), shape="triangle-up", size=75, **BARE),
    Each("fires", partial(_so, part="fires"), shape="diamond", size=170, begins=True, **BARE),
    Each("apart", lambda r: [(y, y, APART, "") for y in r["years_apart"]], shape="cross", size=170, **BARE),
    Note("year", places=_roomy, align="center", off=(0, 19), letters=11),
    words=_codings_words,
    numbers="For each coding: a square where aid is enough, a triangle where its number still rises, a diamond where both are so and it fires. "
    "Crosses: years in which one coding fires and the other does not. Both codings are ours; the report names no number, amount or clock.",
    size=(620, 330),
)

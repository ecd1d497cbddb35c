"""How fits are set beside one another: three that no arrivals tell apart, twelve errors, two steps of time."""

from __future__ import annotations

from functools import partial

from suh2002.flows import charts_history as history
from suh2002.flows.curves import ARRIVED, COUNT, COUNTED, CROSSED, EFFECT, ERROR, OUT_BY, STEP, STORY, SUM, YEARLY
from tumen.charts.axis import Axis, Names
from tumen.charts.declared import declared
from tumen.charts.marks import Each, Line
from tumen.charts.note import Note
from tumen.charts.parts import DASH
from tumen.charts.style import QUIET, START
from tumen.core.words import listed, number

LOW, TOP, NAMED = 40, 80_000, 2003  # the year in which the three crossings lie furthest apart
STYLES = ({"color": START, "width": 6}, {"width": 2.5, "dash": DASH}, {"width": 1.6})


def _line(row: int, series: str, label="", **look) -> Line:
    """A yearly series of one row of an exhibit as a line; its label may be a function of all rows."""
    along = partial(_series, row=row, series=series)
    return Line(f"{series} {row}", along, label=label, size=12, begins=False, yearly=True, **look)


def _series(rows, axis, row: int, series: str):
    return history.yearly(rows[row], axis, series)


def _observed(rows):
    return rows[0][COUNTED]


def _key(rows):
    looks = zip((r[EFFECT] for r in rows), ("broad", "dashed", "thin"), strict=True)
    return [(2000, TOP / 1.35, f"aid effect {'; '.join(': '.join(one) for one in looks)}")]


def _three_words(rows):
    at = history.YEARS.index(NAMED)
    said = "; ".join(
        f"aid effect {r[EFFECT]}: {number(r['arrivals'].sum(), 4)} arrivals in all, {number(r['crossings'][at])} crossings in {NAMED}, "
        f"a typical year out by a factor of {r[OUT_BY]}"
        for r in rows
    )
    return f"Three fits to the same counted arrivals. {said}. The arrivals lie on one another; the crossings do not."


THREE = declared(
    None,
    "Three answers on aid that the arrivals cannot tell apart",
    history.years(2037),
    history.axis_of_people("people a year", LOW, TOP),
    *(_line(i, "arrivals", "arrivals: three lines in one" if i == 1 else "", **look) for i, look in enumerate(STYLES)),
    *(
        _line(i, "crossings", "crossings: nobody counts them" if i == 1 else "", **look)
        for i, look in enumerate(STYLES)
    ),
    *history.counted_dots(_observed),
    Note("key", places=_key, letters=12),
    words=_three_words,
    note="Broad grey: aid removes nothing of hardship; dashed: three tenths; thin: six tenths. Each was fitted to the counted arrivals "
    "(dots; hollow where printed at the time) and to one estimate of people in China. Below, the three arrivals; above, the three "
    "crossings.",
)

# --- twelve errors -----------------------------------------------------------------------------

MARKS = {"0": ("none", 260, False), "0.3": ("some", 120, False), "0.6": ("strong", 36, True)}


def _stories(rows) -> dict[str, list]:
    """The fits of each story with each estimate of people in China."""
    groups: dict[str, list] = {}
    for r in rows:
        groups.setdefault(f"{r[STORY]}|{r[COUNT]}", []).append(r)
    return groups


def _out_by(rows, effect: str):
    return [
        (r["factor"], r["factor"], story, "")
        for story, own in _stories(rows).items()
        for r in own
        if r[EFFECT] == effect
    ]


def _effects(rows):
    """Over each mark its aid effect; where the three lie in one place, that they do."""
    out = []
    for story, own in _stories(rows).items():
        factors = [r["factor"] for r in own]
        if max(factors) - min(factors) < 0.005:
            out.append((factors[1], story, "0, 0.3 and 0.6: one place"))
        else:
            out += [(r["factor"], story, r[EFFECT]) for r in own]
    return out


def _findings(rows):
    """Under each story with which aid effects five per cent more arrive."""
    holds = {story: [r[EFFECT] for r in own if r["holds"]] for story, own in _stories(rows).items()}
    return [
        (1.37, story, f"5 % more arrive {f'without aid at {listed(at)}' if at else 'at none of them'}")
        for story, at in holds.items()
    ]


def _error_words(rows):
    said = "; ".join(f"{r[STORY]}, {r[COUNT]}, aid effect {r[EFFECT]}: {r[ERROR]} (factor {r[OUT_BY]})" for r in rows)
    return f"Log errors of twelve fits to the same arrivals: {said}."


ERRORS = declared(
    None,
    "Twelve fits: what makes arrivals grow, whose estimate, how strong aid is",
    Axis(
        "factor by which a typical year's arrivals are out: further left is a better fit",
        1.29,
        1.44,
        form=".2f",
        ticks=(1.3, 1.35, 1.4),
        grid=True,
    ),
    Names(_stories, padding=0.6, lines=True),
    *(
        Each(part, partial(_out_by, effect=effect), filled=filled, size=size, label=False)
        for effect, (part, size, filled) in MARKS.items()
    ),
    Note("above", places=_effects, align="center", off=(0, -19), letters=12),
    Note("below", places=_findings, align="center", off=(0, 19), letters=11, color=QUIET),
    words=_error_words,
    note="Each mark is one fit to the same 27 yearly arrivals: large hollow, aid effect 0; middle hollow, 0.3; small filled, 0.6. Two "
    "stories, two estimates of people in China. Where the three lie in one place the arrivals are silent about aid; where they lie "
    "apart, they speak a little, if that story is true.",
    size=(520, 300),
)

# --- a year or a month ---------------------------------------------------------------------------


def _summed(rows, row: int) -> str:
    return f"{rows[row][STEP]}ly: {rows[row][SUM]} in all"


def _step_words(rows):
    said = "; ".join(
        f"{r[STORY]}, a step a {r[STEP]}: {r[SUM]} arrivals in all, {r[CROSSED]} in crossings and {r[ARRIVED]} in arrivals if there "
        "had been no aid"
        for r in rows
    )
    return f"The same rates, stepped by the year and by the month. {said}."


STEPS = declared(
    None,
    "The same rates, stepped by the year and by the month",
    history.years(2034),
    history.axis_of_people("arrivals a year", LOW, 20_000),
    # the story in which a step matters; the table has both
    _line(0, YEARLY, partial(_summed, row=0), width=3),
    _line(1, YEARLY, partial(_summed, row=1), dash=DASH),
    *history.counted_dots(_observed),
    words=_step_words,
    note="Solid: yearly steps, as fitted; dashed: the same rates taken in twelve parts a year. A network that pays back monthly grows "
    "faster, as a debt does; so a fitted rate means nothing without its step. Dots: arrivals as counted (hollow: as printed at the "
    "time). The table adds the other story, in which the step matters little.",
)

"""How fits are set beside one another: three that no arrivals tell apart, twelve errors, two steps of time."""

from __future__ import annotations

from suh2002.flows import charts_history as history
from suh2002.flows.curves import ARRIVED, COUNT, COUNTED, CROSSED, EFFECT, ERROR, OUT_BY, STEP, STORY, SUM, YEARLY
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered, named
from tumen.charts.parts import DASH, dots, line, names, text
from tumen.charts.picture import Picture
from tumen.charts.style import QUIET, START
from tumen.core.words import number

LOW, TOP, NAMED = 40, 80_000, 2003  # the year in which the three crossings lie furthest apart
STYLES = (("first", {"color": START, "width": 6}), ("second", {"width": 2.5}), ("third", {"width": 1.6}))


def _draw_three():
    x, y = history.axes("people a year", LOW, TOP)
    layers = []
    for part, style in STYLES:
        drawn = line(part, x, y, detail="tip:N", dash=DASH if part == "second" else None, **style)
        layers.append(drawn)
    return layered(
        *layers,
        *history.counted_layers(x, y),
        text("key", x, y, dx=0),
        text("name", x, y, dx=5),
    )


def _three_rows(rows, _start=None):
    out = []
    for (part, _), row in zip(STYLES, rows, strict=True):
        for what in ("arrivals", "crossings"):
            out += [[*r, "", what] for r in history.line_rows(part, row[what])]
    broad, dashed, thin = (row[EFFECT] for row in rows)
    out.append(["key", 2000, TOP / 1.35, f"aid effect {broad}: broad; {dashed}: dashed; {thin}: thin"])
    ends = [(float(rows[1][what][-1]), words) for what, words in (("arrivals", "arrivals"), ("crossings", "crossings"))]
    ends = [
        (height, f"{words}: {'three lines in one' if words == 'arrivals' else 'nobody counts them'}")
        for height, words in ends
    ]
    out += [["name", history.YEARS[-1], h, w] for h, w in history.spread(ends, LOW, TOP)]
    return [*out, *history.counted_rows(rows[0][COUNTED])]


def _three_words(rows, _start=None):
    at = history.YEARS.index(NAMED)
    said = "; ".join(
        f"aid effect {r[EFFECT]}: {number(r['arrivals'].sum(), 4)} arrivals in all, {number(r['crossings'][at])} crossings in {NAMED}, "
        f"a typical year out by a factor of {r[OUT_BY]}"
        for r in rows
    )
    return f"Three fits to the same counted arrivals. {said}. The arrivals lie on one another; the crossings do not."


THREE = Picture(
    title="Three answers on aid that the arrivals cannot tell apart",
    columns=history.COLUMNS,
    draw=_draw_three,
    rows=_three_rows,
    words=_three_words,
    caption=(
        "Broad grey: aid removes nothing of hardship; dashed: three tenths; thin: six tenths. Each was fitted to the counted arrivals "
        "(dots; hollow where printed at the time) and to one count of people in China. Below, the three arrivals; above, the three "
        "crossings."
    ),
)

# --- twelve errors -----------------------------------------------------------------------------

ERROR_LOW, ERROR_TOP = 1.29, 1.44
MARKS = {"0": ("none", 260, False), "0.3": ("some", 120, False), "0.6": ("strong", 36, True)}


def _draw_errors():
    title = "factor by which a typical year's arrivals are out: further left is a better fit"
    x = Axis(title, ERROR_LOW, ERROR_TOP, form=".2f", ticks=(1.3, 1.35, 1.4), grid=True).encoding("x")
    y = named(bare=False, scale={"paddingOuter": 0.4}, labelExpr="split(datum.label, '|')")
    marks = [dots(part, x, y, filled=filled, size=size) for part, size, filled in MARKS.values()]
    return layered(
        names("story", x, y),
        *marks,
        text("above", x, y, align="center", dx=0, dy=-19),
        text("below", x, y, align="center", dx=0, dy=19, size=11, color=QUIET),
    )


def _error_rows(rows, _start=None):
    groups: dict[str, list] = {}
    for r in rows:
        groups.setdefault(f"{r[STORY]}|{r[COUNT]}", []).append(r)
    out = [["story", ERROR_LOW, s] for s in groups]
    for story, own in groups.items():
        out += [[MARKS[r[EFFECT]][0], r["factor"], story] for r in own]
        together = max(r["factor"] for r in own) - min(r["factor"] for r in own) < 0.005
        if together:
            out.append(["above", own[1]["factor"], story, "0, 0.3 and 0.6: one place"])
        else:
            out += [["above", r["factor"], story, r[EFFECT]] for r in own]
        holds = [r[EFFECT] for r in own if r["holds"]]
        said = f"5 % more arrive without aid at {' and '.join(holds)}" if holds else "5 % more arrive at none of them"
        out.append(["below", 1.37, story, said])
    return out


def _error_words(rows, _start=None):
    said = "; ".join(f"{r[STORY]}, {r[COUNT]}, aid effect {r[EFFECT]}: {r[ERROR]} (factor {r[OUT_BY]})" for r in rows)
    return f"Log errors of twelve fits to the same arrivals: {said}."


ERRORS = Picture(
    title="Twelve fits: what makes arrivals grow, whose count, how strong aid is",
    columns=("part", "x", "y", "label"),
    draw=_draw_errors,
    rows=_error_rows,
    words=_error_words,
    caption=(
        "Each mark is one fit to the same 27 yearly arrivals: large hollow, aid effect 0; middle hollow, 0.3; small filled, 0.6. Two "
        "stories, two counts of people in China. Where the three lie in one place the arrivals are silent about aid; where they lie "
        "apart, they speak a little, if that story is true."
    ),
    size=(520, 300),
)

# --- a year or a month ---------------------------------------------------------------------------


def _draw_steps():
    x, y = history.axes("arrivals a year", LOW, 20_000)
    return layered(
        line("year", x, y, width=3),
        line("month", x, y, width=2, dash=DASH),
        *history.counted_layers(x, y),
        text("name", x, y, dx=5),
    )


def _step_rows(rows, _start=None):
    out = []
    for row in rows[:2]:  # the story in which a step matters; the table has both
        out += history.line_rows(row[STEP], row[YEARLY])
    ends = [(float(r[YEARLY][-1]), f"{r[STEP]}ly: {r[SUM]} in all") for r in rows[:2]]
    out += [["name", history.YEARS[-1], h, w] for h, w in history.spread(ends, LOW, 20_000)]
    return [*out, *history.counted_rows(rows[0][COUNTED])]


def _step_words(rows, _start=None):
    said = "; ".join(
        f"{r[STORY]}, a step a {r[STEP]}: {r[SUM]} arrivals in all, {r[CROSSED]} in crossings and {r[ARRIVED]} in arrivals if there "
        "had been no aid"
        for r in rows
    )
    return f"The same rates, stepped by the year and by the month. {said}."


STEPS = Picture(
    title="The same rates, stepped by the year and by the month",
    columns=history.COLUMNS,
    draw=_draw_steps,
    rows=_step_rows,
    words=_step_words,
    caption=(
        "Solid: yearly steps, as fitted; dashed: the same rates taken in twelve parts a year. A network that pays back monthly grows "
        "faster, as a debt does; so a fitted rate means nothing without its step. Dots: arrivals as counted (hollow: as printed at the "
        "time). The table adds the other story, in which the step matters little."
    ),
)

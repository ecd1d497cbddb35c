"""What matters? One-at-a-time ranges beside the Sobol indices of the same quantities."""

from __future__ import annotations

import math
from functools import partial

from tumen.analysis import Sensitivity, Tornado
from tumen.analysis.targets import target
from tumen.charts.lanes import COLUMNS, Ruler, axes, layered, marker, outlined, size, upright
from tumen.charts.parts import dots, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import QUIET
from tumen.core import Model

LANE = 56
MOST = 8  # quantities drawn; the table has them all
HEAD = 0.6  # the height of the heading, in lanes
NAME, ENDS, BAR = 0.18, 0.45, 0.74  # heights within a lane
SPLIT = 0.62
LETTERS = 47  # of a line on a phone
PHONE, NEXT, UNDER, PITCH = (
    306,
    0.3,
    0.62,
    1.75,
)  # on a phone: pixels across, and in lanes the second heading, its part and the step
PART = Ruler(0, 1, left=SPLIT + 0.04, right=1.0, first=SPLIT + 0.04, last=1.0)


def what_matters(model: Model, name: str, span: tuple[float, float]) -> Picture:
    """The picture of a pair (Tornado, Sensitivity) for one target: a lane a quantity, over an axis that holds `span`.

    The lanes stand in the order of the starting case, the largest total first, so that none jumps while a control moves.
    """
    what = target(model, name)
    subject = f"the margin of {what.key}" if what.kind == "finding" else what.label
    drawn = min(MOST, sum(q.sampled for q in model.quantities))
    lanes = drawn + HEAD + 0.05
    every = sum(q.sampled for q in model.quantities)
    part = "" if every <= MOST else f"The {MOST} that matter most in the starting case, of {every}. "
    zero = " The solid rule is 0: the claim holds to its right." if what.kind == "finding" else ""
    return Picture(
        title=f"What matters for {subject}?",
        columns=COLUMNS,
        draw=partial(_draw, lanes),
        rows=lambda now, start: _rows(now, start, name, what, drawn, span),
        words=lambda now, start: _words(now, name, subject),
        caption=part
        + (
            "Left, on a phone above: each quantity alone, from the low end of its range (ring) to the high end (dot), the others as you set "
            f"them; a triangle points beyond the picture; the dashed rule is your setting.{zero} Right, on a phone below: its part of the variance when all vary, filled alone, "
            "outlined with the others; grey: 95 % interval."
        ),
        size=size(lanes, LANE),
        small=partial(_small, drawn),
    )


def _small(drawn: int, rows: list[list]) -> tuple[Picture, list[list]]:
    """For a phone: what stood at the right stands under what stood at the left, each as wide as the screen."""
    moved, lanes = [], HEAD + NEXT + PITCH * drawn
    for part, x, y, label, x2 in rows:
        right, upright = x > SPLIT, part in ("here", "zero")
        if part == "head":
            moved.append([part, 0, y + NEXT * right, f"{'then ' if right else ''}{shortened(label, LETTERS)}", None])
            continue
        lane = max(int(y - HEAD), 0)
        down = NEXT + lane * (PITCH - 1) + UNDER * right
        left, wide = (PART.left, PART.right - PART.left + 0.02) if right else (0, SPLIT)
        end = x2 if x2 is None else x2 + down if upright else (x2 - left) / wide
        moved.append([part, (x - left) / wide, y + down, shortened(label, LETTERS), end])
    made = Picture(
        "", COLUMNS, partial(_draw, lanes), lambda *_: moved, lambda *_: "", "", (PHONE, round(lanes * LANE))
    )
    return made, moved


def _draw(lanes: float):
    x, y = axes(lanes)
    return layered(
        text("head", x, y, dx=0, color=QUIET, size=11),
        upright("here", x, y, dash=(4, 3)),
        upright("zero", x, y),
        text("name", x, y, dx=0),
        text("ends", x, y, dx=0, color=QUIET, size=11),
        span("swing", x, "x2:Q", y, width=5),
        dots("low end", x, y, filled=False, size=80),
        marker("high end", x, y, shape="circle"),
        dots("off left", x, y, shape="triangle-left", size=90),
        dots("off right", x, y, shape="triangle-right", size=90),
        outlined("total", x, y, width=10),
        span("first", x, "x2:Q", y, width=10),
        span("interval", x, "x2:Q", y, color=QUIET, width=16, opacity=0.45),
    )


def _rows(now, start, name: str, what, drawn: int, span) -> list[list]:
    alone, shared = now
    bars = {b.quantity: b for b in alone.of(name)}
    ruler = _ruler(start[0].of(name), what, span)
    subject = what.label if what.kind == "output" else f"margin of {what.key} (it turns at 0)"
    left = f"{shortened(subject, 44)}, each alone"
    rows = [["head", 0, 0.2, left, None], ["head", SPLIT + 0.04, 0.2, "its part of the variance", None]]
    found = {i.quantity: i for i in shared.of(name)}
    for i, index in enumerate(found[first.quantity] for first in start[1].of(name)[:drawn]):
        bar = bars[index.quantity]
        rows += _lane(HEAD + i, bar, alone.ends(bar), index, ruler)
        marked = [("here", bar.here), ("zero", 0.0 if what.kind == "finding" else None)]
        rows += [_rule(part, ruler.at(x), HEAD + i) for part, x in marked if x is not None and ruler.inside(x)]
    return rows


def _rule(part: str, x: float, top: float) -> list:
    """A short upright line across one lane's bar."""
    return [part, x, top + BAR - 0.17, "", top + BAR + 0.17]


def _ruler(bars, what, span) -> Ruler:
    """A scale that holds every bar of the starting case, and 0 where that is where a finding turns.

    It reaches towards the ends of the span, but no further than twice the bars' own width: they must stay bars.
    """
    values = [v for b in bars for v in (b.at_low, b.at_high, b.here) if v is not None and math.isfinite(v)]
    if values:
        low, high = min(values), max(values)
        room = 2 * (high - low) or math.inf
        span = max(span[0], low - room), min(span[1], high + room)
    values += span
    if what.kind == "finding":
        values.append(0.0)
    return Ruler.over(values, left=0.03, right=SPLIT - 0.05, first=0.01, last=SPLIT - 0.02)


def _lane(top: float, bar, said, index, ruler: Ruler) -> list[list]:
    rows = [["name", 0, top + NAME, shortened(bar.label, 56), None]]
    if bar.swing is None:
        rows.append(["ends", 0, top + ENDS, "no answer at an end of its range", None])
    else:
        ends = ruler.at(bar.at_low), ruler.at(bar.at_high)
        words = "{} gives {}; {} gives {}".format(*said)
        rows += [["ends", 0, top + ENDS, words, None], ["swing", min(ends), top + BAR, "", max(ends)]]
        for part, value, x in (("low end", bar.at_low, ends[0]), ("high end", bar.at_high, ends[1])):
            beyond = "off right" if value > ruler.low else "off left"
            rows.append([part if ruler.inside(value) else beyond, x, top + BAR, "", None])
    if index.total is None:
        return [*rows, ["ends", PART.left, top + ENDS, "no answer in some cases", None]]
    words = f"{_hundred(index.first)} in 100 alone, {_hundred(index.total)} with the others"
    rows.append(["ends", PART.left, top + ENDS, words, None])
    rows.append(["total", PART.left, top + BAR, "", PART.at(index.total)])
    rows.append(["first", PART.left, top + BAR, "", PART.at(index.first)])
    for low, high in ((index.first_low, index.first_high), (index.total_low, index.total_high)):
        rows.append(["interval", PART.at(low), top + BAR, "", PART.at(high)])
    return rows


def _hundred(part: float) -> str:
    """A part of the variance in hundredths; estimates a little below 0 or above 1 are errors of sampling."""
    return str(round(100 * min(max(part, 0), 1)))


def shortened(words: str, most: int) -> str:
    """Words cut to a length, the cut shown."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _words(now: tuple[Tornado, Sensitivity], name: str, subject: str) -> str:
    alone, shared = now
    bars = {b.quantity: b for b in alone.of(name)}
    parts = []
    for i in shared.of(name):
        bar = bars[i.quantity]
        part = (
            "" if i.total is None else f", {_hundred(i.first)} in 100 of the variance alone, {_hundred(i.total)} in all"
        )
        ends = "{1} at {0}, {3} at {2}".format(*(end or "no answer" for end in alone.ends(bar)))
        parts.append(f"{i.label}: {ends}{part}")
    return f"What moves {subject}, the most important first. " + "; ".join(parts) + "."

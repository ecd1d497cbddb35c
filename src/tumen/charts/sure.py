"""How sure? The share of cases in which each finding holds, and the 5, 50 and 95 % points of each output."""

from __future__ import annotations

from functools import partial

from tumen.analysis import Estimate
from tumen.analysis.targets import targets
from tumen.charts.lanes import COLUMNS, WIDTH, Ruler, axes, layered, letters, marker, middle, outlined, size
from tumen.charts.parts import dots, span, start_line, text
from tumen.charts.picture import Picture
from tumen.charts.style import QUIET, START
from tumen.core import Model
from tumen.core.words import figure, number

LANE = 62
MOST = 10  # lanes drawn; the table has them all
NAME, ABOVE, BAR, GHOST, BELOW = 0.2, 0.53, 0.77, 0.95, 0.98  # heights within a lane
NARROW, WIDER = 0.02, 0.1  # a range narrower than that part of its numbers stands on a scale of a tenth either way
GAP = 8  # pixels between a bar's end and its number
SHARE = Ruler(0, 1, left=0.0, right=1.0, first=0.0, last=1.0)
CAPTION = (
    "Each case takes every number from its declared range, in its declared shape. Bars: from the 5 % to the 95 % point, "
    "each on its own scale; ring: the middle; diamond: your setting. A share of these cases says how far our ranges "
    "agree; it is no probability of the world."
)


def how_sure(model: Model) -> Picture:
    """The picture of an `Estimate` of that model: a lane for each finding with a margin, then for each output."""
    every = len(targets(model))
    lanes = min(every, MOST) + 0.05
    return Picture(
        title=f"How sure? {model.question}",
        columns=COLUMNS,
        draw=partial(_draw, lanes),
        rows=_rows,
        words=_words,
        caption=CAPTION if every <= MOST else f"{CAPTION} The first {MOST} of {every} results are drawn.",
        size=size(lanes, LANE),
    )


def _draw(lanes: int):
    x, y = axes(lanes)
    return layered(
        text("name", x, y, dx=0),
        text("value", x, y, dx=0, align="center", size=13),
        outlined("whole", x, y),
        span("share", x, "x2:Q", y, width=13),
        span("error", x, "x2:Q", y, color=QUIET, width=18, opacity=0.5),
        start_line("start", x, y, detail="label:N"),
        dots("start middle", x, y, filled=False, color=START, size=45),
        span("range", x, "x2:Q", y, width=6),
        dots("middle", x, y, filled=False, size=90),
        marker("here", x, y),
        text("low", x, y, align="right", dx=-GAP),
        text("high", x, y, dx=GAP),
    )


def _rows(now: Estimate, start: Estimate) -> list[list]:
    rows = []
    for i, share in enumerate(now.shares[:MOST]):
        rows += _share_rows(i, share)
    first = {s.output: s for s in start.spreads}
    left = max(0, MOST - len(now.shares))
    for i, spread in enumerate(now.spreads[:left], start=len(now.shares)):
        rows += _spread_rows(i, spread, first[spread.output])
    return rows


def _share_rows(i: int, share) -> list[list]:
    rows = [["name", 0, i + NAME, f"{share.claim}: {share.says}", None]]
    if share.share is None:
        return [*rows, ["value", 0.5, i + ABOVE, "no case in these ranges has an answer", None]]
    words = share_words(share)
    rows += [["whole", 0, i + BAR, "", 1], ["share", 0, i + BAR, "", share.share]]
    if share.error:
        ends = [SHARE.at(share.share + sign * 2 * share.error) for sign in (-1, 1)]
        rows.append(["error", ends[0], i + BAR, "", ends[1]])
    return [*rows, ["value", middle(share.share, words), i + ABOVE, words, None]]


def share_words(share) -> str:
    """A share with its sampling error, twice the standard error either way."""
    error = f" (± {number(200 * share.error, 1)})" if share.error else ""
    return f"holds in {number(100 * share.share)} of 100 cases{error}"


def _spread_rows(i: int, spread, first) -> list[list]:
    ruler = _ruler(first)
    unit = f", {spread.unit}" if spread.unit else ""
    scale = "; each step to the right multiplies" if ruler.log else ""
    rows = [["name", 0, i + NAME, f"{spread.label}{unit}{scale}", None]]
    if spread.middle is None:
        return [*rows, ["value", 0.5, i + BAR, "no case in these ranges has an answer", None]]
    low, mid, high = (ruler.at(v) for v in (spread.low, spread.middle, spread.high))
    rows += [
        ["range", low, i + BAR, "", high],
        ["middle", mid, i + BAR, "", None],
        *_ends(i, spread, ruler),
        ["value", middle(mid, figure(spread.middle, spread.unit)), i + ABOVE, figure(spread.middle, spread.unit), None],
    ]
    if (spread.low, spread.middle, spread.high) != (first.low, first.middle, first.high) and first.middle is not None:
        ghost = [ruler.at(v) for v in (first.low, first.high, first.middle)]
        rows += [["start", end, i + GHOST, spread.output, None] for end in ghost[:2]]
        rows.append(["start middle", ghost[2], i + GHOST, "", None])
    if spread.here is not None:
        rows.append(["here", ruler.at(spread.here), i + BAR, "", None])
    return rows


def _ruler(first) -> Ruler:
    """A scale that holds the range and the setting of the starting case; a range too narrow to be said is drawn narrow."""
    held = [v for v in (first.low, first.high, first.here) if v is not None]
    if held and max(held) - min(held) < NARROW * max(map(abs, held)):
        held += [(1 - WIDER) * max(held), (1 + WIDER) * min(held)]
    return Ruler.over(held, left=0.17, right=0.83, first=0.15, last=0.85)


def _ends(i: int, spread, ruler) -> list[list]:
    """The numbers at a bar's two ends; one on which the diamond would stand moves to where the picture is free."""
    mid, rows = ruler.at(spread.middle), []
    words = figure(spread.middle, spread.unit)
    centre = middle(mid, words)
    for part, value, side in (("low", spread.low, -1), ("high", spread.high, 1)):
        end, said, height = ruler.at(value), figure(value, spread.unit), BAR
        if spread.here is not None and 0 < side * (ruler.at(spread.here) - end) * WIDTH < letters(said) + 2 * GAP:
            free = side * (end - centre) * WIDTH + GAP > letters(words) / 2
            height = ABOVE if free else BELOW
        rows.append([part, end, i + height, said, None])
    return rows


def _words(now: Estimate, start: Estimate) -> str:
    first = {s.output: s for s in start.spreads}
    parts = []
    for s in now.shares:
        parts.append(f"{s.claim} ({s.says}) " + ("has no answer" if s.share is None else share_words(s)))
    for s in now.spreads:
        if s.middle is None:
            parts.append(f"{s.label}: no answer")
            continue
        was = first[s.output]
        same = (was.low, was.high) == (s.low, s.high) or was.middle is None
        begun = "" if same else f" (starting case {figure(was.low, s.unit)} to {figure(was.high, s.unit)})"
        parts.append(
            f"{s.label}: {figure(s.low, s.unit)} to {figure(s.high, s.unit)}, middle {figure(s.middle, s.unit)}{begun}"
        )
    return f"{now.n:,} cases. " + "; ".join(parts) + "."

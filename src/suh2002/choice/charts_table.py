"""The pictures of the table of costs and of all weightings: cells by what they add, and bars parted by what is cheapest."""

from __future__ import annotations

from dataclasses import replace

from suh2002.choice import curves, models
from suh2002.choice import quantities as q
from suh2002.choice.models import NAMES, SHORT
from tumen.charts.axis import Axis, Names
from tumen.charts.cells import Cells
from tumen.charts.crossing import wide
from tumen.charts.declared import declared
from tumen.charts.marks import Each
from tumen.charts.note import Note
from tumen.charts.style import BASIS, QUIET
from tumen.core.words import number

# What stands above a column, and at the left of a row: two lines, parted by the bar.
COLUMN = {
    "dprk": "Pyongyang",
    "precedent": "precedent",
    "washington": "Washington",
    "reputation": "its name*",
    "pull": "pull",
    "humanitarian": "people*",
}
ROW = {
    "recognise": "recognise|as refugees",
    "exit": "exit via a|third country",
    "tolerate": "look away",
    "repatriate": "return",
}
WEIGHTS_ROW = "criterion|and its weight"

WIDE, TOP = 4.5, 10  # a column in the points of the axis, and the axis's right end
LEFT = -WIDE * len(q.CRITERIA) - 1
DARKEST = 4  # added points from which a cell is as dark as it gets


def _heads(result):
    """Each criterion over its weight, by turns above and below: two names beside each other are wider than their columns."""
    for i, (c, weight) in enumerate(zip(q.CRITERIA, curves.weights(result), strict=True)):
        name = f"\n{COLUMN[c]}\n" if i % 2 else f"{COLUMN[c]}\n\n"
        yield LEFT + WIDE * (i + 0.5), WEIGHTS_ROW, name + number(weight, 2)


def _cells(result):
    for o, points, parts in zip(q.OPTIONS, curves.points(result), curves.parts(result), strict=True):
        for j, (most, adds) in enumerate(zip(points, parts, strict=True)):
            left, said = LEFT + WIDE * (j + 0.015), f"{number(most, 2)}\n+{number(round(adds, 2))}"
            yield left, left + 0.97 * WIDE, ROW[o], adds / DARKEST, said


def _costs(least: bool):
    """What each open choice costs, and which is the cheapest, the second, and so on: those that cost least, or the others."""

    def places(result):
        ranked = curves.ranked(result)
        for o, rank in zip(ranked, ("least", "2nd", "3rd", "4th"), strict=False):
            best = result[o] == result[ranked[0]]
            if best is least:
                yield 0, result[o], ROW[o], f"{number(result[o])}, {'least' if best else rank}"

    return places


def _closed(result):
    return [(0, ROW[o], "not open here") for o in q.OPTIONS if o not in result["feasible"]]


def _lanes(result) -> list[str]:
    """The choices the setting leaves open, the cheapest first, then the others."""
    return [WEIGHTS_ROW, *(ROW[o] for o in curves.ranked(result)), *(lane for _, lane, _ in _closed(result))]


def _by_column(values) -> str:
    return ", ".join(f"{COLUMN[c]} {number(v, 2)}" for c, v in values.items())


def _words(now, start):
    said = []
    for i, o in enumerate(curves.ranked(now), 1):
        adds = zip(q.CRITERIA, curves.parts(now)[q.OPTIONS.index(o)], strict=True)
        most = _by_column({c: a for c, a in adds if a > 0}) or "nothing"
        said.append(f"{i}. {NAMES[o]}: {number(now[o])} points ({most}; starting case {number(start[o])})")
    shut = "".join(f" Not open in this setting: {NAMES[o]}." for o in q.OPTIONS if o not in now["feasible"])
    weights = _by_column(dict(zip(q.CRITERIA, curves.weights(now), strict=True)))
    return (
        f"Choices by what they cost Beijing, the cheapest first. {'; '.join(said)}.{shut} Weights: {weights}. "
        "Columns with a star are ours, not the report's."
    )


def _small(rows):
    """For a phone: narrow cells, in which the second number stands without its sign, and names of columns on three lines above the weights."""
    columns = sorted({r[1] for r in rows if r[0] == "head label"})

    def fitted(r):
        if r[0] == "cell":
            return [*r[:3], r[3].replace("+", ""), *r[4:]]
        if r[0] != "head label":
            return r
        line = columns.index(r[1]) % 3 if r[3] in COLUMN.values() else 3
        return [*r[:7], -24 + 13 * line, *r[8:]]

    return replace(TABLE, size=(218, 310)), [fitted(r) for r in rows]


TABLE = declared(
    models.TABLE,
    "Four choices by six costs, the cheapest first",
    Axis("cost, points", LEFT, TOP + 1, ticks=(0, 5, TOP), grid=False, look={"domain": False, "titleAnchor": "end"}),
    Names(_lanes, lines=True, moves=True, bare=True),
    Cells("cell", _cells, color=BASIS["assumption"], darkest=0.55, high=57, letters=11),
    Note("head", places=_heads, align="center", off=(0, -24), letters=11),
    Each("more", _costs(least=False), bar=True, color=QUIET, size=7, letters=13, begins=True),
    Each("least", _costs(least=True), bar=True, size=16, letters=13, begins=True),
    Note("closed", places=_closed, off=(3, 0), color=QUIET, letters=12),
    words=_words,
    note="Each cell: cost points from 0 to 10 and, below them, what they add to the cost, points times the weight above, which is its part in the sum of "
    "all weights; the darker, the more. Bars: the sum; the thick one is least. All points and weights are "
    "assumptions of ours: four costs are read from S1P3, and the report gives no numbers. Two columns, with a star, are not the report's: "
    "China's name abroad, which decides much, and what happens to the people, which starts at 0. Pull is our reading of S1P3-d.",
    numbers="",
    size=(500, 310),
    small=_small,
)


BARS = {  # by whether China's name abroad and what happens to the people are let in: beside the bar, and spoken
    ("left out", "no"): ("S1P3|alone", "over the four costs read from S1P3"),
    ("counted", "no"): ("+ China's|name*", "with China's name abroad, which we add,"),
    ("left out", "yes"): ("+ the|people*", "with what happens to the people, which we add,"),
    ("counted", "yes"): ("+ both*", "with both"),
}
CARE = "cheapest if one|weighs on average"
DARK = {"recognise": 0.04, "exit": 0.16, "tolerate": 0.28, "repatriate": 0.42}  # always with the name in or beside it
SIZE = (500, 420)
AT = {c: (i + 0.1) / len(q.CRITERIA) for i, c in enumerate(q.CRITERIA)}  # where a criterion's column begins
LONGEST = 0.09  # the bar of one that is all that counts, as a part of the width


def _hundred(share: float) -> str:
    """A share as so many of 100 weightings, told apart from none."""
    return "under 1" if 0 < share < 0.005 else f"{round(100 * share)}"


def _care(result) -> dict[str, str]:
    return {o: f"{SHORT[o]}|first in {_hundred(result[o])} of 100" for o in q.FEASIBLE[result["setting"]]}


def _parts(result):
    for which, one in curves.readings(result).items():
        for o, (left, right) in curves.stacked(one).items():
            said = f"{SHORT[o]} {_hundred(right - left)}"
            yield left, right, BARS[which][0], DARK[o], said if wide(said) + 20 < (right - left) * SIZE[0] else ""


def _met(result):
    """Where the parts meet in the bar of this setting."""
    ends = [end for _, end in curves.stacked(result).values()][:-1]
    return [(end, end, BARS[curves.reading(result)][0], "") for end in ends]


def _means(result):
    for o, weights in curves.typical_weights(result).items():
        for c, w in weights.items():
            yield AT[c], AT[c] + LONGEST * w, _care(result)[o], number(round(w, 2), 2)


def _never(result):
    typical = curves.typical_weights(result)
    return [(AT["dprk"], _care(result)[o], "no weighting makes it cheapest") for o in typical if not typical[o]]


def _shares(result) -> str:
    return ", ".join(f"{SHORT[o]} {number(result[o], 2)}" for o in q.FEASIBLE[result["setting"]])


def _weights_words(now, start):
    said = [f"{BARS[which][1]} {_shares(result)}" for which, result in curves.readings(now).items()]
    care = [
        f"{NAMES[o]}: {_by_column({c: round(w, 2) for c, w in weights.items()})}"
        for o, weights in curves.typical_weights(now).items()
        if weights
    ]
    return (
        f"Share of all weightings in which each choice is cheapest: {'; '.join(said)} (starting case: {_shares(start)}). "
        f"Mean weights, of {len(curves.let_in(now))} costs, that make it cheapest: {'; '.join(care)}."
    )


def _narrow(rows):
    """For a phone: names of columns on three lines, the numbers under their bars, and no words in a part too narrow for them."""
    across = round(SIZE[0] * 0.44)

    def fitted(r):
        if r[0] == "part":
            return [*r[:3], r[3] if wide(r[3]) < (r[4] - r[1]) * across else "", *r[4:]]
        if r[0] not in ("column label", "mean label"):
            return r
        column = int(r[1] * len(q.CRITERIA))
        down = 13 * (column % 3 - 1) if r[0] == "column label" else 15
        return [r[0], column / len(q.CRITERIA), *r[2:5], "left", 2, down, *r[8:]]

    return replace(WEIGHTS, size=(across, SIZE[1])), [fitted(r) for r in rows]


WEIGHTS = declared(
    models.WEIGHTS,
    "All ways to weigh the costs, parted by what is cheapest",
    Axis("share of all weightings", 0, 1, form="%", ticks=(0, 0.25, 0.5, 0.75, 1), grid=False, look={"orient": "top"}),
    Names(
        lambda r: [*(lane for lane, _ in BARS.values()), CARE, *_care(r).values()], lines=True, moves=True, bare=True
    ),
    Cells("part", _parts),
    Each("met", _met, begins=True, label=False, size=40),
    Note("column", places=lambda r: [(AT[c], CARE, COLUMN[c]) for c in curves.let_in(r)], letters=11),
    Each("mean", _means, bar=True, size=12, letters=11),
    Note("never", places=_never, color=QUIET, letters=12),
    words=_weights_words,
    note="Each bar is every weighting there is, counted in hundredths; a part too narrow for its name is told below. The first bar "
    "holds the four costs we read in S1P3, pull for S1P3-d among them; a star marks what we add: China's name abroad, and what happens to the people. "
    "Dots: where the parts meet in the bar of this setting. Short bars: the mean weight of each cost "
    "let in, among the weightings that make a choice cheapest; the longer, the heavier. Points are assumptions of ours.",
    numbers="",
    size=SIZE,
    small=_narrow,
)

"""How one year is drawn: a diagram of stocks and flows in which every height is a number of people."""

from __future__ import annotations

from functools import partial

from tumen.charts.lanes import layered, plane
from tumen.charts.parts import DASH, block, dots, text
from tumen.charts.picture import Picture
from tumen.charts.style import PAPER, QUIET, START
from tumen.core.words import number, say

WIDTH, HEIGHT = 620, 360
SCALE = 900  # people for every pixel of height, in boxes and arrows alike
MOST = 120_000  # beyond this a box or an arrow is cut, and says so
LEFT, RIGHT, TOP, BASE, WAY = (
    122,
    510,
    100,
    210,
    180,
)  # where the lands end, their tops, the foot of every box, the way of flows
CHINA, MIDDLE = (268, 368), 318  # the sides of the box in China and its middle
FLOWS = ("crossings", "lost", "to_the_south_alone", "through_the_network")
STARTING = "starting case, dashed: {start.present} present, {start.arrivals} arrive in {start.year}"
# flows are lighter than what stands and than what the network brings; both stand out from the ground
BAND, DARK = "#948F83", QUIET


def _pixels(people: float) -> float:
    return max(1.0, min(people, MOST) / SCALE)


def _draw():
    x, y = plane((0, WIDTH), (HEIGHT, 0))
    return layered(
        block("flow", x, y, color=BAND),
        block("network flow", x, y, color=DARK),
        block("land", x, y, fill=PAPER, stroke=QUIET, strokeWidth=1),
        block("stock", x, y, color=DARK),
        block("start stock", x, y, filled=False, stroke=START, strokeDash=DASH, strokeWidth=1.4),
        block("other count", x, y, filled=False, stroke=QUIET, strokeDash=[1, 3], strokeWidth=1.4),
        dots("right", x, y, shape="triangle-right", size=75, clip=False),
        dots("down", x, y, shape="triangle-down", size=75, clip=False),
        text("place", x, y, align="center", dx=0, size=13),
        text("number", x, y, align="center", dx=0, size=12),
        text("small", x, y, align="center", dx=0, size=11, color=QUIET),
    )


def _cut(result, key: str) -> str:
    return f"{number(result[key])}{', cut' if result[key] > MOST else ''}"


# what is drawn to scale, and so may be cut
DRAWN = {"crossed": "crossings", "gone": "lost", "here": "present", "other": "present_by_the_other_count"}
CUT = {name: partial(_cut, key=key) for name, key in DRAWN.items()}


def _rows(now, start):
    crossed, lost, alone, through = (_pixels(now[flow]) for flow in FLOWS)
    rows = [
        ["land", 10, BASE, "", LEFT, TOP],
        ["land", RIGHT, BASE, "", 612, TOP],
        ["flow", LEFT, WAY + crossed / 2, "", CHINA[0], WAY - crossed / 2],
        ["flow", CHINA[1], WAY + alone / 2, "", RIGHT, WAY - alone / 2],
        ["flow", MIDDLE - lost / 2, BASE, "", MIDDLE + lost / 2, BASE + 44],
        ["stock", CHINA[0], BASE, "", CHINA[1], BASE - _pixels(now["present"])],
        ["other count", CHINA[0] - 4, BASE, "", CHINA[1] + 4, BASE - _pixels(now["present_by_the_other_count"])],
        ["right", CHINA[0] - 5, WAY],
        ["right", RIGHT - 5, WAY],
        ["down", MIDDLE, BASE + 46],
    ]
    words = _labels(now)
    if now["through_the_network"] > 0:
        rows += [
            ["network flow", 66, 40 + through, "", 560, 40],
            ["network flow", 66, 40, "", 66 + through, TOP],
            ["network flow", 560, 40, "", 560 + through, TOP - 2],
            ["down", 560, TOP - 7],
        ]
        words.append(("number", MIDDLE, 26, "{through_the_network} brought by the network"))
    if now.inputs != start.inputs:
        rows.append(["start stock", CHINA[0], BASE, "", CHINA[1], BASE - _pixels(start["present"])])
        words.append(("small", MIDDLE, 352, STARTING))
    return [*rows, *([part, x, y, say(said, now, start, CUT)] for part, x, y, said in words)]


def _labels(now) -> list[tuple]:
    under = max(BASE + 4, WAY + _pixels(now["crossings"]) / 2 + 14)
    return [
        ("place", 66, 120, "in the North"),
        ("small", 66, 136, "hardship"),
        ("small", 66, 148, "after aid"),
        ("number", 66, 164, "{hardship:2} of 1998"),
        ("place", MIDDLE, 62, "in China, {year}"),
        ("place", 561, 120, "in the South"),
        ("number", 561, 150, "{arrivals} arrive"),
        ("small", 561, 168, "this year"),
        ("number", 195, under, "{crossed}"),
        ("small", 195, under + 16, "cross outside the network"),
        ("number", MIDDLE, 276, "{gone} return, are sent back, go elsewhere"),
        ("small", MIDDLE, 292, "or are no longer hidden"),
        ("number", MIDDLE, 318, "{here} present when the year begins, {next_year} when it ends"),
        ("small", MIDDLE, 336, "dotted box: {other} by the other estimate the model is fitted to"),
        ("number", 439, 198, "{to_the_south_alone:2}"),
        ("small", 439, 214, "go on without network"),
    ]


SPOKEN = (
    "A diagram of {year}, people by the model. Hardship after aid is {hardship:2} of that of 1998. {crossings} cross; {present} are "
    "in China when the year begins (by the other estimate {present_by_the_other_count}) and {next_year} when it ends; {lost} return, are "
    "sent back, go elsewhere or are no longer hidden. {to_the_south_alone:2} go on to the South without the network and "
    "{through_the_network} are brought by it: {arrivals} arrive (starting case, {start.year}: {start.arrivals})."
)
YEAR = Picture(
    title="One year of stocks and flows",
    columns=("part", "x", "y", "label", "x2", "y2"),
    draw=_draw,
    rows=_rows,
    words=lambda now, start: say(SPOKEN, now, start),
    caption=f"Box in the middle: people in China, its height in people; bands: flows of the year on the same scale, {SCALE} people to a "
    "pixel and at least one pixel. Only the arrivals are ever counted; every other number is the model's. Whoever comes by the network "
    "is not among those counted as present, and the model has no place for where they waited.",
    size=(WIDTH, HEIGHT),
)

"""How one year is drawn: a diagram of stocks and flows in which every height is a number of people."""

from __future__ import annotations

from tumen.charts.lanes import layered, plane
from tumen.charts.parts import DASH, block, dots, text
from tumen.charts.picture import Picture
from tumen.charts.style import PAPER, QUIET, START
from tumen.core.words import number

COLUMNS = ("part", "x", "y", "label", "x2", "y2")
WIDTH, HEIGHT = 620, 360
SCALE = 900  # people for every pixel of height, in boxes and arrows alike
MOST = 120_000  # beyond this a box or an arrow is cut, and says so
NORTH, CHINA, SOUTH = (10, 122), (268, 368), (510, 612)  # left and right side of each box
BASE = 210  # the foot of every box
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
        text("start number", x, y, align="center", dx=0, size=11, color=QUIET),
        text("small", x, y, align="center", dx=0, size=11, color=QUIET),
    )


def _cut(people: float) -> str:
    return f"{number(people)}{', cut' if people > MOST else ''}"


def _rows(now, start):
    middle = BASE - 30
    out = [["land", NORTH[0], BASE, "", NORTH[1], BASE - 110], ["land", SOUTH[0], BASE, "", SOUTH[1], BASE - 110]]
    crossed, lost, alone = (_pixels(now[k]) for k in ("crossings", "lost", "to_the_south_alone"))
    out += [
        ["flow", NORTH[1], middle + crossed / 2, "", CHINA[0], middle - crossed / 2],
        ["right", CHINA[0] - 5, middle],
        ["flow", CHINA[1], middle + alone / 2, "", SOUTH[0], middle - alone / 2],
        ["right", SOUTH[0] - 5, middle],
        ["flow", (CHINA[0] + CHINA[1]) / 2 - lost / 2, BASE, "", (CHINA[0] + CHINA[1]) / 2 + lost / 2, BASE + 44],
        ["down", (CHINA[0] + CHINA[1]) / 2, BASE + 46],
        ["stock", CHINA[0], BASE, "", CHINA[1], BASE - _pixels(now["present"])],
        ["other count", CHINA[0] - 4, BASE, "", CHINA[1] + 4, BASE - _pixels(now["present_by_the_other_count"])],
    ]
    if now["through_the_network"] > 0:
        through = _pixels(now["through_the_network"])
        out += [
            ["network flow", (NORTH[0] + NORTH[1]) / 2, 40 + through, "", SOUTH[0] + 50, 40],
            ["network flow", (NORTH[0] + NORTH[1]) / 2, 40, "", (NORTH[0] + NORTH[1]) / 2 + through, BASE - 110],
            ["network flow", SOUTH[0] + 50, 40, "", SOUTH[0] + 50 + through, BASE - 112],
            ["down", SOUTH[0] + 50, BASE - 117],
        ]
    return [*out, *_labels(now, middle), *(_start_rows(now, start) if now.inputs != start.inputs else [])]


def _labels(now, middle) -> list[list]:
    centre = (CHINA[0] + CHINA[1]) / 2
    under = max(BASE + 4, middle + _pixels(now["crossings"]) / 2 + 14)
    rows = [
        ["place", sum(NORTH) / 2, BASE - 90, "in the North"],
        ["small", sum(NORTH) / 2, BASE - 74, "hardship"],
        ["small", sum(NORTH) / 2, BASE - 62, "after aid"],
        ["number", sum(NORTH) / 2, BASE - 46, f"{number(now['hardship'], 2)} of 1998"],
        ["place", centre, 62, f"in China, {now['year']:.0f}"],
        ["place", sum(SOUTH) / 2, BASE - 90, "in the South"],
        ["number", sum(SOUTH) / 2, BASE - 60, f"{number(now['arrivals'])} arrive"],
        ["small", sum(SOUTH) / 2, BASE - 42, "this year"],
        ["number", (NORTH[1] + CHINA[0]) / 2, under, _cut(now["crossings"])],
        ["small", (NORTH[1] + CHINA[0]) / 2, under + 16, "cross outside the network"],
        ["number", centre, BASE + 66, f"{_cut(now['lost'])} return, are sent back, go elsewhere"],
        ["small", centre, BASE + 82, "or are no longer hidden"],
        [
            "number",
            centre,
            BASE + 108,
            f"{_cut(now['present'])} present when the year begins, {number(now['next_year'])} when it ends",
        ],
        [
            "small",
            centre,
            BASE + 126,
            f"dotted box: {_cut(now['present_by_the_other_count'])} by the other count the model is fitted to",
        ],
        ["number", (CHINA[1] + SOUTH[0]) / 2, middle + 18, f"{number(now['to_the_south_alone'], 2)}"],
        ["small", (CHINA[1] + SOUTH[0]) / 2, middle + 34, "go on without network"],
    ]
    if now["through_the_network"] > 0:
        rows.append(["number", centre, 26, f"{number(now['through_the_network'])} brought by the network"])
    return rows


def _start_rows(now, start) -> list[list]:
    return [
        ["start stock", CHINA[0], BASE, "", CHINA[1], BASE - _pixels(start["present"])],
        [
            "start number",
            (CHINA[0] + CHINA[1]) / 2,
            BASE + 142,
            f"starting case, dashed: {number(start['present'])} present, {number(start['arrivals'])} arrive in {start['year']:.0f}",
        ],
    ]


def _words(now, start):
    return (
        f"A diagram of {now['year']:.0f}, people by the model. Hardship after aid is {number(now['hardship'], 2)} of that of 1998. "
        f"{number(now['crossings'])} cross; {number(now['present'])} are in China when the year begins (by the other count "
        f"{number(now['present_by_the_other_count'])}) and {number(now['next_year'])} when it ends; {number(now['lost'])} return, are sent "
        f"back, go elsewhere or are no longer hidden. {number(now['to_the_south_alone'], 2)} go on to the South without the network and "
        f"{number(now['through_the_network'])} are brought by it: {number(now['arrivals'])} arrive (starting case, "
        f"{start['year']:.0f}: {number(start['arrivals'])})."
    )


YEAR = Picture(
    title="One year of stocks and flows",
    columns=COLUMNS,
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        f"Box in the middle: people in China, its height in people; bands: flows of the year on the same scale, {SCALE} people to a pixel and "
        "at least one pixel. Only the arrivals are ever counted; every other number is the model's. Whoever comes by the network is not "
        "among those counted as present, and the model has no place for where they waited."
    ),
    size=(WIDTH, HEIGHT),
)

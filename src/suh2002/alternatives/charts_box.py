"""How the box is drawn: the peeling as a path of density against coverage, and the box as limits on each unknown."""

from __future__ import annotations

from suh2002.alternatives import curves
from suh2002.alternatives import quantities as q
from suh2002.alternatives.charts_unknowns import SHORT
from suh2002.alternatives.models import in_hundred
from suh2002.alternatives.policies import peeling
from tumen.analysis.table import A_SHARE
from tumen.charts.lanes import COLUMNS, Ruler, axes, layered, marker, outlined, size, upright
from tumen.charts.parts import dots, line, span, text
from tumen.charts.picture import Picture
from tumen.charts.style import QUIET, RULE
from tumen.core.words import number

LANE = 29
LANES = len(q.UNCERTAIN) + 2.2
COVERAGE = Ruler(0, 1, left=0.05, right=0.42, first=0.05, last=0.42)
DENSITY = Ruler(0, 1, left=LANES - 1.5, right=1.2, first=1.2, last=LANES - 1.5)  # upwards, in lanes
NAME, FROM, TO = 0.74, 0.77, 0.99
EVERY = 2  # boxes of the peeling from one small dot to the next


def _draw():
    x, y = axes(LANES)
    return layered(
        span("across", x, "x2:Q", y, width=1, color=RULE),
        upright("grid", x, y, color=RULE),
        text("tick", x, y, align="center", dx=0, color=QUIET, size=11),
        text("tick up", x, y, align="right", dx=-5, color=QUIET, size=11),
        text("title", x, y, dx=0, color=QUIET),
        line("path", x, y, width=1.2, color=QUIET, order="label:Q"),
        dots("step", x, y, filled=False, size=22, color=QUIET),
        marker("chosen", x, y, shape="circle", size=150),
        text("chosen label", x, y, dx=8, dy=-13, size=12),
        text("name", x, y, align="right", dx=-8, size=11),
        outlined("range", x, y, width=10, color=QUIET),
        span("inside", x, "x2:Q", y, width=11),
        text("limit", x, y, align="center", dx=0, dy=-11, size=10),
    )


def _frame() -> list[list]:
    rows = [
        ["title", 0.0, 0.3, "best in so many of 100 cases inside"],
        ["title", 0.0, LANES - 0.2, "so many of 100 of its best cases lie inside"],
        ["title", 0.5, 0.3, "what the box asks of each unknown"],
    ]
    for v in (0, 0.25, 0.5, 0.75, 1):
        rows.append(["across", COVERAGE.left, DENSITY.at(v), "", COVERAGE.right])
        rows.append(["tick up", COVERAGE.left, DENSITY.at(v), number(100 * v)])
    for v in (0, 0.25, 0.5, 0.75, 1):
        rows.append(["grid", COVERAGE.at(v), DENSITY.right, "", DENSITY.left])
        rows.append(["tick", COVERAGE.at(v), DENSITY.left + 0.55, number(100 * v)])
    return rows


def _rows(now, start=None):
    rows, box = _frame(), now["box"]
    boxes = peeling(now.inputs)
    for i, b in enumerate(boxes):
        rows.append(["path", COVERAGE.at(b.coverage), DENSITY.at(b.density), i])
        if i % EVERY == 0:
            rows.append(["step", COVERAGE.at(b.coverage), DENSITY.at(b.density), ""])
    if not boxes:
        return [*rows, ["chosen label", 0.05, LANES / 2, "engagement is best in no case"]]
    place = COVERAGE.at(box["coverage"]), DENSITY.at(box["density"])
    words = f"{in_hundred(box['density'])} of 100 inside"
    rows += [["chosen", *place, ""], ["chosen label", min(place[0], 0.2), max(place[1], 1.8), words]]
    for i, x in enumerate(q.UNCERTAIN):
        rows += _limits(now, x.key, 1.2 + i)
    return rows


def _limits(now, name, y) -> list[list]:
    (low, high), *_ = now[name]
    ruler = Ruler(low, high, left=FROM, right=TO, first=FROM, last=TO)
    rows = [["name", FROM, y, SHORT[name]], ["range", FROM, y, "", TO]]
    least, most = curves.limits(now).get(name, (None, None))
    if least is None and most is None:
        return rows
    ends = low if least is None else least, high if most is None else most
    rows.append(["inside", ruler.at(ends[0]), y, "", ruler.at(ends[1])])
    said = f"{number(ends[0], 2)} to {number(ends[1], 2)}"
    if least is None or most is None:
        said = f"at most {number(most, 2)}" if least is None else f"at least {number(least, 2)}"
    return [*rows, ["limit", (FROM + TO) / 2, y, said]]


def conditions(now) -> list[str]:
    """What the box asks, a phrase an unknown, such as “promises believed at most 0.72”."""
    out = []
    for name, (least, most) in curves.limits(now).items():
        ends = [f"at least {number(least, 2)}"] if least is not None else []
        ends += [f"at most {number(most, 2)}"] if most is not None else []
        out.append(f"{SHORT[name]} {' and '.join(ends)}")
    return out


def said(now) -> str:
    """The box in one sentence."""
    box = now["box"]
    if not peeling(now.inputs):
        return "Engagement is best in none of the cases drawn, so there is no box."
    asked = conditions(now)
    where = ", ".join(asked) if asked else "anywhere in the ranges set"
    return (
        f"Engagement is best in {in_hundred(box['density'])} of 100 cases of this box: {where}. It holds "
        f"{in_hundred(box['mass'])} of 100 cases drawn, and {in_hundred(box['coverage'])} of 100 of those in which "
        "engagement is best."
    )


def often(now) -> str:
    """In how many of all cases engagement is best, and what that number is not."""
    best = in_hundred(now["best_share"]["engage"])
    return f"Engagement is best in {best} of 100 cases drawn from the ranges set. {A_SHARE}"


BOX = Picture(
    title="The box in which engagement is best, and the path that led to it",
    columns=COLUMNS,
    draw=_draw,
    rows=_rows,
    words=lambda now, start=None: (
        f"{said(now)} The path has {len(peeling(now.inputs))} boxes, each inside the one before."
    ),
    caption=(
        "Left: the search begins with all cases (right end) and peels off, step by step, the slice whose loss makes engagement best "
        "most surely among the rest: surer inside, fewer of its best cases held. Dot: the first box as sure as asked. Right: that box; "
        "outlined, the range drawn; filled, the part the box asks for. All of it follows from assumptions of ours."
    ),
    size=size(LANES, LANE),
)

"""How the causal graph is drawn: boxes, arrows, what is held, and which ways stay open."""

from __future__ import annotations

import itertools
import math

from suh2002.hindsight.causes import AID, ARRIVALS, ARROWS, BY_KEY, NODES, open_ways
from suh2002.hindsight.models import held, spoken
from tumen.charts.lanes import layered, plane
from tumen.charts.parts import chart_of
from tumen.charts.picture import Picture
from tumen.charts.style import INK, PAPER, QUIET, START

SIZE = (640, 430)
ACROSS, DOWN = (-0.55, 5.6), (-0.25, 5.85)  # the part of the plane the nodes of causes.py stand in
LETTER, TALL, MARGIN = 6.1, 22, 12  # a letter's width, a box's height and its margins, in pixels
HEAD = 5  # how far before a box the middle of an arrow's head lies


def _scale():
    return SIZE[0] / (ACROSS[1] - ACROSS[0]), SIZE[1] / (DOWN[1] - DOWN[0])


def _half(key: str) -> tuple[float, float]:
    """Half a box's width and height in pixels."""
    return (len(BY_KEY[key].name) * LETTER + MARGIN) / 2, TALL / 2


def _arrows() -> list[dict]:
    """Every arrow by its number: from the edge of one box to the edge of the other, and which way its head turns."""
    kx, ky = _scale()
    drawn = []
    for i, arrow in enumerate(ARROWS):
        a, b = BY_KEY[arrow.cause], BY_KEY[arrow.effect]
        dx, dy = (b.x - a.x) * kx, (b.y - a.y) * ky
        ux, uy = dx / math.hypot(dx, dy), dy / math.hypot(dx, dy)
        out, back = (_to_edge(ux, uy, *_half(key)) for key in (arrow.cause, arrow.effect))
        ends = {"x": a.x + ux * out / kx, "y": a.y + uy * out / ky}
        ends |= {"x2": b.x - ux * (back + HEAD) / kx, "y2": b.y - uy * (back + HEAD) / ky}
        drawn.append({"key": i, **ends, "turn": math.degrees(math.atan2(ux, -uy))})
    return drawn


def _boxes() -> list[dict]:
    """Every box by its number: its corners."""
    (kx, ky), drawn = _scale(), []
    for i, n in enumerate(NODES):
        w, h = (half / k for half, k in zip(_half(n.key), (kx, ky), strict=True))
        drawn.append({"key": i, "x": n.x - w, "y": n.y - h, "x2": n.x + w, "y2": n.y + h})
    return drawn


def _to_edge(ux, uy, half_wide, half_tall):
    """How far it is from a box's middle to its edge in one direction, in pixels."""
    return min(half_wide / abs(ux) if ux else math.inf, half_tall / abs(uy) if uy else math.inf)


def _draw():
    """Arrows and boxes stand where they are; the rows only say what state each is in."""
    import altair as alt

    x, y = plane(ACROSS, DOWN[::-1])
    ends = {"x": x, "y": y, "x2": "x2:Q", "y2": "y2:Q"}
    arrows, boxes = _arrows(), _boxes()
    heads = [{"key": a["key"], "x": a["x2"], "y": a["y2"], "turn": a["turn"]} for a in arrows]
    names = [{"key": i, "x": n.x, "y": n.y, "name": n.name} for i, n in enumerate(NODES)]

    def of(part, places):
        found = alt.LookupData(data=alt.Data(values=places), key="key", fields=[f for f in places[0] if f != "key"])
        return chart_of(part).transform_lookup(lookup="key", from_=found)

    def arrow(part, color, width, size, dash=(1, 0)):
        rule = of(part, arrows).mark_rule(color=color, strokeWidth=width, strokeDash=list(dash)).encode(**ends)
        head = of(part, heads).mark_point(shape="triangle", filled=True, opacity=1, color=color, size=size)
        return rule, head.encode(x=x, y=y, angle=alt.Angle("turn:Q", scale=None))

    def box(part, fill, stroke, width, dash=(1, 0)):
        look = {"fill": fill, "stroke": stroke, "strokeWidth": width, "strokeDash": list(dash)}
        name = of(part, names).mark_text(fontSize=12, color=PAPER if fill == INK else INK)
        return of(part, boxes).mark_rect(cornerRadius=3, **look).encode(**ends), name.encode(x=x, y=y, text="name:N")

    drawn = [
        arrow("idle", START, 1, 34),
        arrow("own", INK, 4, 80),
        arrow("beside", INK, 2.6, 80, (2, 3)),
        box("free", PAPER, QUIET, 1),
        box("unseen", PAPER, QUIET, 1, (3, 2)),
        box("end", PAPER, INK, 2.5),
        box("held", INK, INK, 1),
    ]
    held_tag = of("held", boxes).mark_text(align="left", dy=-7, fontSize=11, color=INK)
    below, above = zip(*drawn, strict=True)
    return layered(*below, *above, held_tag.encode(x=x, y=y, text=alt.value("held")))


def _rows(now, start):
    fixed = held(now.inputs)
    own, beside = (_steps(w) for w in open_ways(fixed))
    rows = []
    for i, arrow in enumerate(ARROWS):
        pair = frozenset((arrow.cause, arrow.effect))
        parts = [part for part, steps in (("own", own), ("beside", beside)) if pair in steps]
        rows += [[part, i] for part in parts or ["idle"]]
    for i, node in enumerate(NODES):
        end = node.key in (AID, ARRIVALS)
        part = "held" if node.key in fixed else "end" if end else "free" if node.series else "unseen"
        rows.append([part, i])
    return rows


def _steps(ways) -> set[frozenset]:
    return {frozenset(pair) for way in ways for pair in itertools.pairwise(way)}


def _words(now, start):
    fixed = held(now.inputs)
    own, beside = open_ways(fixed)
    said = (
        f"{len(NODES)} boxes and {len(ARROWS)} arrows. Held: {spoken(fixed)}. Open along the arrows from {BY_KEY[AID].name} to "
        f"{BY_KEY[ARRIVALS].name}: {len(own)}; open besides: {len(beside)} (starting case {start['open_ways']:.0f})."
    )
    if beside:
        said += " The open ones pass " + "; ".join(spoken(way[1:-1]) for way in beside) + "."
    if now.inputs == start.inputs:
        arrows = "; ".join(f"{BY_KEY[a.cause].name} to {BY_KEY[a.effect].name}" for a in ARROWS)
        said += f" The arrows: {arrows}."
    return said


GRAPH = Picture(
    title="What may move arrivals, and what moves aid as well",
    columns=("part", "key"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Thick: the way from aid to arrivals. Dotted: other ways left open. Thin: closed, or on no way between the two. Filled boxes are "
        "held fixed; dashed boxes have no yearly series in our tables. Every arrow is an assumption of ours, with its reason in the table "
        "of arrows."
    ),
    size=SIZE,
)

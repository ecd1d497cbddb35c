"""A map that somebody wrote in Argdown, laid out and drawn as the report's own is."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from textwrap import shorten

from tumen.charts.argument import HIGH, LINE, MAP, STEP, TOP, WIDE, Drawn, whole
from tumen.charts.picture import Picture
from tumen.core import Problem
from tumen.evidence.argdown import Read
from tumen.evidence.argument import Argument, Point, argument

MOST = 150  # points that can be told apart in one picture
LABEL = 25  # letters that fit into a box
BETWEEN = 0.8  # lines left free above another chain


class OwnMap:
    """The map that was `read`: its points in their places, and the `picture` that draws them.

    Raises `Problem` where there are more points than one picture can hold.
    """

    def __init__(self, read: Read):
        if len(read.argument.points) > MOST:
            raise Problem(
                f"{len(read.argument.points)} points are too many for one picture; at most {MOST} are drawn. "
                "The command tumen argument says them in words."
            )
        self.read = read
        self.argument = Argument(_placed(read), read.argument.legs)
        points = self.argument.points.values()
        size = (
            int(max(p.layer for p in points) * STEP + WIDE + 4),
            int(TOP + max(p.line for p in points) * LINE + HIGH),
        )
        self.picture: Picture = replace(MAP, draw=partial(MAP.draw, size), size=size, caption=CAPTION, told=None)

    def drawn(self) -> Drawn:
        """What is drawn while nothing is taken away."""
        return replace(whole(self.argument), against=self.read.against, chains=self.read.chains)


CAPTION = (
    "Premises stand at the left of what they carry. Lines that meet in a dot are needed together; separate arrows are separate "
    "legs. A dotted line that ends in a cross leads from what speaks against a point to that point. A point that bears the name "
    "of a claim of the ledger shows the claim’s status; the others are in the words of who wrote them."
)


def _placed(read: Read) -> dict[str, Point]:
    """Every point with its line: premises above one another, a conclusion at the middle of them, attacks under their target."""
    points, known = read.argument.points, argument().points
    legs: dict[str, list[str]] = {}
    for g in read.argument.legs:
        legs.setdefault(g.conclusion, []).extend(g.premises)
    carrying = {p for g in read.argument.legs for p in g.premises}
    attacking = {a for by in read.against.values() for a in by}
    layer = {id: p.layer for id, p in points.items()}
    line: dict[str, float] = {}
    begun: set[str] = set()
    free: dict[int, float] = {}  # by column, the first line that nothing stands on
    below = 0.0

    def put(id: str, wanted: float) -> None:
        nonlocal below
        line[id] = max(wanted, free.get(layer[id], 0.0))
        free[layer[id]] = line[id] + 1
        below = max(below, line[id] + 1)

    def place(id: str, wanted: float | None = None) -> None:
        if id in begun:
            return
        begun.add(id)
        for premise in legs.get(id, ()):
            place(premise)
        stands = [line[p] for p in legs.get(id, ()) if p in line]
        put(id, sum(stands) / len(stands) if stands else below if wanted is None else wanted)
        for attacker in read.against.get(id, ()):
            if attacker in points and attacker not in begun:
                layer[attacker] = max(layer[attacker], layer[id]) if attacker not in carrying else layer[attacker]
                place(attacker, line[id] + 1)

    for chain in sorted({p.chain for p in points.values()}):
        mine = [id for id, p in points.items() if p.chain == chain]
        below += BETWEEN if line else 0.0
        free = dict.fromkeys(free, below)
        tops = [id for id in mine if id not in carrying and id not in attacking]
        for id in [*tops, *mine]:
            place(id)
    return {
        id: replace(
            p,
            short=known[id].short if id in known else shorten(p.short if p.claim else id, LABEL, placeholder="…"),
            layer=layer[id],
            line=line[id],
        )
        for id, p in points.items()
    }

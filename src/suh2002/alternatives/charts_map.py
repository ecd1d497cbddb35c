"""How two unknowns are drawn together: a map of cells, dark where engagement leads, outlined where another policy does."""

from __future__ import annotations

from suh2002.alternatives import curves
from suh2002.alternatives import quantities as q
from suh2002.alternatives.models import ROBUST, SAID, in_hundred
from tumen.charts.axis import Axis
from tumen.charts.lanes import layered
from tumen.charts.parts import block, text
from tumen.charts.picture import Picture
from tumen.charts.style import INK, PAPER, QUIET

ACROSS, UP = map(ROBUST.quantity, ("credibility", "aid_effect"))  # the two most worth learning in the starting case
LETTER = {"engage": "E", "pressure": "P", "quiet": "Q", "conditional": "C"}
DEEP = 0.75  # the share from which a cell is dark and written on in white; nothing lies between dark and pale


def _draw():
    import altair as alt

    plain = {"grid": False, "form": ".2~f"}
    x, y = (
        Axis(one.label, *one.value[0], **plain).encoding(channel, tickCount=6)
        for one, channel in ((ACROSS, "x"), (UP, "y"))
    )
    shade = alt.Opacity("shade:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None)
    return layered(
        block("engage", x, y, fill=INK, color=INK, clip=True, also={"opacity": shade}),
        block("other", x, y, filled=False, color=QUIET, strokeWidth=0.7, clip=True),
        text("deep", x, y, align="center", dx=0, size=11, color=PAPER),
        text("pale", x, y, align="center", dx=0, size=11),
    )


def _cells(now):
    """Each cell that lies in the picture: its four edges, the policy that leads there, and its share."""
    shares = curves.share_map(now, ACROSS.key, UP.key)
    (left, right), (low, high) = ACROSS.value[0], UP.value[0]
    wide, tall = (shares[k][1] - shares[k][0] for k in ("across", "up"))
    for i, x in enumerate(shares["across"]):
        for j, y in enumerate(shares["up"]):
            of = {p: float(shares[p][i, j]) for p in q.POLICIES}
            leader = max(of, key=of.get)
            if left <= x <= right and low <= y <= high and of[leader] > 0:
                yield (x - wide / 2, x + wide / 2, y - tall / 2, y + tall / 2), leader, of[leader]


def _rows(now, start=None):
    rows = []
    for (x, x2, y, y2), leader, share in _cells(now):
        led = leader == "engage"
        rows.append(["engage" if led else "other", x, y, "", x2, y2, _shade(share)])
        words = f"{'' if led else LETTER[leader] + ' '}{round(100 * share)}"
        rows.append(["deep" if led and share >= DEEP else "pale", (x + x2) / 2, (y + y2) / 2, words])
    return rows


def _shade(share: float) -> float:
    return 0.05 + 0.35 * share if share < DEEP else 0.66 + 1.2 * (share - DEEP)


def _words(now, start=None) -> str:
    cells = list(_cells(now))
    count = {p: sum(leader == p for _, leader, _ in cells) for p in q.POLICIES}
    leads = ", ".join(f"{SAID[p]} in {count[p]}" for p in q.POLICIES if count[p])
    corners = []
    for end, words in ((0, "aid relieves least"), (-1, "aid relieves most")):
        for side, said in ((0, "promises are believed least"), (-1, "believed most")):
            of = _corner(now, side, end)
            leader = max(of, key=of.get)
            corners.append(f"where {words} and {said}, {SAID[leader]} with {in_hundred(of[leader])} of 100 cases")
    return (
        f"A map of two unknowns in {len(cells)} cells; most often best: {leads}. In the corners: {'; '.join(corners)}."
    )


def _corner(now, i: int, j: int) -> dict[str, float]:
    shares = curves.share_map(now, ACROSS.key, UP.key)
    return {p: float(shares[p][i, j]) for p in q.POLICIES}


MAP = Picture(
    title="Which policy leads, by what aid relieves and how far promises are believed",
    columns=("part", "x", "y", "label", "x2", "y2", "shade"),
    draw=_draw,
    rows=_rows,
    words=_words,
    caption=(
        "Each cell holds the cases with about that much relief and that much belief, all else drawn. Shaded: engagement is best most "
        "often, in so many of 100 cases, written in white from 75 on. Outlined: another policy is; C the conditional mix, Q the quiet route, "
        "P pressure. Ranges and points are assumptions of ours."
    ),
    size=(500, 330),
)


def reading(now) -> str:
    """Where engagement leads on the map, in a sentence."""
    cells = list(_cells(now))
    led = sum(leader == "engage" for _, leader, _ in cells)
    return f"On the map of the two, engagement leads in {led} of {len(cells)} cells."

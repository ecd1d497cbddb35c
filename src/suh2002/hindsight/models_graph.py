"""The causal graph as a model: what must be held fixed before aid and arrivals can be compared."""

from __future__ import annotations

from collections.abc import Mapping

from suh2002.hindsight import quantities as q
from suh2002.hindsight.causes import BY_KEY, open_ways
from tumen.core import Model, Output


def held(inputs: Mapping) -> tuple[str, ...]:
    """The things that are held fixed, in the order of the controls."""
    return tuple(h.key for h in q.HOLDS if inputs[h.key] == q.HELD)


def _graph(**given):
    """How many ways stay open along the arrows and beside them, and whether a comparison would show aid's effect."""
    along, beside = open_ways(held(given))
    return {
        "open_ways": float(len(beside)),
        "own_ways": float(len(along)),
        "shows_effect": "yes" if along and not beside else "no",
    }


def spoken(way: tuple[str, ...]) -> str:
    """A way in words, by the names of what it meets between its ends."""
    return ", ".join(BY_KEY[key].name for key in way[1:-1])


def _verdict(r):
    fixed = held(r.inputs)
    along, beside = open_ways(fixed)
    said = f"Held fixed: {', '.join(BY_KEY[k].name for k in fixed) or 'nothing'}. "
    if not along:
        said += "Aid’s own way to arrivals is closed by what is held, so no effect of it could show. "
    if not beside:
        said += "No other way from aid to arrivals is open. "
    else:
        ways = "other way is" if len(beside) == 1 else "other ways are"
        said += f"{len(beside)} {ways} open, the shortest through {spoken(beside[0])}. "
    if along and not beside:
        said += "If the graph were true and complete, comparing such years would show what aid does. It is ours, and neither is known."
    else:
        said += "A comparison would not show what aid does."
    return said


GRAPH = Model(
    key="hindsight.graph",
    question="What must be held fixed to see what aid does?",
    claims=("S3P1-d", "S3P1-i", "S3P2-a", "S3P5-g"),
    quantities=q.HOLDS,
    run=_graph,
    outputs=(
        Output("open_ways", "open beside aid’s own", "ways"),
        Output("own_ways", "open from aid along the arrows", "ways"),
        Output("shows_effect", "would a comparison show what aid does?", kind="label"),
    ),
    formula=(
        "d-separation: a way is closed where a held thing stands in it as cause or go-between, or where two arrows meet in "
        "a thing that is not held and moves nothing held (Pearl 1988)"
    ),
    leaves_out=(
        "How strong an arrow is, how long it takes, and every arrow we did not think of. A missing arrow is the strongest "
        "assumption in the picture."
    ),
    verdict=_verdict,
)

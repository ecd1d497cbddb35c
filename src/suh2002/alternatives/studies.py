"""What the robust model says beyond its shares: along each unknown, on a map of two, in a box, and what knowing is worth."""

from __future__ import annotations

from collections.abc import Callable

from suh2002.alternatives import curves
from suh2002.alternatives import quantities as q
from suh2002.alternatives.models import ROBUST, SAID, in_hundred
from tumen.analysis.study import Study
from tumen.core import Model, Result
from tumen.core.words import number

RESULT = "result"  # the part of a study's first row that carries the result it is drawn from


def _computed(columns: tuple[str, ...], cells: Callable[[Result], list[list[str]]]) -> Callable[[Model], list[dict]]:
    """A study's rows: the cells of its table by column, and with each the result."""

    def compute(model: Model) -> list[dict]:
        result = model()
        return [{**dict(zip(columns, row, strict=True)), RESULT: result} for row in cells(result)]

    return compute


def along_cells(result: Result) -> list[list[str]]:
    """A row an unknown: its range, the leader at both ends with its cases in 100, and where the lead changes."""
    rows = []
    for name in curves.ranked_unknowns(result):
        (low, high), *_ = result[name]
        along = curves.share_along(result, name, curves.CELLS)
        ends = []
        for k in (0, -1):
            first = max(q.POLICIES, key=lambda p, k=k: along[p][k])
            ends.append(f"{SAID[first]}, {in_hundred(along[first][k])}")
        turn = "; ".join(f"{number(at, 2)}: {SAID[above]}" for at, _, _, above in curves.turns(result, name))
        rows.append([result.model.quantity(name).label, f"{number(low)} to {number(high)}", *ends, turn or "nowhere"])
    return rows


def lead_cells(result: Result) -> list[list[str]]:
    """A row a slice of what aid relieves: how often engagement is best there, from least to most belief in promises."""
    shares = curves.share_map(result, "credibility", "aid_effect")
    rows = []
    for j, relief in enumerate(shares["up"]):
        ends = [in_hundred(shares["engage"][i, j]) for i in (0, curves.CELLS // 2, -1)]
        led = sum(shares["engage"][i, j] >= max(shares[p][i, j] for p in q.POLICIES) for i in range(curves.CELLS))
        rows.append([f"about {number(relief, 2)}", *ends, f"{led} of {curves.CELLS}"])
    return rows[::-1]


def box_cells(result: Result) -> list[list[str]]:
    """A row an unknown: the range drawn, and what the box asks of it."""
    asked = curves.limits(result)
    rows = []
    for x in q.UNCERTAIN:
        (low, high), *_ = result[x.key]
        least, most = asked.get(x.key, (None, None))
        words = [f"at least {number(least, 2)}"] if least is not None else []
        words += [f"at most {number(most, 2)}"] if most is not None else []
        rows.append([x.label, f"{number(low)} to {number(high)}", " and ".join(words) or "nothing"])
    return rows


def learning_cells(result: Result) -> list[list[str]]:
    """A row for everything and one an unknown: what it would be worth to know, in points."""
    rows = [["everything at once", number(result["evpi"], 2)]]
    return rows + [[x.label, number(result["evppi"][x.key], 2)] for x in q.UNCERTAIN]


REGRETS = ("policy", "best in so many of 100", "mean regret, points", "largest regret, points")


def regret_cells(result: Result) -> list[list[str]]:
    """A row a policy, the smallest largest regret first: how often best, and its regrets."""
    worst = result["max_regret"]
    return [
        [SAID[p], in_hundred(result["best_share"][p]), number(result["mean_regret"][p], 2), number(worst[p])]
        for p in sorted(worst, key=worst.get)
    ]


def _by_regret(model: Model) -> Model:
    """The model with its rule set to the largest regret."""
    return model.with_quantities({"rule": model.quantity("rule").with_value("max regret")})


def _study(name: str, question: str, columns: tuple[str, ...], cells, leaves_out: str) -> Study:
    return Study(
        key=f"alternatives.{name}",
        question=question,
        model=ROBUST,
        compute=_computed(columns, cells),
        columns=columns,
        leaves_out=leaves_out,
        claims=("S3P1-f",),
    )


ALONG = _study(
    "along",
    "Along which unknown does another policy take the lead?",
    ("unknown", "range", "leads at the low end, in 100", "leads at the high end, in 100", "the lead changes at"),
    along_cells,
    "what two unknowns do together; the map shows one pair.",
)
LEAD = _study(
    "lead",
    "Which policy leads, by what aid relieves and how far promises are believed?",
    ("what full aid relieves", "promises believed least", "in the middle", "believed most", "cells led by engagement"),
    lead_cells,
    "the other nine unknowns, which are drawn in every cell alike; a fence between belief and relief that may not exist.",
)
BOX = _study(
    "box",
    "Within which limits is engagement almost surely best?",
    ("unknown", "range drawn", "the box asks"),
    box_cells,
    "other boxes that would be as sure; a box has straight sides, and what decides may lie slanted across them.",
)
LEARNING = _study(
    "learning",
    "Which unknown is worth learning before choosing?",
    ("to know", "is worth, points"),
    learning_cells,
    "what learning costs, whether anyone could learn it, and two unknowns learned together.",
)
BY_REGRET = Study(
    key="alternatives.by_regret",
    question="Which policy does the largest regret choose?",
    model=ROBUST,
    compute=lambda model: _computed(REGRETS, regret_cells)(_by_regret(model)),
    columns=REGRETS,
    leaves_out="how likely the worst case is; the largest regret is that of one case among all those drawn.",
    claims=("S3P1-f",),
)
STUDIES = (BY_REGRET, ALONG, LEAD, BOX, LEARNING)

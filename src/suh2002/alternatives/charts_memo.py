"""The memo that the last chapter asks for: "no alternative" rewritten, with the conditions and numbers of a setting."""

from __future__ import annotations

from suh2002.alternatives import charts_box, charts_learning, charts_unknowns
from suh2002.alternatives.models import SAID, in_hundred
from tumen.core import Result
from tumen.core.paper import Paper, Piece
from tumen.core.words import number


def _fares(result: Result) -> tuple[list[str], list[list[str]]]:
    """How each policy fares: the head and the rows of a table."""
    head = ["policy", "best in so many of 100 cases", "mean regret, points", "largest regret, points"]
    return head, [
        [SAID[p], in_hundred(share), number(result["mean_regret"][p], 2), number(result["max_regret"][p], 2)]
        for p, share in result["best_share"].items()
    ]


MEMO = Paper(
    title="Memo: is there an alternative?",
    claim="S3P1-f",
    model="alternatives.robust",
    first=(Piece("alternatives.clause", "As I would write it", "the clause"),),
    then=(
        Piece(
            "alternatives.mind",
            "The strongest reason against me, and what would change my mind",
            "the reason against you",
        ),
        Piece("alternatives.proof", "When I would be proved wrong", "the date by which you would be proved wrong"),
        Piece("alternatives.right", "What no table holds", "whether a right can be an outcome in a table"),
    ),
    conditions=lambda r: (charts_box.said(r), charts_unknowns.reading(r), charts_learning.reading(r)),
    fares=("How the policies fare", _fares),
    kind=lambda q: "a value" if q.key.startswith(("weight_", "per_")) or q.key == "rule" else "an unknown, or ours",
    closing=(
        "Shares and regrets describe the assumptions above and nothing else; they are no evidence about the world. "
        "The utility by which policies are compared is a chosen one."
    ),
)

"""The argument in sentences: what carries a conclusion, and what taking premises away leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tumen.core.words import listed
from tumen.evidence.argument import LEG, LOST, NEVER, STANDS, TAKEN, Argument, Standing, argument
from tumen.evidence.exhibit import Gathered
from tumen.evidence.tables import Table


def named(argument: Argument, id: str) -> str:
    """A point by its id and its few words in brackets; one of ours by its words."""
    point = argument.points[id]
    return f"{point.id} ({point.short})" if point.claim else f"“{point.short}” ({point.tag})"


def _brief(argument: Argument, id: str) -> str:
    point = argument.points[id]
    return point.id if point.claim else f"“{point.short}”"


def carried_by(argument: Argument, id: str, joined: Mapping[str, str] | None = None) -> str:
    """What carries a conclusion: its legs, each with its premises, and how they are joined."""
    legs = [" with ".join(_brief(argument, p) for p in g.premises) for g in argument.legs_of(id, joined)]
    word = {"all": "; and "}.get(argument.joined(joined).get(id, "any"), "; or ")
    return word.join(legs)


def verdict(argument: Argument, standing: Mapping[str, Standing], joined: Mapping[str, str] | None = None) -> str:
    """One sentence or two on what the taking away did to the conclusions, and what to see where it was worked out."""
    taken = [id for id, s in standing.items() if s.state == TAKEN]
    if not taken:
        return "Nothing is taken away: every conclusion stands on all its legs."
    conclusions = [standing[id] for id in argument.conclusions(joined)]
    lost = [named(argument, s.id) for s in conclusions if s.state == LOST]
    legs = [f"{named(argument, s.id)} {s.words}" for s in conclusions if s.state == LEG]
    never = sum(s.state == NEVER for s in conclusions)
    still = sum(s.state == STANDS for s in conclusions)
    parts = []
    if lost:
        parts.append(f"{listed(lost)} {'loses' if len(lost) == 1 else 'lose'} all support")
    if legs:
        parts.append(listed(legs))
    if not parts:
        parts.append("no conclusion loses a leg")
    if still:
        parts.append(f"{still} further {'conclusion stands' if still == 1 else 'conclusions stand'} on legs that hold")
    parts.append(
        f"{never} {'conclusion' if never == 1 else 'conclusions'} never needed {'it' if len(taken) == 1 else 'them'}"
    )
    said = f"Without {listed(named(argument, id) for id in taken)}: {'; '.join(parts)}."
    return " ".join(
        [said, *dict.fromkeys(argument.points[id].if_taken for id in taken if argument.points[id].if_taken)]
    )


def _argument(_get: Callable[[str], Table]) -> list[dict]:
    """Every point of the argument with what carries it and the ledger's status at the time of writing."""
    found = argument()
    return [
        {
            "id": p.tag,
            "chain": p.chain,
            "says": p.says,
            "carried by": carried_by(found, id) or "nothing in the report",
            "status when written": p.claim.status_at_writing if p.claim else "ours",
        }
        for id, p in found.points.items()
    ]


ARGUMENT = Gathered(
    key="report.argument",
    question="What carries what in the report’s argument?",
    tables=(),
    gather=_argument,
    columns=("id", "chain", "says", "carried by", "status when written"),
    heads={"id": "claim", "says": "in our words"},
    leaves_out="claims that carry no other; how strong each step is.",
)

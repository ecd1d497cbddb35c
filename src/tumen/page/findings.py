"""What the models have to say on each claim, under the case in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tumen.brief import models
from tumen.core import Model, Problem
from tumen.core.frozen import frozen
from tumen.core.result import verdict_words
from tumen.page.session import Session


@frozen
class Heard:
    """One model on one claim: its relation to it, its verdict in words, and whether it holds.

    `holds` is None where the model only illustrates the claim or merely speaks of it (no relation).
    """

    model: str
    relation: str
    words: str
    holds: bool | None
    differs: str = ""


def findings(session: Session) -> dict[str, list[Heard]]:
    """Every model's word on every claim it speaks to, by claim, with the case's values in place."""
    out: dict[str, list[Heard]] = {}
    for model in models().values():
        for claim, heard in _of(session.model(model)).items():
            out.setdefault(claim, []).append(heard)
    for heard in out.values():
        heard.sort(key=lambda h: not h.relation)  # those with a finding first
    return out


def failing(found: Mapping[str, Sequence[Heard]]) -> frozenset[str]:
    """The claims with a finding that does not hold."""
    return frozenset(claim for claim, heard in found.items() if any(h.holds is False for h in heard))


def _of(model: Model) -> dict[str, Heard]:
    out = {claim: Heard(model.key, "", model.question, None) for claim in model.claims}
    if not model.findings:
        return out
    try:
        verdicts = {v.claim: v for v in model().findings}
    except Problem as fault:
        return out | {f.claim: Heard(model.key, f.relation, str(fault), None) for f in model.findings}
    for f in model.findings:
        v = verdicts[f.claim]
        holds = None if v.holds is None else bool(v.holds)
        out[f.claim] = Heard(model.key, f.relation, verdict_words(v), holds, f.differs)
    return out

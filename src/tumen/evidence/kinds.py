"""Kinds of claim: what each says, the words its verdict may take, and what a verdict bears on the claim."""

from __future__ import annotations

from tumen.evidence.package import Kind, schema

FOR, AGAINST, OPEN, UNTESTABLE, NO_VERDICT = BEARINGS = ("for it", "against it", "open", "untestable", "no verdict")
BEARS = {
    FOR: ("held", "supported", "came true", "fires"),
    AGAINST: ("did not hold", "not supported", "did not come true", "does not fire"),
    OPEN: ("contested", "depends on its coding", "a model's", "not yet"),
    UNTESTABLE: ("untestable",),
    NO_VERDICT: ("no verdict",),
}
EARLIER = {"contradicted": AGAINST}  # words that verdicts could take before each kind had its own


def kinds() -> dict[str, Kind]:
    """Every kind of claim by its word, in the order in which they are asked: the first that fits."""
    return {k.word: k for k in schema("claims").kinds}


def bearing(verdict: str) -> str:
    """What a verdict bears on its claim, the same for every kind: one of `BEARINGS`.

    >>> bearing("held"), bearing("came true"), bearing("a model's")
    ('for it', 'for it', 'open')
    """
    return EARLIER.get(verdict) or next(b for b, words in BEARS.items() if verdict in words)

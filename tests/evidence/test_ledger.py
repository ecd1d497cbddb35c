"""The ledger: 86 claims, 16 of them load-bearing, and nothing later under an early date."""

import datetime as dt
from collections import Counter
from dataclasses import FrozenInstanceError, fields

import pytest

from tumen import themes
from tumen.evidence.ledger import REPORT_URL, THEMES, Claim, claim, claims, paragraph, paragraphs


def test_counts():
    found = claims()
    assert len(found) == 86
    assert sum(c.load_bearing for c in found) == 16
    assert Counter(c.status for c in found) == {
        "supported": 25, "contested": 42, "contradicted": 5, "untestable": 10, "not yet": 4
    }  # fmt: skip
    assert Counter(c.status for c in found if c.load_bearing) == {"supported": 4, "contested": 11, "not yet": 1}
    assert Counter(c.type for c in found) == {
        "causal": 25, "empirical description": 19, "normative": 13, "prediction": 9, "conditional policy rule": 6,
        "comparative": 5, "empirical estimate": 5, "legal": 2, "counterfactual": 2,
    }  # fmt: skip


def test_ids_say_where_a_claim_stands():
    found = claims()
    assert [c.id for c in found] == sorted(c.id for c in found)
    for c in found:
        assert c.id.startswith(f"{c.place}-")
        assert c.paraphrase.endswith(".")


def test_a_paragraph_in_order():
    found = paragraph("S2P3")
    assert [c.id for c in found] == [f"S2P3-{x}" for x in "abcdefgh"]
    spans = [c.sentence for c in found]
    assert spans == sorted(spans)
    assert [c for ref in paragraphs() for c in paragraph(ref)] == claims()


def test_a_claim_is_typed_and_frozen():
    c = claim("S2P3-d")
    assert (c.section, c.paragraph, c.load_bearing, c.type) == (2, 3, True, "counterfactual")
    assert c.themes == ("counting",)
    assert claim("S1P1-b").themes == ("choice", "publicity")
    with pytest.raises(FrozenInstanceError):
        c.status = "supported"
    assert {f.name for f in fields(Claim)} >= {"strongest_counter", "hidden_assumptions", "status_at_writing"}


def test_themes_are_the_registered_folders():
    assert set(themes.THEMES) <= set(THEMES.values())
    assert all(c.themes for c in claims())


def test_an_early_date_withholds_what_came_later():
    for day in (dt.date(2002, 5, 7), "2012-01-01", "2025-12-30"):
        assert all(c.status is None and c.later_evidence_to_2025 is None for c in claims(as_of=day))
    assert all(c.status_at_writing for c in claims(as_of="2002-05-07"))
    assert all(c.status and c.later_evidence_to_2025 for c in claims(as_of="2025-12-31"))
    assert claim("S2P3-d", as_of="2002-05-07").status is None
    assert paragraph("S2P3", as_of="2002-05-07")[0].status is None


def test_mistyped_names_are_answered_with_the_nearest(refusal):
    assert "'S2P3-d'" in refusal(claim, "S2P3d")
    assert "'S2P3'" in refusal(paragraph, "s2p3")
    assert "S2P3-d" in refusal(claim, "nonsense")
    assert "2002-05-07" in refusal(claims, "soon")


def test_the_report_is_linked():
    assert REPORT_URL.startswith("https://oldsite.nautilus.org/")

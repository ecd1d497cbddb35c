"""The ledger: its kinds and verdicts, what carries the argument, and nothing later under an early date."""

import datetime as dt
from dataclasses import FrozenInstanceError, fields

import pytest

from tumen.core.files import shipped
from tumen.core.home import home
from tumen.evidence.kinds import kinds
from tumen.evidence.ledger import Claim, claim, claims, paragraph, paragraphs
from tumen.evidence.package import schema
from tumen.evidence.reading import read_rows

LOAD_BEARING = (
    *("S1P3-c", "S1P3-i", "S2P1-c", "S2P3-d", "S2P3-f", "S2P4-d", "S2P5-b", "S3P1-c"),
    *("S3P1-d", "S3P1-f", "S3P1-i", "S3P2-e", "S3P3-e", "S3P3-f", "S3P4-g", "S3P5-g"),
)


def test_every_kind_is_used_and_sixteen_claims_carry_the_argument():
    found = claims()
    assert {c.kind for c in found} == set(kinds())
    assert {c.id for c in found if c.load_bearing} == set(LOAD_BEARING)


def test_a_verdict_is_of_the_claims_kind():
    for c in claims():
        assert c.status in kinds()[c.kind].verdicts, c.id
        assert c.status_at_writing in kinds()[c.kind].grounds, c.id
        assert (c.kind == "norm") == (c.status == "no verdict"), c.id
        assert (c.status == "no verdict") == c.later_evidence.startswith("No verdict on "), c.id


def test_a_word_its_kind_cannot_take_is_refused(tmp_path, refusal):
    text = (shipped("data") / "claims.csv").read_text(encoding="utf-8")
    header, *rows = text.splitlines()
    norm = next(r for r in rows if r.startswith("S3P1-d,"))
    for wrong in ("contested", "untestable"):
        path = tmp_path / "claims.csv"
        path.write_text(f"{header}\n{norm.replace(',no verdict,', f',{wrong},')}\n", encoding="utf-8")
        said = refusal(read_rows, path, schema("claims"))
        assert "S3P1-d" in said and "a norm cannot be" in said and said.endswith("no verdict.")


def test_what_is_no_forecast_is_not_judged_as_one():
    assert {c.id for c in claims() if c.kind == "prediction"} == {"S1P1-e", "S2P4-b", "S3P1-e"}
    for id in ("S3P5-c", "S3P5-f", "S2P1-c"):
        assert claim(id).kind == "description"
    assert claim("S3P2-d").kind == "norm"


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
    assert (c.section, c.paragraph, c.load_bearing, c.kind) == (2, 3, True, "counterfactual")
    assert c.themes == ("counting",)
    assert claim("S1P1-b").themes == ("choice", "publicity")
    with pytest.raises(FrozenInstanceError):
        c.status = "supported"
    assert {f.name for f in fields(Claim)} >= {"strongest_counter", "hidden_assumptions", "status_at_writing"}


def test_themes_are_the_registered_folders():
    assert {t for c in claims() for t in c.themes} <= set(home().meta.chapters)
    assert all(c.themes for c in claims())


def test_an_early_date_withholds_what_came_later():
    for day in (dt.date(2002, 5, 7), "2012-01-01", "2025-12-30"):
        assert all(c.status is None and c.later_evidence is None for c in claims(as_of=day))
    assert all(c.status_at_writing for c in claims(as_of="2002-05-07"))
    assert all(c.status and c.later_evidence for c in claims(as_of="2025-12-31"))
    assert claim("S2P3-d", as_of="2002-05-07").status is None
    assert paragraph("S2P3", as_of="2002-05-07")[0].status is None


def test_mistyped_names_are_answered_with_the_nearest(refusal):
    assert "'S2P3-d'" in refusal(claim, "S2P3d")
    assert "'S2P3'" in refusal(paragraph, "s2p3")
    assert "S1P1-a" in refusal(claim, "nonsense")
    assert "2024-05-31" in refusal(claims, "soon")


def test_the_report_is_linked():
    assert home().meta.link.startswith("https://oldsite.nautilus.org/")


def test_each_row_has_one_line_that_says_whether_it_was_changed_and_why():
    lines = (shipped("data") / "claims.md").read_text(encoding="utf-8").splitlines()
    told = [line.strip("| ").split(" | ") for line in lines if line.startswith("| S")]
    assert [parts[0] for parts in told] == [c.id for c in claims()]
    assert {parts[1] for parts in told} == {"kept", "changed", "new"}
    assert all(len(parts[2]) > 10 for parts in told)

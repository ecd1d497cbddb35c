"""Every reference is used, and everything that names a source has a reference."""

import json
import re

import pytest

from tumen.brief import models
from tumen.core.files import shipped
from tumen.evidence.ledger import claims
from tumen.evidence.tables import names, table

REFERENCES = json.loads((shipped("data") / "references.json").read_text(encoding="utf-8"))
BY_ID = {r["id"]: r for r in REFERENCES}
CITED_AS = {phrase: r["id"] for r in REFERENCES for phrase in r.get("custom", {}).get("cited_as", ())}
CSL_TYPES = {
    "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "document",
    "legislation", "post-weblog", "report", "thesis", "webpage",
}  # fmt: skip
# what looks like a citation in the ledger and is an event
NO_CITATION = {"June 2002", "Shenyang, 8 May 2002"}


def ledger_text(claim):
    return " | ".join((claim.strongest_counter, claim.later_evidence, claim.linked_data))


LEDGER = {c.id: ledger_text(c) for c in claims()}


def used_by_rows():
    return {r["ref"] for name in names() for r in table(name).rows}


def used_by_quantities():
    sources = [q.source for m in models().values() for q in m.quantities]
    sources += [e.source for m in models().values() for q in m.quantities for e in q.entries]
    return {s for s in sources if s and ":" not in s and not re.fullmatch(r"S\dP\d-[a-z]", s)}


def test_entries_are_csl():
    assert len(BY_ID) == len(REFERENCES)
    for r in REFERENCES:
        assert r["type"] in CSL_TYPES, r["id"]
        assert r["title"] and r["author"], r["id"]
        assert all(set(a) in ({"literal"}, {"family", "given"}) for a in r["author"]), r["id"]
        for part in r.get("issued", {}).get("date-parts", ()):
            assert 1 <= len(part) <= 3 and 1950 <= part[0] <= 2026, r["id"]
        assert re.fullmatch(r"https?://\S+", r.get("URL", "https://x")), r["id"]


def test_every_row_has_a_reference():
    assert used_by_rows() <= set(BY_ID)


def test_every_quantitys_source_that_is_no_claim_and_no_row_is_a_reference():
    assert used_by_quantities() <= set(BY_ID)


def test_every_reference_is_used():
    cited = {id for phrase, id in CITED_AS.items() if any(phrase in text for text in LEDGER.values())}
    listed = {r["id"] for r in REFERENCES if {"reading", "chapters"} & set(r.get("custom", {}))}
    assert set(BY_ID) == used_by_rows() | used_by_quantities() | cited | listed


def test_every_phrase_given_for_a_reference_stands_in_the_ledger():
    everything = " ".join(LEDGER.values())
    assert [p for p in CITED_AS if p not in everything] == []


AUTHOR_YEAR = re.compile(
    r"[A-Z][\w’'.&-]*(?:(?:,| &)? (?!and)[A-Z&][\w’'.&-]*)*,? (?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b"
)


@pytest.mark.parametrize("id", sorted(LEDGER))
def test_every_citation_of_a_claim_has_a_reference(id):
    """Citations stand in brackets, by author and year; what remains must be a date or an event."""
    for bracket in re.findall(r"\(([^)]*)\)", LEDGER[id]):
        for hit in AUTHOR_YEAR.findall(bracket):
            known = any(phrase in hit or hit in phrase for phrase in CITED_AS)
            assert known or hit in NO_CITATION, f"{id} cites {hit!r}"


def test_the_reading_list_is_whole_and_says_how_each_was_verified():
    numbered = [r for r in REFERENCES if "reading" in r.get("custom", {})]
    assert {r["custom"]["reading"] for r in numbered} == set(range(1, 33))
    for r in numbered:
        assert re.fullmatch(rf"Reading list {r['custom']['reading']}\. [SR]: .+\.", r["note"]), r["id"]
    assert sum(r["note"].split(". ")[1].startswith("S") for r in numbered) > len(numbered) / 2


def test_a_work_listed_for_a_chapter_is_in_its_sources_and_says_how_far_it_was_read():
    from tumen.core.files import shipped as file

    for r in REFERENCES:
        for chapter in r.get("custom", {}).get("chapters", ()):
            (book,) = file("workbooks").glob(f"{chapter}-*.ipynb")
            who = r["author"][0]
            name = who.get("family") or who["literal"]
            said = name.split(" for ")[-1] if "literal" in who else name
            sources = book.read_text(encoding="utf-8").rpartition("## Sources")[2]
            assert said in sources or r["title"][:20] in sources, f"{r['id']} is in no sources of {chapter}"
            assert r.get("URL") or "not read" in r["note"], r["id"]


def test_a_copy_is_said_to_be_one():
    for name in names():
        for r in table(name).rows:
            entry = BY_ID[r["ref"]]
            if r["source_kind"] in ("copy", "blog or forum") and entry.get("URL") == r["url"]:
                made_by_hand = "reading" in entry.get("custom", {}) or entry["type"] in (
                    "article-journal",
                    "book",
                    "report",
                )
                assert made_by_hand or "copy" in entry["note"] or "blog" in entry["note"], r["id"]

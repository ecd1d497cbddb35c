"""A reader of the chapters meets the report: which claims no workbook reads, and which chapter owes them."""

import re

import pytest
from books import PATHS, code_cells

from tumen.brief import models
from tumen.evidence.ledger import claims, paragraphs

OWED: set[str] = set()  # paragraphs of chapters not yet written

# The paragraphs of each chapter; the start page and hindsight are about the whole text.
PARTS = {
    "01": ("S1P1", "S1P2", "S1P3"),
    "02": ("S2P2", "S2P3"),
    "03": ("S2P1", "S2P4", "S2P5", "S2P6"),
    "04": ("S3P1", "S3P2"),
    "05": ("S3P3",),
    "06": ("S3P4", "S3P5"),
    "08": ("S3P1", "S3P5"),
}


def read_in(path) -> set[str]:
    """The paragraphs a workbook reads."""
    return {ref for c in code_cells(path) for ref in re.findall(r"tumen\.read\(\"(S\dP\d)\"", c.source)}


@pytest.mark.parametrize("chapter", PARTS)
def test_a_chapter_reads_every_paragraph_of_its_part(chapter):
    path = next(p for p in PATHS if p.stem.startswith(chapter))
    assert set(PARTS[chapter]) <= read_in(path)


def test_claims_that_no_workbook_reads_or_tests_are_those_owed():
    read = set().union(*(read_in(p) for p in PATHS))
    tested = {f.claim for m in models().values() for f in m.findings}
    missing = [c.id for c in claims() if c.place not in read and c.id not in tested]
    assert {i.partition("-")[0] for i in missing} <= OWED, missing


def test_every_paragraph_has_a_chapter():
    placed = {p for part in PARTS.values() for p in part} | OWED
    assert set(paragraphs()) == placed

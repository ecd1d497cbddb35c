"""Anchors: two texts a marker can hold others against, one that earns the rubric's full marks and one far below."""

import re

import pytest

from tumen.core.files import shipped
from tumen.evidence.ledger import claims
from tumen.tasks import read_tasks

FILES = sorted(shipped("workbooks", "tasks").glob("*.toml"))
TEXTS = [t for path in FILES for t in read_tasks(path).values() if t.anchors]


def test_most_texts_bring_anchors():
    texts = [t for path in FILES for t in read_tasks(path).values() if t.kind == "text"]
    assert len(TEXTS) >= 24
    assert len(TEXTS) > 0.5 * len(texts)


@pytest.mark.parametrize("task", TEXTS, ids=lambda t: t.key)
def test_anchors_stand_at_both_ends_of_the_rubric(task):
    most = sum(float(n) for n in re.findall(r"\((\d+)\)", task.rubric))
    high, low = task.anchors
    assert task.kind == "text"
    assert (high.mark, most) == (4, 4)
    assert 0 < low.mark <= 2
    assert len(high.text.split()) > len(low.text.split())


@pytest.mark.parametrize("task", TEXTS, ids=lambda t: t.key)
def test_anchors_name_only_claims_there_are(task):
    known = {c.id for c in claims()} | {c.place for c in claims()}
    named = {n for a in task.anchors for n in re.findall(r"\bS\dP\d(?:-[a-z])?", a.text)}
    assert named <= known
    if "Names the claim" in task.rubric:
        assert re.search(r"S\dP\d-[a-z]", task.anchors[0].text)

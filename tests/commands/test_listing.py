"""`tumen models` and `tumen claims`: what there is, in words and as data."""

import csv

import pytest

from tumen.brief import models
from tumen.core.files import shipped

MODELS = models()
PARTS = ["key", "label", "unit", "kind", "value", "low", "high", "shape", "basis", "source", "note"]


@pytest.fixture(scope="module")
def ledger():
    with shipped("data", "claims.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_every_model_is_described_by_the_published_parts(tumen):
    got = tumen("models", "--json").json
    assert [m["key"] for m in got] == list(MODELS)
    for row in got:
        model = MODELS[row["key"]]
        assert list(row)[:7] == ["key", "theme", "question", "claims", "quantities", "outputs", "findings"]
        assert row["theme"] == model.theme
        assert row["question"] == model.question
        assert row["claims"] == list(model.claims)
        assert [o["key"] for o in row["outputs"]] == [o.key for o in model.outputs]
        for found, declared in zip(row["findings"], model.findings, strict=True):
            assert found == {"claim": declared.claim, "says": declared.says, "relation": declared.relation}
        for q, declared in zip(row["quantities"], model.quantities, strict=True):
            assert list(q)[: len(PARTS)] == PARTS
            assert (q["key"], q["basis"], q["unit"]) == (declared.key, declared.basis, declared.unit)
            if declared.sampled:
                assert (q["value"], q["low"], q["high"]) == (declared.value, declared.low, declared.high)


def test_a_list_names_the_speaker_of_each_entry(tumen):
    pool = next(m for m in tumen("models", "--json").json if m["key"] == "counting.pool")
    experts = next(q for q in pool["quantities"] if q["key"] == "experts")
    assert experts["value"][3] == [75_000, 125_000]
    assert set(experts["entries"][3]) == {"value", "speaker", "basis", "source", "note"}
    assert experts["entries"][3]["basis"] == "data"


def test_models_in_words_name_every_quantity_with_its_basis(tumen):
    words = tumen("models").out
    for model in MODELS.values():
        assert f"{model.key}: {model.question}" in words
        for q in model.quantities:
            assert f"    {q.key}: {q.label} [{q.basis}]" in words
        for o in model.outputs:  # what a task of one's own may ask for
            assert f"    gives {o.key}: {o.label}" in words


def test_the_ledger_has_its_columns_and_the_models_that_speak_to_each_claim(tumen, ledger):
    got = tumen("claims", "--json").json
    assert [c["id"] for c in got] == [r["id"] for r in ledger]
    assert {"kind", "status"} <= set(got[0]) and "type" not in got[0]
    for claim, row in zip(got, ledger, strict=True):
        assert set(row) <= {*claim}
        assert set(claim) == {*row, "models"}
        assert claim["paraphrase"] == row["paraphrase"]
        assert claim["load_bearing"] is (row["load_bearing"] == "yes")
        assert set(claim["models"]) == {m.key for m in MODELS.values() if claim["id"] in m.claims}


def test_one_claim_or_one_paragraph_can_be_asked_for(tumen):
    one = tumen("claims", "S2P3-d", "--json").json
    assert [c["id"] for c in one] == ["S2P3-d"]
    assert {"counting.ratio", "counting.ceiling", "counting.stock"} <= set(one[0]["models"])
    some = tumen("claims", "S2P3", "--json").json
    assert len(some) > 3
    assert all(c["id"].startswith("S2P3-") for c in some)
    words = tumen("claims", "S2P3").out
    assert words.count("\n") == len(some)


def test_claims_in_words_are_counted(tumen, ledger):
    words = tumen("claims").out
    bearing = sum(r["load_bearing"] == "yes" for r in ledger)
    assert words.endswith(f"{len(ledger)} claims; * marks the {bearing} the argument rests on.\n")
    assert words.count("\n") == len(ledger) + 1


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("S2P3-z", "there is no claim or paragraph 'S2P3-z'; the nearest is 'S2P3"),
        ("s2p3", "'S2P3'"),
        ("argument", "there is no claim"),
    ],
)
def test_an_unknown_claim_gets_the_nearest(tumen, where, said):
    assert said in tumen("claims", where).refusal

"""Verdicts among the answers, and another coder's file read as data."""

import json

import pytest

from tumen.evidence.ledger import BEARINGS, bearing, claims
from tumen.tasks import Answers
from tumen.tasks.verdicts import LARGEST, STATE, alike, coded, key, of_the_ledger, read_coder, verdicts, words


def test_the_words_are_the_ledgers():
    assert words("then") == tuple(dict.fromkeys(words("then")))
    assert set(words("then")) >= {c.status_at_writing for c in claims()}
    assert set(words("since")) >= {c.status for c in claims()}
    for c in claims():
        assert c.status in words("since", c.kind) and c.status_at_writing in words("then", c.kind)
    assert words("since", "norm") == ("no verdict",)
    assert "contradicted" not in words("since")


def test_norms_are_not_coded_and_words_are_compared_by_what_they_bear():
    norms = {c.id for c in claims() if c.kind == "norm"}
    assert norms and not norms & set(coded("since")) and not norms & set(coded("then"))
    old = {"S1P1-a": "supported", "S2P1-c": "contradicted", "S1P3-c": "contested", "S3P1-d": "contested"}
    assert alike(old, "since") == {"S1P1-a": "for it", "S2P1-c": "against it", "S1P3-c": "open"}
    assert alike({"S1P1-a": "held"}, "since") == alike({"S1P1-a": "supported"}, "since")
    assert {bearing(w) for w in words("since")} == set(BEARINGS)


def test_words_of_an_earlier_edition_are_kept_as_they_were():
    entries = {key("since", "S2P1-c"): {"value": "contradicted"}, key("since", "S3P1-d"): {"value": "contested"}}
    assert verdicts(entries, "since") == {"S2P1-c": "contradicted", "S3P1-d": "contested"}


def test_a_verdict_is_kept_and_found_again(tmp_path):
    answers = Answers(tmp_path)
    answers.put(key("then", "S2P3-d"), "plausible in May 2002", STATE)
    answers.put(key("since", "S2P3-d"), "contested", STATE)
    entries = read_coder(tmp_path / "answers.json")
    assert verdicts(entries, "then") == {"S2P3-d": "plausible in May 2002"}
    assert verdicts(entries, "since") == {"S2P3-d": "contested"}


def test_what_is_no_claim_or_none_of_the_words_is_passed_over():
    entries = {
        key("then", "S2P3-d"): {"value": "contested"},  # a word of the other kind
        key("then", "S9P9-z"): {"value": "plausible in May 2002"},
        key("then", "S1P1-a"): {"value": ["plausible in May 2002"]},
        key("then", "S1P1-b"): {"value": None},
        key("then", "S1P1-c"): {},
        "counting.guests": {"value": 200},
        key("then", "S1P1-d"): {"value": "plausible in May 2002"},
    }
    assert verdicts(entries, "then") == {"S1P1-d": "plausible in May 2002"}


def test_the_ledger_is_a_coder_too():
    assert of_the_ledger("then")["S2P3-d"] == "plausible in May 2002"
    assert set(of_the_ledger("since")) == {c.id for c in claims()}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no answers file"),
        ("[]", "no answers file"),
        ("{}", "no answers file"),
        ('{"answers": []}', "no table"),
        ('{"answers": {"a": 1}}', "no table"),
        ("__import__('os').remove('x')", "no answers file"),
        ("[" * 100_000, "no answers file"),
        ("x" * (LARGEST + 1), "too large"),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path, refusal, content, said):
    path = tmp_path / "second.json"
    path.write_text(content, encoding="utf-8")
    sentence = refusal(read_coder, path)
    assert said in sentence and "second.json" in sentence


def test_missing_and_binary_files_are_told(tmp_path, refusal):
    assert "no such file" in refusal(read_coder, tmp_path / "none.json")
    (tmp_path / "b.json").write_bytes(b"\xff\xfe\x00")
    assert "no answers file" in refusal(read_coder, tmp_path / "b.json")
    assert "cannot be read" in refusal(read_coder, tmp_path)


def test_a_file_with_a_mark_before_it_is_read(tmp_path):
    text = json.dumps({"answers": {key("then", "S1P1-d"): {"value": "plausible in May 2002"}}})
    (tmp_path / "b.json").write_text(text, encoding="utf-8-sig")
    assert verdicts(read_coder(tmp_path / "b.json"), "then")

"""Verdicts among the answers, and another coder's file read as data."""

import json

import pytest

from tumen.evidence.ledger import claims
from tumen.tasks import Answers
from tumen.tasks.verdicts import LARGEST, STATE, key, of_the_ledger, read_coder, verdicts, words


def test_the_words_are_the_ledgers():
    assert words("then") == tuple(dict.fromkeys(words("then")))
    assert set(words("then")) == {c.status_at_writing for c in claims()}
    assert set(words("since")) == {c.status for c in claims()}


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
    assert len(of_the_ledger("since")) == 86


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

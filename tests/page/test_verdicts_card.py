"""A class's own verdicts: kept among the answers, compared with a second coder, never opening what waits."""

import datetime as dt
import json
import shutil

import pytest

from tumen.analysis.judgements import agreement
from tumen.core import Case
from tumen.page.ledger import Ledger
from tumen.page.progress import Progress
from tumen.page.questions import Prediction
from tumen.page.verdicts import NONE, SINCE, THEN, Verdicts, said
from tumen.tasks import find_task
from tumen.tasks.verdicts import STATE, coded, of_the_ledger, verdicts, words

PLAUSIBLE, ASSERTED = "plausible in May 2002", "asserted without evidence"


@pytest.fixture
def card(session):
    return Verdicts(session)


def boxes(card):
    firsts = [getattr(row.children[0], "field", row.children[0]) for row in card._list.children]
    return {box.description: box for box in firsts if hasattr(box, "options")}


def lines(card):
    """What stands where a claim can bear no verdict."""
    firsts = [row.children[0] for row in card._list.children]
    return [first.value for first in firsts if hasattr(first, "value")]


def test_a_list_for_each_claim_of_the_paragraph(card):
    assert list(boxes(card)) == [f"S1P1-{x}" for x in "abcdef"]
    card.place.value = "S2P3"
    assert list(boxes(card)) == [f"S2P3-{x}" for x in "abcdefgh"]
    assert boxes(card)["S2P3-d"].options == (NONE, *words("then", "counterfactual"))


def test_each_kind_has_its_own_words_and_a_norm_none(card):
    card.which.value = SINCE
    assert boxes(card)["S1P1-a"].options == (NONE, *words(SINCE, "description"))
    assert boxes(card)["S1P1-b"].options == (NONE, *words(SINCE, "cause"))
    card.place.value = "S3P1"
    assert "S3P1-d" not in boxes(card)
    (line,) = [line for line in lines(card) if line.startswith("S3P1-d")]
    assert "a norm, which can only be “no verdict”" in line


def test_words_recorded_before_kinds_had_their_own_are_shown_as_they_were(session):
    session.answers.put("verdict.since.S1P1-a", "supported", STATE)
    session.answers.put("verdict.since.S1P1-b", "contradicted", STATE)
    session.answers.put("verdict.since.S3P1-d", "contested", STATE)
    card = Verdicts(session)
    card.which.value = SINCE
    assert (boxes(card)["S1P1-a"].value, boxes(card)["S1P1-b"].value) == ("supported", "contradicted")
    card.place.value = "S3P1"
    assert any("you once wrote “contested”" in line for line in lines(card) if "S3P1-d" in line)
    card.place.value = "S1P1"
    boxes(card)["S1P1-a"].value = "held"
    assert verdicts(session.answers.entries, SINCE)["S1P1-a"] == "held"
    assert verdicts(session.answers.entries, SINCE)["S1P1-b"] == "contradicted"


def test_a_verdict_is_kept_and_comes_back(card, session_in, tmp_path):
    boxes(card)["S1P1-b"].value = ASSERTED
    assert card.sentence == f"S1P1-b: {ASSERTED}. 1 of {len(coded(THEN))} claims coded."
    again = Verdicts(session_in(tmp_path))
    assert boxes(again)["S1P1-b"].value == ASSERTED
    boxes(again)["S1P1-b"].value = NONE
    assert verdicts(again.session.answers.entries, THEN) == {}
    assert again.sentence.endswith(f": {NONE}. 0 of {len(coded(THEN))} claims coded.")


def test_then_and_since_are_kept_apart(card):
    card.record("S1P1-a", PLAUSIBLE)
    card.which.value = SINCE
    assert boxes(card)["S1P1-a"].value == NONE
    card.record("S1P1-a", "held")
    entries = card.session.answers.entries
    assert verdicts(entries, THEN) == {"S1P1-a": PLAUSIBLE}
    assert verdicts(entries, SINCE) == {"S1P1-a": "held"}


def test_a_second_coder_is_read_and_the_disagreements_are_listed(card, tmp_path, press):
    for claim, word in (("S1P1-a", PLAUSIBLE), ("S1P1-b", ASSERTED), ("S2P3-d", PLAUSIBLE), ("S2P3-f", ASSERTED)):
        card.record(claim, word)
    shutil.copy(tmp_path / "answers.json", tmp_path / "second.json")
    other = json.loads((tmp_path / "second.json").read_text(encoding="utf-8"))
    other["answers"]["verdict.then.S2P3-f"]["value"] = PLAUSIBLE
    del other["answers"]["verdict.then.S1P1-a"]
    (tmp_path / "second.json").write_text(json.dumps(other), encoding="utf-8")
    card._file.value = "second.json"
    press(card, "compare")
    assert card.sentence.startswith("3 claims coded by you and by second.json: the same for 2 (67 percent;")
    assert "Cohen’s kappa is 0.40" in card.sentence
    assert card._result.value.count("<tr>") == 2  # the heading and the one claim
    assert "S2P3-f" in card._result.value and "S2P3-d" not in card._result.value


def test_the_ledgers_reading_is_a_coder_too(card, press):
    ledger = of_the_ledger(THEN)
    for claim in list(ledger)[:6]:
        card.record(claim, ledger[claim])
    press(card, "compare with the ledger’s reading")
    assert "the same for 6 (100 percent" in card.sentence
    assert "kappa is 1.00" in card.sentence
    assert card._result.value == ""


def test_the_ledgers_reading_of_later_evidence_waits_for_a_prediction(card, session, refusal):
    card.which.value = SINCE
    card.record("S1P1-a", "contested")
    assert "prediction" in refusal(card.compare)
    Prediction(find_task("counting.ceiling"), session).answer("100000")
    assert card.compare().apart == ("S1P1-a",)


def test_under_an_early_date_only_what_was_known_is_coded(session):
    session.case = Case(as_of=dt.date(2002, 5, 7))
    assert [which for _, which in Verdicts(session).which.options] == [THEN]


def test_coding_opens_nothing(card, session):
    ledger = Ledger(session)
    card.record("S1P1-a", PLAUSIBLE)
    assert not session.predicted
    assert ledger._since.disabled
    assert Progress(("counting",), session).plain()


def test_slips_are_told(card, refusal, tmp_path):
    assert "'S2P3-d'" in refusal(card.record, "S2P3d", PLAUSIBLE)
    assert "'plausible in May 2002'" in refusal(card.record, "S1P1-a", "plausible in 2002")
    assert "nothing to code" in refusal(card.record, "S3P1-d", PLAUSIBLE)
    assert "description" in refusal(card.record, "S1P1-a", "supported")
    assert "no claim yet" in refusal(card.compare)
    assert "name the second" in refusal(card.compare, " ")
    assert "no such file" in refusal(card.compare, "none.json")
    card.record("S1P1-a", PLAUSIBLE)
    assert "your own file" in refusal(card.compare, "answers.json")
    (tmp_path / "empty.json").write_text('{"answers": {}}', encoding="utf-8")
    assert "nothing in common" in refusal(card.compare, "empty.json")
    assert "'S1P1'" in refusal(Verdicts, card.session, "S1P11")


def test_a_slip_is_written_on_the_page(card, press):
    press(card, "compare with the ledger’s reading")
    assert card.sentence.startswith("You have coded no claim yet")


def test_kappa_is_said_to_be_undefined_where_it_is():
    assert "kappa is not defined" in said(agreement({1: "x"}, {1: "x"}), "b")


def test_many_claims_are_not_called_few():
    first = {i: "ab"[i % 2] for i in range(40)}
    assert "few claims" not in said(agreement(first, {**first, 0: "b"}), "b")
    assert "few claims" in said(agreement({k: first[k] for k in range(6)}, first), "b")


def test_the_stored_form_does_not_follow_the_answers(card):
    before = (card.plain(), card.html())
    card.record("S1P1-a", PLAUSIBLE)
    assert (card.plain(), card.html()) == before
    assert all(word in before[0] for which in (THEN, SINCE) for word in words(which) if word != "no verdict")

"""The argument map on the page: boxes, joints, the sentence, the table, and what the models mark."""

import re

import pytest

from tumen.core import Case, Override
from tumen.page.argument import ArgumentMap
from tumen.page.findings import failing, findings
from tumen.page.questions import Prediction
from tumen.tasks import find_task

THEN, SINCE = "as of May 2002", "on evidence to 2025"

# more hosts, and fuller houses, than the report allows: 300,000 would find room
ROOM = {"counting.ceiling": {"hosting_share": Override(0.45), "guests": Override(2.5)}}


@pytest.fixture
def card(session):
    return ArgumentMap(session)


def parts(card, *names):
    return [r for r in card.chart.frame["rows"] if r[0] in names]


def test_there_is_a_box_for_every_premise_and_a_list_for_every_joint(card):
    assert set(card.boxes) == set(card.map.premises())
    assert set(card.joints) == set(card.map.joints())
    assert all(card.map.points[id].short in box.description for id, box in card.boxes.items())
    assert card.taken == []
    assert card.sentence == "Nothing is taken away: every conclusion stands on all its legs."


def test_ticking_a_box_takes_the_premise_away(card, words_on):
    card.boxes["S2P3-d"].value = True
    assert card.taken == ["S2P3-d"]
    assert card.sentence.startswith("Without S2P3-d (too few for 300,000): S2P3-f")
    assert card.said.text == card.sentence
    assert len(parts(card, "strike")) == 1
    assert "loses all support" in card.chart.frame["alt"]
    assert "loses all support" in card._table.value
    card.boxes["S2P3-d"].value = False
    assert parts(card, "strike") == []
    assert "loses all support" not in words_on(card)


def test_joining_the_precedent_with_washington_changes_the_answer(card):
    card.boxes["S1P3-f"].value = True
    assert "“recognition costs most” (unsaid) stands on 1 of 3 legs" in card.sentence
    assert card.standing["S1P3-i"].state == "stands"
    card.joints["S1P3-f"].value = "washington"
    assert "“recognition costs most” (unsaid)" in card.sentence and "lose all support" in card.sentence
    assert card.standing["S1P3-i"].state == "loses all support"
    assert "exit is still cheapest" in card.sentence


def test_putting_everything_back(card, press):
    card.take("S2P4")
    card.join(S1P3_f="washington", step_recognition="all")
    assert card.joined["step-recognition"] == "all"
    assert len(card.taken) == 6
    press(card, "put everything back")
    assert card.taken == []
    assert card.joined == card.map.joined()
    assert card.sentence.startswith("Nothing is taken away")


def test_one_press_is_one_move(card, press):
    sent = []
    card.chart.observe(lambda change: sent.append(change["new"]), "frame")
    card.take("S2P4")
    assert len(sent) == 1


def test_a_map_can_begin_without_a_premise_and_stores_that(session):
    card = ArgumentMap(session, "S2P3-d")
    assert card.taken == ["S2P3-d"]
    assert "loses all support" in card.plain() and "loses all support" in card.html()
    card.reset()
    assert "loses all support" in card.plain()


def test_slips_are_told(card, refusal):
    assert "'S2P3-d'" in refusal(card.take, "S2P3d")
    assert "'S1P3-f'" in refusal(card.join, S1P3f="washington")
    assert "washington" in refusal(card.join, S1P3_f="washngton")


def test_what_fails_in_a_model_under_the_case_in_use_is_marked_and_can_be_taken_away(session, press):
    assert failing(findings(session)) & {"S2P3-d"} == set()
    session.case = Case(title="room", overrides=ROOM)
    card = ArgumentMap(session)
    assert "S2P3-d" in card.failing
    assert card.boxes["S2P3-d"].description.endswith("model: no")
    assert any(r[3] == "S2P3-d · plausible; model: no" for r in parts(card, "below"))
    assert "does not hold in this setting" in card.html()
    press(card, "take away what fails in a model")
    assert set(card.taken) == card.failing & set(card.boxes)
    assert "S2P3-d" in card.taken
    assert re.search(r"S2P3-f \(about 100,000 is nearer\)[^.]* loses? all support", card.sentence)


def test_the_later_status_waits_for_a_prediction(session):
    card = ArgumentMap(session)
    assert card.status.disabled
    card.status.value = SINCE  # even if it is set by force, nothing later is shown
    assert any(r[3] == "S2P3-d · plausible" for r in parts(card, "below"))
    Prediction(find_task("counting.ceiling"), session).answer("100000")
    assert not card.status.disabled
    card.status.value = THEN
    card.status.value = SINCE
    assert any(r[3] == "S2P3-d · a model’s" for r in parts(card, "below"))


def test_the_later_status_stays_closed_under_an_early_date(session):
    import datetime as dt

    session.case = Case(as_of=dt.date(2012, 1, 1))
    card = ArgumentMap(session)
    Prediction(find_task("counting.ceiling"), session).answer("100000")
    assert card.status.disabled
    card.status.value = SINCE
    assert not any("contested" in str(r[3]) for r in parts(card, "below"))
    assert "contested" not in card._table.value


def test_the_stored_form_is_the_same_whatever_was_ticked(session):
    card = ArgumentMap(session)
    before = (card.plain(), card.html())
    card.take("S3P1-i")
    assert (card.plain(), card.html()) == before
    assert repr(card) == card.plain()


def test_every_model_with_a_finding_is_heard(session):
    from tumen.brief import models

    found = findings(session)
    for m in models().values():
        for f in m.findings:
            (heard,) = [h for h in found[f.claim] if h.model == m.key]
            assert heard.relation == f.relation
            assert (heard.holds is None) == (f.margin is None)
        for claim in m.claims:
            assert m.key in {h.model for h in found[claim]}


def test_a_map_of_one_s_own_is_asked_like_the_report_s(session, words_on):
    file = session.folder / "ours.argdown"
    file.write_text(
        "# Ours\n\n[Few]: There were few.\n  + [Hosts]: Too few hosts.\n  - [Hiding]: <b>Hidden</b>.\n",
        encoding="utf-8",
    )
    own = ArgumentMap(session, file=file)
    assert set(own.boxes) == {"Hosts"}
    assert "“Few” (ours) loses all support" in own.take("Hosts")
    assert "1  Ours" in str(own.chart.frame["rows"])
    assert "<b>Hidden" not in own.html() + words_on(own)

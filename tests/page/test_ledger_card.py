"""The ledger on the page: its filters, what a claim opens to, and what waits for a prediction or is withheld."""

import datetime as dt
import html
import re

import pytest

from tumen.core import Case
from tumen.evidence.ledger import claims, paragraph, paragraphs
from tumen.evidence.package import schema
from tumen.page.ledger import Ledger
from tumen.page.questions import Prediction
from tumen.tasks import find_task

LEDGER = claims()
READ = {
    "paragraph": lambda c: c.place,
    "kind": lambda c: c.kind,
    "in May 2002": lambda c: c.status_at_writing,
    "weight": lambda c: "load-bearing" if c.load_bearing else "other",
}


def in_sentences():
    """A report.txt with the report's headings and as many invented sentences as the ledger knows of."""
    lines, section = [], None
    for ref in paragraphs():
        here = paragraph(ref)
        if here[0].section != section:
            section = here[0].section
            lines += [here[0].section_title, ""]
        count = len({place for c in here for place in c.sentences})
        lines += [" ".join(f"Sentence {n} of {ref} says nothing." for n in range(1, count + 1)), ""]
    return "\n".join(lines)


@pytest.fixture
def card(session):
    return Ledger(session)


def predict(session):
    Prediction(find_task("counting.ceiling"), session).answer("100000")


def listed(card):
    return re.findall(r"<summary><b>(S\dP\d+-\w)</b>", card._list.value)


def test_all_claims_stand_in_the_reports_order(card):
    assert listed(card) == [c.id for c in LEDGER]
    assert card.sentence == f"{len(LEDGER)} of {len(LEDGER)} claims, 16 of them load-bearing."


@pytest.mark.parametrize("name", READ)
def test_each_filter_lets_through_what_it_names_and_counts_it(card, name):
    box = card.filters[name]
    assert box.options[0] == ("all", "")
    seen = 0
    for label, word in box.options[1:]:
        box.value = word
        shown = [c.id for c in LEDGER if READ[name](c) == word]
        assert listed(card) == [c.id for c in card.shown] == shown
        assert label == f"{word} ({len(shown)})"
        assert card.sentence.startswith(f"{len(shown)} of {len(LEDGER)} claims")
        seen += len(shown)
    assert seen == len(LEDGER)


def test_filters_work_together_and_can_be_cleared(card, press):
    found = card.choose(kind="norm", weight="load-bearing")
    assert [c.id for c in found] == [c.id for c in LEDGER if c.kind == "norm" and c.load_bearing]
    found = card.choose(kind="prediction", weight="load-bearing")
    assert card.shown == found == []
    assert "No claim is of all these kinds" in card._list.value
    press(card, "show all")
    assert len(card.shown) == len(LEDGER)
    assert not any(box.value for box in card.filters.values())


def test_a_claim_opens_to_what_it_rests_on(card):
    (row,) = re.findall(r"<b>S2P3-d</b>.*?</details>", card._list.value)
    c = next(c for c in LEDGER if c.id == "S2P3-d")
    for text in (c.hidden_assumptions, c.what_to_vary, c.strongest_counter, c.linked_data):
        assert text.split(";")[0] in row
    assert "counting.ceiling tests it: 300,000 is more than the hosts could carry: holds in this setting" in row
    assert "counting.ratio speaks of it" in row


def test_what_is_known_since_waits_for_a_prediction(card, session, press):
    assert card._since.disabled and card.filters["since"].disabled
    card.show_since()
    assert "on evidence to 2025" not in card._list.value
    assert "Robinson in two series: 65,000 for 2002" not in card._list.value
    predict(session)
    press(card, "what is known since")
    assert "Robinson in two series: 65,000 for 2002" in card._list.value
    assert not card.filters["since"].disabled
    card.choose(since="came true")
    assert [c.id for c in card.shown] == [c.id for c in LEDGER if c.status == "came true"]
    press(card, "show all")


def test_an_objection_that_draws_on_later_works_waits_as_well(card, session, press):
    late = next(c for c in LEDGER if c.id == "S2P6-c").strongest_counter
    assert late not in card._list.value
    predict(session)
    press(card, "what is known since")
    assert late in card._list.value


@pytest.mark.parametrize("day", [dt.date(2002, 5, 7), dt.date(2012, 1, 1)])
def test_under_an_early_date_nothing_later_is_on_the_page_at_all(session, day, words_on):
    session.case = Case(as_of=day)
    card = Ledger(session)
    predict(session)
    card.show_since()
    assert card._since.disabled
    page = words_on(card)
    for year in range(day.year + 1, 2026):
        assert not re.search(rf"\b{year}\b(?! evidence)", page), year
    assert len(card.filters["since"].options) == 1


def test_a_paragraph_or_a_claim_to_begin_with(session, refusal):
    card = Ledger(session, "S2P3")
    assert [c.place for c in card.shown] == ["S2P3"] * 8
    assert card.sentence.startswith(f"8 of {len(LEDGER)} claims")
    assert card.plain().startswith("8 claims.") and "S2P4" not in card.html()
    one = Ledger(session, "S2P3-d")
    assert [c.id for c in one.shown] == ["S2P3-d"]
    assert one.plain().startswith("1 claim.")
    one.clear()
    assert len(one.shown) == len(LEDGER)
    assert "'S2P3-d'" in refusal(Ledger, session, "S2P3d")


def test_slips_are_told(card, refusal):
    assert "'prediction'" in refusal(card.choose, kind="predicton")
    assert "'kind'" in refusal(card.choose, kinds="prediction")


def test_the_stored_form_holds_every_claim_and_nothing_later(session):
    card = Ledger(session)
    before = (card.plain(), card.html())
    predict(session)
    card.show_since()
    card.choose(weight="load-bearing", paragraph="S2P3")
    assert (card.plain(), card.html()) == before
    for text in before:
        assert all(c.id in text for c in LEDGER)
        assert "2025" not in text


def test_what_the_kinds_mean_stands_on_the_page_and_in_what_is_stored(card):
    for text in (card.children[0].value, card.html()):
        for kind in schema("claims").kinds:
            assert html.escape(kind.says) in text
            assert all(html.escape(word) in text for word in kind.verdicts)


def test_the_readers_own_copy_stands_beside_each_claim_and_is_never_stored(session):
    (session.folder / "report.txt").write_text(in_sentences(), encoding="utf-8")
    card = Ledger(session)
    (row,) = re.findall(r"<b>S2P3-d</b>.*?</details>", card._list.value)
    assert "S2P3.4 in your copy:" in row and "Sentence 4 of S2P3" in row and "Sentence 5" not in row
    assert "Sentence" not in card.html() + card.plain()
    (session.folder / "report.txt").write_text("Something else.", encoding="utf-8")
    assert "heading" in Ledger(session)._note.value

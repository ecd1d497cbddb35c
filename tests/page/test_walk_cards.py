"""The walk through the tensions, the traps and the vintages on the page."""

import datetime as dt
import re

import pytest

from tumen.core import Case
from tumen.evidence.ledger import claim, tensions
from tumen.page.questions import Prediction
from tumen.page.tensions import Walk
from tumen.page.traps import Traps
from tumen.page.vintages import Vintages
from tumen.tasks import find_task

EARLY = Case(as_of=dt.date(2002, 5, 7))
TENSIONS = tensions()
LAST = f"from 1 to {len(TENSIONS)}"


def buttons(card):
    return card._back.disabled, card._next.disabled


# --- tensions -------------------------------------------------------------------------------------------


def test_a_walk_goes_from_the_first_to_the_last_and_back(session, press):
    walk = Walk(session)
    assert buttons(walk) == (True, False)
    for number, t in enumerate(TENSIONS, 1):
        assert walk.sentence == f"{number} of {len(TENSIONS)}: {t.title}."
        assert t.question in walk._page.value
        assert all(claim(id).paraphrase[:30] in walk._page.value.replace("&#x27;", "'") for id in t.claims)
        assert walk._list.value == number
        if number < len(TENSIONS):
            press(walk, "next")
    assert buttons(walk) == (False, True)
    press(walk, "previous")
    assert walk.number == len(TENSIONS) - 1


def test_a_tension_can_be_chosen_from_the_list(session):
    walk = Walk(session)
    walk._list.value = 9
    assert walk.sentence == f"9 of {len(TENSIONS)}: One number, three meanings."
    assert Walk(session, 16).number == 16


def test_what_came_later_waits_and_is_withheld(session):
    walk = Walk(session, 9)
    assert "2,554" not in walk._page.value and "opens when" in walk._page.value
    Prediction(find_task("counting.ceiling"), session).answer("100000")
    assert "2,554" in walk._page.value
    session.case = EARLY
    early = Walk(session, 9)
    assert "2,554" not in early._page.value and "opens when" not in early._page.value


def test_a_number_there_is_not_is_told(session, refusal):
    assert LAST in refusal(Walk, session, len(TENSIONS) + 1)
    assert LAST in refusal(Walk(session).go, 0)
    assert LAST in refusal(Walk, session, "one")


def test_the_stored_walk_holds_all_and_nothing_later(session):
    walk = Walk(session)
    for text in (walk.plain(), walk.html()):
        assert all(t.title in text for t in TENSIONS)
        assert "2,554" not in text


# --- traps ----------------------------------------------------------------------------------------------


def test_each_trap_is_closed_until_it_is_opened(session):
    card = Traps(session)
    assert card.html().count("<details>") == 6
    assert "<details open" not in card.html()
    for said in (
        "947 is not 1998",
        "1,043 is not 2001",
        "34,314",
        "26 + 216 is not 236",
        "Arrivals are not departures",
    ):
        assert said in card.html() and said in card.plain()
    assert "arrivals:A01, arrivals:A02, arrivals:A03 to arrivals:A25 (25 rows)" in card.plain()


def test_under_a_date_the_traps_that_need_later_rows_are_counted(session):
    session.case = EARLY
    card = Traps(session)
    assert card.html().count("<details>") == 1
    assert "5 more are left out" in card.html() and "7 May 2002" in card.plain()
    assert "34,314" not in card.html()


# --- vintages -------------------------------------------------------------------------------------------


def test_2002_steps_through_its_four_versions(session, press):
    card = Vintages("arrivals", 2002, session)
    seen = []
    for step in range(1, 5):
        seen.append(int(re.search(r": ([\d,]+) \(total\)", card.sentence)[1].replace(",", "")))
        assert card._page.value.count("<tr>") == 1 + step
        if step < 4:
            press(card, "newer")
    assert seen == [1_140, 1_139, 1_138, 1_142]
    assert set(seen) == {1_138, 1_139, 1_140, 1_142}
    assert card.sentence == "Version 4 of 4, published 2020: 1,142 (total), 4 more than the version before."
    assert buttons(card) == (False, True)
    press(card, "older")
    assert "1 fewer than the version before" in card.sentence


def test_2025_was_first_224_then_223(session):
    card = Vintages("arrivals", "2025", session)
    assert [v["total"] for v in card.versions] == [224, 223]
    assert "224" in card.plain() and "223" in card.html()


def test_vintages_follow_the_date_in_use(session, refusal):
    session.case = Case(as_of=dt.date(2010, 6, 1))
    assert [v["total"] for v in Vintages("arrivals", 2002, session).versions] == [1_140, 1_139, 1_138]
    session.case = EARLY
    assert "no period '2002'" in refusal(Vintages, "arrivals", 2002, session)


@pytest.mark.parametrize(
    ("name", "period", "said"),
    [("arivals", 2002, "'arrivals'"), ("food", 2002, "no vintages"), ("arrivals", 1066, "1066")],
)
def test_slips_are_told_for_vintages(session, refusal, name, period, said):
    assert said in refusal(Vintages, name, period, session)


def test_a_step_there_is_not_is_told(session, refusal):
    assert "2 versions" in refusal(Vintages("arrivals", 2025, session).go, 3)


def test_the_stored_form_has_every_version(session):
    card = Vintages("arrivals", 2002, session)
    before = (card.plain(), card.html())
    card.go(3)
    assert (card.plain(), card.html()) == before
    assert all(f in before[0] for f in ("1,138", "1,139", "1,140", "1,142"))


# --- as a notebook stores them ---------------------------------------------------------------------------


@pytest.mark.parametrize("make", [Walk, Traps, lambda session: Vintages("arrivals", 2002, session)])
def test_cards_are_widgets_with_text_and_html(session, make, tmp_path):
    bundle = make(session)._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    for text in (bundle["text/plain"], bundle["text/html"]):
        assert str(tmp_path) not in text
        assert not re.search(r"object at|<class|\bNone\b|\bnan\b", text)

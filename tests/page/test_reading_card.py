"""A paragraph in paraphrase: what was known then stands open, what came since waits for a prediction."""

import html
import re

import pytest

from tumen.core.home import home
from tumen.evidence.ledger import paragraph, paragraphs
from tumen.page.questions import Argument, Prediction, Question
from tumen.page.reading import EARLY, LATER, Reading
from tumen.tasks import find_task


def later_words(ref):
    return [c.later_evidence[:60] for c in paragraph(ref)]


def shows_since(card, words_on, ref="S2P3"):
    from html import escape

    return [escape(words) in words_on(card) for words in later_words(ref)]


@pytest.mark.parametrize("ref", paragraphs())
def test_every_paragraph_can_be_read(session, words_on, ref):
    card = Reading(ref, session)
    for c in paragraph(ref):
        assert c.id in words_on(card)
        assert c.paraphrase in card.plain()
        assert f"[{c.kind}; {c.status_at_writing}" in card.plain()
        assert (f"{c.status_at_writing}, carries weight" in card.plain()) or not c.load_bearing
    assert home().meta.link in card.html()
    assert "7 May 2002" in card.html()
    assert not any(shows_since(card, words_on, ref))


def test_kind_standing_and_what_is_taken_for_granted_open_on_a_tap_or_all_at_once(session, press):
    card, claims = Reading("S2P2", session), paragraph("S2P2")
    (shown,) = [w for w in card.children if hasattr(w, "value") and "S2P2-a" in w.value]
    for c in claims:
        said = re.search(rf"<summary><b>{c.id}</b> (.*?)</summary><p.*?</p></details>", shown.value)
        assert html.unescape(said[1]) == c.paraphrase
        for words in (c.kind, c.status_at_writing, c.hidden_assumptions):
            assert words in html.unescape(said[0])
    assert shown.value == card.html()
    press(card, "what each takes for granted")
    assert shown.value.count(" open>") == len(claims)
    press(card, "close what each takes for granted")
    assert shown.value == card.html()


@pytest.mark.parametrize("ref", ["S2P2", "S2P3"])
def test_what_came_since_is_in_no_stored_form(session, ref):
    Prediction(find_task("counting.ratio"), session).skip()
    card = Reading(ref, session)
    card.show_since()
    assert card._opened
    for stored in (card.plain(), card.html()):
        assert not any(words in stored for words in later_words(ref))


def test_what_came_since_is_closed_until_a_prediction(session, press, words_on):
    card = Reading("S2P3", session)
    assert card._show.disabled
    assert LATER in words_on(card)
    card.show_since()
    assert not any(shows_since(card, words_on))
    asked = Prediction(find_task("counting.ratio"), session)
    assert card._show.disabled
    asked.answer("100")
    assert not card._show.disabled
    assert LATER not in words_on(card)
    assert not any(shows_since(card, words_on))
    press(card, "what is known since")
    assert all(shows_since(card, words_on))
    assert "S2P3" in card._said.text


def test_it_stays_open_when_more_is_answered(session, press, words_on):
    card = Reading("S2P3", session)
    Prediction(find_task("counting.ratio"), session).skip()
    press(card, "what is known since")
    Prediction(find_task("counting.ceiling"), session).answer("1")
    assert all(shows_since(card, words_on))


def test_skipping_opens_it_too(session):
    card = Reading("S2P3", session)
    Prediction(find_task("counting.ratio"), session).skip()
    assert not card._show.disabled


def test_no_task_and_no_free_text_opens_it(session):
    card = Reading("S2P3", session)
    Question(find_task("counting.guests"), session).answer("200")
    Argument(find_task("counting.mind"), session).answer("The length of stay.")
    assert card._show.disabled


def test_a_prediction_of_another_notebook_does_not_open_it(session, session_in):
    Prediction(find_task("counting.taste"), session).answer("0.2")
    later = session_in(session.folder)
    card = Reading("S2P3", later)
    assert card._show.disabled
    Prediction(find_task("counting.ratio"), later)
    assert card._show.disabled


def test_a_prediction_made_before_opens_it_when_it_is_asked_again(session, session_in):
    Prediction(find_task("counting.ratio"), session).answer("100")
    later = session_in(session.folder)
    card = Reading("S2P3", later)
    Prediction(find_task("counting.ratio"), later)
    assert not card._show.disabled
    assert not Reading("S2P2", later)._show.disabled


@pytest.mark.parametrize("date", ["2002-05-07", "2012-01-01", "2025-12-30"])
def test_an_early_date_withholds_it_altogether(session_in, tmp_path, words_on, date):
    (tmp_path / "case.toml").write_text(f"as_of = {date}\n")
    session = session_in(tmp_path)
    card = Reading("S2P3", session)
    Prediction(find_task("counting.ratio"), session).answer("100")
    assert card.withheld
    assert card._show.disabled
    assert EARLY in words_on(card)
    card.show_since()
    assert not any(shows_since(card, words_on))


def test_a_late_date_withholds_nothing(session_in, tmp_path):
    (tmp_path / "case.toml").write_text("as_of = 2025-12-31\n")
    assert not Reading("S2P3", session_in(tmp_path)).withheld


def own_copy():
    """A report.txt with the report's headings and invented paragraphs, one for each of the ledger."""
    lines, section = [], None
    for ref in paragraphs():
        head = paragraph(ref)[0]
        if head.section != section:
            section = head.section
            lines += [head.section_title, ""]
        lines += [f"The <i>words</i> of {ref} & no other.", ""]
    return "\n".join(lines)


def test_the_readers_own_copy_stands_beside_the_paraphrase(session, words_on):
    (session.folder / "report.txt").write_text(own_copy(), encoding="utf-8")
    card = Reading("S2P3", session)
    assert "The &lt;i&gt;words&lt;/i&gt; of S2P3 &amp; no other." in words_on(card)
    assert "of S2P2" not in words_on(card)
    for stored in (card.html(), card.plain()):  # what a notebook keeps never holds the report's own words
        assert "no other" not in stored


def test_each_sentence_of_the_readers_copy_stands_beside_its_claims(session, words_on):
    here = paragraph("S2P2")
    count = len({place for c in here for place in c.sentences})
    text = own_copy().replace(
        "The <i>words</i> of S2P2 & no other.",
        " ".join(f"Sentence {n} <b>says</b> nothing." for n in range(1, count + 1)),
    )
    (session.folder / "report.txt").write_text(text, encoding="utf-8")
    card = Reading("S2P2", session)
    for c in here:
        (item,) = re.findall(rf'<li><details class="[^"]*"><summary><b>{c.id}</b>.*?</li>', card.children[0].value)
        assert f"<q>Sentence {c.sentence} &lt;b&gt;says&lt;/b&gt; nothing.</q>" in item
    assert "nothing." not in card.html() + card.plain()


def test_a_copy_that_cannot_be_used_is_explained(session, words_on):
    (session.folder / "report.txt").write_text("Nothing of the kind.", encoding="utf-8")
    card = Reading("S2P3", session)
    assert "report.txt: the heading" in words_on(card)
    assert paragraph("S2P3")[0].id in words_on(card)


def test_without_a_copy_nothing_is_said_of_one(session, words_on):
    assert "report.txt" not in words_on(Reading("S2P3", session))
    assert "your copy" not in words_on(Reading("S2P3", session))


def test_an_unknown_paragraph_is_refused_with_the_nearest(session, refusal):
    assert "S2P3" in refusal(Reading, "S2P33", session)

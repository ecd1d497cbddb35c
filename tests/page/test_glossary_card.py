"""The glossary on the page: all words, the words of one chapter, and what is said where there are none."""

import shutil

import tumen
from tumen.core.files import shipped
from tumen.page.glossary import Glossary, words

WORDS = words()


def test_all_words_are_listed_and_a_chapter_filters_them(session):
    card = Glossary(session)
    assert card.sentence == f"{len(WORDS)} of {len(WORDS)} words."
    assert all(w.explanation[:20] in card._list.value for w in WORDS)
    mine = [w for w in WORDS if "06" in w.chapters]
    card.chapter.value = "06"
    assert card.sentence == f"{len(mine)} of {len(WORDS)} words."
    assert card._list.value.count("<tr>") == 1 + len(mine)
    card.chapter.value = ""
    assert card._list.value.count("<tr>") == 1 + len(WORDS)


def test_the_chapters_are_called_as_their_notebooks_are(session):
    assert ("chapter 02", "02") in Glossary(session).chapter.options
    shutil.copy(next(shipped("workbooks").glob("02-*.ipynb")), session.folder)
    card = Glossary(session, "02")
    assert ("02 · Counting the hidden", "02") in card.chapter.options
    assert '<a href="02-counting-the-hidden.ipynb">02 · Counting the hidden</a>' in card.html()
    assert card.html().count("<dt>") == sum("02" in w.chapters for w in WORDS)
    assert "Ceiling" in card.plain() and "Kappa" not in card.plain()


def test_a_chapter_there_is_not_is_answered_in_a_sentence(session, refusal):
    assert "'99'" in refusal(Glossary, session, "99")
    assert "'99'" in repr(tumen.glossary("99"))


def test_a_report_without_a_glossary_says_so(session, refusal, monkeypatch):
    monkeypatch.setattr("tumen.page.glossary.words", list)
    assert refusal(Glossary, session) == "this report has no glossary."

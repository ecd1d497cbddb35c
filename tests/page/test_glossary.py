"""The glossary: every word once, explained, and used in a chapter there is."""

import re

from tumen.core.chapters import numbered
from tumen.core.files import shipped
from tumen.page.glossary import words

WORDS = words()


def test_each_word_stands_once_and_is_explained_in_a_sentence():
    terms = [w.term for w in WORDS]
    assert len(terms) == len(set(terms)) >= 45
    assert terms == sorted(terms, key=str.casefold)
    for w in WORDS:
        assert w.term[:1].isupper() and w.explanation.endswith(".") and "!" not in w.explanation, w.term
        assert not re.search(r"[*_`<>]", w.explanation), w.term


def test_every_chapter_named_is_there():
    there = numbered(shipped("workbooks"))
    named = {n for w in WORDS for n in w.chapters}
    assert {f"0{n}" for n in range(1, 9)} <= named <= set(there)
    for w in WORDS:
        assert list(w.chapters) == sorted(set(w.chapters)), w.term

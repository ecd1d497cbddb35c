"""None of the report's wording is in the project, and every sentence of it has a row; read where the report is."""

import re

import pytest
from words import files, needs_report, passages, sentences, whole

from tumen.evidence.ledger import claims
from tumen.evidence.report_text import own_sentences

RUN = 5  # content words in a row that count as taken over
STOP = frozenset(
    re.findall(
        r"\w+",
        """
        a an and are as at be been but by can could did do does for from had has have he her his if in into is it its may
        might more must no not of on or our she should so some such than that the their them then there these they this
        those to was we were what when where which who whose will with would you your
        """,
    )
)
SENTENCES = sentences()
TITLES = {c.section_title for c in claims()}


def content(text):
    return [w for w in re.findall(r"[a-z0-9']+", text.lower().replace("’", "'")) if w not in STOP]


def runs(text):
    words = content(text)
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


THE_REPORTS = {run: place for place, text in SENTENCES.items() for run in runs(text)}


def without_titles(text):
    for title in TITLES:
        text = re.sub(re.escape(title), " · ", text, flags=re.IGNORECASE)
    return text


@needs_report
def test_every_sentence_has_a_row_and_every_row_its_sentence():
    held = {place for c in claims() for place in c.sentences}
    assert held == set(SENTENCES)


@needs_report
@pytest.mark.parametrize("path", files(), ids=str)
def test_no_file_holds_the_reports_words_in_a_row(path):
    found = {run: THE_REPORTS[run] for run in runs(without_titles(whole(path))) if run in THE_REPORTS}
    assert found == {}


def test_words_in_a_row_are_found_whatever_stands_between():
    assert runs("The one, TWO and three’s four; five") == {("one", "two", "three's", "four", "five")}
    assert runs("one two three four") == set()


@needs_report
def test_the_search_would_find_a_sentence_taken_over():
    for place, text in SENTENCES.items():
        assert len(content(text)) < RUN or {THE_REPORTS[r] for r in runs(text)}, place


@needs_report
def test_the_report_itself_saved_as_text_is_told_apart(tmp_path):
    blocks, before = [], None
    for c in claims():
        if c.section_title != before:
            before = c.section_title
            blocks.append(before)
        here = [t for place, t in SENTENCES.items() if place.startswith(f"{c.place}.")]
        if " ".join(here) not in blocks:
            blocks.append(" ".join(here))
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(blocks), encoding="utf-8")
    own = own_sentences(path)
    assert {place: " ".join(t.split()) for place, t in SENTENCES.items()} == own


def test_there_is_something_to_read():
    assert len(files()) > 100
    assert all(passages(f) for f in files() if f.suffix == ".csv")

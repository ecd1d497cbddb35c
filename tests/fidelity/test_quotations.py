"""A phrase in quotation marks that is said to be the report's is the report's, in the sentence named.

It is said to be the report's where a place follows it, such as (S3P5.8), (S3P5-g) or “in S2P4-g”; or where the report, its
text, its author or a place of it comes shortly before it in the same sentence. Words of our ledger are set in italics instead.
"""

import re

import pytest
from words import files, needs_report, passages, sentences

from tumen.evidence.ledger import claims

SENTENCES = sentences()
CLAIMS = {c.id: c.sentences for c in claims()}
PLACE = r"S\dP\d(?:\.\d+(?:-\d+)?|-[a-z])?"
QUOTED = re.compile(r"“([^“”]+)”|(?<![\w=(\[\\])\"([^\"\\{}=<>/_]{2,60})\"(?![\w=])")
NAMED = re.compile(
    rf"\b(?:the|this|whose) (?:report|text|author|sentence|brief|word|words)\b(?:’s|'s)?|\bSuh\b(?:’s|'s)?|(?P<place>{PLACE})(?:’s|'s)?",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"[^.!?;:“”\"|]{0,50}")
AFTER = re.compile(rf"^[*_,]{{0,2}}\s?(?:\((?P<in>{PLACE}(?:, {PLACE})*)[^)]*\)|(?:in|of|at) (?P<of>{PLACE}))")
# a verb that says these are not the report's words, or the reader's of it
NOT_ITS = re.compile(r"\b(?:not|never|rather than|instead of|replace|against|rewrite|without)\b", re.IGNORECASE)
MOST = 4  # words of a quotation


def plain(text):
    return " ".join(re.sub(r"[^\w.… ]", " ", text.lower().replace("’", "'").replace("-", " ")).split()).strip(" .,")


OURS = " | ".join(f" {plain(c.paraphrase)} " for c in claims())


def said_to_be_the_reports(text):
    """Each such phrase with the places it is said to stand in; none where only the report is named."""
    for found in QUOTED.finditer(text):
        phrase = found[1] or found[2]
        after = AFTER.match(text[found.end() : found.end() + 60])
        if after:
            yield phrase, re.findall(PLACE, after["in"] or after["of"])
            continue
        start = max(0, found.start() - 90)
        named = list(NAMED.finditer(text, start, found.start()))
        if named:
            between = text[named[-1].end() : found.start()]
            if BETWEEN.fullmatch(between) and not NOT_ITS.search(between):
                yield phrase, [named[-1]["place"]] if named[-1]["place"] else []


def of_our_ledger(text):
    """Each quoted phrase of four words and more that stands in a paraphrase of ours."""
    for found in QUOTED.finditer(text):
        phrase = plain(found[1] or found[2])
        if len(phrase.split()) > 3 and f" {phrase} " in OURS:
            yield phrase


def stands_in(phrase, places):
    named = [
        s for p in places for s in CLAIMS.get(p, [p] if "." in p else [s for s in SENTENCES if s.startswith(p + ".")])
    ]
    where = [SENTENCES[s] for s in named if s in SENTENCES] if places else SENTENCES.values()
    parts = [plain(part) for part in re.split(r"…|\.\.\.", phrase) if plain(part)]
    return bool(parts) and any(all(f" {p} " in f" {plain(s)} " for p in parts) for s in where)


@needs_report
@pytest.mark.parametrize("path", [f for f in files() if f.parts[0] != "tests"], ids=str)
def test_what_is_said_to_be_the_reports_is_the_reports(path):
    wrong = [
        (phrase, places)
        for text in passages(path)
        for phrase, places in said_to_be_the_reports(text)
        if not stands_in(phrase, places) or len(phrase.split()) > MOST
    ]
    assert wrong == []


@needs_report
@pytest.mark.parametrize("path", [f for f in files() if f.parts[0] != "tests"], ids=str)
def test_our_ledgers_words_are_not_set_as_a_quotation(path):
    wrong = [p for text in passages(path) for p in of_our_ledger(text) if not stands_in(p, [])]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a climate is “a key” (S3P5.8), not more", [("a key", ["S3P5.8"])]),
        ("“a key” (S3P5-g) and more", [("a key", ["S3P5-g"])]),
        ("“straight” in S2P4-g does not hold", [("straight", ["S2P4-g"])]),
        ("The report says “fundamentally”; a table", [("fundamentally", [])]),
        ("S2P4.3 has “basically different” in it", [("basically different", ["S2P4.3"])]),
        ("the text’s “also possibly” lets", [("also possibly", [])]),
        ('Suh’s "palpable" is odd', [("palpable", [])]),
        ("S2P4-c calls what S2P6-c has “on the surface”", [("on the surface", ["S2P6-c"])]),
        ("an “axis of evil” speech", []),
        ("*“The report is against status.”* S1P2-b calls it otherwise", []),
        ("The report ends here. “Open” is ours", []),
    ],
)
def test_what_counts_as_said_to_be_the_reports(text, found):
    assert list(said_to_be_the_reports(text)) == found


@needs_report
def test_a_phrase_is_looked_for_in_the_sentence_named():
    assert stands_in("a key", ["S3P5.8"]) and stands_in("a key", ["S3P5-g"]) and stands_in("A key.", [])
    assert not stands_in("the key", ["S3P5.8"])
    assert not stands_in("a key", ["S3P5.7"])
    assert stands_in("This … also", ["S1P3.7"])

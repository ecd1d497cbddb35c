"""Argdown out and in: the map comes back as it went, own words go along, and what is no Argdown is told in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.core import Problem
from tumen.evidence.argdown import Own, read, read_file, written
from tumen.evidence.argument import LEG, LOST, STANDS, TAKEN, argument

CLASS = """===
title: Ours
===

# How many

[Few]: There were few. /* we
mean it */
  + <Hosts>: The hosts could not
    take so many.
  - [Hiding]: Nobody could see them. #doubt {certainty: 0.4}
    - <Shops>: Some worked in shops. // as one source says

<By ratio>: one guest for five hosts

(1) [Hosts are few]: There were 1.5 million hosts.
(2) They live together.
-- by our reading --
(3) [Few]
----
(4) [Policy]: So little has to be done.
"""


def test_the_report_s_map_comes_back_as_it_went_whatever_is_taken_away():
    the = argument()
    back = read(written(the)).argument
    assert set(back.points) == set(the.points)
    assert all(back.points[id].claim == p.claim for id, p in the.points.items())
    for id in the.premises():
        was = {n: s.state in (TAKEN, LOST) for n, s in the.without(id).items()}
        assert {n: s.state in (TAKEN, LOST) for n, s in back.without(id).items()} == was, id


def test_a_class_s_own_text_is_a_map_of_its_own():
    found = read(CLASS)
    the = found.argument
    assert the.points["Few"].says == "There were few."
    assert the.points["Hosts"].says == "The hosts could not take so many."
    assert {(g.conclusion, g.premises) for g in the.legs} == {
        ("Few", ("Hosts",)),
        ("Few", ("Hosts are few", "They live together.")),
        ("Policy", ("Few",)),
    }
    assert found.against == {"Few": ("Hiding",), "Hiding": ("Shops",)}
    assert the.without("Hosts are few")["Few"].state == LEG
    states = the.without(["Hosts are few", "Hosts"])
    assert (states["Few"].state, states["Policy"].state, states["Hiding"].state) == (LOST, LOST, STANDS)


def test_one_s_own_words_go_along_for_and_against_and_break_no_mark():
    bad = "no [S2P3-d]: <x> # {y} /* never\nclosed //"
    own = [
        Own("mine: a", "Because of it", "S2P3-d", "+"),
        Own("mine: b", bad, "S2P3-d", "-"),
        Own("mine: c", "Unsure", "S2P3-f"),
    ]
    text = written(argument(), own)
    found = read(text)
    assert found.against["S2P3-d"] == ("mine: b",)
    assert "mine: a" in [p for g in found.argument.legs_of("S2P3-d") for p in g.premises]
    assert set(found.argument.points) == {*argument().points, "mine: a", "mine: b", "mine: c"}
    assert found.argument.points["S2P3-d"].says == argument().points["S2P3-d"].says


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "no statement"),
        ("+ [A]: on nothing", "under nothing"),
        ("<X>\n\n----\n(1) [A]", "without a premise"),
        ("<X>\n\n(1) <Y>: an argument", "is an argument"),
        ("[A]: a\n  + [B]: b\n[B]\n  + [A]", "circle"),
        ("x" * 1_000_001, "too long"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(text, word, refusal):
    assert word in refusal(read, text, "ours.argdown")


@given(st.text(alphabet="[]<>:+-_()#{}/*=\n 1ab", max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        found = read(text)
    except Problem as fault:
        assert str(fault).endswith(".")
        return
    found.argument.without([])


@given(st.text(max_size=80))
def test_any_own_words_leave_the_map_as_it_is(words):
    back = read(written(argument(), [Own("mine", words, "S2P3-d", "-")]))
    assert set(back.argument.points) - {"mine"} == set(argument().points)


def legs_of(text):
    found = read(text)
    return {(g.conclusion, g.premises) for g in found.argument.legs}, dict(found.against)


@pytest.mark.parametrize(
    ("text", "legs", "against"),
    [
        ("[A]: a.\n  + because of b\n  - but c\n", {("A", ("because of b",))}, {"A": ("but c",)}),
        ("[A]: a.\n  – [B]: b\n  − [C]: c\n", set(), {"A": ("B", "C")}),
        ("[A]: a.\n  ＋ [B]： b\n", {("A", ("B",))}, {}),
        ("[A]: a.\n  >< [B]: b\n", set(), {"A": ("B",), "B": ("A",)}),
        ("\ufeff[A]: a\n  + [B]: b\n", {("A", ("B",))}, {}),
        ("```argdown\n[A]: a\n  + [B]: b\n```\n", {("A", ("B",))}, {}),
        ("[A]: st\n  + <A>: arg\n", {("A", ("A (argument)",))}, {}),
        ("[A]: a {x: {y: 1}} #(a tag)\n  + [B]: b {\n  c: 1\n}\n", {("A", ("B",))}, {}),
        ("<A>\n(1) [P]: p\n  - [X]: x\n  + <Y>: y\n----\n(2) [C]: c\n", {("C", ("P",)), ("P", ("Y",))}, {"P": ("X",)}),
        ("<A>\n(1) [P]: p\n(2) [Q]: q\n--\nModus ponens {uses: [1]}\n--\n(3) [C]: c\n", {("C", ("P", "Q"))}, {}),
        ("<A>\n(1) [P]: p\n----\n(2) [Q]: q\n----\n(3) [C]: c\n\n---\n\n[D]: d\n", {("Q", ("P",)), ("C", ("Q",))}, {}),
    ],
)
def test_what_supports_and_what_attacks_is_read_as_people_write_it(text, legs, against):
    assert legs_of(text) == (legs, against)


def test_words_are_kept_and_nothing_else_is_taken_for_them():
    says = (
        read("Title\n=====\n\n[e\u0301]: see https://example.org/a//b // a note\n  goes on {x: 1}\n")
        .argument.points["é"]
        .says
    )
    assert says == "see https://example.org/a//b goes on"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[A] no colon\n", "line 1: '[A] no colon' needs a colon behind its name"),
        ("[A]: one.\n\n[A]: two.\n", "line 3: 'A' is said here in other words than before"),
        ("[A]: a\n  * [B]: b\n", "line 2: '* [B]: b' says neither for nor against"),
        ("[A]: a\n+ [B]: b\n", "indent it below that"),
        ("<A>\n(1) p\n(2) q\n", "line 2: premises stand here without a conclusion"),
        ("<A>\n----\n(1) c\n", "line 2: a line of dashes stands here without a premise"),
        ("<A>\n1. p\n----\n2. c\n", "line 2: a premise begins with its number in brackets, such as (1)"),
        ("[A]: a\n/* no end\n", "line 2: a comment begins with /* and ends nowhere"),
        ("[A]: a\n  + [B]: b\n    + [A]\n", "goes in a circle: '"),
        ("<!--" * 20_000, "ends nowhere"),
    ],
)
def test_what_would_be_lost_is_told_with_its_line(refusal, text, told):
    assert told in refusal(read, text)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("[난]: 민\n".encode("cp949"), "no text in UTF-8"),
        (b"PK\x03\x04aaa", "a file of another program"),
        (b"%PDF-1.4\n", "a file of another program"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "a file of another program"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_argdown_is_told(tmp_path, refusal, data, told):
    path = tmp_path / "ours.argdown"
    if data is not None:
        path.write_bytes(data)
    assert told in refusal(read_file, path) and "ours.argdown" in refusal(read_file, path)


def test_a_text_in_utf_16_is_read(tmp_path):
    (tmp_path / "ours.argdown").write_bytes("[A]: é\n".encode("utf-16"))
    assert read_file(tmp_path / "ours.argdown").argument.points["A"].says == "é"

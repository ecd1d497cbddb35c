"""Argdown out and in: the map comes back as it went, own words go along, and what is no Argdown is told in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.core import Problem
from tumen.evidence.argdown import Own, read, written
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
        ("<X>\n\n----\n(1) [A]", "no statement"),
        ("<X>\n\n(1) <Y>: an argument", "is an argument"),
        ("[A]: a\n  + [B]: b\n[B]\n  + [A]", "circle"),
        ("x" * 1_000_001, "too long"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(text, word, refusal):
    if text.startswith("<X>\n\n----"):
        assert read(text).argument.points  # a rule without premises is only a line
        return
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

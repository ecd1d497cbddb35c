"""A case as a code: it comes back whole, survives the post, and one changed letter is always found out."""

import datetime as dt
import random
import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.core import Case, Finding, Model, Output, Override, Quantity
from tumen.core import code as codes
from tumen.core.code import LETTERS, MOST_LETTERS, decode, encode

ROOM = Model(
    key="house.room",
    question="How many fit?",
    quantities=(
        Quantity(key="beds", label="beds", value=3, low=1, high=9, unit="beds", basis="assumption", domain="count"),
        Quantity(key="kind", label="kind", kind="choice", value="inn", choices=("inn", "barn"), basis="assumption"),
        Quantity(key="nights", label="nights", kind="list", value=(1.0, 2.0), basis="assumption"),
    ),
    run=lambda beds, kind, nights: {"guests": beds * 2},
    outputs=(Output("guests", "guests", "people"),),
    findings=(Finding("S2P3-d", "they fit", "tests", lambda out, v: out["guests"] - 4),),
)
CASE = Case(
    title="Zoë's “barn” \\ 북간도",
    author="a reader",
    as_of=dt.date(2002, 5, 7),
    overrides={"house.room": {"beds": Override(5.5, 2, 8), "kind": Override("barn"), "nights": Override((3.0, 0.1))}},
    data={"arrivals": "my arrivals.csv"},
)
CODE = encode(CASE)


def plain_words():
    return st.text(st.characters(codec="utf-8"), max_size=60)


@given(
    title=plain_words(),
    author=plain_words(),
    beds=st.floats(1e-9, 1e12) | st.just(0.0) | st.none(),
    as_of=st.none() | st.dates(),
)
def test_a_case_comes_back_as_it_was(title, author, beds, as_of):
    changes = {"house.room": {"beds": Override(beds)}} if beds is not None else {}
    case = Case(title=title, author=author, as_of=as_of, overrides=changes)
    assert decode(encode(case), [ROOM]) == case


def test_every_part_of_a_case_comes_back():
    assert decode(CODE, [ROOM]) == CASE


def test_a_code_is_short_and_safe_in_an_address_a_chat_and_a_mail():
    assert re.fullmatch(r"tumen1-[A-Za-z0-9]+", CODE)
    assert not set("0OIl") & set(CODE.removeprefix("tumen1-"))
    small = Case(title="mine", overrides={"house.room": {"beds": Override(4.0)}})
    assert len(encode(small)) < 90


@given(data=st.data())
def test_what_mail_programs_add_does_no_harm(data):
    """Line breaks with quoting marks, soft breaks, odd spaces and dashes, at any places."""
    marks = ["\n> ", "=\r\n", "\u00a0", "\u200b", "\ufeff", "\t", " ", "\u2011", "\u00ad", "\r\n>> "]
    out = CODE
    for _ in range(data.draw(st.integers(0, 12))):
        at = data.draw(st.integers(0, len(out)))
        out = out[:at] + data.draw(st.sampled_from(marks)) + out[at:]
    before, after = data.draw(st.sampled_from([("", ""), ('"', '"'), ("“", "”,"), ("<", ">"), ("`", "`."), ("*", "*")]))
    assert decode(before + out + after, [ROOM]) == CASE


AROUND = {
    "a sentence": f"Here is my code: {CODE} Best, Ann",
    "a subject": f"Re: {CODE}",
    "an address": f"https://example.org/?c={CODE}&x=1",
    "a signature": f"{CODE}\n-- \nAnn Lee\nA University, 1st floor\n",
    "a quotation": "On Mon, Ann wrote:\n" + "\n".join(f"> > {CODE[i : i + 40]}" for i in range(0, len(CODE), 40)),
    "initials": "\r\n".join(f"AK> {CODE[i : i + 40]}" for i in range(0, len(CODE), 40)),
    "a page": f"<div class='x'><p>{CODE[:40]}<br/>{CODE[40:]}</p></div>",
    "entities": f"{CODE[:40]}&nbsp;&#8203;{CODE[40:]}&gt;",
    "quoted-printable": f"{CODE[:20]}=20=\r\n{CODE[20:]}=0A",
    "a link": f"[{CODE}](mailto:{CODE})",
    "twice": f"{CODE}\n\n{CODE}",
    "wide letters": "".join(chr(ord(c) + 0xFEE0) for c in CODE),
}


@pytest.mark.parametrize("around", AROUND)
def test_a_code_is_found_among_the_words_and_marks_around_it(around):
    assert decode(AROUND[around], [ROOM]) == CASE


@pytest.mark.parametrize("around", ["Here it is: {}", "{} Best, Ann", "> {}\n> Ann"])
def test_a_damaged_code_among_words_is_found_out(refusal, around):
    for i in range(len("tumen1-"), len(CODE)):
        refusal(decode, around.format(CODE[:i] + CODE[i + 1 :]), [ROOM])
        refusal(decode, around.format(CODE[:i] + CODE[i] + CODE[i:]), [ROOM])


def test_of_two_codes_in_a_text_neither_is_taken(refusal):
    other = encode(Case(title="another"))
    assert refusal(decode, f"{CODE} or {other}", [ROOM]) == "there are 2 codes in this text; give one of them."


def test_one_changed_letter_is_always_found_out(refusal):
    """Every place, and there every other letter and digit: none gives a case."""
    every = sorted(set(LETTERS) | set("0OIl"))
    places = [i for i, letter in enumerate(CODE) if letter.isalnum()]
    for i in places:
        for letter in every:
            if letter != CODE[i]:
                refusal(decode, CODE[:i] + letter + CODE[i + 1 :], [ROOM])


def test_a_letter_lost_added_or_turned_into_a_mark_is_always_found_out(refusal):
    places = [i for i, letter in enumerate(CODE) if letter.isalnum()]
    for i in places:
        refusal(decode, CODE[:i] + CODE[i + 1 :], [ROOM])
        refusal(decode, CODE[:i] + "." + CODE[i + 1 :], [ROOM])
        refusal(decode, CODE[:i] + CODE[i] + CODE[i:], [ROOM])


def test_two_neighbours_exchanged_are_always_found_out(refusal):
    first = len("tumen1-")
    for i in range(first, len(CODE) - 1):
        if CODE[i] != CODE[i + 1]:
            refusal(decode, CODE[:i] + CODE[i + 1] + CODE[i] + CODE[i + 2 :], [ROOM])


def test_two_codes_run_together_or_one_cut_short_are_refused(refusal):
    assert "damaged" in refusal(decode, CODE + CODE, [ROOM])
    for length in (7, 12, 20, len(CODE) // 2):
        refusal(decode, CODE[:length], [ROOM])


@pytest.mark.parametrize("text", ["", "   ", "hello", "turnen1-abc", "TUMEN1-abc", "1-abc"])
def test_what_is_no_code_is_told_how_one_begins(refusal, text):
    assert "tumen1-" in refusal(decode, text, [ROOM])


def test_another_version_is_named(refusal):
    assert "version" in refusal(decode, CODE.replace("tumen1", "tumen2"), [ROOM])


def test_letters_of_other_alphabets_are_refused(refusal):
    assert "damaged" in refusal(decode, CODE.replace(CODE[20], "ß"), [ROOM])
    assert "damaged" in refusal(decode, CODE[:30] + "५" + CODE[31:], [ROOM])


def forged(raw: bytes) -> str:
    """A code with a right length and checksum round any bytes."""
    body = codes._letters(int.from_bytes(b"\1" + raw))
    counted = codes._letters(len(body)).rjust(codes.COUNT, LETTERS[0]) + body
    return f"tumen1-{counted}{codes._check(counted)}"


def test_a_forged_code_is_checked_like_a_file(refusal):
    def code_of(text):
        return forged(zlib.compress(text, 9, wbits=-15))

    assert decode(code_of(b"[house.room]\nbeds = 4\n"), [ROOM]).overrides["house.room"]["beds"] == Override(4.0)
    assert "'beds'" in refusal(decode, code_of(b"[house.room]\nbets = 4\n"), [ROOM])
    assert "no number" in refusal(decode, code_of(b"[house.room]\nbeds = nan\n"), [ROOM])
    for text in (b"no toml at all", b"\xff\xfe", b"x = " + b"[" * 5_000):
        assert "no case" in refusal(decode, code_of(text), [ROOM])
    assert "no case" in refusal(decode, forged(b"\x07not deflated"), [ROOM])


def test_a_small_code_that_unpacks_to_very_much_is_refused_quickly(refusal):
    bomb = zlib.compress(b'title = "' + b"a" * 5_000_000 + b'"', 9, wbits=-15)
    assert "no case" in refusal(decode, forged(bomb), [ROOM])


def test_a_case_too_long_for_a_code_says_send_the_file(refusal):
    noise = random.Random(2002)
    text = "".join(noise.choice(LETTERS) for _ in range(MOST_LETTERS * 2))
    assert "send its file" in refusal(encode, Case(title=text))
    assert "damaged" in refusal(decode, "tumen1-" + text, [ROOM])
    assert "half of a character" in refusal(encode, Case(title="\ud800"))


def test_the_longest_case_that_has_a_code_comes_back():
    noise = random.Random(2002)
    title = "".join(noise.choice(LETTERS) for _ in range(15_000))
    case = Case(title=title)
    assert decode(encode(case), [ROOM]) == case

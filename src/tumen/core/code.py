"""A case as a short text code for a chat or an e-mail, with a length and a checksum.

A code is `tumen1-`, three letters that count the body, the body, and six letters that check it. The body
is the text of the case file, compressed, in base 58: letters and digits only, without those that look alike.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
import zlib
from collections.abc import Iterable

from tumen.core.case import Case
from tumen.core.errors import Problem
from tumen.core.model import Model

NAME, VERSION = "tumen", "1"
LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # base 58: no 0, O, I and l
COUNT, CHECK = 3, 6  # letters that hold the body's length and its checksum
MOST_LETTERS, MOST_BYTES = 20_000, 200_000
BEGIN = re.compile(rf"(?<![^\W_]){NAME}{VERSION}(?![^\W_])")
DAMAGED = "this code is damaged: a letter of it was changed, lost or added on the way; copy it again, or send the file."


def encode(case: Case) -> str:
    """The code of a case; raises `Problem` where the case is too long for one.

    >>> from tumen.core import Case, Override
    >>> encode(Case(overrides={"bread.loaf": {"grain": Override(5)}})).startswith("tumen1-")
    True
    """
    try:
        text = case.to_toml().encode("utf-8")
    except UnicodeEncodeError:
        raise Problem("this case holds half of a character, so it has no code.") from None
    squeezed = zlib.compress(text, 9, wbits=-15)
    if len(squeezed) > MOST_LETTERS * 0.7:
        raise Problem("this case is too long for a code; send its file instead.")
    body = _letters(int.from_bytes(b"\1" + squeezed))
    counted = _letters(len(body)).rjust(COUNT, LETTERS[0]) + body
    return f"{NAME}{VERSION}-{counted}{_check(counted)}"


def decode(text: str, models: Iterable[Model]) -> Case:
    """The case of a code, checked against the models as a file is.

    Spaces, line breaks, quotation and quoting marks that mail programs add are passed over, and words around it. A code
    with one letter changed, lost or added is always found out, and then nothing of it is used: raises `Problem`, as it
    does where the text holds several codes.
    """
    raw = _table(_within(text) or _alone(text))
    try:
        return Case.parse(raw, models)
    except Problem as e:
        raise Problem(f"the case in this code cannot be used here: {e}") from None


def _alone(text: str) -> str:
    """The body of a code where the text holds nothing else."""
    letters = re.sub(r"[\W_]+", "", text)
    if BEGIN.search(text) and not letters.startswith(NAME):
        raise Problem(DAMAGED)
    if not letters.startswith(NAME):
        raise Problem(f"this is no code of a case: it should begin with {NAME}{VERSION}-.")
    version, letters = letters[len(NAME) : len(NAME) + 1], letters[len(NAME) + 1 :]
    if version != VERSION:
        raise Problem(f"this code should begin with {NAME}{VERSION}-: it is damaged, or of another version of Tumen.")
    return _body(letters)


# what mail programs and pages put into a text: tags, entities, soft line ends, signs by number, marks of a quotation
ADDED = re.compile(
    r"</?[a-z]+\d?(?:\s[^<>]*)?/?>|&(?:\w{2,8}|#\w{1,6});|=\r?\n|=[0-9A-F]{2}|^[ \t]*(?:[A-Za-z]{0,4}[>|]+[ \t]*)+",
    re.MULTILINE | re.IGNORECASE,
)


def _within(text: str) -> str:
    """The body of the one sound code in a text, however it was wrapped and whatever stands around it; "" where none is.

    It begins and ends where words do, so that a letter more is found out. Raises `Problem` where there are several.
    """
    plain = ADDED.sub(" ", unicodedata.normalize("NFKC", text[: 50 * MOST_LETTERS]))
    found = {body for m in list(BEGIN.finditer(plain))[:20] if (body := _from(plain[m.end() :]))}
    if len(found) > 1:
        raise Problem(f"there are {len(found)} codes in this text; give one of them.")
    return found.pop() if found else ""


def _from(text: str) -> str:
    """The body of the code whose letters a text begins with, as many as its first three say; "" where that is none."""
    letters = ""
    for word in re.finditer(r"[^\W_]+", text):
        letters += word[0]
        if len(letters) < COUNT or not set(letters[:COUNT]) <= set(LETTERS):
            continue
        whole = COUNT + _number(letters[:COUNT]) + CHECK
        if len(letters) >= whole or whole > MOST_LETTERS:
            try:
                return _body(letters)
            except Problem:
                return ""
    return ""


def _body(letters: str) -> str:
    """The body of a code whose length and checksum are right."""
    counted, check = letters[:-CHECK], letters[-CHECK:]
    body = counted[COUNT:]
    whole = len(letters) <= MOST_LETTERS + COUNT + CHECK and set(letters) <= set(LETTERS) and body
    if not whole or _number(counted[:COUNT]) != len(body) or _check(counted) != check:
        raise Problem(DAMAGED)
    return body


def _table(body: str) -> dict:
    """The table a checked body holds; a code made by hand may still hold none."""
    number = _number(body)
    raw = number.to_bytes((number.bit_length() + 7) // 8)[1:]
    unpack = zlib.decompressobj(wbits=-15)
    try:
        text = unpack.decompress(raw, MOST_BYTES)
        if not unpack.eof:
            raise ValueError("more than a case holds")
        return tomllib.loads(text.decode("utf-8"))
    except (zlib.error, ValueError, RecursionError):
        raise Problem("this code holds no case, though its checksum is right; ask for the file.") from None


def _letters(number: int) -> str:
    """A number in base 58."""
    out = []
    while number:
        number, digit = divmod(number, len(LETTERS))
        out.append(LETTERS[digit])
    return "".join(reversed(out)) or LETTERS[0]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number


def _check(letters: str) -> str:
    """CRC-32 of the letters as letters; it finds every change within four neighbouring ones."""
    return _letters(zlib.crc32((VERSION + letters).encode("ascii"))).rjust(CHECK, LETTERS[0])

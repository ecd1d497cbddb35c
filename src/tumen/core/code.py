"""A case as a short text code for a chat or an e-mail, with a length and a checksum.

A code is `tumen1-`, three letters that count the body, the body, and six letters that check it. The body
is the text of the case file, compressed, in base 58: letters and digits only, without those that look alike.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Iterable

from tumen.core.case import Case
from tumen.core.errors import Problem
from tumen.core.model import Model

NAME, VERSION = "tumen", "1"
LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # base 58: no 0, O, I and l
COUNT, CHECK = 3, 6  # letters that hold the body's length and its checksum
MOST_LETTERS, MOST_BYTES = 20_000, 200_000
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

    Spaces, line breaks, quotation and quoting marks that mail programs add are passed over. A code with one
    letter changed, lost or added is always found out, and then nothing of it is used: raises `Problem`.
    """
    letters = re.sub(r"[\W_]+", "", text)
    if not letters.startswith(NAME):
        raise Problem(f"this is no code of a case: it should begin with {NAME}{VERSION}-.")
    version, letters = letters[len(NAME) : len(NAME) + 1], letters[len(NAME) + 1 :]
    if version != VERSION:
        raise Problem(f"this code should begin with {NAME}{VERSION}-: it is damaged, or of another version of Tumen.")
    raw = _table(_body(letters))
    try:
        return Case.parse(raw, models)
    except Problem as e:
        raise Problem(f"the case in this code cannot be used here: {e}") from None


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

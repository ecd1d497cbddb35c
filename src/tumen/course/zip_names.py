"""In which letters a zip's names are written where it does not say so: those of the class, else those that read as words."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tumen.evidence.encodings import common_hangul

HANZI = "[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]"
# how names are written in such zips, and the letters by which a reading is known to be right; of two that fit the first
ALPHABETS = (
    ("utf-8", "[^\\0-\x7f]"), ("cp866", "[А-Яа-яЁё№]"), ("cp1251", "[А-Яа-яЁё№І-Їі-ї–—]"), ("euc_kr", "[가-힣]"), ("cp949", "[가-힣]"),
    ("cp932", f"(?:{HANZI}|[\u3040-\u30ff])"), ("gb2312", HANZI), ("big5", HANZI),
    ("cp437", "[ÄÅÆÇÉÑÖÜßàáâäåæçèéêëìíîïñòóôöùúûüÿªº]"), ("cp1252", "[À-ÏÑ-ÖØ-Üßà-ïñ-öø-üÿŠŒŽšœžŸ–—’]"),
    ("cp1254", "[À-ÖØ-öø-ÿĞğİıŞşŠŒšœŸ–—’]"), ("cp850", "[ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßà-ïñ-öø-ýÿ]"),
    ("cp852", "[ÁÂÄÉËÍÎÓÔÖÚÜÝßáâäéëíîóôöúüýĂ-ćČ-ĕĘ-ěĹ-ńŇňŐőŔŕŘ-śŞ-ťŮ-űŹ-ž]"), ("cp857", "[ÂÇÎÖÛÜâçîöûüĞğİıŞş]"),
)  # fmt: skip
LETTERS = dict(ALPHABETS)
# others, in which nothing tells words from no words; by them only the class's own names are found
OTHERS = (
    "gb18030", "cp950", "euc_jp", "cp1250", "cp1253", "cp737", "cp775", "cp1257", "cp862", "cp1255", "cp720", "cp1256", "cp865",
    "koi8-r", "koi8-u", "cp855", "cp874", "cp1258", "mac_roman", "mac_cyrillic",
)  # fmt: skip
AMONG = re.compile(r"[a-z][\u3000-\ud7ff]|[\u3000-\ud7ff][a-z]")  # a Western word is cut so where it is read as Eastern
BOXES = range(0x2500, 0x25A0)  # what bytes of another alphabet look like in the alphabet zips are read by
WORD = re.compile(r"[^\W\d_]+")
VOWELS = re.compile("[аеёиоуыэюяіїє]", re.IGNORECASE)


def names_of(members: Sequence[zipfile.ZipInfo], people: Iterable[str] = ()) -> list[str]:
    """The members' names; where a zip does not say in which letters, in those that give names of `people`, else read as words.

    One zip is written by one program, so what fits all of its names goes before what fits some.
    """
    raws = {m.filename: raw for m in members if (raw := _raw(m))}
    if not raws:
        return [m.filename for m in members]
    codecs = [*LETTERS]
    known = {w for person in people for w in _words(person) if not w.isascii() and len(w) > 1}
    met = {c: sum(_held(raw, c, known) for raw in raws.values()) for c in (*codecs, *OTHERS)} if known else {}
    named = any(met.values())  # the class's own names were found
    if named:
        codecs = [max(met, key=met.__getitem__), *codecs]
    else:
        worth = {c: [_worth(raw, c) for raw in raws.values()] for c in codecs}
        all_fit = [c for c in codecs if all(worth[c])]
        codecs = sorted(all_fit, key=lambda c: -sum(worth[c])) + codecs
    chosen = codecs[0]
    read = {name: _read(raw, chosen) if named else "" for name, raw in raws.items()}
    for name, raw in raws.items():
        if not read[name]:
            best = chosen if _worth(raw, chosen) else max(codecs, key=lambda c, raw=raw: _worth(raw, c))
            read[name] = _read(raw, best) if _worth(raw, best) else name
    return [read[m.filename] if _raw(m) else m.filename for m in members]


def _raw(member: zipfile.ZipInfo) -> bytes:
    """The bytes of a name that is written in letters the zip does not tell; none of any other."""
    if member.flag_bits & 0x800 or member.filename.isascii():
        return b""
    try:
        return member.filename.encode("cp437")
    except UnicodeEncodeError:
        return b""


def _read(raw: bytes, codec: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return ""


def _words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _held(raw: bytes, codec: str, known: set[str]) -> int:
    """How many words of the class's names a name, so read, holds."""
    words = [w for w in _words(_read(raw, codec)) if not w.isascii()]
    # East Asian names stand within a run of signs without spaces
    return sum(
        w in known or any(w[i : i + n] in known for n in (2, 3, 4) for i in range(len(w) - n + 1)) for w in words
    )


def _worth(raw: bytes, codec: str) -> int:
    """How well a name reads in an encoding: 0 where it does not, 2 where its words begin as words do, else 1."""
    text, letters = _read(raw, codec), LETTERS.get(codec, "")
    if not text or not re.fullmatch(f"(?:[\\0-\x7f]|{letters})+", text):
        return 0
    beyond = [c for c in text if not c.isascii()]
    if codec in ("cp866", "cp1251"):
        return 2 if all(map(_cyrillic, WORD.findall(text))) and _long(text) else 0
    if codec in ("euc_kr", "cp949", "cp932", "gb2312", "big5"):
        if AMONG.search(text):
            return 0
        if codec == "cp949":  # letters with accents read as cp949 too, and there are more of those
            boxes = any(ord(c) in BOXES for c in raw.decode("cp437"))
            return 2 if boxes and common_hangul(text) else 0
        if codec in ("gb2312", "big5"):  # the signs in common use stand first in both
            last = 0xD7 if codec == "gb2312" else 0xC6
            common = sum(c.encode(codec)[0] <= last for c in beyond)
            return 2 if 2 * common > len(beyond) else 0
        return 2
    words = [w for w in WORD.findall(text) if not w.isascii()]
    if codec != "utf-8" and any(map(_unlikely, words)):
        return 0
    if codec in ("cp437", "cp1252") and any(len(w) > 3 and not re.search("[A-Za-z]", w) for w in words):
        return 0  # a word of accents alone
    return 1 if any(w[0].islower() and not w[0].isascii() for w in words) else 2


def _cyrillic(word: str) -> bool:
    """Whether a word is of Cyrillic letters alone, in the capitals and with the vowels of a word, or has none of them."""
    if word.isascii():
        return True
    if any(c.isascii() for c in word):
        return False
    return len(word) == 1 or (bool(VOWELS.search(word)) and (word.islower() or word[1:].islower()))


def _long(text: str) -> bool:
    """Whether Cyrillic words are as long as words are: a Chinese sign reads as one of two letters."""
    words = [w for w in WORD.findall(text) if not w.isascii()]
    return bool(words) and max(map(len, words)) > 3


def _unlikely(word: str) -> bool:
    """Whether a Western word has a capital behind a small letter, where one of them has an accent, or ï or ß where none stands."""
    pairs = pairwise(word)
    inside = any(a.islower() and b.isupper() and not (a + b).isascii() for a, b in pairs)
    return inside or bool(re.search("(?<![aeouAEOU])ï|(?<![aeiouyäöüAEIOUYÄÖÜ])ß|ßr", word))

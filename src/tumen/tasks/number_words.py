"""How numbers are written by hand: marks, words and sizes of many countries, and what is said of what is no number."""

from __future__ import annotations

import re

LONGEST = 200  # characters within which a number is looked for
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# What keyboards, copied text and countries write otherwise, replaced in this order before and after letters are folded
FIRST = (
    (f"[{_UNSEEN}]", ""),
    (r"[\t\n\v\f\r]+", ";"),  # cells of a table, or lines
    ("[`´ʹʼ′‘’]", "'"),
    (r"([^\s⁰¹²³⁴-⁹⁻⁺])(?=[⁰¹²³⁴-⁹⁻])", r"\1^"),
    (r"([^\s])(?=[¼-¾⅐-⅞])", r"\1 "),
)
THEN = (
    (r"\s+", " "),
    ("[⁄∕÷]", "/"),
    ("٫", "."),
    ("٬", ","),
    ("٪", "%"),
    (r"\^[−–]", "^-"),
    ("^(?:[-−–—‒] ?|(?:minus|negative|moins|menos) |마이너스 ?)", "-"),
    (r"^([-+]?[\d.,]+) ?[x×*·⋅] ?10\^(-?\d{1,3})", r"\1e\2"),
    (r"(^|[-+~ ])10\^(-?\d{1,3})", r"\g<1>1e\2"),
    (r"(\d+) ?(?:분의|分之|分の) ?(\d+)", r"\2/\1"),
    (r"^(?:%|yüzde|백분의|百分之) ?(?=[-+]?[\d.,]+$)(.*)", r"\1%"),
    (r"(\d ?[십백천만억]?)여(?= ?명?$)", r"\1"),
)
# Every text from here to the sizes and below them is a pattern, with (?i) before it where capitals do not matter. It is compiled,
# once, when a number is first read: a chapter that is opened pays for none.
ROUGHLY = (
    r"(?i)^(?:about|around|roughly|approximately|approx\.?|ca\.?|circa|c\.|some|nearly|almost|etwa|rund|ungefähr|environ|unos|unas|"
    r"yaklaşık|około|약|대략|거의|約|约|大约|およそ|[~≈∼≃≅≒]+)\s*"
)
ROUGHLY_AFTER = (
    r"(?i)\s*(?:\(?(?:approx\.?|approximately|roughly|circa|ca\.)\)?|or so|-?ish|정도|쯤|가량|左右|ほど|くらい|程度)$"
)
BOUND = (
    r"(?i)^(?:[<>≤≥]=?|at least|at most|more than|less than|fewer than|up to|over|under|above|below|mindestens|höchstens|über|unter|"
    r"최소|최대)\s*[-+]?[\d.,]|\d.*(?:\+|\bor (?:more|less|fewer)|이상|이하|미만|초과|以上|以下|未満|未满)$"
)
RANGE = r"(?i)\d.*?(?:(?<!\de)[-–—‒−~±;…]|\+/-|\.\.+|,(?= )|\s(?:to|or|and|bis|oder|und|ou|et|à|y)\s|에서|부터|から|至|到)\s*[-+]?\.?\d"
PER_CENT = r"(?i)\s*(?:%|per ?cent|pct\.?|prozent|procent|por ?ciento|pour ?cent|per cento|퍼센트|프로|パーセント)$"
PER_MILLE = r"(?i)\s*(?:‰|per ?mill?e?|promille|퍼밀)$"
YEARLY = r"(?i)\s*(?:(?:a|per|each|every|/) ?(?:year|yr|annum)|p\. ?a\.|annually|yearly)$"
PER_THOUSAND = r"(?i)\s*(?:per|in|of|for (?:every|each))\s*1[, ]?000(?: [a-z]+)?$"
SIZES = {
    **dict.fromkeys(("k", "thousand", "thousands", "tsd", "tsd.", "tausend"), 1e3),
    **dict.fromkeys(("m", "mn", "mio", "mio.", "mln", "million", "millions", "millionen", "millones"), 1e6),
    **dict.fromkeys(("bn", "billion", "mrd", "mrd.", "milliarden", "milliards"), 1e9),
    **dict.fromkeys(("lakh", "lakhs"), 1e5),
    **dict.fromkeys(("crore", "crores"), 1e7),
}
SIZED = rf"(?i)^([-+]?[\d.,]+)\s*({'|'.join(map(re.escape, SIZES))})$"
EAST = dict(
    zip(
        "십백천만억조十百千万萬億亿兆",
        (10, 100, 1e3, 1e4, 1e8, 1e12, 10, 100, 1e3, 1e4, 1e4, 1e8, 1e8, 1e12),
        strict=True,
    )
)
EAST_DIGITS = dict(zip("영공일이삼사오육륙칠팔구〇零一二三四五六七八九两兩", "0012345667890012345678922", strict=True))
EAST_NUMBER = rf"^[-+]?(?:[\d.,]*\s*[{''.join(EAST)}]\s*)+[\d.,]*$"
EAST_PART = rf"([\d.,]*)\s*([{''.join(EAST)}]?)"
FRACTION = r"(?i)^([-+]?[\d.,]+)\s*(?:/|(?:in|out of|of|per)(?: every)?|von|sur|su|de cada)\s*([\d.,]+)$"
MIXED = r"^([-+]?)(\d+) (\d+)/([1-9]\d*)$"
SPACED = r"^[-+]?\d{1,3}(?: \d{3})+(?:[.,]\d*)?$"
APOSTROPHES = r"^[-+]?\d{1,3}(?:'\d{3})+(?:[.,]\d*)?$"
COMMAS = r"^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$"
LAKHS = r"^[-+]?[1-9]\d?(?:,\d\d)+,\d{3}(?:\.\d*)?$"  # as India groups them
POINTS = r"^[-+]?(?:\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|[1-9]\d{0,2}\.\d{3},\d+)$"
ONE_POINT = r"^[-+]?[1-9]\d{0,2}\.\d{3}$"
ONE_GROUP = r"^[-+]?[1-9]\d{0,2},\d{3}$"
NOUGHT_COMMA = r"^[-+]?0,\d+$"
ONE_COMMA = r"^[-+]?\d+,\d+$"
MARKED = r"(?i)^[-+]?[\d., ]*\d[\d., ]*(?:e[-+]?\d+)?$"
DIGITS = r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$"
LIMITS = r"(0|−1)(?: \([^)]*\))? (?:to|and) 1(?!\d)"  # in a unit that says between what its numbers lie
OUT_OF = r"^of (\d+) (.+)$"
# what may stand after a count whatever its unit is called
COUNTED = (
    "people", "persons", "person", "명", "사람", "人", "名", "personen", "menschen", "personnes", "personas", "persone",
    "kişi", "osób", "человек",
)  # fmt: skip
ALSO = {
    "times": ("-fold", "x", "×", "배", "倍"),
    "years": ("yrs", "yr", "년", "年"),
    "months": ("mths", "개월", "か月"),
}
SAYS = {
    "nothing": "Type a number first.",
    "none": "{typed} is no number; type digits, such as 0.2 or 1500.",
    "two": "{typed} names more than one number; type one.",
    "bound": "{typed} says between what the number lies and not which it is; type one number.",
    "nought": "{typed} divides by 0; type one number.",
    "outside": "{typed} lies outside what is asked for: {unit}.",
    "share": "{typed} is more than 1, and a share is asked for; did you mean {one} per cent, {other}? Type the one you mean.",
    "thousand": "{typed} is a part of a whole; did you mean {one} for every 1,000? Type the one you mean.",
    "part": "{typed} is a part of a whole, and the number itself is asked for; type a number of {unit}.",
    "point": "{typed} can be read in two ways; did you mean {one} or {other}? Type the one you mean.",
    "comma": "{typed} can be read in two ways; did you mean {one} or {other}? Write a decimal point.",
    "group": "{typed} can be read in two ways; did you mean {one} or {other}? Type the one you mean, without a comma.",
    "commas": "{typed} can be read in two ways; write a decimal point, and commas only between thousands.",
}

"""One hand-in: told by its content and never by its name, its text read as data, every part checked, capped and plain."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable
from dataclasses import field
from datetime import UTC, datetime

from tumen.core import Problem
from tumen.core.cells import TURNS, plain_text, shown_name
from tumen.core.files import decoded
from tumen.core.frozen import frozen
from tumen.course.file_kinds import FILE, kind_of
from tumen.course.handin import FORMAT, LARGEST, VERSION, checksum, sealed_for
from tumen.course.roster import is_id
from tumen.tasks.recalled import APART

# --- one hand-in ----------------------------------------------------------------------------------

MOST_ANSWERS, LONGEST_KEY, LONGEST_WORD, LONGEST_CASE = 2_000, 100, 200, 100_000
LONGEST_TEXT = 20_000  # characters of one answer that a marker is shown
CURLY = re.compile("[\u201c\u201d\u201e\u201f\u00ab\u00bb]")  # a word processor's quotation marks


@frozen
class Given:
    """One answer: a finite number, plain text or None (skipped), and how it came about.

    A `draft` stood in its box when the file was written, and had not been recorded.
    """

    value: float | str | None
    state: str = ""
    tries: int = 0
    when: str = ""
    draft: bool = False


@frozen
class HandIn:
    """What a hand-in says; `whole` is False for a bare answers.json, `intact` None where it carries no checksum.

    `odd` are answers set aside, each with its reason. `made_as` says, where the checksum does not fit, whether it would with
    another id. `case` is a mark of its case.toml's words, "" where it has none.
    """

    course: str
    student: str
    answers: dict[str, Given]
    build: str = ""
    tumen: str = ""
    made: datetime | None = None
    case: str = ""
    case_mark: str = ""
    odd: dict[str, str] = field(default_factory=dict)
    whole: bool = True
    intact: bool | None = None
    made_as: Callable[[str], bool] | None = field(default=None, compare=False, repr=False)


def looks_like_one(head: bytes) -> bool:
    """Whether the first bytes of a file of any name are a hand-in's."""
    return not kind_of(head, "hand-in.json") and FORMAT in decoded(head, "replace")


def words_mark(text: str) -> str:
    """A digest of the words of a text, however they are spaced; "" where it has none."""
    words = " ".join(text.split())
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:16] if words else ""


def read_text(data: bytes) -> HandIn:
    """A hand-in from the bytes of its file; raises `Problem` with one sentence where it is none."""
    if len(data) > LARGEST:
        raise Problem(f"the file is larger than a hand-in can be ({LARGEST // 1_000_000} MB).")
    raw = _parsed(data)
    if raw.get("format") != FORMAT:
        if isinstance(raw.get("answers"), dict) and "student" not in raw:
            answers, odd = _answers(raw["answers"])
            return HandIn("", "", answers, odd=odd, whole=False)
        raise Problem("this is JSON, but no hand-in: it does not say 'tumen hand-in'.")
    _version(raw.get("version"))
    answers = raw.get("answers")
    if not isinstance(answers, dict):
        raise Problem("the hand-in holds no table of answers.")
    given, odd = _answers(answers)
    student = raw.get("student")
    student = student.strip() if isinstance(student, str) else student
    if not isinstance(student, str) or not (student == "" or is_id(student)):
        raise Problem(f"the hand-in names no student: {_quoted(student)} can be no id.")
    intact = _intact(raw)
    return HandIn(
        course=_word(raw, "course"),
        student=student,
        answers=given,
        build=_word(raw, "build"),
        tumen=_word(raw, "tumen"),
        made=_time(raw.get("made")),
        case=words_mark(_word(raw, "case", LONGEST_CASE)),
        case_mark=_word(raw, "case_mark"),
        odd=odd,
        intact=intact,
        made_as=sealed_for(raw) if intact is False else None,
    )


# --- JSON, with limits -----------------------------------------------------------------------------


def _parsed(data: bytes) -> dict:
    if not data.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        raise Problem("the file is empty.")
    try:
        text = decoded(data)
        raw = _loaded(text)
    except UnicodeDecodeError:
        if sealed := _resaved(data):
            return sealed
        raise Problem(
            f"the file is no text in UTF-8 or UTF-16; it was damaged or saved by another program: {FILE}."
        ) from None
    except RecursionError:
        raise Problem("the file is nested too deep for a hand-in.") from None
    except json.JSONDecodeError as e:
        if CURLY.search(text[:200]):
            raise Problem(
                "the file is no valid JSON: its quotation marks were changed, as in text pasted through a word "
                "processor; send the file itself, not its text."
            ) from None
        raise Problem(
            f"the file is no valid JSON ({e.msg.lower()}, line {e.lineno}); it was cut or changed, so send the file itself."
        ) from None
    if not isinstance(raw, dict):
        raise Problem("this is JSON, but no hand-in: it does not say 'tumen hand-in'.")
    return raw


def _loaded(text: str):
    return json.loads(text, object_pairs_hook=_pairs, parse_int=_number, parse_float=_number)


def _resaved(data: bytes) -> dict | None:
    """A hand-in that an editor saved in another encoding: the one in which its checksum fits; None where it fits in none."""
    for codec in ("cp949", "cp1252", "cp932", "gb18030", "big5", "cp1250", "cp1251", "cp1254", "mac_roman"):
        try:
            raw = _loaded(data.decode(codec))
        except (ValueError, RecursionError):  # of which a fault of decoding, of JSON and a Problem are kinds
            continue
        if isinstance(raw, dict) and _intact(raw):
            return raw
    return None


def _pairs(pairs: list) -> dict:
    out = dict(pairs)
    if len(out) == len(pairs):
        return out
    keys = [k for k, _ in pairs]
    twice = next(k for k in keys if keys.count(k) > 1) if len(keys) < MOST_ANSWERS else keys[0]
    raise Problem(f"{_quoted(twice)} stands twice in the file, so it was changed by hand.")


def _number(text: str) -> int | float:
    """A number; a long one as a float, so that thousands of digits cost nothing."""
    return int(text) if len(text) <= 15 and text.lstrip("-").isdigit() else float(text[:400])


def _version(version) -> None:
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise Problem("the hand-in does not say its version.")
    if version > VERSION:
        raise Problem(f"the hand-in is of version {version}, written by a newer Tumen; this one reads {VERSION}.")


# --- its parts ---------------------------------------------------------------------------------------


def _answers(raw: dict) -> tuple[dict[str, Given], dict[str, str]]:
    """The answers that can be read, and the others with a reason each."""
    if len(raw) > MOST_ANSWERS:
        raise Problem(f"the hand-in holds {len(raw):,} answers; no course has more than {MOST_ANSWERS:,}.")
    given, odd = {}, {}
    for key, entry in raw.items():
        if key.startswith(APART):
            continue
        name = shown_name(key, LONGEST_KEY)
        if len(key) > LONGEST_KEY:
            odd[name] = "the name is too long for a task"
        elif not isinstance(entry, dict):
            odd[name] = "it is no entry of an answers file"
        elif reason := _unusable(value := entry.get("value")):
            odd[name] = reason
        else:
            if isinstance(value, str) and len(value) > LONGEST_TEXT:
                odd[name] = f"the text is cut at {LONGEST_TEXT:,} characters; the rest stands in the file only"
            state, when = _word(entry, "state", 20), _word(entry, "when", 40)
            draft = entry.get("draft") is True or state == "draft"
            given[name] = Given(_usable(value), state, _tries(entry), when, draft)
    return given, odd


def _unusable(value) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float, str, type(None))):
        return "the answer is neither a number nor text"
    if isinstance(value, float) and not math.isfinite(value):
        return "the answer is no finite number"
    return ""


def _usable(value) -> float | str | None:
    if isinstance(value, str):
        return plain_text(TURNS.sub("", value), LONGEST_TEXT)
    return None if value is None else float(value)


def _tries(entry: dict) -> int:
    tries = entry.get("tries")
    return tries if isinstance(tries, int) and not isinstance(tries, bool) and 0 <= tries < 10**6 else 0


def _word(raw: dict, name: str, most: int = LONGEST_WORD) -> str:
    value = raw.get(name)
    return plain_text(value, most) if isinstance(value, str) else ""


def _time(text) -> datetime | None:
    """A time with its zone, None where there is none to read; a time without a zone is taken as UTC."""
    try:
        time = datetime.fromisoformat(text[:40])
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
    return time if 1900 <= time.year < 9000 else None


def _quoted(value) -> str:
    return f"‘{shown_name(value, 60)}’" if isinstance(value, str) else "what it says"


def _intact(raw: dict) -> bool | None:
    """Whether the checksum fits the rest; None where there is none."""
    try:
        return raw["check"] == checksum(raw) if "check" in raw else None
    except RecursionError:  # it was read, but is too deep to be written again: nobody's hand-in
        raise Problem("the file is nested too deep for a hand-in.") from None

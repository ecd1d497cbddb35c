"""What a reader is told when an input cannot be used: one sentence, and the nearest valid name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

if TYPE_CHECKING:
    from pydantic import ValidationError

# a word of more letters than a sentence can quote and still be read, and the marks after it; a path is many words
OVERLONG = re.compile(r"([^\s/\\]{60})[^\s/\\]{20,}?([\"'.,;:)]*)(?=\s|$)")


class Problem(ValueError):
    """A fault in what was given, told in one sentence that says what, where and what would be valid.

    A quoted word of hundreds of letters or digits is cut, wherever the sentence was made.
    """

    def __init__(self, sentence: object = ""):
        super().__init__(OVERLONG.sub(r"\1…\2", str(sentence)))

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in place of a traceback: the sentence is about what was given, not about our code."""
        return [str(self)]


def shown(value) -> str:
    """A given value as it is quoted in a sentence: on one line, and cut where it is long."""
    try:
        # a date, or an hour, as it is written
        text = value.isoformat() if hasattr(value, "isoformat") else " ".join(repr(value).split())
    except ValueError:  # Python refuses to write out an integer of thousands of digits
        return "a number of thousands of digits"
    return text if len(text) <= 60 else text[:59] + "…"


def refused_where(when: Callable[[Mapping], Any], sentence: str) -> Callable[[Mapping], str | None]:
    """A model's check: the sentence where `when(inputs)` is so, for any case where the inputs are arrays; else None."""

    def check(inputs: Mapping) -> str | None:
        import numpy as np

        return sentence if np.any(when(inputs)) else None

    return check


MOST = 12  # names a sentence can list and still be read


def nearest(name: str, valid: Iterable[str]) -> str:
    """Say which valid names are nearest to a mistyped one.

    Returns a clause such as ``the nearest is 'hosts'``, or the full list where nothing is near.

    >>> nearest("hots", ["hosts", "household"])
    "the nearest is 'hosts'"
    """
    from difflib import get_close_matches  # where somebody mistyped

    valid = sorted(valid)
    lowered = {v.lower(): v for v in reversed(valid)}
    close = [lowered[c] for c in get_close_matches(str(name).lower(), lowered, n=2, cutoff=0.55)]
    if not close:  # a mistyped theme or model: compare only what follows the dot
        tails = {v.rpartition(".")[2].lower(): v for v in reversed(valid)}
        close = [tails[c] for c in get_close_matches(str(name).lower().rpartition(".")[2], tails, n=2, cutoff=0.6)]
    if close:
        return "the nearest is " + " or ".join(repr(c) for c in close)
    more = f" and {len(valid) - MOST} more" if len(valid) > MOST else ""
    return "valid names are " + ", ".join(valid[:MOST]) + more if valid else "no name is valid here"


# --- what pydantic found in a file ---------------------------------------------------------------


UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")  # pydantic's words for a name that is no field


def fault_of(error: ValidationError, model: type, wanted: Mapping[str, str] | None = None) -> str:
    """The first fault of a file's tables, as a sentence without its full stop: where it is, what it is, what would be valid.

    `model` is what the tables were read as, a model of pydantic's or a dataclass. A place is its keys with dots between; where `wanted` is given, which says faults of
    some types in words of its own, {} being the place, the number of an entry stands in words too.
    """
    faults = error.errors(include_url=False)  # a mistyped name also leaves one missing: it is told first
    fault = next((f for f in faults if f["type"] in UNKNOWN), faults[0])
    loc = [p for p in fault["loc"] if not (isinstance(p, str) and p.startswith(("function", "datetime")))]
    where, kind = _place(loc, wanted is not None), fault["type"]
    if kind in UNKNOWN:
        name, holder = str(loc[-1]), _place(loc[:-1], True)
        what = f"{where!r} is not known here" if wanted is None else f"{name!r} is not known here"
        place = f" in {holder}" if holder and wanted is not None else ""
        return f"{what}{place}; {nearest(name, _fields(_model_at(model, loc[:-1])))}"
    if wanted and kind in wanted:
        return wanted[kind].format(where)
    words = fault["msg"].removeprefix("Value error, ")
    return f"{where}: {words[:1].lower()}{words[1:]}" if where else words


def _place(loc: list, in_words: bool) -> str:
    out = ""
    for part in loc:
        out += f" entry {part + 1}" if in_words and isinstance(part, int) else f".{part}" if out else str(part)
    return out


def _model_at(model: type, loc: list) -> type:
    """The model of the tables at a place."""
    for part in loc:
        if part in (known := _fields(model)):
            model = next(_models_in(known[part]), model)
    return model


def _fields(model: Any) -> Mapping[str, Any]:
    """The type of each field by its name."""
    if is_dataclass(model):
        kinds = get_type_hints(model)
        return {f.name: kinds[f.name] for f in fields(model)}
    return {name: field.annotation for name, field in model.model_fields.items()}


def _models_in(annotation) -> Iterator[type]:
    if is_dataclass(annotation) or hasattr(annotation, "model_fields"):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)

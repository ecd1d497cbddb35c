"""Words with numbers in braces, and whose the numbers of a model are."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import chain

from tumen.core import Model, Problem, Result
from tumen.core.words import figure, number


def say(words: str, now: Result, start: Result | None = None, also: Mapping[str, Callable] = {}) -> str:
    """A template filled with the numbers of a result, and of the starting case as {start.name}; `also` are made of a result.

    {people} stands in three digits, {people:2} in two, {share:%} in a hundred; a word stands as it is.
    """
    said = []
    for text, which, key, spec in _parts(words):
        said.append(text)
        if key:
            result = start if which else now
            value = also[key](result) if key in also else result[key]
            said.append(value if isinstance(value, str) else _figure(value, key, spec, result.model))
    return "".join(said)


@lru_cache(maxsize=256)
def _parts(words: str) -> list[tuple]:
    try:
        parts = [(text, name, spec) for text, name, spec, _ in string.Formatter().parse(words)]
    except ValueError:
        parts = [("", "", "")]
    for _, name, spec in parts:
        if name == "" or not re.fullmatch(r"[1-9]?%?", spec or ""):
            raise Problem(
                f"{words!r} is no template; in braces stands a name, as {{people}}, {{people:2}} or {{share:%}}."
            )
    return [(text, which, key, spec) for text, name, spec in parts for which, _, key in [(name or "").rpartition(".")]]


def _figure(value, key: str, spec: str, model: Model) -> str:
    if spec.endswith("%"):
        return number(100 * value, int(spec[:-1] or 3))
    return figure(value, _unit(model, key), int(spec or 3))


def _unit(model: Model, key: str) -> str:
    for one in chain(model.quantities, model.outputs):
        if one.key == key:
            return one.unit
    return ""


def whose(model: Model) -> str:
    """Which numbers are the report's, which stand in a table, and that the rest are ours, from their declarations."""
    own = {basis: [q for q in model.quantities if q.basis == basis] for basis in ("report", "data", "assumption")}
    parts = []
    if own["report"]:
        parts.append("The report's: " + ", ".join(f"{q.label} ({q.source})" for q in own["report"]) + ".")
    if own["data"]:
        parts.append("From the tables: " + ", ".join(f"{q.label} ({_row(q.source)})" for q in own["data"]) + ".")
    ours = ", ".join(q.label for q in own["assumption"])
    if ours and not parts:
        parts.append("Every number put in is an assumption of ours.")
    elif ours:
        parts.append(
            f"Assumptions of ours: {ours}." if len(own["assumption"]) < 3 else "The rest are assumptions of ours."
        )
    return " ".join(parts)


def _row(source: str) -> str:
    table, _, row = source.partition(":")
    return f"row {row} of the {table.replace('_', ' ')} table" if row else source

"""Which tasks a cell asks: by their names, and as the predictions that a model's card asks by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from tumen.tasks.definitions import predictions_of

NAMED = re.compile(r"tumen\.(?:ask|predict|forecast|argue)\(\s*[\"']([\w.-]+)[\"']")
CARD = re.compile(r"tumen\.explore\(\s*[\"']?(\w+\.\w+?)_?\b[\"']?([^\n]*)")
ALSO = re.compile(r",\s*predict=[\"']([\w.-]+)[\"']")


def asked_in(source: str, of_model: Callable[[str], Iterable[str]]) -> list[str]:
    """The keys of the tasks a cell's code asks, in order; `of_model(key)` gives those of a model's predictions."""
    found = [(m.start(), [m[1]]) for m in NAMED.finditer(source)]
    found += [(m.start(), [*of_model(m[1]), *ALSO.findall(m[2])]) for m in CARD.finditer(source)]
    return [key for _, keys in sorted(found) for key in keys]


def asked_by(source: str, folder: str | Path = ".") -> list[str]:
    """The keys of the tasks a cell's code asks, in order, with the predictions that a folder's tasks put before models."""
    return asked_in(source, lambda model: [t.key for t in predictions_of(model, folder) if t.model == model])

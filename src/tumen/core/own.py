"""An own table as a case declares it: which file, and what cannot be told safely from the file alone."""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping
from dataclasses import field, fields
from typing import TYPE_CHECKING

from tumen.core.errors import Problem, nearest, shown
from tumen.core.files import shipped
from tumen.core.frozen import frozen

if TYPE_CHECKING:
    from tumen.core.case import Case

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
POINTS = (".", ",")
GROUPS = (".", ",", " ", "'", "’")
OF_A_BRIEF = ("claims", "argument", "argument_points", "tensions")  # what a report says, and no evidence
ANOTHER = "a ledger of one's own needs a brief.toml beside it that names its report"
SHORT = '[data] needs lines such as harvests = "my_harvests.csv"'


@frozen
class Own(os.PathLike):
    """A file that takes a table's place. Its path is the file's, so that it stands wherever a path does.

    `columns` pairs a heading of the file with the heading of ours that it is; `fill` gives what every row has under a
    heading that the file lacks; `thousands` and `decimal` are the marks inside its numbers; `empty` are the marks
    that stand for nothing. Empty text: to be told from the file, or asked.
    """

    file: str
    encoding: str = ""
    separator: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    thousands: str = ""
    decimal: str = ""
    sheet: str = ""
    empty: tuple[str, ...] = ()
    fill: tuple[tuple[str, str], ...] = ()

    def __fspath__(self) -> str:
        return self.file

    def __str__(self) -> str:
        return self.file

    def plain(self) -> str | dict:
        """What stands in a case file: the file's name alone, or a table of what is declared."""
        given = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}
        given |= {"fill": dict(self.fill)} if self.fill else {}
        if self.columns:
            theirs: dict[str, list[str]] = {}
            for their, our in self.columns:
                theirs.setdefault(their, []).append(our)
            given["columns"] = {k: v[0] if len(v) == 1 else v for k, v in theirs.items()}
        return self.file if set(given) <= {"file"} else {**given, "file": self.file}


@frozen
class Tables:
    """The tables of evidence that a model is run on: those of its package's brief, but for those that a case puts in place.

    `cases` maps a table's name to the case whose file, or whose folder's, is read instead; of such a case only title,
    path and `data` count. `tumen.evidence.given.read` gives a table.
    """

    package: str
    cases: Mapping[str, Case] = field(default_factory=dict, hash=False)


def own_tables(value) -> dict[str, Own]:
    """The own tables of a case's [data]; raises `Problem` naming the entry and what would be valid."""
    if not isinstance(value, Mapping) or not all(isinstance(v, (str, Mapping)) for v in value.values()):
        raise Problem(f"{SHORT}.")
    known = {path.stem for path in shipped("data").glob("*.csv")} if value else ()
    for name in value:
        if name in OF_A_BRIEF:
            raise Problem(f"[data] cannot replace {name}, which belongs to its report; {ANOTHER}.")
        if name not in known:
            raise Problem(f"[data] has no table {name!r}; {nearest(name, known)}.")
    return {name: Own(given) if isinstance(given, str) else _own(name, given) for name, given in value.items()}


def _own(name: str, given: Mapping) -> Own:
    where = f"[data.{name}]"
    parts = [f.name for f in fields(Own)]
    for part in given:
        if part not in parts:
            raise Problem(f"{where} has no {part!r}; {nearest(part, parts)}.")
    if not given.get("file"):
        raise Problem(f'{where} needs a file, such as file = "my_{name}.csv".')
    words = {p: v for p, v in given.items() if p not in ("columns", "empty", "fill")}
    for part, text in words.items():
        if not isinstance(text, str):
            raise Problem(f"{where} {part} needs words in quotes; {shown(text)} is none.")
    _check_encoding(where, given.get("encoding", ""))
    separator = given.get("separator", "")
    words["separator"] = SEPARATORS.get(separator, separator)
    if len(words["separator"]) > 1:
        raise Problem(f"{where} separator is one mark, or one of {', '.join(SEPARATORS)}; {shown(separator)} is none.")
    _check_marks(where, given.get("thousands", ""), given.get("decimal", ""))
    empty = given.get("empty", ())
    empty = (empty,) if isinstance(empty, str) else empty
    if not isinstance(empty, (list, tuple)) or not all(isinstance(mark, str) for mark in empty):
        raise Problem(f'{where} empty needs the marks that stand for nothing, such as empty = ["-", "…"].')
    columns, fill = _pairs(where, "columns", given, many=True), _pairs(where, "fill", given)
    return Own(**{**words, "columns": columns, "empty": tuple(empty), "fill": fill})


def _check_encoding(where: str, encoding: str) -> None:
    """Only encodings of text; Python knows others, which turn bytes into bytes."""
    try:
        if encoding and not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError
    except (LookupError, ValueError):
        raise Problem(
            f"{where} encoding {shown(encoding)} is not known; write such as utf-8, utf-16, cp949 or cp1252."
        ) from None


def _check_marks(where: str, thousands: str, decimal: str) -> None:
    for part, mark, valid in (("thousands", thousands, GROUPS), ("decimal", decimal, POINTS)):
        if mark and mark not in valid:
            raise Problem(f"{where} {part} is one of {' '.join(map(repr, valid))}; {shown(mark)} is none.")
    if thousands and thousands == decimal:
        raise Problem(f"{where} has {thousands!r} for thousands and for decimal; one mark cannot be both.")


def _pairs(where: str, part: str, given: Mapping, many: bool = False) -> tuple[tuple[str, str], ...]:
    """The pairs of a small table of words; one heading of a file may stand for several of ours."""
    said = '{ "theirs" = "ours" }' if many else '{ unit = "people" }'
    value = given.get(part, {})
    if not isinstance(value, Mapping):
        raise Problem(f"{where} {part} needs pairs, such as {part} = {said}.")
    pairs = [(k, v) for k, vs in value.items() for v in (vs if many and isinstance(vs, (list, tuple)) else (vs,))]
    if not all(isinstance(v, str) for _, v in pairs):
        raise Problem(f"{where} {part} needs pairs of words in quotes, such as {part} = {said}.")
    return tuple(pairs)

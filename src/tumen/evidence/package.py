"""The data package's own description of its tables: columns, types, permitted words, vintages."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from tumen.core import Problem, nearest
from tumen.core.files import shipped
from tumen.core.frozen import frozen

# columns that only say where a value comes from; a reader's own table may lack them
PROVENANCE = frozenset(
    (
        "note",
        "public",
        "ref",
        "source_kind",
        "source_org",
        "source_title",
        "source_year",
        "trust",
        "url",
        "verified",
    )
)


@frozen
class Field:
    """One column: its name, its type (string, integer or number) and what it may hold.

    `unit` is what a column of numbers counts, empty where each row says it; `hindsight` marks our own comments, which
    are withheld under an `as_of` date.
    """

    name: str
    type: str = "string"
    description: str = ""
    required: bool = False
    words: tuple[str, ...] = ()
    pattern: str = ""
    hindsight: bool = False
    unit: str = ""


@frozen
class Kind:
    """One kind of claim: its word, what a claim of it says, and the words its verdict and its grounds may take."""

    word: str
    says: str
    verdicts: tuple[str, ...]
    grounds: tuple[str, ...]


@frozen
class Schema:
    """One table as the data package declares it.

    `same` names the columns whose equal values make rows vintages of one figure (empty: no vintages);
    `never` pairs a column with the words of rows that are no vintage, such as misprints. `kinds` are the
    kinds of claim in the order in which they are asked (the ledger only).
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    same: tuple[str, ...] = ()
    never: tuple[tuple[str, tuple[str, ...]], ...] = ()
    evidence: bool = True
    kinds: tuple[Kind, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(f.name for f in self.fields)

    @property
    def hindsight(self) -> tuple[str, ...]:
        """The columns that hold our comments."""
        return tuple(f.name for f in self.fields if f.hindsight)


def schemas(folder: Path | None = None) -> dict[str, Schema]:
    """Every table a data package declares, by name: of a folder, else of the brief in use.

    Raises `Problem` where its description is damaged.
    """
    path = (folder or shipped("data")) / "datapackage.json"
    try:
        found = path.stat()
        return dict(_declared(path, found.st_mtime_ns, found.st_size))
    except OSError:
        raise Problem("Tumen's data/datapackage.json cannot be read; install Tumen again.") from None
    except (ValueError, KeyError, TypeError):
        raise Problem("Tumen's data/datapackage.json is damaged; install Tumen again.") from None


@lru_cache(maxsize=8)  # asked for with every table that is read
def _declared(path: Path, *_stamp: int) -> dict[str, Schema]:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return {r["name"]: _schema(r) for r in raw["resources"]}


def schema(name: str, folder: Path | None = None) -> Schema:
    """One table's declaration; raises `Problem` with the nearest name where there is no such table."""
    known = schemas(folder)
    if name not in known:
        raise Problem(f"There is no table {name!r}; {nearest(name, [s.name for s in known.values() if s.evidence])}.")
    return known[name]


def names() -> list[str]:
    """The names of the evidence tables, in alphabetical order; the ledger is not among them."""
    return sorted(s.name for s in schemas().values() if s.evidence)


def _schema(resource: dict) -> Schema:
    vintages = resource.get("vintages", {})
    return Schema(
        name=resource["name"],
        title=resource["title"],
        description=resource["description"],
        fields=tuple(_field(f) for f in resource["schema"]["fields"]),
        same=tuple(vintages.get("same", ())),
        never=tuple((column, tuple(words)) for column, words in vintages.get("never", {}).items()),
        evidence=resource.get("holds", "evidence") == "evidence",
        kinds=tuple(_kind(k) for f in resource["schema"]["fields"] for k in f.get("kinds", ())),
    )


def _kind(raw: dict) -> Kind:
    return Kind(raw["word"], raw["says"], tuple(raw["verdicts"]), tuple(raw["grounds"]))


def _field(raw: dict) -> Field:
    limits = raw.get("constraints", {})
    return Field(
        name=raw["name"],
        type=raw["type"],
        description=raw.get("description", ""),
        required=limits.get("required", False),
        words=tuple(limits.get("enum", ())),
        pattern=limits.get("pattern", ""),
        hindsight=raw.get("hindsight", False),
        unit=raw.get("unit", ""),
    )

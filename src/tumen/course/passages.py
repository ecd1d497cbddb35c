"""Passages of prose: which a date or testimony = false leaves out of a copy, and which a date does not reach."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tumen.core import Problem
from tumen.core.files import shipped
from tumen.core.toml import read_toml
from tumen.evidence.dates import MONTHS_IN_FULL as MONTHS
from tumen.evidence.dates import public_span
from tumen.tasks import Task

FILE = "passages.toml"
TESTIMONY = "testimony"  # the tag of a cell that holds what somebody has told, and what such a passage speaks of
FROM = "from:"  # begins a tag of a cell that says from when on it can be known
ITEM = re.compile(r"\s*(?:[-*+]|\d+\.) |\|")  # a list item, or a line of a table
DATE = re.compile(rf"(?:(?:\b(\d{{1,2}}) )?\b({'|'.join(MONTHS)}) )?(?<![\d.,-])\b((?:19|20)\d\d)\b(?![\d,.]\d|\))")
CITED = re.compile(
    r"\([^()]*\)|https?://\S+|`[^`]*`|<!--.*?-->", re.DOTALL
)  # a year in brackets is a work's, or a row's


@dataclass(frozen=True)
class Passage:
    """One passage of a workbook: the words it begins with, from when on it can be known, and what it speaks of."""

    workbook: str
    begins: str
    since: dt.date | None = None
    speaks_of: str = ""

    def left_out(self, as_of: dt.date | None, testimony: bool) -> bool:
        """Whether a course that looks from a day, with or without testimony, leaves the passage out."""
        early = as_of is not None and self.since is not None and self.since > as_of
        return early or (self.speaks_of == TESTIMONY and not testimony)


def passages() -> tuple[Passage, ...]:
    """The passages of the workbooks, none where they name none; raises `Problem` for an entry that cannot be read."""
    out: list[Passage] = []
    path = shipped("workbooks", "instructor", FILE)
    if not path.is_file():
        return ()
    for n, raw in enumerate(read_toml(path).get("passage", ()), start=1):
        try:
            span = public_span(raw.get("from"))
            out.append(Passage(raw["workbook"], raw["begins"], span and span[1], raw.get("speaks_of", "")))
        except (KeyError, ValueError, TypeError, AttributeError):
            raise Problem(f"{FILE}: passage {n} needs workbook, begins and a date such as 2004-07.") from None
    return tuple(out)


def blocks(text: str) -> list[str]:
    """A markdown text in paragraphs, list items and lines of tables, which make the text again when they are joined."""
    out: list[str] = []
    after_blank = True
    for line in text.splitlines(keepends=True):
        if line.strip() and (after_blank or ITEM.match(line) or not out):
            out.append(line)
        elif out:
            out[-1] += line
        else:
            out.append(line)
        after_blank = not line.strip()
    return out


def known_by(cells: list[dict], stem: str, as_of: dt.date | None, testimony: bool) -> list[dict]:
    """The cells without what a day is too early for, and without testimony where it is not shown.

    Passages are known by their first words, cells by their tags: testimony, and such as from:2004-07. Raises `Problem` for a tag without a date.
    """
    gone = [p for p in passages() if p.workbook == stem and p.left_out(as_of, testimony)]
    out = []
    for cell in cells:
        tags = cell["metadata"].get("tags", ())
        if not testimony and TESTIMONY in tags:
            continue
        if as_of is not None and any(day > as_of for day in _tagged(tags, stem)):
            continue
        if cell["cell_type"] == "markdown" and gone:
            kept = [b for b in blocks(cell["source"]) if not any(b.lstrip().startswith(p.begins) for p in gone)]
            cell = {**cell, "source": "".join(kept).rstrip()}
        out.append(cell)
    return out


def _tagged(tags, stem: str) -> Iterator[dt.date]:
    for tag in tags:
        if tag.startswith(FROM):
            try:
                yield public_span(tag.removeprefix(FROM))[1]
            except (ValueError, TypeError):
                raise Problem(f"{stem}: the tag {tag!r} has no date; write such as from:2004-07.") from None


def beyond(cells: list[dict], as_of: dt.date) -> list[str]:
    """The paragraphs, items and lines of tables that name a day after `as_of`, each on one line; works cited count for none."""
    out = []
    for cell in cells:
        if cell["cell_type"] == "markdown":
            out += [" ".join(b.split()) for b in blocks(cell["source"]) if any(d > as_of for d in _named(b))]
    return out


def beyond_tasks(tasks: Mapping[str, Task], as_of: dt.date) -> list[str]:
    """The tasks that name a day after `as_of` in what a student reads of them, by their keys."""
    out = []
    for key, t in tasks.items():
        words = " ".join([t.prompt, *t.options.values(), t.right, t.hint, t.solution])
        if any(d > as_of for d in _named(words)):
            out.append(f"{key}: {' '.join(t.prompt.split())}")
    return out


def _named(text: str) -> Iterator[dt.date]:
    """The first day that each date named in a text can mean."""
    for day, month, year in DATE.findall(CITED.sub("", text)):
        try:
            yield dt.date(int(year), MONTHS.index(month) + 1 if month else 1, int(day) if day else 1)
        except ValueError:
            yield dt.date(int(year), 1, 1)

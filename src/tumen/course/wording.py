"""What a copy says: in the course's own words, up to the day it looks from, and its tasks without key where they count."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from tumen.core import Case, Problem
from tumen.core.files import shipped
from tumen.core.frozen import frozen
from tumen.core.toml import read_toml, toml_key, toml_value
from tumen.course.plan import Course
from tumen.evidence.dates import MONTHS_IN_FULL as MONTHS
from tumen.evidence.dates import public_span
from tumen.tasks import Task
from tumen.tasks.check import filled

PROTECTED = re.compile(
    r"```.*?```"
    r"|`[^`]*`"
    r"|!?\[[^\]]*\]\([^)]*\)"  # links and pictures, words and all: the words name a page or a work
    r"|<[^>]+>|https?://\S+"
    r"|“[^”]*”|\"[^\"\n]*\"|‘[^’\n]*’"
    r"|(?<![\w*])\*(?![\s*])[^*\n]+\*(?!\*)|(?<!\w)_[^_\n]+_(?!\w)"  # italics: titles, words of others, foreign words
    r"|\{[^{}]*\}"  # a task's numbers
    r"|\bS\dP\d+(?:-\w)?\b",  # the report's paragraphs and claims
    re.DOTALL,
)


class Terms:
    """A mapping of words, applied to whole words in one pass; what a word is replaced by is not replaced again."""

    def __init__(self, words: Mapping[str, str]):
        self.words = dict(words)
        spelt = sorted(self.words, key=len, reverse=True)  # the longer phrase before the word it holds
        self._pattern = re.compile("|".join(map(_spelling, spelt))) if spelt else None

    def __call__(self, text: str) -> str:
        """The text with the words replaced wherever it speaks in our own voice."""
        if self._pattern is None:
            return text
        out, at = [], 0
        for kept in PROTECTED.finditer(text):
            out += [self._replaced(text[at : kept.start()]), kept.group()]
            at = kept.end()
        return "".join([*out, self._replaced(text[at:])])

    def _replaced(self, text: str) -> str:
        return self._pattern.sub(self._other, text)

    def _other(self, found: re.Match) -> str:
        word = found.group()
        if word in self.words:
            return self.words[word]
        new = self.words[word[0].lower() + word[1:]]  # at the head of a sentence
        return new[:1].upper() + new[1:]


def _spelling(word: str) -> str:
    """A whole word or phrase, and the same with a capital."""
    first = f"[{word[0]}{word[0].upper()}]" if word[0].isalpha() and word[0].islower() else re.escape(word[0])
    return rf"(?<![\w-]){first}{re.escape(word[1:])}(?![\w-])"


# --- passages of prose ----------------------------------------------------------------------------

FILE = "passages.toml"
TESTIMONY = "testimony"  # the tag of a cell that holds what somebody has told, and what such a passage speaks of
FROM = "from:"  # begins a tag of a cell that says from when on it can be known
ITEM = re.compile(r"\s*(?:[-*+]|\d+\.) |\|")  # a list item, or a line of a table
DATE = re.compile(rf"(?:(?:\b(\d{{1,2}}) )?\b({'|'.join(MONTHS)}) )?(?<![\d.,-])\b((?:19|20)\d\d)\b(?![\d,.]\d|\))")
CITED = re.compile(
    r"\([^()]*\)|https?://\S+|`[^`]*`|<!--.*?-->", re.DOTALL
)  # a year in brackets is a work's, or a row's


@frozen
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


# --- tasks as a copy holds them -------------------------------------------------------------------

HEAD = "# The tasks of this copy. A graded one holds no key: the answer is recorded, and marked by your course.\n"
# all that a student's copy holds of a graded task
TOLD = ("key", "kind", "name", "prompt", "options", "unit", "points")
WORDS = ("name", "prompt", "right", "hint", "solution", "unit", "rubric")


class TaskFiles:
    """The task files of a copy; what does not depend on a case is written out once."""

    def __init__(self, course: Course, keys: Iterable[str]):
        self.course = course
        terms = Terms(course.terms)
        self.tasks = {key: in_words(course.task(key), terms) for key in dict.fromkeys(keys)}
        self._whole = {key: table(task.model_dump(exclude_defaults=True)) for key, task in self.tasks.items()}

    def for_student(self, case: Case) -> dict[str, str]:
        """The files by name, with graded tasks as a student of this case is asked them."""
        return self._files(lambda key: table(told(self.tasks[key], case)) if self.course.is_graded(key) else None)

    def with_solutions(self) -> dict[str, str]:
        """The files by name, with every key and without what is for markers."""
        return self._files(
            lambda key: table(self.tasks[key].model_dump(exclude_defaults=True, exclude={"rubric", "anchors"}))
        )

    def for_instructor(self) -> dict[str, str]:
        """The files by name, whole."""
        return self._files(lambda key: None)

    def _files(self, other) -> dict[str, str]:
        """One file a theme, of what `other` gives for a task, and the whole task where it gives None."""
        parts: dict[str, list[str]] = {}
        for key in self.tasks:
            parts.setdefault(key.partition(".")[0], []).append(other(key) or self._whole[key])
        return {f"tasks/{theme}.toml": HEAD + "".join(tables) for theme, tables in parts.items()}


def told(task: Task, case: Case) -> dict:
    """What a student's copy holds of a graded task: the question, with this case's numbers in it, and no more."""
    given = {name: getattr(task, name) for name in TOLD if getattr(task, name)}
    return {**given, "prompt": filled(task.prompt, task, case), "graded": True}


def table(task: dict) -> str:
    """A task as a table of a TOML file."""
    return "\n[[task]]\n" + "".join(f"{toml_key(k)} = {toml_value(v)}\n" for k, v in task.items())


def in_words(task: Task, terms: Terms) -> Task:
    """The task in the course's words."""
    if not terms.words:
        return task
    changed = {name: terms(getattr(task, name)) for name in WORDS}
    changed["options"] = {k: terms(v) for k, v in task.options.items()}
    changed["views"] = {terms(k): terms(v) for k, v in task.views.items()}
    changed["mistake"] = tuple(m.model_copy(update={"says": terms(m.says)}) for m in task.mistake)
    for part in ("worked", "faded"):
        if example := getattr(task, part):
            says = {name: terms(getattr(example, name)) for name in WORDS if hasattr(example, name)}
            changed[part] = example.model_copy(update={**says, "says": terms(example.says)})
    return task.model_copy(update=changed)

"""The file of a lesson: what was asked, how the class answered, which texts the teacher showed; no phone can be told from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from tumen.core import Problem
from tumen.core.files import read_patiently, write_atomic
from tumen.lesson import HELD, views
from tumen.lesson.agenda import outcome
from tumen.lesson.state import Lesson, Round
from tumen.tasks.check import asked_words

LARGEST = 5_000_000  # bytes


class Asked(BaseModel, frozen=True):
    """One question of a lesson: `answered` in all, and by kind its sorted `numbers`, its `tally` by option or the `texts` shown."""

    key: str
    kind: str
    prompt: str
    answered: int
    unit: str = ""
    numbers: tuple[float, ...] = ()
    tally: dict[str, int] = {}
    options: dict[str, str] = {}
    texts: tuple[str, ...] = ()
    model: float | None = None


class Unclear(NamedTuple):
    """A claim that was unclear, to how many, and the lines on it that were shown."""

    claim: str
    count: int
    lines: tuple[str, ...]


class Record(BaseModel, frozen=True):
    """A lesson that was held: its chapter, when it began, how many joined, what was asked, which claims were unclear."""

    chapter: str
    title: str
    began: str
    joined: int
    asked: tuple[Asked, ...]
    unclear: tuple[Unclear, ...]


def write(lesson: Lesson, folder: Path) -> Path:
    """Write the file of a lesson into a folder, readable by its owner alone; raises `Problem` where it cannot be written."""
    day = lesson.began[:16].replace(":", "").replace("T", "-")
    path = Path(folder) / f"lesson-{lesson.chapter.stem}-{day}.json"
    doc = {
        "lesson": 1,
        "chapter": lesson.chapter.stem,
        "title": lesson.chapter.title,
        "began": lesson.began,
        "joined": len(lesson.devices),
        "asked": [_asked(lesson, r) for r in lesson.rounds if r.count],
        "unclear": [
            {"claim": c, "count": n, "lines": sorted(lesson.unclear[w][c] for w, k in lesson.lines if k == c)}
            for c, n in lesson.confused()
        ],
    }
    try:
        write_atomic(path, json.dumps(doc, ensure_ascii=False, indent=1) + "\n")
        path.chmod(0o600)
    except OSError as e:
        raise Problem(
            f"{path.name} cannot be written here ({e.strerror}); start the lesson in a folder of yours."
        ) from None
    return path


def _asked(lesson: Lesson, r: Round) -> dict:
    task = lesson.chapter.task(r.key)
    out: dict = {"key": r.key, "kind": task.kind, "prompt": asked_words(task), "answered": r.count, "unit": task.unit}
    if task.kind == "number":
        return out | {"numbers": views.values(r), "model": outcome(task)[0]}
    if task.kind == "choice":
        return out | {"options": dict(task.options), "tally": views.tally(task, r)}
    every = views.texts(r)
    return out | {"texts": sorted(every[w] for w in r.shown if w in every)}


def read(path: str | Path) -> Record:
    """The file of a lesson, as data and nothing else; raises `Problem` naming the file where it is none."""
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            raise Problem(f"{path.name} is too large to be the file of a lesson.")
        return Record.model_validate_json(read_patiently(path))
    except OSError as e:
        raise Problem(f"{path.name} cannot be read: {e.strerror}.") from None
    except Problem:
        raise
    except ValueError:
        raise Problem(f"{path.name} is no file of a lesson; tumen poll writes them.") from None


def records(folder: str | Path) -> list[Record]:
    """The lessons whose files lie in a folder, in the order of their names; raises `Problem` for one that is none."""
    return [read(p) for p in sorted(Path(folder).glob(HELD))]

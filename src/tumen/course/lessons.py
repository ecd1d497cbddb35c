"""The lessons of a course in the class report: what was asked at once, how it was answered, what confused the class."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from tumen.analysis.forecasts import score
from tumen.core import Problem
from tumen.core.words import number
from tumen.course import pages
from tumen.lesson.record import Asked, Record
from tumen.tasks import find_task
from tumen.tasks.forecasts import came, chance


def lessons_held(lessons: Sequence[Record]) -> list[str]:
    """The part of the report on lessons; nothing where none was held."""
    out = []
    for lesson in lessons:
        out.append(f"<h3>{pages.said(lesson.title)}, {pages.said(lesson.began[:16].replace('T', ', '))}</h3>")
        rows = [[a.prompt, a.answered, _told(a)] for a in lesson.asked]
        out.append(pages.table(["asked", "answers", "of these"], rows, f"{lesson.joined} phones joined"))
        out += [pages.quoted(words) for a in lesson.asked for words in a.texts]
        if chances := _scored(lesson):
            out.append(f"<p>{pages.said(chances)}</p>")
        if lesson.unclear:
            marked = [[claim, count, "; ".join(lines)] for claim, count, lines in lesson.unclear]
            out.append(pages.table(["claim", "found unclear by", "lines shown"], marked, "What confused the class"))
    return ["<h2>Lessons held</h2>", *out] if out else []


def _told(asked: Asked) -> str:
    if asked.tally:
        return "; ".join(f"({option}) {count}" for option, count in asked.tally.items())
    if not asked.numbers:
        return f"{len(asked.texts)} shown"
    middle = f"middle {number(statistics.median(asked.numbers))}, {number(asked.numbers[0])} to {number(asked.numbers[-1])} {asked.unit}"
    return middle.strip() + ("" if asked.model is None else f"; the model gives {number(asked.model)}")


def _scored(lesson: Record) -> str:
    """The class's Brier score over what has become known; nothing where no chance was asked for."""
    pairs = []
    for asked in lesson.asked:
        try:
            task = find_task(asked.key)
            if task.became:
                pairs += [(p, came(task)) for v in asked.numbers if (p := chance(task, v)) is not None]
        except Problem:
            continue  # a question that this version of the tasks does not have
    if not pairs:
        return ""
    found = score(pairs)
    return f"Chances: {found.count} were given; the Brier score is {number(found.brier)} (0 best, 0.25 for always one half)."

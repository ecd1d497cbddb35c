"""The class report: which task failed and by which wrong path, how points are spread, predictions beside results, lessons held."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tumen.analysis.judgements import score
from tumen.core import Problem
from tumen.core.frozen import frozen
from tumen.core.templates import rendered
from tumen.core.words import number
from tumen.course.gradebook import Record
from tumen.course.marking import Mark
from tumen.course.written import written_out
from tumen.lesson.held import Asked
from tumen.lesson.held import Record as Lesson
from tumen.tasks import Task, find_task
from tumen.tasks.forecasts import came, chance

FILE = "report.html"
NEAR = 0.25  # a predicted number this near to what the model gives, as a share of it, counts as near
FEW = 5  # students below which a group's mean is not told
TENTHS = 10
ORDER = ("right", "close", "wrong", "missing", "unusable", "unread", "marked", "adjusted", "broken")


@frozen
class Predicted:
    """One student's prediction: the value, and what the model gives in that student's case where it gives a number."""

    student: str
    value: float | str
    key: float | None = None


def write_report(
    folder: Path,
    title: str,
    tasks: Sequence[Task],
    records: Iterable[Record],
    predictions: Mapping[str, tuple[Task, list[Predicted]]],
    notes: Sequence[tuple[str, str, str]],
    prompt: Callable[[Task], str],
    differences: Sequence[tuple[str, str, str, str, str]] = (),
    lessons: Sequence[Lesson] = (),
) -> Path:
    """Write the report as one page; `notes` are (student, file, what), `prompt` says a task in the course's own numbers.

    `differences` are the texts whose markers differ: student, task, what each gave, how far they lie apart, what counts;
    `lessons` are the lessons that were held.
    """
    records = list(records)
    came = [r for r in records if r.came]
    by_task = [(t, [r.marks[t.key] for r in came if t.key in r.marks]) for t in tasks]
    by_task.sort(key=lambda line: 2.0 if (mean := _mean(line[1])) is None else mean)
    shares = _shares(came)
    page = rendered(
        "course/html/report.html",
        title=title,
        records=records,
        came=came,
        late=sum(bool(r.late) for r in came),
        waiting=sum(r.waiting for r in came),
        shares=_spread(came),
        hard=_hard(by_task),
        paths=[{"task": task, "rows": _paths(task, marks)} for task, marks in by_task],
        predictions=[_predicted(task, made, shares) for task, made in predictions.values()],
        prompt=prompt,
        few=FEW,
        differences=differences,
        adjusted=[(r.student.id, words) for r in records for words in r.adjusted],
        lessons=[_lesson(lesson) for lesson in lessons],
        notes=notes,
    )
    return written_out(folder / FILE, page)


# --- how points are spread, tasks and wrong paths ------------------------------------------------------


def _spread(came: list[Record]) -> dict | None:
    """How many students have each tenth of the points that are marked so far; None where nothing is marked."""
    of = [(r.points, sum(m.of for m in r.marks.values() if m.points is not None)) for r in came]
    shares = [points / most for points, most in of if most]
    if not shares:
        return None
    tenths = Counter(min(TENTHS - 1, int(share * TENTHS + 1e-9)) for share in shares)
    mean, middle = statistics.fmean(shares), statistics.median(shares)
    return {"mean": mean, "middle": middle, "tenths": [tenths[i] for i in range(TENTHS)]}


def _hard(by_task: list[tuple[Task, list[Mark]]]) -> dict:
    """A line a task with the share of points earned and how often each outcome was met; outcomes nobody has are left out."""
    met = [s for s in ORDER if any(m.state == s for _, marks in by_task for m in marks)]
    rows = [
        [t.key, _per_cent(_mean(marks)), *(sum(m.state == s for m in marks) or "" for s in met)] for t, marks in by_task
    ]
    return {"head": ["task", "mean share of points", *met], "rows": rows}


def _per_cent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def _mean(marks: list[Mark]) -> float | None:
    earned = [m.points / m.of for m in marks if m.points is not None and m.of]
    return statistics.fmean(earned) if earned else None


def _paths(task: Task, marks: list[Mark]) -> list[list]:
    """The known mistakes of a task that were made, most walked first, and other wrong answers that several gave."""
    wrong = [m for m in marks if m.state in ("wrong", "close", "unusable")]
    known = Counter(m.mistake for m in wrong if m.mistake is not None)
    rows = [[n, task.mistake[i].says] for i, n in known.most_common()]
    others = Counter(_answer(m) for m in wrong if m.mistake is None and m.state == "wrong")
    rows += [[n, f"The answer {words}, for which no path is known."] for words, n in others.most_common(5) if n > 1]
    alone = sum(n for words, n in others.items() if n == 1)
    rows += [[alone, "Other answers, each given once."]] if alone else []
    close = sum(m.state == "close" for m in wrong)
    rows += [[close, "Close, outside the tolerance."]] if close else []
    unusable = sum(m.state == "unusable" for m in wrong)
    return rows + ([[unusable, "Could not be read as an answer."]] if unusable else [])


def _answer(mark: Mark) -> str:
    return number(mark.given) if isinstance(mark.given, float) else f"‘{str(mark.given)[:40]}’"


# --- predictions and results ----------------------------------------------------------------------------


def _shares(came: list[Record]) -> dict[tuple[str, str], float]:
    """The share of points that each student has so far in each theme."""
    found: dict[tuple[str, str], list[Mark]] = {}
    for r in came:
        for key, mark in r.marks.items():
            if mark.points is not None and mark.of:
                found.setdefault((r.student.id, _theme(key)), []).append(mark)
    return {who: sum(m.points for m in marks) / sum(m.of for m in marks) for who, marks in found.items()}


def _theme(key: str) -> str:
    return key.partition(".")[0]


def _predicted(task: Task, made: list[Predicted], shares: Mapping[tuple[str, str], float]) -> dict:
    """What was predicted, what the model gives, and how those fared who predicted one way or the other."""
    theme = _theme(task.key)
    groups = _near_groups(made) if task.kind == "number" else _option_groups(task, made)
    rows = [[name, len(students), _fared(theme, students, shares)] for name, students in groups if students]
    return {"task": task, "theme": theme, "told": _told(task, made), "rows": rows}


def _near_groups(made: list[Predicted]) -> list[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {
        "below what the model gives": [],
        f"within {100 * NEAR:.0f} % of it": [],
        "above it": [],
        "no number": [],
    }
    below, near, above, none = groups.values()
    for p in made:
        if not isinstance(p.value, float) or p.key is None:
            none.append(p.student)
        elif abs(p.value - p.key) <= NEAR * abs(p.key):
            near.append(p.student)
        else:
            (below if p.value < p.key else above).append(p.student)
    return list(groups.items())


def _option_groups(task: Task, made: list[Predicted]) -> list[tuple[str, list[str]]]:
    groups = {k: (f"({k}) {words}", [p.student for p in made if p.value == k]) for k, words in task.options.items()}
    return list(groups.values())


def _told(task: Task, made: list[Predicted]) -> str:
    numbers = sorted(p.value for p in made if isinstance(p.value, float))
    keys = sorted({round(p.key, 12) for p in made if p.key is not None})
    words = ""
    if task.kind == "number" and len(numbers) >= 2:
        low, middle, high = statistics.quantiles(numbers, n=4)
        words = f"Predicted: middle {number(middle)}, half of all between {number(low)} and {number(high)}. "
    if keys and task.kind == "number":
        span = number(keys[0]) if len(keys) == 1 else f"{number(keys[0])} to {number(keys[-1])}, by student"
        words += f"The model gives {span} {task.unit}".rstrip() + "."
    return words


def _fared(theme: str, students: list[str], shares: Mapping[tuple[str, str], float]) -> str:
    found = [shares[s, theme] for s in students if (s, theme) in shares]
    return _per_cent(statistics.fmean(found)) if len(found) >= FEW else "too few" if found else ""


# --- the lessons of a course in the class report --------------------------------------------------


def _lesson(lesson: Lesson) -> dict:
    """A lesson that was held, as the report tells of it."""
    return {
        "record": lesson,
        "rows": [[a.prompt, a.answered, _of_these(a)] for a in lesson.asked],
        "chances": _scored(lesson),
        "unclear": [[claim, count, "; ".join(lines)] for claim, count, lines in lesson.unclear],
    }


def _of_these(asked: Asked) -> str:
    if asked.tally:
        return "; ".join(f"({option}) {count}" for option, count in asked.tally.items())
    if not asked.numbers:
        return f"{len(asked.texts)} shown"
    middle = f"middle {number(statistics.median(asked.numbers))}, {number(asked.numbers[0])} to {number(asked.numbers[-1])} {asked.unit}"
    return middle.strip() + ("" if asked.model is None else f"; the model gives {number(asked.model)}")


def _scored(lesson: Lesson) -> str:
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

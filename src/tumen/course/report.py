"""The class report: which task failed and by which wrong path, how points are spread, predictions beside results, lessons held."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tumen.analysis.judgements import score
from tumen.core import Problem
from tumen.core.words import number
from tumen.course import pages
from tumen.course.gradebook import Record
from tumen.course.marking import Mark
from tumen.lesson.held import Asked
from tumen.lesson.held import Record as Lesson
from tumen.tasks import Task, find_task
from tumen.tasks.forecasts import came, chance

FILE = "report.html"
NEAR = 0.25  # a predicted number this near to what the model gives, as a share of it, counts as near
FEW = 5  # students below which a group's mean is not told
TENTHS = 10
ORDER = ("right", "close", "wrong", "missing", "unusable", "unread", "marked", "adjusted", "broken")


@dataclass(frozen=True)
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
    body = [f"<h1>Class report: {pages.said(title)}</h1>", *_opening(records, came)]
    if came:
        body += [_spread(came), *_tasks(tasks, came, prompt), *_predictions(predictions, came, prompt)]
    if differences:
        head = ["student", "task", "marks", "apart", "what counts"]
        body += ["<h2>Where markers differ</h2>", pages.table(head, differences)]
    adjusted = [(r.student.id, words) for r in records for words in r.adjusted]
    body += ["<h2>Exceptions made</h2>", pages.table(["student", "what"], adjusted)] if adjusted else []
    body += lessons_held(lessons)
    body += _notes(notes)
    return pages.write(folder / FILE, pages.page(f"Class report: {title}", body))


def _opening(records: list[Record], came: list[Record]) -> list[str]:
    late, waiting = sum(bool(r.late) for r in came), sum(r.waiting for r in came)
    words = [f"{len(came)} of {len(records)} students handed in."]
    words += [f"{late} late."] if late else []
    words += (
        [f"{waiting} texts still wait for a mark: open marking-sheet.html, type marks into marking-sheet.csv."]
        if waiting
        else []
    )
    return [f"<p>{pages.said(' '.join(words))}</p>"]


# --- how points are spread -----------------------------------------------------------------------------


def _spread(came: list[Record]) -> str:
    """How many students have each tenth of the points that are marked so far."""
    shares = []
    for r in came:
        of = sum(m.of for m in r.marks.values() if m.points is not None)
        if of:
            shares.append(r.points / of)
    if not shares:
        return "<p>Nothing is marked yet.</p>"
    tenths = Counter(min(TENTHS - 1, int(share * TENTHS + 1e-9)) for share in shares)
    most = max(tenths.values())
    rows = "".join(
        f"<tr><td>{10 * i} to {10 * (i + 1)} %</td><td>{tenths[i]}</td>"
        f'<td><span class="bar" style="width: {round(20 * tenths[i] / most, 1)}em"></span></td></tr>'
        for i in range(TENTHS)
    )
    mean, middle = statistics.fmean(shares), statistics.median(shares)
    return (
        f"<h2>How points are spread</h2><p>Of the points marked so far: mean {100 * mean:.0f} %, middle {100 * middle:.0f} %.</p>"
        f'<table><thead><tr><th scope="col">share of points</th><th scope="col">students</th><th scope="col">drawn</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


# --- tasks and wrong paths -------------------------------------------------------------------------------


def _tasks(tasks: Sequence[Task], came: list[Record], prompt: Callable[[Task], str]) -> list[str]:
    """A line a task, hardest first, then each wrong path that was walked."""
    lines = []
    for task in tasks:
        marks = [r.marks[task.key] for r in came if task.key in r.marks]
        lines.append((_mean(marks), task, marks))
    lines.sort(key=lambda line: 2.0 if line[0] is None else line[0])
    rows = [
        [t.key, "" if mean is None else f"{100 * mean:.0f} %", *(sum(m.state == s for m in marks) or "" for s in ORDER)]
        for mean, t, marks in lines
    ]
    shown = [i for i, s in enumerate(ORDER) if any(row[2 + i] for row in rows)]
    head = ["task", "mean share of points", *(ORDER[i] for i in shown)]
    out = ["<h2>Which task failed</h2>", pages.table(head, [[*row[:2], *(row[2 + i] for i in shown)] for row in rows])]
    paths = [part for _, task, marks in lines if (part := _paths(task, marks, prompt))]
    note = '<p class="note">Questions show the course\'s numbers; where numbers are drawn, students have their own.</p>'
    return [
        *out,
        "<h2>Which wrong paths were walked</h2>",
        *([note, *paths] if paths else ["<p>None that we know of.</p>"]),
    ]


def _mean(marks: list[Mark]) -> float | None:
    earned = [m.points / m.of for m in marks if m.points is not None and m.of]
    return statistics.fmean(earned) if earned else None


def _paths(task: Task, marks: list[Mark], prompt: Callable[[Task], str]) -> str:
    """The known mistakes of a task that were made, most walked first, and other wrong answers that several gave."""
    wrong = [m for m in marks if m.state in ("wrong", "close", "unusable")]
    if not wrong:
        return ""
    known = Counter(m.mistake for m in wrong if m.mistake is not None)
    rows = [[n, task.mistake[i].says] for i, n in known.most_common()]
    others = Counter(_answer(m) for m in wrong if m.mistake is None and m.state == "wrong")
    rows += [[n, f"The answer {words}, for which no path is known."] for words, n in others.most_common(5) if n > 1]
    alone = sum(n for words, n in others.items() if n == 1)
    rows += [[alone, "Other answers, each given once."]] if alone else []
    close = sum(m.state == "close" for m in wrong)
    rows += [[close, "Close, outside the tolerance."]] if close else []
    unusable = sum(m.state == "unusable" for m in wrong)
    rows += [[unusable, "Could not be read as an answer."]] if unusable else []
    return f"<h3>{pages.said(task.key)}</h3><p>{pages.said(prompt(task))}</p>" + pages.table(["students", "path"], rows)


def _answer(mark: Mark) -> str:
    return number(mark.given) if isinstance(mark.given, float) else f"‘{str(mark.given)[:40]}’"


# --- predictions and results ----------------------------------------------------------------------------


def _predictions(
    predictions: Mapping[str, tuple[Task, list[Predicted]]], came: list[Record], prompt: Callable[[Task], str]
) -> list[str]:
    """What was predicted, what the model gives, and how those fared who predicted one way or the other."""
    shares = {}
    for r in came:
        for theme in {key.partition(".")[0] for key in r.marks}:
            marks = [
                m for key, m in r.marks.items() if key.partition(".")[0] == theme and m.points is not None and m.of
            ]
            if marks:
                shares[r.student.id, theme] = sum(m.points for m in marks) / sum(m.of for m in marks)
    out = ["<h2>Predictions beside results</h2>"]
    for task, made in predictions.values():
        groups = _near_groups(made) if task.kind == "number" else _option_groups(task, made)
        rows = [[name, len(students), _fared(task, students, shares)] for name, students in groups if students]
        theme = task.key.partition(".")[0]
        head = ["predicted", "students", f"mean share of points in {theme}"]
        out.append(
            f"<h3>{pages.said(task.key)}</h3><p>{pages.said(prompt(task))}</p><p>{pages.said(_told(task, made))}</p>"
        )
        out.append(pages.table(head, rows))
    if len(out) == 1:
        return [*out, "<p>No predictions came.</p>"]
    return [
        *out,
        f'<p class="note">A mean of fewer than {FEW} students is not told. Those who predict well may differ in other ways too.</p>',
    ]


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


def _fared(task: Task, students: list[str], shares: Mapping[tuple[str, str], float]) -> str:
    theme = task.key.partition(".")[0]
    found = [shares[s, theme] for s in students if (s, theme) in shares]
    return f"{100 * statistics.fmean(found):.0f} %" if len(found) >= FEW else "too few" if found else ""


def _notes(notes: Sequence[tuple[str, str, str]]) -> list[str]:
    if not notes:
        return ["<h2>To look at</h2>", "<p>Nothing.</p>"]
    return ["<h2>To look at</h2>", pages.table(["student", "file", "what"], notes)]


# --- the lessons of a course in the class report --------------------------------------------------


def lessons_held(lessons: Sequence[Lesson]) -> list[str]:
    """The part of the report on lessons; nothing where none was held."""
    out = []
    for lesson in lessons:
        out.append(f"<h3>{pages.said(lesson.title)}, {pages.said(lesson.began[:16].replace('T', ', '))}</h3>")
        rows = [[a.prompt, a.answered, _of_these(a)] for a in lesson.asked]
        out.append(pages.table(["asked", "answers", "of these"], rows, f"{lesson.joined} phones joined"))
        out += [pages.quoted(words) for a in lesson.asked for words in a.texts]
        if chances := _scored(lesson):
            out.append(f"<p>{pages.said(chances)}</p>")
        if lesson.unclear:
            marked = [[claim, count, "; ".join(lines)] for claim, count, lines in lesson.unclear]
            out.append(pages.table(["claim", "found unclear by", "lines shown"], marked, "What confused the class"))
    return ["<h2>Lessons held</h2>", *out] if out else []


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

"""Marking: each answer against the key of the student's own case, computed anew and never taken from a hand-in; and a key's words for teachers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from tumen.core import Case, Problem
from tumen.core.cells import csv_text
from tumen.core.frozen import frozen
from tumen.core.words import number
from tumen.course.handed import Given
from tumen.course.plan import Course
from tumen.course.variants import Variants
from tumen.tasks import Answer, Task, check, solved
from tumen.tasks.check import read_number, run_answer

CLOSE = 0.5  # of a task's points for a number outside the tolerance but near the key
FULL = 4.0  # marks of a text that declares none, as of the four questions asked of every text
KEPT = 4_096  # model runs remembered at a time
RUBRIC = (
    "Names the claim by its id (1); uses a number from the run (1); says what would change the answer (1); "
    "gives the strongest opposing reason fairly (1)."
)


@frozen
class Mark:
    """What one graded task earned.

    `state` is right, close, wrong, missing, unusable (the answer does not fit the task), unread (text without a mark),
    marked (text with one) or broken (the task has no key). `points` is None while a person has still to decide. `rule` says by
    what the points were given, for the instructor.
    """

    task: str
    state: str
    points: float | None
    of: float
    given: float | str | None = None
    says: str = ""
    mistake: int | None = None
    draft: bool = False
    rule: str = ""


class Runs:
    """Model runs under students' cases; one that many students share is made once, and only so many are kept."""

    def __init__(self):
        self._known: dict[tuple, tuple[float, dict]] = {}

    def __call__(self, answer: Answer, case: Case | None) -> tuple[float, dict]:
        """The number and the inputs of a run, as `run_answer` gives them."""
        which = (id(answer), repr(case.overrides.get(answer.model)) if case else None)
        if which not in self._known:
            if len(self._known) >= KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[which] = run_answer(answer, case), answer  # the answer too, so that its id stays its own
        return self._known[which][0]


def marked(task: Task, given: Given | None, case: Case, run=run_answer) -> Mark:
    """The mark of one graded number or choice; a text waits for its marker, and a draft is said to be one."""
    mark = _mark(task, given, case, run)
    return replace(mark, draft=True) if given is not None and given.draft and mark.state != "missing" else mark


def _mark(task: Task, given: Given | None, case: Case, run) -> Mark:
    if given is None or given.value is None or given.value == "":
        return Mark(task.key, "missing", 0.0, task.points, None, "No answer was handed in.")
    if task.kind == "text":
        return _text(task, given.value)
    try:
        value = _fitting(task, given.value)
    except Problem as fault:
        return Mark(task.key, "unusable", 0.0, task.points, given.value, f"The answer cannot be used: {fault}")
    try:
        found = check(task, value, case, run)
    except Problem as fault:
        return Mark(task.key, "broken", None, task.points, value, f"No key could be computed: {fault}")
    share = {"right": 1.0, "close": CLOSE}.get(found.state, 0.0)
    by = _rule(task, case, run)
    return Mark(task.key, found.state, share * task.points, task.points, value, found.says, found.mistake, rule=by)


def _rule(task: Task, case: Case, run) -> str:
    if task.kind == "choice":
        return f"({task.correct}) is right"
    return f"key {run(task.answer, case)[0]:.6g}, within {100 * task.answer.within:g} %"


def _text(task: Task, value) -> Mark:
    words = value if isinstance(value, str) else f"{value:g}"
    if not words.strip():
        return Mark(task.key, "missing", 0.0, task.points, None, "No answer was handed in.")
    return Mark(task.key, "unread", None, task.points, words, "Read by your instructor.")


def _fitting(task: Task, value: float | str) -> float | str:
    """The answer as the task takes it; raises `Problem` where it does not fit."""
    if task.kind == "number":
        return read_number(value, task.unit) if isinstance(value, str) else value
    letter = value.strip() if isinstance(value, str) else value
    if letter in task.options:
        return letter
    if isinstance(letter, str) and letter.lower() in task.options:
        return letter.lower()
    raise Problem(f"it is none of the options {', '.join(task.options)}.")


def with_mark(mark: Mark, task: Task, given: float, comment: str = "", by: str = "a person's mark") -> Mark:
    """An unread text with the marks a person gave it, from 0 to the rubric's full marks; `by` says who and how."""
    points, rule = given / full_marks(task) * task.points, f"{by}, {given:g} of {full_marks(task):g}"
    return replace(mark, state="marked", points=points, of=task.points, says=comment, rule=rule)


def rubric(task: Task) -> str:
    """What a text is marked by: the task's own rubric and criteria, else the four questions asked of every text."""
    criteria = "; ".join(f"{name} ({most:g})" for name, most in task.criteria.items())
    return " ".join(filter(None, [task.rubric, f"{criteria}." if criteria else ""])) or RUBRIC


def rubric_mark(task: Task) -> str:
    """A short digest of what a text is marked by: a mark given by another rubric is worth another look.

    It begins with a letter that makes no number of it for a spreadsheet.
    """
    parts = [rubric(task), full_marks(task), sorted(task.criteria.items()), [(a.mark, a.text) for a in task.anchors]]
    return "r" + hashlib.sha256(repr(parts).encode("utf-8")).hexdigest()[:8]


def full_marks(task: Task) -> float:
    """The most marks a marker can give a text, as it is declared: never a number that stands in a rubric's words.

    It is the task's `marks`, else the greater of its own points and the best mark of its anchors, else four.
    """
    return task.full_marks or FULL


def solution(task: Task, case: Case, run=run_answer) -> str:
    """What the model gives in the student's own case, in words; nothing where it cannot be said."""
    try:
        return solved(task, case, run) if task.kind != "text" else ""
    except Problem:
        return ""


def total(marks: Mapping[str, Mark]) -> tuple[float, float, int]:
    """Points so far, points in all, and how many answers still wait for a person."""
    points = [m.points for m in marks.values()]
    return sum(p for p in points if p is not None), sum(m.of for m in marks.values()), points.count(None)


# --- what stands under a task in the teachers' copies ---------------------------------------------


def worked(task: Task, course: Course) -> str:
    """The worked solution in words; of a free text the answers that disagree, where there are any."""
    if task.prediction:
        return ""
    if task.kind == "text":
        views = "\n".join(f"- **{who}:** {words}" for who, words in task.views.items())
        return f"**Answers that disagree; none is the key.**\n\n{views}" if views else ""
    own = " (with the course's numbers; a student's own differ)" if task.kind == "number" and course.draws else ""
    return f"**Solution**{own}. {_worked(task, course.case)}"


def for_markers(task: Task, course: Course) -> str:
    """What a marker needs: points, solution, likely mistakes, rubric, anchors."""
    if task.prediction:
        return ""
    counts = f"graded, {number(task.points)} points" if course.is_graded(task.key) else "not graded"
    parts = [f"*For markers: `{task.key}`, {counts}.*"]
    if words := worked(task, course):
        parts.append(words)
    if task.answer and task.kind == "number":
        parts.append(f"Right within {number(100 * task.answer.within)} per cent of the key.")
    if task.mistake:
        parts.append("\n".join(["Likely mistakes:", "", *(f"- {m.says}" for m in task.mistake)]))
    if task.rubric or task.criteria:
        parts.append(f"**Rubric.** {rubric(task)}")
    parts += [f"**Would get {number(a.mark)}:** {a.text}" for a in task.anchors]
    return "\n\n".join(parts)


def _worked(task: Task, case: Case) -> str:
    try:
        return solved(task, case)
    except Problem as fault:
        return f"It cannot be worked out with these numbers: {fault}"


def variants_table(course: Course, variants: Variants, rows: list[tuple[str, Case]]) -> str:
    """A CSV with a line a student: the numbers drawn, and the key of every graded number."""
    table = [["id", *(d.name for d in course.draws), *(f"key {t.key}" for t in variants.tasks)]]
    for student, case in rows:
        drawn = [f"{v:.12g}" for v in variants.values(case).values()]
        table.append([student, *drawn, *(_key_words(t, case) for t in variants.tasks)])
    return csv_text(table, as_given=True)


def _key_words(task: Task, case: Case) -> str:
    """The key of a number task in a case; nothing where the model gives none with numbers that were issued earlier."""
    try:
        return f"{run_answer(task.answer, case)[0]:.10g}"
    except Problem:
        return ""

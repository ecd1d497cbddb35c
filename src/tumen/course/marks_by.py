"""What stands under a task in the worked solution and in the instructor's copy, and who has which numbers."""

from __future__ import annotations

import csv
import io

from tumen.core import Case, Problem
from tumen.core.words import number
from tumen.course.marking import rubric
from tumen.course.plan import Course
from tumen.course.variants import Variants
from tumen.tasks import Task, solved
from tumen.tasks.check import run_answer


def solution(task: Task, course: Course) -> str:
    """The worked solution in words; of a free text the answers that disagree, where there are any."""
    if task.prediction:
        return ""
    if task.kind == "text":
        views = "\n".join(f"- **{who}:** {words}" for who, words in task.views.items())
        return f"**Answers that disagree; none is the key.**\n\n{views}" if views else ""
    own = " (with the course's numbers; a student's own differ)" if task.kind == "number" and course.draws else ""
    return f"**Solution**{own}. {_solved(task, course.case)}"


def notes(task: Task, course: Course) -> str:
    """What a marker needs: points, solution, likely mistakes, rubric, anchors."""
    if task.prediction:
        return ""
    counts = f"graded, {number(task.points)} points" if course.is_graded(task.key) else "not graded"
    parts = [f"*For markers: `{task.key}`, {counts}.*"]
    if words := solution(task, course):
        parts.append(words)
    if task.answer and task.kind == "number":
        parts.append(f"Right within {number(100 * task.answer.within)} per cent of the key.")
    if task.mistake:
        parts.append("\n".join(["Likely mistakes:", "", *(f"- {m.says}" for m in task.mistake)]))
    if task.rubric or task.criteria:
        parts.append(f"**Rubric.** {rubric(task)}")
    parts += [f"**Would get {number(a.mark)}:** {a.text}" for a in task.anchors]
    return "\n\n".join(parts)


def _solved(task: Task, case: Case) -> str:
    try:
        return solved(task, case)
    except Problem as fault:
        return f"It cannot be worked out with these numbers: {fault}"


def variants_table(course: Course, variants: Variants, rows: list[tuple[str, Case]]) -> str:
    """A CSV with a line a student: the numbers drawn, and the key of every graded number."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(["id", *(d.name for d in course.draws), *(f"key {t.key}" for t in variants.tasks)])
    for student, case in rows:
        drawn = [f"{v:.12g}" for v in variants.values(case).values()]
        write.writerow([student, *drawn, *(_number(t, case) for t in variants.tasks)])
    return out.getvalue()


def _number(task: Task, case: Case) -> str:
    """The key of a number task in a case; nothing where the model gives none with numbers that were issued earlier."""
    try:
        return f"{run_answer(task.answer, case)[0]:.10g}"
    except Problem:
        return ""

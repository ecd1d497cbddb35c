"""Every student's own numbers: drawn by a keyed hash of the secret seed and the student's id, and by nothing else.

The value of a draw is HMAC-SHA256(seed, course | student | quantity | attempt | how often before, if at all), read as a share of the range, on the
draw's grid of steps. A draw is made again (the next attempt) while a graded number would tell a student nothing:
it cannot be computed, it lies within the tolerance of a mistake we look for, or it is the answer anyone gets.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from collections.abc import Iterable
from dataclasses import replace

from tumen.brief import model as find_model
from tumen.core import Case, Override, Problem, Quantity
from tumen.core.errors import shown
from tumen.core.result import plain
from tumen.course.plan import Course, Draw
from tumen.tasks import Task
from tumen.tasks.check import run_answer

ATTEMPTS = 200
MOST_STEPS = 1_000_000  # of a draw; more are no use to anyone
STEPS = 100  # about so many values a draw has where no step is given
LOOKS = 9  # places of a range at which we look whether an answer moves with it


class Variants:
    """The variants of one course; what all students share is worked out once."""

    def __init__(self, course: Course):
        self.course = course
        self.tasks = tuple(t for t in course.tasks() if t.kind == "number")
        self.common = {t.key: _number(t.answer, course.case) for t in self.tasks}
        for task in self.tasks:
            if self.common[task.key] is None:
                raise Problem(f"graded task {task.key}: its model gives no number with this course's values.")
        self.moves = {t.key: tuple(d for d in course.draws if self._moves(t, d)) for t in self.tasks}

    def idle(self) -> tuple[Draw, ...]:
        """The draws that move no graded number."""
        busy = {d.name for draws in self.moves.values() for d in draws}
        return tuple(d for d in self.course.draws if d.name not in busy)

    def case(self, student: str, times: int = 0) -> Case:
        """The case of a student: what the course changes, and the student's draws; other ones after they were drawn `times` before.

        Raises `Problem` where no draw in the range keeps a graded task meaningful.
        """
        attempts = {d.name: 0 for d in self.course.draws}
        for _ in range(ATTEMPTS):
            case = self._with({d.name: self._drawn(d, student, attempts[d.name], times) for d in self.course.draws})
            empty = self.empty(case)
            if not empty:
                return case
            for name in {d.name for key in empty for d in self.moves[key]}:
                attempts[name] += 1
        key, why = next(iter(empty.items()))
        names = " and ".join(d.name for d in self.moves[key])
        raise Problem(f"graded task {key}: {why} for every value tried of {names}; widen the draw, or narrow within.")

    def values(self, case: Case) -> dict[str, float]:
        """A student's values of what is drawn, by quantity; a case issued before a draw was planned has the course's."""
        return {d.name: _start(d, case) for d in self.course.draws}

    def empty(self, case: Case) -> dict[str, str]:
        """The graded tasks that tell nothing under a case, and why."""
        return {t.key: why for t in self.tasks if self.moves[t.key] and (why := self._empty(t, case))}

    # --- drawing ----------------------------------------------------------------------------------

    def _drawn(self, draw: Draw, student: str, attempt: int, times: int = 0) -> float:
        """A draw's value for a student at an attempt."""
        again = [times] if times else []
        words = json.dumps([self.course.course, student, draw.name, attempt, *again], ensure_ascii=True)
        digest = hmac.new(self.course.seed.encode("utf-8"), words.encode("ascii"), hashlib.sha256).digest()
        steps = grid(draw)
        share = int.from_bytes(digest[:8])  # of 2**64
        if find_model(draw.model).quantity(draw.quantity).shape == "log-uniform":
            at = draw.low * (draw.high / draw.low) ** (share / 2**64)
            return on_grid(draw, min(steps, round((at - draw.low) / draw.step)))
        return on_grid(draw, (share * (steps + 1)) >> 64)

    def _with(self, values: dict[str, float]) -> Case:
        """The course's case with drawn values in place."""
        course = self.course
        overrides = {key: dict(changes) for key, changes in course.overrides.items()}
        for draw in course.draws:
            for key in (draw.model, *draw.also):
                changes = overrides.setdefault(key, {})
                changes[draw.quantity] = replace(changes.get(draw.quantity, Override()), value=values[draw.name])
        return replace(course.case, overrides=overrides)

    # --- whether a draw keeps a task meaningful ---------------------------------------------------

    def _moves(self, task: Task, draw: Draw) -> bool:
        """Whether the task's answer moves with the draw."""
        answer = task.answer
        if answer.model not in (draw.model, *draw.also) or draw.quantity in answer.set:
            return False
        steps, start = grid(draw), {d.name: _start(d, self.course.case) for d in self.course.draws}
        for i in range(LOOKS):
            at = on_grid(draw, i * steps // (LOOKS - 1))
            key = _number(answer, self._with({**start, draw.name: at}))
            if key is None or not _near(key, self.common[task.key], answer.within):
                return True
        return False

    def _empty(self, task: Task, case: Case) -> str:
        """Why the task would tell nothing under the case; empty where it tells something."""
        key = _number(task.answer, case)
        if key is None:
            return "its model gives no number"
        if _near(key, self.common[task.key], task.answer.within):
            return "its answer is the one that everyone has without a draw"
        for mistake in task.mistake:
            slip, within = mistake.value, task.answer.within
            if mistake.answer is not None:
                slip, within = _number(mistake.answer, case), mistake.answer.within
            if slip is not None and (_near(slip, key, task.answer.within) or _near(key, slip, within)):
                return f"its answer cannot be told from the mistake {shown(mistake.says)}"
        return ""


def case_text(case: Case) -> str:
    """The text of a student's case.toml; own tables are named as they stand in a student's copy."""
    data = {name: replace(own, file=f"data/{name}.csv") for name, own in case.data.items()}
    return replace(case, data=data).to_toml()


def case_mark(case: Case) -> str:
    """A short digest of what counts in a case: its values, ranges, date and which tables are the course's own."""
    counts = {
        "as_of": case.as_of.isoformat() if case.as_of else None,
        "data": sorted(case.data),
        "models": {
            key: {name: [_canonical(o.value), _canonical(o.low), _canonical(o.high)] for name, o in changes.items()}
            for key, changes in case.overrides.items()
        },
    }
    text = json.dumps(counts, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def completed_draws(draws: Iterable[Draw], case: Case) -> tuple[Draw, ...]:
    """The draws of a plan with their ends and steps; raises `Problem` for one that cannot be drawn, or is drawn twice."""
    done = tuple(_completed(d, i, case) for i, d in enumerate(draws, start=1))
    seen = set()
    for draw in done:
        for key in (draw.model, *draw.also):
            if (key, draw.quantity) in seen:
                raise Problem(f"{draw.quantity} of {key} is drawn twice.")
            seen.add((key, draw.quantity))
    return done


def _completed(draw: Draw, i: int, case: Case) -> Draw:
    """The draw with its ends and its step; raises `Problem` where they leave what the sources support."""
    where = f"draw entry {i}"
    try:
        quantities = [case.apply(find_model(key)).quantity(draw.quantity) for key in (draw.model, *draw.also)]
    except Problem as e:
        raise Problem(f"{where}: {e}") from None
    q = quantities[0]
    for other in quantities:
        if not other.sampled:
            raise Problem(f"{where}: {draw.quantity} is a {other.kind}, and only a number with a range can be drawn.")
        if other.unit != q.unit:
            raise Problem(f"{where}: {draw.quantity} is in {q.unit} here and in {other.unit} there.")
    low, high = (q.low if draw.low is None else draw.low), (q.high if draw.high is None else draw.high)
    least, most = max(o.low for o in quantities), min(o.high for o in quantities)
    if not least <= low < high <= most:
        raise Problem(f"{where}: {draw.name} can be drawn from {least:g} to {most:g}, not from {low:g} to {high:g}.")
    step = draw.step or _step(q, low, high)
    if step > high - low:
        raise Problem(f"{where}: a step of {step:g} is wider than the range from {low:g} to {high:g}.")
    if step * MOST_STEPS < high - low:
        raise Problem(f"{where}: a step of {step:g} parts the range from {low:g} to {high:g} into over {MOST_STEPS:,}.")
    if q.whole and (step != int(step) or low != int(low)):
        raise Problem(f"{where}: {draw.quantity} takes whole numbers, so low and step must be whole.")
    return draw.model_copy(update={"low": float(low), "high": float(high), "step": float(step)})


def _step(q: Quantity, low: float, high: float) -> float:
    """A round step that parts the range into about a hundred values."""
    rough = (high - low) / STEPS
    size = 10.0 ** math.floor(math.log10(rough))
    nice = next(n for n in (1, 2, 5, 10) if n * size >= rough * (1 - 1e-9))
    return max(1.0, nice * size) if q.whole else nice * size


def grid(draw: Draw) -> int:
    """How many steps fit between a draw's low and its high."""
    return math.floor((draw.high - draw.low) / draw.step * (1 + 1e-12))


def on_grid(draw: Draw, i: int) -> float:
    """The value after so many steps, without the dust of floating point."""
    return float(f"{draw.low + i * draw.step:.12g}")


def _start(draw: Draw, case: Case) -> float:
    return case.apply(find_model(draw.model)).quantity(draw.quantity).value


def _number(answer, case: Case) -> float | None:
    """What a model run gives under a case, None where it gives no number."""
    try:
        value, _ = run_answer(answer, case)
    except Problem:
        return None
    return value if math.isfinite(value) else None


def _near(a: float, b: float, within: float) -> bool:
    return abs(a - b) <= (within * abs(b) if b else within)


def _canonical(value):
    """A value in one form: 3 and 3.0 are the same."""
    value = plain(value)
    if isinstance(value, list):
        return [_canonical(v) for v in value]
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value

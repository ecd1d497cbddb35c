"""What a phone, the wall and the teacher's desk are told. The one rule: no distribution in any of it while a question is open."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence

from tumen.core.words import number
from tumen.lesson import pictures
from tumen.lesson.agenda import Step, outcome
from tumen.lesson.state import CLOSED, OPEN, TOLD, Lesson, Round
from tumen.tasks import Task
from tumen.tasks.check import asked_words


def question(lesson: Lesson, now: Round) -> dict:
    """A question as everybody may read it at any time."""
    task = lesson.chapter.task(now.key)
    return {
        "key": now.key,
        "round": len(lesson.rounds),
        "again": sum(r.key == now.key for r in lesson.rounds) > 1,
        "kind": task.kind,
        "prompt": asked_words(task),
        "unit": task.unit,
        "options": dict(task.options),
        "state": now.state,
    }


def phone(lesson: Lesson, who: str, roles: Sequence[Sequence[str]]) -> dict:
    """What one phone is told: the question, its own answer, its role, its own marks; of others nothing."""
    out: dict = {"title": lesson.chapter.title, "unclear": lesson.unclear.get(who, {})}
    if who in lesson.dealt:
        out["role"] = list(roles[lesson.dealt[who] % len(roles)])
    if (now := lesson.now) is None:
        return out
    out["question"] = question(lesson, now)
    yours = now.answers.get(who)
    out["question"]["yours"] = f"{yours:.10g}" if isinstance(yours, float) else yours
    if now.state == TOLD:
        out["question"]["told"] = _told(lesson.chapter.task(now.key))
    return out


def _told(task: Task) -> str:
    """What the model or the task gives, in words."""
    words = outcome(task)[1]
    if task.kind == "choice" and task.correct:
        return f"({task.correct}) {task.options[task.correct]} {words}".strip()
    return words


def wall(
    lesson: Lesson,
    drawn: Mapping[str, dict],
    roles: Sequence[Sequence[str]],
    plans: Mapping[str, tuple[Step, ...]],
    at: float,
) -> dict:
    """What the projector shows: while a question is open how many have answered, and nothing of what."""
    out: dict = {
        "title": lesson.chapter.title,
        "page": lesson.page,
        "joined": len(lesson.devices),
        "clock": clock(lesson, plans, at),
        "unclear": [
            {
                "claim": c,
                "says": _says(lesson, c),
                "count": n,
                "lines": [_line(lesson, w, c) for w, k in lesson.lines if k == c],
            }
            for c, n in lesson.confused()
        ],
    }
    if lesson.page == "roles" or lesson.dealt:
        counts = Counter(lesson.dealt.values())
        out["roles"] = [{"role": r[0], "holds": r[1], "from": r[2], "count": counts[i]} for i, r in enumerate(roles)]
    if (now := lesson.now) is not None:
        out["question"] = {**question(lesson, now), "count": now.count}
        if now.state in (CLOSED, TOLD):
            out["question"] |= result(lesson, now, drawn)
    if (following := _next(lesson)) is not None:
        out["next"] = following
    return out


def _next(lesson: Lesson) -> dict | None:
    """The one press that goes on from here: a question is closed, then told, then the next is opened."""
    now = lesson.now
    if now and lesson.page != "question":
        return {"do": "page", "page": "question", "says": "back to the question"}
    if now and now.state == OPEN:
        return {"do": "close", "says": "close the question"}
    if now and now.state == CLOSED and lesson.chapter.task(now.key).kind != "text":
        return {"do": "tell", "says": "show what the model gives"}
    asked = {r.key for r in lesson.rounds}
    coming = next((t.key for t in lesson.chapter.tasks if t.key not in asked), None)
    return (
        {"do": "open", "key": coming, "says": "open the next question" if now else "open the first question"}
        if coming
        else None
    )


def desk(lesson: Lesson, drawn, roles, plans, at: float) -> dict:
    """What the teacher sees: the wall's, the list of questions, and, once a question is closed, every text."""
    out = wall(lesson, drawn, roles, plans, at)
    asked = {r.key: r.state for r in lesson.rounds}
    out["tasks"] = [
        {
            "key": t.key,
            "kind": t.kind,
            "prompt": asked_words(t),
            "prediction": t.prediction,
            "state": asked.get(t.key, ""),
        }
        for t in lesson.chapter.tasks
    ]
    out["plans"] = list(plans)
    out["told"] = [
        {"who": w, "claim": c, "line": line, "shown": [w, c] in lesson.lines}
        for w, mine in lesson.unclear.items()
        for c, line in mine.items()
        if line
    ]
    now = lesson.now
    if now is not None:
        out["question"]["hands"] = sum(now.hands.values())
        if now.state != OPEN and out["question"]["kind"] == "text":
            out["question"]["all"] = [{"who": w, "text": t, "shown": w in now.shown} for w, t in texts(now).items()]
    return out


def texts(now: Round) -> dict[str, str]:
    """Every text of a round by phone; a text that the teacher typed for a hand stands for itself."""
    return {**now.answers, **{t: t for t in now.hands}}


def values(now: Round) -> list[float]:
    """Every number of a round, in order."""
    return sorted([*now.answers.values(), *(float(v) for v, n in now.hands.items() for _ in range(n))])


def tally(task: Task, now: Round) -> dict[str, int]:
    """How often each option of a choice was taken."""
    counts = Counter(now.answers.values())
    return {o: counts[o] + now.hands.get(o, 0) for o in task.options}


def result(lesson: Lesson, now: Round, drawn: Mapping[str, dict]) -> dict:
    """What came of a closed question, and, once it is told, what the model gives."""
    task, told = lesson.chapter.task(now.key), now.state == TOLD
    out: dict = {"words": _told(task)} if told else {}
    picture = drawn.get(task.key, {})
    if task.kind == "text":
        every = texts(now)
        return out | {"shown": [every[w] for w in now.shown if w in every]}
    if task.kind == "choice":
        out["tally"] = tally(task, now)
        if told and task.correct:
            out["correct"] = task.correct
        return out | ({"picture": picture["svg"], "alt": picture["words"]} if told and picture else {})
    given, model = values(now), outcome(task)[0] if told else None
    axis = pictures.axis_of(picture.get("axes", ()), task.unit)
    svg = picture["svg"] if told and axis else ""
    lying = (
        pictures.bare(axis) if axis else pictures.plain_axis([*given, *([] if model is None else [model])], task.unit)
    )
    out["picture"] = pictures.drawing(axis if svg else lying, given, model, svg)
    out["alt"] = _spread(given, task.unit)
    out["spread"] = out["alt"]
    if model is not None:
        out["alt"] += f" The model gives {number(model)} {task.unit}."
    return out


def _spread(given: Sequence[float], unit: str) -> str:
    """A class's numbers in words."""
    if not given:
        return "Nobody gave a number."
    if len(given) < 4:
        return f"The numbers given, in {unit or 'numbers'}: {'; '.join(number(v) for v in given)}."
    low, middle, high = statistics.quantiles(given, n=4, method="inclusive")
    return (
        f"{len(given)} numbers{f' ({unit})' if unit else ''}: middle {number(middle)}, half of all between {number(low)} and "
        f"{number(high)}, from {number(given[0])} to {number(given[-1])}."
    )


def clock(lesson: Lesson, plans: Mapping[str, tuple[Step, ...]], at: float) -> dict | None:
    """Where a plan stands: the step's words, seconds left in it, what comes next; None where no plan runs."""
    steps = plans.get(lesson.plan)
    if not steps:
        return None
    passed = lesson.elapsed(at)
    here = next((i for i, s in enumerate(steps) if passed < 60 * s.end), len(steps) - 1)
    step = steps[here]
    return {
        "plan": lesson.plan,
        "says": step.says,
        "left": max(0, round(60 * step.end - passed)),
        "minute": int(passed // 60),
        "paused": bool(lesson.paused),
        "next": steps[here + 1].says if here + 1 < len(steps) else "",
        "steps": [[s.start, s.end, s.says] for s in steps],
        "here": here,
    }


def _says(lesson: Lesson, claim: str) -> str:
    return next(c.paraphrase for c in lesson.chapter.claims if c.id == claim)


def _line(lesson: Lesson, who: str, claim: str) -> str:
    return lesson.unclear.get(who, {}).get(claim, "")

"""Checking an answer: the key is a model run under the case in use; feedback is one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from numbers import Real

from tumen.brief import model as find_model
from tumen.core import Model, Problem, nearest
from tumen.core.case import Case
from tumen.core.frozen import frozen
from tumen.core.words import amount, exact, number
from tumen.tasks.definitions import Answer, Task
from tumen.tasks.numerals import read_numeral


@frozen
class Feedback:
    """What a reader is told: the state (right, close, wrong, recorded) and one sentence.

    `mistake` is the place, among the task's mistakes, of the one that was made; None where it is none we know.
    """

    state: str
    says: str
    mistake: int | None = None


def run_answer(answer: Answer, case: Case | None = None) -> tuple[float, dict]:
    """The key's number under a case, and the inputs of the run; raises `Problem` where the run cannot be made."""
    model = find_model(answer.model)
    model = case.apply(model) if case else model
    result = model(**_given(model, answer.set))
    name, _, entry = answer.output.partition(".")
    value = result[name]
    if isinstance(value, Mapping):
        if entry not in value:
            raise Problem(f"{answer.model} gives a table for {name}; name a number of it: {nearest(entry, value)}.")
        value = value[entry]
    if not isinstance(value, Real):
        raise Problem(f"{answer.model} gives words for {answer.output}; a number task needs a number.")
    return float(value) * answer.times, result.inputs


VERDICTS = {"right": "Right", "close": "Nearly", "wrong": "Not yet"}  # with which what is told of an answer begins

Run = Callable[[Answer, Case | None], tuple[float, dict]]  # run_answer, or one that remembers


def _given(model: Model, given: dict) -> dict:
    """The task's own values, as the model takes them."""
    return {name: model.quantity(name).parse(v) if isinstance(v, str) else v for name, v in given.items()}


def filled(words: str, task: Task, case: Case | None = None, run: Run = run_answer) -> str:
    """A task's words with {answer} and {input} filled from its model run under the case."""
    return _filled(words, task.answer, case, run)


def asked_words(task: Task, case: Case | None = None, run: Run = run_answer) -> str:
    """A task's question in words, with the numbers of its run; as it stands where the model gives none."""
    try:
        return filled(task.prompt, task, case, run)
    except Problem:
        return task.prompt


def worked(task: Task, case: Case | None = None) -> str:
    """The worked example before a task, in words, with the numbers of its own run; empty where it has none."""
    return _filled(task.worked.says, task.worked.answer, case, run_answer) if task.worked else ""


def _filled(words: str, answer: Answer | None, case: Case | None, run: Run) -> str:
    if "{" not in words or answer is None:
        return words
    value, inputs = run(answer, case)
    names = {"answer": number(value), **{k: _given_words(v) for k, v in inputs.items()}}
    for name, text in names.items():
        words = words.replace("{" + name + "}", text)
    return words


def _given_words(value) -> str:
    """An input as a reader must know it to compute: not rounded."""
    return exact(value) if isinstance(value, (int, float)) else amount(value)


def read_number(text: str, unit: str = "") -> float:
    """A number as a reader types it for a unit (1,500,000, 20% or 18만); raises `Problem` (see `read_numeral`).

    >>> read_number("1,500,000"), read_number("20%")
    (1500000.0, 0.2)
    """
    return read_numeral(text, unit).value


def check(task: Task, given, case: Case | None = None, run: Run = run_answer) -> Feedback:
    """Check an answer against the task under the case in use.

    `given` is a float, an option's letter or words. Predictions, free text and what a course grades are recorded.
    """
    if task.prediction or task.graded or task.kind == "text":
        return Feedback("recorded", "Recorded.")
    return _check_choice(task, given, case, run) if task.kind == "choice" else _check_number(task, given, case, run)


@frozen
class Band:
    """The numbers no further than `reach` from `at`, and what is said to them."""

    at: float
    reach: float
    says: Feedback


ELSE = Feedback("wrong", "That is not what the model gives; the hint says where to look.")
CLOSE = Feedback("close", "Close, but outside what rounding explains; check the last step.")
UNIT = Feedback("wrong", "The digits are right, the unit is a thousand times off.")


def _check_choice(task: Task, given: str, case, run) -> Feedback:
    if given not in task.options:
        raise Problem(f"choose one of {', '.join(task.options)}.")
    return to_option(task, given, case, run)


def to_option(task: Task, option: str, case: Case | None = None, run: Run = run_answer) -> Feedback:
    """What is said to an option of a choice."""
    if option == task.correct:
        return Feedback("right", filled(task.right, task, case, run) or "Your choice is the one the model gives.")
    found = next((i for i, m in enumerate(task.mistake) if m.option == option), None)
    return ELSE if found is None else Feedback("wrong", task.mistake[found].says, found)


def _check_number(task: Task, given: float, case, run) -> Feedback:
    said = next((b.says for b in bands(task, case, run) if abs(given - b.at) <= b.reach), ELSE)
    return replace(said, says=said.says.replace(GIVEN, number(given)))


GIVEN = "{given}"  # stands for the number that was given


def bands(task: Task, case: Case | None = None, run: Run = run_answer) -> list[Band]:
    """What a number is told, as bands of which the first that holds it speaks; what none holds is told `ELSE`.

    The first are right, among them the key rounded to two digits that count or more; then come the mistakes, what is
    close, and what is a thousand times off. Raises `Problem` for a task that has no number for an answer.
    """
    asked = task.answer
    if asked is None:
        raise Problem(f"{task.key} has no answer to be checked against.")
    key, _ = run(asked, case)
    right = Feedback("right", filled(task.right, task, case, run) or f"{GIVEN} is what the model gives.")
    out = [_around(key, asked.within, right)]
    if key:
        rounded = dict.fromkeys(float(f"{key:.{n}e}") for n in range(1, 7))
        out += [Band(r, 1e-12 * abs(r), right) for r in rounded]
    for i, m in enumerate(task.mistake):
        slip, within = (m.value, asked.within) if m.answer is None else (run(m.answer, case)[0], m.answer.within)
        if slip is not None and not _near(slip, key, asked.within):
            out.append(_around(slip, within, Feedback("wrong", m.says, i)))
    if key:
        out.append(_around(key, max(0.1, 3 * asked.within), CLOSE))
    return [*out, _around(1000 * key, 0.02, UNIT), _around(key / 1000, 0.02, UNIT)]


def _around(at: float, within: float, says: Feedback) -> Band:
    return Band(at, within * abs(at) if at else within, says)


def _near(a: float, b: float, within: float) -> bool:
    return abs(a - b) <= (within * abs(b) if b else within)


def solved(task: Task, case: Case | None = None, run: Run = run_answer) -> str:
    """The solution in words, with the number the model gives under the case in use."""
    words = filled(task.solution, task, case, run)
    if task.kind == "choice" and task.correct:
        return f"({task.correct}) {closed(task.options[task.correct])} {words}".strip()
    if task.kind == "number" and task.answer and "{answer}" not in task.solution:
        value = f"{number(run(task.answer, case)[0])} {task.unit}".strip()
        return f"{closed(value)} {words}".strip()
    return words


def closed(words: str) -> str:
    """Words with one full stop at their end, unless they end a sentence already, in quotes or brackets too.

    >>> closed("about 0.13"), closed("Never."), closed("“Who gains?”")
    ('about 0.13.', 'Never.', '“Who gains?”')
    """
    words = words.rstrip()
    return words if ENDED.search(words) else f"{words}."


ENDED = re.compile(r"[.!?…][”’\"')\]]*$")

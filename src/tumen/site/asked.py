"""A task as a page asks it: the field, its hint and solution, and the rules by which the page itself answers."""

from __future__ import annotations

import json
from html import escape

from tumen.core.case import Case
from tumen.core.words import number
from tumen.page.wording import CHECK, LEFT_OUT
from tumen.site.sheet import Sheet
from tumen.tasks import Task, solved
from tumen.tasks.check import ELSE, VERDICTS, Run, bands, filled, run_answer, to_option, worked
from tumen.tasks.numerals import shared_rules, unit_rules


def rules(task: Task, case: Case | None = None, run: Run = run_answer) -> dict:
    """What a page needs to answer a task as `tumen.tasks.check` does; for JSON. `reader` of a number has its unit's rules.

    `bands` are [at, reach, state, sentence] in order, `otherwise` and each of `options` are [state, sentence]; a
    prediction has its outcome in `after` instead, and a free text has neither.
    """
    out: dict = {"key": task.key, "kind": task.kind}
    if task.kind == "number":
        out["reader"] = unit_rules(task.unit)
    if task.prediction:
        return {**out, "after": filled(task.right, task, case, run)}
    if task.graded or task.kind == "text":
        return out
    if task.kind == "choice":
        told = {k: to_option(task, k, case, run) for k in task.options}
        return {**out, "options": {k: [f.state, f.says] for k, f in told.items()}}
    found = [[b.at, b.reach, b.says.state, b.says.says] for b in bands(task, case, run)]
    return {**out, "bands": found, "otherwise": [ELSE.state, ELSE.says]}


def shared() -> str:
    """The rules that every task of a page goes by, as JSON in a tag that nothing runs."""
    return f'<script type="application/json" id="rules">{_json({**shared_rules(), "words": VERDICTS})}</script>'


def prediction(task: Task, sheet: Sheet) -> str:
    """A prediction: what is asked and a place for the guess; what answers it follows, closed (see `veil`)."""
    sheet.asked.add(task.key)
    name = f"Prediction {sheet.number('prediction')}"
    note = '<p class="note onpaper">Your guess: ____________________ Write it down before you read on.</p>'
    return _asked(name, task, sheet, "guess", note)


def task(task: Task, sheet: Sheet) -> str:
    """A task with its hint and its solution closed; before it its worked example, and the step that one leaves out."""
    like, before = escape(worked(task, sheet.session.case)), ""
    example = f"<p><b>Worked example.</b> {like}</p>" if like else ""
    if task.step:
        name = f"Worked example {sheet.number('example')}"
        before = _asked(name, task.step, sheet, CHECK, _helps(name, task.step, sheet), f"{example}<p>{LEFT_OUT}</p>")
        example = ""
    name = f"Task {sheet.number('task')}"
    size = f"counts: {number(task.points)} point{'' if task.points == 1 else 's'}" if task.graded else task.size
    return before + _asked(f"{name}, {size}", task, sheet, "check", _helps(name, task, sheet), example)


def _helps(name: str, task: Task, sheet: Sheet) -> str:
    """A task's hint and solution, closed."""
    hint = filled(task.hint, task, sheet.session.case)
    parts = [sheet.close(name, "hint", f"<p>{escape(hint)}</p>")] if hint else []
    if task.solution:
        parts.append(sheet.close(name, "solution", f"<p>{escape(solved(task, sheet.session.case))}</p>"))
    return "".join(parts)


def argument(task: Task, sheet: Sheet) -> str:
    """A question for free text, with two answers that disagree closed beneath it."""
    name = f"In your own words {sheet.number('argue')}"
    views = "".join(f"<p><b>{escape(who)}:</b> {escape(words)}</p>" for who, words in task.views.items())
    return _asked(name, task, sheet, "", sheet.close(name, "two answers that disagree", views) if views else "")


def _asked(name: str, task: Task, sheet: Sheet, button: str, after: str, before: str = "") -> str:
    prompt = escape(filled(task.prompt, task, sheet.session.case))
    unit = f' <span class="note unit">(in {escape(task.unit)})</span>' if task.unit and task.kind == "number" else ""
    place = f"q{sheet.number('question')}"
    data = escape(_json(rules(task, sheet.session.case)))
    said = '<p class="told" role="status"></p>'
    return (
        f'<section class="task" aria-label="{escape(name)}" data-task="{data}"><p class="name">{escape(name)}</p>'
        f'{before}<p id="{place}">{prompt}{unit}</p>{_field(task, place, button)}{said}{after}</section>'
    )


def _field(task: Task, place: str, button: str) -> str:
    """Where the answer goes: without a script options are a list and a number has no field, for nothing would take it."""
    options = "".join(f"<li>({escape(k)}) {escape(v)}</li>" for k, v in task.options.items())
    listed = f'<ul class="options">{options}</ul>' if options else ""
    if task.kind == "choice":
        choices = "".join(
            f'<label><input type="radio" name="{place}-choice" value="{escape(k)}"> ({escape(k)}) {escape(v)}</label>'
            for k, v in task.options.items()
        )
        field = f'<fieldset aria-labelledby="{place}">{choices}</fieldset>'
    elif task.kind == "number":
        words = f"your answer, {task.unit}" if task.unit else "your answer"
        field = (
            f'<label for="{place}-n">{escape(words)}</label> <input type="text" id="{place}-n" inputmode="text" '
            f'autocomplete="off" spellcheck="false" size="14" aria-describedby="{place}">'
        )
    else:
        field = f'<label for="{place}-t">your answer</label><textarea id="{place}-t" rows="4" aria-describedby="{place}"></textarea>'
    press = f' <button type="submit">{button}</button>' if button else ""
    return f'{listed}<form class="live" hidden>{field}{press}</form>'


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")

"""The reader's own record as one HTML file: predictions, answers, writing, and saved cases with their pictures."""

from __future__ import annotations

import base64
import datetime as dt
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tumen.apps.desk import Desk
from tumen.apps.tables import assumptions, html_table, shown
from tumen.core import Case, Model, Problem
from tumen.core.files import write_atomic
from tumen.core.result import verdict_words
from tumen.core.words import number
from tumen.tasks import Task, check, read_tasks, task_themes
from tumen.tasks.check import filled

NAME = "notes.html"
STATES = {"right": "Agrees with the model.", "close": "Close.", "wrong": "Not yet.", "recorded": "Recorded."}
MARK = '<meta name="generator" content="Tumen notes">'
HEAD = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    f'<meta name="referrer" content="no-referrer">\n{MARK}\n<title>My notes on a report of 2002</title>\n'
    "<style>body { font: 16px/1.5 Arial, 'Liberation Sans', Helvetica, sans-serif; color: #1F2328; background: #FBFAF7; "
    "max-width: 44em; margin: 2em auto; padding: 0 1em } figure { margin: 1em 0 } img { max-width: 100%; height: auto } "
    "table { border-collapse: collapse; font-size: 14px } th, td { text-align: left; padding: 3px 12px 3px 0; "
    "border-bottom: 1px solid #E3E0D8; vertical-align: top } .said { white-space: pre-wrap; border-left: 3px solid #767676; "
    "padding-left: 12px; overflow-wrap: anywhere } .state { color: #5A6068; font-size: 14px } "
    "@media print { body { margin: 0; max-width: none } article { break-inside: avoid } }</style>\n</head>\n<body>\n<main>\n"
)


@dataclass(frozen=True)
class Notes:
    """Where the notes were written, and what is in them."""

    path: Path
    words: str

    def __repr__(self):
        return self.words

    def _repr_html_(self):
        name = escape(self.path.name)
        return f'<p>{escape(self.words)} <a href="{name}" target="_blank">open {name}</a></p>'


def write_notes(desk: Desk) -> Notes:
    """Write the reader's record into the desk's folder as one file that asks for nothing outside itself.

    Earlier notes are replaced, whole or not at all; another file of that name is left alone. Raises `Problem`
    where the folder cannot be written.
    """
    desk.answers.reload()
    cases = desk.saved.reload()
    parts, counts = _answers(desk)
    parts += [_case(name, case, desk) for name, case in cases.items()]
    if cases:
        parts.insert(len(parts) - len(cases), "<h2>Saved cases</h2>")
        counts["saved case"] = len(cases)
    words = _listed(counts)
    when = dt.datetime.now().astimezone()
    intro = (
        "<h1>My notes</h1>\n<p>On Suh Dong-man, <cite>North Korean Defectors and Inter-Korean Reconciliation and "
        f"Cooperation</cite>, 7 May 2002. Written by the workbook Tumen on {when.day} {when:%B %Y} with {escape(words)}. "
        "What models give follows from their assumptions; it is no evidence about the world.</p>"
    )
    path = _free(desk.folder)
    try:
        write_atomic(path, HEAD + "\n".join([intro, *parts]) + "\n</main>\n</body>\n</html>\n")
    except (OSError, UnicodeEncodeError) as e:
        why = getattr(e, "strerror", None) or "an answer holds half of a character"
        raise Problem(f"{path.name} could not be written here ({why}).") from None
    trouble = "".join(f" Left out: {t}" for t in desk.saved.troubles)
    return Notes(path, f"Written beside this notebook: {path.name}, with {words}.{trouble}")


def _free(folder: Path) -> Path:
    """The file of earlier notes, or a name at which nothing else stands."""
    path, n = folder / NAME, 2
    while path.exists() and not _ours(path):
        path, n = folder / f"notes-{n}.html", n + 1
    return path


def _ours(path: Path) -> bool:
    try:
        return MARK in path.read_text(encoding="utf-8", errors="replace")[: len(HEAD)]
    except OSError:
        return False


def _listed(counts: Counter) -> str:
    """What is in the notes, in words."""
    named = [f"{n} {what}{'' if n == 1 else 's'}" for what, n in counts.items() if n]
    return (
        " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]])) or "nothing yet: no answer and no saved case"
    )


# --- predictions, answers, writing -----------------------------------------------------------------


def _answers(desk: Desk) -> tuple[list[str], Counter]:
    """The sections of every theme with an answer, in the order of the tasks, and how many there are of what."""
    left = {k: e for k, e in desk.answers.entries.items() if e.get("state") != "skipped"}
    counts = Counter({"prediction": 0, "answer": 0, "piece of writing": 0})
    parts = []
    for theme in task_themes(desk.folder):
        tasks = [t for t in _tasks(theme, desk).values() if t.key in left]
        if tasks:
            parts.append(f"<h2>{escape(theme.capitalize())}</h2>")
        for task in tasks:
            counts[_kind(task)] += 1
            parts.append(_answer(task, left.pop(task.key), desk))
    if left:
        counts["other record"] = len(left)
        rows = [[key, _plain(entry.get("value"))] for key, entry in sorted(left.items())]
        parts.append("<h2>Other records</h2>" + html_table(["what", "recorded"], rows))
    return parts, counts


def _tasks(theme: str, desk: Desk) -> dict[str, Task]:
    from tumen.core.files import shipped

    own = desk.folder / "tasks" / f"{theme}.toml"
    return read_tasks(own if own.is_file() else shipped("workbooks", "tasks", f"{theme}.toml"))


def _kind(task: Task) -> str:
    return "prediction" if task.prediction else "piece of writing" if task.kind == "text" else "answer"


def _answer(task: Task, entry: dict, desk: Desk) -> str:
    """One prompt, what was answered, and how it stands."""
    value = entry.get("value")
    said = f"({value}) {task.options[value]}" if isinstance(value, str) and value in task.options else _plain(value)
    if task.unit and task.kind == "number":
        said = f"{said} {task.unit}"
    lines = [f'<article><p>{escape(_filled(task.prompt, task, desk))}</p><p class="said">{escape(said)}</p>']
    for words in _standing(task, entry, desk):
        lines.append(f'<p class="state">{escape(words)}</p>')
    return "".join([*lines, "</article>"])


def _standing(task: Task, entry: dict, desk: Desk) -> list[str]:
    if task.prediction:
        return [f"Predicted. {_filled(task.right, task, desk)}".strip()]
    if task.kind == "text":
        return [f"Recorded on {str(entry.get('when', ''))[:10]}." if entry.get("when") else "Recorded."]
    try:
        feedback = check(task, entry.get("value"), desk.case)
    except (Problem, TypeError, ValueError):  # an answer to an earlier form of the task
        return ["Recorded; it cannot be checked against the task as it now stands."]
    return [f"{STATES[feedback.state]} {feedback.says}"]


def _filled(words: str, task: Task, desk: Desk) -> str:
    try:
        return filled(words, task, desk.case)
    except Problem:
        return words


def _plain(value) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value, 6)
    return "" if value is None else str(value)


# --- saved cases -----------------------------------------------------------------------------------


def _case(name: str, case: Case, desk: Desk) -> str:
    """One saved case: for each model what it changes, the picture, and what holds."""
    from tumen.themes import models

    known = models()
    inside = "".join(_setting(known[key], case) for key in case.overrides)
    by = f" by {escape(case.author)}" if case.author else ""
    return f"<article><h3>{escape(name)}{by}</h3>{inside}</article>"


def _setting(model: Model, case: Case) -> str:
    changed = case.apply(model)
    rows = [r for r, q in zip(assumptions(changed)[1], changed.quantities, strict=True) if q != model.quantity(q.key)]
    was = {q.label: shown(q, q.value) for q in model.quantities}
    table = html_table(
        ["what it changes", "to", "range", "unit", "declared"], [[r[0], r[1], r[2], r[3], was[r[0]]] for r in rows]
    )
    try:
        result = changed()
    except Problem as fault:
        return f"<p>{escape(model.question)}</p>{table}<p>{escape(str(fault))}</p>"
    verdict = changed.verdict(result) if changed.verdict else ""
    held = verdict or " ".join(f"{v.claim}: {verdict_words(v)}." for v in result.findings)
    return f"<h4>{escape(model.question)}</h4>{table}{_figure(model, result)}<p>{escape(held)}</p>"


def _figure(model: Model, result) -> str:
    """The model's picture of that setting beside its declared start: an image that carries everything it needs."""
    import vl_convert

    from tumen.themes import picture

    drawn, start = picture(model.key), model()
    svg = vl_convert.vegalite_to_svg(drawn.spec(drawn.rows(result, start)))
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    words = escape(drawn.words(result, start))
    image = f'<img src="data:image/svg+xml;base64,{data}" alt="{words}">'
    return f"<figure>{image}<figcaption>{escape(drawn.caption)}</figcaption></figure>"

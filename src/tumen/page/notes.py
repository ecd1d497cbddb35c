"""The reader's own record as one HTML file: predictions, answers, writing, and saved cases with their pictures."""

from __future__ import annotations

from collections import Counter
from html import escape

from tumen.core import Case, Model, Problem
from tumen.core.home import home
from tumen.core.result import judged
from tumen.core.words import counted, listed
from tumen.evidence.dates import say
from tumen.page.own_page import Written, answer, figure, kind, plain, today, write_page
from tumen.page.session import Session
from tumen.page.tables import assumptions, html_table, shown
from tumen.tasks import task_themes, tasks_of


def write_notes(session: Session) -> Written:
    """Write the reader's record into the session's folder as one file that asks for nothing outside itself.

    Earlier notes are replaced, whole or not at all; another file of that name is left alone. Raises `Problem`
    where the folder cannot be written.
    """
    session.keep_all()
    session.answers.reload()
    cases = session.saved.reload()
    parts, counts = _answers(session)
    parts += [_case(name, case, session) for name, case in cases.items()]
    if cases:
        parts.insert(len(parts) - len(cases), "<h2>Saved cases</h2>")
        counts["saved case"] = len(cases)
    words, meta = _listed(counts), home().meta
    intro = (
        f"<h1>My notes</h1>\n<p>On {escape(meta.author)}, <cite>{escape(meta.title)}</cite>, {say(meta.date)}. Written by the workbook Tumen on {today()} with {escape(words)}. "
        "What models give follows from their assumptions; it is no evidence about the world.</p>"
    )
    path = write_page(session.folder, "notes", f"My notes on a report of {meta.date.year}", [intro, *parts])
    trouble = "".join(f" Left out: {t}" for t in session.saved.troubles)
    return Written(path, f"Written beside this notebook: {path.name}, with {words}.{trouble}")


def _listed(counts: Counter) -> str:
    """What is in the notes, in words."""
    named = [counted(n, what) for what, n in counts.items() if n]
    return listed(named or ["nothing yet: no answer and no saved case"])


def _answers(session: Session) -> tuple[list[str], Counter]:
    """The sections of every theme with an answer, in the order of the tasks, and how many there are of what."""
    left = {k: e for k, e in session.answers.standing().items() if e.get("state") != "skipped"}
    counts = Counter({"prediction": 0, "answer": 0, "piece of writing": 0})
    parts = []
    for theme in task_themes(session.folder):
        tasks = [t for t in tasks_of(theme, session.folder).values() if t.key in left]
        if tasks:
            parts.append(f"<h2>{escape(theme.capitalize())}</h2>")
        for task in tasks:
            counts[kind(task)] += 1
            parts.append(answer(task, left.pop(task.key), session))
    if left:
        counts["other record"] = len(left)
        rows = [[key, plain(entry.get("value"))] for key, entry in sorted(left.items())]
        parts.append("<h2>Other records</h2>" + html_table(["what", "recorded"], rows))
    return parts, counts


# --- saved cases -----------------------------------------------------------------------------------


def _case(name: str, case: Case, session: Session) -> str:
    """One saved case: for each model what it changes, the picture, and what holds."""
    from tumen.brief import models

    known = models()
    inside = "".join(_setting(session.model(known[key]).declared, case) for key in case.overrides)
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
    held = verdict or judged(result.findings)
    return f"<h4>{escape(model.question)}</h4>{table}{figure(model, result)}<p>{escape(held)}</p>"

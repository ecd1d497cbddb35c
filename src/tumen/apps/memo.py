"""The reader's memo as one HTML file: "no alternative" rewritten, with the conditions and numbers of a setting of theirs."""

from __future__ import annotations

from html import escape

from tumen.apps.desk import Desk
from tumen.apps.page import Written, figure, today, write_page
from tumen.apps.record import given, outcome, prompt
from tumen.apps.tables import html_table, shown
from tumen.core import Case, Model, Problem, Result, nearest
from tumen.core.home import home
from tumen.core.result import place, verdict_words
from tumen.core.words import number
from tumen.evidence.dates import say
from tumen.tasks import Task, task_themes, tasks_of
from tumen.tasks.answers import DRAFT

THEME = "alternatives"
CLAIM = "S3P1-f"
# The writing the memo is made of: the task, the heading it stands under, and what it is called where it is missing.
CLAUSE = (f"{THEME}.clause", "As I would write it", "the clause")
PROOF = (f"{THEME}.proof", "When I would be proved wrong", "the date by which you would be proved wrong")
AGAINST = (f"{THEME}.mind", "The strongest reason against me, and what would change my mind", "the reason against you")
OUTSIDE = (f"{THEME}.right", "What no table holds", "whether a right can be an outcome in a table")
CHAPTERS = ("choice", "counting", "crisis", "flows", "publicity", "dialogue", "hindsight", THEME)


def write_memo(desk: Desk, name: str = "") -> Written:
    """Write the memo into the desk's folder: the reader's clause, the conditions found, the numbers, the record.

    `name` is a saved setting of the robust model; without one the setting saved last is taken, or the starting case
    where none is. Raises `Problem` for a name that is none, and where the folder cannot be written.
    """
    desk.keep_all()
    desk.answers.reload()
    title, case = _chosen(desk, name)
    declared = _model()
    model = case.apply(desk.model(declared))
    result = model()
    parts = [_opening(title), _claim(), _own(CLAUSE, desk), _conditions(result), _findings(result)]
    parts += [_own(part, desk) for part in (AGAINST, PROOF, OUTSIDE)]
    parts += [_fares(declared, result), _values(declared, result), _record(desk), _colophon()]
    path = write_page(desk.folder, "memo", "Memo: is there an alternative?", parts)
    missing = [what for key, _, what in (CLAUSE, AGAINST, PROOF, OUTSIDE) if not _said(key, desk)]
    words = f"Written beside this notebook: {path.name}, with {title}."
    if typed := [
        what for key, _, what in (CLAUSE, AGAINST, PROOF, OUTSIDE) if key in desk.answers.drafts and _said(key, desk)
    ]:
        words += f" As it stands in the box, not recorded: {'; '.join(typed)}."
    if missing:
        words += f" Still to write: {'; '.join(missing)}. Run this cell again when you have."
    return Written(path, words + "".join(f" Left out: {t}" for t in desk.saved.troubles))


def _model() -> Model:
    from tumen.brief import model

    return model(f"{THEME}.robust")


def _chosen(desk: Desk, name: str) -> tuple[str, Case]:
    """The setting the memo speaks of, in words and as a case."""
    desk.saved.reload()
    saved = desk.saved.of(_model())
    if name and name not in saved:
        other = nearest(name, saved) if saved else "save one in the app first, or write the memo without a name"
        raise Problem(f"no setting {name!r} of alternatives.robust is saved beside this notebook; {other}.")
    if not saved:
        used = f"the case in use, “{desk.case.title}”" if desk.case.overrides.get(_model().key) else "the starting case"
        return f"{used}, as no setting of yours is saved", Case()
    name = name or max(saved, key=lambda n: saved[n].path.stat().st_mtime)
    return f"your setting “{name}”", saved[name]


# --- the claim and the clause ----------------------------------------------------------------------


def _opening(title: str) -> str:
    meta = home().meta
    return (
        f"<h1>Memo: is there an alternative?</h1>\n<p>On one claim of {escape(meta.author)}, <cite>{escape(meta.title)}</cite>, "
        f"{say(meta.date)}. Written with the workbook Tumen on {today()}, from {escape(title)}.</p>"
    )


def _claim() -> str:
    from tumen.evidence.ledger import claim

    said = claim(CLAIM)
    return (
        f"<h2>The claim</h2>\n<p><b>{CLAIM}</b> {escape(said.paraphrase)} In our paraphrase; it takes for granted: "
        f"{escape(said.hidden_assumptions)}. The report: {escape(home().meta.link)}</p>"
    )


def _own(part: tuple[str, str, str], desk: Desk) -> str:
    """A piece of the reader's writing under its heading, or what is still to be written."""
    key, heading, what = part
    said = _said(key, desk)
    body = f'<p class="said">{escape(said)}</p>' if said else f'<p class="state">Not written yet: {escape(what)}.</p>'
    return f"<h2>{escape(heading)}</h2>\n{body}"


def _said(key: str, desk: Desk) -> str:
    entry = desk.answers.standing().get(key) or {}
    value = entry.get("value")
    return value.strip() if isinstance(value, str) and entry.get("state") != "skipped" else ""


# --- what the setting gives ------------------------------------------------------------------------


def _conditions(result: Result) -> str:
    """The conditions found: the box, where the lead changes, and what is worth learning."""
    from suh2002.alternatives import charts_box, charts_learning, charts_unknowns

    items = (charts_box.said(result), charts_unknowns.reading(result), charts_learning.reading(result))
    return (
        "<h2>The conditions found in this setting</h2>\n<ul>"
        + "".join(f"<li>{escape(i)}</li>" for i in items)
        + "</ul>"
    )


def _findings(result: Result) -> str:
    model = result.model
    said = [
        f"<p>{place(v)}: {escape(verdict_words(v))}. The model {f.relation} the claim and does not settle it: {escape(f.differs)}.</p>"
        for v, f in zip(result.findings, model.findings, strict=True)
    ]
    return f"<h2>How near the model comes to the claim</h2>\n{''.join(said)}<p>{escape(model.verdict(result))}</p>"


def _fares(declared: Model, result: Result) -> str:
    """How each policy fares, as a picture with its words and as a table."""
    from suh2002.alternatives.models import SAID, in_hundred

    rows = [
        [SAID[p], in_hundred(share), number(result["mean_regret"][p], 2), number(result["max_regret"][p], 2)]
        for p, share in result["best_share"].items()
    ]
    head = ["policy", "best in so many of 100 cases", "mean regret, points", "largest regret, points"]
    return f"<h2>How the policies fare</h2>\n{figure(declared, result)}{html_table(head, rows)}"


def _values(declared: Model, result: Result) -> str:
    """Every value and unknown of the setting beside the declared one."""
    rows = []
    for q in declared.quantities:
        now, was = shown(q, result.inputs[q.key]), shown(q, q.value)
        kind = "a value" if q.key.startswith(("weight_", "per_")) or q.key == "rule" else "an unknown, or ours"
        rows.append([q.label, now, was if was != now else "the same", q.unit, kind])
    head = ["", "in this memo", "as the workbook starts", "unit", "what it is"]
    return f"<h2>What I assumed</h2>\n{html_table(head, rows)}<p>{escape(result.model.leaves_out)}</p>"


# --- the record --------------------------------------------------------------------------------------


def _record(desk: Desk) -> str:
    """Predictions beside what came, and writing from the earlier chapters."""
    predicted, written = [], []
    standing = desk.answers.standing()
    for theme in sorted(set(task_themes(desk.folder)), key=_place):
        for task in tasks_of(theme, desk.folder).values():
            entry = standing.get(task.key)
            if not entry or entry.get("state") == "skipped":
                continue
            if task.prediction and entry.get("state") != DRAFT:
                predicted.append([theme, prompt(task, desk), given(task, entry), outcome(task, desk)])
            elif task.kind == "text" and theme != THEME:
                written.append(_writing(theme, task, entry, desk))
    head = ["chapter", "asked", "I predicted", "beside it"]
    table = html_table(head, predicted) if predicted else '<p class="state">No prediction is kept in this folder.</p>'
    earlier = "<h2>What I wrote in earlier chapters</h2>\n" + "".join(written) if written else ""
    return f"<h2>What I predicted</h2>\n{table}{earlier}"


def _place(theme: str) -> tuple[int, str]:
    return (CHAPTERS.index(theme) if theme in CHAPTERS else -1, theme)


def _writing(theme: str, task: Task, entry: dict, desk: Desk) -> str:
    return (
        f"<article><p>{escape(theme)}: {escape(prompt(task, desk))}</p>"
        f'<p class="said">{escape(given(task, entry))}</p></article>'
    )


def _colophon() -> str:
    return (
        '<p class="state">Shares and regrets describe the assumptions above and nothing else; they are no evidence about the world. '
        "The utility by which policies are compared is a chosen one.</p>"
    )

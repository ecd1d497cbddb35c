"""The reader's memo as one HTML file: their words on one claim, with the conditions and numbers of a setting of theirs."""

from __future__ import annotations

from html import escape

from tumen.brief import brief, model
from tumen.core import Case, Model, Problem, Result, nearest
from tumen.core.home import home
from tumen.core.paper import Paper, Piece
from tumen.core.result import place, verdict_words
from tumen.evidence.dates import say
from tumen.page.own_page import Written, figure, given, outcome, prompt, today, write_page
from tumen.page.session import Session
from tumen.page.tables import html_table, shown
from tumen.tasks import Task, task_themes, tasks_of
from tumen.tasks.answers import DRAFT


def write_memo(session: Session, name: str = "") -> Written:
    """Write the memo of the brief in use into the session's folder: the reader's words, the conditions, the numbers, the record.

    `name` is a saved setting of its model; without one the setting saved last is taken, or the starting case where
    none is. Raises `Problem` for a name that is none, where the brief asks for no memo, and where the folder cannot be
    written.
    """
    paper = brief().memo
    session.keep_all()
    session.answers.reload()
    declared = session.model(model(paper.model)).declared
    title, case = _chosen(session, declared, name)
    result = case.apply(session.model(declared))()
    parts = [_opening(paper, title), _claim(paper), *(_own(piece, session) for piece in paper.first)]
    parts += [_conditions(paper, result), _findings(result), *(_own(piece, session) for piece in paper.then)]
    parts += [_fares(paper, declared, result), _values(paper, declared, result), _record(paper, session)]
    parts.append(f'<p class="state">{escape(paper.closing)}</p>')
    path = write_page(session.folder, "memo", paper.title, parts)
    missing = [piece.missing for piece in paper.pieces if not _said(piece.task, session)]
    words = f"Written beside this notebook: {path.name}, with {title}."
    if typed := [p.missing for p in paper.pieces if p.task in session.answers.drafts and _said(p.task, session)]:
        words += f" As it stands in the box, not recorded: {'; '.join(typed)}."
    if missing:
        words += f" Still to write: {'; '.join(missing)}. Run this cell again when you have."
    return Written(path, words + "".join(f" Left out: {t}" for t in session.saved.troubles))


def _chosen(session: Session, declared: Model, name: str) -> tuple[str, Case]:
    """The setting the memo speaks of, in words and as a case."""
    session.saved.reload()
    saved = session.saved.of(declared)
    if name and name not in saved:
        other = nearest(name, saved) if saved else "save one in the app first, or write the memo without a name"
        raise Problem(f"no setting {name!r} of {declared.key} is saved beside this notebook; {other}.")
    if not saved:
        used = (
            f"the case in use, “{session.case.title}”"
            if session.case.overrides.get(declared.key)
            else "the starting case"
        )
        return f"{used}, as no setting of yours is saved", Case()
    name = name or max(saved, key=lambda n: saved[n].path.stat().st_mtime)
    return f"your setting “{name}”", saved[name]


# --- the claim and the clause ----------------------------------------------------------------------


def _opening(paper: Paper, title: str) -> str:
    meta = home().meta
    return (
        f"<h1>{escape(paper.title)}</h1>\n<p>On one claim of {escape(meta.author)}, <cite>{escape(meta.title)}</cite>, "
        f"{say(meta.date)}. Written with the workbook Tumen on {today()}, from {escape(title)}.</p>"
    )


def _claim(paper: Paper) -> str:
    from tumen.evidence.ledger import claim

    said = claim(paper.claim)
    return (
        f"<h2>The claim</h2>\n<p><b>{paper.claim}</b> {escape(said.paraphrase)} In our paraphrase; it takes for granted: "
        f"{escape(said.hidden_assumptions)}. The report: {escape(home().meta.link)}</p>"
    )


def _own(piece: Piece, session: Session) -> str:
    """A piece of the reader's writing under its heading, or what is still to be written."""
    said = _said(piece.task, session)
    body = (
        f'<p class="said">{escape(said)}</p>'
        if said
        else f'<p class="state">Not written yet: {escape(piece.missing)}.</p>'
    )
    return f"<h2>{escape(piece.heading)}</h2>\n{body}"


def _said(key: str, session: Session) -> str:
    entry = session.answers.standing().get(key) or {}
    value = entry.get("value")
    return value.strip() if isinstance(value, str) and entry.get("state") != "skipped" else ""


# --- what the setting gives ------------------------------------------------------------------------


def _conditions(paper: Paper, result: Result) -> str:
    """The conditions found in the setting."""
    items = "".join(f"<li>{escape(said)}</li>" for said in paper.conditions(result))
    return f"<h2>The conditions found in this setting</h2>\n<ul>{items}</ul>"


def _findings(result: Result) -> str:
    model = result.model
    said = [
        f"<p>{place(v)}: {escape(verdict_words(v))}. The model {f.relation} the claim and does not settle it: {escape(f.differs)}.</p>"
        for v, f in zip(result.findings, model.findings, strict=True)
    ]
    return f"<h2>How near the model comes to the claim</h2>\n{''.join(said)}<p>{escape(model.verdict(result))}</p>"


def _fares(paper: Paper, declared: Model, result: Result) -> str:
    """The result as a picture with its words and as a table."""
    heading, table_of = paper.fares
    return f"<h2>{escape(heading)}</h2>\n{figure(declared, result)}{html_table(*table_of(result))}"


def _values(paper: Paper, declared: Model, result: Result) -> str:
    """Every value and unknown of the setting beside the declared one."""
    rows = []
    for q in declared.quantities:
        now, was = shown(q, result.inputs[q.key]), shown(q, q.value)
        rows.append([q.label, now, was if was != now else "the same", q.unit, paper.kind(q)])
    head = ["", "in this memo", "as the workbook starts", "unit", "what it is"]
    return f"<h2>What I assumed</h2>\n{html_table(head, rows)}<p>{escape(result.model.leaves_out)}</p>"


# --- the record --------------------------------------------------------------------------------------


def _record(paper: Paper, session: Session) -> str:
    """Predictions beside what came, and writing from the earlier chapters."""
    predicted, written = [], []
    standing = session.answers.standing()
    for theme in sorted(set(task_themes(session.folder)), key=_place):
        for task in tasks_of(theme, session.folder).values():
            entry = standing.get(task.key)
            if not entry or entry.get("state") == "skipped":
                continue
            if task.prediction and entry.get("state") != DRAFT:
                predicted.append([theme, prompt(task, session), given(task, entry), outcome(task, session)])
            elif task.kind == "text" and theme != paper.model.partition(".")[0]:
                written.append(_writing(theme, task, entry, session))
    head = ["chapter", "asked", "I predicted", "beside it"]
    table = html_table(head, predicted) if predicted else '<p class="state">No prediction is kept in this folder.</p>'
    earlier = "<h2>What I wrote in earlier chapters</h2>\n" + "".join(written) if written else ""
    return f"<h2>What I predicted</h2>\n{table}{earlier}"


def _place(theme: str) -> tuple[int, str]:
    chapters = home().meta.chapters
    return (chapters.index(theme) if theme in chapters else -1, theme)


def _writing(theme: str, task: Task, entry: dict, session: Session) -> str:
    return (
        f"<article><p>{escape(theme)}: {escape(prompt(task, session))}</p>"
        f'<p class="said">{escape(given(task, entry))}</p></article>'
    )

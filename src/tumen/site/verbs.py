"""What each verb of a workbook leaves on a page."""

from __future__ import annotations

import re
from html import escape

from tumen.core import Model, Problem, find_flips
from tumen.core.result import judged, nearness
from tumen.core.words import amount
from tumen.evidence.exhibit import Exhibit
from tumen.page.controls import tag
from tumen.page.rows import beside_words
from tumen.page.show import shown
from tumen.page.tables import assumptions
from tumen.page.verbs import find
from tumen.site import asked, veil
from tumen.site.figure import drawn, figure, folded, scrolling, table
from tumen.site.rows import csv_of, download, drawn_rows, notes
from tumen.site.sheet import Sheet
from tumen.site.steps import stepper
from tumen.tasks import find_task


def show(sheet: Sheet, thing) -> str:
    """A numbered figure with its table, or a table alone; closed where it answers a prediction of the page."""
    thing = find(thing)
    return veil.over(sheet, thing.key, _shown(sheet, thing))


def _shown(sheet: Sheet, thing) -> str:
    what = shown(thing, sheet.session)
    sheet.shown.add(thing.key)
    told = table(what.head, what.body, thing.question)
    if what.picture is None:
        return f"<p>{escape(what.caption)}</p>{folded(told, thing.question, len(what.body))}"
    place = sheet.number("figure")
    caption, verdict, assumed = what.caption, "", ()
    head, rows = what.head, what.body
    if isinstance(thing, Model):
        model = sheet.session.model(thing)
        said = model.verdict(model()) if model.verdict else ""
        caption = caption.removesuffix(f" {said}")  # it stands below, once
        verdict = f'<p class="verdict">{escape(_starting(model))}</p>'
        head, rows = drawn_rows(what.picture.columns, what.rows)
        assumed = ["; ".join(cell for cell in row if cell) for row in what.body]
    file = csv_of(head, rows, notes(sheet.stem, place, thing.question, caption, assumed))
    link = download(sheet.stem, place, thing.key, file)
    image = drawn(what.picture, what.rows, what.words, f"f{place}")
    return figure(place, image, caption, told, len(what.body), link) + verdict


def explore(sheet: Sheet, thing, only=(), predict="", pivot="") -> str:
    """A stand-in for an app: its starting case in words, its break-evens, its steps, its assumptions, and where the live one is.

    Where predictions are asked before it, all but the questions is closed beneath them.
    """
    model = find(thing)
    if isinstance(model, Exhibit):
        raise Problem(f"{model.key} is evidence, not a model: there is nothing to move.")
    head = sheet.heading(sheet.session.model(model).question, "question")
    first = [t for t in sheet.session.before(model.key) if t.model == model.key and t.key not in sheet.asked]
    first += [find_task(predict, sheet.session.folder)] if predict else []
    if not first:
        return f'<section class="app">{head}{veil.over(sheet, model.key, _moved(sheet, model, only))}</section>'
    before, questions = veil.lift(sheet), "".join(asked.prediction(t, sheet) for t in first)
    inside = veil.drop(sheet, *first) + _moved(sheet, model, only) + veil.lift(sheet)
    return f'{before}<section class="app">{head}{questions}{inside}</section>'


def _moved(sheet: Sheet, thing: Model, only) -> str:
    model = sheet.session.model(thing)
    only = (only,) if isinstance(only, str) else tuple(only)
    offered = only or tuple(q.key for q in model.quantities if q.kind != "fixed")
    offered = tuple(name for name in offered if model.quantity(name).control != "hidden")
    parts = ["" if model.key in sheet.shown else _shown(sheet, thing)]
    parts += [f'<p class="note">{escape(nearness(f))}</p>' for f in model.findings]
    parts.append(_break_evens(model, offered))
    free = tuple(name for name in offered if model.quantity(name).control == "open")
    parts += [stepper(model, free, sheet) if free else "", _behind(model)]
    live = (
        f"In the live workbook {_controls(len(offered))}, and “Is it robust?” says how often a finding holds, what decides it "
        f"and what would turn it: open {escape(sheet.source)} with <code>tumen lab</code>."
    )
    return "".join(parts) + f'<p class="note screen">{live}</p>'


def _controls(n: int) -> str:
    return "the control moves freely" if n == 1 else f"all {n} controls move, together"


def _starting(model: Model) -> str:
    start = model()
    words = (
        model.verdict(start)
        if model.verdict
        else judged(start.findings) or "; ".join(f"{o.label}: {amount(start[o.key], o.unit)}" for o in model.outputs)
    )
    case = f"Starting case ({model.case_title})" if model.case_title else "Starting case"
    return f"{case}: {words}"


def _break_evens(model: Model, offered: tuple[str, ...]) -> str:
    """What flips the model's first finding, quantity by quantity."""
    gauged = next((f for f in model.findings if f.margin is not None), None)
    names = [name for name in offered if model.quantity(name).sampled]
    if gauged is None or not names:
        return ""
    rows = []
    for name, flip in find_flips(model, gauged.claim, names=names).items():
        q = model.quantity(name)
        rows.append([q.label, tag(q), beside_words(flip, q, q.value)])
    told = table(["assumption", "from", "if nothing else moves"], rows, f"Break-evens of {gauged.claim}: {gauged.says}")
    return folded(told, f"break-evens of {gauged.claim}", len(rows))


def _behind(model: Model) -> str:
    head, rows = assumptions(model)
    told = table(head, rows, "What this model assumes, and where each number is from")
    formula = f"<p>Formula: {escape(model.formula)}.</p>" if model.formula else ""
    leaves = f"<p>What this leaves out: {escape(model.leaves_out)}</p>" if model.leaves_out else ""
    name = f"assumptions of: {model.question}"
    return (
        f'<details class="table"><summary>assumptions, formula and what this leaves out</summary>'
        f"{scrolling(told, name)}{formula}{leaves}</details>"
    )


# --- what is asked -----------------------------------------------------------------------------------


def predict(sheet: Sheet, key: str) -> str:
    """A prediction: what is asked; what follows stays closed until a guess was made."""
    task = find_task(key, sheet.session.folder)
    return veil.lift(sheet) + asked.prediction(task, sheet) + veil.drop(sheet, task)


def ask(sheet: Sheet, key: str) -> str:
    """A task with its field, its hint and its solution."""
    return asked.task(find_task(key, sheet.session.folder), sheet)


def recall(sheet: Sheet, chapter: str) -> str:
    """Two questions from the chapters before, with hint and solution closed: those of a reader who has answered none."""
    from tumen.page.recall import FIRST, NOTHING, first_met

    tasks = first_met(chapter, sheet.session)
    return f'<p class="note">{FIRST if tasks else NOTHING}</p>' + "".join(
        asked.task(t.model_copy(update={"worked": None, "faded": None}), sheet) for t in tasks
    )


def argue(sheet: Sheet, key: str) -> str:
    """A question for free text, with two answers that disagree closed beneath it."""
    return asked.argument(find_task(key, sheet.session.folder), sheet)


# --- the report ----------------------------------------------------------------------------------------


def read(sheet: Sheet, ref: str) -> str:
    """A paragraph's claims in paraphrase; what is known since stays closed, and out under an early date."""
    from tumen.page.reading import EARLY, Reading

    card = Reading(ref, sheet.session)
    if card.withheld:
        return f'<section class="reading" aria-label="{escape(str(ref))} in paraphrase">{card.html()}<p class="note">{EARLY}</p></section>'
    since = sheet.close(ref, f"for after your predictions: what has become known since about {ref}", card.since())
    return f'<section class="reading" aria-label="{escape(str(ref))} in paraphrase">{card.html()}{since}</section>'


def argument(sheet: Sheet, without=()) -> str:
    """How every conclusion stands, and what taking each premise away by itself would do."""
    from tumen.evidence.argument import argument as the_argument
    from tumen.evidence.argument_words import named, verdict
    from tumen.page.argument import HEAD, ArgumentMap

    card, found = ArgumentMap(sheet.session, without), the_argument()
    said, rows = card.at_start()
    alone = [[named(found, id), verdict(found, found.without([id]))] for id in found.premises()]
    stand = table([h or "in words" for h in HEAD], rows, "Every conclusion, and how it stands in the starting case")
    away = table(["taken away", "what that does"], alone, f"Each of {len(alone)} premises taken away by itself")
    whole = "" if "report.argument" in sheet.shown else _shown(sheet, find("report.argument"))
    return (
        f"{whole}<p>{escape(said)}</p>{folded(stand, 'how every conclusion stands', len(rows))}"
        f'<details class="table"><summary>take one premise away: what each would do, {len(alone)} rows</summary>'
        f"{scrolling(away, 'each premise taken away')}</details>"
        f'<p class="note">The live map takes away any several at once, and lets you choose how premises are joined: open '
        f"{escape(sheet.source)} with <code>tumen lab</code>.</p>"
    )


def traps(sheet: Sheet) -> str:
    """Tempting sentences, each opening to what the rows say."""
    from tumen.page.traps import Traps, span

    card = Traps(sheet.session)
    items = ""
    for t in card.traps:
        inside = f"<p><b>{escape(t.title)}.</b> {escape(t.why)}</p><p>Rows: {escape(span(t.rows))}.</p>"
        name = f"Trap {sheet.number('trap')}"
        items += f"<li><p>“{escape(t.tempting)}”</p>{sheet.close(name, 'what is wrong with it', inside)}</li>"
    return f'<p>Sentences the tables tempt one to write. What is wrong with each?</p><ol class="traps">{items}</ol>{card.left_out()}'


def progress(sheet: Sheet, *themes: str) -> str:
    """The chapter's questions as a list to tick off on paper."""
    from tumen.page.progress import Progress, called
    from tumen.tasks import task_themes

    card = Progress(themes or task_themes(sheet.session.folder), sheet.session)
    items = "".join(f"<li>{escape(called(t))}</li>" for t in card.tasks)
    return f'<p>{len(card.tasks)} questions.</p><ul class="ticks">{items}</ul>'


def live_only(words: str):
    """A verb that writes a file of a reader's own, of which a page can only say where it is."""

    def told(sheet: Sheet, *args, **kwargs) -> str:
        return f'<p class="note">{words} in the live workbook: open {escape(sheet.source)} with <code>tumen lab</code>.</p>'

    return told


def _card(name: str):
    """A verb whose card says in HTML all that a page can hold."""

    def told(sheet: Sheet, *args, **kwargs) -> str:
        made = _make(name, sheet, args, kwargs)
        html = re.sub(r'(<a href="[^":/]+)\.ipynb"', r'\1.html"', made.html())  # from one notebook's page to another's
        return f'<div class="card">{boxed(html or f"<pre>{escape(made.plain())}</pre>", name)}</div>'

    return told


def _make(name: str, sheet: Sheet, args, kwargs):
    from tumen.page.glossary import Glossary
    from tumen.page.ledger import Ledger
    from tumen.page.tensions import Walk
    from tumen.page.verdicts import Verdicts
    from tumen.page.vintages import Vintages

    if name == "vintages":
        return Vintages(*args, **kwargs, session=sheet.session)
    made = {"glossary": Glossary, "ledger": Ledger, "tensions": Walk, "verdicts": Verdicts}
    return made[name](sheet.session, *args, **kwargs)


def boxed(html: str, name: str) -> str:
    """HTML with each table in a box that scrolls by itself."""
    parts = html.split("<table>")
    out = parts[0]
    for part in parts[1:]:
        inside, rest = part.split("</table>", 1)
        out += folded(f"<table>{inside}</table>", f"table of the {name}", inside.count("<tr>") - 1) + rest
    return out


READ = {
    "show": show,
    "explore": explore,
    "predict": predict,
    "forecast": predict,
    "ask": ask,
    "recall": recall,
    "argue": argue,
    "read": read,
    "argument": argument,
    "traps": traps,
    "progress": progress,
    "scores": live_only("The chances you gave are scored"),
    "notes": live_only("Your own record is written"),
    "hand_in": live_only("Your answers are put into one file to hand in"),
    **{name: _card(name) for name in ("glossary", "ledger", "tensions", "verdicts", "vintages")},
}

"""The verbs of a notebook. Each puts one thing on the page; a mistyped name is answered in one sentence."""

from __future__ import annotations

import functools
import inspect
import os

from tumen.core import Model, Problem, nearest
from tumen.core.errors import shown
from tumen.evidence.exhibit import Exhibit
from tumen.page.guard import STRICT, sentence
from tumen.page.session import this_session


class Told:
    """A sentence in place of a traceback."""

    def __init__(self, words: str):
        self.words = words

    def __repr__(self):
        return self.words


def _plainly(verb):
    """Answer a slip, or a fault of ours unless TUMEN_STRICT is set, with its sentence instead of a traceback."""

    @functools.wraps(verb)
    def run(*args, **kwargs):
        try:
            _fits(verb, args, kwargs)
            return verb(*args, **kwargs)
        except Exception as fault:  # as in `guarded`: no reader is left with a traceback
            if os.environ.get(STRICT) and not isinstance(fault, Problem):
                raise
            return Told(sentence(fault))

    return run


def _fits(verb, args, kwargs) -> None:
    try:
        inspect.signature(verb).bind(*args, **kwargs)
    except TypeError as e:
        raise Problem(f"{verb.__name__} cannot be called like this: {e}.") from None


def find(thing) -> Model | Exhibit:
    """A model or an exhibit, itself or by its key; raises `Problem` with the nearest valid key."""
    if isinstance(thing, (Model, Exhibit)):
        return thing
    from tumen import brief

    if not isinstance(thing, str):
        raise Problem(
            f"there is no model or exhibit {shown(thing)}; {nearest(thing, {**brief.models(), **brief.exhibits()})}."
        )
    return brief.thing(thing)


@_plainly
def read(ref: str):
    """Show a paragraph of the report in paraphrase, by its id: its claims, their kind, and how good they were then."""
    from tumen.page.reading import Reading

    return Reading(ref, this_session())


@_plainly
def show(thing):
    """Show a model in its starting case, or an exhibit, as a still picture with its words and its table.

    What a prediction asks about stays closed until that is recorded or skipped.
    """
    from IPython.display import display

    from tumen.page.closed import Closed
    from tumen.page.show import stills

    thing, session = find(thing), this_session()
    first = session.before(thing.key)
    for part in [Closed(thing, session, first)] if first else stills(thing, session):
        display(part)


@_plainly
def explore(thing, only: str | tuple[str, ...] | list[str] = (), predict: str = "", pivot: str = ""):
    """Open the card of a model: its prediction, then picture, verdict and controls; `only` names the controls to offer.

    Asked are the predictions that name the model; `predict` is the key of one more that is asked in this card. `pivot`
    names the number that a lesson turns on: before a hall the card opens away from it.
    """
    from tumen.page.explore import Explore

    model, session = find(thing), this_session()
    if isinstance(model, Exhibit):
        raise Problem(f"{model.key} is evidence, not a model: there is nothing to move. Use show({model.key!r}).")
    first = {t.key: t for t in session.before(model.key)} | ({predict: _prediction(predict)} if predict else {})
    return Explore(model, session, (only,) if isinstance(only, str) else tuple(only), tuple(first.values()), pivot)


@_plainly
def predict(key: str):
    """Ask for a prediction before the control is offered; it is recorded, never marked, and can be skipped."""
    from tumen.page.questions import Prediction

    return Prediction(_prediction(key), this_session())


def _prediction(key: str):
    """The prediction of that key; raises `Problem` where it is none."""
    from tumen.tasks import find_task

    task = find_task(key, this_session().folder)
    if not task.prediction:
        raise Problem(f"{key} is a task, not a prediction; use ask({key!r}).")
    return task


@_plainly
def ask(key: str):
    """Ask a task: an answer, one sentence of feedback, a hint and a closed solution."""
    from tumen.page.questions import Question
    from tumen.tasks import find_task

    task = find_task(key, this_session().folder)
    if task.prediction:
        raise Problem(f"{key} is a prediction, not a task; use predict({key!r}).")
    return Question(task, this_session())


@_plainly
def argue(key: str):
    """Ask for free text; it is kept in the answers file and set beside two model answers that disagree."""
    from tumen.page.questions import Argument
    from tumen.tasks import find_task

    task = find_task(key, this_session().folder)
    if task.kind != "text":
        raise Problem(f"{key} has a checked answer; use ask({key!r}).")
    return Argument(task, this_session())


@_plainly
def recall(chapter: str):
    """Ask two questions from the chapters before this one, to be answered from memory; they replace no earlier answer."""
    from tumen.brief import brief
    from tumen.page.recall import Recall

    known = brief().meta.chapters
    if chapter not in known:
        raise Problem(f"the report has no chapter {shown(chapter)}; {nearest(chapter, known)}.")
    return Recall(chapter, this_session())


@_plainly
def progress(*themes: str):
    """List the tasks of the chapters named and where each stands; with no name, every one."""
    from tumen.page.progress import Progress
    from tumen.tasks import task_themes

    session = this_session()
    known = task_themes(session.folder)
    for theme in themes:
        if theme not in known:
            raise Problem(f"no tasks are kept for {theme!r}; {nearest(theme, known)}.")
    return Progress(themes or known, session)


@_plainly
def argument(without: str | tuple[str, ...] | list[str] = (), file: str = ""):
    """Open the map of the argument: take premises away and see what still stands; `without` names some to begin with.

    `file` names an Argdown text of one's own, to be drawn and asked in place of the report's argument.
    """
    from tumen.page.argument import ArgumentMap

    return ArgumentMap(this_session(), without, file)


@_plainly
def ledger(where: str = ""):
    """Open the ledger of the report's claims, or a paragraph or a claim of it by its id: filter it, open a claim."""
    from tumen.page.ledger import Ledger

    return Ledger(this_session(), where)


@_plainly
def forecast(key: str):
    """Ask for a chance; it is recorded, never marked, and `scores` sets it beside what became. Several may stand in one cell."""
    from IPython.display import display

    from tumen.page.questions import Prediction
    from tumen.tasks import find_task

    task = find_task(key, this_session().folder)
    if not task.became:
        raise Problem(f"{key} asks for no chance; use predict({key!r}) or ask({key!r}).")
    display(Prediction(task, this_session()))


@_plainly
def scores():
    """Score the chances you gave against what became of them, beside a class's where its lesson's file lies here."""
    from tumen.page.scores import Scores

    return Scores(this_session())


@_plainly
def verdicts(where: str = ""):
    """Record your own verdict on each claim, beginning with a paragraph, and see how far two coders agree."""
    from tumen.page.verdicts import Verdicts

    return Verdicts(this_session(), where)


@_plainly
def tensions(first: int = 1):
    """Walk through the tensions inside the report, each with its claims and a question; `first` is where to begin."""
    from tumen.page.tensions import Walk

    return Walk(this_session(), first)


@_plainly
def traps():
    """Show the numbers that trap: tempting sentences, each opening to what the rows say."""
    from tumen.page.traps import Traps

    return Traps(this_session())


@_plainly
def glossary(chapter: str = ""):
    """Open the glossary: every word the chapters explain, or those of one chapter by its number, such as "02"."""
    from tumen.page.glossary import Glossary

    return Glossary(this_session(), chapter)


@_plainly
def vintages(table: str, period: str | int):
    """Step through the published versions of one period's figure: a table by its name, and a year."""
    from tumen.page.vintages import Vintages

    return Vintages(table, period, this_session())


@_plainly
def notes():
    """Write your own record (predictions, answers, saved cases with their pictures) into notes.html beside the notebook."""
    from tumen.page.notes import write_notes

    return write_notes(this_session())


@_plainly
def hand_in(student: str = ""):
    """Write the answers of a course's copy into one file to send in, and say what is in it, what is missing and who reads it."""
    from tumen.page.hand_in import hand_in as write

    return write(this_session(), student)


@_plainly
def memo(name: str = ""):
    """Write the memo that the report asks of you into memo.html beside the notebook; `name` is a setting you saved, else the last one."""
    from tumen.page.memo import write_memo

    return write_memo(this_session(), name)

"""Forecasts given with a chance, scored against what became: one's own, and a class's where a lesson's file lies there."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from tumen.analysis.judgements import Score, score
from tumen.core import Problem
from tumen.core.words import number
from tumen.lesson import HELD
from tumen.page import widgets as W
from tumen.page.session import Session
from tumen.page.tables import html_table
from tumen.page.widgets import Card
from tumen.tasks.forecasts import came, chance, forecasts, own

CAPTION = (
    "The Brier score is the mean squared distance between a chance and what became: 0 is best, 1 worst, and 0.25 is had by "
    "always saying one half. A class's chances stand here where its lesson's file lies beside this notebook. A few forecasts tell luck from skill badly, and those on one number over the years are nearly one."
)
WIDE = 620  # pixels
HEAD = ("question", "you said", "a class said, on average", "what became")


NONE = "No chance was given yet. Give them above: each is then set beside what became of it."


class Scores(Card):
    """The picture, the table and the scores of the chances given; it follows the answers as they come."""

    def __init__(self, session: Session):
        self.session = session
        super().__init__()
        self.add_class("tumen-card")
        self._told = W.HTML()
        self.children = (self._told,)
        self._settle()
        session.listen(lambda _key: self._settle())

    def _settle(self) -> None:
        self._told.value = self.told()

    def told(self) -> str:
        """What is shown now, as HTML: nothing of what became before a chance was given."""
        items, trouble = gathered(self.session)
        wrong = f'<p class="tumen-message">{escape(trouble)}</p>' if trouble else ""
        if not items:
            return f"{wrong}<p>{NONE}</p>"
        from tumen.charts.forecasts import FORECASTS

        png = base64.b64encode(FORECASTS.png(FORECASTS.rows(items))).decode()
        picture = f'<img src="data:image/png;base64,{png}" width="{WIDE}" style="max-width: 100%" alt="{escape(FORECASTS.words(items))}">'
        words = f'<p class="tumen-verdict">{escape(said(items))}</p><p class="tumen-note">{escape(f"{FORECASTS.caption} {CAPTION}")}</p>'
        return f"{wrong}{picture}{words}{html_table(HEAD, rows(items))}"

    def plain(self) -> str:
        return f"{NONE} {CAPTION}"


def rows(items: list[dict]) -> list[list[str]]:
    """The table under the picture."""
    return [
        [
            i["name"],
            "" if i["you"] is None else _cent(i["you"]),
            _cent(sum(i["class"]) / len(i["class"])) if i["class"] else "",
            "it came" if i["came"] else "it did not come",
        ]
        for i in items
    ]


def _held(folder) -> list:
    """The lessons held in a folder; where there is none, what reads their files is not imported: it takes 0.2 s."""
    if not any(Path(folder).glob(HELD)):
        return []
    from tumen.lesson.held import records

    return records(folder)


def gathered(session: Session) -> tuple[list[dict], str]:
    """For each forecast its name, the reader's chance, a class's chances and what became; and what could not be read.

    A forecast whose answer is not given yet stands out of it: what became is told after, not before.
    """
    tasks = forecasts(session.folder)
    mine, by_class, trouble = own(tasks, session.answers.entries), {}, ""
    try:
        for lesson in _held(session.folder):
            for asked in lesson.asked:
                by_class.setdefault(asked.key, []).extend(asked.numbers)
    except Problem as fault:
        trouble = str(fault)
    known = {t.key: [p for v in by_class.get(t.key, ()) if (p := chance(t, v)) is not None] for t in tasks}
    return [
        {
            "name": t.name or t.key,
            "you": mine.get(t.key),
            "class": known[t.key],
            "came": came(t, session.case, session.folder),
        }
        for t in tasks
        if t.key in mine or known[t.key]
    ], trouble


def said(items: list[dict]) -> str:
    """The scores in words."""
    yours = [(i["you"], i["came"]) for i in items if i["you"] is not None]
    every = [(p, i["came"]) for i in items for p in i["class"]]
    mean = [(sum(i["class"]) / len(i["class"]), i["came"]) for i in items if i["class"]]
    parts = (
        [f"Your Brier score over {len(yours)} forecast{'s' * (len(yours) != 1)}: {number(score(yours).brier)}."]
        if yours
        else []
    )
    if every:
        parts.append(
            f"A class's, one forecast with another ({len(every)}): {number(score(every).brier)}; its mean chance's: {number(score(mean).brier)}."
        )
        parts.append(calibration(score(every)))
    return " ".join(parts)


def calibration(found: Score) -> str:
    """How often what was called so likely came, in words."""
    bands = "; ".join(
        f"of {b.count} chance{'s' * (b.count != 1)} around {100 * b.said:.0f} per cent {100 * b.came:.0f} in 100 came"
        for b in found.bands
    )
    return f"Calibration: {bands}."


def _cent(p: float) -> str:
    return f"{100 * p:.0f} per cent"

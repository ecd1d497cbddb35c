"""The tab "Is it robust?": how often a finding holds, what decides it and what would turn it; pictures behind each sentence."""

from __future__ import annotations

from html import escape

from tumen.analysis import robustness
from tumen.analysis.table import case_of
from tumen.brief import boards
from tumen.page import widgets as W
from tumen.page.folds import BreakEvens, Ends, Map, OwnPicture, Spread
from tumen.page.tab import Fold, Tab

LEADS = "How often?", "What decides it?", "What would turn it?"


class Robust(Tab):
    """Three sentences on the starting case and its declared ranges, wherever the controls stand; the pictures mark these.

    `found` is what they rest on. Nothing is computed before the tab is opened, no picture drawn before its fold is. A
    model whose ranges are its controls answers with pictures and readings of its own, for the ranges as they are set.
    """

    title = "Is it robust?"
    waiting = "Computing …"

    def build(self):
        model, app = self.app.model, self.app
        self.own = boards(model.key)
        if self.own:
            self.quick = False
            behind = [
                [OwnPicture(app, own, i == 0 and own.says is None) for i, own in enumerate(self.own[lead])]
                for lead in LEADS
            ]
            spoken = "These three sentences speak of the ranges as they are set beside the picture, and follow them."
        else:
            self.found = robustness(model)
            self.quick, self.sentences = self.found.quick, self.found.sentences
            gauged = [f for f in model.findings if f.margin is not None]
            many = sum(q.sampled for q in model.quantities) > 1
            turns = [BreakEvens(app, gauged), *([Map(app, gauged)] if many else [])] if gauged else []
            behind = [Spread(app, self.found)], [Ends(app, self.found.shared)], turns
            spoken = f"These three sentences speak of {case_of(model)} and the ranges declared in it, wherever the controls stand."
        self.said = [W.HTML() for _ in LEADS]
        self.folds: list[Fold] = [fold for folds in behind for fold in folds]
        parts = [W.VBox([said, *folds]) for said, folds in zip(self.said, behind, strict=True)]
        for part in parts:
            part.add_class("tumen-part")
        return W.HTML(f'<p class="tumen-note">{escape(spoken)}</p>'), *parts

    def refresh(self):
        if self.own:
            first = [self.own[lead][0] for lead in LEADS]
            self.sentences = [(own.says or own.reading)(self.app.result) for own in first]
        for html, lead, words in zip(self.said, LEADS, self.sentences, strict=True):
            html.value = f'<p class="tumen-verdict"><b>{lead}</b> {escape(words)}</p>'
        for fold in self.folds:
            if fold.opened:
                fold.refresh()

    def fold(self, behind: str) -> Fold:
        """The fold of that name, opened as a hand would."""
        fold = next(f for f in self.folds if f.behind == behind)
        if not fold.opened:
            fold.turn()
        return fold

"""A tab that a model fills with pictures of its own."""

from __future__ import annotations

from collections.abc import Sequence

from tumen.apps.tab import Board, Tab
from tumen.charts.own import Own


class OwnTab(Tab):
    """The model's own pictures under one of the usual titles, brought up to date when the hand has come to rest."""

    quick = False

    def __init__(self, app, title: str, own: Sequence[Own]):
        self.title, self.own = title, tuple(own)
        super().__init__(app)

    def build(self):
        self.boards = tuple(Board(self.app.desk, own.picture) for own in self.own)
        return self.boards

    def refresh(self, moving):
        now, start = self.app.result, self.app.start
        for board, own in zip(self.boards, self.own, strict=True):
            board.show(now, start, own.reading(now), own.head, own.table(now))

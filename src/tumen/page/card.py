"""What every verb puts on the page: a widget with a plain and an HTML form for where no widget can live."""

from __future__ import annotations

from tumen.page import widgets as W


class Card(W.VBox):
    """A box of widgets that also says what it holds in plain text and in static HTML.

    A saved notebook, GitHub, a printed page and a strict notebook test see `plain()` and `html()`; both
    hold the numbers of the starting case only, so that they do not change with what a reader did.
    """

    def plain(self) -> str:
        """The content as text."""
        raise NotImplementedError

    def html(self) -> str:
        """The content as static HTML; empty where the text says it all."""
        return ""

    def __repr__(self):
        return self.plain()

    def _repr_mimebundle_(self, **kwargs):
        bundle = {"text/plain": self.plain()}
        if html := self.html():
            bundle["text/html"] = html
        bundle["application/vnd.jupyter.widget-view+json"] = {
            "version_major": 2,
            "version_minor": 0,
            "model_id": self.model_id,
        }
        return bundle

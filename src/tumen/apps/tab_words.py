"""The tabs that are words: table, sources, and what this leaves out."""

from __future__ import annotations

from html import escape

import ipywidgets as W

from tumen.apps.tab import Tab
from tumen.apps.tables import assumptions, html_table, settings
from tumen.core.home import home
from tumen.core.result import nearness
from tumen.evidence.dates import say


class Numbers(Tab):
    """Every input and output, in this setting and in the starting case."""

    title = "table"

    def build(self):
        self.html = W.HTML()
        return (self.html,)

    def refresh(self, moving):
        app = self.app
        head, rows = settings(app.result, app.start)
        alt = f"<p>{escape(app.picture.words(app.result, app.start))}</p>"
        self.html.value = html_table(head, rows, "This setting beside the starting case") + alt


class Sources(Tab):
    """What the model assumes, where each number is from, and the formula."""

    title = "sources"

    def build(self):
        model, meta = self.app.model, home().meta
        head, rows = assumptions(model)
        link = f'<p>The report: <a href="{escape(meta.link)}" target="_blank" rel="noopener">{escape(meta.author)}, {say(meta.date)}</a>.</p>'
        formula = f"<p>Formula: {escape(model.formula)}.</p>" if model.formula else ""
        caption = "What this model assumes, and where each number is from"
        return (W.HTML(html_table(head, rows, caption) + formula + link),)


class LeavesOut(Tab):
    """What the model leaves out, and how near its findings come to the claims."""

    title = "what this leaves out"

    def build(self):
        model = self.app.model
        differs = "".join(f"<p>{escape(nearness(f))}</p>" for f in model.findings)
        return (W.HTML(f"<p>{escape(model.leaves_out)}</p>{differs}"),)

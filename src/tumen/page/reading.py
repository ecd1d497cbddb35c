"""A paragraph of the report in paraphrase: its claims, their kind, how good they were then, and what is known since."""

from __future__ import annotations

from html import escape

from tumen.core import Problem
from tumen.core.home import home
from tumen.evidence.dates import say
from tumen.evidence.ledger import Claim, own_words, paragraph, spoken
from tumen.page import widgets as W
from tumen.page.chart_widget import Spoken
from tumen.page.guard import guarded
from tumen.page.session import Session
from tumen.page.widgets import Card

EARLY = "The date in use is early: what came later is left out."
ALL = ("what each takes for granted", "close what each takes for granted")
LATER = "What has become known since opens when you have recorded a prediction in this notebook, or chosen to skip one."


class Reading(Card):
    """The claims of one paragraph; later evidence stays closed until a prediction, and under an early `as_of`.

    A reader's own `report.txt` beside the notebook puts the sentence itself beside each claim, never in what is stored.
    """

    def __init__(self, ref: str, session: Session):
        self.ref, self.session = ref, session
        self.claims: list[Claim] = paragraph(ref, session.case.as_of)
        super().__init__()
        self.add_class("tumen-card")
        self._since = W.HTML()
        self._opened = False
        self._show = W.Button(description="what is known since", layout=W.Layout(width="auto"))
        self._all = W.Button(description=ALL[0], layout=W.Layout(width="auto"))
        self._all.on_click(lambda _: guarded(self._say)(self.turn_all)())
        self._page_shown = W.HTML(self._with_own_copy())
        self._said = Spoken()
        self._show.on_click(lambda _: guarded(self._say)(self.show_since)())
        row = W.HBox((self._all, self._show))
        row.add_class("tumen-bar")
        self.children = (self._page_shown, row, self._since, self._said)
        self._settle()
        session.listen(lambda _key: self._settle())

    @property
    def withheld(self) -> bool:
        """Whether the case's date keeps later evidence out altogether."""
        return all(c.status is None for c in self.claims)

    def _settle(self) -> None:
        self._show.disabled = self.withheld or not self.session.predicted
        if not self._opened:
            note = EARLY if self.withheld else LATER if self._show.disabled else ""
            self._since.value = note and f'<p class="tumen-note">{note}</p>'

    def _say(self, sentence: str) -> None:
        self._said.text = sentence

    def turn_all(self) -> None:
        """Open every claim's kind, standing and what it takes for granted, or close them again."""
        opened = self._all.description == ALL[0]
        self._all.description = ALL[opened]
        mark = '<details class="tumen-fold tumen-claim"'
        page = self._with_own_copy()
        self._page_shown.value = page.replace(mark, f"{mark} open") if opened else page

    def show_since(self) -> None:
        """Open what has become known since."""
        if self._show.disabled:
            return
        self._opened = True
        self._since.value = self.since()
        self._say(f"What has become known since about {self.ref} stands above.")

    def since(self) -> str:
        """What has become known since, claim by claim, as HTML."""
        items = "".join(
            f"<li><b>{c.id}</b> {escape(c.status)} on {home().meta.known}: {escape(c.later_evidence)}. "
            f"Strongest objection: {escape(c.strongest_counter)}.</li>"
            for c in self.claims
        )
        return f'<ul class="tumen-label">{items}</ul>'

    def _with_own_copy(self) -> str:
        """The page with the reader's own copy: each sentence beside its claims, or the paragraph where they cannot be parted."""
        path = self.session.folder / "report.txt"
        if not path.is_file():
            return self.html()
        from tumen.evidence.report_text import own_sentences, paragraph_text  # with its patterns, where there is a copy

        try:
            own = own_sentences(path)
            text = "" if self._beside(own) else paragraph_text(self.ref, path) or ""
        except Problem as e:
            return f'{self.html()}<p class="tumen-note">{escape(str(e))}</p>'
        if not text:
            return self._page(own)
        note = f"The sentences of {self.ref} cannot be told apart in {path.name}; here is the paragraph."
        whole = f"<details><summary>your copy of {self.ref}</summary><p>{escape(text)}</p></details>"
        return f'{self.html()}<p class="tumen-note">{escape(note)}</p>{whole}'

    def _beside(self, own: dict[str, str]) -> bool:
        return all(own_words(c, own) for c in self.claims)

    def html(self) -> str:
        """The claims as static HTML."""
        return self._page({})

    def _page(self, own: dict[str, str]) -> str:
        head = self.claims[0]
        items = "".join(f"<li>{_claim(c, own_words(c, own))}</li>" for c in self.claims)
        return (
            f"<p><b>{self.ref}</b>, from section {head.section}, “{escape(head.section_title)}”, paragraph "
            f"{head.paragraph}, in our paraphrase. "
            f'<a href="{escape(home().meta.link)}" target="_blank" rel="noopener">Read the report itself</a> '
            f"({say(home().meta.date)}).</p><ul class='tumen-claims'>{items}</ul>"
        )

    def plain(self) -> str:
        """The claims as text."""
        lines = [f"{self.ref}, in our paraphrase. The report: {home().meta.link}"]
        for c in self.claims:
            weight = ", carries weight" if c.load_bearing else ""
            lines.append(f"  {c.id} [{c.kind}; {c.status_at_writing}{weight}] {c.paraphrase}")
        return "\n".join(lines)


def _claim(c: Claim, own: str) -> str:
    weight = "; the argument rests on it" if c.load_bearing else ""
    copy = f'<p><q>{escape(own)}</q> <span class="tumen-note">({spoken(c)} in your copy)</span></p>' if own else ""
    return (
        f'<details class="tumen-fold tumen-claim"><summary><b>{c.id}</b> {escape(c.paraphrase)}</summary><p class="tumen-note">'
        f"<i>{escape(c.kind)}</i>, {escape(c.status_at_writing)}{weight}. Takes for granted: {escape(c.hidden_assumptions)}.</p>"
        f"</details>{copy}"
    )

"""The ledger in the reader's hands: every claim, filtered by what one looks for, each opening to what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from html import escape

from tumen.core import Problem, nearest
from tumen.core.home import home
from tumen.evidence.dates import WRITTEN, say
from tumen.evidence.ledger import Claim, claims, kinds, own_words, spoken
from tumen.page import widgets as W
from tumen.page.findings import Heard, findings
from tumen.page.session import Session
from tumen.page.tables import html_table, text_table
from tumen.page.tool import Tool, row

EVERY = ""
KINDS_OPEN = "<details><summary>what the kinds mean</summary>"
EARLY = "The date in use is early: what came later, and objections that draw on it, are left out."
LATER = (
    "What has become known since, and objections that draw on it, open when you have recorded a prediction in this notebook, "
    "or chosen to skip one."
)


def _filters() -> dict[str, Callable[[Claim], str | None]]:
    """What the claims can be chosen by: the name of each list, and what it reads of a claim."""
    return {
        "paragraph": lambda c: c.place,
        "kind": lambda c: c.kind,
        _then(): lambda c: c.status_at_writing,
        "since": lambda c: c.status,
        "weight": lambda c: "load-bearing" if c.load_bearing else "other",
    }


def _then() -> str:
    return f"in {home().meta.month}"


class Ledger(Tool):
    """The claims as a table to filter; `shown` are those the filters let through, `filters` the lists to choose from.

    `where` may name a paragraph or a claim to begin with. Later evidence stays closed until a prediction, and
    altogether under an early `as_of`.
    """

    def __init__(self, session: Session, where: str = ""):
        self._first = _place(where)
        super().__init__(session)
        self.heard = findings(session)
        self.opened, self._quiet = False, True  # quiet until the page is laid out
        self._own, self._trouble = _own_copy(session)
        found, self._read = claims(session.case.as_of), _filters()
        self.filters = {name: self._filter(name, found) for name in self._read}
        whole = where in dict(self.filters["paragraph"].options).values()
        self._only = "" if whole else where
        self.filters["paragraph"].value = where if whole else EVERY
        self._since = self.button("what is known since", self.show_since)
        everything = self.button("show all", self.clear, "Choose nothing in any list")
        self._note, self._list = W.HTML(), W.HTML()
        self._list.add_class("tumen-scroll")
        self.children = (
            W.HTML(f"<h3>The report in claims</h3>{KINDS_OPEN}{_kinds()}</details>"),
            row(*self.filters.values(), everything, self._since),
            self._note,
            self.said,
            self._list,
        )
        session.listen(lambda _key: self._settle())
        self._settle()
        self._quiet = False
        self._fill()

    def _filter(self, name: str, found: list[Claim]) -> W.Dropdown:
        counts = Counter(self._read[name](c) for c in found if self._read[name](c))
        options = [("all", EVERY), *((f"{word} ({n})", word) for word, n in counts.items())]
        return self.choice(name, options, EVERY, self._fill)

    def _settle(self) -> None:
        self._since.disabled = self.opened or not self.since_open
        self.filters["since"].disabled = not self.opened
        note = "" if self.since_open else EARLY if self.early else LATER
        self._note.value = "".join(f'<p class="tumen-note">{escape(n)}</p>' for n in (note, self._trouble) if n)

    # --- what is shown ------------------------------------------------------------------------------

    @property
    def claims(self) -> list[Claim]:
        """Every claim as it may be shown now: as known when the report was written, until later evidence is opened."""
        return claims(self.session.case.as_of if self.opened or self.early else WRITTEN)

    @property
    def shown(self) -> list[Claim]:
        """The claims that pass every filter."""
        wanted = {name: box.value for name, box in self.filters.items() if box.value and not box.disabled}
        found = [c for c in self.claims if not self._only or c.id == self._only]
        return [c for c in found if all(self._read[name](c) == word for name, word in wanted.items())]

    def choose(self, **wanted: str) -> list[Claim]:
        """Set filters as a hand would (underscores for spaces); returns what is shown, raises `Problem` with the nearest word."""
        for given, word in wanted.items():
            name = given.replace("_", " ")
            if name not in self.filters:
                raise Problem(f"the ledger has no filter {given!r}; {nearest(name, self.filters)}.")
            box = self.filters[name]
            words = [value for _, value in box.options]
            if word not in words:
                raise Problem(f"no claim has {name} {word!r}; {nearest(str(word), [w for w in words if w])}.")
            box.value = word
        return self.shown

    def clear(self) -> None:
        """Choose nothing in any list."""
        self._only, self._quiet = "", True
        for box in self.filters.values():
            box.value = EVERY
        self._quiet = False
        self._fill()

    def show_since(self) -> None:
        """Open what has become known since, where it may be."""
        if not self.since_open:
            return
        self.opened = True
        self._settle()
        self._fill()

    def _fill(self) -> None:
        if self._quiet:
            return
        found = self.shown
        self._list.value = self._table(found) if found else "<p>No claim is of all these kinds.</p>"
        weight = sum(c.load_bearing for c in found)
        self.say(f"{len(found)} of {len(self.claims)} claims, {weight} of them load-bearing.")

    def _table(self, found: list[Claim]) -> str:
        head = ["claim", "kind", _then(), *([f"on {home().meta.known}"] if self.opened else []), "weight"]
        # said in roles too: on a phone its rows are set as blocks, and would be no table to a screen reader
        top = "".join(f'<th scope="col" role="columnheader">{escape(h)}</th>' for h in head)
        body = "".join(
            f"<tr role='row'><td role='cell'>{self._details(c)}</td><td role='cell'>{escape(c.kind)}</td><td role='cell'>{escape(c.status_at_writing)}</td>"
            + (f"<td role='cell'>{escape(c.status)}</td>" if self.opened else "")
            + f"<td role='cell'>{'load-bearing' if c.load_bearing else ''}</td></tr>"
            for c in found
        )
        return f"<table role='table'><thead role='rowgroup'><tr role='row'>{top}</tr></thead><tbody role='rowgroup'>{body}</tbody></table>"

    def _details(self, c: Claim) -> str:
        own = own_words(c, self._own)
        parts = [
            *([(f"{spoken(c)} in your copy", own)] if own else []),
            ("takes for granted", c.hidden_assumptions),
            ("what to vary", c.what_to_vary),
            (
                "strongest objection",
                c.strongest_counter or "Draws on what was not in print by then; see the note above.",
            ),
        ]
        if self.opened:
            parts.append((f"on {home().meta.known}", f"{c.status}: {c.later_evidence}"))
        parts.append(("data that speak to it", c.linked_data or "none by then"))
        items = "".join(f"<p><i>{escape(t)}:</i> {escape(words)}</p>" for t, words in parts)
        models = "<br>".join(_heard(h) for h in self.heard.get(c.id, ())) or "none"
        return (
            f'<details><summary><b>{c.id}</b> {escape(c.paraphrase)}</summary><div class="tumen-inside">{items}'
            f"<p><i>models that speak to it:</i><br>{models}</p></div></details>"
        )

    # --- where no widget can live ---------------------------------------------------------------------

    def _still(self) -> tuple[list[str], list[list[str]]]:
        found = [c for c in claims(WRITTEN) if self._first in ("", c.id, c.place)]
        weight = {True: "load-bearing", False: ""}
        rows = [[c.id, c.paraphrase, c.kind, c.status_at_writing, weight[c.load_bearing]] for c in found]
        return ["claim", "in our paraphrase", "kind", _then(), "weight"], rows

    def html(self) -> str:
        """The claims as a table, with what the kinds mean and the link to the report."""
        meta = home().meta
        link = f'<p><a href="{escape(meta.link)}" target="_blank" rel="noopener">Read the report itself</a> ({say(meta.date)}).</p>'
        return f"{link}{KINDS_OPEN}{_kinds()}</details>{html_table(*self._still())}"

    def plain(self) -> str:
        """The claims as text."""
        head, rows = self._still()
        return f"{len(rows)} {'claim' if len(rows) == 1 else 'claims'}.\n{text_table(head, rows)}\nRun the notebook to filter them and to open each."


def _heard(h: Heard) -> str:
    if not h.relation:
        return f"{escape(h.model)} speaks of it: {escape(h.words)}"
    return (
        f"{escape(h.model)} {escape(h.relation)} it: {escape(h.words)}{'; ' + escape(h.differs) if h.differs else ''}"
    )


def _kinds() -> str:
    """What each kind of claim is, in the order in which they are asked, and the words its verdict may take."""
    items = "".join(
        f"<li><b>{escape(k.word)}</b>: {escape(k.says)}. Verdict: {escape(', '.join(k.verdicts))}.</li>"
        for k in kinds().values()
    )
    return f"<p>Asked in this order of what a row says, with its hedge; the first that fits.</p><ol>{items}</ol>"


def _own_copy(session: Session) -> tuple[dict[str, str], str]:
    """The sentences of the reader's own report.txt, and what there is to say where it cannot be used."""
    path = session.folder / "report.txt"
    if not path.is_file():
        return {}, ""
    from tumen.evidence.report_text import own_sentences  # with its patterns, where there is a copy

    try:
        return own_sentences(path), ""
    except Problem as e:
        return {}, str(e)


def _place(where: str) -> str:
    """A paragraph or a claim as it stands in the ledger; raises `Problem` with the nearest."""
    known = {x for c in claims() for x in (c.place, c.id)} | {""}
    if where not in known:
        raise Problem(f"there is no claim or paragraph {where!r}; {nearest(str(where), known - {''})}.")
    return where

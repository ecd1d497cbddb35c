"""A class's own verdicts on the claims, kept among the answers, and how far two coders agree."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from tumen.analysis.judgements import Agreement, agreement
from tumen.core import Problem, nearest
from tumen.core.home import home
from tumen.core.words import number
from tumen.evidence.ledger import Claim, claims, kinds, paragraphs
from tumen.page import widgets as W
from tumen.page.kept import Kept
from tumen.page.session import Session
from tumen.page.tables import html_table
from tumen.page.tool import Tool, row
from tumen.tasks import verdicts as kept

THEN, SINCE = "then", "since"
NONE = "not coded yet"
FEW = 30  # claims coded by both below which the interval is called wide
LOCKED = "The ledger’s own verdicts on later evidence can be compared once a prediction was recorded or skipped in this notebook."


class Verdicts(Tool):
    """A list to choose from for each claim of a paragraph, and the comparison with a second coder.

    `record(claim, word)` keeps a verdict as a hand does; `compare(file)` sets yours against another coder's
    answers file, or against the ledger's own reading where none is named, and returns the agreement.
    """

    def __init__(self, session: Session, where: str = ""):
        super().__init__(session)
        where = where or home().meta.first
        self._check(where, paragraphs(), "paragraph")
        self._ledger = {c.id: c for c in claims()}
        options = [(words, which) for which, words in _asked().items() if which == THEN or not self.early]
        self.which = self.choice("code", options, THEN, self._turn, "430px")
        self.place = self.choice("paragraph", paragraphs(), where, self._turn)
        self._list = W.VBox()
        self._file = W.Text(
            description="second coder’s file",
            placeholder="answers-second.json",
            style={"description_width": "initial"},
            layout=W.Layout(width="360px", max_width="100%"),
        )
        self._result = W.HTML()
        self.children = (
            W.HTML("<h3>Your own verdicts</h3>" + f"<p>{escape(_about())}</p>"),
            row(self.which, self.place),
            self._list,
            W.HTML("<h4>Two coders</h4>"),
            row(
                self._file,
                self.button("compare", lambda: self.compare(self._file.value)),
                self.button("compare with the ledger’s reading", self.compare),
            ),
            self.said,
            self._result,
        )
        self._turn()

    def _check(self, name: str, valid, what: str) -> None:
        if name not in valid:
            raise Problem(f"there is no {what} {name!r}; {nearest(str(name), valid)}.")

    def _turn(self) -> None:
        mine = kept.verdicts(self.session.answers.entries, self.which.value)
        self._coded = set(kept.coded(self.which.value))
        here = [c for c in self._ledger.values() if c.place == self.place.value]
        self._list.children = tuple(self._line(c, mine.get(c.id)) for c in here)

    def _line(self, c: Claim, recorded: str | None) -> W.Widget:
        """A claim with the words its kind may take; a word recorded before kinds had their own stays to be seen."""
        said = W.HTML(
            f'<span class="tumen-label">{escape(c.paraphrase)} <i>({escape(c.kind)})</i></span>',
            layout=W.Layout(flex="1 1 300px"),
        )
        if c.id not in self._coded:
            once = f"; you once wrote “{escape(recorded)}”" if recorded else ""
            return row(W.HTML(f"{c.id}: {_nothing(c, self.which.value)}{once}", layout=W.Layout(width="300px")), said)
        options = [NONE, *kept.words(self.which.value, c.kind)]
        if recorded and recorded not in options:
            options.append(recorded)
        box = self.choice(c.id, options, recorded or NONE, lambda: None, "300px")
        box.observe(lambda change: self.guard(self.record)(c.id, change["new"]), "value")
        return row(Kept(self.session, kept.key(self.which.value, c.id), box, False, NONE), said)

    def record(self, claim: str, word: str) -> None:
        """Keep a verdict on one claim; raises `Problem` for another claim or word, or where it cannot be saved."""
        which = self.which.value
        self._check(claim, self._ledger, "claim")
        if claim not in self._coded:
            raise Problem(f"{claim} has nothing to code: {_nothing(self._ledger[claim], which)}.")
        mine = kept.verdicts(self.session.answers.entries, which)
        if word != mine.get(claim):  # choosing again what was recorded once keeps it
            self._check(
                word, [NONE, *kept.words(which, self._ledger[claim].kind)], f"verdict on a {self._ledger[claim].kind}"
            )
            self.session.keep(kept.key(which, claim), None if word == NONE else word, kept.STATE)
            mine = kept.verdicts(self.session.answers.entries, which)
        self.say(f"{claim}: {word}. {len(self._coded & set(mine))} of {len(self._coded)} claims coded.")

    def compare(self, file: str | None = None) -> Agreement:
        """Set these verdicts beside a second coder's, or beside the ledger's own where no file is named."""
        which = self.which.value
        mine = kept.verdicts(self.session.answers.entries, which)
        if file is None:
            if which == SINCE and not self.since_open:
                raise Problem(LOCKED)
            other, name = kept.of_the_ledger(which), "the ledger"
        else:
            other, name = self._second(file, which)
        one, two = kept.alike(mine, which), kept.alike(other, which)
        if not one:
            raise Problem("you have coded no claim yet: choose a word beside some claims first.")
        found = agreement(one, two)
        self._result.value = self._table(found, mine, other, name)
        self.say(said(found, name))
        return found

    def _second(self, file: str, which: str) -> tuple[dict[str, str], str]:
        if not file.strip():
            raise Problem("name the second coder’s file, such as answers-second.json, and put it beside this notebook.")
        path = self.session.folder / file.strip()
        if path.resolve() == self.session.answers.path.resolve():
            raise Problem(f"{path.name} is your own file; the second coder’s needs another name.")
        return kept.verdicts(kept.read_coder(path), which), path.name

    def _table(self, found: Agreement, mine: Mapping, other: Mapping, name: str) -> str:
        rows = [[id, self._ledger[id].paraphrase, mine[id], other[id]] for id in found.apart]
        if not rows:
            return ""
        return html_table(["claim", "in our paraphrase", "you", name], rows, "Where the two coders part")

    def html(self) -> str:
        """What is coded, and the words there are to choose from."""
        items = "".join(f"<li>{escape(line)}</li>" for line in _choices())
        return f"<p>{escape(_about())}</p><ul>{items}</ul>"

    def plain(self) -> str:
        """The same as text."""
        return "\n".join([_about(), *(f"  {line}" for line in _choices())])


def _about() -> str:
    return (
        f"Code each of the {len(kept.coded(SINCE))} claims that can bear a verdict, alone at first; norms bear none. Verdicts are "
        "kept in answers.json beside this notebook. Then compare with a second coder: put their answers.json here under another "
        "name. Where you part is where to talk."
    )


def _choices() -> list[str]:
    """The words there are, for then and, by kind, for since."""
    since = "; ".join(f"of a {k.word} {', '.join(k.verdicts)}" for k in kinds().values() if len(k.verdicts) > 1)
    asked = _asked()
    return [f"{asked[THEN]}: {', '.join(kept.words(THEN))}", f"{asked[SINCE]}: {since}"]


def _nothing(c: Claim, which: str) -> str:
    """Why there is nothing to code of a claim, such as a norm."""
    return f"a {c.kind}, which can only be “{kept.words(which, c.kind)[0]}”"


def said(found: Agreement, name: str) -> str:
    """The agreement in words: the share, chance, kappa with its rough interval."""
    both = f"{found.items} {'claim' if found.items == 1 else 'claims'} coded by you and by {name}"
    same = found.items - len(found.apart)
    shares = f"the same for {same} ({number(100 * found.observed, 2)} percent; chance alone would give {number(100 * found.chance, 2)})"
    if found.kappa is None:
        return f"{both}: {shares}. Both used one word only, so kappa is not defined."
    low, high = found.interval
    wide = "; with so few claims that is wide" if found.items < FEW else ""
    return f"{both}: {shares}. Cohen’s kappa is {found.kappa:.2f}, roughly {low:.2f} to {high:.2f}{wide}."


def _asked() -> dict[str, str]:
    """What is coded, in words: as of when the report was written, or since."""
    meta = home().meta
    return {THEN: f"how good it was on what could be known in {meta.month}", SINCE: f"how it fares on {meta.known}"}

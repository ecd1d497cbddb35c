"""The static form of a model or an exhibit: a picture, its words, its caption and its table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tumen.core import Model
from tumen.core.frozen import frozen
from tumen.evidence.exhibit import Exhibit, cell
from tumen.page.session import Session
from tumen.page.tables import SCALE, assumptions, folded_table, size, text_table


class Still:
    """A picture as a notebook stores it: a PNG, and in plain text its words with the numbers; `of` is the key of what is shown."""

    def __init__(self, picture, rows, words: str, of: str = ""):
        self.png, self.words, self.of = picture.png(rows, SCALE), words, of

    def __repr__(self):
        return self.words

    def _repr_mimebundle_(self, **kwargs):
        width, height = size(self.png)
        return {"image/png": self.png, "text/plain": self.words}, {
            "image/png": {"alt": self.words, "width": width, "height": height}
        }


class Note:
    """A caption and a table, as HTML, where a long table is closed, and as text."""

    def __init__(self, caption: str, head, rows):
        self.caption, self.head, self.rows = caption, head, rows

    def __repr__(self):
        return f"{self.caption}\n\n{text_table(self.head, self.rows)}"

    def _repr_html_(self):
        return f'<p class="tumen-about">{escape(self.caption)}</p>{folded_table(self.head, self.rows)}'


@frozen
class Shown:
    """What is shown of a model in its starting case, or of an exhibit: where it has no picture, `picture` is None.

    `rows` and `words` are the picture's rows and its text alternative; `head` and `body` are the table under it.
    """

    picture: object | None
    rows: list
    words: str
    caption: str
    head: Sequence[str]
    body: Sequence[Sequence[str]]


def stills(thing: Model | Exhibit, session: Session) -> list:
    """The picture and the note of a model in its starting case, or of an exhibit."""
    what = shown(thing, session)
    note = Note(what.caption, what.head, what.body)
    if what.picture is None:
        return [note]
    still = Still(what.picture, what.rows, what.words, thing.key)
    session.alternatives.tell(still.png, still.words, what.picture, what.rows)
    return [still, note]


def shown(thing: Model | Exhibit, session: Session) -> Shown:
    """What is shown of a model in its starting case, or of an exhibit, under the session's case."""
    return _exhibit(thing, session) if isinstance(thing, Exhibit) else _model(thing, session)


def _model(model: Model, session: Session) -> Shown:
    from tumen.brief import picture_of

    model = session.model(model)
    start, drawn = model(), picture_of(model)
    verdict = f" {model.verdict(start)}" if model.verdict else ""
    head, rows = assumptions(model)
    case = f" The case in use: {model.case_title}." if model.case_title else ""
    case += session.whose_data(model)
    return Shown(
        drawn,
        drawn.rows(start, start),
        drawn.words(start, start) + verdict,
        drawn.caption + case + verdict,
        head[:-1],
        [r[:-1] for r in rows],
    )


def _exhibit(exhibit: Exhibit, session: Session) -> Shown:
    from tumen.analysis.study import Study
    from tumen.brief import picture
    from tumen.evidence.dates import as_date
    from tumen.evidence.tables import table

    if isinstance(exhibit, Study):
        exhibit = exhibit.under(session.case)

    dates = [d for d in (as_date(exhibit.as_of), session.case.as_of) if d]
    read = {
        n: table(n, as_of=min(dates, default=None), case=session.case, folder=session.folder) for n in exhibit.reads
    }
    rows, drawn = exhibit.rows(read.__getitem__), picture(exhibit.key)
    cells = [[cell(c, r[c]) for c in exhibit.columns] for r in rows]
    notes = [drawn.caption if drawn else exhibit.question, *(t.note() for t in read.values())]
    caption = f"{' '.join(notes)} {exhibit.leaves_out and 'Not shown: ' + exhibit.leaves_out}".strip()
    if not drawn:
        return Shown(None, [], "", caption, exhibit.head, cells)
    marks = drawn.rows(rows)
    fitted = drawn.fit(marks) if drawn.fit else drawn
    return Shown(fitted, marks, drawn.words(rows), caption, exhibit.head, cells)

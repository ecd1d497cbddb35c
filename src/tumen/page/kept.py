"""A field whose text is kept as it is typed: in answers.json, said beside it in words, with what stood there before."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from html import escape

from tumen.core import Problem
from tumen.page import widgets as W
from tumen.page.debounce import Debounce
from tumen.page.guard import sentence
from tumen.page.session import Session
from tumen.tasks.answers_file import as_text
from tumen.tasks.recalled import APART

REST = 1.0  # seconds after the last key at which a text is kept
KEPT, RECORDED = "kept · not yet recorded", "recorded"
OPEN, DONE = "not yet handed in", "handed in"  # what a course's copy says
EARLIER, CLOSE = "earlier texts", "close the earlier texts"


def mark(text: str) -> str:
    """The FNV-1a digest of a text's UTF-16 units, which the page computes alike to see that its text has arrived."""
    raw, digest = text.encode("utf-16-le", "surrogatepass"), 0x811C9DC5
    for low, high in zip(raw[::2], raw[1::2], strict=True):
        digest = ((digest ^ (low | high << 8)) * 0x01000193) & 0xFFFFFFFF
    return f"{digest:08x}"


class Kept(W.VBox):
    """A field, what stands `beside` it, after these how its text stands, and the texts it held before.

    `field` is a text, a list or a set of options; `key` the task's; `empty` what it shows where nothing is given. With `drafts` off the field's owner records each
    change itself, as a list to choose a verdict from does. The page finds the field by its classes and keeps in the
    browser what the kernel has not yet taken.
    """

    def __init__(
        self,
        session: Session,
        key: str,
        field,
        drafts: bool = True,
        empty: str = "",
        beside: tuple[W.Widget, ...] = (),
    ):
        self.session, self.key, self.field, self.empty = session, key, field, empty
        self._rest = Debounce(self.keep, REST)
        self._quiet, self._trouble = False, ""
        # made when there is something to say, and an earlier text: most fields of a page have neither
        self.line = self._more = self._earlier = None
        super().__init__((field, *beside))
        self._classes = field._dom_classes
        if drafts:
            field.observe(lambda _: self._typed(), "value")
        session.fields.append(self)
        session.listen(lambda told: self.settle() if told in ("", key) else None)
        self.settle()

    # --- the text -------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What stands in the field; for a choice, its letter."""
        return as_text({"value": None if self.field.value == self.empty else self.field.value})

    def put(self, text: str) -> None:
        """Set what stands in the field, as a hand does; raises `Problem` for a choice that is none."""
        if isinstance(self.field, (W.RadioButtons, W.Dropdown)):
            known = {as_text({"value": v}): v for _, v in self.field._options_full}
            if text and text not in known:
                raise Problem(f"{text!r} is none of the options.")
            self.field.value = known.get(text)
        else:
            self.field.value = text

    @contextmanager
    def quietly(self):
        """Set the field without taking that for a hand's doing."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False
            self.session.answers.show(self.key)
            self.settle()

    def restore(self) -> bool:
        """Put the draft of before back into the field; returns whether there was one."""
        if self.key not in self.session.answers.drafts:
            return False
        with self.quietly():
            try:
                self.put(self.session.answers.text(self.key))
            except Problem:  # the task has other options since
                return False
        return True

    @property
    def resting(self) -> bool:
        """Whether a text waits for its second of rest to be kept."""
        return self._rest.waiting

    # --- keeping --------------------------------------------------------------------------------------

    def _typed(self) -> None:
        if not self._quiet and not self._rest.put_off():
            self.keep()

    def keep(self) -> None:
        """Keep what stands in the field now."""
        self._rest.drop()
        try:
            if self.text != self.session.answers.text(self.key):
                self.session.draft(self.key, self.text)
        except Problem:
            pass  # `settle` says it, from the answers' own trouble
        except Exception as fault:  # a callback of the event loop: nobody else would tell the reader
            self._trouble = sentence(fault)
        self.settle()

    def settle(self) -> None:
        """Say how the field's text stands, and let the page know which text has arrived."""
        answers = self.session.answers
        if self.text == answers.text(self.key):
            shown = self.field.label if hasattr(self.field, "index") else self.field.value
            arrived = (f"tumen-mark-{mark(shown or '')}", f"tumen-at-{_milliseconds(answers.when(self.key))}")
        else:
            arrived = ()
        names = (*self._classes, "tumen-field", f"tumen-key:{self.session.mark}:{self.key}", *arrived)
        if names != tuple(self.field._dom_classes):
            self.field._dom_classes = names
        words = self.words()
        earlier = bool(self._replaced())
        if self.line is None and (words or earlier):
            self.line = W.HTML()
            self.line.add_class("tumen-kept")
            self.children = (*self.children, self.line)
        if self.line and (html := f"<span>{escape(words)}</span>" if words else "") != self.line.value:
            self.line.value = html
        if self._more is None and earlier:
            self._more, self._earlier = W.Button(description=EARLIER, layout=W.Layout(width="auto")), W.VBox()
            self._more.on_click(lambda _: self.open_earlier(not self._earlier.children))
            for part in (self._more, self._earlier):
                part.add_class("tumen-before")
            self.children = (*self.children, self._more, self._earlier)
        elif self._more is not None:
            self._more.layout = W.Layout(width="auto", **({} if earlier else {"display": "none"}))

    def words(self) -> str:
        """How the field's text stands."""
        answers = self.session.answers
        if self._trouble or answers.waiting:
            return f"could not be kept: {self._trouble or answers.trouble}"
        draft = bool(as_text(answers.drafts.get(self.key)).strip())
        if not draft and (answers.get(self.key) or {}).get("value") is None:
            return ""
        if not self.session.of_course or self.key.startswith(APART):
            return KEPT if draft else RECORDED
        handed = self.session.handed.get(self.key) == answers.text(self.key)
        return DONE if handed else f"{'kept' if draft else RECORDED} · {OPEN}"

    # --- what stood there before ------------------------------------------------------------------------

    def open_earlier(self, open_: bool = True) -> None:
        """Show the texts the field held before, the latest first, each to be taken back; or close them again."""
        self.session.answers.reload(0.2)
        texts = reversed(self._replaced()) if open_ else ()
        self._earlier.children = tuple(self._one(entry) for entry in texts)
        self._more.description = CLOSE if self._earlier.children else EARLIER

    def _replaced(self) -> list[dict]:
        """What stood in the field before, oldest first; a recorded text under a draft is the latest of it."""
        answers = self.session.answers
        recorded = answers.get(self.key) if self.key in answers.drafts else None
        before = [*answers.history.get(self.key, []), *([recorded] if as_text(recorded).strip() else [])]
        return [e for e in before if as_text(e) != answers.text(self.key)]

    def _one(self, entry: dict) -> W.VBox:
        when = str(entry.get("when") or "")[:16].replace("T", ", ")
        said = W.HTML(
            f'<p class="tumen-note">until about {escape(when)} (UTC)</p><pre class="tumen-earlier">{escape(as_text(entry))}</pre>'
        )
        back = W.Button(description="take this text back", layout=W.Layout(width="auto"))
        back.on_click(lambda _: self._take_back(as_text(entry)))
        return W.VBox((said, back))

    def _take_back(self, text: str) -> None:
        try:
            self.put(text)
        except Problem as fault:
            self._trouble = str(fault)
        self.keep()
        self.open_earlier(False)


def _milliseconds(when: str) -> int:
    """A time in ISO 8601 as milliseconds since 1970, 0 where it is none."""
    try:
        return int(dt.datetime.fromisoformat(when).timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return 0

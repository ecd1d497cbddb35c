"""The one base app: controls, picture, verdict, break-evens and tabs, for any model."""

from __future__ import annotations

import os
from collections.abc import Mapping
from html import escape

from tumen.core import Flip, Model, Problem, Result, find_flips, nearest
from tumen.core.result import judged, nearness
from tumen.page import widgets as W
from tumen.page.ahead import Ahead
from tumen.page.controls import LOCKED_BY, Control, control_of, tag
from tumen.page.debounce import Debounce
from tumen.page.engine import home
from tumen.page.guard import guarded
from tumen.page.rows import badge, beside_words, spoken_of, spoken_value, track, turning
from tumen.page.session import Session
from tumen.page.tables import still
from tumen.page.tool import Folded
from tumen.page.widgets import Card
from tumen.tasks import Task

PRESENT = "TUMEN_PRESENT"  # set in the kernel of a page that is shown to a hall

UNSERVED = (
    "What draws pictures in the page is not where JupyterLab looks: run “tumen check”. The words, the table and "
    "tumen.show are here all the same."
)


class Explore(Card):
    """The card of one model: a guess where one is asked, then picture, verdict and controls.

    `settings` reads or sets every quantity; `result` is the model's result for them; `start` the starting case.
    `first` are the predictions that come before the model: while one is open, nothing of the answer is on the page.
    `only` limits the controls to those named; what a course hides is not offered, and what it locks is shown and
    cannot be moved. `pivot` is the number that a lesson turns on: before a hall it opens at the end of its range that is
    farther from where it starts.
    """

    def __init__(
        self, model: Model, session: Session, only: tuple[str, ...] = (), first: tuple[Task, ...] = (), pivot: str = ""
    ):
        self.model, self.session = session.model(model), session
        self._pivot = self.model.quantity(pivot) if pivot else None
        for name in only:
            self.model.quantity(name)
        offered = tuple(only) or tuple(q.key for q in self.model.quantities if q.kind != "fixed")
        self.only = tuple(name for name in offered if self.model.quantity(name).control != "hidden")
        self.start: Result = self.model()
        self.result: Result = self.start
        self.chart = None
        self.controls: dict[str, Control] = {}
        self._message, self._asked = "", 0
        self._rest = Debounce(self.guard(self.come_to_rest))
        self.ahead = Ahead(self.model, session, first, self.only)
        super().__init__()
        self.add_class("tumen-app")
        self._heading = W.HTML(self._title())
        session.listen(self._answered)
        if self.ahead.closed:
            self._wait()
        else:
            self.guard(self.unlock)()

    def _wait(self) -> None:
        """Show what is asked before the model, and nothing of the model."""
        self._asked = self.ahead.made
        self.children = (self._heading, *self.ahead.parts(self.guard(self._skip)))

    def _skip(self) -> None:
        self.guard(self.unlock)()
        self.session.skip(self.model.key)

    def _answered(self, _key: str) -> None:
        if self.chart is not None:
            return
        if not self.ahead.closed:
            self.guard(self.unlock)()
        elif self._asked != self.ahead.made:
            self._wait()

    # --- what stands on the page --------------------------------------------------------------

    def _title(self) -> str:
        """The question, and the case where it is not the model's own."""
        case = self.model.case_title
        which = f'<p class="tumen-note">Starts from the case: {escape(case)}</p>' if case else ""
        missing = "" if home() else f'<p class="tumen-message" role="alert">{escape(UNSERVED)}</p>'
        return f"<h3>{escape(self.model.question)}</h3>{which}{missing}"

    def _caption(self) -> str:
        """What is drawn, and how near the findings come to their claims."""
        caption = self.picture.caption + self.session.whose_data(self.model)
        told = [caption, *(nearness(f) for f in self.model.findings if f.differs)]
        return "".join(f'<p class="tumen-caption">{escape(t)}</p>' for t in told)

    def unlock(self) -> None:
        """Offer the controls and draw the picture."""
        from tumen.brief import picture_of
        from tumen.page.chart_widget import ChartWidget
        from tumen.page.save_bar import SaveBar
        from tumen.page.tabs import Tabs

        if self.chart is not None:
            return
        self.picture = picture_of(self.model)
        moved, trouble = self.guard(self._by_hand), self._trouble
        self.controls = {q.key: control_of(q, moved, trouble) for q in self.model.quantities if q.key in self.only}
        rows = self.picture.rows(self.result, self.start)
        self.chart = ChartWidget(
            picture=self.picture,
            engine=self.session.engine,
            spec=self.picture.spec(rows),
            frame=self._frame(rows),
            controls=[spoken_of(c, self._spoken_name(c)) for c in self.controls.values()],
            height=self.picture.size[1] + 60,
            guess=self.ahead.marks(),
        )
        self.save_bar, self.tabs = SaveBar(self), Tabs(self)
        # what went wrong stands by the controls; the chart writes it there
        wrong = W.HTML('<p class="tumen-message tumen-alert" role="alert"></p>')
        side = W.VBox([*self._rows(), wrong, self.save_bar])
        caption = W.HTML(self._caption())
        body = W.VBox([self.chart, side, caption])
        for part, name in ((body, "body"), (side, "controls"), (caption, "under")):
            part.add_class(f"tumen-{name}")
        self.children = (self._heading, *self.ahead.so_far, body, self.tabs)
        self.ahead.chart = self.chart
        if (
            (q := self._pivot)
            and os.environ.get(PRESENT)
            and q.key in self.controls
            and not self.controls[q.key].locked
        ):
            self.set(**{q.key: max((q.low, q.high), key=lambda end: abs(end - q.value))})

    def _rows(self) -> list[W.Widget]:
        """The controls that matter most, and the others behind a button."""
        from tumen.analysis import weightiest

        first = weightiest(self.model, tuple(self.controls))
        rest = [c.widget for k, c in self.controls.items() if k not in first]
        rows = [self.controls[k].widget for k in first]
        return [*rows, Folded(rest, f"more assumptions ({len(rest)})", "fewer assumptions")] if rest else rows

    def _spoken_name(self, control: Control) -> str:
        q = control.q
        parts = [q.label, q.unit, tag(q), LOCKED_BY if control.locked else ""]
        return ", ".join(part for part in parts if part)

    def guard(self, callback):
        """Wrap a callback so that a fault in it is told by the controls, and raised again under test."""
        return guarded(self._trouble)(callback)

    # --- what a move does ---------------------------------------------------------------------

    def _by_hand(self) -> None:
        hurried = bool(self.model.moving) and self._rest.put_off()
        try:
            self._moved(self.model.moving if hurried else {})
        except Problem as fault:
            said = str(fault).removeprefix(f"{self.model.key}: ")
            raise Problem(f"{said} Your last setting is kept.") from None

    def come_to_rest(self) -> None:
        """Work out in full what a moving control has shown in a smaller sample."""
        self._rest.drop()
        self._moved()
        self.tabs.refresh()

    def _moved(self, meanwhile: Mapping = {}) -> None:
        before = self.result, self._message
        chosen = {k: c.value for k, c in self.controls.items() if c.chosen}
        try:
            self.result, self._message = self.model(**{**meanwhile, **chosen}), ""
            for key, control in self.controls.items():
                control.follow(self.result.inputs[key])
            frame = self._frame(self.picture.rows(self.result, self.start))
        except Exception:  # whatever it is, controls, numbers and picture must go on saying one thing
            self.result, self._message = before
            for key, control in self.controls.items():
                control.follow(self.result.inputs[key])
            raise
        self.chart.frame = frame
        self.tabs.moved()

    def _trouble(self, sentence: str) -> None:
        self._message = sentence
        if self.chart is None:
            self.children = (self._heading, W.HTML(f'<p class="tumen-message" role="alert">{escape(sentence)}</p>'))
        else:
            self.chart.frame = {**self.chart.frame, "message": sentence}

    def _frame(self, rows) -> dict:
        from tumen.charts.picture import tidy

        flips = self.flips()
        own = self.model.beside(self.result) if self.model.beside else {}
        return {
            "rows": tidy(rows),
            "alt": self.picture.words(self.result, self.start),
            "verdict": self.verdict(),
            "badges": [badge(v) for v in self.result.findings if v.holds is not None],
            "message": self._message,
            "beside": self._each(
                lambda k, c: (
                    turning(flips.get(k), c.q, c.value) or beside_words(flips.get(k), c.q, c.value) or own.get(k, "")
                )
            ),
            "values": self._each(lambda k, c: spoken_value(c)),
            "track": self._each(lambda k, c: track(c, flips.get(k))),
        }

    def _each(self, tell) -> dict:
        """What `tell(key, control)` says of each control, without those of which there is nothing to say."""
        return {k: told for k, c in self.controls.items() if (told := tell(k, c))}

    def flips(self) -> dict[str, Flip]:
        """The break-even of every control for the model's first finding that has a margin."""
        gauged = next((f for f in self.model.findings if f.margin is not None), None)
        names = [k for k in self.controls if self.model.quantity(k).sampled]
        return find_flips(self.model, gauged.claim, self.result.inputs, names) if gauged else {}

    def verdict(self) -> str:
        """What this setting says, in words: never more than this setting."""
        if self.model.verdict:
            return self.model.verdict(self.result)
        return judged(self.result.findings)

    # --- for code and tests --------------------------------------------------------------------

    @property
    def settings(self) -> dict:
        """Every quantity's present value by its key; what only stands in while a control moves is none."""
        kept = {k: self.model.start[k] for k in self.model.moving if k not in self.controls}
        return {**self.result.inputs, **kept}

    def set(self, **values) -> None:
        """Set quantities as a hand on the controls would; raises `Problem` for what cannot be used."""
        self.unlock()
        for name, value in values.items():
            self.model.quantity(name).check(value)
            if name not in self.controls:
                raise Problem(f"{name} has no control here; {nearest(name, self.controls)}.")
            if self.controls[name].locked and value != self.controls[name].value:
                raise Problem(f"{self.controls[name].q.label} is set by your course and cannot be moved.")
        for name, value in values.items():
            self.controls[name].put(value)
        self._moved()

    def reset(self) -> None:
        """Every control back to the starting case."""
        for control in self.controls.values():
            control.reset()
        self._moved()

    def refresh(self) -> None:
        """Bring the open tab up to what is saved and set."""
        self.tabs.refresh()

    # --- where no widget can live ----------------------------------------------------------------

    def html(self) -> str:
        """The starting case as a picture with its words and its table; where a guess comes first, only what is asked."""
        from tumen.page.show import shown

        question = f"<h3>{escape(self.model.question)}</h3>"
        if self.ahead.asked:
            return question + self.ahead.html()
        return question + still(shown(self.model, self.session))

    def plain(self) -> str:
        """The starting case in text: inputs, outputs, findings, break-evens; where a guess comes first, only what is asked."""
        if self.ahead.asked:
            return f"{self.model.question}\n{self.ahead.plain()}"
        lines = [repr(self.start), *(f"  {nearness(f)}" for f in self.model.findings if f.differs)]
        gauged = next((f for f in self.model.findings if f.margin is not None), None)
        if gauged:
            names = [name for name in self.only if self.model.quantity(name).sampled]
            for name, flip in find_flips(self.model, gauged.claim, names=names).items():
                q = self.model.quantity(name)
                lines.append(f"  {q.label} ({tag(q)}): {beside_words(flip, q, q.value)}")
        return "\n".join([*lines, "  Run the notebook to move the controls."])

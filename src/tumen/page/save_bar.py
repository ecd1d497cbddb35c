"""Save, load and copy code: what a reader keeps of a setting, and how it comes back."""

from __future__ import annotations

import traitlets

from tumen.core import Case, Problem
from tumen.core.code import decode, encode
from tumen.core.model import Model
from tumen.page import widgets as W
from tumen.page.chart_widget import HERE, Spoken
from tumen.page.front import Front
from tumen.page.saved import case_of
from tumen.page.tab import choice


class CodeBox(Front):
    """A code to copy: a field that is selected when it changes, and copied where the browser allows it."""

    _esm = HERE / "code.js"
    _css = HERE / "chart_widget.css"
    code = traitlets.Unicode().tag(sync=True)


class SaveBar(W.VBox):
    """The buttons under the controls of an app, and the one small form that is open; `said` is the last sentence."""

    def __init__(self, app):
        super().__init__()
        self.app = app
        self._line = Spoken()
        buttons = [
            self._button("reset all", "Back to the starting case", app.reset),
            self._button("save", "Keep this setting under a name", self.open_save),
            self._button("load", "Take up a saved setting or a code", self.open_load),
            self._button("copy code", "This setting as a short code for a mail or a chat", self.open_code),
        ]
        bar = W.HBox(buttons)
        bar.add_class("tumen-bar")
        self.children = (bar, self._line)

    def _button(self, words: str, tip: str, do) -> W.Button:
        button = W.Button(description=words, tooltip=tip, layout=W.Layout(width="auto"))
        button.on_click(lambda _: self.app.guard(do)())
        return button

    def say(self, sentence: str) -> None:
        """Say what was done, where assistive technology hears it."""
        self._line.text = sentence

    @property
    def said(self) -> str:
        """The last sentence."""
        return self._line.text

    # --- the forms ----------------------------------------------------------------------------

    def _show(self, *parts: W.Widget) -> None:
        """Open a form of these parts under what was said last."""
        form = W.VBox(parts)
        form.add_class("tumen-form")
        self.children = (*self.children[:2], form)

    def open_save(self) -> None:
        """Ask for a name."""
        name = _field("name for this setting", "a name of yours")
        self._show(name, self._button("save under this name", "", lambda: self.save(name.value)))

    def open_load(self) -> None:
        """Offer the saved cases and a field for a code."""
        self.app.session.saved.reload()
        saved = list(self.app.session.saved.of(self.app.model))
        code = _field("or a code" if saved else "a code", "tumen1-…")
        parts = [code, self._button("load this code", "", lambda: self.load_code(code.value))]
        if saved:
            picked = choice("saved case", [(name, name) for name in saved])
            parts = [picked, self._button("load this case", "", lambda: self.load(picked.value)), *parts]
        self._show(*parts)
        self.say("" if saved else "No case of this model is saved beside this notebook yet; a code can be pasted.")

    def open_code(self) -> None:
        """Show the code of the present setting, ready to copy."""
        self._show(CodeBox(code=self.code()))
        self.say("")

    # --- what they do --------------------------------------------------------------------------

    def case(self, title: str = "") -> Case:
        """The case that gives the present setting."""
        return case_of(self.app.model, self.app.settings, title)

    def save(self, name: str) -> None:
        """Keep the present setting under a name, in a case file beside the notebook."""
        self.say(self.app.session.saved.keep(name, self.app.model, self.app.settings))
        self.app.refresh()

    def load(self, name: str) -> None:
        """Set the controls as a saved case has them."""
        cases = self.app.session.saved.of(self.app.model)
        if name not in cases:
            raise Problem(f"there is no saved case {name!r} of this model any more.")
        self._take(cases[name], f"“{name}”")

    def code(self) -> str:
        """The code of the present setting."""
        case = self.case()
        if not case.overrides:
            raise Problem("this is the starting case, so there is nothing to send; move a control first.")
        return encode(case)

    def load_code(self, text: str) -> None:
        """Set the controls as a code has them."""
        from tumen.brief import models

        case = decode(text, models().values())
        if self.app.model.key not in case.overrides:
            about = ", ".join(case.overrides) or "no model"
            raise Problem(f"this code is sound, but it speaks of {about} and not of {self.app.model.key}.")
        self._take(case, "the code")

    def _take(self, case: Case, name: str) -> None:
        wanted = case.apply(self.app.model.declared)
        here = {k: v for k, v in wanted.start.items() if k in self.app.controls and not self.app.controls[k].locked}
        self.app.set(**here)
        left = [q.label for q in wanted.quantities if self.app.settings[q.key] != wanted.start[q.key]]
        ends = [q.key for q in self.app.model.quantities if (q.low, q.high) != _ends(wanted, q.key)]
        parts = [f"Loaded {name}."]
        if left:
            parts.append(f"Not set, for it has no control here: {', '.join(left)}.")
        if ends:
            parts.append(f"Its ranges of {', '.join(ends)} are not those of this app, which keeps its own.")
        self.say(" ".join(parts))


def _ends(model: Model, name: str) -> tuple:
    q = model.quantity(name)
    return q.low, q.high


def _field(label: str, hint: str) -> W.Text:
    return W.Text(
        description=label,
        placeholder=hint,
        style={"description_width": "initial"},
        layout=W.Layout(width="100%", max_width="400px"),
    )

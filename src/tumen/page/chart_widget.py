"""The picture on the page: one small widget that draws, speaks and names the controls around it."""

from __future__ import annotations

from pathlib import Path

import traitlets
from ipywidgets import Widget, widget_serialization

from tumen.charts.picture import Picture, tidy
from tumen.page import widgets as W
from tumen.page.engine import engine, keep
from tumen.page.front import Front

HERE = Path(__file__).parent


class Engine(W.Widget):
    """Where the page finds the drawing library (Vega-Embed, from vl-convert): `file` is its name among what is served.

    Where there is no such file, or the page could not read it and asks, `text` is the library itself; where that
    cannot be had either, `trouble` is a sentence.
    """

    file = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    trouble = traitlets.Unicode().tag(sync=True)

    def __init__(self, **kwargs):
        file, text = keep()
        super().__init__(file=file, text=text, **kwargs)
        self.on_msg(lambda _widget, _content, _buffers: self.carry())

    def carry(self) -> None:
        """Send the library through the kernel."""
        try:
            self.text = engine()
        except Exception as fault:  # whatever it is, the page waits for an answer
            self.trouble = f"{type(fault).__name__}: {fault}"


def sent(frame: dict, _widget=None) -> dict:
    """A frame as it travels: of a column of words that are said again and again, each once in `named`, its rows numbers of these."""
    rows, named = [list(row) for row in frame.get("rows", ())], {}
    for at in range(max(map(len, rows), default=0)):
        words = [row[at] for row in rows if len(row) > at and row[at] is not None]
        places = {word: i for i, word in enumerate(dict.fromkeys(words))} if all(type(w) is str for w in words) else {}
        if 0 < 2 * len(places) < len(words):
            named[at] = [*places]
            for row in rows:
                if len(row) > at and row[at] is not None:
                    row[at] = places[row[at]]
    return {**frame, "rows": rows, "named": named}


class ChartWidget(Front):
    """One picture with its verdict, its message and its caption.

    `spec` is the Vega-Lite specification, sent once; `frame` changes with every move and holds `rows`,
    `alt`, `verdict`, `message`, `beside` (what stands beside each control), `values` (as read aloud) and `track` (where a
    control's finding turns, and whether it was moved), each without controls that have nothing to say, and, in an app,
    `badges` (whether each finding holds); `controls` lists the key, the accessible name and, on a track, the start of each
    control in the app around it. `guess` is a reader's mark on the picture (see `ahead.mark`), `placed` the number at
    which a hand has put it. A page that is `narrow` asks for a drawing of its own, `small`: with a `picture` it is laid out
    for a phone, its rows too where these follow from its width.
    """

    _esm = (HERE / "chart_widget.js", HERE / "guess.js")
    _css = HERE / "chart_widget.css"

    engine = traitlets.Instance(Widget).tag(sync=True, **widget_serialization)
    spec = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True, to_json=sent)
    controls = traitlets.List().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(320).tag(sync=True)
    guess = traitlets.Dict().tag(sync=True)
    placed = traitlets.Float(None, allow_none=True).tag(sync=True)
    narrow = traitlets.Bool().tag(sync=True)
    small = traitlets.Dict().tag(sync=True)

    def __init__(self, picture: Picture | None = None, **kwargs):
        self._picture = picture
        super().__init__(**kwargs)
        self._wide = self.frame

    @traitlets.validate("frame")
    def _fit(self, proposal) -> dict:
        frame = proposal.value
        if frame.get("narrow"):  # one that was fitted, with another sentence in it
            return frame
        self._wide = frame
        if self.narrow and self._picture and self._picture.small:
            return {**frame, "rows": tidy(self._picture.small(frame["rows"])[1]), "narrow": True}
        return frame

    @traitlets.observe("narrow")
    def _narrowed(self, _change) -> None:
        if self.narrow and not self.small:
            from tumen.charts.phone import phone_spec  # with what sets words anew, where a page is narrow

            try:
                self.small = phone_spec(self._picture, self._wide["rows"]) if self._picture else self.spec
            except Exception:  # a page that waits for a drawing gets the one there is
                self.small = self.spec
        self.frame = self._wide


class Spoken(Front):
    """A line of text that assistive technology announces when it changes."""

    _esm = """
    export default { render({ model, el }) {
      const line = document.createElement("p");
      line.className = "tumen-feedback"; line.setAttribute("role", "status");
      const say = () => {
        const [text, state] = [model.get("text"), model.get("state")], at = state ? text.indexOf(".") + 1 : 0;
        const word = document.createElement("b");
        word.className = `tumen-${state}`; word.textContent = text.slice(0, at);
        line.replaceChildren(...(at ? [word] : []), text.slice(at));
      };
      model.on("change:text", say); say(); el.append(line);
      // after what a press has put on the page
      model.on("change:taken", () => requestAnimationFrame(() => { line.tabIndex = -1; line.focus({ preventScroll: true }); line.scrollIntoView({ block: "nearest" }); }));
      // in JupyterLab the arrow keys move between cells, even from a list of options that has the focus
      requestAnimationFrame(() => el.closest(".tumen-card, .tumen-ask")?.addEventListener("focusin", ({ target }) => {
        if (target.matches("select, input[type=radio]")) target.setAttribute("data-lm-suppress-shortcuts", "true");
      }));
    } };
    """
    _css = HERE / "chart_widget.css"
    text = traitlets.Unicode().tag(sync=True)
    state = traitlets.Unicode().tag(sync=True)
    taken = traitlets.Int().tag(sync=True)

    def say(self, text: str, state: str = "") -> None:
        """Say a sentence; with a `state` its first word is that of an answer, which is marked and coloured."""
        with self.hold_sync():
            self.state, self.text = state, text

    def take_focus(self) -> None:
        """Let the line have the focus, where what had it is no longer on the page."""
        self.taken += 1

"""The picture on the page: one small widget that draws, speaks and names the controls around it."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets
from ipywidgets import Widget, widget_serialization

from tumen.apps.engine import engine

HERE = Path(__file__).parent


class Engine(anywidget.AnyWidget):
    """Carries the drawing library (Vega-Embed, from vl-convert) to the page once a session, with no network."""

    def __init__(self, **kwargs):
        self._esm = engine()
        super().__init__(**kwargs)


class Stage(anywidget.AnyWidget):
    """One picture with its verdict, its message and its caption.

    `spec` is the Vega-Lite specification, sent once; `frame` changes with every move and holds `rows`,
    `alt`, `verdict`, `message`, `beside` (what stands beside each control) and `values` (as read aloud);
    `controls` lists the key and the accessible name of each control in the app around it.
    """

    _esm = HERE / "stage.js"
    _css = HERE / "stage.css"

    engine = traitlets.Instance(Widget).tag(sync=True, **widget_serialization)
    spec = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(320).tag(sync=True)


class Spoken(anywidget.AnyWidget):
    """A line of text that assistive technology announces when it changes."""

    _esm = """
    export default { render({ model, el }) {
      const line = document.createElement("p");
      line.className = "tumen-feedback"; line.setAttribute("role", "status");
      const say = () => { line.textContent = model.get("text"); };
      model.on("change:text", say); say(); el.append(line);
      // in JupyterLab the arrow keys move between cells, even from a list of options that has the focus
      requestAnimationFrame(() => el.closest(".tumen-card")?.addEventListener("focusin", ({ target }) => {
        if (target.matches("select, input[type=radio]")) target.setAttribute("data-lm-suppress-shortcuts", "true");
      }));
    } };
    """
    _css = HERE / "stage.css"
    text = traitlets.Unicode().tag(sync=True)

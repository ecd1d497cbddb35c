"""A widget of ours on the page: its code comes with it, and no message is lost while that code starts."""

from __future__ import annotations

from pathlib import Path

import ipywidgets as W
import traitlets

from tumen.apps.engine import EXTENSION

VERSION = "^1.0.0"  # of the classes in labextension/front.js


class Front(W.DOMWidget):
    """A widget drawn by a module of its own.

    A subclass sets `_esm`, a JavaScript module with a default export that has `initialize({ model, home })`,
    `render({ model, el, home })` or both, and `_css`, a style sheet; each a path or the text itself. `render` may
    return what is to be done when the widget leaves the page; `home` is the address of what `tumen-widgets` serves.
    """

    _model_name = traitlets.Unicode("FrontModel").tag(sync=True)
    _model_module = traitlets.Unicode(EXTENSION).tag(sync=True)
    _model_module_version = traitlets.Unicode(VERSION).tag(sync=True)
    _view_name = traitlets.Unicode("FrontView").tag(sync=True)
    _view_module = traitlets.Unicode(EXTENSION).tag(sync=True)
    _view_module_version = traitlets.Unicode(VERSION).tag(sync=True)

    _esm: str | Path = ""
    _css: str | Path = ""

    def __init__(self, **kwargs):
        for name in ("_esm", "_css"):
            text = getattr(self, name)
            text = text.read_text(encoding="utf-8") if isinstance(text, Path) else text
            self.add_traits(**{name: traitlets.Unicode(text).tag(sync=True)})
        super().__init__(**kwargs)

    def __repr__(self):
        return f"{type(self).__name__}()"

"""A widget of ours on the page: its code comes with it, and no message is lost while that code starts."""

from __future__ import annotations

from pathlib import Path

import traitlets
from ipywidgets import Widget, widget_serialization

from tumen.page import widgets as W
from tumen.page.engine import EXTENSION

VERSION = "^1.1.0"  # of the classes in labextension/front.js
Source = str | Path | tuple[Path, ...]


class Code(Widget):
    """The module and the style sheet of one kind of widget, sent once a session."""

    esm = traitlets.Unicode().tag(sync=True)
    css = traitlets.Unicode().tag(sync=True)


class Front(W.DOMWidget):
    """A widget drawn by a module of its own.

    A subclass sets `_esm`, a JavaScript module with a default export that has `initialize({ model, home })`,
    `render({ model, el, home })` or both, and `_css`, a style sheet; each a path, paths of parts that are sent as one, or
    the text itself. `render` may return what is to be done when the widget leaves the page; `home` is the address of what
    `tumen-widgets` serves.
    """

    _model_name = traitlets.Unicode("FrontModel").tag(sync=True)
    _model_module = traitlets.Unicode(EXTENSION).tag(sync=True)
    _model_module_version = traitlets.Unicode(VERSION).tag(sync=True)
    _view_name = traitlets.Unicode("FrontView").tag(sync=True)
    _view_module = traitlets.Unicode(EXTENSION).tag(sync=True)
    _view_module_version = traitlets.Unicode(VERSION).tag(sync=True)
    source = traitlets.Instance(Widget).tag(sync=True, **widget_serialization)

    _esm: Source = ""
    _css: Source = ""

    @traitlets.default("source")
    def _source_of_its_kind(self):
        return W.shared(Code, esm=_text(self._esm), css=_text(self._css))

    def __repr__(self):
        return f"{type(self).__name__}()"


def _text(given: Source) -> str:
    if isinstance(given, tuple):
        return "\n".join(map(_text, given))
    return given.read_text(encoding="utf-8") if isinstance(given, Path) else given

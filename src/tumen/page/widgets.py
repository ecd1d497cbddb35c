"""ipywidgets as the apps use them: sent when they are shown, and those that look alike share a layout and a style.

By itself each widget is sent to the page when it is made, and each change of it while its card is being put together
after it; here a card goes as it is when it is shown, with what it holds. And by itself each widget brings a layout and a
style of its own, which are widgets too and cost more than what they belong to. A shared one is never changed: to look
otherwise, a widget is given another (`box.layout = Layout(display="none")`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import ipywidgets as own
import traitlets
from IPython import get_ipython
from ipywidgets import Widget


def shared(kind: type[Widget], **given) -> Widget:
    """The one layout or style of this kind with these values, kept on the IPython shell; outside a notebook a new one."""
    if (shell := get_ipython()) is None:
        return kind(**given)
    known = shell.__dict__.setdefault("_tumen_shared", {})
    key = (kind, *sorted(given.items()))
    if key not in known or known[key].comm is None:  # all were closed
        known[key] = kind(**given)
    return known[key]


def Layout(**given) -> own.Layout:
    """The shared layout with these values."""
    return shared(own.Layout, **given)


@functools.cache
def _written(kind: type[Widget]) -> dict[str, Callable | None]:
    """How each value of a kind of widget is put for the page; None where it goes as it is."""
    return {name: trait.metadata.get("to_json") for name, trait in kind.class_traits(sync=True).items()}


class DOMWidget(own.DOMWidget):
    """What every widget here is: sent when it is first named to the page; its layout and its style shared unless given."""

    def __init__(self, *args, **kwargs):
        if isinstance(style := kwargs.get("style"), dict):
            kwargs["style"] = shared(type(self).style.klass, **style)
        super().__init__(*args, **kwargs)

    def open(self) -> None:
        """Wait: ipywidgets calls this when a widget is made."""

    def get_state(self, key=None, drop_defaults=False) -> dict:
        """What the page is told, of one value, of some or of all; how each is put is asked once a kind, not once a widget."""
        if drop_defaults:
            return super().get_state(key, drop_defaults)
        put = _written(type(self))
        names = put if key is None else (key,) if isinstance(key, str) else key
        return {k: to(getattr(self, k), self) if (to := put[k]) else getattr(self, k) for k in names}

    def send_state(self, key=None) -> None:
        """Send the page what has changed; ipywidgets looks through every row of a picture for bytes, and none here holds any."""
        state = self.get_state(key)
        for name in self._property_lock.keys() & state:
            self._property_lock[name] = state[name]
        if state:
            self._send({"method": "update", "state": state, "buffer_paths": []})

    @property
    def model_id(self) -> str:
        """The name of the widget on the page, where it is sent to if it was not yet."""
        if self.comm is None:
            super().open()
        return super().model_id

    def _repr_mimebundle_(self, **kwargs):
        self._model_id = self.model_id
        return super()._repr_mimebundle_(**kwargs)

    @traitlets.default("layout")
    def _layout_of_all(self):
        return Layout()

    @traitlets.default("style")
    def _style_of_its_kind(self):
        return shared(type(self).style.klass)

    @traitlets.default("keys")
    def _default_keys(self):  # asked once a kind, not once a widget
        return list(_written(type(self)))


class Box(DOMWidget, own.Box):
    """Parts, set out by the style of their class."""


class VBox(DOMWidget, own.VBox):
    """A column."""


class HBox(DOMWidget, own.HBox):
    """A row."""


class Tab(DOMWidget, own.Tab):
    """Tabs."""


class HTML(DOMWidget, own.HTML):
    """Words."""


class Button(DOMWidget, own.Button):
    """A button."""


class Text(DOMWidget, own.Text):
    """A field of one line."""


class Textarea(DOMWidget, own.Textarea):
    """A field of several lines."""


class Dropdown(DOMWidget, own.Dropdown):
    """A list to choose from."""


class RadioButtons(DOMWidget, own.RadioButtons):
    """Options, all in sight."""


class Checkbox(DOMWidget, own.Checkbox):
    """A box to tick."""


class FloatSlider(DOMWidget, own.FloatSlider):
    """A slider."""


class FloatLogSlider(DOMWidget, own.FloatLogSlider):
    """A slider of powers."""


class FloatRangeSlider(DOMWidget, own.FloatRangeSlider):
    """A slider with two handles."""


class Card(VBox):
    """A box of widgets that also says what it holds in plain text and in static HTML.

    A saved notebook, GitHub, a printed page and a strict notebook test see `plain()` and `html()`; both
    hold the numbers of the starting case only, so that they do not change with what a reader did.
    """

    def plain(self) -> str:
        """The content as text."""
        raise NotImplementedError

    def html(self) -> str:
        """The content as static HTML; empty where the text says it all."""
        return ""

    def __repr__(self):
        return self.plain()

    def _repr_mimebundle_(self, **kwargs):
        bundle = {"text/plain": self.plain()}
        if html := self.html():
            bundle["text/html"] = html
        bundle["application/vnd.jupyter.widget-view+json"] = {
            "version_major": 2,
            "version_minor": 0,
            "model_id": self.model_id,
        }
        return bundle

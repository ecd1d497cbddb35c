"""Widgets are sent when they are shown, those that look alike share a layout and a style, and no shared one is changed."""

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import ipywidgets
import pytest

import tumen.page
from tumen.brief import model
from tumen.page import widgets as W
from tumen.page.explore import Explore
from tumen.page.tool import Folded
from tumen.tasks import find_task

APPS = sorted(Path(tumen.page.__file__).parent.glob("*.py"))


@pytest.fixture
def shell(monkeypatch):
    """A notebook's shell, on which what is shared is kept."""
    made = SimpleNamespace()
    monkeypatch.setattr(W, "get_ipython", lambda: made)
    return made


@pytest.mark.parametrize("path", APPS, ids=lambda p: p.stem)
def test_an_app_takes_its_widgets_from_here(path):
    if path.name == "widgets.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        assert "ipywidgets" not in names, f"{path.name}: write `from tumen.page import widgets as W`"


def test_alike_is_one_layout_and_one_style(shell):
    one, two, wide = W.Button(description="a"), W.Button(description="b"), W.Button(layout=W.Layout(width="auto"))
    assert one.layout is two.layout and one.style is two.style is wide.style
    assert wide.layout is W.Layout(width="auto") is not one.layout
    assert one.layout is W.HTML().layout and W.HTML().style is not one.style
    text = W.Text(style={"description_width": "initial"})
    assert text.style.description_width == "initial"
    assert text.style is W.Text(style={"description_width": "initial"}).style is not W.Text().style


def test_each_notebook_shares_its_own(shell, monkeypatch):
    here = W.Button().layout
    monkeypatch.setattr(W, "get_ipython", lambda: SimpleNamespace())
    assert W.Button().layout is not here
    monkeypatch.setattr(W, "get_ipython", lambda: None)
    assert W.Button().layout is not W.Button().layout


def test_what_was_closed_is_made_anew(shell):
    gone = W.Button().layout
    gone.close()
    assert W.Button().layout is not gone
    assert W.Button().layout.comm is not None


def test_a_card_is_sent_whole_when_it_is_shown(shell):
    line, hidden = W.HTML("before"), W.HTML("not on the page")
    box = W.VBox([line])
    line.value = "after"
    box.add_class("tumen-row")
    assert line.comm is box.comm is hidden.comm is None
    shown = box._repr_mimebundle_()["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert shown == box.comm.comm_id == box.model_id
    assert line.comm is not None
    assert hidden.comm is None
    later = W.HTML("later")
    box.children = (line, later)
    assert later.comm is not None


def test_no_shared_layout_or_style_is_ever_changed(shell, session):
    from tumen.page.questions import Argument

    app = Explore(model("counting.ceiling"), session)
    app.model_id  # noqa: B018 - as it is shown
    more = next(w for w in _inside(app) if isinstance(w, Folded))
    more.button.click()
    assert more.inside.children
    more.button.click()
    assert not more.inside.children
    first = next(iter(app.controls.values())).q
    app.set(**{first.key: (first.low + first.high) / 2})
    asked = Argument(find_task("counting.mind"), session)
    asked.answer("one"), asked.answer("two")
    assert shell._tumen_shared
    for (kind, *given), made in shell._tumen_shared.items():
        if issubclass(kind, (ipywidgets.Layout, ipywidgets.Style)):
            plain = kind(**dict(given))
            assert {k: getattr(made, k) for k in made.keys} == {k: getattr(plain, k) for k in plain.keys}, given


def test_a_widget_tells_the_page_what_ipywidgets_would_tell(session, shell):
    app = Explore(model("counting.ceiling"), session)
    for widget in _inside(app):
        assert list(widget.get_state().items()) == list(ipywidgets.Widget.get_state(widget).items())
        assert widget.get_state("layout") == ipywidgets.Widget.get_state(widget, "layout")
        assert widget.get_state(["layout"]) == ipywidgets.Widget.get_state(widget, ["layout"])


def test_no_line_changes_a_layout_or_a_style():
    for path in APPS:
        assert not re.findall(r"\.(?:layout|style)\.\w+ = [^;]*$", path.read_text(encoding="utf-8"), re.M), path.name


def _inside(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _inside(child)

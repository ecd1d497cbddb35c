"""What tests of the apps share: one drawing engine, one app a model, and hands that find buttons."""

import ipywidgets as W
import pytest

from tumen.brief import models
from tumen.page.chart_widget import Engine
from tumen.page.explore import Explore
from tumen.page.session import Session


@pytest.fixture(scope="session")
def engine():
    """The drawing library, built once: it takes longer than any test."""
    return Engine()


@pytest.fixture
def session_in(engine):
    """A function that opens a fresh session in a folder, as a notebook that is opened does."""

    def opened(folder) -> Session:
        session = Session(folder)
        session._engine = engine
        return session

    return opened


@pytest.fixture
def session(session_in, tmp_path):
    """A fresh session in an empty folder."""
    return session_in(tmp_path)


@pytest.fixture(scope="session")
def open_apps():
    return {}


@pytest.fixture
def app_of(open_apps, engine, tmp_path_factory):
    """A function that gives the app of a model's key in its starting case; built once, set back for each test."""

    def opened(key) -> Explore:
        if key not in open_apps:
            session = Session(tmp_path_factory.mktemp("session"))
            session._engine = engine
            open_apps[key] = Explore(models()[key], session)
        app = open_apps[key]
        app.tabs.selected_index = None
        if app.settings != app.model.start or app.chart.frame["message"] or any(c.moved for c in app.controls.values()):
            app.reset()
        return app

    return opened


def widgets_in(widget):
    """A widget and everything inside it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from widgets_in(child)


@pytest.fixture
def press():
    """A function that presses the button of that description, as a hand would."""

    def pressed(card, description: str) -> None:
        found = [w for w in widgets_in(card) if isinstance(w, W.Button) and w.description == description]
        assert len(found) == 1, f"{len(found)} buttons {description!r}"
        assert not found[0].disabled
        found[0].click()

    return pressed


@pytest.fixture
def turn_to(words_on):
    """A function that opens a tab of an app by its title and gives the words on it."""

    def turned(app, title: str) -> str:
        titles = [app.tabs.get_title(i) for i in range(len(app.tabs.children))]
        app.tabs.selected_index = next(i for i, t in enumerate(titles) if t.endswith(title))
        return words_on(app.tabs.children[app.tabs.selected_index])

    return turned


@pytest.fixture
def words_on():
    """A function that gives everything a card shows as HTML or as a spoken line."""

    def read(card) -> str:
        from tumen.page.chart_widget import Spoken

        shown = [w.value for w in widgets_in(card) if isinstance(w, W.HTML)]
        return "\n".join(shown + [w.text for w in widgets_in(card) if isinstance(w, Spoken)])

    return read


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """No analysis seems to take time: how many cases are drawn must not hang on how busy the machine is."""
    monkeypatch.setattr("tumen.analysis.robust.perf_counter", lambda: 0.0)

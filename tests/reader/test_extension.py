"""What the server loads: Voilà's settings where nobody set them otherwise, and the address of progress."""

from types import SimpleNamespace

import nbformat
import pytest
from traitlets.config import Config

from tumen.reader import _jupyter_server_extension_points, extension


class App:
    def __init__(self, **given):
        self.config = Config({"VoilaConfiguration": given})
        self.added = []
        self.web_app = SimpleNamespace(
            settings={"base_url": "/user/a/"}, add_handlers=lambda _, rules: self.added.extend(rules)
        )


def test_it_is_loaded_before_voila():
    (point,) = _jupyter_server_extension_points()
    assert point["module"] == "tumen.reader.extension"
    assert sorted(["voila.server_extension", "tumen.reader"])[0] == "tumen.reader"


def test_the_page_is_ours_and_shows_only_what_belongs_on_it():
    app = App()
    extension._load_jupyter_server_extension(app)
    settings = app.config.VoilaConfiguration
    assert settings.template == "tumen"
    assert settings.allow_template_override == settings.allow_theme_override == "NO"
    assert {"tumen", "tumen-widgets"} < set(settings.extension_allowlist)
    (progress, lesson) = app.added
    assert progress[0].startswith("/user/a/tumen/progress/") and progress[1] is extension.Progress
    assert lesson == ("/user/a/tumen/lesson", extension.Lesson)


@pytest.mark.parametrize("name", ["template", "prelaunch_hook"])
def test_what_somebody_set_stays(name):
    app = App(**{name: "theirs"})
    extension._load_jupyter_server_extension(app)
    assert app.config.VoilaConfiguration[name] == "theirs"


def test_a_page_is_given_the_cookie_by_which_it_ends_its_kernel(tmp_path):
    class Handler:
        path_args = ("one.ipynb",)
        contents_manager = SimpleNamespace(root_dir=str(tmp_path))
        asked = 0

        @property
        def xsrf_token(self):
            self.asked += 1
            return b"token"

    handler = Handler()
    extension.prepared(handler, nbformat.v4.new_notebook(), str(tmp_path))
    assert handler.asked == 1

"""What the server does for the reader's view: Voilà's settings, and the addresses a page asks for its progress and for a lesson."""

from __future__ import annotations

import json
from pathlib import Path

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from tumen.reader import page
from tumen.reader.lesson import Lesson

TEMPLATE = "tumen"
# ipywidgets, its manager for Voilà, and our own two; whatever else is installed for JupyterLab has no place on the page
WIDGETS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]
EXTENSIONS = [*WIDGETS, "tumen", "tumen-widgets"]


def _load_jupyter_server_extension(app) -> None:
    """Set what Voilà reads when it is loaded next, where nobody set it otherwise, and add the address of progress."""
    settings = app.config.VoilaConfiguration
    ours = {
        "template": TEMPLATE,
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "extension_allowlist": EXTENSIONS,
        "prelaunch_hook": prepared,
    }
    for name, value in ours.items():
        if name not in settings:
            settings[name] = value
    base = app.web_app.settings["base_url"]
    rules = [(r"/tumen/progress/(.+\.ipynb)", Progress), (r"/tumen/lesson", Lesson)]
    app.web_app.add_handlers(".*$", [(url_path_join(base, address), handler) for address, handler in rules])


def prepared(handler, notebook, cwd):
    """The notebook as a page shows it, with what stands beside its text; Voilà calls this before it starts a kernel."""
    _ = handler.xsrf_token  # sets the cookie without which a page that is left could not end its kernel
    path = handler.path_args[0]
    folder = place(handler).joinpath(*Path(path).parent.parts)
    return page.prepared(notebook, folder, Path(path).name)


def place(handler) -> Path:
    """The folder that the server shows."""
    return Path(handler.contents_manager.root_dir).expanduser()


class Progress(JupyterHandler):
    """How far the questions of one notebook are answered, as a list of states in the order of its questions."""

    @web.authenticated
    async def get(self, path: str) -> None:
        """The states, from answers.json beside the notebook."""
        model = await self.contents_manager_get(path)
        folder = place(self).joinpath(*Path(path).parent.parts)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps([q["state"] for q in page.questions(model["content"], folder)]))

    async def contents_manager_get(self, path: str) -> dict:
        """The notebook; raises 404 where there is none."""
        from jupyter_core.utils import ensure_async

        return await ensure_async(self.contents_manager.get(path, type="notebook"))

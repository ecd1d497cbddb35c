"""What the server does for the reader's view: Voilà's settings, and the addresses a page asks for its progress and the running lesson's question."""

from __future__ import annotations

import json
from pathlib import Path

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from tumen.lesson.announce import announced, key

KEPT = (
    "tumen_lesson"  # in the server's settings: the code of the lesson, and the cookie with which it knows this reader
)
MOST = 4_000  # bytes of what a reader sends


class Lesson(JupyterHandler):
    """What the running lesson asks now, as a phone is told it; an empty table where none runs."""

    @web.authenticated
    async def get(self) -> None:
        """The state of the lesson for this reader, or, in a teacher's own hall, what its wall shows."""
        wall = await self._teach("look/wall?wait=0") if self.get_query_argument("wall", "") else {}
        self._tell(wall or await self._ask("state?wait=0"))

    @web.authenticated
    async def post(self) -> None:
        """Send an answer on, and tell what the lesson says to it."""
        if len(self.request.body) > MOST:
            raise web.HTTPError(413)
        teaches = bool(self.get_query_argument("wall", ""))
        self._tell(await (self._teach("do", self.request.body) if teaches else self._ask("answer", self.request.body)))

    def _tell(self, doc: dict) -> None:
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(doc))

    async def _teach(self, what: str, body: bytes | None = None) -> dict:
        """What the lesson tells its teacher, whose server this is; an empty table for everybody else."""
        there, secret = announced(), key()
        if there is None or not secret:
            return {}
        try:
            return await _sent(f"http://127.0.0.1:{there['port']}/{what}", f"tumen_teacher={secret}", body)
        except HTTPClientError as refused:
            return _said(refused)
        except (OSError, ValueError):
            return {}

    async def _ask(self, what: str, body: bytes | None = None) -> dict:
        """What the lesson answers; it is joined where it does not know this reader yet."""
        there = announced()
        if there is None:
            return {}
        base = f"http://127.0.0.1:{there['port']}/{there['code']}/"
        code, cookie = self.settings.get(KEPT, ("", ""))
        try:
            if code != there["code"] or not cookie:
                cookie = await self._join(base, there["code"])
            for again in (True, False):
                try:
                    return await _sent(f"{base}{what}", cookie, body)
                except HTTPClientError as refused:
                    if refused.code != 401 or not again:
                        return _said(refused)
                    cookie = await self._join(base, there["code"])
        except (OSError, HTTPClientError, ValueError):
            pass  # the lesson has stopped for now
        return {}

    async def _join(self, base: str, code: str) -> str:
        """Join the lesson as one more phone, and keep its cookie in this server alone."""
        reply = await AsyncHTTPClient().fetch(
            f"{base}join", method="POST", body="{}", headers={"Content-Type": "application/json"}, request_timeout=5
        )
        cookie = reply.headers.get("Set-Cookie", "").partition(";")[0]
        self.settings[KEPT] = (code, cookie)
        return cookie


async def _sent(address: str, cookie: str, body: bytes | None) -> dict:
    headers = {"Cookie": cookie, "Content-Type": "application/json"}
    how = {} if body is None else {"method": "POST", "body": body}
    reply = await AsyncHTTPClient().fetch(address, headers=headers, request_timeout=5, **how)
    return json.loads(reply.body)


def _said(refused: HTTPClientError) -> dict:
    """The lesson's one sentence on what it did not take."""
    try:
        return {"says": str(json.loads(refused.response.body)["says"])}
    except (AttributeError, ValueError, KeyError, TypeError):
        return {}


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
    from tumen.reader import page  # with the library behind it: not every server shows a page

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
        from tumen.reader import page

        model = await self.contents_manager_get(path)
        folder = place(self).joinpath(*Path(path).parent.parts)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps([q["state"] for q in page.questions(model["content"], folder)]))

    async def contents_manager_get(self, path: str) -> dict:
        """The notebook; raises 404 where there is none."""
        from jupyter_core.utils import ensure_async

        return await ensure_async(self.contents_manager.get(path, type="notebook"))

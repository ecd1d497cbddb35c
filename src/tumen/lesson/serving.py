"""A lesson's pages, and what every address shares: how many connections there may be, its headers, its limits, faults in one sentence."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import suppress
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from tornado import httpserver, web

import tumen
from tumen.lesson import allowed
from tumen.lesson.agenda import Chapter
from tumen.lesson.allowed import LINE, LONGEST
from tumen.lesson.room import Room, tagged

STATIC = Path(tumen.__file__).parent / "lesson" / "static"
FILES = {
    "lesson.css": "text/css; charset=utf-8",
    "common.js": "text/javascript; charset=utf-8",
    "phone.js": "text/javascript; charset=utf-8",
    "wall.js": "text/javascript; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
}


def static_file(name: str) -> tuple[str, str]:
    """The kind and the text of one of the files that pages ask for."""
    return FILES[name], (STATIC / name).read_text(encoding="utf-8")


def _page(title: str, body: str, script: str = "", data: dict | None = None, kind: str = "") -> str:
    told = json.dumps(data or {}, ensure_ascii=False).replace("<", "\\u003c")
    run = f'<script type="application/json" id="data">{told}</script>\n<script type="module" src="/static/{script}"></script>\n'
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f'<link rel="icon" href="data:,">\n<link rel="stylesheet" href="/static/lesson.css">\n<title>{escape(title)}</title>\n</head>\n'
        f'<body class="{kind}">\n{body}\n{run if script else ""}</body>\n</html>\n'
    )


def front(says: str = "") -> str:
    """The page of the short address: a field for the code."""
    trouble = f'<p role="alert">{escape(says)}</p>' if says else ""
    body = (
        '<main><h1>Join the lesson</h1><form action="/" method="get">'
        '<p><label for="code">The code on the wall</label></p>'
        '<p><input id="code" name="code" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="12" required></p>'
        f"{trouble}<p><button>join</button></p></form></main>"
    )
    return _page("Join the lesson", body, kind="phone")


def phone(chapter: Chapter) -> str:
    """The phone's page: one question, one answer, and the claims to mark as unclear."""
    claims = "".join(
        f'<li data-claim="{escape(c.id)}"><label><input type="checkbox"> <span>{escape(c.paraphrase)} <span class="quiet">({escape(c.id)})</span>'
        f'</span></label><div class="line" hidden><label for="line-{escape(c.id)}">what is unclear, in a line, if you like</label>'
        f'<input id="line-{escape(c.id)}" maxlength="{LINE}" autocomplete="off"><button type="button">send this line</button></div></li>'
        for c in chapter.claims
    )
    unclear = (
        f'<details id="unclear"><summary>Something confused me</summary><p class="quiet">Tick a claim of the report, in our words. The '
        f'teacher sees how many ticked it and may show a line; nobody sees who.</p><ul>{claims}</ul><p class="said" role="status"></p></details>'
    )
    body = (
        f'<div id="trouble" role="alert"></div>\n<main>\n<h1>{escape(chapter.title)}</h1>\n'
        '<section id="question" aria-label="The question"><p class="quiet" role="status">Coming in.</p></section>\n'
        '<section id="role" aria-label="Your role" hidden></section>\n'
        f"{unclear if claims else ''}\n"
        '<footer class="quiet"><p>No name is asked. You can change an answer until the question is closed. The one cookie of this page is '
        "gone when the browser is closed.</p></footer>\n</main>"
    )
    return _page(f"{chapter.title} · lesson", body, "phone.js", {"longest": LONGEST}, "phone")


def qr(link: str) -> str:
    """The link as a QR code, in SVG, dark on light whatever the page's colours are."""
    import segno

    made = segno.make_qr(link, error="m").svg_inline(border=2, dark="#1F2328", light="#FFFFFF", omitsize=True)
    return made.replace("<svg ", '<svg role="img" aria-label="QR code of the address to join by" ', 1)


def _join(link: str, code: str) -> str:
    place = link.removeprefix("http://").removeprefix("https://").rstrip("/")
    return f'<p class="where">{escape(place.rpartition("/")[0])}</p><p class="code"><span class="quiet">code</span> <b>{escape(code)}</b></p>'


def wall(chapter: Chapter, link: str, code: str) -> str:
    """The projector's page."""
    body = (
        f'<header><p class="title">{escape(chapter.title)}</p><p id="clock" role="timer" hidden></p></header>\n'
        f'<main id="wall" tabindex="0" aria-label="The wall"><h1 class="unseen">{escape(chapter.title)}: the lesson</h1>\n'
        f'<section id="join"><div class="qr">{qr(link)}</div><div>{_join(link, code)}<p class="joined"></p></div></section>\n'
        '<section id="question" hidden></section>\n<section id="unclear" hidden></section>\n<section id="roles" hidden></section>\n</main>\n'
        f'<footer><div class="small-qr">{qr(link)}</div><div>{_join(link, code)}</div><p id="count" role="status"></p>'
        '<p class="do"><button id="next" type="button"></button></p></footer>\n<div id="trouble" role="alert"></div>'
    )
    return _page(f"{chapter.title} · wall", body, "wall.js", kind="wall")


def desk(chapter: Chapter, link: str, code: str) -> str:
    """The teacher's page."""
    body = (
        f'<div id="trouble" role="alert"></div>\n<main>\n<h1>{escape(chapter.title)}: the desk</h1>\n'
        f'<p class="quiet">For your own eyes: the room sees the <a href="/wall" target="_blank">wall</a>. Join at {escape(link)} '
        f'(code {escape(code)}). <span id="joined"></span></p>\n'
        '<section id="now" aria-labelledby="now-name"><h2 id="now-name">Now</h2><div></div></section>\n'
        '<section id="tasks" aria-labelledby="tasks-name"><h2 id="tasks-name">Questions</h2><ol></ol></section>\n'
        '<section id="time" aria-labelledby="time-name"><h2 id="time-name">Time</h2><div></div></section>\n'
        '<section id="show" aria-labelledby="show-name"><h2 id="show-name">On the wall</h2><div></div></section>\n'
        '<section id="lines" aria-labelledby="lines-name"><h2 id="lines-name">What confused us</h2><div></div></section>\n'
        '<section id="end" aria-labelledby="end-name"><h2 id="end-name">Afterwards</h2><div></div></section>\n'
        '<p id="said" role="status"></p>\n</main>'
    )
    return _page(f"{chapter.title} · desk", body, "desk.js", kind="desk")


# --- what every address of a lesson shares --------------------------------------------------------

WAIT = 20.0  # seconds for which a page's question after news is held open
FETCHED = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:]+\]|localhost", re.IGNORECASE)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Server": "Tumen",
}


class Server(httpserver.HTTPServer):
    """An HTTP server that holds so many connections and no more, of one address fewer still."""

    def initialize(self, *args, **kwargs) -> None:
        """As Tornado does, with nobody connected."""
        super().initialize(*args, **kwargs)
        self.held: dict[str, int] = {}

    def handle_stream(self, stream, address) -> None:
        """Take a connection, or close it where there are too many."""
        who = address[0] if isinstance(address, tuple) else ""
        if self.held.get(who, 0) >= allowed.CONNECTIONS_FROM_ONE or sum(self.held.values()) >= allowed.CONNECTIONS:
            stream.close()
            return
        self.held[who] = self.held.get(who, 0) + 1
        super().handle_stream(stream, address)

    def on_close(self, server_conn) -> None:
        """Count a connection out."""
        super().on_close(server_conn)
        address = server_conn.context.address
        who = address[0] if isinstance(address, tuple) else ""
        self.held[who] = self.held.get(who, 1) - 1
        if self.held[who] <= 0:
            self.held.pop(who)


class Base(web.RequestHandler):
    """What every address of the lesson shares: its headers, its limits, faults in one sentence."""

    def initialize(self, room: Room, hosts: frozenset[str] = frozenset()) -> None:
        """With the lesson, and the names under which it may be asked."""
        self.room, self.hosts = room, hosts
        self.gone = asyncio.Event()

    def set_default_headers(self) -> None:
        """The headers of every answer."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse who asks too much, and who comes under a name that is not ours."""
        if not self.room.requests.allows(self.request.remote_ip):
            self.refuse(429, "Too much was asked from here; wait a moment.")
        name = self.request.host_name
        if not (FETCHED.fullmatch(name) or name in self.hosts):
            self.refuse(421, "The lesson is not served under this name.")
        origin = self.request.headers.get("Origin")
        if origin and self.request.method != "GET" and urlsplit(origin).netloc != self.request.host:
            self.refuse(403, "This was asked by another site.")

    def refuse(self, status: int, says: str) -> None:
        """End a request with one sentence."""
        self.set_status(status)
        self.tell({"says": says})
        raise web.Finish

    def tell(self, doc: dict) -> None:
        """Answer with a document."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(doc, ensure_ascii=False))

    def write_error(self, status_code: int, **kwargs) -> None:
        """A fault in one sentence, whatever it is."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"says": "This cannot be answered here."}))

    def log_exception(self, typ, value, tb) -> None:
        """Faults are told as they are; who asked for what that is not there is nobody's business."""
        if not isinstance(value, web.HTTPError):
            super().log_exception(typ, value, tb)

    def on_connection_close(self) -> None:
        """Whoever waited has gone."""
        self.gone.set()

    def body(self) -> dict:
        """What was sent, as a table; refuses what is none."""
        if not self.request.headers.get("Content-Type", "").startswith("application/json"):
            self.refuse(415, "Send JSON.")
        try:
            found = json.loads(self.request.body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            self.refuse(400, "Send a table of JSON.")
        return found

    async def news(self, view, bell, leave_out: str = "") -> None:
        """Answer with a view once its content is another than the page has; with what there is after some seconds."""
        seen, end = self.get_query_argument("seen", ""), asyncio.get_running_loop().time() + WAIT
        while True:
            told, tag = tagged(view(), leave_out)
            left = end - asyncio.get_running_loop().time()
            if tag != seen or left <= 0 or self.get_query_argument("wait", "1") == "0" or self.gone.is_set():
                break
            await bell.wait(left)
        self.set_header("Content-Type", "application/json")
        with suppress(web.HTTPError):
            self.finish(f'{{"tag": "{tag}", "now": {told}}}')

"""A lesson's pages, and what every address shares: how many connections there may be, its headers, its limits, faults in one sentence."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from tornado import httpserver, web

import tumen
from tumen.core.templates import rendered
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


def front(says: str = "") -> str:
    """The page of the short address: a field for the code."""
    return rendered("lesson/html/front.html", says=says, script="")


def phone(chapter: Chapter) -> str:
    """The phone's page: one question, one answer, and the claims to mark as unclear."""
    return rendered("lesson/html/phone.html", chapter=chapter, line=LINE, script="phone.js", data={"longest": LONGEST})


def qr(link: str) -> str:
    """The link as a QR code, in SVG, dark on light whatever the page's colours are."""
    import segno

    made = segno.make_qr(link, error="m").svg_inline(border=2, dark="#1F2328", light="#FFFFFF", omitsize=True)
    return made.replace("<svg ", '<svg role="img" aria-label="QR code of the address to join by" ', 1)


def wall(chapter: Chapter, link: str, code: str) -> str:
    """The projector's page."""
    place = link.removeprefix("http://").removeprefix("https://").rstrip("/").rpartition("/")[0]
    values = {"chapter": chapter, "place": place, "code": code, "qr": qr(link)}
    return rendered("lesson/html/wall.html", **values, script="wall.js", data={})


def desk(chapter: Chapter, link: str, code: str) -> str:
    """The teacher's page."""
    return rendered("lesson/html/desk.html", chapter=chapter, link=link, code=code, script="desk.js", data={})


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
            await bell.wait(timedelta(seconds=left))
        self.set_header("Content-Type", "application/json")
        with suppress(web.HTTPError):
            self.finish(f'{{"tag": "{tag}", "now": {told}}}')

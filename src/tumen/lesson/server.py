"""The lesson on the network: a phone's page, the wall, the teacher's desk, and what each may ask of the server."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from tornado import httpserver, web
from tornado.netutil import bind_sockets

from tumen.core import Problem
from tumen.lesson import limits, pages
from tumen.lesson.room import LEAST, Room, tagged

COOKIE, TEACHER = "tumen_lesson", "tumen_teacher"
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
        if self.held.get(who, 0) >= limits.CONNECTIONS_FROM_ONE or sum(self.held.values()) >= limits.CONNECTIONS:
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


class Phone(Base):
    """Whoever holds the join code."""

    def code(self, code: str) -> None:
        """Refuse another code; guesses are counted as joins are."""
        if not hmac.compare_digest(code.lower().encode(), self.room.lesson.code.encode()):
            if not self.room.joins.allows(self.request.remote_ip):
                self.refuse(429, "Too many codes were tried from here; wait a moment.")
            self.set_status(404)
            self.html(pages.front("There is no lesson with this code. Look at the wall once more."))
            raise web.Finish

    def who(self) -> str:
        """The phone that asks; refuses one that has not joined, or asks too much."""
        who = self.room.known(self.get_cookie(COOKIE, "") or "")
        if who is None:
            self.refuse(401, "Open the link of the lesson first.")
        if not self.room.asks.allows(who):
            self.refuse(429, "That was a little fast; wait a moment.")
        return who

    def html(self, text: str) -> None:
        """Answer with a page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(text)


class Front(Phone):
    """The short address: a field for the code."""

    def get(self) -> None:
        """The page, or the way to the lesson where a code was typed."""
        code = self.get_query_argument("code", "").strip().lower()
        if code:
            self.code(code)
            self.redirect(f"/{code}/")
            return
        self.html(pages.front())


class Page(Phone):
    """The phone's page."""

    def get(self, code: str) -> None:
        """The page, for whoever has the code."""
        self.code(code)
        self.html(pages.phone(self.room.lesson.chapter))


class Join(Phone):
    """Where a phone comes in."""

    def post(self, code: str) -> None:
        """Take a phone in that is not in already."""
        self.code(code)
        self.body()
        if self.room.known(self.get_cookie(COOKIE, "") or "") is None:
            if not self.room.joins.allows(self.request.remote_ip):
                self.refuse(429, "Many are joining from here; try again in a moment.")
            try:
                secret = self.room.join(self.request.remote_ip)
            except Problem as fault:
                self.refuse(503, str(fault))
            self.set_cookie(COOKIE, secret, path=f"/{self.room.lesson.code}/", httponly=True, samesite="Lax")
        self.tell({})


class State(Phone):
    """What a phone is told."""

    async def get(self, code: str) -> None:
        """Its state, once it is another than the phone has."""
        self.code(code)
        who = self.who()
        await self.news(lambda: self.room.phone(who), self.room.phone_bell)


class Answer(Phone):
    """Where a phone's answer and its marks on claims come in."""

    def post(self, code: str, what: str) -> None:
        """Take one answer, or one mark."""
        self.code(code)
        who, sent = self.who(), self.body()
        try:
            if what == "answer":
                said = self.room.answer(who, sent.get("key"), sent.get("round"), sent.get("value"))
            else:
                said = ""
                self.room.unclear(who, str(sent.get("claim")), sent.get("line", ""), bool(sent.get("drop")))
        except Problem as fault:
            self.refuse(400, str(fault))
        self.tell({"said": said})


class Teach(Base):
    """The teacher's link: the secret in it becomes a cookie, and the page that opens has it no longer."""

    def get(self, key: str) -> None:
        """Let the teacher in, on to the desk."""
        if not hmac.compare_digest(key.encode(), self.room.key.encode()):
            if not self.room.joins.allows(self.request.remote_ip):
                self.refuse(429, "Too many keys were tried from here; wait a moment.")
            self.refuse(404, "This is not the teacher's link of this lesson.")
        self.set_cookie(TEACHER, key, httponly=True, samesite="Lax")
        self.redirect("/wall" if self.get_query_argument("wall", "") else "/desk")


class Teacher(Base):
    """What only the teacher may see or do."""

    def prepare(self) -> None:
        """Refuse everyone else."""
        super().prepare()
        if not hmac.compare_digest((self.get_cookie(TEACHER, "") or "").encode(), self.room.key.encode()):
            self.refuse(401, "Open the teacher's link first; it stands where the lesson was started.")


class Wall(Teacher):
    """The two pages of the teacher."""

    def initialize(self, room: Room, hosts: frozenset[str], link: str, which: str) -> None:
        """With the link to join by."""
        super().initialize(room, hosts)
        self.link, self.which = link, which

    def get(self) -> None:
        """The page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        made = pages.wall if self.which == "wall" else pages.desk
        self.finish(made(self.room.lesson.chapter, self.link, self.room.lesson.code))


class Look(Teacher):
    """What wall and desk show."""

    async def get(self, which: str) -> None:
        """Its state, once it is another than the page has, and not many times a second."""
        await asyncio.sleep(LEAST)
        view = self.room.wall if which == "wall" else self.room.desk
        await self.news(view, self.room.wall_bell, "clock")


class Command(Teacher):
    """Where the teacher's presses come in."""

    def post(self) -> None:
        """Do what is asked."""
        sent = self.body()
        try:
            said = self.room.command(sent)
        except Problem as fault:
            self.refuse(400, str(fault))
        self.tell({"said": said})


class File(Base):
    """Style and scripts of the pages, and nothing else of this machine."""

    def get(self, name: str) -> None:
        """One of the files there are."""
        kind, text = pages.file(name)
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "max-age=300")
        self.finish(text)


def application(room: Room, link: str) -> web.Application:
    """The lesson's addresses; `link` is the address that phones are shown."""
    named = urlsplit(link).hostname or ""
    shared = {"room": room, "hosts": frozenset({named})}
    names = "|".join(map(re.escape, pages.FILES))
    return web.Application(
        [
            (r"/", Front, shared),
            (rf"/static/({names})", File, shared),
            (r"/teach/([\w-]{1,80})", Teach, shared),
            (r"/wall", Wall, {**shared, "link": link, "which": "wall"}),
            (r"/desk", Wall, {**shared, "link": link, "which": "desk"}),
            (r"/look/(wall|desk)", Look, shared),
            (r"/do", Command, shared),
            (r"/(\w{1,12})/?", Page, shared),
            (r"/(\w{1,12})/join", Join, shared),
            (r"/(\w{1,12})/state", State, shared),
            (r"/(\w{1,12})/(answer|unclear)", Answer, shared),
        ],
        default_handler_class=Nowhere,
        default_handler_args=shared,
        log_function=lambda _handler: None,
        compress_response=False,
    )


class Nowhere(Base):
    """Every other address."""

    def prepare(self) -> None:
        """There is nothing here."""
        super().prepare()
        self.refuse(404, "There is nothing here.")


def listen(app: web.Application, host: str, port: int) -> Server:
    """Listen at an address of this machine; raises `Problem` where it cannot be had."""
    try:
        sockets = bind_sockets(port, host, family=socket.AF_UNSPEC if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as e:
        why = getattr(e, "strerror", "") or str(e)
        raise Problem(
            f"the lesson cannot be served at {host}, port {port} ({why}); choose others: --host 127.0.0.1 --port 8766."
        ) from None
    server = Server(
        app,
        max_body_size=limits.BODY,
        max_buffer_size=64_000,
        max_header_size=16_000,
        idle_connection_timeout=75,
        body_timeout=10,
    )
    server.add_sockets(sockets)
    return server

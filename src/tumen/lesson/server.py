"""The lesson on the network: a phone's page, the wall, the teacher's desk, and what each may ask of the server."""

from __future__ import annotations

import asyncio
import hmac
import re
import socket
from urllib.parse import urlsplit

from tornado import web
from tornado.netutil import bind_sockets

from tumen.core import Problem
from tumen.lesson import allowed, serving
from tumen.lesson.room import LEAST, Room
from tumen.lesson.serving import Base, Server

COOKIE, TEACHER = "tumen_lesson", "tumen_teacher"


class Phone(Base):
    """Whoever holds the join code."""

    def code(self, code: str) -> None:
        """Refuse another code; guesses are counted as joins are."""
        if not hmac.compare_digest(code.lower().encode(), self.room.lesson.code.encode()):
            if not self.room.joins.allows(self.request.remote_ip):
                self.refuse(429, "Too many codes were tried from here; wait a moment.")
            self.set_status(404)
            self.html(serving.front("There is no lesson with this code. Look at the wall once more."))
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
        self.html(serving.front())


class Page(Phone):
    """The phone's page."""

    def get(self, code: str) -> None:
        """The page, for whoever has the code."""
        self.code(code)
        self.html(serving.phone(self.room.lesson.chapter))


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
        made = serving.wall if self.which == "wall" else serving.desk
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
        kind, text = serving.static_file(name)
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "max-age=300")
        self.finish(text)


def application(room: Room, link: str) -> web.Application:
    """The lesson's addresses; `link` is the address that phones are shown."""
    named = urlsplit(link).hostname or ""
    shared = {"room": room, "hosts": frozenset({named})}
    names = "|".join(map(re.escape, serving.FILES))
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
        max_body_size=allowed.BODY,
        max_buffer_size=64_000,
        max_header_size=16_000,
        idle_connection_timeout=75,
        body_timeout=10,
    )
    server.add_sockets(sockets)
    return server

"""A lesson on loopback in a thread of its own, and phones and a teacher that speak to it as pages do."""

import asyncio
import http.client
import json
import threading

import pytest

from tumen.lesson import agenda
from tumen.lesson.agenda import chapter
from tumen.lesson.room import Room
from tumen.lesson.server import application, listen


class Running:
    """A lesson that is served; `port` is where, `room` what it is."""

    def __init__(self, folder, clock=None):
        self.folder, self.loop, ready = folder, asyncio.new_event_loop(), threading.Event()
        extra = {"clock": clock} if clock else {}

        async def begin():
            self.room = Room(chapter("02"), folder, agenda.guide(), **extra)
            link = f"http://127.0.0.1/{self.room.lesson.code}/"
            self.server = listen(application(self.room, link), "127.0.0.1", 0)
            self.port = next(iter(self.server._sockets.values())).getsockname()[1]
            ready.set()

        def run():
            asyncio.set_event_loop(self.loop)
            self.loop.run_until_complete(begin())
            self.loop.run_forever()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        assert ready.wait(30)

    def do(self, function):
        """Call something within the server's thread, and return what it gives."""

        async def called():
            return function()

        return asyncio.run_coroutine_threadsafe(called(), self.loop).result(30)

    def stop(self):
        """End as a killed process does: nothing is written any more."""

        async def end():
            self.server.stop()
            await self.server.close_all_connections()
            self.room.journal.close()

        asyncio.run_coroutine_threadsafe(end(), self.loop).result(30)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(30)

    def client(self, source="127.0.0.1"):
        """Somebody at an address of this machine."""
        return Client(self, source)

    def phone(self):
        """Somebody who has joined."""
        one = self.client()
        assert one.post(f"/{self.code}/join", {})[0] == 200
        return one

    def teacher(self):
        """Whoever holds the teacher's link."""
        one = self.client()
        assert one.get(f"/teach/{self.room.key}")[0] == 302
        return one

    @property
    def code(self):
        return self.room.lesson.code


class Client:
    """Asks one thing after another, keeps its cookies, and everything it was ever told in `heard`."""

    def __init__(self, running, source):
        self.running, self.source, self.cookies, self.heard = running, source, {}, []

    def ask(self, method, path, data=b"", **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.running.port, timeout=60, source_address=(self.source, 0))
        given = {"Content-Type": "application/json", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        try:
            line.request(method, path, data, given | headers)
            reply = line.getresponse()
            told = reply.read()
            self.heard.append(told.decode() + str(reply.headers))
            for value in reply.headers.get_all("Set-Cookie") or ():
                name, _, rest = value.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            self.headers = reply.headers
            return reply.status, told.decode()
        finally:
            line.close()

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, doc, **headers):
        status, told = self.ask("POST", path, json.dumps(doc).encode(), **headers)
        return status, json.loads(told)

    def state(self):
        return json.loads(self.get(f"/{self.running.code}/state?wait=0")[1])["now"]

    def answer(self, value, key=None):
        q = self.state()["question"]
        sent = {"key": key or q["key"], "round": q["round"], "value": value}
        return self.post(f"/{self.running.code}/answer", sent)

    def look(self, which="wall"):
        return json.loads(self.get(f"/look/{which}?wait=0")[1])["now"]

    def do(self, **what):
        status, told = self.post("/do", what)
        assert status == 200, told
        return told["said"]


@pytest.fixture
def running(tmp_path):
    """A lesson on chapter 02."""
    one = Running(tmp_path)
    yield one
    one.stop()


@pytest.fixture
def anew():
    """A function that serves a lesson from a folder; what it served is stopped afterwards."""
    made = []

    def serve(folder, clock=None):
        made.append(Running(folder, clock))
        return made[-1]

    yield serve
    for one in made:
        if one.thread.is_alive():
            one.stop()

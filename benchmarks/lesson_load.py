"""A class and a hostile phone at a real lesson on loopback: how soon everybody is in, how long an answer takes, what the server holds.

    .venv/bin/python benchmarks/lesson_load.py [--phones 60] [--hostile 10000] [--no-browser] [--json]

A server of its own is started with `tumen poll`. The phones come in together, keep the long question open that a page
keeps, answer and change their answers, while another address sends what it should not: requests without end, scripts, texts
of a megabyte, foreign codes. Two of the phones are real pages in Chromium. What the wall shows is compared with what was
sent, and memory is what the system says of the server's process, at its highest.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BY_ITSELF = 3  # make bench shows the sentence and goes on
HOST, HOSTILE = "127.0.0.1", "127.0.0.66"
KEYS = ("counting.ratio", "counting.ceiling")


class Line:
    """One kept connection that speaks HTTP, from an address of this machine."""

    def __init__(self, port: int, source: str = HOST):
        self.port, self.source, self.cookie = port, source, ""
        self.reader = self.writer = None

    async def ask(self, method: str, path: str, body: object = None, raw: bytes | None = None) -> tuple[int, bytes]:
        """The status and the body of one request."""
        if self.writer is None or self.writer.is_closing():
            self.reader, self.writer = await asyncio.open_connection(HOST, self.port, local_addr=(self.source, 0))
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nCookie: {self.cookie}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
        self.writer.write(head.encode() + data)
        await self.writer.drain()
        top = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        found = re.search(r"content-length: (\d+)", top, re.IGNORECASE)
        told = await self.reader.readexactly(int(found[1])) if found else b""
        for secret in re.findall(r"^set-cookie: ([^;\r]+)", top, re.IGNORECASE | re.MULTILINE):
            self.cookie = secret
        if re.search(r"^connection: close", top, re.IGNORECASE | re.MULTILINE):
            self.close()
        return int(top.split()[1]), told

    def close(self) -> None:
        """Let go of the connection."""
        if self.writer is not None:
            self.writer.close()
        self.writer = None


class Phone:
    """A phone as its page behaves: one connection for news, one for answers."""

    def __init__(self, port: int, code: str):
        self.news, self.does, self.code, self.state = Line(port), Line(port), code, {}
        self.seconds: list[float] = []

    async def join(self) -> None:
        """The page, its files, the cookie, the first news."""
        for path in (f"/{self.code}/", "/static/lesson.css", "/static/phone.js", "/static/common.js"):
            status, _ = await self.does.ask("GET", path)
            assert status == 200, (path, status)
        status, told = await self.does.ask("POST", f"/{self.code}/join", {})
        assert status == 200, told
        self.news.cookie = self.does.cookie
        await self.look("")

    async def look(self, seen: str) -> str:
        """Ask for news once."""
        status, told = await self.news.ask("GET", f"/{self.code}/state?seen={seen}")
        assert status == 200, (status, told)
        doc = json.loads(told)
        self.state = doc["now"]
        return doc["tag"]

    async def follow(self) -> None:
        """Ask for news for ever."""
        tag = ""
        while True:
            tag = await self.look(tag)

    async def answer(self, key: str, round_: int, value: str) -> None:
        """Send an answer, and note how long it took."""
        start = time.perf_counter()
        status, told = await self.does.ask(
            "POST", f"/{self.code}/answer", {"key": key, "round": round_, "value": value}
        )
        self.seconds.append(time.perf_counter() - start)
        assert status == 200, (status, told)


class Teacher(Line):
    """Whoever holds the teacher's link."""

    async def enter(self, key: str) -> None:
        """Take the cookie."""
        assert (await self.ask("GET", f"/teach/{key}"))[0] == 302

    async def do(self, **what) -> None:
        """Press something."""
        status, told = await self.ask("POST", "/do", what)
        assert status == 200, told

    async def wall(self) -> dict:
        """What the wall shows."""
        return json.loads((await self.ask("GET", "/look/wall?wait=0"))[1])["now"]


async def hostile(port: int, code: str, count: int) -> dict[int, int]:
    """So many requests that nobody should send, over thirty connections; the answers by status."""
    tally: dict[int, int] = {}
    huge = json.dumps({"key": KEYS[0], "round": 1, "value": "x" * 1_000_000}).encode()

    async def one(share: int) -> None:
        line = Line(port, HOSTILE)
        dice = random.Random(share)
        for n in range(share):
            kind = dice.randrange(7)
            try:
                if kind == 0:
                    status, _ = await line.ask("POST", f"/{code}/join", {})
                    line.cookie = line.cookie if n % 9 else ""
                elif kind == 1:
                    foreign = "".join(dice.choices("abcdefgh", k=5))
                    status, _ = await line.ask("GET", f"/{foreign}/state?wait=0")
                elif kind == 2:
                    words = "<script>document.title='x'</script>"
                    status, _ = await line.ask("POST", f"/{code}/answer", {"key": KEYS[0], "round": 1, "value": words})
                elif kind == 3 and n % 20 == 0:
                    status, _ = await line.ask("POST", f"/{code}/answer", raw=huge)
                elif kind == 4:
                    status, _ = await line.ask("GET", "/look/wall?wait=0")
                elif kind == 5:
                    status, _ = await line.ask("POST", "/do", {"do": "end"})
                else:
                    status, _ = await line.ask("GET", f"/{code}/state?wait=0")
            except (OSError, asyncio.IncompleteReadError):
                status = 0  # the connection was closed on it
                line.close()
            tally[status] = tally.get(status, 0) + 1
        line.close()

    await asyncio.gather(*(one(count // 30) for _ in range(30)))
    return tally


class Pages(threading.Thread):
    """Two real pages in Chromium that join, answer and change their answer; `joined` and `values` say how it went."""

    def __init__(self, base: str, values: tuple[str, ...]):
        super().__init__()
        self.base, self.values = base, values
        self.joined: list[float] = []
        self.go, self.ready, self.opened, self.fault = (threading.Event() for _ in range(4))

    def run(self) -> None:
        """Open the pages, then wait for the question and answer it."""
        sys.path.insert(0, str(ROOT / "tests/browser"))
        import lab
        from playwright.sync_api import sync_playwright

        try:
            with sync_playwright() as p:
                running = p.chromium.launch(executable_path=lab.CHROMIUM, args=lab.FLAGS)
                contexts = [running.new_context(viewport={"width": 390, "height": 844}) for _ in self.values]
                pages = [c.new_page() for c in contexts]
                self.ready.set()
                self.go.wait()
                start = time.perf_counter()
                for page in pages:
                    page.goto(self.base)
                for page in pages:
                    page.get_by_text("You are in.").wait_for()
                    self.joined.append(time.perf_counter() - start)
                self.opened.wait()
                for page, value in zip(pages, self.values, strict=True):
                    page.get_by_label("your answer").fill("1")
                    page.locator("#question button").click()
                    page.locator("[role=status]", has_text="Sent").first.wait_for()
                    page.get_by_label("your answer").fill(value)
                    page.locator("#question button").click()
                    page.wait_for_timeout(300)
                    page.locator("[role=status]", has_text="Sent").first.wait_for()
                running.close()
        except BaseException:
            self.fault.set()
            raise
        finally:
            self.ready.set()


def started(folder: str) -> tuple[subprocess.Popen, int, str, str]:
    """A server on a free port: the process, its port, the join code, the teacher's key."""
    sys.path.insert(0, str(ROOT / "tests/browser"))
    import lab

    port = lab.free_port()
    command = [sys.executable, "-m", "tumen.cli", "poll", "02", folder, "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    told = ""
    for line in server.stdout:
        told += line
        if "Ctrl-C" in line:
            break
    return server, port, re.search(r"\(code (\w+)\)", told)[1], re.search(r"/teach/([\w-]+)\n", told)[1]


def memory(pid: int, what: str = "VmHWM") -> float:
    """Megabytes of a process, by default at its highest."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


async def lesson(port: int, code: str, key: str, count: int, bad: int, pages: Pages | None) -> dict:
    """The lesson; asserts that the wall is exact."""
    teacher = Teacher(port)
    await teacher.enter(key)
    phones = [Phone(port, code) for _ in range(count)]
    if pages:
        pages.go.set()
    start = time.perf_counter()
    await asyncio.gather(*(p.join() for p in phones))
    joined = time.perf_counter() - start
    while pages and len(pages.joined) < len(pages.values) and not pages.fault.is_set():
        await asyncio.sleep(0.05)
    everybody = count + (len(pages.values) if pages else 0)
    assert (wall := await teacher.wall())["joined"] == everybody, wall["joined"]
    following = [asyncio.create_task(p.follow()) for p in phones]
    out = {"phones": everybody, "joined_seconds": max([joined, *(pages.joined if pages else [])])}
    dice, attack, rounds = random.Random(1), None, []
    for number, task in enumerate(KEYS, start=1):
        await teacher.do(do="open", key=task)
        if bad and number == 1:
            # a process of its own: what it takes of this one's time would count as the server's
            command = [sys.executable, __file__, "--attack", str(port), code, "--hostile", str(bad)]
            attack = await asyncio.create_subprocess_exec(*command, stdout=-1)
        values = [dice.randrange(1, 500) / 10 for _ in phones]

        async def play(phone: Phone, value: float, task=task, number=number) -> None:
            await asyncio.sleep(2 * random.random())
            await phone.answer(task, number, str(value + 1))
            await asyncio.sleep(2 * random.random())
            await phone.answer(task, number, str(value))

        if pages and number == 1:
            pages.opened.set()
        await asyncio.gather(*(play(p, v) for p, v in zip(phones, values, strict=True)))
        if pages and number == 1:
            await asyncio.to_thread(pages.join)
            assert not pages.fault.is_set(), "a page failed"
            values += [float(v) for v in pages.values]
        wall = await teacher.wall()
        assert wall["question"]["count"] == len(values), (wall["question"]["count"], len(values))
        assert not {"spread", "picture", "tally", "words", "alt"} & set(wall["question"])
        await teacher.do(do="close")
        await teacher.do(do="file")
        rounds.append(sorted(values))
        await asyncio.sleep(0.3)
        assert all(p.state["question"]["state"] == "closed" for p in phones)
    if attack:
        out["hostile"] = json.loads((await attack.communicate())[0])
    for one in following:
        one.cancel()
    seconds = sorted(s for p in phones for s in p.seconds)
    out |= {"answers": len(seconds), "median_ms": 1000 * statistics.median(seconds)}
    out["p95_ms"], out["worst_ms"] = 1000 * seconds[int(0.95 * len(seconds))], 1000 * seconds[-1]
    return out | {"rounds": rounds}


def main() -> int:
    """Run it and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=60)
    parser.add_argument("--hostile", type=int, default=10_000)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--attack", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.attack:
        print(json.dumps(asyncio.run(hostile(int(args.attack[0]), args.attack[1], args.hostile))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        server, port, code, key = started(folder)
        try:
            pages = None if args.no_browser else Pages(f"http://{HOST}:{port}/{code}/", ("20.5", "77"))
            if pages:
                pages.start()
                pages.ready.wait()
            time.sleep(8)  # the pictures are drawn by a process of its own; a class comes later
            out = asyncio.run(lesson(port, code, key, args.phones, args.hostile, pages))
            out["memory_mb"] = memory(server.pid)
            kept = json.loads(next(Path(folder).glob("lesson-*.json")).read_text())
            assert [a["numbers"] for a in kept["asked"]] == out.pop("rounds"), "the file is not what was sent"
        finally:
            server.terminate()
            server.wait()
    met = out["joined_seconds"] < 10 and out["p95_ms"] < 300 and out["memory_mb"] < 80
    if args.json:
        print(json.dumps(out | {"met": met}))
    else:
        for name, value in out.items():
            print(f"{name:16} {value if not isinstance(value, float) else round(value, 1)}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())

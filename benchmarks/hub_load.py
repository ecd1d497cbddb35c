"""A class at once: students sign in at a real class server on loopback, open workbook 02, run it and move sliders.

Not part of `make bench`: it needs root and npm, starts a server for every student and takes some minutes.

    sudo .venv/bin/python benchmarks/hub_load.py --students 30 [--apart 10] [--moves 20] [--json] [--hub FOLDER]

Each student signs in, starts a server and runs all of 02 through the hub's proxy, one every `--apart` seconds; once all
have run it, all move sliders for the same while, with a pause between moves as a hand makes. Two of them are a real
Chromium in which the picture is awaited; the others speak to the kernel as the page does. Memory is what the students' control
groups say.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / name) for name in ("tests/hub", "tests/browser", "binder/hub")]
BOOK = "workbooks/02-counting-the-hidden.ipynb"
BY_ITSELF = 3  # make bench shows the sentence and goes on
PAUSE = 1.0


def spread(seconds: list[float]) -> dict[str, float]:
    """Median, 95th percentile and the worst."""
    ordered = sorted(seconds)
    return {
        "median": statistics.median(ordered),
        "p95": ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))],
        "worst": ordered[-1],
        "count": len(ordered),
    }


async def prepare(room, name: str, times: dict[str, list[float]]):
    """One student from the sign-in page to a workbook in which every cell has run and the apps are open."""
    from pupil import Pupil

    pupil = Pupil(room.base, name, room.codes[name])
    start = time.monotonic()
    await pupil.sign_in()
    signed = time.monotonic()
    await pupil.start_server()
    served = time.monotonic()
    book = await pupil.notebook(BOOK)
    await book.run_all()
    for button in book.find("ButtonModel", description="open without predicting"):
        await book.click(button)
    ran = time.monotonic()
    for what, seconds in (("sign in", signed - start), ("server", served - signed), ("run 02", ran - served)):
        times[what].append(seconds)
    return pupil, book


async def play(book, moves: int, seconds: list[float]) -> None:
    """Move the workbook's sliders in turn, a second apart, and note how long each answer took."""
    sliders = [(key, book.widgets[key]) for key in book.find("FloatSliderModel")]
    for move in range(moves):
        key, state = sliders[move % len(sliders)]
        share = (0.37 * (move + 1)) % 1
        took, changed = await book.move(key, state["min"] + share * (state["max"] - state["min"]))
        if not any("frame" in c for c in changed):
            raise RuntimeError(f"{state.get('description') or key}: the picture did not change")
        seconds.append(took)
        await asyncio.sleep(PAUSE)


def in_chromium(room, names: list[str], moves: int, ready, go) -> list[float]:
    """The same in real pages, one a student: from the key to the changed words of the picture."""
    import lab
    from playwright.sync_api import sync_playwright

    seconds = []
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=lab.CHROMIUM, args=lab.FLAGS)
        pages = []
        for name in names:
            page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
            page.goto(f"{room.base}/hub/login")
            page.get_by_label("Username").fill(name)
            page.get_by_label("Password").fill(room.codes[name])
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(f"**/user/{name}/**", timeout=300_000)  # whichever page the class begins with
            lab.open_and_run(page, f"{room.base}/user/{name}", BOOK, 300)
            lab.move_a_slider(page)
            pages.append(page)
        ready.set()
        go.wait()
        for move in range(moves):
            for page in pages:
                seconds.append(lab.press_and_wait(page, "ArrowRight" if move % 20 < 10 else "ArrowLeft"))
            time.sleep(PAUSE)
        browser.close()
    return seconds


async def whole_class(room, names: list[str], args) -> dict:
    """All students, staged start and then all moving at once."""
    import threading

    times: dict[str, list[float]] = {"sign in": [], "server": [], "run 02": []}
    ready, go = threading.Event(), threading.Event()
    seen, others = names[: args.pages], names[args.pages :]
    loop = asyncio.get_running_loop()
    pages = loop.run_in_executor(None, in_chromium, room, seen, args.moves, ready, go) if seen else None
    while pages and not ready.is_set() and not pages.done():  # the two pages come first: what is timed is their moves
        await asyncio.sleep(0.5)
    start = time.monotonic()

    async def staged(order: int, name: str):
        await asyncio.sleep(order * args.apart)
        there = await prepare(room, name, times)
        print(f"{name}: ready after {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
        return there

    there = await asyncio.gather(*(staged(i, n) for i, n in enumerate(others)))
    began = time.monotonic()
    moved: list[float] = []
    go.set()
    await asyncio.gather(*(play(book, args.moves, moved) for _, book in there))
    found = {what: spread(seconds) for what, seconds in times.items()}
    found["slider, to the kernel's answer"] = spread(moved)
    if pages:
        found["slider, to the changed picture in Chromium"] = spread(await pages)
    found["seconds until all were ready"] = began - start
    for pupil, book in there:
        book.close()
        await pupil.web.aclose()
    return found


def memory(names: list[str]) -> dict[str, float]:
    """Megabytes of the students' groups: what each holds that is no page cache, and the most any one ever took."""
    import limits

    held, peaks = [], []
    for name in names:
        group = limits.Group(name)
        place = group.places["memory"]
        file = "memory.current" if group.version == 2 else "memory.usage_in_bytes"
        stat = dict(line.split() for line in (place / "memory.stat").read_text().splitlines())
        cache = int(stat.get("file", stat.get("total_cache", 0)))
        held.append((int((place / file).read_text()) - cache) / 1e6)
        peaks.append((group.peak() or 0) / 1e6)
    return {"median": statistics.median(held), "most": max(held), "all": sum(held), "peak of one": max(peaks)}


def available() -> float:
    """Megabytes the machine still has to give."""
    text = Path("/proc/meminfo").read_text()
    return int(text.split("MemAvailable:")[1].split()[0]) / 1e3


def measure(args) -> dict:
    """The whole measurement with a class server of its own, which is removed afterwards."""
    import hub_room

    if args.hub:
        os.environ["TUMEN_TEST_HUB"] = args.hub
    names = [f"s{i:02}" for i in range(1, args.students + 1)]
    room = hub_room.Classroom(names)
    try:
        room.open()
        for name in room.names[: args.pages]:
            hub_room.expose_app(room, name)
        before = available()
        found = asyncio.run(whole_class(room, room.names, args))
        found["memory, MB"] = memory([room.account(name).system for name in room.names]) | {
            "taken from the machine": before - available()
        }
        total = int(Path("/proc/meminfo").read_text().split("MemTotal:")[1].split()[0]) / 1e3
        found["machine"] = {"processors": os.cpu_count(), "memory, MB": total, "load": os.getloadavg()[1]}
        return found
    finally:
        room.remove()


def main() -> int:
    """Measure and print; exit status 3 where this is not the place."""
    if len(sys.argv) == 1 or sys.argv[1:] == ["--json"]:
        print("The class server's load test runs by itself: benchmarks/hub_load.py --students 30.", file=sys.stderr)
        return BY_ITSELF
    p = argparse.ArgumentParser(description="A class at once on a class server on loopback.")
    p.add_argument("--students", type=int, default=30)
    p.add_argument("--pages", type=int, default=2, help="how many of them are a real Chromium")
    p.add_argument("--apart", type=float, default=10.0, help="seconds between one student's start and the next")
    p.add_argument("--moves", type=int, default=20, help="slider moves a student")
    p.add_argument("--hub", help="a folder in which make hub has installed already")
    p.add_argument("--json", action="store_true")
    args = p.parse_args()
    import hub_room

    if why := hub_room.missing():
        print(f"No load test here: {why}.", file=sys.stderr)
        return BY_ITSELF
    found = measure(args)
    if args.json:
        print(json.dumps(found, indent=1))
        return 0
    for what, value in found.items():
        told = ", ".join(f"{k} {v:.3g}" for k, v in value.items()) if isinstance(value, dict) else f"{value:.0f}"
        print(f"{what}: {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

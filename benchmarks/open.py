"""Opening a chapter: its kernel's processor time, wall time and memory, the first picture; in Chromium the page as a reader meets it.

Beside, by turns in one run: the floor (a kernel with NumPy and ipywidgets that shows nothing); a plain notebook as a
teacher would write it, with as many Altair charts and `interact` sliders as the chapter has pictures and sliders; and,
with `--earlier COMMIT`, that commit of this repository in an environment of its own, made in ./.make and kept there.

    benchmarks/open.py [TURNS] [--chapters 00 02 04 08] [--earlier 41afd76] [--json]

All cells of a chapter are run, and then every app that waits for a prediction is opened without one. A kernel's
processor time and peak memory are what the operating system says (Linux), so nothing of the page or the server is in
them. The store is filled before the first round, as `make env` leaves it, and bytecode is written, whatever
PYTHONDONTWRITEBYTECODE says here; the first round only warms the disk.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "browser")]
from opening import OPEN_ALL, ROOT, SETUP, chapter, copied, earlier, opened, page, server, teacher  # noqa: E402

CHAPTERS = ("00", "02", "04", "08")
MAIN = "02"
NO_PLACE = 3  # make bench shows the sentence and goes on
FLOOR, PLAIN, EARLIER = "floor", "plain Altair", "earlier"
GOALS = {PLAIN: 0.6, EARLIER: 0.35}  # of the processor time of 02
SERVER = 0.65
MEMORY = 170  # MB of 02's kernel
FIRST, PAINT, MOVED = 1.0, 1.5, 4.0  # seconds from 02's first cell; in the reader's view, from the address


def in_chromium(turns: int, root: Path, cells: list[str], address: str, kept: dict) -> None:
    """The chapter in both views and the plain notebook in JupyterLab, by turns, each in a new session."""
    import lab
    from playwright.sync_api import sync_playwright

    with copied(root) as folder, sync_playwright() as playwright:
        lab.write_notebook(folder / "plain.ipynb", *cells)
        with lab.serving(folder) as base:
            browser = playwright.chromium.launch(executable_path=lab.CHROMIUM, args=lab.FLAGS)
            views = {
                "reader's view": (f"{base}/voila/render/{address}", False, ""),
                "JupyterLab": (f"{base}/lab/tree/{address}?reset", True, "tumen.explore(counting.quiet)"),
                PLAIN: (f"{base}/lab/tree/plain.ipynb?reset", True, "W.interact"),
            }
            for turn in range(turns + 1):
                for name, view in views.items():
                    found = page(browser, *view)
                    if turn:
                        kept.setdefault(name, []).append(found)
            browser.close()


def measure(turns: int, chapters: list[str], commit: str) -> dict:
    """Every figure of every round, by what was opened."""
    import lab

    here = Path(sys.executable)
    subprocess.run([here, "-m", "tumen.commands.ready"], check=True)
    kept: dict = {"kernel": {}, "server": {}, "page": {}}
    runs = {number: (here, ROOT, [*chapter(ROOT, number)[1], OPEN_ALL]) for number in chapters}
    whole = opened(here, ROOT, [*chapter(ROOT, MAIN)[1], OPEN_ALL])
    plain = teacher(*whole.shown())
    runs |= {PLAIN: (here, ROOT, plain), FLOOR: (here, ROOT, [SETUP])}
    servers = {"now": here}
    if commit:
        there = earlier(commit)
        old = servers[EARLIER] = there / ".venv" / "bin" / "python"
        runs |= {f"{EARLIER} {n}": (old, there, [*chapter(there, n)[1], OPEN_ALL]) for n in chapters}
    for turn in range(turns + 1):
        for name, run in runs.items():
            found = opened(*run)
            if turn:
                kept["kernel"].setdefault(name, []).append(found)
        for name, python in servers.items():
            used = server(python)
            if turn:
                kept["server"].setdefault(name, []).append(used)
    if lab.CHROMIUM:
        in_chromium(turns, ROOT, plain, chapter(ROOT, MAIN)[0].name, kept["page"])
    return kept


def middle(found: list, what: str | None = None) -> float:
    """The median, of one figure of each where it is named."""
    return statistics.median(getattr(one, what) if what else one for one in found)


def row(what: str, against: str, ratio: float, goal: float | None = None) -> dict:
    """A line of the table."""
    return {
        "what": what,
        "against": against,
        "ratio": round(ratio, 3),
        "goal": goal,
        "met": None if goal is None else ratio <= goal,
    }


def table(kept: dict) -> list[dict]:
    """Ratios of medians."""
    rows, kernel = [], kept["kernel"]
    for name in [n for n in kernel if n not in (FLOOR, PLAIN) and not n.startswith(EARLIER)]:
        mine = {what: middle(kernel[name], what) for what in ("processor", "wall", "peak", "first")}
        said = f"{mine['processor']:.2f} s of processor, {mine['wall']:.1f} s, {mine['peak']:.0f} MB, first picture {mine['first']:.1f} s"
        main = name == MAIN
        beside = [FLOOR, PLAIN] if main else []
        for peer, words in [*((n, n) for n in beside), (f"{EARLIER} {name}", "the earlier commit")]:
            if peer in kernel:
                goal = GOALS.get(peer.partition(" 0")[0]) if main else None
                rows.append(
                    row(
                        f"kernel of {name} ({said})", words, mine["processor"] / middle(kernel[peer], "processor"), goal
                    )
                )
        if main:
            rows.append(row(f"memory of {name}'s kernel", f"{MEMORY} MB", mine["peak"] / MEMORY, 1))
            rows.append(row(f"first picture of {name}, from its first cell", f"{FIRST} s", mine["first"] / FIRST, 1))
        elif f"{EARLIER} {name}" not in kernel:
            rows.append(
                row(f"kernel of {name} ({said})", FLOOR, mine["processor"] / middle(kernel[FLOOR], "processor"))
            )
    now = middle(kept["server"]["now"])
    if EARLIER in kept["server"]:
        rows.append(
            row(
                f"a server's start ({now:.2f} s of processor)",
                "the earlier commit",
                now / middle(kept["server"][EARLIER]),
                SERVER,
            )
        )
    for name, found in kept["page"].items():
        goals = (PAINT, MOVED) if name == "reader's view" else (None, None)
        for i, what in enumerate(("first paint", "first slider moved")):
            seconds = middle([one[i] for one in found])
            peer = middle([one[i] for one in kept["page"][PLAIN]])
            if goals[i]:
                rows.append(row(f"{what} of {MAIN}, {name} ({seconds:.1f} s)", f"{goals[i]} s", seconds / goals[i], 1))
            if name != PLAIN:
                rows.append(
                    row(f"{what} of {MAIN}, {name} ({seconds:.1f} s)", f"{PLAIN} in JupyterLab", seconds / peer)
                )
    return rows


def main() -> int:
    """Measure and print; exit status 3 where an operating system does not say what a process used."""
    parser = argparse.ArgumentParser(description="Opening a chapter.")
    parser.add_argument("turns", nargs="?", type=int, default=5, help="alternating rounds (default: 5)")
    parser.add_argument("--chapters", nargs="+", default=list(CHAPTERS), help="their numbers; 02 is always among them")
    parser.add_argument("--earlier", default="", metavar="COMMIT", help="also measure that commit")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    if not Path("/proc/self/status").exists():
        print(
            "What a kernel uses is read from /proc, which this system has not; opening was not measured.",
            file=sys.stderr,
        )
        return NO_PLACE
    rows = table(measure(args.turns, sorted({*args.chapters, MAIN}), args.earlier))
    if args.json:
        print(json.dumps(rows))
        return 0
    for one in rows:
        goal = "" if one["goal"] is None else f", goal {one['goal']}: {'met' if one['met'] else 'not met'}"
        print(f"{one['what']}: {one['ratio']} x {one['against']}{goal}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A large sweep on one and on two processes: time by turns, and memory for ten million cases beside a million.

`tumen sweep alternatives.robust` runs as a reader would run it, start and summary included. Memory is the most that any
of its processes held at any time (Linux only).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

MODEL = "alternatives.robust"
LOOK = 0.1  # seconds between two looks at the memory
GOALS = {"time": 0.75, "memory": 1.25}  # two busy processors share everything but the start and the summary


def below(process: int) -> list[int]:
    """The processes that one started, and those that these started."""
    found = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += map(int, path.read_text().split())
        except OSError:
            continue
    return found + [deeper for child in found for deeper in below(child)]


def most(process: int) -> int:
    """The most memory a process has held, in kB; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def swept(draws: int, workers: int) -> tuple[float, float]:
    """Seconds and MB of one sweep from its start to its last word."""
    command = [sys.executable, "-m", "tumen.cli", "sweep", MODEL, "--draws", str(draws), "--workers", str(workers)]
    begun, held = time.perf_counter(), 0
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(command, stdout=said, stderr=said)
        while running.poll() is None:
            held = max(held, *map(most, [running.pid, *below(running.pid)]))
            time.sleep(LOOK)
        if running.returncode:
            said.seek(0)
            raise RuntimeError(said.read().decode(errors="replace").strip().splitlines()[-1])
    return time.perf_counter() - begun, held / 1024


def measure(draws: int, rounds: int) -> list[dict]:
    """The rows of the table."""
    times = {1: [], 2: []}
    for _ in range(rounds):
        for workers, found in times.items():
            seconds, large = swept(draws, workers)
            found.append(seconds)
    _, small = swept(draws // 10, 2)
    one, two = median(times[1]), median(times[2])
    return [
        _row(f"{draws:,} cases of {MODEL} on two processes, {draws / two:,.0f} a second", two / one, "on one", "time"),
        _row(f"memory of the largest process, {large:.0f} MB", large / small, f"{draws // 10:,} cases", "memory"),
    ]


def _row(what: str, ratio: float, against: str, goal: str) -> dict:
    ratio = round(ratio, 2)
    return {"what": what, "ratio": ratio, "against": against, "goal": GOALS[goal], "met": ratio <= GOALS[goal]}


def main() -> None:
    """Measure and print, as JSON with --json."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--draws", type=int, default=10_000_000)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--json", action="store_true")
    args = p.parse_args()
    rows = measure(args.draws, args.rounds)
    print(json.dumps(rows) if args.json else "\n".join(f"{r['what']}: {r['ratio']} of {r['against']}" for r in rows))


if __name__ == "__main__":
    main()

"""`import tumen` against `import numpy`: fresh interpreters by turns, and what must not be loaded by it.

Times are taken inside the new interpreter, from before the import to after it. Bytecode is written before the first round
unless PYTHONDONTWRITEBYTECODE is set, which the row says.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys

GOAL = 1.3
HEAVY = ("pandas", "scipy.stats", "altair")
WAYS = {"import tumen": GOAL, "import tumen; from suh2002 import counting": None}
PEER = "import numpy"


def fresh(code: str) -> str:
    """What a new interpreter prints."""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def timed(code: str) -> float:
    """Seconds a statement takes in a new interpreter."""
    return float(fresh(f"import time; t = time.perf_counter(); {code}; print(time.perf_counter() - t)"))


def table(turns: int) -> list[dict]:
    """A row for each way to import, with what heavy things it loads."""
    times = {code: [] for code in (PEER, *WAYS)}
    for turn in range(turns + 1):
        for code, taken in times.items():
            seconds = timed(code)
            if turn:  # the first round only warms the disk
                taken.append(seconds)
    middle = {code: statistics.median(taken) for code, taken in times.items()}
    state = "no bytecode written" if os.environ.get("PYTHONDONTWRITEBYTECODE") else "bytecode written"
    rows = []
    for code, goal in WAYS.items():
        loaded = json.loads(
            fresh(f"import json, sys; {code}; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))")
        )
        ratio = middle[code] / middle[PEER]
        what = f"{code} ({state}; loads {', '.join(loaded) or 'none of ' + ', '.join(HEAVY)})"
        row = {"what": what, "against": PEER, "ratio": round(ratio, 3), "goal": goal}
        rows.append(row | {"met": None if goal is None else ratio <= goal and not loaded})
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("turns", nargs="?", type=int, default=15, help="alternating rounds (default: 15)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    rows = table(args.turns)
    if args.json:
        print(json.dumps(rows))
        return
    for row in rows:
        goal = "" if row["goal"] is None else f", goal {row['goal']}: {'met' if row['met'] else 'not met'}"
        print(f"{row['what']}: {row['ratio']} x {row['against']}{goal}")


if __name__ == "__main__":
    main()

"""The flows ensemble against plain NumPy: 10,000 parameter sets, 27 years, in one process by turns.

Prints the median ratio of the two times and the most memory a run takes. Goal: at most 0.6, below 300 MB.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import tracemalloc
from dataclasses import replace

import numpy as np

from suh2002 import flows
from suh2002.flows.scenario import drivers
from suh2002.flows.series import FIRST
from suh2002.flows.stockflow import PARAMETERS, parameters, simulate

SETS, ROUNDS, SEED = 10_000, 41, 2002
GOAL, MEMORY = 0.6, 300e6


def ensemble(variant: str):
    """Parameter sets scattered round the fits, aid effects from 0 to 0.6, and history as it was."""
    rng = np.random.default_rng(SEED)
    effect = rng.uniform(0, 0.6, SETS)
    sets = parameters(variant, "robinson", effect)
    return (
        sets * np.exp(rng.normal(0, 0.1, sets.shape)),
        effect,
        replace(drivers(flows.history.tables, flows.history.start), limit=np.inf),
    )


def plain(sets, effect, outside):
    """The same model as one writes it at once: an array an equation, no buffers, an exponential every year."""
    p = dict(zip(PARAMETERS, sets, strict=True))
    years, n, routes = len(outside.hardship), effect.size, not p["pull"].any()
    arrivals, present, crossings = (np.empty((n, years)) for _ in range(3))
    enforcement, network, stock = np.zeros(n), np.full(n, outside.network), p["present"]
    for t in range(years):
        for name, when in outside.steps.items():
            if when == FIRST + t:
                enforcement = enforcement + (-p[name] if name == "relief_2023" else p[name])
        passing = np.exp(-enforcement)
        hardship = np.maximum(0, outside.hardship[t] * (1 - effect * outside.aid[t]))
        crossed = p["crossings"] * hardship * np.exp(-p["fence"] * enforcement)
        rate = p["exit_rate"] + p["exit_slope"] * t if routes else p["exit_rate"]
        from_stock = rate * passing * stock
        arrived = from_stock if routes else from_stock + p["pull"] * passing * network
        arrivals[:, t], present[:, t], crossings[:, t] = arrived, stock, crossed
        stock = np.maximum(0, stock + crossed - from_stock - p["loss"] * stock)
        if not routes:
            network = (1 - p["decay"]) * network + arrived
    return arrivals, present, crossings


def timed(function, *given) -> float:
    start = time.perf_counter()
    function(*given)
    return time.perf_counter() - start


def measure(variant: str) -> dict:
    """The ratio of medians and its spread over rounds, the memory taken, and the largest relative difference."""
    given = ensemble(variant)
    ours, theirs = simulate(*given), plain(*given)
    apart = max(
        np.max(np.abs(a - b) / np.maximum(b, 1e-9))
        for a, b in zip((ours.arrivals, ours.present, ours.crossings), theirs, strict=True)
    )
    rounds = [(timed(simulate, *given), timed(plain, *given)) for _ in range(ROUNDS)]
    each = sorted(a / b for a, b in rounds)
    tracemalloc.start()
    simulate(*given)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    middle = [statistics.median(side) for side in zip(*rounds, strict=True)]
    return {
        "what": f"flows ensemble, {variant}, {SETS:,} sets",
        "ratio": round(middle[0] / middle[1], 3),
        "rounds_10_90": [round(each[ROUNDS // 10], 3), round(each[-1 - ROUNDS // 10], 3)],
        "ours_ms": round(1e3 * middle[0], 2),
        "plain_ms": round(1e3 * middle[1], 2),
        "peak_mb": round(peak / 1e6, 1),
        "largest_difference": float(f"{apart:.1e}"),
        "goal": GOAL,
        "met": middle[0] / middle[1] <= GOAL and peak <= MEMORY,
    }


def main() -> None:
    """Measure both variants and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    rows = [measure(variant) for variant in ("network", "routes")]
    if parser.parse_args().json:
        print(json.dumps(rows))
        return
    for row in rows:
        print(
            f"{row['what']}: {row['ratio']:.2f}x of plain NumPy ({row['ours_ms']} ms against {row['plain_ms']} ms), "
            f"{row['peak_mb']} MB, goal {row['goal']}x: {'met' if row['met'] else 'not met'}"
        )


if __name__ == "__main__":
    main()

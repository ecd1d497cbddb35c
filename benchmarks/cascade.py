"""The cascade over a 200 x 200 grid: the direct solution against playing its rounds, side by side.

    python benchmarks/cascade.py [ROUNDS]

Prints the ratio of median times over alternating rounds (goal: 0.25 or less) and the largest difference in any
of the 40,000 cells (goal: 1e-9 or less), for the smooth crowd and for a finite one.
"""

from __future__ import annotations

import sys
import time
from statistics import median

import numpy as np
from scipy.special import ndtr, ndtri

from suh2002 import crisis
from suh2002.crisis.thresholds import acting_share, crowd_size

SIDE = 200
STILL = 1e-12  # the rounds are over once no share moves by more
CROWD = 2_000
GOAL = 0.25


def grid():
    """Mean thresholds by signals, 200 of each over their declared ranges, at the exits to China."""
    fear, signal = (crisis.cascade.quantity(k) for k in ("fear", "signal"))
    fears = np.repeat(np.linspace(fear.low, fear.high, SIDE), SIDE)
    signals = np.tile(np.linspace(signal.low, signal.high, SIDE), SIDE)
    return {"fear": fears, "spread": 0.12, "signal": signals, "exit_share": crisis.exits[1].value}


def play(fear, spread, signal, exit_share):
    """Every cell round by round until all are still."""
    acting, shift = np.zeros(SIDE * SIDE), signal * exit_share - fear
    while True:
        more = ndtr((acting + shift) / spread)
        if np.abs(more - acting).max() <= STILL:
            return more
        acting = more


def play_crowd(thresholds, outside):
    """A finite crowd for every cell, round by round, thresholds sorted once."""
    ordered, acting = np.sort(thresholds), np.zeros(outside.size)
    while True:
        more = np.searchsorted(ordered, acting + outside, side="right")
        if (more == acting).all():
            return more
        acting = more


def race(contestants: dict, rounds: int) -> dict[str, float]:
    """Median seconds of each, run in turn so that a busy machine slows all alike."""
    times = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return {name: median(t) for name, t in times.items()}


def report(title, contestants, rounds) -> bool:
    """Race them, print the ratios to the first and the largest difference; whether the goals are met."""
    peer, *ours = contestants
    answers = {name: np.asarray(run()) for name, run in contestants.items()}
    seconds = race(contestants, rounds)
    print(f"{title}: {peer} {1000 * seconds[peer]:.1f} ms")
    good = True
    for name in ours:
        ratio = seconds[name] / seconds[peer]
        off = np.abs(answers[name] - answers[peer]).max()
        good &= ratio <= GOAL and off <= 1e-9
        print(f"  {name} {1000 * seconds[name]:.1f} ms, ratio {ratio:.4f} (goal {GOAL}), largest difference {off:.1e}")
    return good


def main(rounds: int = 5) -> int:
    """Print both tables; exit status 1 where a goal is missed."""
    cells = grid()
    shift = cells["signal"] * cells["exit_share"]
    smooth = {
        "rounds": lambda: play(**cells),
        "direct": lambda: acting_share(cells["fear"], cells["spread"], shift),
        "whole model": lambda: crisis.cascade(**cells)["acting"],
    }
    thresholds = CROWD * (0.12 * ndtri((np.arange(CROWD) + 0.5) / CROWD))
    outside = CROWD * (shift - cells["fear"])
    finite = {
        "rounds": lambda: play_crowd(thresholds, outside),
        "one search": lambda: crowd_size(thresholds, outside),
    }
    good = report(f"smooth crowd, {SIDE} x {SIDE}", smooth, rounds)
    good &= report(f"crowd of {CROWD:,}, {SIDE} x {SIDE}", finite, rounds)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

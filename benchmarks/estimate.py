"""An uncertain estimate, as exact as a million random draws: ours against NumPy's, in one run.

Both give the 5, 50 and 95 % points of the three outputs of counting.ceiling and the share of cases in which its
finding holds. Rounds alternate; medians of the ratios are printed with the error of each estimate. Where squigglepy is
installed (the extra bench), its million draws run in the same rounds.
"""

from __future__ import annotations

import argparse
import json
from importlib.util import find_spec
from itertools import count
from time import perf_counter

import numpy as np

from suh2002 import counting
from tumen.analysis import AT_REST, MOVING, Ensemble, estimate

DRAWS = 1_000_000
MODEL = counting.ceiling
LEVELS = (0.05, 0.5, 0.95)
GOALS = {"cold, 65,536 cases": 0.15, "a control moved, 65,536 cases": 0.04, "a control moving, 4,096 cases": 0.04}
PEER = "squigglepy, a million draws"
rounds = count(1)


def plain(n=DRAWS, seed=0):
    """The same estimate with plain NumPy: independent draws, then quantiles."""
    draw = np.random.default_rng(seed).triangular
    cases = {q.key: draw(q.low, q.peak, q.high, n) if q.sampled else q.value for q in MODEL.quantities}
    results = MODEL.run(**cases)
    points = [np.quantile(results[o.key], LEVELS) for o in MODEL.outputs]
    return points[0], float((MODEL.findings[0].margin(results, cases) >= 0).mean())


def ours(seed=None):
    """Ours, from nothing: points, columns, runs, points and shares with their sampling errors."""
    result = estimate(MODEL, seed=seed)
    s = result.spreads[0]
    return np.array([s.low, s.middle, s.high]), result.share().share


def squigglepy(n=DRAWS):
    """The same estimate with squigglepy: its triangular draws, then NumPy quantiles."""
    import squigglepy as sq

    cases = {}
    for q in MODEL.quantities:
        shape = sq.triangular(q.low, q.peak, q.high) if q.sampled else None
        cases[q.key] = q.value if shape is None else sq.sample(shape, n=n)
    results = MODEL.run(**cases)
    points = [np.quantile(results[o.key], LEVELS) for o in MODEL.outputs]
    return points[0], float((MODEL.findings[0].margin(results, cases) >= 0).mean())


def moved(ensemble, n):
    """Ours after one control moved, the points and the other columns kept."""
    return estimate(ensemble, {"hosting_share": 0.1 + 0.25 * (next(rounds) * 0.618 % 1)}, n=n)


def seconds(run) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def speed(turns: int) -> dict[str, float]:
    """Median ratios to the plain million over alternating rounds, all libraries loaded."""
    kept = Ensemble(MODEL)
    runs = {
        "cold, 65,536 cases": ours,
        "a control moved, 65,536 cases": lambda: moved(kept, AT_REST),
        "a control moving, 4,096 cases": lambda: moved(kept, MOVING),
    }
    if find_spec("squigglepy"):
        runs[PEER] = squigglepy
    for run in (plain, *runs.values()):
        run()
    ratios = {name: [] for name in runs}
    for _ in range(turns):
        base = seconds(plain)
        for name, run in runs.items():
            ratios[name].append(seconds(run) / base)
    return {name: float(np.median(r)) for name, r in ratios.items()}


def exactness(seeds: int) -> np.ndarray:
    """Root-mean-square errors of ours over those of a million draws: 5, 50, 95 % points, share."""
    truth = np.mean([np.hstack(_big(s)) for s in range(3)], axis=0)
    errors = {run: np.array([np.hstack(run(seed=s)) - truth for s in range(seeds)]) for run in (ours, plain)}
    ours_rms, plain_rms = (np.sqrt((errors[run] ** 2).mean(axis=0)) for run in (ours, plain))
    return ours_rms / plain_rms


def _big(seed):
    result = estimate(Ensemble(MODEL, 1_000_000, 10_000 + seed))
    s = result.spreads[0]
    return np.array([s.low, s.middle, s.high]), result.share().share


def table(turns: int) -> list[dict]:
    """A row for each way, with its goal and the error of the estimate where it is ours and cold."""
    against = f"NumPy, {DRAWS:,} draws"
    rows = []
    for name, ratio in speed(turns).items():
        goal = GOALS.get(name)
        row = {"what": f"uncertain estimate: {name}", "against": against, "ratio": round(ratio, 3), "goal": goal}
        rows.append(row | {"met": None if goal is None else ratio <= goal})
    errors = exactness(6 * turns)
    each = ", ".join(f"{name} {e:.2f}" for name, e in zip(("5 %", "50 %", "95 %", "share"), errors, strict=True))
    what = f"the error of ours over its error, root mean square ({each})"
    return [
        *rows,
        {"what": what, "against": against, "ratio": round(float(errors.mean()), 2), "goal": None, "met": None},
    ]


def main():
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

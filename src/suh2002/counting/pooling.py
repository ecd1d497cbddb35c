"""Pooling five speakers' ranges: their mixture, and the product of their densities."""

from __future__ import annotations

from math import erf, sqrt

import numpy as np

from suh2002.counting import quantities as q
from tumen.core import Finding, Model, Output

Z90 = 1.6448536269514722  # the standard normal's 95 % point: half of a 90 % range, in standard deviations


def mixture_quantiles(centres, spreads, levels):
    """Quantiles of the equal mixture of normal distributions.

    `centres` and `spreads` are sequences of equal length, `levels` the probabilities; returns a list.
    """
    speakers = [*zip(centres, spreads, strict=True)]
    least = min(centre - 10 * spread for centre, spread in speakers)
    most = max(centre + 10 * spread for centre, spread in speakers)
    return [_level(speakers, p, least, most) for p in levels]


def _level(speakers, p: float, low: float, high: float) -> float:
    """Where the mean of the speakers' shares reaches p, by halving: SciPy's solvers take a third of a second to import."""
    wanted = p * len(speakers)
    widths = [(centre, spread * sqrt(2)) for centre, spread in speakers]
    for _ in range(50):
        middle = (low + high) / 2
        if sum((1 + erf((middle - centre) / width)) / 2 for centre, width in widths) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def log_normal_of(low, high):
    """Centre and spread, in logs, of the log-normal whose 90 % range is low to high."""
    return (np.log(low) + np.log(high)) / 2, (np.log(high) - np.log(low)) / (2 * Z90)


def _pool_trouble(v):
    low, high = np.log(np.asarray(v["experts"], float)).T
    if np.any(low == high):
        return "the ends of a range in experts are too close together to tell apart."
    if np.any(np.asarray(v["claimed"]) == 0) or np.any(np.asarray(v["nearer"]) == 0):
        return "claimed and nearer must be above 0, for the distance to them is taken in ratios."
    return None


def _median(points: list[float]) -> float:
    """The middle of the points in their order: NumPy's own imports its masked arrays first."""
    points, half = sorted(points), len(points) // 2
    return points[half] if len(points) % 2 else (points[half - 1] + points[half]) / 2


ENDS = {"median": "middle", "low": "5 % point", "high": "95 % point"}


def _pool(points, experts, claimed, nearer):
    """Averages of four figures, and two ways to pool five ranges."""
    points = np.asarray(points, float)
    centres, spreads = log_normal_of(*np.asarray(experts, float).T)
    weights = spreads**-2.0
    centre, spread = (weights * centres).sum() / weights.sum(), weights.mean() ** -0.5
    linear = np.exp(mixture_quantiles(centres, spreads, (0.5, 0.05, 0.95)))
    log = np.exp(centre + np.array((0, -Z90, Z90)) * spread)
    return {
        "mean": points.mean(),
        "geometric_mean": np.exp(np.log(points).mean()),
        "median": _median(points.tolist()),
        **{f"linear_{end}": value for end, value in zip(ENDS, linear, strict=True)},
        **{f"log_{end}": value for end, value in zip(ENDS, log, strict=True)},
    }


POOL = Model(
    key="counting.pool",
    question="What do many estimates say together?",
    claims=("S2P2-e", "S2P3-f"),
    quantities=(q.POINTS, q.EXPERTS, q.CLAIMED, q.NEARER),
    run=_pool,
    outputs=(
        Output("mean", "mean of the four figures", "people"),
        Output("geometric_mean", "geometric mean of the four", "people"),
        Output("median", "median of the four", "people"),
        *(
            Output(f"{pool}_{end}", f"{pool} pool, {at}", "people")
            for pool in ("linear", "log")
            for end, at in ENDS.items()
        ),
    ),
    findings=(
        Finding(
            "S2P3-f",
            "the pooled middle is nearer 100,000 than 300,000",
            "neighbours",
            lambda out, v: (
                abs(np.log(v["claimed"] / out["linear_median"])) - abs(np.log(v["nearer"] / out["linear_median"]))
            ),
            differs="the report argues from hosts, not from other people's figures; nearer is measured in ratios",
        ),
    ),
    formula="each range a log-normal whose 90 % interval it is; linear pool: their equal mixture; "
    "log pool: the product of their densities, each to the power 1/n",
    leaves_out="Who copied whom: several speakers may repeat one source. Definitions, areas and dates differ too.",
    check=_pool_trouble,
    verdict="Mixed, the five ranges centre on {linear_median:2} ({linear_low:2} to {linear_high:2}); multiplied, on "
    "{log_median:2} ({log_low:2} to {log_high:2}). The second looks sharp because it ignores that the speakers disagree.",
)

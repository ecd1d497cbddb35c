"""How good chances were that somebody gave: the Brier score, and how often what was called likely came."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tumen.core import Problem

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Band:
    """Forecasts whose chance lay from `low` to `high`: how many, the mean chance `said`, the share that `came`."""

    low: float
    high: float
    count: int
    said: float
    came: float


@dataclass(frozen=True)
class Score:
    """Forecasts beside what became of them.

    `brier` is the mean squared distance of the chances from 1 for what came and 0 for what did not: 0 at best, 1 at worst,
    .25 for whoever always says one half. `knowing` is the score of one who knew beforehand which share of all came,
    and nothing else. `bands` are the forecasts by the chance that was said, those without any left out.
    """

    count: int
    brier: float
    knowing: float
    bands: tuple[Band, ...]


def score(forecasts: Iterable[tuple[float, bool]], edges: Sequence[float] = EDGES) -> Score:
    """Score chances from 0 to 1, each with whether it came; raises `Problem` for none at all and for what is no chance.

    Brier, G. W. 1950. Verification of forecasts expressed in terms of probability. Monthly Weather Review 78, 1-3.

    >>> score([(0.9, True), (0.2, False)]).brier
    0.025
    """
    pairs = [(float(p), bool(came)) for p, came in forecasts]
    if not pairs:
        raise Problem("There is nothing to score: no chance was given yet.")
    for p, _ in pairs:
        if not 0 <= p <= 1:
            raise Problem(f"{p:g} is no chance; a chance lies between 0 and 1.")
    rate = statistics.fmean(came for _, came in pairs)
    bands = []
    for i, (low, high) in enumerate(itertools.pairwise(edges)):
        last = i == len(edges) - 2
        inside = [(p, came) for p, came in pairs if low <= p < high or (last and p == high)]
        if inside:
            said, share = statistics.fmean(p for p, _ in inside), statistics.fmean(came for _, came in inside)
            bands.append(Band(low, high, len(inside), said, share))
    return Score(
        len(pairs), round(statistics.fmean((p - came) ** 2 for p, came in pairs), 12), rate * (1 - rate), tuple(bands)
    )

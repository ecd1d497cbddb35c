"""Judgements that people gave: how far two coders agree beyond chance, and how good the chances were that somebody gave."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

from tumen.core import Problem
from tumen.core.frozen import frozen

Z95 = 1.959964  # half-width of a 95 percent normal interval, in standard errors


@frozen
class Agreement:
    """Two coders compared on the items both coded.

    `observed` and `chance` are shares of the items; `kappa` is None where chance agreement is 1, as both
    then used one word only; `error` is its standard error; `apart` are the items coded differently.
    """

    items: int
    observed: float
    chance: float
    kappa: float | None
    error: float | None
    apart: tuple[Hashable, ...]

    @property
    def interval(self) -> tuple[float, float] | None:
        """A rough 95 percent interval of kappa, within -1 and 1; None where kappa is."""
        if self.kappa is None or self.error is None:
            return None
        half = Z95 * self.error
        return max(-1.0, self.kappa - half), min(1.0, self.kappa + half)


def agreement(first: Mapping[Hashable, Hashable], second: Mapping[Hashable, Hashable]) -> Agreement:
    """Cohen's kappa of two coders, (observed - chance) / (1 - chance), on the items both coded.

    `first` and `second` map items to categories, which have no order. Chance is the sum over categories of
    the product of both coders' shares; the standard error is sqrt(observed (1 - observed) / n) / (1 - chance)
    (Cohen 1960, Educational and Psychological Measurement 20, 37-46). Raises `Problem` where no item is shared.

    >>> found = agreement({"a": "yes", "b": "no", "c": "no"}, {"a": "yes", "b": "no", "c": "yes"})
    >>> round(found.kappa, 2), found.apart
    (0.4, ('c',))
    """
    items = [item for item in first if item in second]
    if not items:
        raise Problem("the two coders have coded nothing in common yet.")
    n = len(items)
    apart = tuple(item for item in items if first[item] != second[item])
    one, two = Counter(first[i] for i in items), Counter(second[i] for i in items)
    observed = 1 - len(apart) / n
    chance = sum(one[word] * two[word] for word in one) / n**2
    if math.isclose(chance, 1):
        return Agreement(n, observed, chance, None, None, apart)
    kappa = (observed - chance) / (1 - chance)
    error = math.sqrt(observed * (1 - observed) / n) / (1 - chance)
    return Agreement(n, observed, chance, kappa, error, apart)


# --- how good chances were that somebody gave -----------------------------------------------------

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)  # of the bands of chances


@frozen
class Band:
    """Forecasts whose chance lay from `low` to `high`: how many, the mean chance `said`, the share that `came`."""

    low: float
    high: float
    count: int
    said: float
    came: float


@frozen
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


def score(forecasts: Iterable[tuple[float, bool]]) -> Score:
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
    rate = _mean(came for _, came in pairs)
    bands = []
    for i, (low, high) in enumerate(itertools.pairwise(EDGES)):
        last = i == len(EDGES) - 2
        inside = [(p, came) for p, came in pairs if low <= p < high or (last and p == high)]
        if inside:
            said, share = _mean(p for p, _ in inside), _mean(came for _, came in inside)
            bands.append(Band(low, high, len(inside), said, share))
    return Score(len(pairs), round(_mean((p - came) ** 2 for p, came in pairs), 12), rate * (1 - rate), tuple(bands))


def _mean(values: Iterable[float]) -> float:
    """The mean, without the dust of adding up: the standard library's needs longer to be imported than all of this."""
    given = [*values]
    return math.fsum(given) / len(given)

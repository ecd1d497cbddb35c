"""How far two coders agree beyond chance: Cohen's kappa, with where they part."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from tumen.core import Problem

Z95 = 1.959964  # half-width of a 95 percent normal interval, in standard errors


@dataclass(frozen=True)
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

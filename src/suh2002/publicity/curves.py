"""What a campaign gives along the number of its entries."""

from __future__ import annotations

import numpy as np

from tumen.core import Result, once


@once
def so_far(result: Result, axis) -> list[tuple[np.ndarray, np.ndarray]]:
    """Numbers of entries along an axis with each of what `at_entries` gives after them: three lines."""
    entries = axis.at(np.linspace(0, 1, 33) ** 2)  # close together where the lines bend
    return [(entries, line) for line in at_entries(result, entries)]


def at_entries(result: Result, entries) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """People out, people returned (not weighted) and the weighted count after so many entries, a number or an array."""
    out, net = (result.where(events=entries, **other)["net"] for other in ({"most_returns": 0.0}, {}))
    return out, (out - net) / result["weight"], net

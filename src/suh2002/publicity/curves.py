"""What the publicity models give along one axis: gains and losses by extra return and by number of entries."""

from __future__ import annotations

import numpy as np

from suh2002.publicity.models import CAMPAIGN, people_out
from tumen.core import Result, once

__all__ = ["at_entries", "campaign", "people_out", "sides"]


@once
def campaign(result: Result, points: int = 33) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of entries from 0 to the end of their range, or past the break-even, and the weighted count at each."""
    top = max(result.model.quantity("events").high, 1.2 * result["break_even_events"], result["events"])
    entries = top * np.linspace(0, 1, points) ** 2  # close together where the lines bend
    return entries, CAMPAIGN.run(**{**result.inputs, "events": entries})["net"]


@once
def sides(result: Result, points: int = 33) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers of entries as in `campaign`, people who got out, and people returned (not weighted) at each."""
    entries, _ = campaign(result, points)
    out, returned, _ = at_entries(result, entries)
    return entries, out, returned


def at_entries(result: Result, entries) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """People out, people returned (not weighted) and the weighted count after so many entries, a number or an array."""
    at = {**result.inputs, "events": entries}
    out = CAMPAIGN.run(**{**at, "most_returns": 0.0})["net"]
    returned = (
        -CAMPAIGN.run(**{**at, "quiet_exits": 0.0, "weight": 1.0})["net"]
        + result["people"] * result["success"] * entries
    )
    return out, returned, CAMPAIGN.run(**at)["net"]
